"""A place in a long text and a selection from it, moved by characters, rows and units."""

from __future__ import annotations

from rich.cells import get_character_cell_size

from workbench.text.spans import Span
from workbench.tui.coding.text_units import Unit, Units
from workbench.tui.coding.wrapping import WrappedText


class TextCursor:
    """An offset between two characters, and where the selection that ends there began."""

    def __init__(self, offset: int = 0) -> None:
        """Stand somewhere, with nothing selected."""
        self.offset = offset
        self.anchor: int | None = None
        self._cell: int | None = None

    @property
    def selection(self) -> Span | None:
        """What is selected, if anything is."""
        if self.anchor is None or self.anchor == self.offset:
            return None
        return Span(min(self.anchor, self.offset), max(self.anchor, self.offset))

    def go(self, offset: int, *, select: bool = False) -> None:
        """Go to an offset; with ``select`` the words between are selected."""
        if not select:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.offset
        self.offset = offset
        self._cell = None

    def select(self, span: Span) -> None:
        """Select a span; the cursor stands behind it."""
        self.anchor, self.offset, self._cell = span.start, span.end, None

    def step(self, step: int, wrapped: WrappedText, *, select: bool) -> None:
        """Go a character on or back; without ``select`` a selection is left at that side."""
        selection = self.selection
        if selection is not None and not select:
            self.go(selection.end if step > 0 else selection.start)
            return
        text, offset = wrapped.text, self.offset + step
        # marks of no width belong to the letter before them
        while 0 < offset < len(text) and not get_character_cell_size(text[offset]):
            offset += step
        self.go(wrapped.settle(min(max(offset, 0), len(text)), step), select=select)

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
            self.go(here.end if here else length, select=True)
            return
        after = units.following(self.offset + 1, unit)
        self.go(after.start if after else length)
