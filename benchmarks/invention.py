"""Invention: silence, noise, hum and music inserted into a recording must not give words.

An invented word is one whose middle lies inside an insert, 0.3 s away from its edges, and that is not marked as suspected.
Because a word's time can be wrong, the words added to the script are also counted, with and without the inserts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import _recordings as recordings
from benchmarks._programs import BATCHED, WORKBENCH, Run, recognise
from benchmarks._recordings import Recording
from benchmarks._scores import word_errors
from benchmarks._sounds import RATE, Sound, hum, music, silence, white_noise
from benchmarks._speech import pauses
from benchmarks.figures import Figure

PARTS = ("apart", "together", "loud", "english", "alone")
_SECONDS = 20
_EDGE_MS = 300
_SHOWN = 6


@dataclass(frozen=True)
class _Insert:
    name: str
    start_ms: int
    end_ms: int


def run(quick: bool, *, only: set[str] = frozenset(), keep: Path | None = None) -> Iterator[Figure]:
    """Recognise an interview with inserts apart and together, louder ones, and nothing but inserts."""
    default = ["apart", "alone"] if quick else list(PARTS)
    with tempfile.TemporaryDirectory() as folder:
        for name in [name for name in PARTS if name in only] or default:
            yield from _measure(Path(folder), name, keep)


def _measure(folder: Path, name: str, keep: Path | None) -> Iterator[Figure]:
    """Count what is heard inside the inserts of one recording."""
    language = "en" if name == "english" else "ru"
    sounds = _inserts(louder=15 if name == "loud" else 0)
    spoken, said = (silence(0), "") if name == "alone" else recordings.interview(language)
    parts, inserts = _put_in(spoken, sounds, apart=name not in {"together", "alone"})
    path = folder / f"invention-{name}.wav"
    seconds = recordings.write(path, parts)
    what = f"{len(inserts)} inserts of {_SECONDS} s in {seconds:.0f} s"
    recording = Recording(f"invention-{name}", path, language, said, seconds, what)
    found = recognise(WORKBENCH, recording, keep=keep)
    bare = recognise(BATCHED, recording, keep=keep)
    yield _invented(name, found, bare, inserts, what)
    if said:
        yield _added(folder, name, recording, found, spoken, keep)


def _invented(name: str, found: Run, bare: Run, inserts: list[_Insert], what: str) -> Figure:
    """Count the words inside inserts."""
    inside = [
        (word, insert.name)
        for word in found.words
        for insert in inserts
        if insert.start_ms + _EDGE_MS < (word.start_ms + word.end_ms) / 2 < insert.end_ms - _EDGE_MS
    ]
    open_ones = [(word.text.strip(), where) for word, where in inside if not word.suspected]
    shown = ", ".join(f"“{text}” in {where}" for text, where in open_ones[:_SHOWN])
    bare_ones = sum(
        insert.start_ms + _EDGE_MS < (word.start_ms + word.end_ms) / 2 < insert.end_ms - _EDGE_MS
        for word in bare.words
        for insert in inserts
    )
    names = ", ".join(insert.name for insert in inserts)
    how = (
        f"{what}: {names}; {len(inside) - len(open_ones)} more marked as suspected; "
        f"bare faster-whisper in batches: {bare_ones}" + (f"; {shown}" if shown else "")
    )
    return Figure(f"{name}: invented words outside “suspected”", len(open_ones), "words", 0, how)


def _added(
    folder: Path, name: str, recording: Recording, found: Run, spoken: Sound, keep: Path | None
) -> Figure:
    """Compare words added to the script with and without the inserts."""
    path = folder / f"plain-{recording.language}.wav"
    seconds = recordings.write(path, [spoken])
    plain = Recording(
        f"plain-{recording.language}", path, recording.language, recording.said, seconds, ""
    )
    without = recognise(WORKBENCH, plain, keep=keep)
    after = word_errors(recording.said, found.text, recording.language)
    before = word_errors(recording.said, without.text, recording.language)
    how = (
        f"words added to the script: {after.inserted} with the inserts, {before.inserted} without; "
        f"word errors {after.percent:.2f} % beside {before.percent:.2f} %"
    )
    return Figure(
        f"{name}: more words added than without",
        after.inserted - before.inserted,
        "words",
        None,
        how,
    )


def _inserts(louder: float) -> list[tuple[str, Sound]]:
    """Return the sounds, at the loudness of a poor recording or louder by some decibels."""
    return [
        ("silence", silence(_SECONDS)),
        ("white noise", white_noise(_SECONDS, -30 + louder)),
        ("hum", hum(_SECONDS, -30 + louder)),
        ("music", music(_SECONDS, -25 + louder)),
        ("music with drums", music(_SECONDS, -25 + louder, drums=True)),
    ]


def _put_in(
    spoken: Sound, sounds: list[tuple[str, Sound]], *, apart: bool
) -> tuple[list[Sound], list[_Insert]]:
    """Cut speech at pauses and put the sounds between, one in each of several pauses or all into the middle one."""
    places = (
        [(start + end) // 2 * RATE // 1000 for start, end in pauses(spoken)] if spoken.size else [0]
    )
    count = len(sounds) if apart else 1
    cuts = [places[round((n + 1) * len(places) / (count + 1)) % len(places)] for n in range(count)]
    groups = [[sound] for sound in sounds] if apart else [sounds]
    parts: list[Sound] = []
    inserts: list[_Insert] = []
    last = length = 0
    for cut, group in zip(cuts, groups, strict=True):
        parts.append(spoken[last:cut])
        length += parts[-1].size
        last = cut
        for name, sound in group:
            parts.append(sound)
            inserts.append(
                _Insert(name, length * 1000 // RATE, (length + sound.size) * 1000 // RATE)
            )
            length += sound.size
    parts.append(spoken[last:])
    return [np.asarray(part, np.float32) for part in parts], inserts
