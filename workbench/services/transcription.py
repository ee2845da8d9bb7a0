"""Transcription of one recording: each window kept as soon as it is done, the transcript written at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from workbench.errors import ProjectError, TranscriptionError, WorkbenchError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.base import now
from workbench.models.kinds import JobStatus, SourceState
from workbench.models.views import JobView
from workbench.services.base import Context, Service, existing, verb
from workbench.services.orders import Order
from workbench.services.queue import Queue, Run, already_transcribing, check_uncoded, machine_mark
from workbench.services.sources import Sources
from workbench.services.transcript_writing import window_of, write_transcript
from workbench.store import queue as stored
from workbench.store.sources import job_view
from workbench.text.vocabulary import prompt
from workbench.transcription import job as child
from workbench.transcription.protocol import WindowDone, segment_to_dict
from workbench.transcription.report import report, with_run

__all__ = ["Order", "Transcription"]

Listener = Callable[[child.Event], None]


@dataclass(eq=False, slots=True)
class _Work:
    """A job under way, and what its recogniser has said of it so far."""

    job: JobView
    run: Run
    began: float = field(default_factory=time.monotonic)
    started: child.Started | None = None

    def speed(self, done_ms: int) -> float:
        """Return the seconds of the recording done a second, everything included."""
        return max(0, done_ms - self.job.done_ms) / 1000 / max(time.monotonic() - self.began, 1e-3)


class _OtherWindowsError(Exception):
    """The recording is cut otherwise now than when the job began: what is stored cannot be gone on with."""


class Transcription(Service):
    """The recogniser at work on one recording after another."""

    def __init__(self, context: Context, queue: Queue) -> None:
        """Work off a queue."""
        super().__init__(context)
        self._queue = queue

    def waiting(self) -> list[str]:
        """Return the recordings that have no transcript yet, in the order of the list."""
        with self.reading() as session:
            rows = session.exec(
                select(tables.Source.id)
                .where(
                    tables.Source.project_id == self.project_id,
                    tables.Source.media_hash != "",
                    tables.Source.state != SourceState.READY,
                )
                .order_by(col(tables.Source.ordinal))
            )
            return list(rows.all())

    @verb("transcription.run")
    def run(
        self,
        source: str,
        order: Order | None = None,
        *,
        on_event: Listener = lambda _event: None,
    ) -> JobView:
        """Transcribe one recording now, whatever waits; blocks until it is done, stopped or failed.

        A run that was stopped, failed or killed goes on where it stopped when engine, model, language and
        vocabulary are the same.

        Args:
            source: identifier, number or title.
            order: how to transcribe.
            on_event: called in this thread with each event of the recogniser, after it was stored.

        Raises:
            InputError: ``already-coded`` when the source has quotes that a new transcript would orphan.
            TranscriptionError: the recording, the model or the recogniser failed; the job says why.
        """
        order = order or Order()
        job = self._queue.add(source, order)
        return self.run_job(job.id, device=order.device, threads=order.threads, on_event=on_event)

    def run_job(
        self,
        job_id: str,
        *,
        device: str = "auto",
        threads: int = 0,
        on_begin: Callable[[], None] = lambda: None,
        on_event: Listener = lambda _event: None,
    ) -> JobView:
        """Do a job of the queue; blocks until it is done, stopped or failed.

        Args:
            job_id: one that waits; what was paused or cancelled meanwhile is left alone.
            device: what computes: ``auto``, ``cpu`` or ``cuda``.
            threads: processor cores to use; 0 is all.
            on_begin: called once the job is marked as running.
            on_event: called in this thread with each event of the recogniser, after it was stored.

        Raises:
            TranscriptionError: the recording, the model or the recogniser failed; the job says why.
        """
        job, run = self._begin(job_id)
        if run is None:
            return job
        work = _Work(job, run)
        try:
            on_begin()
            return self._recognise(work, device=device, threads=threads, on_event=on_event)
        except WorkbenchError as error:
            self._fail(job, str(error))
            raise
        except Exception as error:
            self._fail(job, f"{type(error).__name__}: {error}")
            raise
        except BaseException:  # Ctrl+C: it goes on the next time
            self._end(job, JobStatus.QUEUED)
            raise
        finally:
            self._queue.runs.pop(job.source_id, None)

    def _begin(self, job_id: str) -> tuple[JobView, Run | None]:
        """Mark a waiting job as running; no run when it does not wait any more."""
        with self._context.file.transaction() as session:
            job = existing(session.get(tables.TranscriptionJob, job_id), N_("job"), job_id)
            row = existing(session.get(tables.Source, job.source_id), N_("source"), job.source_id)
            if row.id in self._queue.runs:
                raise already_transcribing(row)
            if job.status != JobStatus.QUEUED:
                return job_view(job), None
            job.status, job.problem, job.started_at = JobStatus.RUNNING, "", now()
            row.state = SourceState.TRANSCRIBING
            session.add(job)
            session.add(row)
            session.flush()
            run = self._queue.runs[row.id] = Run()
            return job_view(job), run

    def _recognise(self, work: _Work, *, device: str, threads: int, on_event: Listener) -> JobView:
        """Let the child do its work, and write down what comes of it."""
        job = work.job
        path = Sources(self._context).media_path(job.source_id)
        with self.reading() as session:
            check_uncoded(
                session,
                existing(session.get(tables.Source, job.source_id), N_("source"), job.source_id),
            )
            done = frozenset(window.ordinal for window in stored.windows_of(session, job.id))

        def keep(event: child.Event) -> None:
            self._keep(work, event)
            on_event(event)

        def ask(skip: frozenset[int]) -> child.Result:
            request = child.Request(
                path=path,
                engine=job.engine,
                model=job.model,
                language=job.language or None,
                vocabulary=prompt(job.vocabulary),
                threads=threads,
                device=device,
                speakers=job.speakers,
                skip_windows=skip,
            )
            return child.run(request, on_event=keep, cancelled=work.run.stop.is_set)

        try:
            result = ask(done)
        except _OtherWindowsError:
            self._forget(job)
            result = ask(frozenset())
        if result.cancelled:
            return self._end(job, work.run.becomes)
        return self._finish(work, result)

    def _keep(self, work: _Work, event: child.Event) -> None:
        """Store what an event brings before anybody is told of it."""
        if isinstance(event, child.BatchDone):
            with self._context.file.transaction() as session:
                job = self._job(session, work.job)
                for window in event.windows:
                    session.add(_row_of(window, job.id))
                    job.done_ms = max(job.done_ms, window.end_ms)
                job.report = {**job.report, "speed": round(work.speed(job.done_ms), 3)}
                session.add(job)
        elif isinstance(event, child.Progress):
            work.run.progress, work.run.noted = event, time.monotonic()
        elif isinstance(event, child.Started):
            work.started = event
            with self._context.file.transaction() as session:
                rows = stored.windows_of(session, work.job.id)
                if not all(_stands(row, event) for row in rows):
                    raise _OtherWindowsError
                job = self._job(session, work.job)
                job.total_ms = event.duration_ms or job.total_ms
                session.add(job)

    def _forget(self, job: JobView) -> None:
        """Begin a job afresh."""
        with self._context.file.transaction() as session:
            row = self._job(session, job)
            stored.forget_windows(session, row.id)
            row.done_ms = 0
            session.add(row)

    def _fail(self, job: JobView, problem: str) -> None:
        """Write down why a job failed; where even that cannot be stored, it is kept in mind."""
        self._queue.unsaid[job.id] = problem
        with suppress(ProjectError):
            self._end(job, JobStatus.FAILED, problem)
            self._queue.unsaid.pop(job.id, None)

    def _end(self, job: JobView, status: JobStatus, problem: str = "") -> JobView:
        """Write down that a run ended without a transcript; an earlier transcript stays as it is."""
        with self._context.file.transaction() as session:
            row = self._job(session, job)
            row.status, row.problem, row.finished_at = status, problem, now()
            source = existing(
                session.get(tables.Source, job.source_id), N_("source"), job.source_id
            )
            idle = self._queue.idle_state(session, source)
            if status in (JobStatus.QUEUED, JobStatus.PAUSED):
                source.state = SourceState.QUEUED
            elif status == JobStatus.FAILED and idle == SourceState.RECORDED:
                source.state = SourceState.FAILED
            else:
                source.state = idle
            session.add(row)
            session.add(source)
            return job_view(row)

    def _finish(self, work: _Work, result: child.Result) -> JobView:
        """Turn the stored windows into the source's text and turns."""
        with self.acting("transcription.run", undoable=False) as act:
            session = act.session
            job = self._job(session, work.job)
            source = existing(session.get(tables.Source, job.source_id), N_("source"), "")
            check_uncoded(session, source)  # somebody may have coded the transcript there was
            rows = stored.windows_of(session, job.id)
            if work.started is None or len(rows) != len(work.started.windows):
                raise _incomplete(source, rows, work)
            windows = [window_of(row) for row in rows]
            write_transcript(session, source, windows, job.speakers)
            source.language = source.language or result.language or job.language
            source.transcribed_by = f"{work.started.engine} {work.started.model}"
            source.state = SourceState.READY
            found = with_run(
                report(windows),
                engine=work.started.engine,
                model=work.started.model,
                asked=job.language,
                heard=work.started.heard or "",
                seconds=result.seconds,
                speed=round(work.speed(job.total_ms), 3),
                machine=machine_mark(),
            )
            job.report = found.to_dict()
            job.status, job.done_ms, job.finished_at = JobStatus.DONE, job.total_ms, now()
            session.add(source)
            session.add(job)
            for other in stored.jobs_of(session, source.id):
                if other.id != job.id:
                    stored.forget_windows(session, other.id)
                    other.done_ms = other.done_ms if other.status == JobStatus.DONE else 0
                    session.add(other)
            act.subject = source.title
            return job_view(job)

    @staticmethod
    def _job(session: Session, job: JobView) -> tables.TranscriptionJob:
        return existing(session.get(tables.TranscriptionJob, job.id), N_("job"), job.id)


