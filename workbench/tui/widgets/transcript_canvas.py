"""How a transcript with its codings is laid out and drawn: times, tinted words, margin, cursor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.i18n import _
from workbench.models.views import CodingView, TurnView
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.coding.text_cursor import TextCursor
from workbench.tui.coding.wrapping import WrappedText
from workbench.tui.display import shorten_end
from workbench.tui.widgets.code_margin import CodeMargin
from workbench.tui.widgets.transcript_row import (
    Gutter,
    Layer,
    draw_words,
    short_labels,
    view_widths,
)
from workbench.tui.widgets.transcript_styles import PARTS, TranscriptStyles


class TranscriptCanvas(ScrollView):
    """Draws one source; moving and selecting is ``TranscriptView``'s.

    Not a TextArea: that one wraps 100,000 words in 0.3 s, rebuilds a whole turn for each of its
    rows, and has no place for times and margin.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {f"transcript-view--{name}" for name in PARTS}
    DEFAULT_CSS = """
    TranscriptCanvas {
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: scroll;
        .transcript-view--time { color: $foreground-muted; }
        .transcript-view--speaker { color: $foreground-muted; text-style: bold; }
        .transcript-view--question { color: $foreground-muted; }
        .transcript-view--suspected { color: $foreground-muted; text-style: italic; }
        .transcript-view--doubtful { text-style: underline; }
        .transcript-view--note { color: $warning; }
        .transcript-view--current { background: $panel; }
        .transcript-view--hit { color: $warning; text-style: bold underline; }
        .transcript-view--selection { background: $primary; color: $background; }
        .transcript-view--cursor { text-style: reverse; }
        &:ansi {
            .transcript-view--suspected { text-style: dim italic; }
            .transcript-view--question { text-style: dim; }
            .transcript-view--time { text-style: dim; }
            .transcript-view--current { background: ansi_default; text-style: bold; }
            .transcript-view--hit { background: ansi_yellow; color: ansi_black; }
            .transcript-view--selection { background: ansi_blue; color: ansi_bright_white; }
        }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor, the selection or the codings under them changed."""

        view: TranscriptCanvas

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Draw nothing yet."""
        super().__init__(id=id)
        self.source: OpenSource | None = None
        self.caret = TextCursor()
        self.hits: Sequence[Span] = ()
        """Places found in the text, in order."""
        self._top: int | None = None
        self._left = Gutter({}, has_times=False)
        self._wrapped: WrappedText | None = None
        self._margin: CodeMargin | None = None
        self._margin_width = 0
        self._styles = TranscriptStyles(self)
        self._strips: dict[int, tuple[tuple[int, Style, bool, object], Strip]] = {}
        """Rows as they were drawn: a key changes two or three of them."""

    # -- what is shown -------------------------------------------------------------------------

    def show(self, source: OpenSource, *, cursor: int = 0, top: int | None = None) -> None:
        """Show a source.

        Args:
            source: which one.
            cursor: where the cursor stands.
            top: an offset on the first row to be seen; without it, the cursor's row is in sight.
        """
        self.source = source
        self.hits = ()
        self.caret = TextCursor(min(max(cursor, 0), len(source.text)))
        self._top = top if top is not None else -1
        self._left = Gutter(short_labels(source.speakers), has_times=source.has_times)
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
        words, self._margin_width = view_widths(width, self._left.width)
        if self._wrapped is None or self._wrapped.width != words - 1:
            # one cell is kept for the cursor behind the last word of a row
            self._wrapped = WrappedText(self.source.text, self.source.lines, words - 1)
            self._margin = CodeMargin(self.source.index, self._wrapped)
            self._strips.clear()
        self.virtual_size = Size(width, len(self._wrapped))
        if self._top is not None:
            if self._top >= 0:
                row = self._wrapped.row_of(min(self._top, len(self.source.text)))
                self.scroll_to(y=row, animate=False, force=True, immediate=True)
            self._top = None
            self.show_caret()

    def codings_changed(self, lines: Iterable[int] | None = None) -> None:
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
        self.refresh()
        self.post_message(self.Moved(self))

    @property
    def top(self) -> int:
        """The offset at which the first row in sight begins."""
        if self._wrapped is None:
            return max(self._top or 0, 0)
        row = min(int(self.scroll_offset.y), len(self._wrapped) - 1)
        return self._wrapped.span(max(row, 0)).start

    @property
    def selection(self) -> Span | None:
        """The selected words."""
        return self.caret.selection

    @property
    def codings_here(self) -> list[CodingView]:
        """The codings under the cursor, the closest first."""
        return self.source.index.at(self.caret.offset) if self.source else []

    def _moved(self, *, center: bool = False) -> None:
        before = self.scroll_offset
        self.show_caret(center=center)
        if self.scroll_offset == before:
            self._refresh_changed()
        else:
            self.refresh()
        self.post_message(self.Moved(self))

    def show_caret(self, *, center: bool = False) -> None:
        """Scroll so that the cursor is in sight."""
        if self._wrapped is not None:
            row = self._wrapped.row_of(self.caret.offset)
            height = self.scrollable_content_region.height
            seen = int(self.scroll_offset.y) <= row < int(self.scroll_offset.y) + height
            if center and not seen:
                top = max(0, row - height // 3)
                self.scroll_to(y=top, animate=False, force=True, immediate=True)
            else:
                place = Region(0, row, 1, 1)
                self.scroll_to_region(place, animate=False, force=True, immediate=True)

    # -- drawing -------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget the colours of the former theme."""
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        width = self.scrollable_content_region.width
        base = self.visual_style.rich_style
        row = y + int(self.scroll_offset.y)
        if self.source is None or self._wrapped is None or row >= len(self._wrapped):
            return Strip.blank(width, base)
        span = self._wrapped.span(row)
        state = (width, base, self.has_focus, self._state_of(span, self.codings_here))
        known = self._strips.get(row)
        if known is None or known[0] != state:
            known = self._strips[row] = (state, self._draw(self.source, row, span, base))
        return known[1]

    def _refresh_changed(self) -> None:
        """Draw only the rows in sight that look different now."""
        if self._wrapped is None:
            return
        here = self.codings_here
        top = int(self.scroll_offset.y)
        for row in range(top, min(top + self.size.height, len(self._wrapped))):
            known = self._strips.get(row)
            if known is None or known[0][3] != self._state_of(self._wrapped.span(row), here):
                self.refresh_lines(row)

    def _state_of(self, span: Span, codings: Sequence[CodingView]) -> object:
        """Return what may change in a row while its codings stay: cursor, selection, hits."""
        here = [c.id for c in codings if c.start <= span.end and c.end >= span.start]
        offset = self.caret.offset
        cursor = offset if span.start <= offset <= span.end else None
        chosen = self.selection
        selected = None
        if chosen is not None and chosen.start <= span.end and chosen.end >= span.start:
            selected = (max(chosen.start, span.start), min(chosen.end, span.end + 1))
        return here, cursor, selected, chosen is None, id(self.hits)

    def _draw(self, source: OpenSource, row: int, span: Span, base: Style) -> Strip:
        wrapped, margin = self._wrapped, self._margin
        assert wrapped is not None  # noqa: S101 - asked only for a row that is shown
        assert margin is not None  # noqa: S101
        width = self.scrollable_content_region.width
        turn = source.turn_at(span.start)
        begins = turn is not None and span.start == turn.start
        segments = self._left.draw(
            turn if begins else None, base, self._styles.part("time"), self._styles.part("speaker")
        )
        words = base + self._turn_style(turn)
        layers = self._layers(source, span, turn)
        segments += draw_words(
            source.text, span, wrapped.width + 1, base=words, layers=layers, blank=base
        )
        segments.append(Segment(" ", base))
        if begins and turn is not None and turn.suspected:
            note = shorten_end(_("! perhaps not said"), self._margin_width)
            segments.append(
                Segment(note.ljust(self._margin_width), base + self._styles.part("note"))
            )
        else:
            segments += margin.draw(
                row, self._margin_width, colour=self._styles.code, base=base, current=self._current
            )
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def _current(self) -> frozenset[str]:
        return frozenset(coding.id for coding in self.codings_here)

    def _turn_style(self, turn: TurnView | None) -> Style:
        if turn is not None and turn.suspected:
            return self._styles.part("suspected")
        if turn is not None and self.source is not None and self.source.is_question(turn):
            return self._styles.part("question")
        return Style.null()

    def _layers(self, source: OpenSource, span: Span, turn: TurnView | None) -> list[Layer]:
        """Return what is drawn over the words of a row, from the lowest to the highest."""
        codings = sorted(
            source.index.between(span.start, span.end), key=lambda c: (c.start - c.end, c.id)
        )
        layers: list[Layer] = [(c.start, c.end, self._styles.code(c.colour)) for c in codings]
        selection = self.selection
        here = self.codings_here
        if here and selection is None:
            layers.append((here[0].start, here[0].end, self._styles.part("current")))
        if turn is not None:
            doubtful = self._styles.part("doubtful")
            layers += [(start, end, doubtful) for start, end in turn.doubtful]
        first = bisect_right(self.hits, span.start, key=lambda hit: hit.end)
        for hit in self.hits[first:]:
            if hit.start > span.end:
                break
            layers.append((hit.start, hit.end, self._styles.part("hit")))
        if selection is not None:
            layers.append((selection.start, selection.end, self._styles.part("selection")))
        if self.has_focus:
            offset = self.caret.offset
            layers.append((offset, offset + 1, self._styles.part("cursor")))
        return layers
