"""The child process that transcribes: reads one request from stdin, writes events to stdout."""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.i18n import N_
from workbench.transcription import acoustics
from workbench.transcription.audio import RATE, Samples, stream, stretches
from workbench.transcription.engine import Engine, Segment, choose_engine
from workbench.transcription.models import model_to_load
from workbench.transcription.protocol import (
    BatchDone,
    Event,
    Failed,
    Finished,
    Progress,
    Request,
    Started,
    WindowDone,
    event_to_line,
    request_from_line,
)
from workbench.transcription.suspects import mark_suspects
from workbench.transcription.threads import core_count
from workbench.transcription.vad import SpeechMeter
from workbench.transcription.windows import Window, cut_windows

Send = Callable[[Event | Failed], None]

_LANGUAGE_WINDOWS = 3  # a greeting in another language must not decide alone
_NICE = 5  # the interface stays quick while both cores are busy
_STEREO = 2
_ORPHANED = 3


def main() -> int:
    """Do what the parent asked for, and leave when the parent is gone."""
    send = _sender()
    line = sys.stdin.readline()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        transcribe(request_from_line(line), send)
    except WorkbenchError as error:
        params = {name: str(value) for name, value in error.params.items()}
        problem, remedy = error._problem, error._remedy  # noqa: SLF001 - the parent translates them
        send(Failed(error.code, problem, remedy, params))
        return 1
    except Exception as error:  # noqa: BLE001 - whatever fails in here, the parent must hear of it
        traceback.print_exc()
        send(_failure(error))
        return 1
    return 0


def transcribe(request: Request, send: Send) -> None:
    """Listen through the recording, then recognise it window by window."""
    began = time.monotonic()
    windows, duration_ms, channels = listen(request.path)
    engine = choose_engine(request.engine, model=request.model)
    model = model_to_load(
        request.model, engine.name, language=request.language, device=request.device
    )
    if isinstance(model, Path):
        os.environ["HF_HUB_OFFLINE"] = "1"
    engine.load(model, device=request.device, threads=request.threads or core_count())
    language = request.language or _language(request.path, windows, engine)
    send(Started(engine.name, request.model, duration_ms, tuple(windows), language))
    _recognise_all(request, engine, language or "en", windows, channels, duration_ms, send)
    send(Finished(language, round(time.monotonic() - began, 2)))


def listen(path: Path) -> tuple[list[Window], int, int]:
    """Return the windows, the length in milliseconds, and 2 when each channel holds one voice."""
    from workbench.transcription.audio import probe

    stereo = probe(path).channels == _STEREO
    meter = SpeechMeter()
    probabilities, energies, total = [], [], 0
    for block in stream(path, channels=_STEREO if stereo else 1):
        total += block.shape[1]
        probabilities.append(meter.measure(block.mean(axis=0)))
        if stereo:
            energies.append(acoustics.chunk_energies(block))
    probabilities.append(meter.finish())
    import numpy as np

    duration_ms = total * 1000 // RATE
    windows = cut_windows(np.concatenate(probabilities), duration_ms=duration_ms)
    split = stereo and acoustics.one_voice_a_channel(np.concatenate(energies, axis=1))
    return windows, duration_ms, _STEREO if split else 1


def _language(path: Path, windows: list[Window], engine: Engine) -> str | None:
    """Listen to the first windows for the language; None when there is no speech."""
    spans = [(window.start_ms, window.end_ms) for window in windows[:_LANGUAGE_WINDOWS]]
    sums: dict[str, float] = {}
    for samples in stretches(path, spans):
        for code, probability in engine.detect_language(samples[0]).items():
            sums[code] = sums.get(code, 0.0) + probability
    return max(sorted(sums), key=lambda code: sums[code]) if sums else None


def _recognise_all(
    request: Request,
    engine: Engine,
    language: str,
    windows: list[Window],
    channels: int,
    duration_ms: int,
    send: Send,
) -> None:
    """Recognise the windows that are not done yet, one by one."""
    todo = [(n, window) for n, window in enumerate(windows) if n not in request.skip_windows]
    spans = [(window.start_ms, window.end_ms) for _n, window in todo]
    left_ms = sum(end - start for start, end in spans)
    began, done_ms = time.monotonic(), 0
    sounds = stretches(request.path, spans, channels=channels)
    for (ordinal, window), sound in zip(todo, sounds, strict=True):
        mono = sound.mean(axis=0) if channels == _STEREO else sound[0]
        segments = engine.recognise(mono, language=language, vocabulary=request.vocabulary)
        segments = mark_suspects(_described(segments, sound, mono, window))
        done = WindowDone(ordinal, window.start_ms, window.end_ms, tuple(segments))
        send(BatchDone((done,)))
        done_ms += window.end_ms - window.start_ms
        left_ms -= window.end_ms - window.start_ms
        speed = done_ms / 1000 / max(time.monotonic() - began, 1e-3)
        place = window.end_ms if left_ms else duration_ms
        send(Progress(place, duration_ms, round(speed, 2), round(left_ms / 1000 / speed, 1)))


def _described(
    segments: list[Segment], sound: Samples, mono: Samples, window: Window
) -> list[Segment]:
    """Add who may be speaking, keep times inside the window, and count them from the recording's start."""
    from dataclasses import replace

    segments = acoustics.with_pitch(segments, mono)
    if sound.shape[0] == _STEREO:
        segments = acoustics.with_channels(segments, sound)

    def at(ms: int) -> int:
        return window.start_ms + min(max(0, ms), window.end_ms - window.start_ms)

    return [
        replace(
            segment,
            start_ms=at(segment.start_ms),
            end_ms=at(segment.end_ms),
            words=tuple(
                replace(word, start_ms=at(word.start_ms), end_ms=at(word.end_ms))
                for word in segment.words
            ),
        )
        for segment in segments
    ]


def _sender() -> Send:
    """Keep stdout for events: whatever a library prints goes to stderr."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def send(event: Event | Failed) -> None:
        out.write(event_to_line(event) + "\n")
        out.flush()

    return send


def _die_with_parent() -> None:
    """Leave at once when stdin closes: that happens when the parent has died, however it died."""
    sys.stdin.read()
    os._exit(_ORPHANED)


def _failure(error: Exception) -> Failed:
    """Say an unforeseen failure; memory is the one a user can do something about."""
    text = f"{type(error).__name__}: {error}"
    memory = isinstance(error, MemoryError) or "alloc" in text or "out of memory" in text.lower()
    if memory:
        return Failed(
            "out-of-memory",
            N_("There is not enough memory to transcribe with this model."),
            N_("Close other programs, or choose a smaller model."),
            {"detail": text},
        )
    return Failed(
        "transcription-failed",
        N_("The recogniser stopped with an error: {detail}."),
        N_("Try again; if it happens again, try the other engine."),
        {"detail": text},
    )


if __name__ == "__main__":
    raise SystemExit(main())
