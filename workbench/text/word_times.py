"""When the words of a text were said, and how these places follow the text through its normal form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from workbench.text.normalize import NormalisedText

WordTime = Sequence[float]
"""``[start, end, start_ms, end_ms, probability]`` of a word; start and end count codepoints from the turn's start."""


def carry_word_times(rows: Iterable[WordTime], original: str, stored: str) -> list[list[float]]:
    """Return the word times of a text for its stored form.

    ``stored`` is ``original`` in its normal form with white space added or taken away in places, as
    ``compose`` does it; every other codepoint is followed to where it went. A word of which nothing
    is left is left out; times never run backwards inside a word.
    """
    normal = NormalisedText.of(original)
    before = [0, *accumulate(not character.isspace() for character in normal.text)]
    places = [place for place, character in enumerate(stored) if not character.isspace()]
    if len(places) != before[-1]:
        return []  # not the same words: no place is sure
    carried: list[list[float]] = []
    for start, end, start_ms, end_ms, probability in rows:
        first, last = normal.span(int(start), int(end))
        one, two = before[first], before[last]
        if one == two:
            continue
        carried.append(
            [
                places[one],
                places[two - 1] + 1,
                int(start_ms),
                max(int(start_ms), int(end_ms)),
                min(max(float(probability), 0.0), 1.0),
            ]
        )
    return carried


def find_words(
    text: str, words: Iterable[tuple[str, int | None, int | None, float]]
) -> tuple[tuple[float, ...], ...]:
    """Return the word times of words that stand in a text one after the other.

    Each word is its letters, start, end and probability. A word that is not found, or that has no
    time, is left out.
    """
    rows: list[tuple[float, ...]] = []
    place = 0
    for word, start_ms, end_ms, probability in words:
        letters = word.strip()
        found = text.find(letters, place) if letters else -1
        if found < 0:
            continue
        place = found + len(letters)
        if start_ms is not None and end_ms is not None:
            rows.append((found, place, start_ms, max(start_ms, end_ms), probability))
    return tuple(rows)
