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
NAMED = "┣"
"""The stripe on the row where its name stands, where several stripes meet."""

OTHERS = {STRIPE: "│", NAMED: "├"}
"""The same of what somebody else coded."""

MORE = "┊"
"""Stands in the last column where codings have no column of their own left."""

_NAME_FURTHEST = 8
"""Rows below its quote's first one where a name may still stand."""

_NAME_LEAST = 10
"""Cells below which a name tells nothing."""

_NAME_FAIR = 12
"""Cells that a name makes room in for another one, rather than have it only counted."""


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
        """Spread the names that begin on a line over the rows of their quotes, the emptiest first."""
        rows = self._wrapped.rows_of_line(line)
        span = self._wrapped.lines.line(line)
        placed: dict[int, list[CodingView]] = {}
        beginning = [c for c in self._index.on_line(line) if span.start <= c.start <= span.end]
        for coding in sorted(beginning, key=lambda c: (c.start, self._index.column(c.id))):
            first = self._wrapped.row_of(coding.start)
            last = max(first, min(self._wrapped.row_of(coding.end - 1), rows.stop - 1))
            # no further than a row can be from the beginning and still be seen with it
            near = range(first, min(last, first + _NAME_FURTHEST) + 1)
            freest = min(near, key=lambda row: len(placed.get(row, ())))
            placed.setdefault(freest, []).append(coding)
        return placed

    def shown_names(self, row: int, room: int) -> tuple[list[tuple[CodingView, str]], int]:
        """Return the names of a row as far as there is room, cut, and how many more there are.

        What several coders called the same is named once, with the first letters of all of them.
        """
        waiting: dict[tuple[str, str], list[CodingView]] = {}
        for coding in self.names(row):
            waiting.setdefault((coding.code_id, coding.stance), []).append(coding)
        fitting: list[tuple[CodingView, str, int]] = []
        left = room + 1
        for number, (coding, *same) in enumerate(waiting.values()):
            coders = (coding, *same) if same or self._index.author(coding) else ()
            text = margin_name(coding, *dict.fromkeys(one.coder for one in coders))
            space = left - 1 - _counted(len(waiting) - number - 1)
            fair = _NAME_FAIR if number else max(_NAME_LEAST, min(_NAME_FAIR, space))
            least = min(cell_len(text), fair)
            if space < least:
                break
            fitting.append((coding, text, least))
            left -= least + 1
        left -= _counted(len(waiting) - len(fitting))
        shown: list[tuple[CodingView, str]] = []
        for coding, text, least in fitting:  # what is left over goes to the first ones
            cells = min(cell_len(text), least + left)
            left -= cells - least
            shown.append((coding, shorten_middle(text, cells)))
        return shown, len(waiting) - len(shown)

    def found_at(self, row: int, cell: int, width: int) -> CodingView | None:
        """Return the coding whose stripe or name stands at a cell of a row, else the closest one."""
        columns = stripe_columns(self._index.columns, width)
        if cell < columns:
            return self.stripes(row, columns)[max(cell, 0)]
        right = columns + 1
        for coding, text in self.shown_names(row, width - right)[0]:
            right += cell_len(text) + 1
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

        Where several stripes meet, a small arm shows whose name stands on this row, without colour too.

        Args:
            row: which one.
            width: cells there are.
            colour: the style of a code's colour.
            base: the style of empty cells.
            current: codings under the cursor; their names are bold.
        """
        columns = stripe_columns(self._index.columns, width)
        room = width - columns - 1
        names, more = self.shown_names(row, room)
        stripes = self.stripes(row, columns)
        several = sum(stripe is not None for stripe in stripes) > 1
        named = {coding.id for coding, _text in names} if several else set()
        segments: list[Segment] = []
        crowded = self._index.columns > columns and self.crowded(row, columns)
        for number, coding in enumerate(stripes):
            if coding is None:
                segments.append(Segment(" ", base))
                continue
            last = crowded and number == columns - 1
            sign = NAMED if coding.id in named else STRIPE
            if last or self._index.author(coding):
                sign = MORE if last else OTHERS[sign]
            segments.append(Segment(sign, base + colour(coding.colour)))
        segments.append(Segment(" ", base))
        for coding, text in names:
            style = base + colour(coding.colour)
            gap = " " if room > cell_len(text) else ""
            segments.append(Segment(text, style + _BOLD if coding.id in current else style))
            segments.append(Segment(gap, base))
            room -= cell_len(text) + len(gap)
        if more and names and room >= len(f"+{more}"):
            segments.append(Segment(f"+{more}", base))
            room -= len(f"+{more}")
        segments.append(Segment(" " * max(0, room), base))
        return segments


_BOLD = Style(bold=True)


def _counted(more: int) -> int:
    """Return the cells that ``+2`` takes behind the names."""
    return len(f" +{more}") if more else 0


def stripe_columns(columns: int, width: int) -> int:
    """Return how many columns of stripes a margin of this width shows: names need the most of it."""
    return max(1, min(columns, width // 4))


def margin_name(coding: CodingView, *coders: str) -> str:
    """Return a coding's name with the marks of its kind, stance and choice for reports, and who coded it.

    Args:
        coding: which one.
        coders: who coded it, where that is somebody else or are several; shown by initials.
    """
    marks = MARKS.get(coding.kind, "●")
    if coding.stance == Stance.CONTRADICTS:
        marks += "↓"
    if coding.favourite:
        marks += "★"
    whose = "".join(f"·{initials(coder)}" for coder in coders)
    return f"{marks} {clean_for_terminal(coding.code)}{' ' if whose else ''}{whose}"


def initials(name: str) -> str:
    """Return the first letters of the parts of a name: Anna K. is AK."""
    return "".join(part[0] for part in clean_for_terminal(name).split() if part[0].isalnum())[:3]
