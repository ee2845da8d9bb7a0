"""What stands to the right of the words: a stripe for each coding, and its name where it begins."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from workbench.coding.codebook import MARKS
from workbench.models.kinds import Stance
from workbench.models.views import CodingView
from workbench.tui.coding.coding_index import CodingIndex
from workbench.tui.coding.wrapping import WrappedText
from workbench.tui.display import clean_for_terminal, shorten_middle

STRIPE = "┃"
OTHERS = "│"
"""The stripe of what somebody else coded."""

MORE = "┊"
"""Stands in the last column where codings have no column of their own left."""

_NAME_LEAST = 6
"""Cells below which a name tells nothing."""


class CodeMargin:
    """Finds stripes and names of a row; names of one turn make room for each other."""

    def __init__(self, index: CodingIndex, wrapped: WrappedText) -> None:
        """Take the codings and the rows."""
        self._index = index
        self._wrapped = wrapped
        self._names: dict[int, dict[int, list[CodingView]]] = {}

    def forget(self, line: int) -> None:
        """Find the names of a line anew: a coding came or went."""
        self._names.pop(line, None)

    def stripes(self, row: int, columns: int) -> list[CodingView | None]:
        """Return the coding in each column of a row; the last column stands for all further ones."""
        found: list[CodingView | None] = [None] * columns
        span = self._wrapped.span(row)
        for coding in self._index.on_line(self._wrapped.line_of(row)):
            if coding.start < max(span.end, span.start + 1) and coding.end > span.start:
                found[min(self._index.column(coding.id), columns - 1)] = coding
        return found

    def crowded(self, row: int, columns: int) -> bool:
        """Tell whether a row has codings that have no column of their own."""
        span = self._wrapped.span(row)
        return any(
            self._index.column(coding.id) >= columns
            for coding in self._index.on_line(self._wrapped.line_of(row))
            if coding.start < span.end and coding.end > span.start
        )

    def names(self, row: int) -> list[CodingView]:
        """Return the codings whose names stand beside a row.

        A name stands at the first row of its quote, or at the next one of the quote that is free.
        """
        line = self._wrapped.line_of(row)
        if line not in self._names:
            self._names[line] = self._place_names(line)
        return self._names[line].get(row, [])

    def _place_names(self, line: int) -> dict[int, list[CodingView]]:
        rows = self._wrapped.rows_of_line(line)
        span = self._wrapped.lines.line(line)
        placed: dict[int, list[CodingView]] = {}
        beginning = [c for c in self._index.on_line(line) if span.start <= c.start <= span.end]
        for coding in sorted(beginning, key=lambda c: (c.start, self._index.column(c.id))):
            first = self._wrapped.row_of(coding.start)
            last = min(self._wrapped.row_of(coding.end - 1), rows.stop - 1)
            free = next((row for row in range(first, last + 1) if row not in placed), first)
            placed.setdefault(free, []).append(coding)
        return placed

    def found_at(self, row: int, cell: int, width: int) -> CodingView | None:
        """Return the coding whose stripe or name stands at a cell of a row, else the closest one."""
        columns = stripe_columns(self._index.columns, width)
        if cell < columns:
            return self.stripes(row, columns)[max(cell, 0)]
        right = columns + 1
        for coding in self.names(row):
            right += cell_len(margin_name(coding, self._index.author(coding))) + 1
            if cell < right:
                return coding
        return next((c for c in reversed(self.stripes(row, columns)) if c is not None), None)

    def draw(
        self,
        row: int,
        width: int,
        *,
        colour: Callable[[int], Style],
        base: Style,
        current: frozenset[str],
    ) -> list[Segment]:
        """Draw one row of the margin.

        Args:
            row: which one.
            width: cells there are.
            colour: the style of a code's colour.
            base: the style of empty cells.
            current: codings under the cursor; their names are bold.
        """
        columns = stripe_columns(self._index.columns, width)
        segments: list[Segment] = []
        crowded = self._index.columns > columns and self.crowded(row, columns)
        for number, coding in enumerate(self.stripes(row, columns)):
            if coding is None:
                segments.append(Segment(" ", base))
                continue
            last = crowded and number == columns - 1
            own = OTHERS if self._index.author(coding) else STRIPE
            segments.append(Segment(MORE if last else own, base + colour(coding.colour)))
        segments.append(Segment(" ", base))
        room = width - columns - 1
        for coding in self.names(row):
            text = margin_name(coding, self._index.author(coding))
            if room < min(_NAME_LEAST, cell_len(text)):
                break
            text = shorten_middle(text, room)
            style = base + colour(coding.colour)
            segments.append(Segment(text, style + _BOLD if coding.id in current else style))
            room -= cell_len(text)
            if room > 0:
                segments.append(Segment(" ", base))
                room -= 1
        segments.append(Segment(" " * max(0, room), base))
        return segments


_BOLD = Style(bold=True)


def stripe_columns(columns: int, width: int) -> int:
    """Return how many columns of stripes a margin of this width shows: names need the most of it."""
    return max(1, min(columns, width // 4))


def margin_name(coding: CodingView, author: str = "") -> str:
    """Return a coding's name with the marks of its kind, stance and choice for reports, and who coded it.

    Args:
        coding: which one.
        author: who coded it, where that is somebody else; shown by initials.
    """
    marks = MARKS.get(coding.kind, "●")
    if coding.stance == Stance.CONTRADICTS:
        marks += "↓"
    if coding.favourite:
        marks += "★"
    whose = f" ·{initials(author)}" if author else ""
    return f"{marks} {clean_for_terminal(coding.code)}{whose}"


def initials(name: str) -> str:
    """Return the first letters of the parts of a name: Anna K. is AK."""
    return "".join(part[0] for part in clean_for_terminal(name).split() if part[0].isalnum())[:3]
