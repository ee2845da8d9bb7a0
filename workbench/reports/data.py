"""What a report is made from: raw values without formatting, filled by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from workbench.models import kinds
from workbench.reports import visit_data

# one module holds every name that fills a report
BarrierKind = kinds.BarrierKind
BarrierStatus = kinds.BarrierStatus
CodeKind = kinds.CodeKind
Effort = kinds.Effort
GoalCategory = kinds.GoalCategory
KnownInside = kinds.KnownInside
LocationOwner = kinds.LocationOwner
RecommendationKind = kinds.RecommendationKind
RecommendationStatus = kinds.RecommendationStatus
SourceKind = kinds.SourceKind
Stance = kinds.Stance
Count = visit_data.Count
WaveScore = visit_data.WaveScore
BranchScore = visit_data.BranchScore
SectionScore = visit_data.SectionScore
Rollup = visit_data.Rollup
MissedStandard = visit_data.MissedStandard
VisitComment = visit_data.VisitComment
Visits = visit_data.Visits
ChecklistQuestion = visit_data.ChecklistQuestion
ChecklistSection = visit_data.ChecklistSection
Checklist = visit_data.Checklist

_NOBODY = Count(n=0, of=0)
_NO_VISITS = Visits()
_NO_CHECKLIST = Checklist()


class Effect(StrEnum):
    """What a barrier keeps a customer from doing."""

    CHOOSE = "choose"
    LOVE = "love"
    RECOMMEND = "recommend"


class Level(StrEnum):
    """How urgent a barrier is: P ≥ 15 high, 8 to 14 medium, below 8 low."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class EvidenceKind(StrEnum):
    """An independent kind of evidence; a barrier's confidence is the number of kinds that show it."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    REVIEW = "review"
    SURVEY = "survey"
    VISIT = "visit"
    DOCUMENT = "document"


class QuestionAsked(StrEnum):
    """The company's three questions, in the order in which they head every report."""

    UNHAPPY = "unhappy"
    LOSE = "lose"
    LOVE = "love"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words of a customer with where they come from.

    Attributes:
        attributes: pieces of the attribution line after the pseudonym, as the project's
            anonymisation level allows: ``("34", "Kazan")``.
        emphasis: half-open spans inside ``text`` that carry the code at hand; shown in bold.
        source_number: the number of the source in ``ReportData.sources``.
        start_ms: where it is spoken, from the start of the recording.
    """

    text: str
    source_number: int
    source_title: str
    source_kind: SourceKind = SourceKind.INTERVIEW
    person: str | None = None
    attributes: tuple[str, ...] = ()
    start_ms: int | None = None
    date: dt.date | None = None
    codes: tuple[str, ...] = ()
    stance: Stance = Stance.SUPPORTS
    emotion: int | None = None
    favourite: bool = False
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Project:
    """The head of a project.

    ``purpose`` is what the respondents' consent covers; ``recording_policy`` says how recordings are
    made and how long they are kept; ``staff_policy`` says how staff may be named.
    """

    title: str
    client: str = ""
    language: str = "en"
    brief: str = ""
    purpose: str = ""
    recording_policy: str = ""
    staff_policy: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The head of this report: who wrote it, when, about which period."""

    date: dt.date
    title: str = ""
    authors: tuple[str, ...] = ()
    period_start: dt.date | None = None
    period_end: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Wave:
    """A wave of the study."""

    number: int
    title: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one of the three questions, with the barrier it rests on (if any)."""

    question: QuestionAsked
    text: str = ""
    barrier_number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """One interview, review, visit comment or document; ``number`` is printed in attributions.

    ``engine`` and ``model`` are ``None`` when a person wrote the text; ``checked`` says whether a
    person checked the automatic transcript; ``coded_share`` is the coded part of it, 0 to 1.
    """

    number: int
    title: str
    kind: SourceKind
    person: str | None = None
    date: dt.date | None = None
    wave: int | None = None
    duration_ms: int | None = None
    words: int = 0
    engine: str | None = None
    model: str | None = None
    checked: bool | None = None
    coded_share: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Method:
    """How the study was done. ``limits`` are the researcher's own words, one sentence each."""

    sources: tuple[Source, ...] = ()
    recruiting: str = ""
    limits: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    agreement: Decimal | None = None
    agreement_measure: str = ""
    visits: int = 0
    branches: int = 0


@dataclass(frozen=True, kw_only=True)
class Person:
    """A respondent; attributes are named as the project names them: ``{"city": "Kazan"}``."""

    pseudonym: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    sources: int = 0


@dataclass(frozen=True, kw_only=True)
class Barrier:
    """A barrier with everything its card shows.

    Attributes:
        persons: persons who met it, of persons asked.
        evidence: counts by independent kind of evidence, in the units of that kind.
        contradicting: quotes that speak against it.
        priority: severity × frequency band, 1 to 25; ``None`` with fewer than 5 persons asked.
        confidence: the number of independent kinds of evidence.
        quotes: best first; the card prints three that support it and one that contradicts it.
    """

    number: int
    name: str
    statement: str
    kind: BarrierKind = BarrierKind.BARRIER
    effects: frozenset[Effect] = frozenset()
    stage: str = ""
    touchpoint: str = ""
    cause: str = ""
    severity: int | None = None
    severity_reason: str = ""
    known_inside: KnownInside | None = None
    status: BarrierStatus = BarrierStatus.FOUND
    persons: Count = _NOBODY
    evidence: Mapping[EvidenceKind, Count] = field(default_factory=dict)
    contradicting: int = 0
    priority: int | None = None
    level: Level | None = None
    confidence: int = 0
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A strength or a theme with its evidence."""

    name: str
    definition: str = ""
    persons: Count = _NOBODY
    quotes_total: int = 0
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What to do about barriers; ``quick_win`` is impact 4 or more with effort S."""

    number: int
    title: str
    text: str = ""
    kind: RecommendationKind = RecommendationKind.PROCESS
    barriers: tuple[int, ...] = ()
    owner: str = ""
    effort: Effort | None = None
    impact: int | None = None
    due: dt.date | None = None
    status: RecommendationStatus = RecommendationStatus.PROPOSED
    remeasured_in: int | None = None
    quick_win: bool = False


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A metric read at a date (or in a wave) from ``n`` answers."""

    metric: str
    value: Decimal
    unit: str = ""
    n: int | None = None
    date: dt.date | None = None
    wave: int | None = None
    segment: str = ""
    variant: str = ""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A measurable goal with its latest reading."""

    metric: str
    baseline: Decimal
    target: Decimal
    due: dt.date
    unit: str = ""
    category: GoalCategory = GoalCategory.LOYALTY
    latest: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class CodebookRow:
    """A code of the codebook, in tree order; ``level`` 0 is the top."""

    level: int
    kind: CodeKind
    name: str
    definition: str = ""
    quotes: int = 0
    persons: int = 0


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """Everything a report may say, in raw values; a report takes from it what it needs."""

    project: Project
    report: Report
    wave: Wave | None = None
    answers: tuple[Answer, ...] = ()
    method: Method = Method()
    people: tuple[Person, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    strengths: tuple[Finding, ...] = ()
    themes: tuple[Finding, ...] = ()
    visits: Visits = _NO_VISITS
    recommendations: tuple[Recommendation, ...] = ()
    goals: tuple[Goal, ...] = ()
    metrics: tuple[Reading, ...] = ()
    codebook: tuple[CodebookRow, ...] = ()
    checklist: Checklist = _NO_CHECKLIST
    evidence: tuple[Quote, ...] = ()
