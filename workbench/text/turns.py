"""A transcript as turns: how they make one text, its sentences and words, and when each was said."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.text.spans import Span

LONGEST_LINE = 2_000
"""Codepoints on one line at most; terminals and editors slow down on longer ones."""

_ABBREVIATIONS = frozenset(
    [
        "г",
        "гг",
        "д",
        "др",
        "е",
        "ул",
        "обл",
        "стр",
        "рис",
        "см",
        "тыс",
        "млн",
        "млрд",
        "руб",
        "коп",
        "т",
        "тд",
        "тп",
        "тел",
        "кв",
        "корп",
        "пр",
        "просп",
        "пер",
        "им",
        "св",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "vs",
        "etc",
        "no",
        "fig",
        "inc",
        "ltd",
        "jr",
        "sr",
        "e.g",
        "i.e",
        "т.е",
        "т.д",
        "т.п",
        "т.к",
        "т.н",
        "н.э",
    ]
)
_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'»”’)\]]*(?=\s|$))|\n")
_LAST_WORD = re.compile(r"([\w.]+)$")
_ONE_FULL_STOP = re.compile(r"\.[\"'»”’)\]]*\Z")
# letters and digits with the stress marks of Russian textbooks; kept whole: какой-то, don't, 3,5, 12:30, and what
# a web page or Word has put soft hyphens and characters of no width into
_UNSEEN = r"[\u00ad\u200b-\u200d\u2060\ufeff]"
_LETTERS = rf"[^\W_](?:[^\W_]|[\u0300-\u036f]|{_UNSEEN}+(?=[^\W_]))*"
WORD = re.compile(rf"{_LETTERS}(?:[-\u2010\u2011'’]{_LETTERS}|(?<=\d)[.,:](?=\d){_LETTERS})*")


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted words: their span in the text and when they were said."""

    ordinal: int
    start: int
    end: int
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def span(self) -> Span:
        """The words of the turn."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word of the text and when it was said."""

    start: int
    end: int
    start_ms: int
    end_ms: int


def compose(turn_texts: Iterable[str]) -> tuple[str, tuple[Span, ...]]:
    """Join turns into one text and say where each of them lies.

    Turns stand on lines of their own; a line longer than 2,000 codepoints is broken at a sentence
    end, else at a space. Only white space is ever added or taken away. A turn without words takes
    no line and gets an empty span.
    """
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for turn_text in turn_texts:
        turn = break_lines(turn_text.strip())
        if turn and parts:
            length += 1
        spans.append(Span(length, length + len(turn)))
        if turn:
            parts.append(turn)
            length += len(turn)
    return "\n".join(parts), tuple(spans)


def break_lines(text: str, *, longest: int = LONGEST_LINE) -> str:
    """Break every line that is too long at a sentence end, else at a space, else where it must."""
    return "\n".join(
        piece for line in text.split("\n") for piece in _broken(line, longest=max(longest, 1))
    )


