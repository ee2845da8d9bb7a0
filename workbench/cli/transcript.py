"""``workbench transcript``: the words and turns of a source, and correcting them."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.finding_quotes import span_of
from workbench.cli.narration import say
from workbench.cli.options import SourceName, command, read_text
from workbench.cli.output import Format, Output, show
from workbench.cli.transcript_listening import add_to
from workbench.cli.tree import noun
from workbench.cli.turns import (
    Begins,
    Ends,
    Force,
    SpanOption,
    TurnNumber,
    Words,
    milliseconds,
    number_at,
    quote_count,
    say_gone,
    show_turn,
    turn_numbers,
    turn_row,
)
from workbench.i18n import N_, _, ngettext

app = noun(N_("Transcripts: read by turns, correct, cut, join, say who speaks."))


@command(
    app,
    "show",
    help=N_("List the turns of a source with their numbers, times and speakers."),
    example="workbench transcript show 3 --format csv -o turns.csv",
)
def show_(source: SourceName, form: Format = "table", output: Output = None) -> None:
    """List the turns."""
    with session.reading() as project:
        view = project.sources.source(source)
    show([turn_row(view, turn) for turn in view.turns], form=form, output=output)


@command(
    app,
    "edit",
    help=N_("Give a turn other words; an empty text takes the turn out."),
    example='workbench transcript edit 3 12 "Nobody told me anything."',
)
@implements("transcript.edit")
def edit(
    source: SourceName,
    turn: TurnNumber,
    text: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("All its words; - reads them from stdin."))
    ],
    force: Force = False,
    form: Format = "table",
) -> None:
    """Correct a turn."""
    with session.writing() as project:
        quotes = quote_count(project, source)
        view = project.transcript.edit_turn(source, turn, read_text(text), force=force)
    say_gone(quotes, view)
    show_turn(view, turn, form)


@command(
    app,
    "replace",
    help=N_("Replace words at one place."),
    example='workbench transcript replace 3 "horns and hoofs" --text "horns and roofs"',
)
@implements("transcript.replace")
def replace(
    source: SourceName,
    new: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is to stand there."))],
    text: Words = None,
    span: SpanOption = None,
    force: Force = False,
    form: Format = "table",
) -> None:
    """Replace words."""
    with session.writing() as project:
        before = project.sources.source(source)
        start, end = span_of(before, text, span)
        view = project.transcript.replace(before.card.id, start, end, new, force=force)
    say_gone(before.card.quotes, view)
    show_turn(view, number_at(view, start), form)


@command(
    app,
    "replace-all",
    help=N_("Replace words everywhere in a source."),
    example='workbench transcript replace-all 3 "move flow" MoveFlow',
)
@implements("transcript.replace-all")
def replace_all(
    source: SourceName,
    find: Annotated[str, typer.Argument(metavar=N_("WORDS"), help=N_("The words as they stand."))],
    new: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is to stand there."))],
    parts: Annotated[bool, typer.Option("--parts", help=N_("Also within longer words."))] = False,
    case: Annotated[
        bool, typer.Option("--case", help=N_("Tell capitals from small letters, and ё from е."))
    ] = False,
    force: Force = False,
) -> None:
    """Replace words everywhere."""
    with session.writing() as project:
        quotes = quote_count(project, source)
        count = project.transcript.replace_all(
            source, find, new, whole_words=not parts, match_case=case, force=force
        )
        view = project.sources.source(source)
    said = ngettext("Replaced at {count} place.", "Replaced at {count} places.", count)
    say(said.format(count=count) if count else _("The words are nowhere in it."))
    say_gone(quotes, view)


@command(
    app,
    "split",
    help=N_("Cut a turn in two; the words that are named begin the second one."),
    example='workbench transcript split 3 --text "And then" --speaker Anna',
)
@implements("transcript.split")
def split(
    source: SourceName,
    text: Words = None,
    span: SpanOption = None,
    speaker: Annotated[
        str | None,
        typer.Option(metavar=N_("SPEAKER"), help=N_("Who says the second one; else the same.")),
    ] = None,
    form: Format = "table",
) -> None:
    """Cut a turn."""
    with session.writing() as project:
        before = project.sources.source(source)
        start, _end = span_of(before, text, span)
        view = project.transcript.split_turn(before.card.id, start, speaker=speaker)
    number = number_at(view, start)
    show([turn_row(view, turn) for turn in view.turns[max(number - 1, 0) : number + 1]], form=form)


@command(
    app,
    "merge",
    help=N_("Join a turn with the one after it."),
    example="workbench transcript merge 3 12",
)
@implements("transcript.merge")
def merge(source: SourceName, turn: TurnNumber, form: Format = "table") -> None:
    """Join two turns."""
    with session.writing() as project:
        view = project.transcript.merge_turns(source, turn)
    show_turn(view, turn, form)


@command(
    app,
    "retime",
    help=N_("Say when a turn begins and ends."),
    example="workbench transcript retime 3 12 1:02.5 1:09",
)
@implements("transcript.retime")
def retime(
    source: SourceName, turn: TurnNumber, start: Begins, end: Ends, form: Format = "table"
) -> None:
    """Give a turn other times."""
    with session.writing() as project:
        view = project.transcript.retime(source, turn, milliseconds(start), milliseconds(end))
    show_turn(view, turn, form)


@command(
    app,
    "speaker",
    help=N_("Say who speaks in some turns; an unknown name makes a new speaker."),
    example="workbench transcript speaker 3 Anna 4 7-9",
)
@implements("transcript.speaker")
def speaker(
    source: SourceName,
    name: Annotated[
        str,
        typer.Argument(
            metavar=N_("SPEAKER"), help=N_("The speaker's name; empty for nobody known.")
        ),
    ],
    turns: Annotated[
        list[str], typer.Argument(metavar=N_("TURN"), help=N_("Numbers of turns, as in 4 or 7-9."))
    ],
    form: Format = "table",
) -> None:
    """Say who speaks."""
    numbers = [number for item in turns for number in turn_numbers(item)]
    with session.writing() as project:
        view = project.transcript.assign_speaker(source, numbers, name)
    show([turn_row(view, turn) for turn in view.turns if turn.ordinal in set(numbers)], form=form)


@command(
    app,
    "alternate",
    help=N_("Give the turns from one on to the end to speakers in turn."),
    example="workbench transcript alternate 3 0 Interviewer Anna",
)
@implements("transcript.alternate")
def alternate(
    source: SourceName,
    turn: TurnNumber,
    speakers: Annotated[
        list[str], typer.Argument(metavar=N_("SPEAKER"), help=N_("Two or more names, in order."))
    ],
    form: Format = "table",
) -> None:
    """Let speakers take turns."""
    with session.writing() as project:
        view = project.transcript.alternate(source, turn, speakers)
    first = int(turn) if turn.isdecimal() else 0
    show([turn_row(view, each) for each in view.turns[first:]], form=form)


add_to(app)
