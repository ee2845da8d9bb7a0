"""The queue of transcriptions: which recordings wait, in what order, how far they are, how long it may take.

The queue is the table of jobs, so it survives the program. What is done to it is not written into the journal:
an order that waits has changed no data, and taking it back is called cancelling.
"""

from __future__ import annotations

import hashlib
import os
import platform
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from sqlmodel import Session

from workbench.errors import InputError, ProjectError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.base import now
from workbench.models.kinds import JobStatus, SourceState
from workbench.models.views import JobView, QueueView
from workbench.services.base import Context, Service, existing, verb
from workbench.services.orders import Order, job_for
from workbench.services.sources import Sources
from workbench.store import lookup
from workbench.store import queue as stored
from workbench.store.sources import job_view, review_places
from workbench.transcription.protocol import Progress

MOVES = ("first", "up", "down", "last")
"""Where a waiting recording can be put."""

_OPEN = (JobStatus.QUEUED, JobStatus.PAUSED, JobStatus.RUNNING)


@dataclass(eq=False, slots=True)
class Run:
    """A transcription that this program is at."""

    stop: threading.Event = field(default_factory=threading.Event)
    becomes: JobStatus = JobStatus.CANCELLED
    """What its job is once it has stopped."""
    progress: Progress | None = None
    noted: float = 0.0
    """When it told of its progress, by the monotonic clock."""

    def end_as(self, status: JobStatus) -> None:
        """Stop it; its job then has this status."""
        self.becomes = status
        self.stop.set()

    def left_s(self) -> float | None:
        """Return how long it may still take: what it said last, less the time since."""
        if self.progress is None or self.progress.eta_s is None:
            return None
        return max(1.0, self.progress.eta_s - (time.monotonic() - self.noted))


