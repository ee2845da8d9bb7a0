"""What a view of a text shows otherwise than it is: left out, put in, folded away; positions stay the text's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.text.spans import Span

GAP = "gap"
"""The style of the place behind the last word of a line, when something is shown after it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row: words of the text, or something shown at an offset that is not in it."""

    start: int
    end: int
    shown: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Whole lines, and the sentence that stands for them."""

    span: Span
    text: str


class Changes:
    """The differences, found by line. Nothing of them is ever part of a quote."""

    def __init__(
        self,
        left_out: Sequence[Span] = (),
        put_in: Sequence[Piece] = (),
        folded: Sequence[Folded] = (),
    ) -> None:
        """Take the differences, each kind in the order of the text.

        Args:
            left_out: stretches inside lines that are not shown.
            put_in: what is shown before the word at an offset, or behind a line's last word.
            folded: whole lines that a sentence stands for.
        """
        self._left_out = left_out
        self._put_in = put_in
        self._folded = folded

    def __bool__(self) -> bool:
        return bool(self._left_out or self._put_in or self._folded)

    def fold_at(self, offset: int) -> Folded | None:
        """Return the folded lines an offset lies in."""
        place = bisect_right(self._folded, offset, key=lambda fold: fold.span.start) - 1
        found = self._folded[place] if place >= 0 else None
        return found if found is not None and offset <= found.span.end else None

    def folds_between(self, start: int, end: int) -> bool:
        """Tell whether a stretch holds words that are folded away."""
        place = bisect_right(self._folded, start, key=lambda fold: fold.span.end)
        return place < len(self._folded) and self._folded[place].span.start < end

    def left_out_at(self, offset: int) -> Span | None:
        """Return the stretch that is not shown and begins at an offset or before it."""
        place = bisect_right(self._left_out, offset, key=lambda span: span.start) - 1
        found = self._left_out[place] if place >= 0 else None
        return found if found is not None and offset < found.end else None

    def pieces(self, line: Span) -> list[Piece] | None:
        """Return what is shown of a line; None when it is shown as it is, nothing when not at all."""
        fold = self.fold_at(line.start)
        if fold is not None:
            begins = fold.span.start == line.start
            return [Piece(line.start, line.start, fold.text, "folded")] if begins else []
        first = bisect_right(self._left_out, line.start, key=lambda span: span.end)
        last = bisect_left(self._left_out, line.end, key=lambda span: span.start)
        more = bisect_left(self._put_in, line.start, key=lambda piece: piece.start)
        most = bisect_right(self._put_in, line.end, key=lambda piece: piece.start)
        if first >= last and more >= most:
            return None
        return _cut(line, self._left_out[first:last], self._put_in[more:most])


_TIE = "\N{NO-BREAK SPACE}"


def _cut(line: Span, left_out: Sequence[Span], put_in: Sequence[Piece]) -> list[Piece]:
    pieces: list[Piece] = []
    place = line.start
    events: list[tuple[int, int, Span | Piece]] = [(span.start, 0, span) for span in left_out]
    events += [(piece.start, 1, piece) for piece in put_in]
    for offset, _kind, event in sorted(events, key=lambda event: event[:2]):
        if offset > place:
            pieces.append(Piece(place, offset))
            place = offset
        if isinstance(event, Piece):
            shown = event.shown
            if offset == line.end and pieces and pieces[-1].start == offset:
                shown = f"{_TIE}{shown}"
            elif offset == line.end:
                pieces.append(Piece(offset, offset, _TIE, GAP))
            pieces.append(Piece(offset, offset, shown, event.style))
        else:
            place = max(place, event.end)
    if place < line.end:
        pieces.append(Piece(place, line.end))
    return pieces
