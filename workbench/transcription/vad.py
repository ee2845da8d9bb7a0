"""Voice activity: how likely each 32 ms of a recording is speech (Silero, the copy inside faster-whisper)."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.audio import RATE, Samples

FRAME = 512
"""Samples in one step of the model."""
FRAME_MS = FRAME * 1000 // RATE

_CONTEXT = 64  # samples of the step before that the model wants in front of each step
_STATE = 128


class SpeechMeter:
    """Measures a recording block by block; its state is carried over, so blocks leave no seams."""

    def __init__(self) -> None:
        """Start at the beginning of a recording."""
        self._session = _session()
        self._hidden = np.zeros((1, 1, _STATE), np.float32)
        self._cell = np.zeros((1, 1, _STATE), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)
        self.energies: list[Samples] = []
        """The energy of each step measured so far, block by block."""

    def measure(self, mono: Samples) -> Samples:
        """Return the probabilities of the whole steps that have become available."""
        self._rest = np.concatenate([self._rest, mono])
        count = self._rest.size // FRAME
        steps, self._rest = self._rest[: count * FRAME], self._rest[count * FRAME :]
        return self._run(steps.reshape(count, FRAME)) if count else np.zeros(0, np.float32)

    def finish(self) -> Samples:
        """Return the probability of the last, incomplete step."""
        if not self._rest.size:
            return np.zeros(0, np.float32)
        step = np.pad(self._rest, (0, FRAME - self._rest.size))
        self._rest = np.zeros(0, np.float32)
        return self._run(step.reshape(1, FRAME))

    def _run(self, steps: Samples) -> Samples:
        """Run the model over whole steps."""
        self.energies.append((steps**2).mean(axis=1))
        before = np.concatenate([self._context[None, :], steps[:-1, -_CONTEXT:]])
        self._context = steps[-1, -_CONTEXT:].copy()
        batch = np.concatenate([before, steps], axis=1)
        feed = {"input": batch, "h": self._hidden, "c": self._cell}
        output, self._hidden, self._cell = self._session.run(None, feed)
        result: Samples = np.asarray(output, np.float32).reshape(-1)
        return result


def speech_probabilities(blocks: Iterable[Samples]) -> Samples:
    """Return the probability of speech for each 32 ms of mono blocks."""
    meter = SpeechMeter()
    parts = [meter.measure(block) for block in blocks]
    return np.concatenate([*parts, meter.finish()])


@lru_cache(maxsize=1)
def _session() -> Any:
    """Load the model once a process; it is found without importing faster-whisper, which takes a second."""
    onnxruntime: Any = importlib.import_module("onnxruntime")  # ships no types

    spec = importlib.util.find_spec("faster_whisper")
    folder = Path(spec.origin).parent / "assets" if spec and spec.origin else Path()
    found = sorted(folder.glob("silero_vad*.onnx"))
    if not found:
        raise TranscriptionError(
            "vad-missing",
            N_("The voice activity model, a part of faster-whisper, is not installed."),
            N_("Install it again: pip install --force-reinstall faster-whisper"),
        )
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(found[-1]), providers=["CPUExecutionProvider"], sess_options=options
    )
