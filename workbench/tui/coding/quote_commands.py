"""What can be done with quotes on the coding screen, besides putting a code on words."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

MOMENTARY_COMMANDS: tuple[Command, ...] = (
    Command(
        "coding.keep-borders",
        "enter,B",
        N_("Keep borders"),
        N_("Let the quote begin and end where the selection does."),
        verb="quote.borders",
    ),
    Command(
        "coding.other-end",
        "k",
        N_("Other end"),
        N_("Change the other end of the quote from now on."),
    ),
    Command(
        "coding.all-found",
        "A",
        N_("Code all found"),
        N_("Look through all places that were found and put codes on those that are meant."),
        verb="coding.apply",
    ),
)
"""What is there while borders are changed or something is found; first of all, for some share keys with others."""

QUOTE_COMMANDS: tuple[Command, ...] = (
    Command(
        "coding.passages",
        "V",
        N_("Code a voice"),
        N_("Code all that a speaker said, or all that was answered to the question here."),
        verb="coding.apply",
        show=False,
    ),
    Command(
        "coding.no-emotion",
        "0",
        N_("No emotion"),
        N_("Take the emotion off the quote."),
        verb="coding.edit",
        show=False,
    ),
    Command(
        "coding.recode",
        "E",
        N_("Recode"),
        N_("Put another code in the place of the one the quote has."),
        verb="coding.recode",
        show=False,
    ),
    Command(
        "coding.borders",
        "B",
        N_("Borders"),
        N_("Give the quote the borders of the selection, or change them by keys."),
        verb="quote.borders",
        show=False,
    ),
    Command(
        "coding.split-quote",
        "Y",
        N_("Split quote"),
        N_("Cut the quote into two before the word at the cursor; both keep the codes."),
        verb="quote.split",
        show=False,
    ),
    Command(
        "coding.merge-quotes",
        "K",
        N_("Merge quotes"),
        N_("Make the quotes that the selection reaches into one with all their codes."),
        verb="quote.merge",
        show=False,
    ),
    Command(
        "coding.memo-on",
        "ctrl+e",
        N_("Memo on…"),
        N_("Write a memo on the quote, its code, the source or the project."),
        verb="memo.write",
        show=False,
    ),
    Command(
        "coding.remove-coder",
        "R",
        N_("Take off a coder's"),
        N_("Take off all codes one coder has put: in this text, one code, or everywhere."),
        verb="coding.clear",
        show=False,
    ),
)
