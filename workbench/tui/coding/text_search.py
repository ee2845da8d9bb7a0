"""Finding words in an open text, whatever their case and the dots of ё."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from workbench.text.fold import fold, fold_positions
from workbench.text.spans import Span

MOST = 9_999
"""Hits kept: a single letter stands 100,000 times in a long transcript, and nobody walks them."""


class TextSearch:
    """Searches one text; it is folded at the first search and only then."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._text = text

    @cached_property
    def _folded(self) -> tuple[str, Sequence[int]]:
        return fold_positions(self._text)

    def find(self, words: str) -> list[Span]:
        """Return where the words stand, in order; nothing for nothing."""
        wanted = fold(words.strip())
        found: list[Span] = []
        if not wanted:
            return found
        key, positions = self._folded
        place = key.find(wanted)
        while place >= 0 and len(found) < MOST:
            end = place + len(wanted)
            found.append(Span(positions[place], max(positions[end], positions[place] + 1)))
            place = key.find(wanted, end)
        return found


def nearest(hits: Sequence[Span], offset: int, *, step: int) -> int:
    """Return the number of the hit after an offset or before it; past the ends it begins anew."""
    if step > 0:
        return bisect_right(hits, offset, key=lambda hit: hit.start) % len(hits)
    before = bisect_right(hits, offset - 1, key=lambda hit: hit.start) - 1
    return before % len(hits)
