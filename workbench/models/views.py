"""Frozen results handed to the front ends: plain values, never table rows.

What one text has thousands of is a named tuple: it is made in a sixth of the time of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from workbench.models.queue_views import JobView, QueueView
from workbench.models.search_views import (
    FoundIn,
    FoundPlace,
    PlaceOrder,
    SavedQueryView,
    SearchHit,
    SimilarPassage,
    WordCount,
)
from workbench.models.visit_views import (
    LeagueRow,
    LocationView,
    OptionView,
    QuestionView,
    ScoreView,
    VisitCard,
    VisitView,
)

__all__ = [  # front ends know one place for all results
    "AnswerView",
    "BarrierView",
    "CodeView",
    "CodingView",
    "DoubtView",
    "FoundIn",
    "FoundPlace",
    "GoalView",
    "JobView",
    "JournalView",
    "LeagueRow",
    "LocationView",
    "OptionView",
    "Overview",
    "PauseView",
    "PersonView",
    "PlaceOrder",
    "ProjectCard",
    "ProjectView",
    "QuestionView",
    "QueueView",
    "QuoteView",
    "RecommendationView",
    "SavedQueryView",
    "ScoreView",
    "SearchHit",
    "SimilarPassage",
    "SourceCard",
    "SourceView",
    "SpeakerView",
    "StageView",
    "StepView",
    "TurnView",
    "VisitCard",
    "VisitView",
    "WaveView",
    "WordCount",
]


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """One line of the list of projects."""

    slug: str
    title: str
    language: str
    wave: int | None
    sources: int
    quotes: int
    barriers: int
    changed_at: datetime | None
    problem: str = ""
    """Why the project cannot be opened; empty when it can."""


@dataclass(frozen=True, slots=True)
class ProjectView:
    """The project's particulars."""

    id: str
    title: str
    client: str
    language: str
    brief: str
    authors: str
    period: str
    purpose: str
    staff_policy: str
    recording_policy: str
    retention_date: date | None


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with the latest reading of its metric."""

    id: str
    name: str
    metric: str
    unit: str
    category: str
    baseline: float | None
    target: float
    due: date
    latest: float | None = None


@dataclass(frozen=True, slots=True)
class WaveView:
    """A wave of data collection."""

    id: str
    ordinal: int
    title: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage of the journey with its touchpoints (key, name, channel)."""

    id: str
    key: str
    name: str
    touchpoints: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PersonView:
    """A respondent."""

    id: str
    pseudonym: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A voice in a source."""

    id: str
    label: str
    role: str
    person: str | None


class TurnView(NamedTuple):
    """A stretch of speech: the span of the text, its times and its speaker."""

    id: str
    ordinal: int
    start: int
    end: int
    start_ms: int | None
    end_ms: int | None
    speaker: SpeakerView | None
    suspected: bool
    doubtful: tuple[tuple[int, int], ...] = ()
    """Spans of the text whose words the recogniser was unsure of."""


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A place to listen to: words in a row that the recogniser was unsure of."""

    start: int
    end: int
    text: str
    start_ms: int
    turn: int
    """The number of the turn."""


@dataclass(frozen=True, slots=True)
class PauseView:
    """A silence between two words."""

    offset: int
    """Behind which codepoint of the text it is."""
    start_ms: int
    end_ms: int
    turn: int
    """The number of the turn it is in or follows."""

    @property
    def length_ms(self) -> int:
        """How long nobody spoke."""
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class SourceCard:
    """One line of the list of sources."""

    id: str
    ordinal: int
    title: str
    kind: str
    state: str
    language: str
    collected_on: date | None
    person: str | None
    wave: int | None
    duration_ms: int
    words: int
    quotes: int
    coded_share: float
    """Part of the text's codepoints under at least one quote, 0–1."""
    is_recording: bool
    job: JobView | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with its text and turns."""

    card: SourceCard
    text: str
    turns: tuple[TurnView, ...]
    speakers: tuple[SpeakerView, ...]
    attributes: Mapping[str, str]
    transcribed_by: str
    import_notes: str
    original_name: str


@dataclass(frozen=True, slots=True)
class BarrierView:
    """What a barrier says."""

    code_id: str
    name: str
    statement: str
    kind: str
    hinders_choosing: bool
    hinders_loving: bool
    hinders_recommending: bool
    stage: str | None
    touchpoint: str | None
    cause: str
    severity: int
    severity_reason: str
    known_inside: str
    status: str


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code with its place in the tree and how often it was used."""

    id: str
    parent_id: str | None
    name: str
    path: str
    """Names from the root, joined by `` / ``."""
    depth: int
    kind: str
    colour: int
    definition: str
    when_to_use: str
    when_not: str
    example: str
    quotes: int
    persons: int
    barrier: BarrierView | None = None
    frozen: bool = False
    all_quotes: int = 0
    """With those of the codes below it, each once."""
    all_persons: int = 0


class CodingView(NamedTuple):
    """A code on a quote, as the coding screen and lists show it."""

    id: str
    quote_id: str
    source_id: str
    code_id: str
    code: str
    kind: str
    colour: int
    coder: str
    start: int
    end: int
    text: str
    start_ms: int | None
    stance: str
    emotion: int | None
    favourite: bool = False


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote with its codes, source, speaker and person."""

    id: str
    source_id: str
    source: str
    source_kind: str
    source_ordinal: int
    text: str
    start: int
    end: int
    start_ms: int | None
    speaker: str
    person: str | None
    attributes: Mapping[str, str]
    codes: tuple[str, ...]
    code_ids: tuple[str, ...]
    stance: str
    emotion: int | None
    favourite: bool
    memo: str = ""
    """What is noted on it: the reader's own memo first, then others' with their names."""


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """A recommendation with the names of the barriers it answers."""

    id: str
    number: int
    title: str
    text: str
    kind: str
    barriers: tuple[str, ...]
    owner_role: str
    effort: str
    impact: int
    due: date | None
    status: str
    remeasure_wave: int | None


@dataclass(frozen=True, slots=True)
class JournalView:
    """One line of the journal."""

    number: int
    at: datetime
    verb: str
    actor: str
    subject: str
    state: str
    undoable: bool
    rows: Mapping[str, frozenset[str]] | None = None
    """What an undo or redo has just changed: identifiers by table; None where it is not known one by one."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the project's cycle: its counts and what is missing, as message codes with numbers."""

    name: str
    state: str
    counts: Mapping[str, int] = field(default_factory=dict)
    hints: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to one of the three questions, with the barrier it rests on."""

    question: str
    text: str
    code_id: str | None
    barrier: str
    persons: int
    asked: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The project screen: the cycle and the three questions."""

    project: ProjectView
    steps: tuple[StepView, ...]
    answers: tuple[AnswerView, ...]
    top_barriers: tuple[tuple[BarrierView, int, int], ...]
    """The barrier, the number of people with it and the number asked."""
