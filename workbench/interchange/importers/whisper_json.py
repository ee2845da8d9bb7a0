"""What Whisper programs write as JSON: openai-whisper, faster-whisper, whisperX, whisper.cpp and their kin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.files import empty
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    ImportedTurn,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.joining import join_speech
from workbench.interchange.json_file import milliseconds_of, read_json, share_of
from workbench.interchange.turn_lines import lines_of, read_turns
from workbench.text.normalize import normalise
from workbench.text.word_times import find_words

_LANGUAGES = {"russian": "ru", "english": "en"}
_CODE_LENGTH = 2


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start_ms: int | None
    end_ms: int | None
    probability: float
    speaker: str | None = None


class WhisperJson:
    """Reads segments with times, words and speakers, whatever program of the family wrote them."""

    name = "whisper_json"
    suffixes: tuple[str, ...] = (".json",)
    description = N_("Whisper's JSON with words and times (also whisperX and whisper.cpp)")

    def sniff(self, head: bytes, path: Path) -> float:
        """The name; what is inside is looked at on reading."""
        del head
        return sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the segments as turns: one voice after the other, cut at pauses where no voice is known."""
        data = read_json(path)
        segments = _segments(data)
        if segments is None:
            turns = _plain(data)
            if turns is None:
                raise _unknown(path)
        else:
            turns = tuple(join_speech(piece for s in segments for piece in _pieces(s)))
        if not turns:
            raise empty(path)
        text = " ".join(turn.text for turn in turns)
        spoken = language or _language(data) or guess_language(text)
        return ImportedBatch((ImportedText(path.stem, turns, language=spoken),))


def _unknown(path: Path) -> InputError:
    return InputError(
        "json-unknown",
        N_("{file} is JSON, but not a transcript."),
        N_("Transcripts are those of Whisper, whisperX, whisper.cpp and of this program."),
        file=path.name,
    )


def _mappings(value: Any) -> list[Mapping[str, Any]] | None:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        return None
    return value


def _segments(data: Any) -> list[Mapping[str, Any]] | None:
    """Return the segments of any known shape, with the words that lie beside them."""
    if isinstance(data, list):
        found = _mappings(data)
        return found if found and any("text" in item or "words" in item for item in found) else None
    if not isinstance(data, Mapping):
        return None
    if (parts := _mappings(data.get("transcription"))) is not None:
        return [_whisper_cpp(item) for item in parts]
    if chunks := _mappings(data.get("speakers")) or _mappings(data.get("chunks")):
        return [_chunk(item) for item in chunks]
    return _listed(data)


