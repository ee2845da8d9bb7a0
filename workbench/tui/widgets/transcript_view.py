"""The transcript to be coded: a cursor and a selection, moved by keys and by the mouse."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.geometry import Offset
from textual.timer import Timer

from workbench.i18n import N_, _
from workbench.text.spans import Span
from workbench.tui.coding.text_units import Unit
from workbench.tui.widgets.transcript_canvas import TranscriptCanvas

_CLICKS: dict[int, Unit] = {2: "word", 3: "sentence", 4: "turn"}
"""What so many clicks in a row select."""

_SCROLLS_S = 0.05
"""How often the text scrolls on while the mouse is held beyond an edge."""


class TranscriptView(TranscriptCanvas, can_focus=True):
    """Shows one source; the cursor is an offset, the selection a span of offsets."""

    HELP = N_(
        "The transcript. Arrows move, with Ctrl by words and turns, with Alt by sentences; with Shift "
        "they select. With the mouse: drag, also beyond the edge; two clicks for a word, three for a "
        "sentence, four or a click on the time for the turn; with Shift up to there. A click in the "
        "margin goes to the quote."
    )
    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "rows(-1)", show=False),
        Binding("down", "rows(1)", show=False),
        Binding("pageup", "pages(-1)", show=False),
        Binding("pagedown", "pages(1)", show=False),
        Binding("home", "row_end(-1)", show=False),
        Binding("end", "row_end(1)", show=False),
        Binding("ctrl+home", "text_end(-1)", show=False),
        Binding("ctrl+end", "text_end(1)", show=False),
        Binding("ctrl+left", "unit(-1,'word')", show=False),
        Binding("ctrl+right", "unit(1,'word')", show=False),
        Binding("alt+left", "unit(-1,'sentence')", show=False),
        Binding("alt+right", "unit(1,'sentence')", show=False),
        Binding("ctrl+up", "unit(-1,'turn')", show=False),
        Binding("ctrl+down", "unit(1,'turn')", show=False),
        Binding("shift+left", "step(-1,True)", show=False),
        Binding("shift+right", "step(1,True)", show=False),
        Binding("shift+up", "rows(-1,True)", show=False),
        Binding("shift+down", "rows(1,True)", show=False),
        Binding("shift+pageup", "pages(-1,True)", show=False),
        Binding("shift+pagedown", "pages(1,True)", show=False),
        Binding("shift+home", "row_end(-1,True)", show=False),
        Binding("shift+end", "row_end(1,True)", show=False),
        Binding("ctrl+shift+left", "unit(-1,'word',True)", show=False),
        Binding("ctrl+shift+right", "unit(1,'word',True)", show=False),
        Binding("alt+shift+left", "unit(-1,'sentence',True)", show=False),
        Binding("alt+shift+right", "unit(1,'sentence',True)", show=False),
        Binding("ctrl+shift+up", "unit(-1,'turn',True)", show=False),
        Binding("ctrl+shift+down", "unit(1,'turn',True)", show=False),
        Binding("ctrl+shift+home", "text_end(-1,True)", show=False),
        Binding("ctrl+shift+end", "text_end(1,True)", show=False),
        Binding("ctrl+c", "copy", show=False),
    ]

    _dragged_to: Offset | None = None
    """Where the mouse was last while its button is held."""
    _scrolling: Timer | None = None

    # -- moving --------------------------------------------------------------------------------

    def select(self, span: Span) -> None:
        """Select words."""
        self.caret.select(span)
        self._moved()

    def go(self, offset: int, *, select: bool = False, center: bool = False) -> None:
        """Go to an offset; where the words there are not shown, to the nearest that are."""
        if self._wrapped is not None:
            offset = self._wrapped.settle(offset)
        self.caret.go(offset, select=select)
        self._moved(center=center)

    def unselect(self) -> None:
        """Select nothing; the cursor goes to where the selection began."""
        selection = self.selection
        self.caret.go(selection.start if selection else self.caret.offset)
        self._moved()

    def grow(self, unit: Unit, step: int = 1) -> None:
        """Select the unit at the cursor, or one more."""
        if self.source is None:
            return
        grown = self.source.units.grown(self.selection, self.caret.offset, unit, step=step)
        if grown is not None and len(grown):
            self.select(grown)

    def action_step(self, step: int, select: bool = False) -> None:
        """Go a character on or back."""
        if self._wrapped is not None:
            self.caret.step(step, self._wrapped, select=select)
            self._moved()

    def action_rows(self, step: int, select: bool = False) -> None:
        """Go a row down or up."""
        if self._wrapped is not None:
            self.caret.rows(step, self._wrapped, select=select)
            self._moved()

    def action_pages(self, step: int, select: bool = False) -> None:
        """Go a page down or up."""
        height = max(1, self.scrollable_content_region.height - 2)
        self.action_rows(step * height, select)

    def action_row_end(self, step: int, select: bool = False) -> None:
        """Go to the beginning or the end of the row."""
        if self._wrapped is not None:
            self.caret.row_end(step, self._wrapped, select=select)
            self._moved()

    def action_text_end(self, step: int, select: bool = False) -> None:
        """Go to the beginning or the end of the text."""
        if self.source is not None:
            self.go(0 if step < 0 else len(self.source.text), select=select)

    def action_unit(self, step: int, unit: Unit, select: bool = False) -> None:
        """Go a word, a sentence or a turn on or back."""
        if self.source is not None and self._wrapped is not None:
            self.caret.unit(step, unit, self.source.units, self._wrapped, select=select)
            self._moved()

    def action_copy(self) -> None:
        """Copy the selected words."""
        selection = self.selection
        if selection is not None and self.source is not None:
            self.app.copy_to_clipboard(self.source.stored[selection.start : selection.end])
            self.app.notify(_("Copied."), markup=False)

    # -- the mouse -----------------------------------------------------------------------------

    def _place(self, x: int, y: int) -> int:
        """Return the offset nearest to a cell of the view."""
        assert self._wrapped is not None  # noqa: S101 - asked only when something is shown
        row = min(max(y + int(self.scroll_offset.y), 0), len(self._wrapped) - 1)
        return self._wrapped.offset_at(row, max(0, x - self._left.width))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select; beside the words choose the turn or the quote."""
        offset = event.get_content_offset(self)
        if self._wrapped is None or self.source is None or offset is None or event.button != 1:
            return
        row = offset.y + int(self.scroll_offset.y)
        words_end = self._left.width + self._wrapped.width + 1
        if row >= len(self._wrapped):
            return
        if offset.x < self._left.width or event.meta:
            self._select_unit(self._wrapped.span(row).start, "turn")
        elif offset.x > words_end:
            self._choose_in_margin(row, offset.x - words_end - 1)
        else:
            self.go(self._place(offset.x, offset.y), select=event.shift)
            self._dragged_to = offset
            self.capture_mouse()

    def _select_unit(self, offset: int, unit: Unit) -> None:
        found = self.source.units.at(offset, unit) if self.source is not None else None
        if found is not None and len(found):
            self.select(found)

    def _choose_in_margin(self, row: int, cell: int) -> None:
        coding = self._margin.found_at(row, cell, self._margin_width) if self._margin else None
        if coding is not None:
            self.go(coding.start, center=True)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to where the mouse is; beyond an edge the text scrolls for as long as it stays there."""
        if self._dragged_to is None or self._wrapped is None:
            return
        offset = event.get_content_offset_capture(self)
        if offset == self._dragged_to:
            return
        self._dragged_to = offset
        if 0 <= offset.y < self.scrollable_content_region.height:
            self._stop_scrolling()
            self.go(self._place(offset.x, offset.y), select=True)
        elif self._scrolling is None:
            self._scroll_on()
            self._scrolling = self.set_interval(_SCROLLS_S, self._scroll_on)

    def _scroll_on(self) -> None:
        """Go on selecting beyond the edge the mouse is held at, the faster the further away it is."""
        if self._dragged_to is None or self._wrapped is None:
            return
        x, y = self._dragged_to
        height = self.scrollable_content_region.height
        beyond = y if y < 0 else y - height + 1
        self.scroll_relative(y=beyond, animate=False, force=True, immediate=True)
        self.go(self._place(x, 0 if y < 0 else height - 1), select=True)

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def on_mouse_up(self) -> None:
        """Keep what was selected."""
        if self._dragged_to is not None:
            self._dragged_to = None
            self._stop_scrolling()
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word with two clicks, the sentence with three, the turn with four."""
        offset = event.get_content_offset(self)
        if self.source is None or self._wrapped is None or offset is None:
            return
        inside = self._left.width <= offset.x <= self._left.width + self._wrapped.width
        if inside and event.chain in _CLICKS and not event.shift:
            self._select_unit(self._place(offset.x, offset.y), _CLICKS[event.chain])
