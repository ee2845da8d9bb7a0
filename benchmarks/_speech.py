"""Where a recording holds speech, according to Silero as faster-whisper ships it; the judge, not the program's own."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from benchmarks._programs import Heard
from benchmarks._sounds import RATE, Sound

_STEP_MS = 10
REACH_MS = 300
"""A word covers its time and this much on both sides: times of words are about as exact."""


def speech(sound: Sound) -> list[tuple[int, int]]:
    """Return the stretches of speech in milliseconds: threshold 0.5, pauses from 0.16 s on, nothing padded."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(threshold=0.5, min_silence_duration_ms=160, speech_pad_ms=0)
    found = get_speech_timestamps(sound, options)
    return [(span["start"] * 1000 // RATE, span["end"] * 1000 // RATE) for span in found]


def pauses(sound: Sound, least_ms: int = 400) -> list[tuple[int, int]]:
    """Return the silences between stretches of speech."""
    spans = speech(sound)
    gaps = [(before[1], after[0]) for before, after in itertools.pairwise(spans)]
    return [(start, end) for start, end in gaps if end - start >= least_ms]


def covered(
    spans: list[tuple[int, int]], words: tuple[Heard, ...]
) -> tuple[float, list[tuple[int, int]]]:
    """Return the share of speech that words cover, and the stretches over half a second that none covers."""
    end = max([1, *(stop for _start, stop in spans), *(word.end_ms for word in words)]) + REACH_MS
    said = _marks([(word.start_ms - REACH_MS, word.end_ms + REACH_MS) for word in words], end)
    spoken = _marks(spans, end)
    missing = spoken & ~said
    edges = np.flatnonzero(np.diff(np.concatenate([[0], missing.astype(np.int8), [0]])))
    gaps = [(int(a) * _STEP_MS, int(b) * _STEP_MS) for a, b in edges.reshape(-1, 2)]
    share = float((spoken & said).sum() / max(1, spoken.sum()))
    return share, [(start, stop) for start, stop in gaps if stop - start > 500]


def _marks(spans: list[tuple[int, int]], end_ms: int) -> npt.NDArray[np.bool_]:
    """Return for each 10 ms whether a span holds it."""
    marks = np.zeros(end_ms // _STEP_MS + 1, bool)
    for start, stop in spans:
        marks[max(0, start) // _STEP_MS : max(0, stop) // _STEP_MS] = True
    return marks
