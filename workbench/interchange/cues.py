"""Turns become cues of subtitles: short enough to read, cut where a person would breathe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.interchange.exporter import ExportedTurn, ExportedWord
from workbench.text.turns import sentences

LONGEST_MS = 7_000
LINE = 42
LONGEST = 2 * LINE
_PAUSE_MS = 1_000  # a silence in which no subtitle should stand
_BREAKS = (",", ";", ":", "—", "–", "…")


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle: from when to when, and its words."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word with the signs around it."""

    text: str
    start_ms: int
    end_ms: int
    opens: bool
    """Whether a sentence begins with it."""


def cues_of(turn: ExportedTurn, *, room: int = LONGEST) -> list[Cue]:
    """Return the cues of a turn with times; without word times it is one cue.

    The first cue begins and the last one ends with the turn. ``room`` is how many characters the
    first cue may have, if a name stands before them.
    """
    start = turn.start_ms or 0
    end = max(turn.end_ms or 0, start + 1)  # a subtitle lasts
    pieces = _pieces(turn)
    if not pieces:
        return [Cue(start, end, turn.line)]
    groups: list[list[_Piece]] = []
    held: list[_Piece] = []
    for piece in pieces:
        if held and _too_long([*held, piece], LONGEST if groups else room):
            kept = _cut(held)
            groups.append(held[:kept])
            held = held[kept:]
            while held and _too_long([*held, piece], LONGEST):
                groups.append(held[:1])
                held = held[1:]
        elif held and piece.start_ms - held[-1].end_ms >= _PAUSE_MS:
            groups.append(held)
            held = []
        held.append(piece)
    groups.append(held)
    return _timed(groups, start, end)


def _timed(groups: Sequence[Sequence[_Piece]], start: int, end: int) -> list[Cue]:
    """Give each group its time; cues follow one another and stay inside the turn."""
    begins = [min(max(group[0].start_ms, start), end) for group in groups]
    begins[0] = start
    for place in range(1, len(begins)):
        begins[place] = max(begins[place], begins[place - 1])
    cues = []
    for place, group in enumerate(groups):
        last = place == len(groups) - 1
        until = end if last else min(max(p.end_ms for p in group), begins[place + 1])
        text = "".join(piece.text for piece in group)
        cues.append(Cue(begins[place], max(begins[place] + 1, until), " ".join(text.split())))
    return cues


def _pieces(turn: ExportedTurn) -> list[_Piece]:
    """Cut a turn's text at its words; what stands between two words goes with the one before."""
    words = sorted(turn.words, key=lambda word: word.start)
    words = [
        word for place, word in enumerate(words) if not place or word.start >= words[place - 1].end
    ]
    if not words:
        return []
    openings = [span.start for span in sentences(turn.text)]
    groups: list[tuple[int, list[ExportedWord]]] = [(0, [words[0]])]
    for word in words[1:]:
        edge = _edge(turn.text, word.start)
        if edge <= groups[-1][0]:
            groups[-1][1].append(word)  # "and/or": no space parts them
        else:
            groups.append((edge, [word]))
    ends = [*(edge for edge, _words in groups[1:]), len(turn.text)]
    pieces = []
    for (first, held), last in zip(groups, ends, strict=True):
        opens = any(first <= opening <= held[0].start for opening in openings)
        start, end = held[0].start_ms, max(word.end_ms for word in held)
        pieces.append(_Piece(turn.text[first:last], start, end, opens))
    return pieces


def _edge(text: str, start: int) -> int:
    """Return where the signs that belong to a word begin: a quotation mark, a bracket, a dash."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    return start


def _too_long(pieces: Sequence[_Piece], room: int) -> bool:
    letters = len(" ".join("".join(piece.text for piece in pieces).split()))
    return letters > room or pieces[-1].end_ms - pieces[0].start_ms > LONGEST_MS


def _cut(held: Sequence[_Piece]) -> int:
    """Return after how many pieces a cue had best end: at a sentence, else a comma, else where it is full."""
    for place in range(len(held) - 1, 0, -1):
        if held[place].opens:
            return place
    for place in range(len(held) - 1, len(held) // 2, -1):
        if held[place - 1].text.rstrip().endswith(_BREAKS):
            return place
    return len(held)


def wrapped(text: str) -> str:
    """Return the words of a cue on as few lines of 42 characters as they need, evenly filled."""
    lines = -(-len(text) // LINE)
    words = text.split(" ")
    while True:
        width = max(-(-len(text) // lines), 1)
        broken = _fill(words, width, lines)
        if broken is not None:
            return "\n".join(broken)
        lines += 1


def _fill(words: Sequence[str], width: int, lines: int) -> list[str] | None:
    """Return the words on a number of lines, or None when a line would be too long."""
    for room in range(width, LINE + 1):
        broken: list[str] = [words[0]]
        for word in words[1:]:
            if len(broken[-1]) + 1 + len(word) <= room:
                broken[-1] += f" {word}"
            else:
                broken.append(word)
        if len(broken) <= lines:
            return broken
    return list(words) if lines >= len(words) else None
