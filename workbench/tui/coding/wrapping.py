"""A long text cut into the rows of a window, and the way from offsets to rows and back."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len, get_character_cell_size

from workbench.text.spans import LineIndex, Span
from workbench.tui.coding.changes import GAP, Changes, Piece
from workbench.tui.display import shorten_end

# Latin, Greek and Cyrillic letters and the usual signs: one cell each, no combining marks
_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u20bd\u2116]*"
)


class WrappedText:
    """Where the rows of a text begin at one width; 100,000 words are wrapped in some 20 ms.

    A row ends at a space where it can; that space may hang over the right edge by one cell.
    """

    def __init__(
        self, text: str, lines: LineIndex, width: int, changes: Changes | None = None
    ) -> None:
        """Cut every line.

        Args:
            text: what is shown.
            lines: its lines.
            width: cells of a row.
            changes: what is left out, put in and folded away.
        """
        self.text = text
        self.lines = lines
        self.width = max(1, width)
        self.changes = changes or Changes()
        self._starts = array("L")
        self._first_rows = array("L")
        self._pieces: dict[int, list[Piece]] = {}
        """What stands on the rows that show something else than their words."""
        # most texts are plain, and one look at the whole takes half as long as one at every line
        plain = _PLAIN.fullmatch(text.replace("\n", "")) is not None
        for line in range(len(lines)):
            self._first_rows.append(len(self._starts))
            start, end = lines.ends(line)
            pieces = self.changes.pieces(Span(start, end)) if self.changes else None
            if pieces is None:
                self._starts.append(start)
                if not plain:
                    self._starts.extend(_cuts(text, Span(start, end), self.width))
                elif end - start > self.width:
                    self._starts.extend(_cut_plain(text, Span(start, end), self.width))
            elif pieces:
                self._wrap(pieces)

    def __len__(self) -> int:
        return len(self._starts)

    def _wrap(self, pieces: Sequence[Piece]) -> None:
        """Cut a line of which something else is shown than its words; what stands for folded ones is one row."""
        if self.changes.fold_at(pieces[0].start) is not None:
            fold = pieces[0]
            shown = shorten_end(fold.shown, self.width)
            self._pieces[len(self._starts)] = [Piece(fold.start, fold.end, shown, fold.style)]
            self._starts.append(fold.start)
            return
        shown = "".join(piece.shown or self.text[piece.start : piece.end] for piece in pieces)
        cuts = [0, *_cuts(shown, Span(0, len(shown)), self.width), len(shown)]
        for first, last in pairwise(cuts):
            row = list(_between(pieces, first, last))
            self._pieces[len(self._starts)] = row
            self._starts.append(row[0].start)

    def pieces(self, row: int) -> Sequence[Piece]:
        """Return what stands on a row."""
        if row in self._pieces:
            return self._pieces[row]
        span = self.span(row)
        return [Piece(span.start, span.end)]

    def row_of(self, offset: int) -> int:
        """Return the row an offset stands on."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def line_of(self, row: int) -> int:
        """Return the line a row belongs to."""
        return bisect_right(self._first_rows, row) - 1

    def rows_of_line(self, line: int) -> range:
        """Return the rows of a line; none when it is folded away."""
        last = line + 1 >= len(self._first_rows)
        end = len(self._starts) if last else self._first_rows[line + 1]
        return range(self._first_rows[line], end)

    def span(self, row: int) -> Span:
        """Return the words of a row, without the line break; of folded lines all their words."""
        start = self._starts[row]
        if row in self._pieces:
            fold = self.changes.fold_at(start)
            if fold is not None:
                return fold.span
        end = self.lines.line(self.line_of(row)).end
        if row + 1 < len(self._starts):
            end = min(end, self._starts[row + 1])
        return Span(start, end)

    def is_folded(self, row: int) -> bool:
        """Tell whether a row stands for lines that are folded away."""
        return row in self._pieces and self.changes.fold_at(self._starts[row]) is not None

    def settle(self, offset: int, step: int = 0) -> int:
        """Return the nearest place to stand on: itself, or where what is not shown is passed.

        Args:
            offset: where the cursor would stand.
            step: whether it goes on or, below 0, back; 0 when it came from elsewhere.
        """
        length = len(self.text)
        while self.changes and 0 <= offset <= length:
            fold, gone = self.changes.fold_at(offset), self.changes.left_out_at(offset)
            if fold is not None and offset > fold.span.start:
                last = fold.span.end >= length
                offset = fold.span.start if step <= 0 or last else fold.span.end + 1
            elif gone is not None:
                back = step < 0 < gone.start
                offset = gone.start - 1 if back else gone.end
            else:
                break
        return min(max(offset, 0), length)

    def cell_of(self, offset: int) -> int:
        """Return the cell of its row that an offset stands on."""
        used = 0
        for piece in self.pieces(self.row_of(offset)):
            if piece.shown:
                if piece.style == GAP and piece.start == offset:
                    break
                used += cell_len(piece.shown)
            elif offset < piece.end:
                return used + cell_len(self.text[piece.start : max(piece.start, offset)])
            else:
                used += cell_len(self.text[piece.start : piece.end])
        return used

    def offset_at(self, row: int, cell: int) -> int:
        """Return the offset at a cell of a row; beyond its end the last place on it."""
        row = min(max(row, 0), len(self._starts) - 1)
        span = self.span(row)
        if self.is_folded(row):
            return span.start
        used = 0
        for piece in self.pieces(row):
            if piece.shown:
                used += cell_len(piece.shown)
                if used > cell:
                    return piece.start
                continue
            for offset in range(piece.start, piece.end):
                used += get_character_cell_size(self.text[offset])
                if used > cell:
                    return offset
        # the place behind the last character of a cut row is the first of the next one
        whole = span.end == self.lines.line(self.line_of(row)).end
        return span.end if whole else max(span.start, span.end - 1)


def _between(pieces: Sequence[Piece], first: int, last: int) -> Iterator[Piece]:
    """Yield what stands between two places of a line as it is shown."""
    place = 0
    for piece in pieces:
        length = len(piece.shown) if piece.shown else piece.end - piece.start
        start, end = max(first - place, 0), min(last - place, length)
        if start < end:
            if piece.shown:
                yield Piece(piece.start, piece.end, piece.shown[start:end], piece.style)
            else:
                yield Piece(piece.start + start, piece.start + end)
        place += length


def _cuts(text: str, span: Span, width: int) -> Iterable[int]:
    """Return where the second and further rows of a stretch begin."""
    if _PLAIN.fullmatch(text, span.start, span.end):
        return _cut_plain(text, span, width)
    return _cut_wide(text, span, width)


def _cut_plain(text: str, span: Span, width: int) -> list[int]:
    """Cut a stretch in which every character takes one cell."""
    start, end = span.start, span.end
    cuts: list[int] = []
    while end - start > width:
        space = text.rfind(" ", start + 1, start + width + 1)
        start = start + width if space < 0 else space + 1
        if start < end:
            cuts.append(start)
    return cuts


def _cut_wide(text: str, span: Span, width: int) -> Iterator[int]:
    """Cut a line with characters of no or of two cells."""
    start, used, space = span.start, 0, -1
    for offset in range(span.start, span.end):
        character = text[offset]
        used += get_character_cell_size(character)
        if character == " ":
            space = offset
        if used > width and offset > start and character != " ":
            start = space + 1 if space > start else offset
            yield start
            used = cell_len(text[start : offset + 1])
            if (
                used > width and offset > start
            ):  # a wide character did not fit behind the space either
                start, used = offset, get_character_cell_size(character)
                yield start
            space = -1
