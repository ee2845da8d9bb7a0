"""What can be done with the codebook on the coding screen."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

CODEBOOK_COMMANDS: tuple[Command, ...] = (
    Command(
        "coding.codebook",
        "tab",
        N_("Codebook"),
        N_("Go to the codebook and back to the words."),
        show=False,
    ),
    Command(
        "coding.fold-codebook",
        "b",
        N_("Hide codebook"),
        N_("Hide the codebook or show it."),
        show=False,
    ),
    Command(
        "coding.code-add",
        "C",
        N_("New code"),
        N_("Add a code to the codebook without putting it on words."),
        verb="code.add",
        show=False,
    ),
    Command(
        "coding.code-edit",
        "e",
        N_("Edit code"),
        N_("Change the name, kind, description or colour of a code."),
        verb="code.edit",
        show=False,
    ),
    Command(
        "coding.code-move",
        "p",
        N_("Move code"),
        N_("Put a code with those below it under another one, or at the top."),
        verb="code.move",
        show=False,
    ),
    Command(
        "coding.code-merge",
        "M",
        N_("Merge codes"),
        N_("Give all quotes of one code to another and remove the first."),
        verb="code.merge",
        show=False,
    ),
    Command(
        "coding.code-remove",
        "X",
        N_("Remove code"),
        N_("Remove a code from the codebook and from all quotes."),
        verb="code.remove",
        show=False,
    ),
)