def _row_of(window: WindowDone, job_id: str) -> tables.TranscriptionWindow:
    """Return a recognised window as it is stored."""
    return tables.TranscriptionWindow(
        job_id=job_id,
        ordinal=window.ordinal,
        start_ms=window.start_ms,
        end_ms=window.end_ms,
        segments=[segment_to_dict(segment) for segment in window.segments],
        redone=list(window.redone),
        voices=[list(voice) for voice in window.voices],
        speech=[list(stretch) for stretch in window.speech],
    )


def _stands(row: tables.TranscriptionWindow, started: child.Started) -> bool:
    """Tell whether a stored window is one of those the recording is cut into now."""
    if row.ordinal >= len(started.windows):
        return False
    window = started.windows[row.ordinal]
    return (row.start_ms, row.end_ms) == (window.start_ms, window.end_ms)


def _incomplete(
    source: tables.Source, rows: Sequence[tables.TranscriptionWindow], work: _Work
) -> TranscriptionError:
    """Return the refusal to write half a transcript as if it were whole."""
    return TranscriptionError(
        "transcript-incomplete",
        N_("Only {done} of {total} parts of “{source}” were recognised."),
        N_("Start it again: what is missing is recognised then."),
        source=source.title,
        done=len(rows),
        total=len(work.started.windows) if work.started is not None else 0,
    )
