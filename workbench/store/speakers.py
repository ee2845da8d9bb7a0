"""Reading the voices of sources: whose they are, how they sound, and what was measured of them."""

from __future__ import annotations

from sqlmodel import Session, col, select

from workbench.models.kinds import JobStatus, SpeakerRole
from workbench.models.tables import (
    Quote,
    Source,
    Speaker,
    TranscriptionJob,
    TranscriptionWindow,
)


def speakers_of(session: Session, source_id: str) -> list[Speaker]:
    """Return the voices of a source in order."""
    return list(
        session.exec(
            select(Speaker).where(Speaker.source_id == source_id).order_by(col(Speaker.ordinal))
        )
    )


def known_interviewers(session: Session, source: Source) -> list[Speaker]:
    """Return the measured voices of those who ask in the project's other sources, the newest first."""
    return list(
        session.exec(
            select(Speaker)
            .join(Source, col(Source.id) == col(Speaker.source_id))
            .where(
                Source.project_id == source.project_id,
                Source.id != source.id,
                Speaker.role == SpeakerRole.INTERVIEWER,
                Speaker.voice != "",
            )
            .order_by(col(Source.ordinal).desc(), col(Speaker.ordinal))
        )
    )


def recognised_windows(session: Session, source_id: str) -> list[TranscriptionWindow]:
    """Return the windows of the newest finished job of a source that has any, in order."""
    newest = session.exec(
        select(TranscriptionJob.id)
        .join(TranscriptionWindow, col(TranscriptionWindow.job_id) == col(TranscriptionJob.id))
        .where(TranscriptionJob.source_id == source_id, TranscriptionJob.status == JobStatus.DONE)
        .order_by(col(TranscriptionJob.created_at).desc(), col(TranscriptionJob.id).desc())
        .limit(1)
    ).first()
    return list(
        session.exec(
            select(TranscriptionWindow)
            .where(TranscriptionWindow.job_id == newest)
            .order_by(col(TranscriptionWindow.ordinal))
        )
    )


def quotes_of(session: Session, source_id: str) -> list[Quote]:
    """Return the quotes of a source."""
    return list(session.exec(select(Quote).where(Quote.source_id == source_id)))
