"""``workbench transcribe``: recordings become transcripts, with progress on stderr."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import Progress, clock, say
from workbench.cli.options import command
from workbench.cli.output import Format, show
from workbench.cli.tree import single
from workbench.cli.troubles import say_trouble
from workbench.errors import TranscriptionError, UsageError, WorkbenchError
from workbench.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.services.transcription import Order

app = single()


@command(
    app,
    "transcribe",
    help=N_("Transcribe recordings; a run that was stopped goes on where it stopped."),
    example="workbench transcribe --all\nworkbench transcribe 3 --model large-v3 --language ru",
)
@implements("transcription.run", "transcription.cancel")
def transcribe(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("SOURCE"), help=N_("Numbers, titles or identifiers.")),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=N_("All recordings without a transcript."))
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="auto|faster-whisper|openai-whisper",
            help=N_("Who recognises; auto is the fastest that is installed."),
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar=N_("NAME"), help=N_("Name of a Whisper model, or the path of one.")),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="en|ru|…", help=N_("Language that is spoken."))
    ] = None,
    vocabulary: Annotated[
        str | None,
        typer.Option(metavar=N_("WORDS"), help=N_("Names and brands that will be heard.")),
    ] = None,
    cancel: Annotated[
        bool, typer.Option("--cancel", help=N_("Take the named recordings off the queue instead."))
    ] = False,
    form: Format = "table",
) -> None:
    """Transcribe the named recordings or all that wait; one failure does not stop the rest."""
    if bool(sources) == every:
        raise UsageError(
            "nothing-to-transcribe",
            N_("It is not clear what to transcribe."),
            N_("Name sources, or say --all."),
        )
    from workbench.services.transcription import Order

    preferences = session.settings()
    order = Order(
        engine=engine or preferences.engine,
        model=model or preferences.model,
        language=language or "",
        vocabulary=vocabulary or "",
    )
    with session.writing() as project:
        chosen = list(sources or project.transcription.waiting())
        if cancel:
            for name in chosen:
                project.transcription.cancel(name)
            return
        if not chosen:
            say(_("All recordings have their transcripts."))
        rows, failed = _run_all(project, chosen, order)
    show(rows, form=form)
    if failed:
        said = ngettext(
            "{count} recording could not be transcribed.",
            "{count} recordings could not be transcribed.",
            failed,
        )
        say(said.format(count=failed))
        raise typer.Exit(TranscriptionError.exit_code)


def _run_all(
    project: Project, chosen: list[str], order: Order
) -> tuple[list[dict[str, object]], int]:
    """Transcribe one after another; return a row for each transcript and the number of failures."""
    rows: list[dict[str, object]] = []
    failed = 0
    for name in chosen:
        try:
            rows.append(transcribe_one(project, name, order))
        except WorkbenchError as error:
            if len(chosen) == 1:
                raise
            say_trouble(error)
            failed += 1
    return rows, failed


def transcribe_one(project: Project, name: str, order: Order) -> dict[str, object]:
    """Transcribe one recording with progress on stderr; return what came of it."""
    card = project.sources.source(name).card
    progress = Progress(card.title)
    took: list[float] = []
    try:
        project.transcription.run(card.id, order, on_event=_follower(progress, took))
    finally:
        progress.end()
    view = project.sources.source(card.id)
    say(
        ngettext(
            "“{title}”: {count} word in {time}.",
            "“{title}”: {count} words in {time}.",
            view.card.words,
        ).format(title=card.title, count=view.card.words, time=clock(sum(took)))
    )
    return {
        "number": card.ordinal,
        "title": card.title,
        "words": view.card.words,
        "duration_ms": card.duration_ms,
        "seconds": round(sum(took), 1),
        "transcribed_by": view.transcribed_by,
    }


def _follower(progress: Progress, took: list[float]) -> Callable[[Any], None]:
    """Return what is done with each event of the recogniser."""
    from workbench.transcription.protocol import Finished
    from workbench.transcription.protocol import Progress as Step

    def follow(event: Any) -> None:
        if isinstance(event, Step):
            progress.show(event.done_ms / max(event.total_ms, 1), event.eta_s)
        elif isinstance(event, Finished):
            took.append(event.seconds)

    return follow
