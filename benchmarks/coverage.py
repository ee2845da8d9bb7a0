"""Coverage: the share of speech that came back as words, and what had to be recognised a second time for it.

Speech is what Silero calls speech (threshold 0.5, pauses from 0.16 s on taken out, nothing padded). A moment of it
(10 ms) counts as covered when a word's time, and 0.3 s on both sides of it, holds the moment. Words that are
suspected to be invented do not count.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import _recordings as recordings
from benchmarks._programs import BATCHED, WORKBENCH, recognise
from benchmarks._recordings import Recording
from benchmarks._speech import covered, speech
from benchmarks.figures import Figure

PARTS = ("interview", "8min", "60min", "english", "telephone", "golos")
_JUDGED = {"interview", "8min", "60min", "english"}
_LEAST_PERCENT = 99
_SHOWN = 4


def run(quick: bool, *, only: set[str] = frozenset(), keep: Path | None = None) -> Iterator[Figure]:
    """Recognise each recording; ``quick`` takes one interview. ``--keep`` shares results with ``transcription``."""
    default = ["interview"] if quick else ["8min", "english", "telephone", "golos"]
    with tempfile.TemporaryDirectory() as folder:
        for name in [name for name in PARTS if name in only] or default:
            recording = _make(Path(folder), name)
            if recording is None:
                yield Figure(
                    f"{name}: skipped", 0, "", None, "its recordings are not on this machine"
                )
                continue
            yield from _measure(recording, keep, name in _JUDGED)


def _make(folder: Path, name: str) -> Recording | None:
    """Write one of the recordings, the same ones as ``transcription`` has."""
    if name in {"telephone", "golos"}:
        found: Recording | None = getattr(recordings, name)(folder)
        return found
    language = "en" if name == "english" else "ru"
    numbers = (3,) if name == "interview" else (1, 2, 3)
    times = 7 if name == "60min" else 1
    return recordings.interviews(folder, name, language, numbers=numbers, times=times)


def _measure(recording: Recording, keep: Path | None, judged: bool) -> Iterator[Figure]:
    """Compare the times of words with those of speech."""
    spans = speech(recordings.read(recording.path))
    seconds = sum(end - start for start, end in spans) / 1000
    found = recognise(WORKBENCH, recording, keep=keep)
    share, gaps = covered(spans, tuple(word for word in found.words if not word.suspected))
    where = ", ".join(f"{a / 1000:.1f}–{b / 1000:.1f}" for a, b in gaps[:_SHOWN])
    more = f" and {len(gaps) - _SHOWN} more" if len(gaps) > _SHOWN else ""
    yield Figure(
        f"{recording.name}: speech that carries words",
        share * 100,
        "%",
        _LEAST_PERCENT if judged else None,
        f"of {seconds:.0f} s of speech (Silero, a word counts ± 0.3 s, suspected ones do not); {recording.what}"
        + (f"; without words for over 0.5 s at {where}{more}" if gaps else "; no gap over 0.5 s"),
        at_most=False,
    )
    reasons = Counter(reason for _start, _end, why in found.redone for reason in why)
    said = (
        ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items())) or "no reason"
    )
    yield Figure(
        f"{recording.name}: windows recognised twice",
        len(found.redone),
        "",
        None,
        f"of {found.windows}; {said}",
    )
    bare = recognise(BATCHED, recording, keep=keep)
    share, gaps = covered(spans, bare.words)
    how = f"for comparison: bare faster-whisper in batches, no checks; {len(gaps)} gaps over 0.5 s"
    yield Figure(f"{recording.name}: the same, bare batched", share * 100, "%", None, how)
