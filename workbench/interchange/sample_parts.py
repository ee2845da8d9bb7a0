"""What a sample project is made of, as it stands in its files: names instead of ids, quotes as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from workbench.shopping.answers import Answer
from workbench.shopping.checklist import Checklist, Texts


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """The answer to one of the three questions that head every report."""

    question: str
    text: str
    code: str | None


@dataclass(frozen=True, slots=True)
class SampleGoal:
    """A measurable goal."""

    name: str
    metric: str
    unit: str
    category: str
    baseline: Decimal | None
    target: Decimal
    due: date


@dataclass(frozen=True, slots=True)
class SampleWave:
    """A wave of the study."""

    ordinal: int
    title: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class SampleTouchpoint:
    """A touchpoint of a stage."""

    key: str
    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class SampleStage:
    """A stage of the customer's journey."""

    key: str
    name: str
    touchpoints: tuple[SampleTouchpoint, ...]


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person under a pseudonym."""

    pseudonym: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SampleBarrier:
    """What makes a code a barrier; stage and touchpoint are keys of the journey."""

    statement: str
    kind: str
    effects: tuple[str, ...]
    stage: str | None
    touchpoint: str | None
    cause: str
    severity: int | None
    severity_reason: str
    known_inside: str | None
    status: str


@dataclass(frozen=True, slots=True)
class SampleCode:
    """A code with everything under it; names are unique in a sample project."""

    name: str
    kind: str
    definition: str
    when_to_use: str
    when_not: str
    example: str
    barrier: SampleBarrier | None
    children: tuple[SampleCode, ...]

    def walk(self) -> tuple[SampleCode, ...]:
        """Return this code and those under it, depth first."""
        return (self, *(code for child in self.children for code in child.walk()))


@dataclass(frozen=True, slots=True)
class SampleSpeaker:
    """A voice of a source."""

    label: str
    role: str
    person: str | None


@dataclass(frozen=True, slots=True)
class SampleSource:
    """A recording or a document; ``file`` is its name within the project's folder."""

    file: str
    path: Path
    kind: str
    title: str
    language: str
    date: date | None
    person: str | None
    wave: int | None
    stage: str | None
    speakers: tuple[SampleSpeaker, ...]


@dataclass(frozen=True, slots=True)
class SampleReview:
    """One review; ``number`` is what codings call ``reviews.csv#N``, counted from 1."""

    number: int
    date: date | None
    author: str
    rating: str
    site: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleCoding:
    """A quote by its words and the codes it gets; ``source`` is a file, reviews.csv#N or visit:ID."""

    source: str
    quote: str
    codes: tuple[str, ...]
    stance: str
    emotion: int
    memo: str
    favourite: bool


@dataclass(frozen=True, slots=True)
class SampleLocation:
    """A region or a branch; regions come before their branches."""

    key: str
    name: str
    kind: str
    parent: str | None
    owner: str
    address: str
    opening_hours: str


@dataclass(frozen=True, slots=True)
class SampleShopper:
    """A mystery shopper under a code."""

    code: str
    name_alias: str
    city: str


@dataclass(frozen=True, slots=True)
class SampleScenario:
    """The legend a shopper plays."""

    key: str
    title: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class SampleVisit:
    """A mystery visit with typed answers by question key."""

    id: str
    location: str
    wave: int | None
    shopper: str | None
    scenario: str | None
    planned_date: date | None
    started: datetime | None
    finished: datetime | None
    status: str
    answers: Mapping[str, Answer]
    comment: str


@dataclass(frozen=True, slots=True)
class SampleRecommendation:
    """What should be done about barriers, by the names of their codes."""

    title: str
    text: str
    kind: str
    barriers: tuple[str, ...]
    owner_role: str
    effort: str
    impact: int | None
    due: date | None
    status: str
    remeasure_wave: int | None


@dataclass(frozen=True, slots=True)
class SampleMetric:
    """One reading of a metric."""

    metric: str
    value: Decimal
    unit: str
    n: int | None
    date: date | None
    segment: str
    wave: int | None
    formula: str


@dataclass(frozen=True, slots=True)
class SampleProject:
    """A whole sample project."""

    folder: Path
    title: str
    client: str
    language: str
    brief: str
    staff_identity_policy: str
    recording_policy: str
    retention_date: date | None
    purpose: str
    authors: str
    period: str
    answers: tuple[SampleAnswer, ...]
    goals: tuple[SampleGoal, ...]
    waves: tuple[SampleWave, ...]
    stages: tuple[SampleStage, ...]
    people: tuple[SamplePerson, ...]
    codes: tuple[SampleCode, ...]
    sources: tuple[SampleSource, ...]
    reviews: tuple[SampleReview, ...]
    codings: tuple[SampleCoding, ...]
    checklist: Checklist | None
    locations: tuple[SampleLocation, ...]
    shoppers: tuple[SampleShopper, ...]
    scenarios: tuple[SampleScenario, ...]
    visits: tuple[SampleVisit, ...]
    recommendations: tuple[SampleRecommendation, ...]
    metrics: tuple[SampleMetric, ...]

    def all_codes(self) -> tuple[SampleCode, ...]:
        """Return every code, depth first."""
        return tuple(code for root in self.codes for code in root.walk())
