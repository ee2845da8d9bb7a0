"""A place in a long text and a selection from it, moved by letters, rows and units."""

from __future__ import annotations

from workbench.text.graphemes import letter_end, letter_start, next_letter, previous_letter
from workbench.text.spans import Span
from workbench.tui.coding.text_units import Unit, Units
from workbench.tui.coding.wrapping import WrappedText


class TextCursor:
    """An offset between two letters, and where the selection that ends there began.

    A letter of several characters, such as one with an accent or an emoji put together, is never cut.
    """

    def __init__(self, offset: int = 0, text: str = "") -> None:
        """Stand somewhere, with nothing selected.

        Args:
            offset: where.
            text: the text as it is stored, which tells what a letter is.
        """
        self.text = text
        self.offset = letter_start(text, offset)
        self.anchor: int | None = None
        self._cell: int | None = None

    @property
    def selection(self) -> Span | None:
        """What is selected, if anything is."""
        if self.anchor is None or self.anchor == self.offset:
            return None
        return Span(min(self.anchor, self.offset), max(self.anchor, self.offset))

    @property
    def letter(self) -> Span:
        """The letter the cursor stands on; a line break or the end of the text counts as one."""
        return Span(self.offset, max(self.offset + 1, next_letter(self.text, self.offset)))

    def go(self, offset: int, *, select: bool = False) -> None:
        """Go to an offset; with ``select`` the words between are selected."""
        if not select:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.offset
        self.offset = letter_start(self.text, offset)
        self._cell = None

    def select(self, span: Span) -> None:
        """Select a span; the cursor stands behind it."""
        self.anchor = letter_start(self.text, span.start)
        self.offset, self._cell = letter_end(self.text, span.end), None

    def step(self, step: int, wrapped: WrappedText, *, select: bool) -> None:
        """Go a letter on or back; without ``select`` a selection is left at that side."""
        selection = self.selection
        if selection is not None and not select:
            self.go(selection.end if step > 0 else selection.start)
            return
        text = self.text or wrapped.text
        offset = next_letter(text, self.offset) if step > 0 else previous_letter(text, self.offset)
        self.go(wrapped.settle(offset, step), select=select)

    def rows(self, step: int, wrapped: WrappedText, *, select: bool) -> None:
        """Go some rows on or back and stay in the same column as far as rows are long enough."""
        cell = wrapped.cell_of(self.offset) if self._cell is None else self._cell
        row = wrapped.row_of(self.offset) + step
        if row < 0:
            self.go(0, select=select)
        elif row >= len(wrapped):
            self.go(len(wrapped.text), select=select)
        else:
            self.go(wrapped.offset_at(row, cell), select=select)
        self._cell = cell

    def row_end(self, step: int, wrapped: WrappedText, *, select: bool) -> None:
        """Go to the beginning or the end of the row."""
        row = wrapped.row_of(self.offset)
        target = wrapped.span(row).start if step < 0 else wrapped.offset_at(row, wrapped.width + 1)
        self.go(target, select=select)

    def unit(
        self, step: int, unit: Unit, units: Units, wrapped: WrappedText, *, select: bool
    ) -> None:
        """Go to the beginning of the next or the former unit; selecting, to the end of this one."""
        self._unit(step, unit, units, length=len(wrapped.text), select=select)
        settled = wrapped.settle(self.offset, step)
        if settled != self.offset:
            self.go(settled, select=select)

    def _unit(self, step: int, unit: Unit, units: Units, *, length: int, select: bool) -> None:
        if step < 0:
            before = units.preceding(self.offset, unit)
            self.go(before.start if before else 0, select=select)
            return
        here = units.at(self.offset, unit)
        if select:
            if here is not None and here.end <= self.offset:
                here = units.following(self.offset, unit)
            self.go(letter_end(self.text, here.end) if here else length, select=True)
            return
        after = units.following(self.offset + 1, unit)
        # a unit may begin inside a letter, where the rules for words know less of a script
        self.go(letter_end(self.text, after.start) if after else length)
