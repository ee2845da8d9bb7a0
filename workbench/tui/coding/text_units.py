"""Words, sentences and turns as units to move and select by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from workbench.text.spans import LineIndex, Span
from workbench.text.turns import sentences, words

Unit = Literal["word", "sentence", "turn"]


class Units:
    """Finds the unit at a place and those beside it, line by line, so a long text costs nothing."""

    def __init__(self, text: str, lines: LineIndex, turns: Sequence[Span]) -> None:
        """Take a text.

        Args:
            text: all of it.
            lines: its lines.
            turns: the spans of its turns; without any, a line counts as a turn.
        """
        self._text = text
        self._lines = lines
        self._turns = turns or [lines.line(number) for number in range(len(lines))]

    def sentences_of(self, span: Span) -> list[Span]:
        """Return the sentences of a stretch of whole lines."""
        found = sentences(self._text[span.start : span.end])
        return [sentence.shifted(span.start) for sentence in found]

    def at(self, offset: int, unit: Unit) -> Span | None:
        """Return the unit at an offset, else the next one of its line, else the last one before."""
        if unit == "turn":
            place = bisect_right(self._turns, offset, key=lambda turn: turn.start) - 1
            return self._turns[max(place, 0)] if self._turns else None
        line = self._lines.position(offset)[0]
        units = self._of_line(line, unit)
        if not units:
            return self.following(offset, unit) or self.preceding(offset, unit)
        return next((found for found in units if found.end > offset), units[-1])

    def following(self, offset: int, unit: Unit) -> Span | None:
        """Return the first unit that begins at an offset or after it."""
        if unit == "turn":
            return next(
                (turn for turn in self._turns_from(offset, 1) if turn.start >= offset), None
            )
        for line in range(self._lines.position(offset)[0], len(self._lines)):
            for found in self._of_line(line, unit):
                if found.start >= offset:
                    return found
        return None

    def preceding(self, offset: int, unit: Unit) -> Span | None:
        """Return the last unit that begins before an offset."""
        if unit == "turn":
            return next(
                (turn for turn in self._turns_from(offset, -1) if turn.start < offset), None
            )
        for line in range(self._lines.position(offset)[0], -1, -1):
            for found in reversed(self._of_line(line, unit)):
                if found.start < offset:
                    return found
        return None

    def grown(
        self, selection: Span | None, cursor: int, unit: Unit, *, step: int = 1
    ) -> Span | None:
        """Return the selection grown by a unit.

        Nothing selected: the unit at the cursor. A selection that cuts units: the whole units. Else
        one unit more, behind it or before it.
        """
        if selection is None or not len(selection):
            return self.at(cursor, unit)
        first, last = self.at(selection.start, unit), self.at(selection.end - 1, unit)
        if first is None or last is None:
            return selection
        whole = first.hull(last).hull(selection)
        if whole != selection:
            return whole
        more = (
            self.following(selection.end, unit) if step > 0 else self.preceding(whole.start, unit)
        )
        return whole.hull(more) if more is not None else whole

    def _turns_from(self, offset: int, step: int) -> Sequence[Span]:
        place = max(bisect_right(self._turns, offset, key=lambda turn: turn.start) - 1, 0)
        return self._turns[place:] if step > 0 else self._turns[place::-1]

    def _of_line(self, line: int, unit: Unit) -> list[Span]:
        span = self._lines.line(line)
        cut = words if unit == "word" else sentences
        return [found.shifted(span.start) for found in cut(self._text[span.start : span.end])]
