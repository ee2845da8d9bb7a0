"""What a report is made from: raw values without formatting, filled by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from workbench.models import kinds


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
class Count:
    """So many of so many: persons, reviews or visits, never utterances."""

    n: int
    of: int


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
    source_kind: kinds.SourceKind = kinds.SourceKind.INTERVIEW
    person: str | None = None
    attributes: tuple[str, ...] = ()
    start_ms: int | None = None
    date: dt.date | None = None
    codes: tuple[str, ...] = ()
    stance: kinds.Stance = kinds.Stance.SUPPORTS
    emotion: int | None = None
    favourite: bool = False
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Project:
    """The head of a project.

    Attributes:
        purpose: what the consent of the respondents covers.
        recording_policy: how the recordings were made and how long they are kept.
        staff_policy: how staff may be named.
        metric_note: a remark on how the metrics were obtained.
    """

    title: str
    client: str = ""
    language: str = "en"
    brief: str = ""
    purpose: str = ""
    recording_policy: str = ""
    staff_policy: str = ""
    metric_note: str = ""


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
    """One interview, review, visit comment or document.

    Attributes:
        number: the number printed in attributions: "interview 3". Unique over all sources.
        engine, model: how it was transcribed; ``None`` when a person wrote the text.
        checked: whether a person checked the automatic transcript; ``None`` when not known.
        coded_share: coded part of the text, 0 to 1.
    """

    number: int
    title: str
    kind: kinds.SourceKind
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
        quotes: the chosen quotes, best first; the card prints the first three that support it,
            and the first one that contradicts it.
    """

    number: int
    name: str
    statement: str
    kind: kinds.BarrierKind = kinds.BarrierKind.BARRIER
    effects: frozenset[Effect] = frozenset()
    stage: str = ""
    touchpoint: str = ""
    cause: str = ""
    severity: int | None = None
    severity_reason: str = ""
    known_inside: kinds.KnownInside | None = None
    status: kinds.BarrierStatus = kinds.BarrierStatus.FOUND
    persons: Count = Count(n=0, of=0)
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
    persons: Count = Count(n=0, of=0)
    quotes_total: int = 0
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WaveScore:
    """A score in one wave; ``score`` is 0 to 100, or ``None`` when nothing could be scored."""

    wave: int
    n: int
    score: Decimal | None


@dataclass(frozen=True, kw_only=True)
class BranchScore:
    """A branch in the league table.

    Attributes:
        waves: one score per wave, oldest first; the last one is the wave reported.
        delta: change to the wave before, in percentage points.
        failed_criticals: texts of the critical questions failed in the last wave.
    """

    name: str
    region: str = ""
    owner: kinds.LocationOwner = kinds.LocationOwner.OWN
    waves: tuple[WaveScore, ...] = ()
    delta: Decimal | None = None
    failed_criticals: tuple[str, ...] = ()
    worst_section: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionScore:
    """A section's score by branch in the last wave; branches by name."""

    section: str
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Rollup:
    """A region's (or, with an empty name, the whole network's) score per wave."""

    name: str
    waves: tuple[WaveScore, ...] = ()
    delta: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class MissedStandard:
    """A question often answered below the standard: failed visits of visits where it applied."""

    question: str
    section: str = ""
    failed: Count = Count(n=0, of=0)
    critical: bool = False


@dataclass(frozen=True, kw_only=True)
class VisitComment:
    """What a shopper wrote about one visit."""

    branch: str
    text: str
    date: dt.date | None = None
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Results of mystery shopping."""

    branches: tuple[BranchScore, ...] = ()
    sections: tuple[SectionScore, ...] = ()
    regions: tuple[Rollup, ...] = ()
    network: Rollup | None = None
    missed: tuple[MissedStandard, ...] = ()
    comments: tuple[VisitComment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What to do about barriers; ``quick_win`` is impact 4 or more with effort S."""

    number: int
    title: str
    text: str = ""
    kind: kinds.RecommendationKind = kinds.RecommendationKind.PROCESS
    barriers: tuple[int, ...] = ()
    owner: str = ""
    effort: kinds.Effort | None = None
    impact: int | None = None
    due: dt.date | None = None
    status: kinds.RecommendationStatus = kinds.RecommendationStatus.PROPOSED
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
    category: kinds.GoalCategory = kinds.GoalCategory.LOYALTY
    latest: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class CodebookRow:
    """A code of the codebook, in tree order; ``level`` 0 is the top."""

    level: int
    kind: kinds.CodeKind
    name: str
    definition: str = ""
    quotes: int = 0
    persons: int = 0


@dataclass(frozen=True, kw_only=True)
class ChecklistQuestion:
    """A question of the checklist; ``kind`` is its type's stable name, such as ``yes_no_na``."""

    number: str
    text: str
    kind: str
    weight: Decimal | None = None
    critical: bool = False
    bonus: bool = False
    scored: bool = True


@dataclass(frozen=True, kw_only=True)
class ChecklistSection:
    """A section of the checklist."""

    title: str
    weight: Decimal | None = None
    questions: tuple[ChecklistQuestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The checklist visits were made with."""

    title: str = ""
    version: int | None = None
    sections: tuple[ChecklistSection, ...] = ()


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
    visits: Visits = Visits()
    recommendations: tuple[Recommendation, ...] = ()
    goals: tuple[Goal, ...] = ()
    metrics: tuple[Reading, ...] = ()
    codebook: tuple[CodebookRow, ...] = ()
    checklist: Checklist = Checklist()
    evidence: tuple[Quote, ...] = ()
