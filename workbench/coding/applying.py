"""Codes on spans: what applying and removing one does, what covers a place, and the margin stripes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from workbench.text.spans import LineIndex, Span, SpanIndex


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that a coder put on a span of one source; ``id`` is empty until it is kept."""

    span: Span
    code: str
    coder: str
    id: str = ""
    stance: str = "supports"
    emotion: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What an action adds and removes; both empty means that there is nothing to do."""

    added: tuple[Coding, ...] = ()
    removed: tuple[Coding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def trimmed(text: str, span: Span) -> Span | None:
    """Return the span without white space at its ends, or None if nothing is left to quote."""
    quote = span.of(text)
    inner = quote.strip()
    if not inner:
        return None
    start = span.start + len(quote) - len(quote.lstrip())
    return Span(start, start + len(inner))


def apply_code(existing: Iterable[Coding], coding: Coding) -> Change:
    """Return what changes when a code is put on a span.

    The same code by the same coder on exactly the same span is there already, so nothing happens;
    every other overlap is free: codes may nest, cross and repeat on other spans.
    """
    if not len(coding.span) or any(_same(coding, other) for other in existing):
        return Change()
    return Change(added=(coding,))


def remove_code(existing: Iterable[Coding], span: Span, *, code: str, coder: str) -> Change:
    """Return what changes when a coder takes a code away from a span.

    The coding on exactly this span goes; if there is none, every coding of this code by this coder
    that the span touches goes whole: a quote is never cut in two behind the coder's back.
    """
    mine = [c for c in existing if c.code == code and c.coder == coder]
    exact = tuple(c for c in mine if c.span == span)
    return Change(removed=exact or tuple(c for c in mine if _touches(c.span, span)))


def toggle_code(existing: Sequence[Coding], coding: Coding) -> Change:
    """Apply a code, or take it away where the same coding is already there."""
    same = tuple(other for other in existing if _same(coding, other))
    return Change(removed=same) if same else apply_code(existing, coding)


def _same(left: Coding, right: Coding) -> bool:
    return (left.span, left.code, left.coder) == (right.span, right.code, right.coder)


def _touches(span: Span, other: Span) -> bool:
    return span.overlaps(other) or (not len(other) and span.covers(other.start))


class Coverage:
    """The codings of one source, ready to say which of them cover a place."""

    def __init__(self, codings: Sequence[Coding]) -> None:
        """Arrange the codings once."""
        self.codings = codings
        self._index = SpanIndex([coding.span for coding in codings])

    def at(self, offset: int) -> tuple[Coding, ...]:
        """Return the codings that cover an offset, shortest first: the closest one is meant."""
        found = (self.codings[i] for i in self._index.at(offset))
        return tuple(sorted(found, key=lambda coding: len(coding.span)))

    def overlapping(self, span: Span) -> tuple[Coding, ...]:
        """Return the codings that share words with a span, earliest first."""
        return tuple(self.codings[i] for i in self._index.overlapping(span.start, span.end))

    def quotes_at(self, offset: int) -> tuple[Span, ...]:
        """Return the different quotes that cover an offset, shortest first."""
        return tuple(dict.fromkeys(coding.span for coding in self.at(offset)))


def place_stripes(rows: Sequence[range]) -> list[int]:
    """Give every stripe a column that is free beside all its lines, and stays whatever is visible.

    Stripes are placed by first line, the longest first, each in the leftmost free column; so
    the long quotes stand on the left, and the number of columns is the least possible.

    Args:
        rows: the lines of each stripe; among equal ones the order decides.
    """
    columns = [0] * len(rows)
    free: list[int] = []
    busy: list[tuple[int, int]] = []  # (line after the stripe's last, column)
    most = 0
    for i in sorted(range(len(rows)), key=lambda i: (rows[i].start, -rows[i].stop)):
        while busy and busy[0][0] <= rows[i].start:
            insort(free, heappop(busy)[1])
        if free:
            columns[i] = free.pop(0)
        else:
            columns[i], most = most, most + 1
        heappush(busy, (rows[i].stop, columns[i]))
    return columns


@dataclass(frozen=True, slots=True)
class Stripe:
    """One coding beside the lines it covers."""

    coding: Coding
    column: int
    first_line: int
    last_line: int


@dataclass
class StripeLayout:
    """Where the stripes of a source stand; made once, asked for the visible lines at each scroll."""

    stripes: tuple[Stripe, ...] = ()
    columns: int = 0
    _by_line: SpanIndex = field(default_factory=lambda: SpanIndex(()), repr=False)

    @classmethod
    def of(cls, codings: Sequence[Coding], lines: LineIndex) -> StripeLayout:
        """Give every coding a column as :func:`place_stripes` does."""
        rows = [lines.lines_of(coding.span) for coding in codings]
        order = sorted(range(len(codings)), key=lambda i: _tie(codings[i]))
        columns = place_stripes([rows[i] for i in order])
        stripes = [
            Stripe(codings[i], column, rows[i].start, rows[i].stop - 1)
            for i, column in zip(order, columns, strict=True)
        ]
        stripes.sort(key=lambda stripe: (stripe.first_line, -stripe.last_line))
        index = SpanIndex([Span(stripe.first_line, stripe.last_line + 1) for stripe in stripes])
        return cls(tuple(stripes), max(columns, default=-1) + 1, index)

    def visible(self, lines: range) -> tuple[Stripe, ...]:
        """Return the stripes that stand beside any of the lines, from the top and from the left."""
        found = [self.stripes[i] for i in self._by_line.overlapping(lines.start, lines.stop)]
        return tuple(sorted(found, key=lambda stripe: (stripe.first_line, stripe.column)))

    def at_line(self, line: int) -> dict[int, Stripe]:
        """Return the stripe in each busy column of a line."""
        return {stripe.column: stripe for stripe in self.visible(range(line, line + 1))}

    def beginning_at(self, line: int) -> tuple[Stripe, ...]:
        """Return the stripes whose name belongs beside this line, from the left."""
        first = bisect_left(self.stripes, line, key=lambda stripe: stripe.first_line)
        last = bisect_left(self.stripes, line + 1, key=lambda stripe: stripe.first_line)
        return tuple(sorted(self.stripes[first:last], key=lambda stripe: stripe.column))


def _tie(coding: Coding) -> tuple[int, int, str, str, str]:
    return coding.span.start, -coding.span.end, coding.code, coding.coder, coding.id