class Queue(Service):
    """The recordings that wait to be transcribed."""

    def __init__(self, context: Context) -> None:
        """Nothing runs yet."""
        super().__init__(context)
        self.runs: dict[str, Run] = {}
        """What this program transcribes now, by source."""
        self.unsaid: dict[str, str] = {}
        """Jobs whose failure could not be stored, as on a full disk, with the reason."""

    # -- reading -------------------------------------------------------------------------------

    def jobs(self) -> list[JobView]:
        """Return all jobs, oldest first."""
        with self.reading() as session:
            rows = stored.jobs_with(session, self.project_id, *JobStatus)
            return stored.titled(session, sorted(rows, key=lambda row: row.id))

    def next_job(self, *, without: Collection[str] = ()) -> JobView | None:
        """Return the waiting job that is next, leaving some out."""
        with self.reading() as session:
            waiting = stored.jobs_with(session, self.project_id, JobStatus.QUEUED)
            first = [row for row in waiting if row.id not in without][:1]
            return next(iter(stored.titled(session, first)), None)

    def progress(self) -> QueueView:
        """Return how far the queue is, and how long it may take; nothing is guessed without a measurement."""
        with self.reading() as session:
            rows = stored.jobs_with(session, self.project_id, *_OPEN)
            views = {view.id: view for view in stored.titled(session, rows)}
            speeds = stored.speeds(session, self.project_id, machine_mark())
        by_status = {status: [row for row in rows if row.status == status] for status in _OPEN}
        left: list[float | None] = [
            self._running_left(row, speeds) for row in by_status[JobStatus.RUNNING]
        ]
        left += [_left_s(row, speeds) for row in by_status[JobStatus.QUEUED]]
        known = [part for part in left if part is not None]
        running, waiting, paused = (
            tuple(views[row.id] for row in by_status[status])
            for status in (JobStatus.RUNNING, JobStatus.QUEUED, JobStatus.PAUSED)
        )
        return QueueView(
            running[0] if running else None,
            waiting,
            paused,
            left[0] if running else None,
            sum(known) if left and len(known) == len(left) else None,
        )

    def _running_left(
        self, row: tables.TranscriptionJob, speeds: dict[tuple[str, str], float]
    ) -> float | None:
        """Return how long a running job may take; its own speed is then known for those like it."""
        run = self.runs.get(row.source_id)
        live = run.progress.speed if run is not None and run.progress is not None else 0.0
        live = live or _number(row.report.get("speed"))
        if live > 0:
            speeds[row.engine, row.model] = live
        told = run.left_s() if run is not None else None
        return told if told is not None else _left_s(row, speeds)

    def to_review(self, source: str) -> int:
        """Return how many places of a transcript still want a person's ear: doubtful words, suspected turns."""
        with self.reading() as session:
            return review_places(session, self._source(session, source).id)

    # -- what a user does ----------------------------------------------------------------------

    @verb("transcription.queue")
    def add(self, source: str, order: Order | None = None) -> JobView:
        """Put a recording into the queue; one that waits already keeps its place.

        What an earlier order of the same kind has recognised is kept; another engine, model, language or
        vocabulary begins afresh.

        Args:
            source: identifier, number or title.
            order: how to transcribe.

        Raises:
            InputError: ``no-recording``, ``recording-missing``, ``language-unknown``, ``speakers-invalid``,
                or ``already-coded`` when a new transcript would leave quotes without their words.
            ProjectError: ``already-transcribing``.
        """
        order = order or Order()
        order.check()
        Sources(self._context).media_path(source)
        with self._changing() as session:
            row = self._source(session, source)
            if row.id in self.runs:
                raise already_transcribing(row)
            check_uncoded(session, row)
            job = job_for(session, row, order)
            job.priority = order.priority or job.priority
            self._enqueue(session, row, job)
            return job_view(job)

    @verb("transcription.pause")
    def pause(self, source: str) -> None:
        """Let a recording wait until it is resumed; one that runs is stopped, what is done is kept."""
        with self._changing() as session:
            row = self._source(session, source)
            run = self.runs.get(row.id)
            if run is not None:
                run.end_as(JobStatus.PAUSED)
                return
            for job in self._open_jobs(session, row):
                job.status = JobStatus.PAUSED
                session.add(job)
            row.state = SourceState.QUEUED
            session.add(row)

    @verb("transcription.resume")
    def resume(self, source: str) -> JobView:
        """Let a recording go on that was paused, cancelled or failed; one that was paused keeps its place."""
        with self._changing() as session:
            row = self._source(session, source)
            jobs = stored.jobs_of(session, row.id)
            if not jobs or jobs[-1].status == JobStatus.DONE:
                raise InputError(
                    "nothing-to-resume",
                    N_("“{source}” has no transcription that could go on."),
                    N_("Start one with: workbench transcribe."),
                    source=row.title,
                )
            run = self.runs.get(row.id)
            if run is not None:
                run.becomes = JobStatus.QUEUED
            else:
                check_uncoded(session, row)
                self._enqueue(session, row, jobs[-1])
            return job_view(jobs[-1])

    @verb("transcription.cancel")
    def cancel(self, source: str) -> None:
        """Take a recording out of the queue, or stop it; what is done is kept for the next order."""
        with self._changing() as session:
            row = self._source(session, source)
            run = self.runs.get(row.id)
            if run is not None:
                run.end_as(JobStatus.CANCELLED)
                return
            for job in self._open_jobs(session, row):
                job.status = JobStatus.CANCELLED
                session.add(job)
            row.state = self.idle_state(session, row)
            session.add(row)

    @verb("transcription.prioritise")
    def move(self, source: str, where: str) -> None:
        """Put a waiting recording ``first``, ``last``, or one place ``up`` or ``down``.

        Raises:
            InputError: ``not-waiting``, or ``move-unknown``.
        """
        with self._changing() as session:
            row = self._source(session, source)
            waiting = stored.jobs_with(session, self.project_id, JobStatus.QUEUED)
            place = next((n for n, job in enumerate(waiting) if job.source_id == row.id), None)
            if place is None:
                raise InputError(
                    "not-waiting",
                    N_("“{source}” does not wait in the queue."),
                    N_("See the queue with: workbench queue list."),
                    source=row.title,
                )
            if where not in MOVES:
                raise InputError(
                    "move-unknown",
                    N_("A recording cannot be put “{where}” in the queue."),
                    N_("Choose one of: {moves}."),
                    where=where,
                    moves=", ".join(MOVES),
                )
            target = {"first": 0, "up": place - 1, "down": place + 1, "last": len(waiting)}[where]
            job = waiting.pop(place)
            target = max(0, min(len(waiting), target))
            waiting.insert(target, job)
            if target > place:
                job.priority = min(job.priority, waiting[target - 1].priority)
            _raise_priorities(waiting)
            session.add_all(waiting)

    # -- what the program does -----------------------------------------------------------------

    def stop_all(self) -> None:
        """Stop what runs here; it stays in the queue and goes on the next time."""
        for run in list(self.runs.values()):
            run.end_as(JobStatus.QUEUED)

    def mark_interrupted(self) -> int:
        """Put jobs that a killed program left running back into the queue; return how many."""
        with self._changing() as session:
            rows = stored.jobs_with(session, self.project_id, JobStatus.RUNNING)
            for job in rows:
                job.status = JobStatus.QUEUED
                session.add(job)
                row = self._source(session, job.source_id)
                row.state = SourceState.QUEUED
                session.add(row)
            return len(rows)

    def idle_state(self, session: Session, row: tables.Source) -> SourceState:
        """Return the state of a recording that nothing is done to."""
        transcript = stored.has_transcript(session, row)
        return SourceState.READY if transcript else SourceState.RECORDED

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """Open a transaction that leaves no entry in the journal; failures not stored yet are stored first."""
        with self._context.file.transaction() as session:
            for job_id, problem in self.unsaid.items():
                job = session.get(tables.TranscriptionJob, job_id)
                if job is not None and job.status == JobStatus.RUNNING:
                    job.status, job.problem = JobStatus.FAILED, problem
                    session.add(job)
                    row = self._source(session, job.source_id)
                    row.state = SourceState.FAILED
                    session.add(row)
            session.flush()
            yield session
        self.unsaid.clear()

    def _source(self, session: Session, name: str) -> tables.Source:
        return existing(lookup.find_source(session, self.project_id, name), N_("source"), name)

    def _open_jobs(self, session: Session, row: tables.Source) -> list[tables.TranscriptionJob]:
        """Return what waits, is paused, or was left running by a program that is gone."""
        jobs = [job for job in stored.jobs_of(session, row.id) if job.status in _OPEN]
        if not jobs:
            raise InputError(
                "not-transcribing",
                N_("“{source}” is not being transcribed."),
                N_("Start it with: workbench transcribe."),
                source=row.title,
            )
        return jobs

    def _enqueue(self, session: Session, row: tables.Source, job: tables.TranscriptionJob) -> None:
        """Let a job wait, and no other of the same recording."""
        for other in stored.jobs_of(session, row.id):
            if other.id != job.id and other.status in _OPEN:
                other.status = JobStatus.CANCELLED
                session.add(other)
        if job.status not in _OPEN:
            job.created_at = now()  # ordered anew: behind those that wait already
        job.status, job.problem = JobStatus.QUEUED, ""
        row.state = SourceState.QUEUED
        session.add(job)
        session.add(row)
        session.flush()


