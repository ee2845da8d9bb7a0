"""Finding prepared words in a transcript that a machine wrote: exactly, else as nearly as is honest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from workbench.text.fold import fold
from workbench.text.query import without_unseen
from workbench.text.spans import Span
from workbench.text.turns import words as words_of

FLOOR: Final = 88
"""Below this likeness (0–100) a quote counts as not found: it is reported, not guessed."""

_WIDER: Final = 4  # words tried beyond each end of the first alignment
_SHORTEST_FUZZY: Final = 12  # letters; shorter quotes resemble too much to be found by likeness


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands in a text, how alike it is (0–100), and whether word for word."""

    span: Span
    score: float
    exact: bool


class Haystack:
    """A text prepared for many searches: its words folded and joined, with the way back."""

    def __init__(self, text: str) -> None:
        """Fold every word once; punctuation, white space, case and ё play no part from here on."""
        self.words = words_of(text)
        self.key, self._starts = _joined([_letters(word.of(text)) for word in self.words])
        self._at = {start: place for place, start in enumerate(self._starts)}

    def find(self, quote: str, *, floor: float = FLOOR) -> Found | None:
        """Return the text's own words that say the quote, or None below the floor."""
        needle = " ".join(_letters(word.of(quote)) for word in words_of(quote))
        if not needle or not self.words:
            return None
        return self._exact(needle) or self._alike(needle, floor=floor)

    def _exact(self, needle: str) -> Found | None:
        start = f" {self.key} ".find(f" {needle} ")
        if start < 0:
            return None
        return Found(self._span(start, start + len(needle)), 100.0, exact=True)

    def _span(self, start: int, end: int) -> Span:
        first, last = self._at[start], self._word_before(end)
        return Span(self.words[first].start, self.words[last].end)

    def _word_before(self, end: int) -> int:
        return bisect_left(self._starts, end) - 1

    def _alike(self, needle: str, *, floor: float) -> Found | None:
        if len(needle) < _SHORTEST_FUZZY:
            return None
        near = fuzz.partial_ratio_alignment(needle, self.key, score_cutoff=max(floor - 15, 0))
        if near is None or near.dest_start >= near.dest_end:
            return None
        first = max(self._word_before(near.dest_start + 1), 0)
        last = self._word_before(near.dest_end)
        return max(
            self._windows(needle, first=first, last=last, floor=floor),
            key=lambda found: (found.score, -len(found.span)),
            default=None,
        )

    def _windows(self, needle: str, *, first: int, last: int, floor: float) -> Sequence[Found]:
        """Compare the quote with the whole words around the alignment."""
        found: list[Found] = []
        for left in range(max(first - _WIDER, 0), min(first + _WIDER, last) + 1):
            for right in range(
                max(left, last - _WIDER), min(last + _WIDER, len(self.words) - 1) + 1
            ):
                end = self._starts[right] + self._length(right)
                score = fuzz.ratio(needle, self.key[self._starts[left] : end], score_cutoff=floor)
                if score >= floor and score > 0:
                    span = Span(self.words[left].start, self.words[right].end)
                    found.append(Found(span, score, exact=False))
        return found

    def _length(self, place: int) -> int:
        last = place + 1 >= len(self._starts)
        return (len(self.key) + 1 if last else self._starts[place + 1]) - 1 - self._starts[place]


def _letters(word: str) -> str:
    return without_unseen(fold(word))


def _joined(keys: Sequence[str]) -> tuple[str, list[int]]:
    starts: list[int] = []
    length = 0
    for key in keys:
        starts.append(length)
        length += len(key) + 1
    return " ".join(keys), starts


def find_quote(text: str, words: str, *, floor: float = FLOOR) -> Found | None:
    """Return where a text says the words: word for word if it can, else as alike as the floor asks.

    Punctuation, white space, case and ё do not matter. The span begins and ends with whole words
    of the text, because a quote shows what was said, not what was expected. For many quotes of one
    text keep a ``Haystack``.
    """
    return Haystack(text).find(words, floor=floor)
