"""Sounds without a word in them: silence, noise, hum, music. Made by rule, the same every time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE = 16_000

Sound = npt.NDArray[np.float32]

_CHORDS = ((0, 4, 7, 12), (-3, 0, 4, 9), (-7, -3, 0, 5), (-5, -1, 2, 7))
"""C, a, F, G in half tones from C."""
_TUNE = (12, 16, 19, 16, 14, 12, 9, 12, 17, 16, 14, 12, 11, 14, 19, 17)
_BEAT_S = 0.5
_MIDDLE_C = 261.63


def silence(seconds: float) -> Sound:
    """Return digital silence."""
    return np.zeros(round(seconds * RATE), np.float32)


def white_noise(seconds: float, decibels: float = -26) -> Sound:
    """Return hiss, like that of a poor microphone."""
    chance = np.random.default_rng(3)
    return _loud(chance.standard_normal(round(seconds * RATE)), decibels)


def hum(seconds: float, decibels: float = -26) -> Sound:
    """Return mains hum of 50 Hz with its overtones and a fan's slow beat."""
    at = np.arange(round(seconds * RATE)) / RATE
    tones = sum(np.sin(2 * np.pi * 50 * n * at) / n for n in (1, 2, 3, 5, 7))
    return _loud(tones * (1 + 0.3 * np.sin(2 * np.pi * 0.7 * at)), decibels)


def music(seconds: float, decibels: float = -20, *, drums: bool = False) -> Sound:
    """Return chords with a tune over them, and a drum kit when wanted."""
    total = np.zeros(round(seconds * RATE))
    beats = int(seconds / _BEAT_S)
    for beat in range(beats):
        start = round(beat * _BEAT_S * RATE)
        if beat % 4 == 0:
            for tone in _CHORDS[beat // 4 % len(_CHORDS)]:
                _mix(total, start, _note(tone - 12, 4 * _BEAT_S) * 0.5)
        _mix(total, start, _note(_TUNE[beat % len(_TUNE)], _BEAT_S))
        if drums:
            _mix(total, start, _drum(beat))
    return _loud(total, decibels)


def _note(half_tones: int, seconds: float) -> npt.NDArray[np.float64]:
    """Return a plucked tone with overtones."""
    at = np.arange(round(seconds * RATE)) / RATE
    pitch = _MIDDLE_C * 2 ** (half_tones / 12)
    tone = sum(np.sin(2 * np.pi * pitch * n * at) / n**1.5 for n in range(1, 6))
    found: npt.NDArray[np.float64] = tone * np.minimum(at / 0.01, 1) * np.exp(-2.5 * at / seconds)
    return found


def _drum(beat: int) -> npt.NDArray[np.float64]:
    """Return a bass drum on even beats, a snare on odd ones."""
    at = np.arange(round(0.25 * RATE)) / RATE
    if beat % 2 == 0:
        sweep = 2 * np.pi * (45 * at + 60 / 18 * (1 - np.exp(-18 * at)))
        found: npt.NDArray[np.float64] = 2.5 * np.sin(sweep) * np.exp(-14 * at)
        return found
    hiss = np.random.default_rng(beat).standard_normal(at.size)
    return hiss * np.exp(-20 * at) * 1.2


def _mix(total: npt.NDArray[np.float64], start: int, sound: npt.NDArray[np.float64]) -> None:
    """Add a sound at a place, cut off where the whole ends."""
    part = sound[: max(0, total.size - start)]
    total[start : start + part.size] += part


def _loud(sound: npt.NDArray[np.float64], decibels: float) -> Sound:
    """Return a sound with a loudness (mean square) in decibels below full scale."""
    power = float(np.sqrt(np.mean(sound**2))) or 1.0
    return np.clip(sound / power * 10 ** (decibels / 20), -1, 1).astype(np.float32)
