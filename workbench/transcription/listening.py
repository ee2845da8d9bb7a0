"""Listening through a recording once: where speech is, whether each channel holds one voice, and the windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.transcription import acoustics
from workbench.transcription.audio import RATE, Samples, probe, stream
from workbench.transcription.vad import SpeechMeter
from workbench.transcription.windows import Window, cut_windows

_STEREO = 2
_TOLD_MS = 10_000  # how much sound is listened to between two words about it
_LAG = RATE // 50  # two microphones in one room hear a voice up to 20 ms apart
_UNLIKE = 0.3  # so alike, at best, are two channels that share no voice (one room: 0.5 to 1)
_OFTEN = 0.05  # share of the loud moments in which each channel must be clearly the louder one
_QUIET = 1e-6  # energy of a block that says nothing about likeness
_BLEED = 0.05  # a channel 13 dB below the other one holds the other one's voice, heard through headphones


@dataclass(frozen=True)
class Listened:
    """What listening through a recording found.

    Attributes:
        channels: 2 when each channel holds one voice, so that they are recognised apart; else 1.
    """

    windows: tuple[Window, ...]
    duration_ms: int
    channels: int


def listen(
    path: Path, *, told: Callable[[int, int], None] = lambda _done_ms, _total_ms: None
) -> Listened:
    """Listen through a recording; memory holds one number for each 32 ms of it.

    Args:
        path: the recording.
        told: called now and then with how far it is, in milliseconds.
    """
    info = probe(path)
    stereo = info.channels == _STEREO
    # stereo: left, right and the mix are measured, because only the end tells which is needed
    meters = [SpeechMeter() for _part in range(3 if stereo else 1)]
    measured: list[list[Samples]] = [[] for _meter in meters]
    energies, alike, total, next_told = [], [], 0, _TOLD_MS
    for block in stream(path, channels=_STEREO if stereo else 1):
        total += block.shape[1]
        parts = [block.mean(axis=0), *block] if stereo else [block[0]]
        for meter, kept, part in zip(meters, measured, parts, strict=True):
            kept.append(meter.measure(part))
        if stereo:
            energies.append(acoustics.chunk_energies(block))
            alike += _likeness(block)
        if total * 1000 // RATE >= next_told:
            told(total * 1000 // RATE, max(info.duration_ms, total * 1000 // RATE))
            next_told += _TOLD_MS
    probabilities = [
        np.concatenate([*kept, meter.finish()])
        for kept, meter in zip(measured, meters, strict=True)
    ]
    duration_ms = total * 1000 // RATE
    if stereo and _one_voice_a_channel(np.concatenate(energies, axis=1), alike):
        left, right = (np.concatenate([*meter.energies]) for meter in meters[1:])
        apart = [
            *cut_windows(
                _without(probabilities[1], left, right), duration_ms=duration_ms, channel=0
            ),
            *cut_windows(
                _without(probabilities[2], right, left), duration_ms=duration_ms, channel=1
            ),
        ]
        apart.sort(key=lambda window: (window.start_ms, window.channel))
        return Listened(tuple(apart), duration_ms, _STEREO)
    return Listened(tuple(cut_windows(probabilities[0], duration_ms=duration_ms)), duration_ms, 1)


def _one_voice_a_channel(energies: Samples, alike: list[float]) -> bool:
    """Whether the voices take turns between the channels, or speak in both without sharing a sound."""
    if acoustics.one_voice_a_channel(energies):
        return True
    if not alike or float(np.median(alike)) > _UNLIKE:
        return False
    loud = energies.max(axis=0) > _QUIET
    sides = [(energies[n] > 4 * energies[1 - n]) & loud for n in range(_STEREO)]  # 6 dB
    return all(side.sum() >= max(1, _OFTEN * loud.sum()) for side in sides)


def _likeness(block: Samples) -> list[float]:
    """Return how alike two channels are at the best lag, 0 to 1; nothing where one of them is quiet."""
    left, right = block
    if min((left**2).mean(), (right**2).mean()) < _QUIET:
        return []
    size = 2 * left.size
    spectrum = np.fft.rfft(left, size) * np.conj(np.fft.rfft(right, size))
    correlation = np.abs(np.fft.irfft(spectrum, size))
    best = max(correlation[: _LAG + 1].max(), correlation[-_LAG:].max())
    return [float(best / np.sqrt((left**2).sum() * (right**2).sum()))]


def _without(probabilities: Samples, own: Samples, other: Samples) -> Samples:
    """Take away what one channel only hears of the other one's voice."""
    result: Samples = np.where(own < _BLEED * other, 0, probabilities).astype(np.float32)
    return result
