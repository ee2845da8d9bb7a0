"""Rows of tables in documents: "speaker | words" and "time | speaker | words" are turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.interchange.turn_tables import is_heading

_LONGEST_LABEL = 40  # characters in the first cell of a row "speaker | words"
_MOST_LABELS = 2  # time and speaker


def row_lines(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a row, each cell given as its lines; a heading of known columns gives none."""
    filled = [cell for cell in cells if any(line.strip() for line in cell)]
    if filled and all(len(cell) == 1 for cell in filled) and is_heading([c[0] for c in filled]):
        return
    *labels, words = filled or [[]]
    short = all(len(label) == 1 and len(label[0]) <= _LONGEST_LABEL for label in labels)
    if labels and short and len(labels) <= _MOST_LABELS:
        head = " ".join(label[0].strip().rstrip(":") for label in labels)
        yield f"{head}: {words[0]}" if words else head
        yield from words[1:]
    else:
        for cell in filled:
            yield from cell
