"""What a researcher can do on the coding screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from workbench.i18n import N_
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
        N_("Put a code on the selected words, else on the quote or sentence at the cursor."),
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
        "coding.word", "w", N_("Word"), N_("Select the word; again, one word more."), show=False
    ),
    Command(
        "coding.sentence",
        "s",
        N_("Sentence"),
        N_("Select the sentence; again, one sentence more."),
        show=False,
    ),
    Command(
        "coding.turn", "t", N_("Turn"), N_("Select the turn; again, one turn more."), show=False
    ),
    Command(
        "coding.word-back", "W", N_("Word back"), N_("Select one word more before."), show=False
    ),
    Command(
        "coding.sentence-back",
        "S",
        N_("Sentence back"),
        N_("Select one sentence more before."),
        show=False,
    ),
    Command(
        "coding.turn-back", "T", N_("Turn back"), N_("Select one turn more before."), show=False
    ),
    Command("coding.next-quote", "j", N_("Next quote"), N_("Go to the next quote."), show=False),
    Command(
        "coding.previous-quote", "J", N_("Quote before"), N_("Go to the quote before."), show=False
    ),
    Command(
        "coding.previous-uncoded",
        "N",
        N_("Uncoded before"),
        N_("Go back to words that no quote covers."),
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
    Command(
        "coding.back-5",
        "left_square_bracket",
        N_("Back 5 s"),
        N_("Jump five seconds back in the recording."),
        show=False,
    ),
    Command(
        "coding.forward-5",
        "right_square_bracket",
        N_("On 5 s"),
        N_("Jump five seconds on in the recording."),
        show=False,
    ),
    Command(
        "coding.slower",
        "less_than_sign,shift+comma",
        N_("Slower"),
        N_("Play slower, at the same pitch."),
        show=False,
    ),
    Command(
        "coding.faster",
        "greater_than_sign,shift+full_stop",
        N_("Faster"),
        N_("Play faster, at the same pitch."),
        show=False,
    ),
    Command(
        "coding.suspected",
        "h",
        N_("Hidden turns"),
        N_("Show the turns that the recogniser may have invented, or hide them."),
        show=False,
    ),
    Command(
        "coding.transcript",
        "l",
        N_("Correct transcript"),
        N_("Listen to the words here and correct them."),
        show=False,
    ),
    Command(
        "coding.source", "o", N_("Other source"), N_("Open another source to code."), show=False
    ),
)
