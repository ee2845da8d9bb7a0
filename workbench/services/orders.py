"""What a user asks for when a recording is to be transcribed, and the job that it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.kinds import JobStatus, SourceKind
from workbench.services.base import existing
from workbench.store import queue as stored
from workbench.text import vocabulary
from workbench.transcription.languages import check_language

_MOST_SPEAKERS = 20
_AN_INTERVIEW = 2  # who asks and who answers


@dataclass(frozen=True, slots=True)
class Order:
    """How a recording is to be transcribed; empty means: as the source and the program see fit."""

    engine: str = "auto"
    model: str = "base"
    language: str = ""
    vocabulary: str = ""
    """Names of this order, besides the project's list."""
    speakers: int | None = None
    """How many voices there are, 0 for nobody knows; without it two, or unknown in a focus group."""
    priority: int = 0
    device: str = "auto"
    threads: int = 0

    def check(self) -> None:
        """Refuse what no recogniser can do.

        Raises:
            InputError: ``language-unknown`` or ``speakers-invalid``.
        """
        check_language(self.language)
        if self.speakers is not None:
            check_speakers(self.speakers)


def check_speakers(number: int) -> None:
    """Refuse a number of voices that no recording has.

    Raises:
        InputError: ``speakers-invalid``.
    """
    if not 0 <= number <= _MOST_SPEAKERS:
        raise InputError(
            "speakers-invalid",
            N_("A recording cannot have {n} speakers."),
            N_("Give a number from 1 to {most}, or 0 when you do not know."),
            n=number,
            most=_MOST_SPEAKERS,
            field="speakers",
        )


def job_for(session: Session, row: tables.Source, order: Order) -> tables.TranscriptionJob:
    """Return the job for an order: an unfinished one that it can go on with, or a new one."""
    project = existing(session.get(tables.Project, row.project_id), N_("project"), "")
    language = order.language or row.language or project.language
    listed = vocabulary.merged(
        vocabulary.names(project.vocabulary), vocabulary.names(order.vocabulary)
    )
    speakers = order.speakers
    if speakers is None:
        known = stored.voices_known(session, row.id)
        speakers = known if known >= _AN_INTERVIEW else _usual_speakers(row.kind)
    # with one speaker no voices are measured, so another number cannot go on from there
    wanted = (order.engine, order.model, language, "\n".join(listed), speakers == 1)
    for job in reversed(stored.jobs_of(session, row.id)):
        has = (job.engine, job.model, job.language, job.vocabulary, job.speakers == 1)
        if has == wanted and job.status != JobStatus.DONE:
            job.speakers = speakers
            return job
    return tables.TranscriptionJob(
        project_id=row.project_id,
        source_id=row.id,
        status=JobStatus.CANCELLED,
        engine=order.engine,
        model=order.model,
        language=language,
        vocabulary="\n".join(listed),
        speakers=speakers,
        total_ms=row.duration_ms,
    )


def _usual_speakers(kind: str) -> int:
    return 0 if kind == SourceKind.FOCUS_GROUP else _AN_INTERVIEW
