"""How a transcript with its codings is drawn: times, tinted words, margin, cursor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.models.views import CodingView, TurnView
from workbench.text.spans import Span
from workbench.tui.coding.look import Look
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.coding.text_cursor import TextCursor
from workbench.tui.coding.wrapping import WrappedText
from workbench.tui.widgets.code_margin import CodeMargin
from workbench.tui.widgets.transcript_row import Gutter, Inks, Layer, draw_words
from workbench.tui.widgets.transcript_styles import PARTS, TranscriptStyles

_STRIPS_KEPT = 2_000
"""Rows kept as they were drawn; a transcript of two hours has 20,000."""


class TranscriptDrawing(ScrollView):
    """Draws the rows of one source; which rows there are is ``TranscriptCanvas``'s.

    Not a TextArea: that one wraps 100,000 words in 0.3 s, rebuilds a whole turn for each of its
    rows, and has no place for times and margin.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {f"transcript-view--{name}" for name in PARTS}
    DEFAULT_CSS = """
    TranscriptDrawing {
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
        .transcript-view--pause { color: $foreground-muted; }
        .transcript-view--folded { color: $foreground-muted; text-style: italic; }
        .transcript-view--playing { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
        .transcript-view--current { background: $panel; }
        .transcript-view--spot { background: $panel; color: $warning; text-style: bold; }
        .transcript-view--hit { color: $warning; text-style: bold underline; }
        .transcript-view--selection { background: $primary; color: $background; }
        .transcript-view--cursor, .transcript-view--edge { text-style: reverse; }
        &:nocolor {
            .transcript-view--coded { text-style: underline; }
            .transcript-view--current { text-style: bold; }
            .transcript-view--hit { text-style: bold reverse; }
        }
        &:ansi {
            .transcript-view--suspected { text-style: dim italic; }
            .transcript-view--question { text-style: dim; }
            .transcript-view--time { text-style: dim; }
            .transcript-view--spot { background: ansi_default; color: ansi_yellow; text-style: bold; }
            .transcript-view--pause { text-style: dim; }
            .transcript-view--folded { text-style: dim italic; }
            .transcript-view--playing { background: ansi_bright_black; color: ansi_bright_white; text-style: bold; }
            .transcript-view--current { background: ansi_default; text-style: bold; }
            .transcript-view--hit { background: ansi_yellow; color: ansi_black; }
            .transcript-view--selection { background: ansi_blue; color: ansi_bright_white; }
        }
        &:ansi:nocolor {
            .transcript-view--playing { text-style: bold reverse; }
            .transcript-view--hit { text-style: bold underline; }
            .transcript-view--selection { text-style: reverse; }
            .transcript-view--edge { text-style: bold underline; }
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Draw nothing yet."""
        super().__init__(id=id)
        self.source: OpenSource | None = None
        self.caret = TextCursor()
        self.look = Look()
        self.hits: Sequence[Span] = ()
        """Places found in the text, in order."""
        self.playing: Span | None = None
        """The word of the recording that is heard now."""
        self.spot: Span | None = None
        """What is asked about at the cursor, such as a doubtful word."""
        self._top: int | None = None
        self._left = Gutter({}, has_times=False)
        self._wrapped: WrappedText | None = None
        self._margin: CodeMargin | None = None
        self._margin_width = 0
        self._styles = TranscriptStyles(self)
        self._strips: dict[int, tuple[tuple[int, Style, int, object], Strip]] = {}
        """Rows as they were drawn: a key changes two or three of them."""
        self._theme = ""

    @property
    def selection(self) -> Span | None:
        """The selected words."""
        return self.caret.selection

    @property
    def codings_here(self) -> list[CodingView]:
        """The codings under the cursor, the closest first."""
        return self.source.index.at(self.caret.offset) if self.source else []

    def notify_style_update(self) -> None:
        """Forget the colours of the former theme; nothing else of the styles changes while one works."""
        if self._theme != self.app.theme:
            self._theme = self.app.theme
            self._styles.clear()
            self._strips.clear()
        super().notify_style_update()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the cursor or leave it out; no style depends on the focus, so none is worked out again."""
        self._refresh_changed()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        width = self.scrollable_content_region.width
        base = self.visual_style.rich_style
        row = y + int(self.scroll_offset.y)
        if self.source is None or self._wrapped is None or row >= len(self._wrapped):
            return Strip.blank(width, base)
        span = self._wrapped.span(row)
        columns = self.source.index.columns
        state = (width, base, columns, self._state_of(span, self.codings_here))
        known = self._strips.get(row)
        if known is None or known[0] != state:
            if len(self._strips) >= _STRIPS_KEPT:
                self._strips.clear()
            known = self._strips[row] = (state, self._draw(self.source, row, span, base))
        return known[1]

    def _refresh_changed(self) -> None:
        """Draw only the rows in sight that look different now."""
        if self._wrapped is None:
            return
        here = self.codings_here
        columns = self.source.index.columns if self.source is not None else 0
        top = int(self.scroll_offset.y)
        for row in range(top, min(top + self.size.height, len(self._wrapped))):
            known = self._strips.get(row)
            state = columns, self._state_of(self._wrapped.span(row), here)
            if known is None or known[0][2:] != state:
                self.refresh_lines(row)

    def _state_of(self, span: Span, codings: Sequence[CodingView]) -> object:
        """Return what may change in a row while its codings stay: cursor, selection, focus, hits."""
        here = [c.id for c in codings if c.start <= span.end and c.end >= span.start]
        offset = self.caret.offset
        cursor = (offset, self.has_focus) if span.start <= offset <= span.end else None
        chosen = self.selection
        selected = None
        if chosen is not None and chosen.start <= span.end and chosen.end >= span.start:
            selected = (max(chosen.start, span.start), min(chosen.end, span.end + 1))
        near = [
            place
            if place is not None and place.start <= span.end and place.end >= span.start
            else 0
            for place in (self.playing, self.spot)
        ]
        return here, cursor, selected, bool(here) and chosen is None, self.hits, near

    def _draw(self, source: OpenSource, row: int, span: Span, base: Style) -> Strip:
        wrapped, margin = self._wrapped, self._margin
        assert wrapped is not None  # noqa: S101 - asked only for a row that is shown
        assert margin is not None  # noqa: S101
        width = self.scrollable_content_region.width
        turn = source.turn_at(span.start)
        begins = turn is not None and span.start == turn.start and not wrapped.is_folded(row)
        number = source.turn_number(span.start) + 1
        segments = self._left.draw(
            turn if begins else None,
            number,
            base,
            self._styles.part("time"),
            self._styles.part("speaker"),
        )
        segments += draw_words(
            source.text,
            wrapped.pieces(row),
            wrapped.width + 1,
            end=span.end,
            layers=self._layers(source, span, turn),
            inks=Inks(
                base + self._turn_style(turn), base, lambda name: base + self._styles.part(name)
            ),
        )
        segments.append(Segment(" ", base))
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
        coded = self._styles.part("coded")
        layers: list[Layer] = [
            (c.start, c.end, self._styles.code(c.colour) + coded) for c in codings
        ]
        selection = self.selection
        here = self.codings_here
        if here and selection is None:
            layers.append((here[0].start, here[0].end, self._styles.part("current")))
        if self.spot is not None:
            layers.append((self.spot.start, self.spot.end, self._styles.part("spot")))
        if turn is not None:
            doubtful = self._styles.part("doubtful")
            layers += [(start, end, doubtful) for start, end in turn.doubtful]
        first = bisect_right(self.hits, span.start, key=lambda hit: hit.end)
        for number in range(first, len(self.hits)):
            hit = self.hits[number]
            if hit.start > span.end:
                break
            layers.append((hit.start, hit.end, self._styles.part("hit")))
        if self.playing is not None:
            layers.append((self.playing.start, self.playing.end, self._styles.part("playing")))
        if selection is not None:
            layers.append((selection.start, selection.end, self._styles.part("selection")))
        if self.has_focus:
            letter = self.caret.letter
            part = "cursor" if selection is None else "edge"
            layers.append((letter.start, letter.end, self._styles.part(part)))
        return layers
