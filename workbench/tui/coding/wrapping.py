"""A long text cut into the rows of a window, and the way from offsets to rows and back."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from rich.cells import cell_len, get_character_cell_size

from workbench.text.spans import LineIndex, Span

# Latin, Greek and Cyrillic letters and the usual signs: one cell each, no combining marks
_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u20bd\u2116]*"
)


class WrappedText:
    """Where the rows of a text begin at one width; 100,000 words are wrapped in some 20 ms.

    A row ends at a space where it can; that space may hang over the right edge by one cell.
    """

    def __init__(self, text: str, lines: LineIndex, width: int) -> None:
        """Cut every line.

        Args:
            text: what is shown.
            lines: its lines.
            width: cells of a row.
        """
        self.text = text
        self.lines = lines
        self.width = max(1, width)
        self._starts = array("L")
        self._first_rows = array("L")
        for line in range(len(lines)):
            self._first_rows.append(len(self._starts))
            span = lines.line(line)
            self._starts.append(span.start)
            if _PLAIN.fullmatch(text, span.start, span.end):
                self._cut_plain(span)
            else:
                self._cut_wide(span)

    def __len__(self) -> int:
        return len(self._starts)

    def _cut_plain(self, span: Span) -> None:
        """Cut a line in which every character takes one cell."""
        text, width, start = self.text, self.width, span.start
        while span.end - start > width:
            space = text.rfind(" ", start + 1, start + width + 1)
            start = start + width if space < 0 else space + 1
            if start < span.end:
                self._starts.append(start)

    def _cut_wide(self, span: Span) -> None:
        """Cut a line with characters of no or of two cells."""
        start, used, space = span.start, 0, -1
        for offset in range(span.start, span.end):
            character = self.text[offset]
            used += get_character_cell_size(character)
            if character == " ":
                space = offset
            if used > self.width and offset > start and character != " ":
                start = space + 1 if space > start else offset
                self._starts.append(start)
                used = cell_len(self.text[start : offset + 1])
                space = -1

    def row_of(self, offset: int) -> int:
        """Return the row an offset stands on."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_of(self, row: int) -> int:
        """Return the line a row belongs to."""
        return bisect_right(self._first_rows, row) - 1

    def rows_of_line(self, line: int) -> range:
        """Return the rows of a line."""
        last = line + 1 >= len(self._first_rows)
        end = len(self._starts) if last else self._first_rows[line + 1]
        return range(self._first_rows[line], end)

    def span(self, row: int) -> Span:
        """Return the words of a row, without the line break."""
        start = self._starts[row]
        end = self.lines.line(self.line_of(row)).end
        if row + 1 < len(self._starts):
            end = min(end, self._starts[row + 1])
        return Span(start, end)

    def cell_of(self, offset: int) -> int:
        """Return the cell of its row that an offset stands on."""
        return cell_len(self.text[self._starts[self.row_of(offset)] : offset])

    def offset_at(self, row: int, cell: int) -> int:
        """Return the offset at a cell of a row; beyond its end the last place on it."""
        row = min(max(row, 0), len(self._starts) - 1)
        span = self.span(row)
        used = 0
        for offset in range(span.start, span.end):
            used += get_character_cell_size(self.text[offset])
            if used > cell:
                return offset
        # the place behind the last character of a cut row is the first of the next one
        whole = span.end == self.lines.line(self.line_of(row)).end
        return span.end if whole else max(span.start, span.end - 1)
