"""How fast somebody codes: words read in a minute, from when and where they put codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from workbench.text.spans import Span, covered, union

BREAK_S: Final = 300.0
"""A longer time between two codings is a break, not work."""

PASSED: Final = 600
"""Codepoints, about a hundred words: a shorter stretch between two quotes was read and left uncoded."""

_AT_ONCE_S = 0.5  # codings that come faster were made by one action, and nobody read that fast
_LEAST_S = 300.0
_LEAST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A coding: when it was made, and where."""

    at: datetime
    source_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody read while they coded, and how long that took."""

    seconds: float = 0.0
    steps: int = 0
    """How many times a coding followed another one without a break."""
    read: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    """What was read of each source."""

    @property
    def is_enough(self) -> bool:
        """Whether a pace can be told from it: five minutes of work and ten steps."""
        return self.seconds >= _LEAST_S and self.steps >= _LEAST_STEPS


def work(codings: Iterable[Made]) -> Work:
    """Return what was read between codings that follow each other without a break.

    A coding counts with its own words, and with those since the coding before if these are one stretch of reading:
    in the same source, further on, and not far.
    """
    seconds, steps = 0.0, 0
    read: dict[str, list[Span]] = defaultdict(list)
    for before, after in pairwise(sorted(codings, key=lambda made: made.at)):
        took = (after.at - before.at).total_seconds()
        if not _AT_ONCE_S <= took <= BREAK_S:
            continue
        seconds += took
        steps += 1
        start, gap = after.span.start, after.span.start - before.span.end
        if before.source_id == after.source_id and 0 <= gap <= PASSED:
            start = before.span.end
        read[after.source_id].append(Span(start, after.span.end))
    return Work(seconds, steps, {source: union(spans) for source, spans in read.items()})


def active_seconds(moments: Sequence[datetime]) -> float:
    """Return how long somebody worked: the time between moments in a row, without breaks."""
    steps = ((after - before).total_seconds() for before, after in pairwise(sorted(moments)))
    return sum(step for step in steps if step <= BREAK_S)


def unread(length: int, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the stretches of a text that are still to be read: those without a quote that are not short.

    Args:
        length: of the text, in codepoints.
        spans: of the quotes.
    """
    found, begun = [], 0
    quotes = union(spans)
    for span in (*quotes, Span(length, length)):
        gap = Span(begun, max(begun, span.start))
        if len(gap) > (PASSED if quotes else 0):
            found.append(gap)
        begun = max(begun, span.end)
    return tuple(found)


def words_in(spans: Iterable[Span], *, length: int, words: int) -> int:
    """Return about how many of a text's words stretches hold, by their share of its length."""
    return round(words * covered(spans) / length) if length else 0
