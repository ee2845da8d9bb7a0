"""``workbench transcribe``: recordings become transcripts, with progress on stderr."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
    from workbench.models.views import JobView
    from workbench.services.orders import Order
    from workbench.services.project import Project

app = single()

_NOT_ALL = 0.99  # the transcript is written only behind the last window

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar=N_("SOURCE"), help=N_("Numbers, titles or identifiers.")),
]
Every = Annotated[bool, typer.Option("--all", help=N_("All recordings without a transcript."))]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="auto|faster-whisper|openai-whisper",
        help=N_("Who recognises; auto is the fastest that is installed."),
    ),
]
ModelName = Annotated[
    str | None,
    typer.Option(
        "--model", metavar=N_("NAME"), help=N_("Name of a Whisper model, or the path of one.")
    ),
]
Spoken = Annotated[
    str | None,
    typer.Option("--language", metavar="en|ru|…", help=N_("Language that is spoken.")),
]
Vocabulary = Annotated[
    str | None,
    typer.Option(
        "--vocabulary",
        metavar=N_("WORDS"),
        help=N_("Names and brands heard in these recordings, besides the project's list."),
    ),
]
Speakers = Annotated[
    int | None,
    typer.Option(
        "--speakers",
        metavar=N_("NUMBER"),
        help=N_(
            "How many voices there are, 0 for unknown; 2 by default, unknown in a focus group."
        ),
    ),
]
Priority = Annotated[
    int,
    typer.Option(
        "--priority",
        metavar=N_("NUMBER"),
        show_default=False,
        help=N_("Recordings with a higher number have their turn first; 0 by default."),
    ),
]


@command(
    app,
    "transcribe",
    help=N_("Transcribe recordings; what was stopped goes on where it stopped."),
    example="workbench transcribe --all\nworkbench transcribe 3 --model large-v3 --language ru",
)
@implements("transcription.run")
def transcribe(
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
    """Transcribe the named recordings, or all that wait; one failure does not stop the rest."""
    check_named(sources, every=every)
    wanted = order(engine, model, language, vocabulary, speakers, priority)
    with session.writing() as project:
        batch = Batch()
        queued = enqueue(project, sources, wanted, batch)
        if every:
            say_paused(project)
            if project.queue.next_job() is None and not batch.failed:
                say(_("All recordings have their transcripts."))
        run_queue(project, batch, only=None if every else queued)
    finish(batch, form)


def check_named(sources: Collection[str] | None, *, every: bool) -> None:
    """Refuse to guess which recordings are meant.

    Raises:
        UsageError: ``nothing-to-transcribe``.
    """
    if bool(sources) == every:
        raise UsageError(
            "nothing-to-transcribe",
            N_("It is not clear what to transcribe."),
            N_("Name sources, or say --all."),
        )


def order(
    engine: str | None,
    model: str | None,
    language: str | None,
    vocabulary: str | None,
    speakers: int | None,
    priority: int,
) -> Order:
    """Return how to transcribe: as the options say, else as the user prefers."""
    from workbench.services.orders import Order

    preferences = session.settings()
    made = Order(
        engine=engine or preferences.engine,
        model=model or preferences.model,
        language=language or "",
        vocabulary=vocabulary or "",
        speakers=speakers,
        priority=priority,
    )
    made.check()
    return made


@dataclass
class Batch:
    """What came of some recordings."""

    rows: list[dict[str, object]] = field(default_factory=list)
    failed: int = 0
    alone: bool = False
    """Whether only one recording was asked for, so that its trouble is the command's."""


def enqueue(
    project: Project, sources: Iterable[str] | None, wanted: Order, batch: Batch
) -> set[str]:
    """Put recordings into the queue, without names all that have no transcript; return their jobs.

    What is paused stays so unless it is named; what cannot be queued is said, and counts as failed.
    """
    chosen = list(sources or [])
    batch.alone = len(chosen) == 1
    if not chosen:
        paused = {job.source_id for job in project.queue.progress().paused}
        waiting = {job.source_id for job in project.queue.progress().waiting}
        chosen = [
            source
            for source in project.transcription.waiting()
            if source not in paused and source not in waiting
        ]
    jobs = set()
    for name in chosen:
        try:
            jobs.add(project.queue.add(name, wanted).id)
        except WorkbenchError as error:
            if batch.alone:
                raise
            say_trouble(error)
            batch.failed += 1
    return jobs


