"""Frozen results of mystery shopping handed to the front ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LocationView:
    """A region or a branch."""

    id: str
    key: str
    name: str
    kind: str
    parent: str | None
    owner: str
    address: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score as it is printed: percent with one digit, or nothing when it cannot be scored."""

    percent: Decimal | None
    passed: bool | None
    grade: str
    failed_criticals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One line of the list of visits."""

    id: str
    code: str
    location: str
    region: str
    wave: int | None
    shopper: str
    status: str
    planned_on: date | None
    finished_at: datetime | None
    answered: int
    questions: int
    score: ScoreView


@dataclass(frozen=True, slots=True)
class OptionView:
    """A choice of a question in one language."""

    key: str
    text: str
    na: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of a visit with the answer given so far."""

    id: str
    number: int
    key: str
    section: str
    section_number: int
    text: str
    type: str
    options: tuple[OptionView, ...]
    scale: tuple[int, int] | None
    critical: bool
    na_allowed: bool
    comment_required_when: str
    evidence_required: bool
    visible: bool
    required: bool
    value: object | None
    na: bool
    comment: str
    answered: bool
    needs_comment: bool


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit with its questions, answers and score."""

    card: VisitCard
    checklist: str
    scenario: str
    sections: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    missing: tuple[str, ...]
    """Keys of required questions without an answer or a required comment."""
    section_scores: tuple[tuple[str, ScoreView], ...]
    comment: str
    editable: bool


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """One location in the rating of locations."""

    rank: int | None
    location: str
    region: str
    owner: str
    visits: int
    percent: Decimal | None
    delta: Decimal | None
    failed_criticals: int
    worst_section: str
