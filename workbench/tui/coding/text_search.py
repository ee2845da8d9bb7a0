"""Finding words in an open text: the letters as they are typed, or what a query means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from workbench.errors import InputError
from workbench.text.fold import fold
from workbench.text.query import parse, without_unseen
from workbench.text.search_text import SearchText, fold_seen
from workbench.text.spans import Span

MOST = 9_999
"""Hits kept: a single letter stands 100,000 times in a long transcript, and nobody walks them."""


class TextSearch:
    """Searches one text; it is folded at the first search and only then."""

    def __init__(self, text: str, starts: Sequence[int] = ()) -> None:
        """Take the text and where its turns begin."""
        self._text = text
        self._starts = starts

    @cached_property
    def _folded(self) -> tuple[str, Sequence[int]]:
        key, back = fold_seen(self._text)
        return key, range(len(self._text) + 1) if back is None else back

    @cached_property
    def _ready(self) -> SearchText:
        return SearchText(self._text, self._starts)

    def find(self, words: str) -> list[Span]:
        """Return where the letters stand, in order, whatever their case and the dots of ё."""
        wanted = without_unseen(fold(words.strip()))
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

    def find_query(self, query: str) -> list[Span]:
        """Return the places that a query finds; where it finds nothing or is none, its letters."""
        try:
            found = self._ready.find(parse(query))[:MOST]
        except InputError:
            found = []
        return found or self.find(query)


def nearest(hits: Sequence[Span], offset: int, *, step: int) -> int:
    """Return the number of the hit after an offset or before it; past the ends it begins anew."""
    if step > 0:
        return bisect_right(hits, offset, key=lambda hit: hit.start) % len(hits)
    before = bisect_right(hits, offset - 1, key=lambda hit: hit.start) - 1
    return before % len(hits)