def run_queue(project: Project, batch: Batch, *, only: Collection[str] | None = None) -> None:
    """Transcribe what waits, one after another; Ctrl+C leaves the rest in the queue and says so.

    Args:
        project: the open project.
        batch: where to note what comes of them.
        only: the jobs that are meant; without it the whole queue.
    """
    tried: set[str] = set()
    try:
        while (job := _next(project, only, tried)) is not None:
            tried.add(job.id)
            try:
                row = run_one(project, job)
            except WorkbenchError as error:
                if batch.alone:
                    raise
                say_trouble(error)
                batch.failed += 1
            else:
                if row is not None:
                    batch.rows.append(row)
    except KeyboardInterrupt:
        n = len(project.queue.progress().waiting)
        said = ngettext(
            "{n} recording stays in the queue; go on with: workbench queue run",
            "{n} recordings stay in the queue; go on with: workbench queue run",
            n,
        )
        say(said.format(n=n))
        raise


@contextmanager
def _following(project: Project, title: str) -> Iterator[tuple[Callable[[Any], None], list[float]]]:
    """Show how far a recording is while it is transcribed; gives what to do with events, and the seconds."""
    from workbench.transcription.protocol import Finished
    from workbench.transcription.protocol import Progress as Step

    progress = Progress(title)
    took: list[float] = []

    def follow(event: Any) -> None:
        if isinstance(event, Step):
            share = event.done_ms / max(event.total_ms, 1)
            progress.show(min(share, _NOT_ALL), event.eta_s, also=_rest(project))
        elif isinstance(event, Finished):
            took.append(event.seconds)

    try:
        yield follow, took
    finally:
        progress.end()


def _next(project: Project, only: Collection[str] | None, tried: Collection[str]) -> JobView | None:
    waiting = project.queue.progress().waiting
    fitting = (job for job in waiting if job.id not in tried and (only is None or job.id in only))
    return next(fitting, None)


def run_one(project: Project, job: JobView) -> dict[str, object] | None:
    """Do one job of the queue with progress on stderr; return what came of it, nothing if it was stopped."""
    preferences = session.settings()
    with _following(project, job.title) as (follow, took):
        ended = project.transcription.run_job(
            job.id,
            device=preferences.device,
            threads=preferences.threads,
            on_event=follow,
        )
    return told(project, ended, took) if ended.status == "done" else None


def transcribe_one(project: Project, name: str, wanted: Order) -> dict[str, object]:
    """Transcribe one recording with progress on stderr; return what came of it."""
    with _following(project, project.sources.source(name).card.title) as (follow, took):
        ended = project.transcription.run(name, wanted, on_event=follow)
    return told(project, ended, took)


def told(project: Project, job: JobView, took: list[float]) -> dict[str, object]:
    """Say what a transcription found, and return its row."""
    from workbench.transcription.report import Report

    view = project.sources.source(job.source_id)
    card = view.card
    said = ngettext(
        "“{title}”: {count} word in {time}.", "“{title}”: {count} words in {time}.", card.words
    )
    say(said.format(title=card.title, count=card.words, time=clock(sum(took))))
    found = Report.from_dict(job.report)
    if sentences := found.sentences():
        say("  " + " ".join(sentences))
    return {
        "number": card.ordinal,
        "title": card.title,
        "words": card.words,
        "duration_ms": card.duration_ms,
        "seconds": round(sum(took), 1),
        "transcribed_by": view.transcribed_by,
        "to_review": project.queue.to_review(card.id),
        "suspected": found.suspected,
        "wordless_ms": found.wordless_ms,
    }


def finish(batch: Batch, form: str) -> None:
    """Write the rows, and leave with the code of failure when a recording failed."""
    show(batch.rows, form=form)
    if batch.failed:
        said = ngettext(
            "{count} recording could not be transcribed.",
            "{count} recordings could not be transcribed.",
            batch.failed,
        )
        say(said.format(count=batch.failed))
        raise typer.Exit(TranscriptionError.exit_code)


def say_paused(project: Project) -> None:
    """Say that what is paused is left alone."""
    n = len(project.queue.progress().paused)
    if n:
        said = ngettext(
            "{n} recording is paused; let it go on with: workbench queue resume --all",
            "{n} recordings are paused; let them go on with: workbench queue resume --all",
            n,
        )
        say(said.format(n=n))


def _rest(project: Project) -> str:
    """Say how many recordings still wait, and how long all of it may take; empty when none does."""
    view = project.queue.progress()
    n = len(view.waiting)
    if not n:
        return ""
    if view.left_s is None:
        return ngettext("{n} more waits", "{n} more wait", n).format(n=n)
    said = ngettext("{n} more waits, {time} for all", "{n} more wait, {time} for all", n)
    return said.format(n=n, time=clock(view.left_s))
