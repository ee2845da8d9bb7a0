"""One stretch of a recording that was recognised again: which words it replaces, and whose the new ones are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.text.anchored_times import Row
from workbench.text.spans import Span
from workbench.transcription.engine import Segment
from workbench.transcription.turns import turns_from_segments

_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word that was recognised."""

    text: str
    start_ms: int
    end_ms: int
    probability: float

    @property
    def middle_ms(self) -> float:
        """By what it is sorted into turns."""
        return (self.start_ms + self.end_ms) / 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words of a turn that were said in a stretch of time; there is at least one."""

    rows: tuple[Row, ...]
    """All words of the turn."""
    first: int
    last: int
    """The places of the first and the last word of the stretch among them."""
    span: Span
    """Where they stand in the turn's text, with the signs that belong to them."""

    @property
    def start_ms(self) -> int:
        """When the stretch begins."""
        return int(self.rows[self.first][2])

    @property
    def end_ms(self) -> int:
        """When it ends."""
        return int(self.rows[self.last][3])

    @property
    def is_whole(self) -> bool:
        """Whether nothing else was said in the turn."""
        return self.first == 0 and self.last == len(self.rows) - 1


def heard_words(segments: Iterable[Segment]) -> list[HeardWord]:
    """Return the words of segments in order, without those that are probably invented."""
    turns = turns_from_segments(segment for segment in segments if not segment.suspected)
    words = [
        HeardWord(turn.text[word.start : word.end], word.start_ms, word.end_ms, word.probability)
        for turn in turns
        for word in turn.words
    ]
    return sorted(words, key=lambda word: (word.start_ms, word.end_ms))


def stretch_of(
    text: str,
    rows: Sequence[Row],
    times: tuple[int | None, int | None],
    within: tuple[int, int],
) -> Stretch | None:
    """Return the words of a turn whose middle lies within a stretch of time.

    Args:
        text: the turn's words.
        rows: their times; words without are taken to fill the turn evenly.
        times: when the turn begins and ends.
        within: the stretch.
    """
    start_ms, end_ms = times
    if not rows and start_ms is not None and end_ms is not None:
        rows = [[0, len(text), start_ms, end_ms, 1.0]]
    fine = tuple(part for row in rows for part in _parts(text, row))
    inside = [
        place for place, row in enumerate(fine) if within[0] <= (row[2] + row[3]) / 2 < within[1]
    ]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    start, end = int(fine[first][0]), int(fine[last][1])
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while first and fine[first - 1][1] > start:
        first -= 1
    while last + 1 < len(fine) and fine[last + 1][0] < end:
        last += 1
    return Stretch(fine, first, last, Span(start, end))


def _parts(text: str, row: Row) -> list[Row]:
    """Cut a row of several words (a segment without word times) into its words."""
    begins, ends, start_ms, end_ms, probability = row
    chunks = [chunk.span() for chunk in _CHUNK.finditer(text, int(begins), int(ends))]
    if len(chunks) <= 1:
        return [list(row)]
    letters = sum(end - start for start, end in chunks)
    parts: list[Row] = []
    done = 0
    for start, end in chunks:
        since = start_ms + round((end_ms - start_ms) * done / letters)
        done += end - start
        until = start_ms + round((end_ms - start_ms) * done / letters)
        parts.append([start, end, since, until, probability])
    return parts


def dealt(words: Sequence[HeardWord], stretches: Sequence[Stretch]) -> list[list[HeardWord]]:
    """Give the new words to the turns whose stretches they replace, by the time they were said."""
    borders = [(before.end_ms + after.start_ms) / 2 for before, after in pairwise(stretches)]
    hands: list[list[HeardWord]] = [[] for _stretch in stretches]
    for word in words:
        hands[bisect_right(borders, word.middle_ms)].append(word)
    return hands


def joined(words: Sequence[HeardWord], *, offset: int = 0) -> tuple[str, list[Row]]:
    """Return words as text, and their rows, counted from an offset."""
    rows: list[Row] = []
    place = offset
    for word in words:
        end = place + len(word.text)
        rows.append([place, end, word.start_ms, max(word.start_ms, word.end_ms), word.probability])
        place = end + 1
    return " ".join(word.text for word in words), rows