def check_uncoded(session: Session, source: tables.Source) -> None:
    """Refuse to replace a transcript that quotes point into.

    Raises:
        InputError: ``already-coded``.
    """
    if stored.has_quotes(session, source.id):
        raise InputError(
            "already-coded",
            N_("“{source}” has quotes; a new transcript would leave them without their words."),
            N_("Add the recording once more as a new source, or remove its quotes."),
            source=source.title,
        )


def already_transcribing(source: tables.Source) -> ProjectError:
    """Return the refusal of a second transcription of the same recording."""
    return ProjectError(
        "already-transcribing",
        N_("“{source}” is being transcribed already."),
        N_("Wait for it or cancel it."),
        source=source.title,
    )


@cache
def machine_mark() -> str:
    """Return a mark that tells this machine from others without naming it."""
    facts = f"{platform.node()} {platform.machine()} {os.cpu_count()}"
    return hashlib.sha256(facts.encode()).hexdigest()[:12]


def _left_s(job: tables.TranscriptionJob, speeds: dict[tuple[str, str], float]) -> float | None:
    """Return how long a job may take at the speed that was measured; None without one."""
    speed = speeds.get((job.engine, job.model), 0)
    if speed <= 0 or not job.total_ms:
        return None
    return max(0, job.total_ms - job.done_ms) / 1000 / speed


def _raise_priorities(waiting: list[tables.TranscriptionJob]) -> None:
    """Give the jobs the smallest priorities that keep them in this order."""
    for before, after in reversed(list(pairwise(waiting))):
        needed = after.priority
        if (before.created_at, before.id) > (after.created_at, after.id):
            needed += 1
        before.priority = max(before.priority, needed)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
