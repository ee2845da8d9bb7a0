"""Sources: recordings, transcripts, reviews, comments; their turns, speakers and transcription jobs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, Text, UniqueConstraint
from sqlmodel import Field

from workbench.models.base import ProjectRow, Row, UtcDateTime


class Source(ProjectRow, table=True):
    """Anything that can be coded. Its text is its turns joined by a line feed; positions count codepoints."""

    title: str
    kind: str
    state: str
    language: str = ""
    collected_on: date | None = None
    text: str = Field(default="", sa_type=Text)
    words: int = 0
    ordinal: int = 0
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True, max_length=32)
    wave_id: str | None = Field(default=None, foreign_key="wave.id", max_length=32)
    stage_id: str | None = Field(default=None, foreign_key="stage.id", max_length=32)
    visit_id: str | None = Field(default=None, foreign_key="visit.id", index=True, max_length=32)
    attributes: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    original_name: str = ""
    original_hash: str = ""
    """SHA-256 of the file as it was given."""
    import_notes: str = ""
    media_hash: str = ""
    """SHA-256 of the recording; the file is ``media/<hash><suffix>``."""
    media_suffix: str = ""
    duration_ms: int = 0
    transcribed_by: str = ""
    """Engine and model, such as ``faster-whisper base``; empty when a person typed the text."""


class Speaker(Row, table=True):
    """A voice in a source."""

    __table_args__ = (UniqueConstraint("source_id", "ordinal"),)

    source_id: str = Field(foreign_key="source.id", index=True, max_length=32)
    ordinal: int
    label: str
    role: str = "other"
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=32)
    voice: str = ""
    """What the voice sounds like, as ``transcription.voiceprints`` packs it; empty when nobody measured it."""


class Turn(Row, table=True):
    """One stretch of speech by one speaker: the span ``[start, end)`` of the source's text."""

    __table_args__ = (UniqueConstraint("source_id", "ordinal"), Index(None, "source_id", "start"))

    source_id: str = Field(foreign_key="source.id", max_length=32)
    ordinal: int
    start: int
    end: int
    start_ms: int | None = None
    end_ms: int | None = None
    speaker_id: str | None = Field(default=None, foreign_key="speaker.id", max_length=32)
    word_times: list[list[float]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """``[start, end, start_ms, end_ms, probability]`` of each word; start and end count from the turn's start."""
    suspected: bool = False
    """Suspected to be invented by the speech recogniser."""


class TranscriptionJob(ProjectRow, table=True):
    """An order to transcribe one recording; what is finished survives a kill."""

    __tablename__ = "transcription_job"

    source_id: str = Field(foreign_key="source.id", index=True, max_length=32)
    status: str
    engine: str = "auto"
    model: str = "base"
    language: str = ""
    vocabulary: str = ""
    done_ms: int = 0
    total_ms: int = 0
    problem: str = ""
    priority: int = 0
    """Jobs with a higher number come first; equal ones in the order they were ordered."""
    speakers: int = 2
    """How many voices there are; 0 when nobody knows."""
    report: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What the run found worth telling: see ``transcription.report.Report``."""
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TranscriptionWindow(Row, table=True):
    """The words recognised in one window of a recording, committed before the next window starts."""

    __tablename__ = "transcription_window"
    __table_args__ = (UniqueConstraint("job_id", "ordinal"),)

    job_id: str = Field(foreign_key="transcription_job.id", index=True, max_length=32)
    ordinal: int
    start_ms: int
    end_ms: int
    segments: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    redone: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Why it was recognised a second time: ``silent``, ``loop``, ``flip``; empty when once was enough."""
    voices: list[list[object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """``[start_ms, end_ms, print]`` of each stretch whose voice was measured (``transcription.voiceprints``)."""
    speech: list[list[int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """``[start_ms, end_ms]`` of each stretch of speech that voice activity heard."""
