"""What can be done on the screen that finds."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

FINDING_COMMANDS: tuple[Command, ...] = (
    Command("search.type", "slash,ctrl+f,full_stop", N_("Search"), N_("Type the words to find.")),
    Command(
        "search.filter",
        "f",
        N_("Filter"),
        N_("Say which sources, people, codes, coders, waves and days are meant."),
    ),
    Command(
        "search.order",
        "o",
        N_("Order"),
        N_("Sort places by source, by the words before them, by the words behind them."),
    ),
    Command("search.places", "1", N_("Places"), N_("See the places found."), show=False),
    Command(
        "search.similar",
        "2",
        N_("Similar"),
        N_("Find passages that resemble what has a code already; nothing is coded by itself."),
    ),
    Command("search.words", "3", N_("Words"), N_("See which words were said most often.")),
    Command(
        "search.sources",
        "n",
        N_("Sources"),
        N_("See how many places each source has, and go to the first of one."),
    ),
    Command(
        "search.save",
        "s",
        N_("Save"),
        N_("Keep the search and its filter under a name."),
        verb="query.save",
    ),
    Command("search.saved", "l", N_("Saved"), N_("Run a saved search."), show=False),
    Command(
        "search.remove",
        "x,delete",
        N_("Forget"),
        N_("Forget a saved search."),
        verb="query.remove",
        show=False,
    ),
    Command("search.code", "c", N_("Code"), N_("Choose the code to find passages for.")),
    Command(
        "search.forms",
        "t",
        N_("Forms"),
        N_("Count all forms of a word together, or every form by itself."),
    ),
    Command(
        "search.everyone",
        "a",
        N_("Everyone"),
        N_("Count the interviewers' words, too, or those of the others only."),
    ),
    Command(
        "search.undo",
        "u",
        N_("Undo"),
        N_("Take the last action back."),
        verb="history.undo",
        show=False,
    ),
    Command(
        "search.export",
        "e",
        N_("Export"),
        N_("Write what is listed to a table in the folder “exports”."),
        show=False,
    ),
)

ON_PLACES = frozenset({"order", "sources", "save"})
"""Commands for the list of places."""

ON_WORDS = frozenset({"forms", "everyone"})
"""Commands for the list of words."""