def _broken(line: str, *, longest: int) -> list[str]:
    pieces: list[str] = []
    while len(line) > longest:
        head = line[: longest + 1]
        ends = [s.end for s in sentences(head) if longest // 4 < s.end <= longest]
        cut = ends[-1] if ends and head[ends[-1]].isspace() else head.rfind(" ")
        if cut <= 0:
            cut = longest
        pieces.append(line[:cut].rstrip())
        line = line[cut:].lstrip()
    return [*pieces, line]


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of a Russian or English text, without surrounding space."""
    found: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match[0] == "\n" or _ends_sentence(text, start, match):
            _keep(found, text, start, match.end())
            start = match.end()
    _keep(found, text, start, len(text))
    return tuple(found)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    rest = text[match.end() : match.end() + 40].lstrip(" «“\"'([—–-")
    if rest and rest[0].islower():
        return False
    if not _ONE_FULL_STOP.fullmatch(match[0]):
        return True
    word = _LAST_WORD.search(text, max(start, match.start() - 24), match.start())
    if word is None:
        return True
    initial = len(word[1]) == 1 and word[1].isupper()
    return not (rest and (initial or word[1].casefold() in _ABBREVIATIONS))


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def words(text: str) -> tuple[Span, ...]:
    """Return the spans of the words of a text; какой-то, don't, 3,5 and 12:30 are one word each."""
    return tuple(Span(*match.span()) for match in WORD.finditer(text))


def word_at(text: str, offset: int) -> Span | None:
    """Return the word that an offset lies in or directly behind."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    for span in words(line):
        if span.start + line_start <= offset <= span.end + line_start:
            return span.shifted(line_start)
    return None


def sentence_at(text: str, offset: int) -> Span | None:
    """Return the sentence that an offset lies in or directly behind."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    for span in reversed(sentences(line)):
        if span.start + line_start <= offset:
            return span.shifted(line_start)
    return None


def turn_at(turns: Sequence[Turn], offset: int) -> Turn | None:
    """Return the turn an offset lies in; the line break after a turn still belongs to it."""
    place = bisect_right(turns, offset, key=lambda turn: turn.start) - 1
    while place >= 0 and turns[place].start == turns[place].end:
        place -= 1
    return turns[place] if place >= 0 and offset <= turns[place].end else None


def time_of(offset: int, turns: Sequence[Turn], words: Sequence[TimedWord] = ()) -> int | None:
    """Return when the codepoint at an offset was said, in milliseconds; None where nobody knows.

    Inside a timed word the time runs evenly through its letters; between two words of one turn it
    runs evenly from one to the next; without word times it runs evenly through the turn.
    """
    turn = turn_at(turns, offset)
    points = _known_times(turn, offset, words) if turn else _word_times(words, offset)
    before = max((p for p in points if p[0] <= offset), default=None)
    after = min((p for p in points if p[0] >= offset), default=None)
    if before is None or after is None:
        nearest = before or after
        return nearest[1] if nearest else None
    return _between(before, after, offset)


def _word_times(words: Sequence[TimedWord], offset: int) -> list[tuple[int, int]]:
    place = bisect_right(words, offset, key=lambda word: word.start)
    near = words[max(place - 1, 0) : place + 1]
    return [point for w in near for point in ((w.start, w.start_ms), (w.end, w.end_ms))]


def _known_times(turn: Turn, offset: int, words: Sequence[TimedWord]) -> list[tuple[int, int]]:
    points = [p for p in _word_times(words, offset) if turn.start <= p[0] <= turn.end]
    if turn.start_ms is not None:
        points.append((turn.start, turn.start_ms))
    if turn.end_ms is not None:
        points.append((turn.end, turn.end_ms))
    return points


def _between(before: tuple[int, int], after: tuple[int, int], offset: int) -> int:
    width = after[0] - before[0]
    if width == 0:
        return before[1]
    return before[1] + round((after[1] - before[1]) * (offset - before[0]) / width)


def times_of(
    span: Span, turns: Sequence[Turn], words: Sequence[TimedWord] = ()
) -> tuple[int | None, int | None]:
    """Return when a span begins and ends, in milliseconds."""
    last = max(span.start, span.end - 1)
    start = time_of(span.start, turns, words)
    word = next((w for w in _around(words, last) if w.start <= last < w.end), None)
    end = word.end_ms if word and word.end <= span.end else time_of(span.end, turns, words)
    if start is not None and end is not None:
        end = max(start, end)
    return start, end


def _around(words: Sequence[TimedWord], offset: int) -> Sequence[TimedWord]:
    place = bisect_right(words, offset, key=lambda word: word.start)
    return words[max(place - 1, 0) : place]


def offset_at(ms: int, turns: Sequence[Turn], words: Sequence[TimedWord] = ()) -> int | None:
    """Return the offset of what was being said at a time: the word if times are known, else the turn."""
    if words:
        place = bisect_right(words, ms, key=lambda word: word.start_ms) - 1
        return words[max(place, 0)].start
    timed = [turn for turn in turns if turn.start_ms is not None]
    if not timed:
        return None
    place = bisect_left(timed, ms + 1, key=lambda turn: turn.start_ms or 0) - 1
    return timed[max(place, 0)].start
