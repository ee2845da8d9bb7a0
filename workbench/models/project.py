"""The project and what frames it: goals, waves, journey stages and touchpoints."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from workbench.models.base import ProjectRow, Row


class Project(Row, table=True):
    """A study of one company through its customers' eyes."""

    title: str
    client: str = ""
    language: str = "en"
    brief: str = ""
    authors: str = ""
    period: str = ""
    purpose: str = "research"
    staff_policy: str = "none"
    recording_policy: str = ""
    retention_date: date | None = None
    vocabulary: str = Field(default="", sa_type=Text)
    """Names of brands and products that will be heard, one a line: every window is primed with them."""
    codebook_frozen: bool = False
    """The codebook is agreed upon: no code can be added, changed, moved, merged or removed."""


class Answer(ProjectRow, table=True):
    """The analyst's answer to one of the three questions that head every report."""

    __tablename__ = "question_answer"
    __table_args__ = (UniqueConstraint("project_id", "question"),)

    question: str
    """``unhappy``, ``lose`` or ``love``."""
    text: str
    code_id: str | None = Field(default=None, foreign_key="code.id", max_length=32)


class Goal(ProjectRow, table=True):
    """What the company wants to reach, as a number by a date."""

    name: str
    metric: str
    unit: str = ""
    category: str
    baseline: float | None = None
    target: float
    due: date


class Wave(ProjectRow, table=True):
    """A round of data collection; everything collected or measured belongs to one."""

    __table_args__ = (UniqueConstraint("project_id", "ordinal"),)

    ordinal: int
    title: str
    start: date | None = None
    end: date | None = None


class Stage(ProjectRow, table=True):
    """A stage of the customer's journey."""

    __table_args__ = (UniqueConstraint("project_id", "key"),)

    key: str
    name: str
    ordinal: int = 0


class Touchpoint(Row, table=True):
    """A point of contact within a stage, with its channel."""

    stage_id: str = Field(foreign_key="stage.id", index=True, max_length=32)
    key: str
    name: str
    channel: str = ""
    ordinal: int = 0


class MetricReading(ProjectRow, table=True):
    """One measured value of a metric (NPS, CSAT, CES, visit score or a metric of the client's own)."""

    __tablename__ = "metric_reading"

    metric: str
    value: float
    unit: str = ""
    n: int | None = None
    measured_on: date | None = None
    segment: str = ""
    formula: str = ""
    scale_direction: str = "up"
    wave_id: str | None = Field(default=None, foreign_key="wave.id", max_length=32)
