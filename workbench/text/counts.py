"""Counting words: how much was said, by whom, and how much of it is coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.text.spans import Span, SpanIndex, union
from workbench.text.turns import Turn, words


def word_count(text: str) -> int:
    """Count the words of a text."""
    return len(words(text))


def words_by_speaker(text: str, turns: Iterable[Turn]) -> dict[str | None, int]:
    """Count each speaker's words, in the order in which they first speak."""
    counts: dict[str | None, int] = {}
    for turn in turns:
        counts[turn.speaker] = counts.get(turn.speaker, 0) + word_count(turn.span.of(text))
    return counts


def coded_words(
    text: str, spans: Sequence[Span], *, within: Sequence[Span] = ()
) -> tuple[int, int]:
    """Count the words that at least one span touches, and all words; ``within`` narrows both."""
    coded, allowed = SpanIndex(union(spans)), SpanIndex(union(within))
    done = total = 0
    for word in words(text):
        if within and not allowed.overlapping(word.start, word.end):
            continue
        total += 1
        done += bool(coded.overlapping(word.start, word.end))
    return done, total
