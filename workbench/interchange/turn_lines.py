"""Transcripts written as lines: who speaks ("Name: …") and when ([00:01:23], #00:01:23-4#)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.interchange.clock import CLOCK, RANGE, milliseconds
from workbench.interchange.importer import ImportedTurn
from workbench.interchange.turn_tables import read_arrows, read_table
from workbench.text.fold import fold
from workbench.text.normalize import normalise

_CLOCK = CLOCK
_SPAN = re.compile(rf"\s*[\[(#]?{RANGE}[\])#]?(?=\s|$|[^\d:.,\-])")
_STAMP = re.compile(rf"\s*(?:\[{_CLOCK}\]|\({_CLOCK}\)|\#{_CLOCK}\#|{_CLOCK})(?=\s|$|[^\d:.,\-])")
_STAMP_AT_END = re.compile(rf"\s*(?:\[{_CLOCK}\]|\({_CLOCK}\)|\#{_CLOCK}\#)\s*$")
_STAMPED_NAME = re.compile(
    rf"\s*(?P<name>[^\W\d_][^:\[\]()#]{{0,40}}?)\s+(?:\[{_CLOCK}\]|\({_CLOCK}\)|\#{_CLOCK}\#|{_CLOCK}):?\s*$"
)
_BRACKETED_NAME = re.compile(rf"\s*\[(?P<name>[^\[\]\n]{{1,60}})\]\s+{_CLOCK}\s*$")
_LABEL = re.compile(r"\s*(?P<name>[^\W_](?:[^:\n.!?;,«»\"]|(?<=\b\w)\.){0,39}):(?!//)\s*")
_MOST_NAME_WORDS = 4
_NEARLY = 0.9
_ROLES = frozenset(
    [
        "interviewer",
        "respondent",
        "moderator",
        "facilitator",
        "participant",
        "speaker",
        "researcher",
        "client",
        "customer",
        "интервьюер",
        "респондент",
        "модератор",
        "ведущий",
        "участник",
        "участница",
        "исследователь",
        "клиент",
        "клиентка",
        "собеседник",
        "говорящий",
        "спикер",
        "вопрос",
        "ответ",
        "в",
        "о",
        "i",
        "r",
        "q",
        "a",
        "и",
        "р",
        "м",
    ]
)
_CODE = re.compile(r"[^\W\d_]{1,2}-?\d{1,3}\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    speaker: str | None
    start_ms: int | None
    end_ms: int | None


def lines_of(text: str) -> list[str]:
    """Return the lines of a text in normal form, with the tabs that part its columns."""
    return "\t".join(normalise(part) for part in text.split("\t")).split("\n")


def read_turns(lines: Iterable[str]) -> tuple[ImportedTurn, ...]:
    """Return the turns that lines of a transcript make; every word of them is in some turn.

    A label counts as a speaker when it comes twice, is a usual role or code (R01), or has a time
    before it; "The point: we left" stays text. A line without a label goes on with the turn before
    it if that has a speaker, else it is a paragraph of its own. A stamp before the words is their
    beginning, a stamp after them (f4, MAXQDA) their end. Tabs may stand between columns.
    """
    given = list(lines)
    table = read_table(given) or read_arrows(given)
    if table is not None:
        return tuple(_with_times([turn for turn in table if turn.text]))
    raw = [line.replace("\t", " ").strip() for line in given]
    speakers = _speakers(raw)
    turns: list[_Line] = []
    waiting: _Line | None = None  # a speaker or a time on a line of its own
    for line in raw:
        if not line:
            continue
        read = _read_line(line, speakers)
        if waiting is not None:
            read = _joined_header(waiting, read)
            waiting = None
        if not read.text and (read.speaker or read.start_ms is not None):
            waiting = read
            continue
        if _goes_on(turns, read):
            last = turns[-1]
            turns[-1] = replace(last, text=f"{last.text}\n{read.text}", end_ms=read.end_ms)
        else:
            turns.append(read)
    if waiting is not None and waiting.speaker:
        turns.append(_Line(f"{waiting.speaker}:", None, waiting.start_ms, None))
    made = [ImportedTurn(t.text, t.speaker, t.start_ms, t.end_ms) for t in turns]
    return tuple(_with_times(made))


def _goes_on(turns: list[_Line], read: _Line) -> bool:
    return bool(
        turns
        and turns[-1].speaker is not None
        and read.speaker is None
        and read.start_ms is None
        and turns[-1].end_ms is None
    )


def _joined_header(header: _Line, read: _Line) -> _Line:
    if read.speaker is not None and header.speaker is not None:
        return replace(read, text=f"{header.speaker}: {read.text}".strip(), speaker=read.speaker)
    start = header.start_ms if read.start_ms is None else read.start_ms
    return replace(read, speaker=header.speaker or read.speaker, start_ms=start)


def _read_line(line: str, speakers: frozenset[str]) -> _Line:
    named = _BRACKETED_NAME.match(line) or _STAMPED_NAME.match(line)
    if named and _is_name(named["name"]):
        return _Line("", named["name"].strip(), milliseconds(named.groups()[1:]), None)
    start_ms = end_ms = None
    span, stamp = _SPAN.match(line), _STAMP.match(line)
    if span:
        start_ms, line_end = milliseconds(span.groups()[:4]), milliseconds(span.groups()[4:])
        end_ms, line = max(start_ms, line_end), line[span.end() :].lstrip(" -–—:")
    elif stamp:
        start_ms, line = milliseconds(stamp.groups()), line[stamp.end() :].lstrip(" -–—")
    speaker, line = _split_label(line, speakers)
    if start_ms is None and speaker and (stamp := _STAMP.match(line)):
        start_ms, line = milliseconds(stamp.groups()), line[stamp.end() :].lstrip()
    ending = _STAMP_AT_END.search(line)
    if ending:
        end_ms, line = milliseconds(ending.groups()), line[: ending.start()].rstrip()
        if not line and speaker is None and start_ms is None:
            start_ms, end_ms = end_ms, None
    return _Line(line, speaker, start_ms, end_ms)


def _split_label(line: str, speakers: frozenset[str]) -> tuple[str | None, str]:
    label = _LABEL.match(line)
    if label and fold(label["name"].strip()) in speakers:
        return label["name"].strip(), line[label.end() :]
    return None, line


def _speakers(lines: list[str]) -> frozenset[str]:
    """Return the folded labels that are speakers in this transcript."""
    counts: Counter[str] = Counter()
    sure: set[str] = set()
    for line in lines:
        stamp = _SPAN.match(line) or _STAMP.match(line)
        label = _LABEL.match(line[stamp.end() :].lstrip(" -–—") if stamp else line)
        if not label or not _is_name(label["name"]):
            continue
        name = fold(label["name"].strip())
        counts[name] += 1
        stamp = stamp or _STAMP.match(line[label.end() :])  # "S01: [00:00:12] …" of noScribe
        if stamp or _CODE.match(name) or name.rstrip(" 0123456789") in _ROLES:
            sure.add(name)
    return frozenset(sure | {name for name, count in counts.items() if count > 1})


def _is_name(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _MOST_NAME_WORDS and any(c.isalpha() for c in name)


def _with_times(turns: list[ImportedTurn]) -> list[ImportedTurn]:
    """Let a turn begin where the one before it ended, and end where the next one begins."""
    timed = list(turns)
    begun = False
    for i, turn in enumerate(timed):
        if turn.start_ms is None and i and timed[i - 1].end_ms is not None:
            timed[i] = replace(turn, start_ms=timed[i - 1].end_ms)
        elif turn.start_ms is None and turn.end_ms is not None and not begun:
            timed[i] = replace(turn, start_ms=0)
        begun = begun or timed[i].start_ms is not None
        if i and timed[i - 1].end_ms is None and timed[i - 1].start_ms is not None:
            timed[i - 1] = replace(timed[i - 1], end_ms=timed[i].start_ms)
    return [
        replace(t, end_ms=t.start_ms)
        if t.start_ms is not None and t.end_ms is not None and t.end_ms < t.start_ms
        else t
        for t in timed
    ]


def known_speakers(lines: Iterable[str]) -> frozenset[str]:
    """Return the folded labels that are speakers, for formats that bring their own times.

    Where nearly every line begins with a name (Zoom), a name that comes once is a speaker as well.
    """
    raw = [line.strip() for line in lines if line.strip()]
    labels = [_LABEL.match(line) for line in raw]
    names = [fold(label["name"].strip()) for label in labels if label and _is_name(label["name"])]
    if len(names) >= _NEARLY * len(raw):
        return frozenset(names)
    return _speakers(raw)


def split_label(line: str, speakers: frozenset[str]) -> tuple[str | None, str]:
    """Return the speaker before a colon, if it is one of those known, and the words after it."""
    return _split_label(line, speakers)
