"""Plain text in the conventions by which programs for qualitative analysis tell times and speakers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from workbench.i18n import N_
from workbench.interchange.clock import stamp
from workbench.interchange.exporter import (
    SUSPECTED_MARK,
    ExportedTranscript,
    ExportedTurn,
    ExportOptions,
)


class PlainText:
    """Writes .txt, a turn a paragraph.

    ``plain``: "[00:01:23] Name: words"; ``f4``: "Name: words #00:01:23-4#", the time where the
    turn ends; ``maxqda``: "#00:01:23-4# Name: words"; ``nvivo``: a table of time span, speaker and
    content with tabs between; ``atlasti``: "#00:01:23.4# Name: words"; ``noscribe``:
    "Name: [00:01:23] words".
    """

    name = "txt"
    suffix = ".txt"
    description = N_("Plain text as MAXQDA, NVivo, ATLAS.ti, f4 and noScribe write and read it")
    needs_times = False
    conventions: tuple[str, ...] = ("plain", "f4", "maxqda", "nvivo", "atlasti", "noscribe")

    def render(self, transcript: ExportedTranscript, options: ExportOptions) -> bytes:
        """Return the turns; MAXQDA and NVivo know UTF-8 by its mark."""
        mark = options.wording(transcript).gettext(SUSPECTED_MARK)
        write = _CONVENTIONS[options.convention]
        lines = [write(turn, _words(turn, mark)) for turn in transcript.turns]
        if options.convention == "nvivo":
            lines = [_nvivo_heading(options), *(_without(line, options) for line in lines)]
            text = "\n".join(lines)
        else:
            text = "\n\n".join(lines)
        return (text + "\n").encode("utf-8-sig" if options.convention in _MARKED else "utf-8")


_MARKED: Final = ("nvivo", "maxqda", "atlasti")


def _words(turn: ExportedTurn, mark: str) -> str:
    return f"{turn.line} {mark}" if turn.suspected else turn.line


def _label(turn: ExportedTurn) -> str:
    return f"{' '.join(turn.speaker.split())}: " if turn.speaker else ""


def _plain(turn: ExportedTurn, words: str) -> str:
    time = f"[{stamp(turn.start_ms)}] " if turn.start_ms is not None else ""
    return f"{time}{_label(turn)}{words}"


def _f4(turn: ExportedTurn, words: str) -> str:
    time = f" #{stamp(turn.end_ms, decimals=1, mark='-')}#" if turn.end_ms is not None else ""
    return f"{_label(turn)}{words}{time}"


def _maxqda(turn: ExportedTurn, words: str) -> str:
    time = f"#{stamp(turn.start_ms, decimals=1, mark='-')}# " if turn.start_ms is not None else ""
    return f"{time}{_label(turn)}{words}"


def _atlasti(turn: ExportedTurn, words: str) -> str:
    time = f"#{stamp(turn.start_ms, decimals=1)}# " if turn.start_ms is not None else ""
    return f"{time}{_label(turn)}{words}"


def _noscribe(turn: ExportedTurn, words: str) -> str:
    time = f"[{stamp(turn.start_ms)}] " if turn.start_ms is not None else ""
    return f"{_label(turn)}{time}{words}"


def _nvivo(turn: ExportedTurn, words: str) -> str:
    start, end = (
        "" if ms is None else stamp(ms, decimals=1, hour_digits=1)
        for ms in (turn.start_ms, turn.end_ms)
    )
    span = f"{start} - {end}" if start and end else start
    speaker = " ".join((turn.speaker or "").split())
    return f"{span}\t{speaker}\t{words}"


def _nvivo_heading(options: ExportOptions) -> str:
    return _without("Timespan\tSpeaker\tContent", options)


def _without(line: str, options: ExportOptions) -> str:
    """Return a row without the columns that are not wanted."""
    time, speaker, words = line.split("\t", 2)
    cells = [*([time] if options.timestamps else []), *([speaker] if options.speakers else [])]
    return "\t".join([*cells, words])


_CONVENTIONS: Final[dict[str, Callable[[ExportedTurn, str], str]]] = {
    "plain": _plain,
    "f4": _f4,
    "maxqda": _maxqda,
    "nvivo": _nvivo,
    "atlasti": _atlasti,
    "noscribe": _noscribe,
}

EXPORTER = PlainText()
