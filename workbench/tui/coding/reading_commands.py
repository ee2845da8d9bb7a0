"""Moving, selecting, listening and showing on the coding screen."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

READING_COMMANDS: tuple[Command, ...] = (
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
        "coding.next-of-code",
        "d",
        N_("Next of code"),
        N_("Go to the next quote of the code chosen in the codebook or met here."),
        show=False,
    ),
    Command(
        "coding.previous-of-code",
        "D",
        N_("Code before"),
        N_("Go to the quote before of the code chosen in the codebook or met here."),
        show=False,
    ),
    Command(
        "coding.place",
        "i",
        N_("Time or turn"),
        N_("Go to a time of the recording or to a turn by its number."),
        show=False,
    ),
    Command(
        "coding.two-texts",
        "y",
        N_("Two texts"),
        N_("Open a second text beside this one, or close it."),
        show=False,
    ),
    Command(
        "coding.other-text",
        "f6",
        N_("Other text"),
        N_("Go to the other of the two open texts."),
        show=False,
        otherwise=N_("One text is open; y opens a second one beside it."),
    ),
    Command(
        "coding.next-source",
        "z",
        N_("Next source"),
        N_("Open the next source of the list: the next interview, review or answer."),
        show=False,
    ),
    Command(
        "coding.previous-source",
        "Z",
        N_("Source before"),
        N_("Open the source before in the list."),
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
