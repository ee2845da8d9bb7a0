"""Frozen results of searching: places, the words around them, similar passages, counted words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.models.filters import QuoteFilter
from workbench.text.spans import Span


class PlaceOrder(StrEnum):
    """What found places are sorted by: their source, or the words before or behind them."""

    SOURCE = "source"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class FoundIn:
    """What a query finds in one source."""

    source_id: str
    source: str
    ordinal: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that was found; light, because there may be a hundred thousand."""

    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A place in a source where something was found, with the words around it."""

    source_id: str
    source: str
    start: int
    end: int
    before: str
    words: str
    after: str
    start_ms: int | None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A sentence that resembles what has a code already, and the words that make it similar."""

    source_id: str
    source: str
    start: int
    end: int
    text: str
    score: float
    """From 0 to 1: the part of what is typical for the code that the sentence shares."""
    words: tuple[str, ...]
    """Words of the sentence that the code's quotes have, too; the weightiest first."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """How often a word was said."""

    word: str
    count: int
    sources: int
    """In how many sources."""


@dataclass(frozen=True, slots=True)
class SavedQueryView:
    """A search or a filter of quotes that is kept under a name."""

    id: str
    name: str
    kind: str
    """``search`` or ``quotes``."""
    query: QuoteFilter
    """A ``SourceQuery`` where the kind is ``search``."""
