"""A table that pages its rows from a source: a hundred thousand rows open at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.binding import Binding
from textual.cache import FIFOCache, LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.i18n import N_, _
from workbench.tui.widgets.row_layout import Column, ListSource, Row, RowSource, empty_line, line_of

__all__ = ["Column", "ListSource", "Row", "RowSource", "RowTable"]

_PAGE = 50
"""Rows asked for at once: more than a screen, few enough for a query of a millisecond."""

_PAGES_KEPT = 20


class RowTable(ScrollView, can_focus=True):
    """Rows with one cursor; Enter or a double click opens the row under it."""

    HELP = N_("A list. Arrow keys move, Enter opens, Home and End go to its ends.")
    COMPONENT_CLASSES = {
        "row-table--heading",
        "row-table--cursor",
        "row-table--cursor-blurred",
        "row-table--quiet",
        "row-table--empty",
    }
    DEFAULT_CSS = """
    RowTable {
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        .row-table--heading { color: $foreground-muted; }
        .row-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        .row-table--cursor-blurred { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
        .row-table--quiet { color: $foreground-muted; }
        .row-table--empty { color: $foreground-muted; }
        &:ansi {
            .row-table--cursor { background: ansi_bright_black; color: ansi_bright_white; text-style: bold underline; }
            .row-table--heading { text-style: dim; }
            .row-table--quiet { text-style: dim; }
        }
    }
    """
    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,ctrl+home", "first", show=False),
        Binding("end,ctrl+end", "last", show=False),
        Binding("enter", "open", N_("Open"), show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """Number of the row under the cursor."""

    @dataclass
    class Moved(Message):
        """The cursor came to another row, or to none in an empty table."""

        table: RowTable
        row: Row | None

        @property
        def control(self) -> RowTable:
            """The table, for ``@on`` selectors."""
            return self.table

    @dataclass
    class Opened(Message):
        """A row was opened by Enter or a double click."""

        table: RowTable
        row: Row

        @property
        def control(self) -> RowTable:
            """The table, for ``@on`` selectors."""
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource | None = None,
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Take the columns and where rows come from.

        Args:
            columns: from left to right.
            source: where rows come from; none yet means empty.
            empty: what belongs here and which key begins, marked with ``N_``.
            id: Textual's id.
            classes: Textual's classes.
        """
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.source: RowSource = source or ListSource()
        self.empty = empty
        self._count = 0
        self._standing: Any = None
        """The key of the row under the cursor."""
        self._pages: LRUCache[tuple[int, int], Sequence[Row]] = LRUCache(_PAGES_KEPT)
        self._drawn: FIFOCache[int, tuple[Row, object, Strip]] = FIFOCache(_PAGE)

    # -- data ----------------------------------------------------------------------------------

    def show(self, source: RowSource, *, key: Any = None) -> None:
        """Show another source, with the cursor on a known row if it is on the first pages.

        Args:
            source: where rows come from now.
            key: the row to stand on; without it, the row number stays.
        """
        self.source = source
        self.reload(key=key)

    def take_place_of(self, other: RowTable) -> None:
        """Stand where another list of the same rows stood, as soon as rows are there."""
        self.set_reactive(RowTable.cursor, other.cursor)
        self._standing = other._standing
        self.call_after_refresh(self._show_cursor)

    def reload(self, *, key: Any = None) -> None:
        """Ask the source again; the cursor stays on its row (or ``key``) where it can be found."""
        wanted = self._standing if key is None else key
        self._pages.clear()
        self._count = self.source.count()
        place = self.find(wanted)
        self._resize()
        self.refresh()
        before = self.cursor
        self.cursor = self.validate_cursor(self.cursor if place is None else place)
        if self.cursor == before:
            self._tell()

    def find(self, key: Any, *, within: int = 2_000) -> int | None:
        """Return the number of the row with a key, looking near the cursor and at the beginning."""
        if key is None:
            return None
        near = range(self.cursor // _PAGE, self.cursor // _PAGE + 2)
        for page in dict.fromkeys([*near, *range(within // _PAGE)]):
            for number, row in enumerate(self._page(page) if page * _PAGE < self._count else ()):
                if bool(row.key == key):
                    return int(page * _PAGE + number)
        return None

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.row_at(self.cursor)

    def row_at(self, number: int) -> Row | None:
        """Return a row by its number."""
        page = self._page(number // _PAGE) if 0 <= number < self._count else ()
        place = number % _PAGE
        return page[place] if place < len(page) else None

    def _page(self, page: int) -> Sequence[Row]:
        key = (page, self.scrollable_content_region.width)  # cells may be laid out for the width
        rows = self._pages.get(key)
        if rows is None:
            rows = self.source.rows(page * _PAGE, _PAGE)
            self._pages.set(key, rows)
        return rows

    # -- moving --------------------------------------------------------------------------------

    def validate_cursor(self, number: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(self._count - 1, number))

    def watch_cursor(self) -> None:
        """Show the row under the cursor and tell whoever listens."""
        self._show_cursor()
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        row = self.current
        self._standing = None if row is None else row.key
        self.post_message(self.Moved(self, row))

    def _show_cursor(self) -> None:
        if self._count:
            # the heading covers the first line of the view
            line = Region(0, self.cursor, 1, 1 + self._heading_height)
            self.scroll_to_region(line, animate=False, force=True, immediate=True)

    def action_move(self, step: int) -> None:
        """Go up or down."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Go a page up or down."""
        height = max(1, self.scrollable_content_region.height - self._heading_height - 1)
        self.cursor += step * height

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self._count - 1

    def action_open(self) -> None:
        """Open the row under the cursor."""
        row = self.current
        if row is not None:
            self.post_message(self.Opened(self, row))

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked on; a double click opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._heading_height:
            return
        number = offset.y - self._heading_height + int(self.scroll_offset.y)
        if 0 <= number < self._count:
            self.cursor = number
            if event.chain == 2:  # noqa: PLR2004 - a double click
                self.action_open()

    # -- drawing -------------------------------------------------------------------------------

    @property
    def _heading_height(self) -> int:
        return 1 if self._count and any(column.label for column in self.columns) else 0

    def on_mount(self) -> None:
        """Ask the source for the first time."""
        self.reload()

    def on_resize(self) -> None:
        """Fit the columns to the new width, and what was cut to the former one."""
        self._pages.clear()
        self._resize()

    def _resize(self) -> None:
        self.virtual_size = Size(
            self.scrollable_content_region.width, self._count + self._heading_height
        )

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view: the heading stays, the rows scroll under it."""
        width = self.scrollable_content_region.width
        base = self.visual_style
        if not self._count:
            style = self.get_visual_style("row-table--empty")
            return empty_line(_(self.empty) if self.empty else "", y, width, style)
        if y < self._heading_height:
            style = self.get_visual_style("row-table--heading")
            return self._line([_(c.label) if c.label else "" for c in self.columns], width, style)
        number = y - self._heading_height + int(self.scroll_offset.y)
        row = self.row_at(number)
        if row is None:
            return Strip.blank(width, base.rich_style)
        if number == self.cursor:
            focused = "row-table--cursor" if self.has_focus else "row-table--cursor-blurred"
            style = self.get_visual_style(focused)
        elif row.quiet:
            style = self.get_visual_style("row-table--quiet")
        else:
            style = base
        return self._row_line(number, row, width, style)

    def _row_line(self, number: int, row: Row, width: int, style: Any) -> Strip:
        """Return a row as it was drawn last, if nothing about it has changed; LRUCache would keep what it was first."""
        state = (width, style, self.app.theme, self.columns)
        known = self._drawn.get(number)
        # another row may be equal and yet have other colours: Textual compares the letters only
        if known is None or known[0] is not row or known[1] != state:
            known = self._drawn[number] = (row, state, self._line(row.cells, width, style))
        return known[2]

    def _line(self, cells: Sequence[str | Content], width: int, style: Any) -> Strip:
        return Strip(line_of(self.columns, cells, width).render_segments(style), width)