def _listed(data: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Return the field ``segments``; words that stand in a list of their own are handed out."""
    segments = _mappings(data.get("segments"))
    words = _mappings(data.get("words")) or _mappings(data.get("word_segments"))
    if segments and words and not any(item.get("words") for item in segments):
        return _with_words(segments, words)
    if not segments and words:
        return [{"words": words}]
    return segments


def _whisper_cpp(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring a segment of whisper.cpp, whose times are whole milliseconds, into the common shape."""
    times = item.get("offsets")
    times = times if isinstance(times, Mapping) else {}
    words: list[dict[str, Any]] = []
    for token in _mappings(item.get("tokens")) or ():
        text, at = str(token.get("text", "")), token.get("offsets")
        if text.startswith("[_") or not isinstance(at, Mapping):
            continue  # [_BEG_], [_TT_150]: marks of the model
        if words and not text[:1].isspace():  # a later part of the same word
            last = words[-1]
            last["text"] += text
            last["end"] = _seconds(at.get("to"))
            last["probability"] = min(last["probability"], share_of(token.get("p")))
        else:
            words.append(
                {
                    "text": text,
                    "start": _seconds(at.get("from")),
                    "end": _seconds(at.get("to")),
                    "probability": share_of(token.get("p")),
                }
            )
    return {
        "start": _seconds(times.get("from")),
        "end": _seconds(times.get("to")),
        "text": item.get("text"),
        "speaker": item.get("speaker"),
        "words": words,
    }


def _seconds(ms: Any) -> float | None:
    whole = milliseconds_of(ms, unit=1.0)
    return None if whole is None else whole / 1000


def _chunk(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring a chunk of the Transformers pipeline into the common shape."""
    times = item.get("timestamp")
    start, end = times if isinstance(times, list) and len(times) == 2 else (None, None)  # noqa: PLR2004
    return {"start": start, "end": end, "text": item.get("text"), "speaker": item.get("speaker")}


def _with_words(
    segments: list[Mapping[str, Any]], words: list[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Hand each segment the words that begin in it."""
    ends = [milliseconds_of(item.get("end")) or 0 for item in segments]
    shared: list[list[Mapping[str, Any]]] = [[] for _segment in segments]
    place = 0
    for word in words:
        start = milliseconds_of(word.get("start"))
        while start is not None and place < len(segments) - 1 and start >= ends[place]:
            place += 1
        shared[place].append(word)
    return [{**item, "words": held} for item, held in zip(segments, shared, strict=True)]


def _pieces(segment: Mapping[str, Any]) -> Iterator[ImportedTurn]:
    """Yield what each voice says in a segment, with the times of its words."""
    words = [_word(item) for item in _mappings(segment.get("words")) or ()]
    raw = segment.get("text")
    text = normalise(raw if isinstance(raw, str) else "".join(_spaced(words)))
    text = " ".join(text.split())
    if not text:
        return
    voice = _name(segment.get("speaker"))
    start, end = milliseconds_of(segment.get("start")), milliseconds_of(segment.get("end"))
    if start is not None and end is not None:
        end = max(start, end)
    cuts = _cuts(text, words, voice)
    for (first, speaker), (last, _next) in zip(cuts, [*cuts[1:], (len(text), None)], strict=True):
        said = text[first:last].strip()
        if not said:
            continue
        times = find_words(said, _said(text, words, first, last))
        known = bool(times) and len(cuts) > 1
        yield ImportedTurn(
            said,
            speaker,
            int(times[0][2]) if known else start,
            int(max(row[3] for row in times)) if known else end,
            times,
        )


def _cuts(text: str, words: Sequence[_Word], voice: str | None) -> list[tuple[int, str | None]]:
    """Return where in a text another voice begins, and whose it is."""
    cuts: list[tuple[int, str | None]] = [(0, voice)]
    place = 0
    for word in words:
        found = text.find(word.text, place) if word.text else -1
        if found < 0:
            continue
        if word.speaker is not None and word.speaker != cuts[-1][1]:
            if place == 0:
                cuts[-1] = (0, word.speaker)  # the first word knows better than its segment
            else:
                cuts.append((found, word.speaker))
        place = found + len(word.text)
    return cuts


def _said(
    text: str, words: Sequence[_Word], first: int, last: int
) -> Iterator[tuple[str, int | None, int | None, float]]:
    """Yield the words that stand in one part of a text."""
    place = 0
    for word in words:
        found = text.find(word.text, place) if word.text else -1
        if found < 0:
            continue
        place = found + len(word.text)
        if first <= found < last:
            yield word.text, word.start_ms, word.end_ms, word.probability


def _word(item: Mapping[str, Any]) -> _Word:
    text = item.get("word", item.get("text"))
    share = next((item[key] for key in ("probability", "score", "confidence") if key in item), None)
    return _Word(
        " ".join(normalise(text if isinstance(text, str) else "").split()),
        milliseconds_of(item.get("start")),
        milliseconds_of(item.get("end")),
        share_of(share),
        _name(item.get("speaker")),
    )


def _spaced(words: Sequence[_Word]) -> Iterator[str]:
    for word in words:
        yield f" {word.text}"


def _name(value: Any) -> str | None:
    """Return a speaker's name; whisper.cpp numbers them, and writes "?" where it cannot tell."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    name = normalise(value).strip() if isinstance(value, str) else ""
    return name if name and name != "?" else None


def _language(data: Any) -> str | None:
    if not isinstance(data, Mapping):
        return None
    result = data.get("result")
    value = data.get("language") or (result.get("language") if isinstance(result, Mapping) else "")
    name = value.casefold() if isinstance(value, str) else ""
    return _LANGUAGES.get(name) or (name if len(name) == _CODE_LENGTH else None)


def _plain(data: Any) -> tuple[ImportedTurn, ...] | None:
    """Return the turns of a result that is nothing but a text."""
    text = data.get("text") if isinstance(data, Mapping) else None
    return read_turns(lines_of(text)) if isinstance(text, str) else None


IMPORTER = WhisperJson()
