"""Changes of a text as splices: what was cut out where, and what was put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_SHORT = 400  # codepoints that are not worth being compared line by line


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """The codepoints from ``start`` up to but not including ``end`` give way to a text."""

    start: int
    end: int
    text: str

    @property
    def delta(self) -> int:
        """By how many codepoints the text becomes longer."""
        return len(self.text) - (self.end - self.start)

    def shifted(self, by: int) -> Splice:
        """Return the same change further on in a text."""
        return Splice(self.start + by, self.end + by, self.text)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return the text after the changes; they are in order and do not overlap."""
    parts: list[str] = []
    done = 0
    for splice in splices:
        parts += (text[done : splice.start], splice.text)
        done = splice.end
    return "".join([*parts, text[done:]])


def line_splices(old: str, new: str) -> tuple[Splice, ...]:
    """Return a short list of changes that leads from one long text to another, found line by line."""
    head, tail = common_ends(old, new)
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if not middle and not other:
        return ()
    if len(middle) <= _SHORT or len(other) <= _SHORT:
        return (Splice(head, len(old) - tail, other),)
    before, after = middle.splitlines(keepends=True), other.splitlines(keepends=True)
    before_at = [head, *accumulate(map(len, before), initial=head)][1:]
    after_at = list(accumulate(map(len, after), initial=0))
    found: list[Splice] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, other_first, other_last in matcher.get_opcodes():
        if tag != "equal":
            start, put = before_at[first], other[after_at[other_first] : after_at[other_last]]
            cut = old[start : before_at[last]]
            same, also = common_ends(cut, put)
            found.append(Splice(start + same, start + len(cut) - also, put[same : len(put) - also]))
    return tuple(found)


def common_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """Return how many items two sequences share at their beginnings and, beyond that, at their ends."""
    most = min(len(old), len(new))
    head = _most(lambda n: old[:n] == new[:n], most)
    most -= head
    return head, _most(lambda n: old[len(old) - n :] == new[len(new) - n :], most)


def _most(holds: Callable[[int], bool], most: int) -> int:
    """Return the largest number up to ``most`` for which something holds that holds for all smaller ones."""
    if holds(most):
        return most
    low = 0
    while most - low > 1:
        middle = (low + most) // 2
        low, most = (middle, most) if holds(middle) else (low, middle)
    return low
