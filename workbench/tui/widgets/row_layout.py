"""What a table's rows and columns are, and how cells become a line of a given width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from workbench.tui.display import clean_for_terminal, shorten_end, shorten_middle


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how wide, on which side, where long values are cut."""

    label: str = ""
    """Its heading, marked with ``N_``; a table in which all are empty has no heading line."""
    width: int = 0
    """Cells it takes; 0 shares what is left with the other flexible columns."""
    align: Literal["left", "right"] = "left"
    cut: Literal["end", "middle"] = "end"
    least: int = 0
    """Screen width below which the column is left out."""
    share: int = 0
    """Of a hundred cells of the table, how many it takes where that is more than its width."""

    def room(self, table: int) -> int:
        """Return how many cells it takes in a table of some width; 0 where it takes what is left."""
        return max(self.width, table * self.share // 100) if self.width else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a key to know it by, and its cells as text or as styled content."""

    key: Any
    cells: Sequence[str | Content]
    """One for each column; where there are fewer, the last one takes the rest of the line."""
    quiet: bool = False
    """Shown greyed, such as an archived thing."""


class RowSource(Protocol):
    """Where rows come from; called in the interface's thread, so a page must take milliseconds."""

    def count(self) -> int:
        """Return how many rows there are."""

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Return a page of rows."""


@dataclass(slots=True)
class ListSource:
    """Rows from a list, for short tables."""

    items: Sequence[Row] = field(default_factory=tuple)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.items)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Return a page of rows."""
        return self.items[offset : offset + limit]


def column_widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return each column's cells; 0 where a column is left out at this width."""
    kept = [column.least <= room for column in columns]
    gaps = 2 * max(0, sum(kept) - 1) + 2
    shared = [c.room(room) if keep else 0 for c, keep in zip(columns, kept, strict=True)]
    flexible = [number for number, c in enumerate(columns) if kept[number] and c.width == 0]
    rest = max(0, room - sum(shared) - gaps)
    for place, number in enumerate(flexible):
        extra = 1 if place < rest % len(flexible) else 0
        shared[number] = rest // len(flexible) + extra
    return shared


def line_of(columns: Sequence[Column], cells: Sequence[str | Content], width: int) -> Content:
    """Return cells side by side, exactly as wide as asked."""
    parts: list[Content] = [Content(" ")]
    widths = column_widths(columns, width)
    last = len(cells) - 1
    if last < len(widths) - 1:  # nothing follows: a sentence may run to the end of the line
        widths[last] = width - 2 - sum(w + 2 for w in widths[:last] if w)
    for column, room, cell in zip(columns, widths, cells, strict=False):
        if not room:
            continue
        if len(parts) > 1:
            parts.append(Content("  "))
        parts.append(_fitted(cell, column, room))
    return Content("").join(parts).truncate(width, pad=True)


def cut_cells(columns: Sequence[Column], cells: Sequence[str | Content], width: int) -> list[str]:
    """Return the cells that a line of this width cannot show whole; what it leaves out is not meant."""
    widths = column_widths(columns, width)
    if len(cells) < len(widths):
        widths[len(cells) - 1] = width - 2 - sum(w + 2 for w in widths[: len(cells) - 1] if w)
    texts = [cell.plain if isinstance(cell, Content) else cell for cell in cells]
    pairs = zip(texts, widths, strict=False)
    return [text.strip() for text, room in pairs if room and cell_len(text) > room]


def _fitted(cell: str | Content, column: Column, room: int) -> Content:
    """Return a cell exactly as wide as its column."""
    if isinstance(cell, Content):
        shown = cell.truncate(room, ellipsis=True)
    else:
        text = clean_for_terminal(cell)
        cut = shorten_middle if column.cut == "middle" else shorten_end
        shown = Content(cut(text, room))
    space = Content(" " * max(0, room - cell_len(shown.plain)))
    return Content("").join([space, shown] if column.align == "right" else [shown, space])


def empty_line(text: str, y: int, width: int, style: Style) -> Strip:
    """Return a line of a table without rows: what it says about that begins on the second one."""
    lines = Content(text).wrap(max(1, width - 2))
    if not 1 <= y <= len(lines):
        return Strip.blank(width, style.rich_style)
    line = Content("").join([Content(" "), lines[y - 1]]).truncate(width, pad=True)
    return Strip(line.render_segments(style), width)
