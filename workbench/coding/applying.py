"""Codes on spans: what may be quoted, and where the stripes of codings stand in the margin."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from heapq import heappop, heappush

from workbench.text.spans import Span


def trimmed(text: str, span: Span) -> Span | None:
    """Return the span without white space at its ends, or None if nothing is left to quote."""
    quote = span.of(text)
    inner = quote.strip()
    if not inner:
        return None
    start = span.start + len(quote) - len(quote.lstrip())
    return Span(start, start + len(inner))


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
    places = [(row.start, -row.stop) for row in rows]
    for i in sorted(range(len(rows)), key=places.__getitem__):
        while busy and busy[0][0] <= rows[i].start:
            insort(free, heappop(busy)[1])
        if free:
            columns[i] = free.pop(0)
        else:
            columns[i], most = most, most + 1
        heappush(busy, (rows[i].stop, columns[i]))
    return columns
