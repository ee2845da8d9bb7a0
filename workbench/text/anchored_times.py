"""Keeping the times of a turn's words while its text is edited."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.text.anchoring import Anchors
from workbench.text.fold import fold
from workbench.text.spans import Span
from workbench.text.splices import Splice

_LETTER = re.compile(r"[^\W_]")
_CHUNK = re.compile(r"\S+")

Row = list[float]
"""``[start, end, start_ms, end_ms, probability]`` of a word of a turn."""


@dataclass
class _Group:
    """New words that stand together with the old rows that became them."""

    hull: Span
    chunks: list[Span]
    rows: list[Row]
    said: str = ""
    """What the rows said."""
    clean: bool = True
    first: int = 0
    last: int = 0
    """The places of its first and last row among all."""

    def is_stable(self, new: str) -> bool:
        """Tell whether the words are the same as before, be it with another sign or capital."""
        return self.clean or (
            len(self.rows) == len(self.chunks) == 1
            and _letters(self.said) == _letters(self.hull.of(new))
        )


def anchored_rows(
    rows: Sequence[Row],
    splices: Sequence[Splice],
    *,
    old: str,
    new: str,
    start_ms: int | None = None,
    end_ms: int | None = None,
) -> list[Row]:
    """Return the times of a turn's words after changes of its text.

    Untouched words keep theirs. Words that replace others share the time of these, evenly by letters;
    words that are new take what lies between their neighbours. A person typed them: nobody doubts them.

    Args:
        rows: the words before the changes; a turn without word times gets none.
        splices: the changes, in the turn's own offsets.
        old: the turn's text before them.
        new: its text after them.
        start_ms: when the turn begins, for words put in before all others.
        end_ms: when it ends, for words put in behind all others.
    """
    if not rows or not splices:
        return [list(row) for row in rows]
    result: list[Row] = []
    waiting: list[_Group] = []
    before = start_ms if start_ms is not None else int(rows[0][2])
    for group in _groups(rows, splices, old, new):
        if group.rows and group.is_stable(new):
            result += _placed(waiting, new, before, int(group.rows[0][2]))
            result += _timed(group, new)
            waiting, before = [], int(group.rows[-1][3])
        elif group.rows or not group.clean:
            waiting.append(group)
    last = result[-1][2] if result else before
    until = before if end_ms is None else max(end_ms, int(last))
    return result + _placed(waiting, new, before, until)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows of which none begins before the one before it, as when speakers overlap who become one."""
    result: list[Row] = []
    for start, end, start_ms, end_ms, probability in rows:
        begins = max(start_ms, result[-1][2]) if result else start_ms
        result.append([start, end, begins, max(end_ms, begins), probability])
    return result


def _groups(rows: Sequence[Row], splices: Sequence[Splice], old: str, new: str) -> list[_Group]:
    """Bring old rows and new words together, in order; a group is clean when nothing was changed in it."""
    anchors = Anchors(splices)
    chunks = (Span(*chunk.span()) for chunk in _CHUNK.finditer(new))
    groups = [_Group(chunk, [chunk], []) for chunk in chunks]
    gone: list[_Group] = []
    for number, row in enumerate(rows):
        span = Span(int(row[0]), int(row[1]))
        moved = anchors.moved(span)
        first = bisect_right(groups, moved.start, key=lambda group: group.hull.end)
        last = bisect_left(groups, moved.end, key=lambda group: group.hull.start)
        here = [moved.start, moved.end, *row[2:]]
        if not len(moved) or first >= last:
            hull = Span(moved.start, moved.start)
            gone.append(_Group(hull, [], [here], clean=False, first=number, last=number))
            continue
        joined = groups[first:last]
        held = [row for group in joined for row in group.rows]
        groups[first:last] = [
            _Group(
                joined[0].hull.hull(joined[-1].hull),
                [chunk for group in joined for chunk in group.chunks],
                [*held, here],
                "".join(group.said for group in joined) + span.of(old),
                all(group.clean for group in joined) and not anchors.touches(span),
                next((group.first for group in joined if group.rows), number),
                number,
            )
        ]
    _mark_changed(groups, splices)
    return list(_in_order(groups, gone))


def _in_order(groups: list[_Group], gone: list[_Group]) -> Iterator[_Group]:
    """Yield groups in the order of the text, and rows without words in the order they were said."""
    waiting = deque(gone)
    for group in groups:
        while group.rows and waiting and waiting[0].first < group.last:
            lost = waiting.popleft()
            if lost.first < group.first:
                yield lost
        yield group
    yield from waiting


def _mark_changed(groups: list[_Group], splices: Sequence[Splice]) -> None:
    """Mark the groups that something was put into, or whose words grew together."""
    by = 0
    for splice in splices:
        start = splice.start + by
        by += splice.delta
        place = bisect_right(groups, start, key=lambda group: group.hull.end)
        while place < len(groups) and groups[place].hull.start < start + len(splice.text):
            groups[place].clean = False
            place += 1
        if not splice.text and place < len(groups) and groups[place].hull.start < start:
            groups[place].clean = False


def _placed(groups: list[_Group], new: str, start_ms: int, end_ms: int) -> list[Row]:
    """Return the rows of changed groups that stand together between two unchanged words.

    Words that were put in, and the times of words that were taken out, go to the word beside them that
    replaces another one.
    """
    pools: list[_Group] = []
    for group in groups:
        if pools and not (pools[-1].rows and pools[-1].chunks and group.rows and group.chunks):
            last = pools[-1]
            last.chunks, last.rows = [*last.chunks, *group.chunks], [*last.rows, *group.rows]
        else:
            pools.append(_Group(group.hull, list(group.chunks), list(group.rows)))
    rows: list[Row] = []
    for pool in pools:
        if pool.rows:
            start_ms, end_ms = int(pool.rows[0][2]), int(pool.rows[-1][3])
        rows += _shared(pool.chunks, new, min(start_ms, end_ms), end_ms)
    return rows


def _timed(group: _Group, new: str) -> list[Row]:
    """Return the rows of a group whose words are the same, be it with another sign or capital."""
    if group.clean:
        return group.rows
    shared = _shared(group.chunks, new, int(group.rows[0][2]), int(group.rows[-1][3]))
    if len(group.rows) == len(shared) == 1:
        shared[0][4] = group.rows[0][4]
    return shared


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(fold(text)))


def _shared(chunks: Sequence[Span], new: str, start_ms: int, end_ms: int) -> list[Row]:
    """Divide a time among words by their letters; signs that stand alone take none."""
    spoken = [chunk for chunk in chunks if _LETTER.search(chunk.of(new))]
    total = sum(len(chunk) for chunk in spoken)
    length = max(end_ms - start_ms, 0)
    rows: list[Row] = []
    done = 0
    for chunk in spoken:
        begins = start_ms + round(length * done / total)
        done += len(chunk)
        ends = start_ms + round(length * done / total)
        rows.append([chunk.start, chunk.end, begins, ends, 1.0])
    return rows
