"""Reading transcription jobs: which wait, in what order, what earlier ones tell about speed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, delete, select, update

from workbench.models.kinds import JobStatus
from workbench.models.tables import Quote, Source, Speaker, TranscriptionJob, TranscriptionWindow
from workbench.models.views import JobView
from workbench.store.sources import job_view
from workbench.text import vocabulary

_RECENT = 20  # jobs that tell how fast this machine is


def jobs_with(session: Session, project_id: str, *statuses: JobStatus) -> list[TranscriptionJob]:
    """Return the jobs of a project that have one of these statuses, in the order of the queue."""
    return list(
        session.exec(
            select(TranscriptionJob)
            .where(
                TranscriptionJob.project_id == project_id,
                col(TranscriptionJob.status).in_(statuses),
            )
            .order_by(
                col(TranscriptionJob.priority).desc(),
                col(TranscriptionJob.created_at),
                col(TranscriptionJob.id),
            )
        )
    )


def jobs_of(session: Session, source_id: str) -> list[TranscriptionJob]:
    """Return the jobs of a recording, the one ordered last at the end."""
    return list(
        session.exec(
            select(TranscriptionJob)
            .where(TranscriptionJob.source_id == source_id)
            .order_by(col(TranscriptionJob.created_at), col(TranscriptionJob.id))
        )
    )


def titled(session: Session, jobs: Sequence[TranscriptionJob]) -> list[JobView]:
    """Return jobs as they stand, each with its recording's title."""
    ids = [job.source_id for job in jobs]
    rows = session.exec(select(Source.id, Source.title).where(col(Source.id).in_(ids)))
    titles = dict(rows.all())
    return [job_view(job, titles.get(job.source_id, "")) for job in jobs]


def windows_of(session: Session, job_id: str) -> list[TranscriptionWindow]:
    """Return what is recognised of a job, in order."""
    return list(
        session.exec(
            select(TranscriptionWindow)
            .where(TranscriptionWindow.job_id == job_id)
            .order_by(col(TranscriptionWindow.ordinal))
        )
    )


def forget_windows(session: Session, job_id: str) -> None:
    """Remove what was recognised for a job."""
    session.execute(delete(TranscriptionWindow).where(col(TranscriptionWindow.job_id) == job_id))


def change_vocabulary(
    session: Session, project_id: str, before: Sequence[str], after: Sequence[str]
) -> None:
    """Let jobs that wait and have not begun take a project's new list of names; their own names stay.

    The change goes past the journal: undoing a list must not depend on what the queue did since.
    """
    old = {name.casefold() for name in before}
    for job in jobs_with(session, project_id, JobStatus.QUEUED, JobStatus.PAUSED):
        if job.done_ms:
            continue
        listed = vocabulary.names(job.vocabulary)
        own = [name for name in listed if name.casefold() not in old]
        session.execute(
            update(TranscriptionJob)
            .where(col(TranscriptionJob.id) == job.id)
            .values(vocabulary="\n".join(vocabulary.merged(after, own)))
        )


def has_quotes(session: Session, source_id: str) -> bool:
    """Tell whether quotes point into a source."""
    found = session.exec(select(Quote.id).where(Quote.source_id == source_id).limit(1)).first()
    return found is not None


def has_transcript(session: Session, source: Source) -> bool:
    """Tell whether a recording was transcribed before, be it to nothing."""
    return bool(source.text) or any(
        job.status == JobStatus.DONE for job in jobs_of(session, source.id)
    )


def voices_known(session: Session, source_id: str) -> int:
    """Return how many speakers a recording was added with."""
    return len(session.exec(select(Speaker.id).where(Speaker.source_id == source_id)).all())


def speeds(session: Session, project_id: str, machine: str) -> dict[tuple[str, str], float]:
    """Return how many seconds of sound a machine did a second, by engine and model as ordered."""
    recent = session.exec(
        select(TranscriptionJob)
        .where(
            TranscriptionJob.project_id == project_id,
            TranscriptionJob.status == JobStatus.DONE,
        )
        .order_by(col(TranscriptionJob.finished_at).desc())
        .limit(_RECENT)
    )
    sound: dict[tuple[str, str], float] = defaultdict(float)
    spent: dict[tuple[str, str], float] = defaultdict(float)
    for job in recent:
        speed, seconds = job.report.get("speed"), job.report.get("seconds")
        if job.report.get("machine") != machine or not _positive(speed) or not _positive(seconds):
            continue
        sound[job.engine, job.model] += float(speed) * float(seconds)  # type: ignore[arg-type]
        spent[job.engine, job.model] += float(seconds)  # type: ignore[arg-type]
    return {pair: sound[pair] / spent[pair] for pair in sound}


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and value > 0
