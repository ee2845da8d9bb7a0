"""Transcription: a recording becomes a transcript, window by window, each kept as soon as it is done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from workbench.errors import InputError, ProjectError, WorkbenchError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.base import now
from workbench.models.kinds import JobStatus, SourceState, SpeakerRole
from workbench.models.views import JobView
from workbench.services.base import Context, Service, existing, verb
from workbench.services.sources import Sources
from workbench.store import lookup
from workbench.store.sources import job_view
from workbench.text.counts import word_count
from workbench.text.turns import compose
from workbench.transcription import job as child
from workbench.transcription.languages import check_language
from workbench.transcription.protocol import segment_from_dict, segment_to_dict
from workbench.transcription.turns import RecognisedTurn, turns_from_segments


@dataclass(frozen=True, slots=True)
class Order:
    """How a recording is to be transcribed; empty means: as the source and the program see fit."""

    engine: str = "auto"
    model: str = "base"
    language: str = ""
    vocabulary: str = ""


class Transcription(Service):
    """The queue of recordings and the recogniser."""

    def __init__(self, context: Context) -> None:
        """Nothing runs yet."""
        super().__init__(context)
        self._stops: dict[str, threading.Event] = {}

    def jobs(self) -> list[JobView]:
        """Return all jobs, oldest first."""
        with self.reading() as session:
            rows = session.exec(
                select(tables.TranscriptionJob)
                .where(tables.TranscriptionJob.project_id == self.project_id)
                .order_by(col(tables.TranscriptionJob.id))
            )
            return [job_view(row) for row in rows]

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
        on_event: Callable[[child.Event], None] = lambda _event: None,
    ) -> JobView:
        """Transcribe one recording; blocks until it is done, cancelled or failed.

        A run that was cancelled, failed or killed goes on where it stopped when engine, model and language are the
        same.

        Args:
            source: identifier, number or title.
            order: how to transcribe.
            on_event: called in this thread with each event of the recogniser, after it was stored.

        Raises:
            InputError: ``already-coded`` when the source has quotes that a new transcript would orphan.
            TranscriptionError: the recording, the model or the recogniser failed; the job says why.
        """
        order = order or Order()
        check_language(order.language)
        path = Sources(self._context).media_path(source)
        job_id, source_id, done, language = self._begin(source, order)
        stop = self._stops.setdefault(source_id, threading.Event())
        stop.clear()
        request = child.Request(
            path=path,
            engine=order.engine,
            model=order.model,
            language=language or None,
            vocabulary=order.vocabulary,
            skip_windows=frozenset(done),
        )

        def keep(event: child.Event) -> None:
            self._keep(job_id, source_id, event)
            on_event(event)

        try:
            result = child.run(request, on_event=keep, cancelled=stop.is_set)
        except WorkbenchError as error:
            self._end(job_id, source_id, JobStatus.FAILED, str(error))
            raise
        except BaseException:
            self._end(job_id, source_id, JobStatus.CANCELLED, "")
            raise
        finally:
            self._stops.pop(source_id, None)
        if result.cancelled:
            return self._end(job_id, source_id, JobStatus.CANCELLED, "")
        return self._finish(job_id, source_id, result.language or language)

    @verb("transcription.cancel")
    def cancel(self, source: str) -> None:
        """Stop the run of a recording; the windows that are done are kept for the next run."""
        with self.reading() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
        stop = self._stops.get(row.id)
        if stop is not None:
            stop.set()
        elif row.state in (SourceState.TRANSCRIBING, SourceState.QUEUED):
            with self._context.file.transaction() as session:
                row.state = SourceState.RECORDED
                session.add(row)
                for job in _jobs_of(session, row.id):
                    if job.status in (JobStatus.RUNNING, JobStatus.QUEUED):
                        job.status = JobStatus.CANCELLED
                        session.add(job)
        else:
            raise InputError(
                "not-transcribing",
                N_("“{source}” is not being transcribed."),
                N_("Start it with: workbench transcribe."),
                source=row.title,
            )

    def mark_interrupted(self) -> int:
        """Put jobs that a killed program left running back to waiting; return how many."""
        with self._context.file.transaction() as session:
            rows = session.exec(
                select(tables.Source).where(
                    tables.Source.project_id == self.project_id,
                    tables.Source.state == SourceState.TRANSCRIBING,
                )
            ).all()
            for row in rows:
                row.state = SourceState.RECORDED
                session.add(row)
                for job in _jobs_of(session, row.id):
                    if job.status == JobStatus.RUNNING:
                        job.status = JobStatus.CANCELLED
                        session.add(job)
            return len(rows)

    def _begin(self, source: str, order: Order) -> tuple[str, str, list[int], str]:
        """Make or resume the job; return its id, the source's id, the windows done and the language."""
        with self._context.file.transaction() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
            if row.id in self._stops:
                raise ProjectError(
                    "already-transcribing",
                    N_("“{source}” is being transcribed already."),
                    N_("Wait for it or cancel it."),
                    source=row.title,
                )
            _check_uncoded(session, row)
            language = order.language or row.language
            project = existing(session.get(tables.Project, self.project_id), N_("project"), "")
            language = language or project.language
            job = _resumable(session, row.id, order, language)
            if job is None:
                job = tables.TranscriptionJob(
                    project_id=self.project_id,
                    source_id=row.id,
                    status=JobStatus.RUNNING,
                    engine=order.engine,
                    model=order.model,
                    language=language,
                    vocabulary=order.vocabulary,
                    total_ms=row.duration_ms,
                )
            job.status, job.problem, job.started_at = JobStatus.RUNNING, "", now()
            row.state = SourceState.TRANSCRIBING
            session.add(job)
            session.add(row)
            session.flush()
            return (
                job.id,
                row.id,
                [window.ordinal for window in _windows(session, job.id)],
                language,
            )

    def _keep(self, job_id: str, source_id: str, event: child.Event) -> None:
        """Store what an event brings before anybody is told of it."""
        if isinstance(event, child.BatchDone):
            with self._context.file.transaction() as session:
                job = existing(session.get(tables.TranscriptionJob, job_id), N_("job"), job_id)
                for window in event.windows:
                    session.add(
                        tables.TranscriptionWindow(
                            job_id=job_id,
                            ordinal=window.ordinal,
                            start_ms=window.start_ms,
                            end_ms=window.end_ms,
                            segments=[segment_to_dict(segment) for segment in window.segments],
                            redone=list(window.redone),
                            voices=[list(voice) for voice in window.voices],
                            speech=[list(stretch) for stretch in window.speech],
                        )
                    )
                    job.done_ms = max(job.done_ms, window.end_ms)
                session.add(job)
        elif isinstance(event, child.Started):
            with self._context.file.transaction() as session:
                source = existing(session.get(tables.Source, source_id), N_("source"), source_id)
                source.transcribed_by = f"{event.engine} {event.model}"
                session.add(source)

    def _end(self, job_id: str, source_id: str, status: JobStatus, problem: str) -> JobView:
        """Write down that a run ended without a transcript."""
        with self._context.file.transaction() as session:
            job = existing(session.get(tables.TranscriptionJob, job_id), N_("job"), job_id)
            job.status, job.problem, job.finished_at = status, problem, now()
            source = existing(session.get(tables.Source, source_id), N_("source"), source_id)
            source.state = (
                SourceState.FAILED if status == JobStatus.FAILED else SourceState.RECORDED
            )
            session.add(job)
            session.add(source)
            return job_view(job)

    def _finish(self, job_id: str, source_id: str, language: str) -> JobView:
        """Turn the stored windows into the source's text and turns."""
        with self.acting("transcription.run", undoable=False) as act:
            session = act.session
            job = existing(session.get(tables.TranscriptionJob, job_id), N_("job"), job_id)
            source = existing(session.get(tables.Source, source_id), N_("source"), source_id)
            segments = [
                segment_from_dict(segment)
                for window in _windows(session, job_id)
                for segment in window.segments
            ]
            write_transcript(session, source, turns_from_segments(segments))
            source.language = source.language or language
            source.state = SourceState.READY
            job.status, job.done_ms, job.finished_at = JobStatus.DONE, job.total_ms, now()
            session.add(source)
            session.add(job)
            act.subject = source.title
            return job_view(job)


