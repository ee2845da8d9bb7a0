"""``workbench transcript``, the part that is about listening again: doubts, suspicions, pauses, recognising."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.finding_quotes import span_of
from workbench.cli.narration import Progress, say
from workbench.cli.options import SourceName, command
from workbench.cli.output import Format, Output, show
from workbench.cli.turns import (
    Begins,
    Ends,
    Force,
    SpanOption,
    TurnNumber,
    Words,
    milliseconds,
    say_gone,
    show_turn,
    turn_row,
)
from workbench.i18n import N_, ngettext


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    command(
        app,
        "accept",
        help=N_("Say that doubtful words were listened to and are right."),
        example='workbench transcript accept 3 --text "horns and hoofs"',
    )(accept)
    command(
        app,
        "suspect",
        help=N_("Mark a turn as perhaps invented by the recogniser, or take the mark away."),
        example="workbench transcript suspect 3 41 --off",
    )(suspect)
    command(
        app,
        "recognise",
        help=N_("Recognise one stretch of the recording again; quotes stay on their words."),
        example="workbench transcript recognise 3 12:30 12:55 --model large-v3",
    )(recognise)
    command(
        app,
        "doubtful",
        help=N_("List the words the recogniser was unsure of."),
        example="workbench transcript doubtful 3",
    )(doubtful)
    command(
        app,
        "suspected",
        help=N_("List the turns the recogniser may have invented."),
        example="workbench transcript suspected 3",
    )(suspected)
    command(
        app,
        "pauses",
        help=N_("List the pauses in what was said."),
        example="workbench transcript pauses 3 --least 2",
    )(pauses)


@implements("transcript.accept")
def accept(source: SourceName, text: Words = None, span: SpanOption = None) -> None:
    """Accept doubtful words."""
    with session.writing() as project:
        view = project.sources.source(source)
        start, end = span_of(view, text, span)
        project.transcript.accept(view.card.id, start, end)
        left = len(project.transcript.doubtful(view.card.id))
    said = ngettext("{count} doubtful place is left.", "{count} doubtful places are left.", left)
    say(said.format(count=left))


@implements("transcript.suspect")
def suspect(
    source: SourceName,
    turn: TurnNumber,
    off: Annotated[bool, typer.Option("--off", help=N_("Take the mark away."))] = False,
    form: Format = "table",
) -> None:
    """Mark a turn."""
    with session.writing() as project:
        view = project.transcript.mark_suspected(source, turn, not off)
    show_turn(view, turn, form)


@implements("transcript.recognise")
def recognise(
    source: SourceName,
    start: Begins,
    end: Ends,
    model: Annotated[
        str | None,
        typer.Option(metavar=N_("NAME"), help=N_("Name of a Whisper model, or the path of one.")),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="auto|faster-whisper|openai-whisper",
            help=N_("Who recognises; the one that did by default."),
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="en|ru|…", help=N_("Language that is spoken."))
    ] = None,
    force: Force = False,
    form: Format = "table",
) -> None:
    """Recognise a stretch again."""
    from_ms, to_ms = milliseconds(start), milliseconds(end)
    preferences = session.settings()
    with session.writing() as project:
        before = project.sources.source(source)
        progress = Progress(before.card.title)
        try:
            view = project.transcript.recognise(
                before.card.id,
                from_ms,
                to_ms,
                model=model,
                engine=engine,
                language=language,
                device=preferences.device,
                threads=preferences.threads,
                force=force,
                on_event=lambda event: _follow(progress, event),
            )
        finally:
            progress.end()
    say_gone(before.card.quotes, view)
    touched = [
        turn
        for turn in view.turns
        if turn.start_ms is not None
        and turn.end_ms is not None
        and turn.start_ms < to_ms
        and turn.end_ms > from_ms
    ]
    show([turn_row(view, turn) for turn in touched], form=form)


def doubtful(source: SourceName, form: Format = "table", output: Output = None) -> None:
    """List doubtful places."""
    with session.reading() as project:
        places = project.transcript.doubtful(source)
    rows = [
        {
            "number": place.turn,
            "start_ms": place.start_ms,
            "start": place.start,
            "end": place.end,
            "text": place.text,
        }
        for place in places
    ]
    show(rows, form=form, output=output)


def suspected(source: SourceName, form: Format = "table", output: Output = None) -> None:
    """List suspected turns."""
    with session.reading() as project:
        view = project.sources.source(source)
        turns = project.transcript.suspected(source)
    show([turn_row(view, turn) for turn in turns], form=form, output=output)


def pauses(
    source: SourceName,
    least: Annotated[
        float,
        typer.Option(
            min=0, metavar=N_("SECONDS"), show_default=True, help=N_("How long at least.")
        ),
    ] = 1.0,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List pauses."""
    with session.reading() as project:
        found = project.transcript.pauses(source, round(least * 1000))
    rows = [
        {
            "number": pause.turn,
            "start_ms": pause.start_ms,
            "length_ms": pause.length_ms,
            "start": pause.offset,
        }
        for pause in found
    ]
    show(rows, form=form, output=output)


def _follow(progress: Progress, event: object) -> None:
    """Show how far the recogniser is."""
    from workbench.transcription.protocol import Progress as Step

    if isinstance(event, Step):
        progress.show(event.done_ms / max(event.total_ms, 1), event.eta_s)
