"""``workbench queue``: recordings that wait to be transcribed, here or in the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import clock, say
from workbench.cli.options import SourceName, command
from workbench.cli.output import Format, Output, show
from workbench.cli.transcribe import (
    Batch,
    EngineName,
    Every,
    ModelName,
    Names,
    Priority,
    Speakers,
    Spoken,
    Vocabulary,
    check_named,
    enqueue,
    finish,
    order,
    run_queue,
    say_paused,
)
from workbench.cli.tree import noun
from workbench.errors import TranscriptionError
from workbench.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from workbench.models.views import QueueView
    from workbench.services.project import Project

app = noun(N_("Recordings that wait to be transcribed: order, pause, cancel."))

InQueue = Annotated[bool, typer.Option("--all", help=N_("All recordings in the queue."))]


@command(
    app,
    "list",
    help=N_("List what is transcribed, what waits in its order, and what is paused."),
    example="workbench queue list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List the queue."""
    with session.reading() as project:
        view = project.queue.progress()
        rows = _rows(project, view)
    show(rows, form=form, output=output)
    if not rows:
        say(_("Nothing waits to be transcribed."))
    elif view.left_s is not None:
        say(_("All of it may take {time}.").format(time=clock(view.left_s)))


@command(
    app,
    "add",
    help=N_("Put recordings into the queue; they are transcribed by “queue run” or the interface."),
    example="workbench queue add 3 4 --speakers 3\nworkbench queue add --all",
)
@implements("transcription.queue")
def add(
    sources: Names = None,
    every: Every = False,
    engine: EngineName = None,
    model: ModelName = None,
    language: Spoken = None,
    vocabulary: Vocabulary = None,
    speakers: Speakers = None,
    priority: Priority = 0,
    form: Format = "table",
) -> None:
    """Queue recordings without transcribing them now."""
    check_named(sources, every=every)
    wanted = order(engine, model, language, vocabulary, speakers, priority)
    with session.writing() as project:
        batch = Batch()
        enqueue(project, sources, wanted, batch)
        show(_rows(project, project.queue.progress()), form=form)
    if batch.failed:
        raise typer.Exit(TranscriptionError.exit_code)


@command(
    app,
    "run",
    help=N_(
        "Transcribe what waits in the queue, one after another; one failure does not stop the rest."
    ),
    example="workbench queue run",
)
@implements("transcription.run")
def run(form: Format = "table") -> None:
    """Work off the queue."""
    with session.writing() as project:
        batch = Batch()
        say_paused(project)
        if project.queue.next_job() is None:
            say(_("Nothing waits to be transcribed."))
        run_queue(project, batch)
    finish(batch, form)


@command(
    app,
    "pause",
    help=N_("Let recordings wait until they are resumed; what is done is kept."),
    example="workbench queue pause 3",
)
@implements("transcription.pause")
def pause(sources: Names = None, every: InQueue = False) -> None:
    """Pause recordings."""
    _change(
        sources,
        every=every,
        which=lambda view: [job.source_id for job in view.waiting],
        action=lambda project, source: project.queue.pause(source),
    )


@command(
    app,
    "resume",
    help=N_("Let recordings wait again that were paused, cancelled or failed."),
    example="workbench queue resume --all",
)
@implements("transcription.resume")
def resume(sources: Names = None, every: InQueue = False) -> None:
    """Resume recordings."""
    _change(
        sources,
        every=every,
        which=lambda view: [job.source_id for job in view.paused],
        action=lambda project, source: project.queue.resume(source),
    )


@command(
    app,
    "cancel",
    help=N_("Take recordings out of the queue; what is done is kept for the next order."),
    example="workbench queue cancel 3",
)
@implements("transcription.cancel")
def cancel(sources: Names = None, every: InQueue = False) -> None:
    """Cancel recordings."""
    _change(
        sources,
        every=every,
        which=lambda view: [job.source_id for job in (*view.waiting, *view.paused)],
        action=lambda project, source: project.queue.cancel(source),
    )


@command(
    app,
    "move",
    help=N_("Let a waiting recording have its turn earlier or later."),
    example="workbench queue move 3 first",
)
@implements("transcription.prioritise")
def move(
    source: SourceName,
    where: Annotated[
        str, typer.Argument(metavar="first|up|down|last", help=N_("Where to put it."))
    ],
) -> None:
    """Move a recording within the queue."""
    with session.writing() as project:
        project.queue.move(source, where)


def _change(
    sources: list[str] | None,
    *,
    every: bool,
    which: Callable[[QueueView], list[str]],
    action: Callable[[Project, str], object],
) -> None:
    """Do something to the named recordings, or to all in the queue it can be done to."""
    check_named(sources, every=every)
    with session.writing() as project:
        chosen = sources or which(project.queue.progress())
        for source in chosen:
            action(project, source)
    n = len(chosen)
    say(ngettext("{n} recording changed.", "{n} recordings changed.", n).format(n=n))


def _rows(project: Project, view: QueueView) -> list[dict[str, object]]:
    """Return the queue as rows: what runs, what waits, what is paused."""
    numbers = {card.id: card.ordinal for card in project.sources.cards()}
    running = [view.running] if view.running is not None else []
    return [
        {
            "number": numbers.get(job.source_id),
            "title": job.title,
            "status": job.status,
            "done_percent": round(100 * job.done_ms / job.total_ms) if job.total_ms else None,
            "duration_ms": job.total_ms,
            "engine": job.engine,
            "model": job.model,
            "language": job.language,
            "speakers": job.speakers or None,
            "priority": job.priority,
        }
        for job in (*running, *view.waiting, *view.paused)
    ]