def write_transcript(
    session: Session, source: tables.Source, turns: Sequence[RecognisedTurn]
) -> None:
    """Replace a recording's text and turns by what was recognised; named voices keep their names."""
    for old in session.exec(select(tables.Turn).where(tables.Turn.source_id == source.id)):
        session.delete(old)
    session.flush()
    source.text, spans = compose(turn.text for turn in turns)
    source.words = word_count(source.text)
    voices = _voices(session, source, turns)
    filled = [(turn, span) for turn, span in zip(turns, spans, strict=True) if span]
    for ordinal, (turn, span) in enumerate(filled):
        session.add(
            tables.Turn(
                source_id=source.id,
                ordinal=ordinal,
                start=span.start,
                end=span.end,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                speaker_id=voices[turn.speaker] if turn.speaker is not None else None,
                word_times=[word.row() for word in turn.words],
                suspected=turn.suspected,
            )
        )
    session.add(source)
    session.flush()


def _voices(
    session: Session, source: tables.Source, turns: Sequence[RecognisedTurn]
) -> dict[int, str]:
    """Return the speaker row of each voice number, in the order the voices are first heard.

    The first voice of an interview is the interviewer's: who asks speaks first.
    """
    rows = list(
        session.exec(
            select(tables.Speaker)
            .where(tables.Speaker.source_id == source.id)
            .order_by(col(tables.Speaker.ordinal))
        )
    )
    heard = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None))
    for place in range(len(rows), len(heard)):
        role = SpeakerRole.INTERVIEWER if place == 0 else SpeakerRole.RESPONDENT
        row = tables.Speaker(source_id=source.id, ordinal=place, label=f"S{place + 1}", role=role)
        if role == SpeakerRole.RESPONDENT:
            row.person_id = source.person_id
        session.add(row)
        rows.append(row)
    session.flush()
    return {number: rows[place].id for place, number in enumerate(heard)}


