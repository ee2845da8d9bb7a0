"""What is said of several coders: who they are, how far they agree, where they differ, what a merge did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CoderView:
    """A coder with what they have done."""

    id: str
    name: str
    codings: int
    codes: int
    sources: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of agreement, or why there is none: that is never written as 0 or 1."""

    value: float | None
    why: str = ""
    """Why it is not defined, marked with ``N_``."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How far coders agree about one thing."""

    percent: Measure
    """From 0 to 1."""
    kappa: Measure
    alpha: Measure


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One code and how far coders agree about it."""

    code_id: str
    """Empty in the rows about several codes."""
    code: str
    """Its path, or a word marked with ``N_`` in the rows about several codes."""
    kind: str
    colour: int
    coded: tuple[int, ...]
    """Units that each coder coded, in the order of coders."""
    both: int
    """Units that all of them coded."""
    figures: Figures


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """How far coders agree, code by code."""

    coders: tuple[str, ...]
    unit: str
    units: int
    """Units that at least two of the coders judged."""
    sources: int
    left_out: tuple[str, ...]
    """Titles of sources that fewer than two of the coders worked on."""
    rows: tuple[AgreementRow, ...]
    """The codes that any of them used, in the order of the codebook."""
    sums: tuple[AgreementRow, ...]
    """Anything coded at all, and all codes together."""
    definitions: tuple[str, ...]
    """How units were made and measures computed: sentences marked with ``N_``."""


@dataclass(frozen=True, slots=True)
class MarkView:
    """One coder's coding in a comparison."""

    coding_id: str
    start: int
    end: int
    stance: str
    emotion: int | None


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A place at which two coders coded differently, or the same."""

    id: str
    """Identifier of one of its codings."""
    kind: str
    """One of ``kinds.DifferenceKind``."""
    source_id: str
    source: str
    code_id: str
    code: str
    code_kind: str
    colour: int
    start: int
    end: int
    text: str
    start_ms: int | None
    first: tuple[MarkView, ...]
    second: tuple[MarkView, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source around a place."""

    text: str
    offset: int
    """Where in the source's text it begins."""


@dataclass(frozen=True, slots=True)
class MergeItem:
    """What became of one row of a colleague's copy."""

    outcome: str
    """One of ``kinds.MergeOutcome``."""
    what: str
    """The kind of thing, marked with ``N_``."""
    name: str
    note: str = ""
    """Why, or what differs: marked with ``N_`` or somebody's own words."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging a colleague's copy did, or would do."""

    other: Path
    items: tuple[MergeItem, ...]
    """All but those that are the same on both sides."""
    same: int
    """Rows that are the same on both sides."""
    hidden: bool = False
    """Whether nothing is told of what was coded and noted, because nobody else's work may be known of."""

    def counts(self) -> Counter[str]:
        """Return how many things had each outcome."""
        return Counter(item.outcome for item in self.items)
