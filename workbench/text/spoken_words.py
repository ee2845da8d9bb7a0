"""When each word of a long text was said, how sure its recogniser was, and where people were silent."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from workbench.text.spans import Span
from workbench.text.turns import Turn

PAUSE_MS = 1_000
"""Silence that is worth showing: a shorter one is breath."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence before the words at an offset, or behind the last words of a turn."""

    offset: int
    length_ms: int
    ends_turn: bool

    @property
    def seconds(self) -> int:
        """How long it was, as it is written in transcripts."""
        return max(1, round(self.length_ms / 1000))


class WordTimes:
    """The timed words of one text in its order; 100,000 of them take 2 MB."""

    def __init__(self, rows: Iterable[Sequence[float]] = ()) -> None:
        """Take ``(start, end, start_ms, end_ms, probability)`` of each word; offsets are the text's."""
        self.starts = array("L")
        self.ends = array("L")
        self.start_ms = array("L")
        self.end_ms = array("L")
        self.probabilities = array("f")
        for start, end, start_ms, end_ms, probability in rows:
            self.starts.append(int(start))
            self.ends.append(int(end))
            self.start_ms.append(max(0, int(start_ms)))
            self.end_ms.append(max(0, int(end_ms)))
            self.probabilities.append(probability)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, number: int) -> Span:
        """Return where a word stands."""
        return Span(self.starts[number], self.ends[number])

    def at(self, offset: int) -> int | None:
        """Return the number of the word at an offset or directly before it."""
        number = bisect_right(self.starts, offset) - 1
        return number if number >= 0 and offset <= self.ends[number] else None

    def between(self, start: int, end: int) -> range:
        """Return the numbers of the words that share letters with a stretch."""
        return range(bisect_right(self.ends, start), bisect_right(self.starts, end - 1))

    def time_at(self, offset: int) -> int | None:
        """Return when the letter at an offset was said, evenly through its word; None between words."""
        number = self.at(offset)
        if number is None:
            return None
        start, end = self.starts[number], self.ends[number]
        share = (offset - start) / max(1, end - start)
        begins, ends = self.start_ms[number], self.end_ms[number]
        return begins + round((max(begins, ends) - begins) * share)

    @cached_property
    def _by_time(self) -> tuple[list[int], list[int]]:
        """Numbers of the words in the order they were said, for voices that overlap, and when."""
        order = sorted(range(len(self)), key=self.start_ms.__getitem__)
        return order, [self.start_ms[number] for number in order]

    def said_at(self, ms: int) -> int | None:
        """Return the number of the word that was said at a time, or of the last one before it."""
        order, times = self._by_time
        place = bisect_right(times, ms) - 1
        return order[place] if place >= 0 else None


def pauses(
    turns: Sequence[Turn], words: WordTimes, *, least_ms: int = PAUSE_MS
) -> tuple[Pause, ...]:
    """Return the silences inside turns, where words are timed, and between turns, in order."""
    found: list[Pause] = []
    ended: tuple[int, int] | None = None
    for turn in turns:
        inside = words.between(turn.start, turn.end)
        begins = words.start_ms[inside[0]] if inside else turn.start_ms
        if ended is not None and begins is not None and begins - ended[1] >= least_ms:
            found.append(Pause(ended[0], begins - ended[1], ends_turn=True))
        for before, after in pairwise(inside):
            length = words.start_ms[after] - words.end_ms[before]
            if length >= least_ms:
                found.append(Pause(words.starts[after], length, ends_turn=False))
        ends = words.end_ms[inside[-1]] if inside else turn.end_ms
        ended = (turn.end, ends) if ends is not None else None
    return tuple(found)
