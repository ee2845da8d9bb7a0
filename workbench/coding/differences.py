"""Where two coders coded differently: only one of them, or both with other borders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from workbench.models.kinds import DifferenceKind
from workbench.text.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A coding of one of the two coders."""

    id: str
    code: str
    span: Span
    settled: bool = False
    """Both let it stand although the other did not make it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Codings with one code that belong together: one alone, or those that overlap."""

    kind: DifferenceKind
    code: str
    first: tuple[Mark, ...]
    second: tuple[Mark, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The codings of both."""
        return self.first + self.second

    @property
    def span(self) -> Span:
        """From the beginning of the earliest to the end of the last."""
        return reduce(Span.hull, (mark.span for mark in self.marks))

    @property
    def settled(self) -> bool:
        """Whether all that differs was let stand."""
        return self.kind != DifferenceKind.SAME and all(mark.settled for mark in self.marks)


def differences(
    first: Iterable[Mark], second: Iterable[Mark], *, settled: bool = False, same: bool = False
) -> list[Difference]:
    """Compare two coders' codings of one source.

    The same code on exactly the same span is agreement. What is left and overlaps something left of the other coder is
    one difference about borders; everything else was coded by one of them only.

    Args:
        first: one coder's codings.
        second: the other's.
        settled: whether to return also what was let stand.
        same: whether to return also what is the same.
    """
    by_code: defaultdict[str, tuple[list[Mark], list[Mark]]] = defaultdict(lambda: ([], []))
    for side, marks in enumerate((first, second)):
        for mark in marks:
            by_code[mark.code][side].append(mark)
    found = [
        difference
        for code, (ours, theirs) in by_code.items()
        for difference in _of_code(code, ours, theirs)
        if (same or difference.kind != DifferenceKind.SAME) and (settled or not difference.settled)
    ]
    return sorted(found, key=lambda d: (d.span.start, -d.span.end, d.code, d.kind))


def _of_code(code: str, first: Sequence[Mark], second: Sequence[Mark]) -> Iterable[Difference]:
    known = {mark.span: mark for mark in second}
    shared = {mark.span for mark in first} & known.keys()
    for mark in first:
        if mark.span in shared:
            yield Difference(DifferenceKind.SAME, code, (mark,), (known[mark.span],))
    rest = sorted(
        (mark.span.start, mark.span.end, side, mark.id, mark)
        for side, marks in enumerate((first, second))
        for mark in marks
        if mark.span not in shared
    )
    for group in _overlapping([(side, mark) for _start, _end, side, _id, mark in rest]):
        ours = tuple(mark for side, mark in group if side == 0)
        theirs = tuple(mark for side, mark in group if side == 1)
        if ours and theirs:
            yield Difference(DifferenceKind.BORDERS, code, ours, theirs)
            continue
        for mark in ours:
            yield Difference(DifferenceKind.ONLY_FIRST, code, (mark,), ())
        for mark in theirs:
            yield Difference(DifferenceKind.ONLY_SECOND, code, (), (mark,))


def _overlapping(marks: Sequence[tuple[int, Mark]]) -> Iterable[list[tuple[int, Mark]]]:
    """Yield runs of codings that overlap each other; they come sorted by where they begin."""
    group: list[tuple[int, Mark]] = []
    reach = -1
    for side, mark in marks:
        if group and mark.span.start >= reach:
            yield group
            group = []
        group.append((side, mark))
        reach = max(reach, mark.span.end)
    if group:
        yield group
