"""Where an edit of a transcript really begins and ends: whole words, clean spaces, lines that are not too long."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from workbench.text.anchoring import word_splices
from workbench.text.fold import fold, fold_positions
from workbench.text.normalize import normalise
from workbench.text.spans import Span
from workbench.text.splices import Splice
from workbench.text.turns import LONGEST_LINE, break_lines, word_at


def tidied(text: str) -> tuple[str, tuple[Splice, ...]]:
    """Return a turn's text as a source keeps it, and what had to be changed for that."""
    tidy = break_lines(normalise(text).strip())
    return tidy, word_splices(text, tidy)


def replacement(text: str, span: Span, words: str) -> Splice:
    """Return what replacing a span of a turn by words changes.

    Words that are cut in their middle count as a whole, and a word that is taken out takes one of the
    spaces around it along.
    """
    start, end = span.start, span.end
    before, after = text[start - 1 : start], text[end : end + 1]
    if not words:
        if start < end and (not before or before.isspace()) and after.isspace():
            end += 1
        elif start < end and not after and before.isspace():
            start -= 1
        return Splice(start, end, "")
    if _is_wordish(before) and _is_wordish(text[start:end][:1] or words[:1]):
        word = word_at(text, start - 1)
        left = word.start if word is not None else start
        words, start = text[left:start] + words, left
    if _is_wordish(after) and _is_wordish(text[start:end][-1:] or words[-1:]):
        word = word_at(text, end + 1)
        right = word.end if word is not None else end
        words, end = words + text[end:right], right
    return Splice(start, end, words)


def finely(text: str, splices: Iterable[Splice], keep: Sequence[Span] = ()) -> tuple[Splice, ...]:
    """Return the same changes word by word, so that words which stay the same are not among them.

    Args:
        text: the turn.
        splices: in order; one that reaches back into the one before it is shortened.
        keep: spans to be left untouched where there is a choice (:func:`word_splices`).
    """
    found: list[Splice] = []
    done = 0
    for splice in splices:
        start = max(splice.start, done)
        done = max(splice.end, done)
        window = Span(start, done)
        inside = [part for part in (span.intersection(window) for span in keep) if part]
        changes = word_splices(
            text[start:done], splice.text, keep=[part.shifted(-start) for part in inside]
        )
        found += (change.shifted(start) for change in changes)
    return tuple(found)


def occurrences(
    text: str, find: str, *, whole_words: bool = True, match_case: bool = False
) -> Iterator[Span]:
    """Yield where words stand in a text; without ``match_case`` е and ё are the same too."""
    needle = find if match_case else fold(find)
    key, positions = (text, range(len(text) + 1)) if match_case else fold_positions(text)
    place = key.find(needle) if needle else -1
    while place >= 0:
        span = Span(positions[place], positions[place + len(needle)])
        fits = match_case or fold(span.of(text)) == needle
        if fits and not (whole_words and _within_word(text, span)):
            yield span
            place = key.find(needle, place + len(needle))
        else:
            place = key.find(needle, place + 1)


def _within_word(text: str, span: Span) -> bool:
    """Tell whether a span begins or ends in the middle of a word."""
    return any(
        _is_wordish(text[edge - 1 : edge]) and _is_wordish(text[edge : edge + 1])
        for edge in (span.start, span.end)
    )


def _is_wordish(sign: str) -> bool:
    """Tell whether a character is part of a word: a letter, a digit, or a mark on one."""
    return bool(sign) and (sign.isalnum() or unicodedata.category(sign)[0] == "M")


def cut(text: str, offset: int) -> Span | None:
    """Return the white space at which a turn is to be cut, or None at its beginning or end.

    Within a word the cut is before that word.
    """
    start = min(max(offset, 0), len(text))
    word = word_at(text, start)
    if word is not None and word.start < start < word.end:
        start = word.start
    while 0 < start < len(text) and _is_mark(text[start]):
        start -= 1
    end = start
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return Span(start, end) if start and end < len(text) else None


def _is_mark(sign: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    return unicodedata.category(sign)[0] == "M" or sign == "\u200d"


def joint(first: str, second: str) -> str:
    """Return what stands between two turns that become one: a space, or a line feed in a long line."""
    line = len(first) - (first.rfind("\n") + 1) + 1 + len(second.partition("\n")[0])
    return " " if line <= LONGEST_LINE else "\n"
