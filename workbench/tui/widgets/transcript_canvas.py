"""How a transcript with its codings is laid out, and what of it is in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.geometry import Region, Size
from textual.message import Message

from workbench.text.spans import Span
from workbench.tui.coding.look import Look
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.coding.text_cursor import TextCursor
from workbench.tui.coding.wrapping import WrappedText
from workbench.tui.widgets.code_margin import CodeMargin
from workbench.tui.widgets.transcript_drawing import TranscriptDrawing
from workbench.tui.widgets.transcript_row import Gutter, short_labels, view_widths


class TranscriptCanvas(TranscriptDrawing):
    """Lays out one source; moving and selecting is ``TranscriptView``'s."""

    @dataclass
    class Moved(Message):
        """The cursor, the selection or the codings under them changed."""

        view: TranscriptCanvas

    @dataclass
    class Recoded(Moved):
        """Codings came, went or changed; who handles ``Moved`` hears of it as well."""

        lines: tuple[int, ...] | None
        """The lines they touch; None when all of them were read anew."""

    # -- what is shown -------------------------------------------------------------------------

    def show(
        self,
        source: OpenSource,
        *,
        cursor: int = 0,
        top: int | None = None,
        look: Look | None = None,
    ) -> None:
        """Show a source.

        Args:
            source: which one.
            cursor: where the cursor stands.
            top: an offset on the first row to be seen; without it, what is around the cursor.
            look: how; without it, as the source before.
        """
        self.source = source
        self.hits = ()
        self.playing = self.spot = None
        self.look = look or self.look
        self.caret = TextCursor(min(max(cursor, 0), len(source.text)), source.stored)
        self._top = top if top is not None else -1
        self._lay_out()

    def clear(self) -> None:
        """Show nothing any more."""
        self.source = self._wrapped = self._margin = None
        self.hits = ()
        self.caret = TextCursor()
        self._strips.clear()
        self.refresh()

    def on_unmount(self) -> None:
        """Let the source go: what of a closed screen is still in memory must not hold it."""
        self.clear()

    def change_look(self, look: Look) -> None:
        """Show the same source in another way; the first row in sight stays in sight."""
        if self._wrapped is not None and self._top is None:
            self._top = self.top
        self.look = look
        self._lay_out()

    def _lay_out(self) -> None:
        if self.source is None:
            return
        has_times = self.source.has_times and self.look.times
        records = 0 if self.source.has_times else len(self.source.turns)
        labels = short_labels(self.source.speakers)
        self._left = Gutter(labels, has_times=has_times, records=records)
        self._wrapped = None
        self._fit()
        self.refresh()

    def on_resize(self) -> None:
        """Fit the rows to the new width; the first one in sight stays in sight."""
        if self._wrapped is not None and self._top is None:
            self._top = self.top
        self._fit()

    def _fit(self) -> None:
        width = self.scrollable_content_region.width
        if self.source is None or width <= 0:
            return
        words, margin = view_widths(width, self._left.width, names=self.look.names)
        if margin != self._margin_width:
            self._margin_width = margin
            self._strips.clear()
        if self._wrapped is None or self._wrapped.width != words - 1:
            # one cell is kept for the cursor behind the last word of a row
            changes = self.look.changes(self.source)
            self._wrapped = WrappedText(self.source.text, self.source.lines, words - 1, changes)
            if self.caret.selection is None:
                self.caret.go(self._wrapped.settle(self.caret.offset))
            self._margin = CodeMargin(self.source.index, self._wrapped)
            self._strips.clear()
            self.refresh()  # of the same height as before, nothing else draws them
        self.virtual_size = Size(width, len(self._wrapped))
        if self._top is not None:
            if self._top >= 0:
                row = self._wrapped.row_of(min(self._top, len(self.source.text)))
                self.scroll_to(y=row, animate=False, force=True, immediate=True)
                self.show_caret()
            else:
                selection = self.caret.selection
                self._center(selection.start if selection else self.caret.offset)
            self._top = None

    def codings_changed(self, lines: Iterable[int] | None = None) -> None:
        """Draw the codings as they are now and tell of it; without lines they were all read anew."""
        touched = None if lines is None else tuple(lines)
        self.redraw_codings(touched)
        self.post_message(self.Recoded(self, touched))

    def redraw_codings(self, lines: Iterable[int] | None) -> None:
        """Draw the codings as they are now; without lines they were all read anew."""
        if self._margin is None or self.source is None or self._wrapped is None:
            return
        if lines is None:
            self._margin = CodeMargin(self.source.index, self._wrapped)
            self._strips.clear()
        else:
            for line in lines:
                self._margin.forget(line)
                for row in self._wrapped.rows_of_line(line):
                    self._strips.pop(row, None)
        if lines is None:
            self.refresh()
        else:
            self._refresh_changed()

    @property
    def top(self) -> int:
        """The offset at which the first row in sight begins."""
        if self._wrapped is None:
            return max(self._top or 0, 0)
        row = min(int(self.scroll_offset.y), len(self._wrapped) - 1)
        return self._wrapped.span(max(row, 0)).start

    def show_playing(self, span: Span | None, *, follow: bool) -> None:
        """Show the word that is heard now.

        Args:
            span: where it stands; None when nothing is heard.
            follow: whether to keep it in sight, with the cursor on it.
        """
        if span == self.playing:
            return
        self.playing = span
        if span is not None and follow:
            self.caret.go(self._wrapped.settle(span.start) if self._wrapped else span.start)
            self._moved(center=True)
        else:
            self._refresh_changed()

    def show_spot(self, span: Span | None) -> None:
        """Show what is asked about at the cursor."""
        if span != self.spot:
            self.spot = span
            self._refresh_changed()

    def hides(self, span: Span) -> bool:
        """Tell whether some of these words are folded away."""
        return self._wrapped is not None and self._wrapped.changes.folds_between(
            span.start, span.end
        )

    def _moved(self, *, center: bool = False) -> None:
        before = self.scroll_offset
        self.show_caret(center=center)
        if self.scroll_offset == before:
            self._refresh_changed()
        else:
            self.refresh()
        self.post_message(self.Moved(self))

    def bring(self, span: Span) -> None:
        """Select words that somebody comes to from elsewhere, or go there; what is around is in sight."""
        if len(span):
            self.caret.select(span)
        else:
            self.caret.go(self._wrapped.settle(span.start) if self._wrapped else span.start)
        self._top = -1
        self._fit()
        self.refresh()
        self.post_message(self.Moved(self))

    def _center(self, offset: int) -> None:
        """Scroll so that a third of the rows in sight are before the one of an offset."""
        if self._wrapped is not None:
            height = self.scrollable_content_region.height
            top = max(0, self._wrapped.row_of(offset) - height // 3)
            self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def lift(self, rows: int) -> None:
        """Scroll so that the cursor is in sight above the lowest rows, which something may cover."""
        if self._wrapped is not None:
            row = self._wrapped.row_of(self.caret.offset)
            room = max(1, self.scrollable_content_region.height - rows)
            if row - int(self.scroll_offset.y) >= room:
                top = row - room // 2
                self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def show_caret(self, *, center: bool = False) -> None:
        """Scroll so that the cursor is in sight."""
        if self._wrapped is not None:
            row = self._wrapped.row_of(self.caret.offset)
            height = self.scrollable_content_region.height
            seen = int(self.scroll_offset.y) <= row < int(self.scroll_offset.y) + height
            if center and not seen:
                self._center(self.caret.offset)
            else:
                place = Region(0, row, 1, 1)
                self.scroll_to_region(place, animate=False, force=True, immediate=True)
