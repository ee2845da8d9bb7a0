"""WebVTT with voices and SubRip: cues with times become turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.i18n import N_
from workbench.interchange.files import damaged, empty, read_text
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    ImportedTurn,
    encoding_note,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.turn_lines import known_speakers, milliseconds, split_label
from workbench.text.normalize import normalise

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?(?:v|c|b|i|u|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<\d[\d:.]*>", re.IGNORECASE)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "\u200e", "&rlm;": "\u200f"}
_SENTENCE_OVER = re.compile(r"[.!?…][\"'»”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


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
        turns = tuple(_merged(_voices(cues)))
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
        identifier = block[places[0] - 1]
        if not identifier.strip().isdigit() and identifier.split()[0] != "WEBVTT":
            comments.append(identifier)
    for place, following in zip(places, [*places[1:], None], strict=True):
        timing = _TIMING.match(block[place])
        words = block[place + 1 : following]
        if following is not None and words and words[-1].strip().isdigit():
            words = words[:-1]  # the identifier of a cue that no empty line parts from this one
        if timing:
            parts = timing.groups()
            start, end = milliseconds(parts[:4]), milliseconds(parts[4:])
            cues.append(_Cue(start, max(start, end), tuple(words)))


def _voices(cues: list[_Cue]) -> Iterator[ImportedTurn]:
    """Yield what each voice says in each cue."""
    plain = [_clean(line) for cue in cues for line in cue.lines if not _VOICE.search(line)]
    speakers = known_speakers(plain)
    for cue in cues:
        voice: str | None = None
        said: list[tuple[str | None, str]] = []
        for line in cue.lines:
            parts = _VOICE.split(line)
            for i, part in enumerate(parts):
                if i % 2:
                    voice = _clean(part).strip() or voice
                    continue
                words = _clean(part).strip()
                if voice is None:
                    speaker, words = split_label(words, speakers)
                else:
                    speaker = voice
                if said and speaker in {None, said[-1][0]}:
                    said[-1] = (said[-1][0], f"{said[-1][1]} {words}".strip())
                elif words or speaker:
                    said.append((speaker, words))
        for speaker, words in said:
            if words:
                yield ImportedTurn(words, speaker, cue.start_ms, cue.end_ms)


def _clean(line: str) -> str:
    line = _TAG.sub("", line)
    for entity, character in _ENTITIES.items():
        line = line.replace(entity, character)
    return line.replace("&amp;", "&")


def _merged(turns: Iterator[ImportedTurn]) -> Iterator[ImportedTurn]:
    """Join cues in the middle of a sentence: subtitles are cut by length, not by sense."""
    last: ImportedTurn | None = None
    for turn in turns:
        if last and last.speaker == turn.speaker and not _SENTENCE_OVER.search(last.text):
            last = replace(last, text=f"{last.text} {turn.text}", end_ms=turn.end_ms)
            continue
        if last:
            yield last
        last = turn
    if last:
        yield last


IMPORTER = Subtitles()
