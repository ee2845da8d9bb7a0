"""Half-open spans of codepoint offsets: their algebra, and finding them by line or by overlap."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The codepoints from ``start`` up to but not including ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if not 0 <= self.start <= self.end:
            message = f"not a span: [{self.start}, {self.end})"
            raise ValueError(message)

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """Every span is something, an empty one too."""
        return True

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one codepoint; an empty span overlaps nothing."""
        return max(self.start, other.start) < min(self.end, other.end)

    def contains(self, other: Span) -> bool:
        """Tell whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: Span) -> Span | None:
        """Return what the two share, if anything."""
        return (
            Span(max(self.start, other.start), min(self.end, other.end))
            if self.overlaps(other)
            else None
        )

    def hull(self, other: Span) -> Span:
        """Return the smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def shifted(self, by: int) -> Span:
        """Return the span moved by a number of codepoints."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """Return the words of a text that lie in this span."""
        return text[self.start : self.end]


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the fewest spans, in order and apart from each other, that cover the same codepoints."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if len(span)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = merged[-1].hull(span)
        else:
            merged.append(span)
    return tuple(merged)


def subtract(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """Return what is left of the spans where no hole lies, in order."""
    left: list[Span] = []
    cuts = union(holes)
    ends = [cut.end for cut in cuts]
    for span in union(spans):
        start = span.start
        for cut in cuts[bisect_right(ends, span.start) :]:
            if cut.start >= span.end:
                break
            if cut.start > start:
                left.append(Span(start, cut.start))
            start = max(start, cut.end)
        if start < span.end:
            left.append(Span(start, span.end))
    return tuple(left)


def covered(spans: Iterable[Span]) -> int:
    """Count the codepoints that at least one of the spans covers."""
    return covered_by((span.start, span.end) for span in spans)


def covered_by(ends: Iterable[tuple[int, int]]) -> int:
    """Count the codepoints that spans cover, given where each starts and ends; thousands need not be made for it."""
    total = reach = 0  # counted without making the union, which takes five times as long
    for start, end in sorted(ends):
        if end > reach:
            total += end - max(start, reach)
            reach = end
    return total


def gaps(spans: Iterable[Span], *, within: Span) -> tuple[Span, ...]:
    """Return the stretches of ``within`` that no span covers: what is not coded yet."""
    return subtract([within], spans)


class LineIndex:
    """Where the lines of a text begin: offset to line and column and back, by bisection."""

    def __init__(self, text: str) -> None:
        """Look at every line once."""
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._length = len(text)

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset; an offset outside is taken to the edge."""
        inside = min(max(offset, 0), self._length)
        line = bisect_right(self._starts, inside) - 1
        return line, inside - self._starts[line]

    def offset(self, line: int, column: int = 0) -> int:
        """Return the offset of a line and column; a column past the end means the line's end."""
        span = self.line(min(max(line, 0), len(self) - 1))
        return min(span.start + max(column, 0), span.end)

    def line(self, line: int) -> Span:
        """Return the span of a line without its line break."""
        return Span(*self.ends(line))

    def ends(self, line: int) -> tuple[int, int]:
        """Return where a line starts and ends, without its line break."""
        last = line + 1 >= len(self._starts)
        return self._starts[line], self._length if last else self._starts[line + 1] - 1

    def lines_of(self, span: Span) -> range:
        """Return the lines that a span touches; an empty span lies on one line."""
        return self.lines_between(span.start, span.end)

    def lines_between(self, start: int, end: int) -> range:
        """Return the lines that the span between two offsets touches, without making it."""
        first = bisect_right(self._starts, min(start, self._length)) - 1
        last = min(max(start, end - 1), self._length)
        return range(first, bisect_right(self._starts, last, first))


class SpanIndex:
    """Which of many spans overlap a stretch, without looking at all of them."""

    def __init__(self, spans: Sequence[Span]) -> None:
        """Sort once; ``overlapping`` answers with positions in this sequence."""
        self._spans = spans
        self._order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end))
        self._starts = [spans[i].start for i in self._order]
        # the furthest end among this span and all before it: where it falls short, stop looking
        self._reach = list(accumulate((spans[i].end for i in self._order), max))

    def overlapping(self, start: int, end: int) -> list[int]:
        """Return the positions of the spans that overlap ``[start, end)``, earliest first."""
        found: list[int] = []
        if start >= end:
            return found
        for place in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[place] <= start:
                break
            span = self._spans[self._order[place]]
            if span.end > start and span.start < span.end:
                found.append(self._order[place])
        return found[::-1]
