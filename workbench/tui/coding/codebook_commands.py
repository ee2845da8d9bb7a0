"""What can be done with the codebook, beside the words and on its own screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workbench.i18n import N_
from workbench.tui.commands import Command

TREE_KEYS: Mapping[str, str] = {
    "coding.code-up": "ctrl+up,alt+up,K",
    "coding.code-down": "ctrl+down,alt+down,J",
    "coding.code-out": "ctrl+left,alt+left,less_than_sign,shift+comma",
    "coding.code-under": "ctrl+right,alt+right,greater_than_sign,shift+full_stop",
    "coding.code-part": "f",
    "coding.code-split": "Y",
    "coding.code-freeze": "z",
    "coding.code-freeze-all": "Z",
    "coding.code-sort": "s",
    "coding.code-import": "i",
    "coding.code-export": "o",
    "coding.code-reuse": "a",
}
"""Keys that work while the codebook has the focus; beside the words most of them do something else."""

CODE_COMMANDS: tuple[Command, ...] = (
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
    Command(
        "coding.code-part",
        "",
        N_("Part"),
        N_("Show all codes, those used here, those never used, those named alike."),
        show=False,
    ),
    Command(
        "coding.code-history",
        "H",
        N_("History"),
        N_("See when a code was made, changed and used, and by whom."),
        show=False,
    ),
    Command(
        "coding.code-split",
        "",
        N_("Split code"),
        N_("Give some quotes of a code to a new code."),
        verb="code.split",
        show=False,
    ),
    Command(
        "coding.code-freeze",
        "",
        N_("Freeze code"),
        N_("Let a code stay as it is, or let it be changed again."),
        verb="code.freeze",
        show=False,
    ),
    Command(
        "coding.code-freeze-all",
        "",
        N_("Freeze codebook"),
        N_("Let the whole codebook stay as it is, or let it be changed again."),
        verb="code.freeze",
        show=False,
    ),
    Command(
        "coding.code-sort",
        "",
        N_("Sort codes"),
        N_("Sort codes by name, by use or by kind."),
        verb="code.sort",
        show=False,
    ),
    Command(
        "coding.code-up",
        "",
        N_("Code up"),
        N_("Move a code above the one before it."),
        verb="code.move",
        show=False,
    ),
    Command(
        "coding.code-down",
        "",
        N_("Code down"),
        N_("Move a code below the one after it."),
        verb="code.move",
        show=False,
    ),
    Command(
        "coding.code-out",
        "",
        N_("Code out"),
        N_("Take a code out from under the one it belongs to."),
        verb="code.move",
        show=False,
    ),
    Command(
        "coding.code-under",
        "",
        N_("Code under"),
        N_("Put a code under the one above it."),
        verb="code.move",
        show=False,
    ),
    Command(
        "coding.code-import",
        "",
        N_("Import codebook"),
        N_("Bring in the codes of a file; first it is shown what will happen."),
        verb="code.import",
        show=False,
    ),
    Command(
        "coding.code-export",
        "",
        N_("Export codebook"),
        N_("Write the codebook as a file: table, Excel, REFI-QDA, Markdown."),
        verb="code.export",
        show=False,
    ),
    Command(
        "coding.code-reuse",
        "",
        N_("Reuse codebook"),
        N_("Take over the codes of another project."),
        verb="code.reuse",
        show=False,
    ),
)
"""What can be done with codes wherever the codebook is shown."""

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
    *CODE_COMMANDS,
)
"""What can be done with the codebook beside the words."""


def tree_commands() -> list[Command]:
    """Return the commands that have keys only in the codebook, with these keys."""
    return [
        replace(command, keys=TREE_KEYS[command.id])
        for command in CODE_COMMANDS
        if command.id in TREE_KEYS
    ]
