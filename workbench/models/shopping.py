"""Mystery shopping: locations, checklists with frozen versions, visits, answers, evidence, appeals."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from workbench.models.base import ProjectRow, Row, UtcDateTime


class Location(ProjectRow, table=True):
    """A region or a branch, the company's own, a partner's or a competitor's."""

    __table_args__ = (UniqueConstraint("project_id", "key"),)

    key: str
    name: str
    kind: str = "branch"
    parent_id: str | None = Field(
        default=None, foreign_key="location.id", index=True, max_length=32
    )
    owner: str = "own"
    address: str = ""
    opening_hours: str = ""
    ordinal: int = 0


class Checklist(ProjectRow, table=True):
    """A mystery shopper's questionnaire; its questions live in versions."""

    __table_args__ = (UniqueConstraint("project_id", "key"),)

    key: str
    title: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ChecklistVersion(Row, table=True):
    """One edition of a checklist; it freezes at its first submitted visit, so that old scores never change."""

    __tablename__ = "checklist_version"
    __table_args__ = (UniqueConstraint("checklist_id", "number"),)

    checklist_id: str = Field(foreign_key="checklist.id", index=True, max_length=32)
    number: int = 1
    frozen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    total_mode: str = "points"
    critical_policy: str = "flag_fail"
    pass_mark: str | None = None
    """A decimal number in text, because scores are exact."""
    cap_100: bool = True
    floor_zero: bool = True
    unanswered: str = "skip"
    grade_bands: list[dict[str, str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )


class Section(Row, table=True):
    """A part of a checklist with its weight."""

    __table_args__ = (UniqueConstraint("version_id", "key"),)

    version_id: str = Field(foreign_key="checklist_version.id", index=True, max_length=32)
    key: str
    title: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    weight: str = "1"
    pass_mark: str | None = None
    ordinal: int = 0


class Question(Row, table=True):
    """One item of a checklist. ``key`` stays the same over versions, so that trends follow it."""

    __table_args__ = (UniqueConstraint("section_id", "key"),)

    section_id: str = Field(foreign_key="section.id", index=True, max_length=32)
    key: str
    text: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    type: str
    ordinal: int = 0
    weight: str = "1"
    points_yes: str | None = None
    points_no: str | None = None
    points_if_present: str | None = None
    required: bool = True
    help: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    scored: bool = True
    bonus: bool = False
    critical: bool = False
    na_allowed: bool = False
    comment_required_when: str = "never"
    evidence_required: bool = False
    shown_when: dict[str, object] | None = Field(
        default=None, sa_column=Column(JSON, nullable=True)
    )
    scale: dict[str, object] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    bands: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )


class Option(Row, table=True):
    """One choice of a question."""

    __tablename__ = "question_option"
    __table_args__ = (UniqueConstraint("question_id", "key"),)

    question_id: str = Field(foreign_key="question.id", index=True, max_length=32)
    key: str
    text: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    points: str | None = None
    na: bool = False
    exclusive: bool = False
    ordinal: int = 0


class Shopper(ProjectRow, table=True):
    """A mystery shopper, known by a code."""

    __table_args__ = (UniqueConstraint("project_id", "code"),)

    code: str
    alias: str = ""
    city: str = ""


class Scenario(ProjectRow, table=True):
    """The legend a shopper plays."""

    __table_args__ = (UniqueConstraint("project_id", "key"),)

    key: str
    title: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    text: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Visit(ProjectRow, table=True):
    """One visit of one shopper to one location with one version of a checklist."""

    __table_args__ = (UniqueConstraint("project_id", "code"),)

    code: str
    location_id: str = Field(foreign_key="location.id", index=True, max_length=32)
    version_id: str = Field(foreign_key="checklist_version.id", max_length=32)
    wave_id: str | None = Field(default=None, foreign_key="wave.id", max_length=32)
    shopper_id: str | None = Field(default=None, foreign_key="shopper.id", max_length=32)
    scenario_id: str | None = Field(default=None, foreign_key="scenario.id", max_length=32)
    status: str = "planned"
    planned_on: date | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    comment: str = ""


class VisitAnswer(Row, table=True):
    """The answer to one question of one visit, saved as soon as it is given."""

    __tablename__ = "visit_answer"
    __table_args__ = (UniqueConstraint("visit_id", "question_id"),)

    visit_id: str = Field(foreign_key="visit.id", index=True, max_length=32)
    question_id: str = Field(foreign_key="question.id", max_length=32)
    value: object | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    na: bool = False
    comment: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Evidence(Row, table=True):
    """A photo, receipt or recording that proves an answer."""

    visit_id: str = Field(foreign_key="visit.id", index=True, max_length=32)
    question_id: str | None = Field(default=None, foreign_key="question.id", max_length=32)
    media_hash: str
    media_suffix: str = ""
    original_name: str = ""


class Appeal(Row, table=True):
    """A location's or shopper's objection to a visit, with its decision."""

    visit_id: str = Field(foreign_key="visit.id", index=True, max_length=32)
    question_id: str | None = Field(default=None, foreign_key="question.id", max_length=32)
    opened_by: str = ""
    issue_type: str = "unspecified"
    status: str = "new"
    waiting_on: str = ""
    deadline: date | None = None
    text: str = ""
    decision: str = ""
    score_before: str | None = None
    score_after: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
