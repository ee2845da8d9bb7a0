"""The names of the codes that meet at a place, as many as fit on one or two lines, each cut alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

_WIDTHS = (34, 26, 20, 16, 13, 11, 9)
"""Cells of a name, from all of it to enough to know it again."""

_GAP = "  "

Name = Callable[[int], Content]
"""Writes a name with its marks, cut to some cells."""


def name_lines(head: Content, names: Sequence[Name], width: int, *, lines: int) -> list[Content]:
    """Write names behind a few words, on as few lines and as little cut as possible.

    Args:
        head: what stands before the first name.
        names: the names in order.
        width: cells of a line.
        lines: how many lines there are.
    """
    for count in range(1, lines + 1):
        least = _WIDTHS[-1] if count == lines else _WIDTHS[2]
        for most in (cells for cells in _WIDTHS if cells >= least):
            filled = _fill(head, [name(most) for name in names], width, count)
            if filled is not None:
                return filled
    written = [name(_WIDTHS[-1]) for name in names]
    for shown in range(len(names) - 1, 0, -1):
        rest = Content.styled(f"+{len(names) - shown}", "$foreground-muted")
        filled = _fill(head, [*written[:shown], rest], width, lines)
        if filled is not None:
            return filled
    return [head]


def _fill(head: Content, names: Sequence[Content], width: int, lines: int) -> list[Content] | None:
    """Put the names on the lines one after another; None when they need more lines."""
    filled = [head]
    for name in names:
        gap = _GAP if filled[-1].cell_length else ""
        if filled[-1].cell_length + len(gap) + name.cell_length <= width:
            filled[-1] = Content.assemble(filled[-1], gap, name)
        elif len(filled) < lines and name.cell_length <= width:
            filled.append(name)
        else:
            return None
    return filled