def _windows(session: Session, job_id: str) -> list[tables.TranscriptionWindow]:
    return list(
        session.exec(
            select(tables.TranscriptionWindow)
            .where(tables.TranscriptionWindow.job_id == job_id)
            .order_by(col(tables.TranscriptionWindow.ordinal))
        )
    )


def _jobs_of(session: Session, source_id: str) -> list[tables.TranscriptionJob]:
    return list(
        session.exec(
            select(tables.TranscriptionJob).where(tables.TranscriptionJob.source_id == source_id)
        )
    )


def _resumable(
    session: Session, source_id: str, order: Order, language: str
) -> tables.TranscriptionJob | None:
    """Return the unfinished job that this order can go on with."""
    for job in reversed(_jobs_of(session, source_id)):
        same = (job.engine, job.model, job.language, job.vocabulary) == (
            order.engine,
            order.model,
            language,
            order.vocabulary,
        )
        if same and job.status != JobStatus.DONE:
            return job
    return None


def _check_uncoded(session: Session, source: tables.Source) -> None:
    """Refuse to replace a transcript that quotes point into."""
    quote = session.exec(select(tables.Quote.id).where(tables.Quote.source_id == source.id)).first()
    if quote is not None:
        raise InputError(
            "already-coded",
            N_("“{source}” has quotes; a new transcript would leave them without their words."),
            N_("Add the recording once more as a new source, or remove its quotes."),
            source=source.title,
        )
