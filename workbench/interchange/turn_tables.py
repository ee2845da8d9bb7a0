"""Transcripts as tables: tab-separated columns (NVivo, Zoom, Kontur Talk), and the cues of old Teams files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.interchange.clock import CLOCK, RANGE, milliseconds
from workbench.interchange.importer import ImportedTurn
from workbench.interchange.joining import join_unfinished
from workbench.text.fold import fold

_COLUMNS = {
    "time": ("timespan", "time", "timestamp", "start", "time range", "время", "начало", "таймкод"),
    "end": ("end", "конец"),
    "speaker": ("speaker", "name", "участник", "спикер", "говорящий", "имя"),
    "text": ("content", "text", "transcript", "текст", "реплика", "содержание", "расшифровка"),
}
_TIME = re.compile(rf"[\[(#]?{CLOCK}[\])#]?")
_RANGE = re.compile(rf"[\[(#]?{RANGE}[\])#]?")
_ARROW_CLOCK = r"(\d{1,3}):(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_ARROW = re.compile(rf"{_ARROW_CLOCK}\s*-->\s*{_ARROW_CLOCK}")
_LONGEST_NAME = 60
_LEAST_CELLS = 2
_MOST_CELLS = 3


def column(heading: str) -> str | None:
    """Return which part of a transcript a column's heading names."""
    key = fold(heading.strip().strip("\ufeff:"))
    return next((part for part, names in _COLUMNS.items() if key in names), None)


def is_heading(cells: Sequence[str]) -> bool:
    """Tell whether cells are the headings of a table of turns rather than words."""
    parts = [column(cell) for cell in cells if cell.strip()]
    return len(parts) >= _LEAST_CELLS and None not in parts and len(set(parts)) == len(parts)


def read_table(lines: Sequence[str]) -> tuple[ImportedTurn, ...] | None:
    """Return the turns of a table with tabs between its columns; None when the lines are no table.

    Either the first line names the columns, or nearly every line is "time, speaker, words".
    """
    rows = [line.split("\t") for line in lines if line.strip()]
    if not rows:
        return None
    if is_heading(rows[0]):
        parts = [column(cell) or "" for cell in rows[0]]
        return tuple(_row(cells, parts) for cells in rows[1:] if any(map(str.strip, cells)))
    timed = sum(len(cells) >= _MOST_CELLS and _is_time(cells[0]) for cells in rows)
    if timed < len(rows) * 0.8:
        return None
    return tuple(_row(cells, ["time", "speaker", "text"]) for cells in rows)


def _is_time(cell: str) -> bool:
    return bool(_TIME.fullmatch(cell.strip()) or _RANGE.fullmatch(cell.strip()))


def _row(cells: list[str], parts: list[str]) -> ImportedTurn:
    """Return one row; what is in no known column, or is no time, is words."""
    found = {"time": "", "end": "", "speaker": "", "text": ""}
    over: list[str] = []
    cells = [cell.strip() for cell in cells]
    if len(cells) > len(parts):  # a tab inside the words
        cells = [*cells[: len(parts) - 1], " ".join(cells[len(parts) - 1 :])]
    for part, cell in zip(parts, cells, strict=False):
        if part in ("time", "end") and cell and not _is_time(cell):
            over.append(cell)
        elif part:
            found[part] = cell
    text = " ".join(filter(None, [*over, found["text"]]))
    speaker: str | None = found["speaker"].rstrip(":").strip() or None
    if speaker and (len(speaker) > _LONGEST_NAME or not text):
        text, speaker = " ".join(filter(None, [found["speaker"], text])), None
    start = end = None
    both = _RANGE.fullmatch(found["time"])
    if both:
        start, end = milliseconds(both.groups()[:4]), milliseconds(both.groups()[4:])
    elif found["time"]:
        start = milliseconds(_match(found["time"]))
    if found["end"] and not both:
        end = milliseconds(_match(found["end"]))
    if end is not None and end < (start or 0):
        end = start
    return ImportedTurn(text, speaker, start, end)


def _match(cell: str) -> tuple[str | None, ...]:
    found = _TIME.fullmatch(cell) or _RANGE.fullmatch(cell)
    return found.groups()[:4] if found else (None, "0", "0", None)


def read_arrows(lines: Sequence[str]) -> tuple[ImportedTurn, ...] | None:
    """Return the turns of "0:0:3.45 --> 0:0:5.9" lines, each with a name and words below; None without such."""
    if not any(_ARROW.fullmatch(line.strip()) for line in lines):
        return None
    turns: list[ImportedTurn] = []
    times: tuple[int, int] | None = None
    block: list[str] = []

    def close() -> None:
        if not block:
            return
        named = times is not None and len(block) > 1 and len(block[0]) <= _LONGEST_NAME
        speaker = block[0].rstrip(":") if named else None
        words = block[1:] if named else block
        start, end = times or (None, None)
        if times is None:
            turns.extend(ImportedTurn(line) for line in words)
        else:
            turns.append(ImportedTurn(" ".join(words), speaker, start, end))

    for raw in lines:
        line = raw.replace("\t", " ").strip()
        arrow = _ARROW.fullmatch(line)
        if arrow:
            close()
            start, end = milliseconds(arrow.groups()[:4]), milliseconds(arrow.groups()[4:])
            times, block = (start, max(start, end)), []
        elif line:
            block.append(line)
    close()
    return tuple(join_unfinished(turns))
