"""WebVTT with voices and SubRip: cues with times become turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.i18n import N_
from workbench.interchange.clock import milliseconds
from workbench.interchange.files import damaged, empty, read_text
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    ImportedTurn,
    encoding_note,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.joining import join, unfinished
from workbench.interchange.turn_lines import known_speakers, split_label
from workbench.text.normalize import normalise
from workbench.text.turns import LONGEST_LINE

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_VOICE = re.compile(r"<v(\.[^\s>]*)?\s+([^>]*)>")
_SUSPECTED = ".suspected"  # the class of a voice or a stretch that was perhaps invented
_SUSPECTED_STRETCH = re.compile(r"<c\.suspected>")
# "<identifier of a file>/12-1" (Teams) or "12-1": the second part of the twelfth turn
_PART = re.compile(r"(?:[\w-]{8,}/)?(\d+)-(\d+)")
_TAG = re.compile(r"</?(?:v|c|b|i|u|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>", re.IGNORECASE)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "\u200e", "&rlm;": "\u200f"}


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    turn: str | None = None
    """Which turn the cue is a part of, where its identifier says so."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one voice says in a cue."""

    turn: ImportedTurn
    group: str | None
    goes_on: bool = False
    """Whether it stands without a name in a file that names who begins to speak."""


class Subtitles:
    """Reads .vtt and .srt."""

    name = "subtitles"
    suffixes: tuple[str, ...] = (".vtt", ".srt")
    description = N_("Subtitles with times (WebVTT with voices, SubRip)")

    def sniff(self, head: bytes, path: Path) -> float:
        """The WebVTT signature, or the name."""
        marked = head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
        return 0.95 if marked else sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the cues as turns; comments of the file become the attribute ``note``."""
        raw, encoding = read_text(path)
        cues, comments = _read_cues(normalise(raw).split("\n"))
        if not cues:
            raise damaged(path)
        turns = tuple(_merged(_said(cues)))
        if not turns:
            raise empty(path)
        text = " ".join(turn.text for turn in turns)
        imported = ImportedText(
            path.stem,
            turns,
            language=language or guess_language(text),
            attributes={"note": comments} if comments else {},
        )
        return ImportedBatch((imported,), encoding_note(path, encoding))


def _read_cues(lines: list[str]) -> tuple[list[_Cue], str]:
    """Split a file into cues and comments; words outside of any cue belong to the one before."""
    cues: list[_Cue] = []
    comments: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line)
            continue
        if block:
            _read_block(block, cues, comments)
        block = []
    return cues, "\n".join(comments)


def _read_block(block: list[str], cues: list[_Cue], comments: list[str]) -> None:
    places = [i for i, line in enumerate(block) if _TIMING.match(line)]
    group: str | None = None
    if not places:
        head = block[0].split(maxsplit=1)
        if head[0] in {"WEBVTT", "NOTE"}:
            comments.extend(part for part in ([*head[1:], *block[1:]]) if part)
        elif head[0] in {"STYLE", "REGION"}:
            return
        elif cues:
            cues[-1] = replace(cues[-1], lines=(*cues[-1].lines, *block))
        else:
            comments.extend(block)
        return
    if places[0] > 0:
        comments.extend(block[: places[0] - 1])  # the line before the times is the cue's identifier
        identifier = block[places[0] - 1].strip()
        part = _PART.fullmatch(identifier)
        group = part[1] if part else None
        if not identifier.isdigit() and not part and identifier.split()[0] != "WEBVTT":
            comments.append(identifier)
    for place, following in zip(places, [*places[1:], None], strict=True):
        timing = _TIMING.match(block[place])
        words = block[place + 1 : following]
        if following is not None and words and words[-1].strip().isdigit():
            words = words[:-1]  # the identifier of a cue that no empty line parts from this one
        if timing:
            parts = timing.groups()
            start, end = milliseconds(parts[:4]), milliseconds(parts[4:])
            cues.append(_Cue(start, max(start, end), tuple(words), group))
        group = None


def _said(cues: list[_Cue]) -> Iterator[_Said]:
    """Yield what each voice says in each cue."""
    plain = [_clean(line) for cue in cues for line in cue.lines if not _VOICE.search(line)]
    voiced = len(plain) < sum(len(cue.lines) for cue in cues)
    speakers = known_speakers(plain)
    current: str | None = None
    for cue in cues:
        for speaker, words, suspected in _voices(cue, speakers):
            if not words:
                continue
            goes_on = speaker is None and current is not None and not voiced
            current = current if goes_on else speaker
            turn = ImportedTurn(words, current, cue.start_ms, cue.end_ms, suspected=suspected)
            yield _Said(turn, cue.turn, goes_on)


def _voices(cue: _Cue, speakers: frozenset[str]) -> list[tuple[str | None, str, bool]]:
    """Return the voices of one cue: who, their words, whether they are suspected."""
    voice: str | None = None
    suspected = False
    said: list[tuple[str | None, str, bool]] = []
    for line in cue.lines:
        parts = _VOICE.split(line)  # words, then class, name, words of each voice
        for i, part in enumerate(parts):
            if i % 3 == 1:
                suspected = part == _SUSPECTED
                continue
            if i % 3 == 2:  # noqa: PLR2004 - the name
                voice = _clean(part).strip().removeprefix("//").strip() or voice
                continue
            marked = suspected or bool(_SUSPECTED_STRETCH.search(part))
            words = _clean(part).strip()
            speaker = voice
            if voice is None:
                speaker, words = split_label(words, speakers)
            if said and speaker in {None, said[-1][0]}:
                said[-1] = (said[-1][0], f"{said[-1][1]} {words}".strip(), said[-1][2] or marked)
            elif words or speaker:
                said.append((speaker, words, marked))
    return said


def _clean(line: str) -> str:
    line = _TAG.sub("", line)
    for entity, character in _ENTITIES.items():
        line = line.replace(entity, character)
    return line.replace("&amp;", "&")


def _merged(parts: Iterator[_Said]) -> Iterator[ImportedTurn]:
    """Join the cues of a turn: those that say they belong to one, else those inside of a sentence."""
    last: ImportedTurn | None = None
    group: str | None = None
    for part in parts:
        if last is not None and _belongs(last, group, part):
            last = join(last, part.turn)
        else:
            if last is not None:
                yield last
            last = part.turn
        group = part.group
    if last is not None:
        yield last


def _belongs(last: ImportedTurn, group: str | None, part: _Said) -> bool:
    if last.speaker != part.turn.speaker or last.suspected != part.turn.suspected:
        return False
    if part.group is not None and group is not None:
        return part.group == group
    if part.goes_on and len(last.text) + len(part.turn.text) < LONGEST_LINE:
        return True
    return unfinished(last)


IMPORTER = Subtitles()
