"""What can be done on the list of quotes, in the order of the footer."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

QUOTE_COMMANDS: tuple[Command, ...] = (
    Command("quotes.open", "enter", N_("Open"), N_("Go to the place in its source.")),
    Command(
        "quotes.filter",
        "slash,ctrl+f,full_stop",
        N_("Filter"),
        N_("Show only some quotes: by words, code, kind, coder, person, source, date."),
    ),
    Command("quotes.sort", "s", N_("Sort"), N_("Choose what comes first.")),
    Command("quotes.group", "b", N_("Group"), N_("Put quotes together by code, source or person.")),
    Command("quotes.mark", "space", N_("Mark"), N_("Mark the line, or take the mark away.")),
    Command(
        "quotes.recode",
        "E",
        N_("Recode"),
        N_("Give the marked quotes another code instead of theirs; without marks, this one."),
        verb="coding.recode",
    ),
    Command(
        "quotes.favourite",
        "f",
        N_("Favourite"),
        N_("Mark the quotes for the report, or take the marks away."),
        verb="quote.favourite",
    ),
    Command(
        "quotes.export",
        "x",
        N_("Export"),
        N_("Write the quotes shown to a file."),
        verb="quote.export",
    ),
    Command(
        "quotes.copy",
        "y,c",
        N_("Copy"),
        N_("Copy the words with who said them and where."),
    ),
    Command(
        "quotes.take-off",
        "delete,d",
        N_("Take off"),
        N_("Take the codes off the marked quotes; without marks, off this one."),
        verb="quote.take-off",
        show=False,
    ),
    Command(
        "quotes.mark-all",
        "a",
        N_("Mark all"),
        N_("Mark everything the filter shows, or take all marks away."),
        show=False,
    ),
    Command(
        "quotes.all",
        "r",
        N_("All quotes"),
        N_("Take the filter away and show all quotes."),
        show=False,
    ),
    Command(
        "quotes.save",
        "S",
        N_("Save filter"),
        N_("Keep the filter under a name."),
        verb="query.save",
        show=False,
    ),
    Command(
        "quotes.saved",
        "l",
        N_("Saved filters"),
        N_("Show the quotes of a saved filter."),
        show=False,
    ),
    Command(
        "quotes.remove",
        "L",
        N_("Forget filter"),
        N_("Forget a saved filter."),
        verb="query.remove",
        show=False,
    ),
    Command("quotes.next-group", "n", N_("Next group"), N_("Go to the next group."), show=False),
    Command(
        "quotes.previous-group",
        "N",
        N_("Group before"),
        N_("Go to the group before."),
        show=False,
    ),
    Command(
        "quotes.memo",
        "m",
        N_("Memo"),
        N_("Write down what you think of the quote."),
        verb="memo.write",
        show=False,
    ),
    Command(
        "quotes.undo",
        "u",
        N_("Undo"),
        N_("Take the last action back."),
        verb="history.undo",
        show=False,
    ),
    Command(
        "quotes.redo",
        "U,ctrl+r",
        N_("Redo"),
        N_("Do again what was undone."),
        verb="history.redo",
        show=False,
    ),
)
