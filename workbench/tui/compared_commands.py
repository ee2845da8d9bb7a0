"""What can be done on the screens that compare coders."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

AGREEMENT_COMMANDS: tuple[Command, ...] = (
    Command(
        "agreement.open",
        "enter",
        N_("Differences"),
        N_("List the places where two coders differ about the code, to settle them."),
    ),
    Command(
        "agreement.coders", "c", N_("Coders"), N_("Choose which two coders, or all, are compared.")
    ),
    Command("agreement.source", "o", N_("Source"), N_("Compare in one source, or in all.")),
    Command(
        "agreement.unit", "t", N_("Unit"), N_("Compare by characters, by sentences or by turns.")
    ),
    Command(
        "agreement.merge",
        "m",
        N_("Merge a copy"),
        N_("Bring in what a colleague coded in a copy of this project."),
        verb="project.merge",
    ),
    Command(
        "agreement.rename",
        "e",
        N_("Rename coder"),
        N_("Give a coder another name, or join two names of one person."),
        verb="coder.rename",
    ),
    Command(
        "agreement.undo",
        "u",
        N_("Undo"),
        N_("Take the last action back."),
        verb="history.undo",
        show=False,
    ),
)

COMPARISON_COMMANDS: tuple[Command, ...] = (
    Command(
        "comparison.first",
        "1",
        N_("First is right"),
        N_("Settle it as the first coder has it; the other's codings become the same."),
        verb="coding.agree",
    ),
    Command(
        "comparison.second",
        "2",
        N_("Second is right"),
        N_("Settle it as the second coder has it; the other's codings become the same."),
        verb="coding.agree",
    ),
    Command(
        "comparison.keep",
        "k",
        N_("Keep both"),
        N_("Let both codings stand; the place is not listed again. Once more lists it again."),
        verb="coding.settle",
    ),
    Command("comparison.next", "j", N_("Next"), N_("Go to the next place.")),
    Command("comparison.previous", "J", N_("Before"), N_("Go to the place before."), show=False),
    Command(
        "comparison.open", "enter", N_("In the text"), N_("Open the place on the coding screen.")
    ),
    Command(
        "comparison.shown",
        "s",
        N_("Show more"),
        N_("List also what was let stand, then also where both agree, then only differences."),
    ),
    Command("comparison.source", "o", N_("Source"), N_("Compare in one source, or in all.")),
    Command(
        "comparison.undo", "u", N_("Undo"), N_("Take the last action back."), verb="history.undo"
    ),
    Command(
        "comparison.redo",
        "U,ctrl+r",
        N_("Redo"),
        N_("Do again what was undone."),
        verb="history.redo",
        show=False,
    ),
)
