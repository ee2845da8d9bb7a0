"""What a researcher can do on the coding screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from workbench.i18n import N_
from workbench.tui.coding.codebook_commands import CODEBOOK_COMMANDS
from workbench.tui.coding.coder_commands import CODER_COMMANDS
from workbench.tui.coding.quote_commands import MOMENTARY_COMMANDS, QUOTE_COMMANDS
from workbench.tui.coding.reading_commands import READING_COMMANDS
from workbench.tui.commands import Command


@dataclass(frozen=True, slots=True)
class RecentCommand(Command):
    """Nine keys of one kind: each digit applies its own code, so the bindings are the screen's."""

    @property
    def key_shown(self) -> str:
        """All nine keys at once."""
        return "1–9"

    def binding(self) -> Binding | None:
        """None: see ``RECENT_BINDINGS``."""
        return None


RECENT_BINDINGS = [Binding(str(n), f"apply_recent({n})", show=False) for n in range(1, 10)]

CODING_COMMANDS: tuple[Command, ...] = (
    *MOMENTARY_COMMANDS,
    Command(
        "coding.next-hit",
        "n",
        N_("Next found"),
        N_("Go to the next place where the searched words stand."),
    ),
    Command(
        "coding.previous-hit",
        "N",
        N_("Found before"),
        N_("Go back to the place before where the searched words stand."),
        show=False,
    ),
    Command(
        "coding.code",
        "c,enter",
        N_("Code"),
        N_("Put codes on the selected words, else on the quote or sentence at the cursor."),
        verb="coding.apply",
    ),
    RecentCommand(
        "coding.recent",
        "1,2,3,4,5,6,7,8,9",
        N_("Recent"),
        N_("Put one of the nine codes used last on the words."),
        verb="coding.apply",
    ),
    Command(
        "coding.repeat",
        "r",
        N_("Repeat"),
        N_("Put the code used last on the words."),
        verb="coding.apply",
    ),
    Command(
        "coding.in-vivo",
        "v",
        N_("In vivo"),
        N_("Make the selected words themselves the name of a code."),
        verb="code.add",
    ),
    Command(
        "coding.next-uncoded",
        "n",
        N_("Next uncoded"),
        N_("Go to the next words that no quote covers."),
    ),
    Command("coding.undo", "u", N_("Undo"), N_("Take the last action back."), verb="history.undo"),
    Command(
        "coding.play",
        "space,f4",
        N_("Play"),
        N_("Play the recording from the cursor, or stop; going on steps two seconds back."),
    ),
    Command("coding.search", "slash,ctrl+f,full_stop", N_("Search"), N_("Find words in the text.")),
    Command(
        "coding.memo",
        "m",
        N_("Memo"),
        N_("Write down what you think of the quote at the cursor."),
        verb="memo.write",
    ),
    Command("coding.quotes", "q", N_("Quotes"), N_("List the quotes of this source or code.")),
    Command(
        "coding.remove",
        "x,delete",
        N_("Take off"),
        N_("Take a code off the quote at the cursor."),
        verb="coding.remove",
    ),
    Command(
        "coding.redo",
        "U,ctrl+r",
        N_("Redo"),
        N_("Do again what was undone."),
        verb="history.redo",
        show=False,
    ),
    Command(
        "coding.choose",
        "k",
        N_("Other code here"),
        N_("Where several codes meet, choose which of them + − and a change."),
        show=False,
    ),
    Command(
        "coding.against",
        "a",
        N_("For or against"),
        N_("Say whether the quote supports the code or contradicts it."),
        verb="coding.edit",
        show=False,
    ),
    Command(
        "coding.warmer",
        "plus,equals_sign",
        N_("Warmer"),
        N_("Raise the emotion of the quote, up to +2."),
        verb="coding.edit",
        show=False,
    ),
    Command(
        "coding.colder",
        "minus,underscore",
        N_("Colder"),
        N_("Lower the emotion of the quote, down to −2."),
        verb="coding.edit",
        show=False,
    ),
    Command(
        "coding.favourite",
        "f",
        N_("Favourite"),
        N_("Mark the quote for the report, or take the mark away."),
        verb="quote.favourite",
        show=False,
    ),
    *QUOTE_COMMANDS,
    *READING_COMMANDS,
    *CODEBOOK_COMMANDS,
    *CODER_COMMANDS,
)
