"""Acoustic hints about who speaks: the pitch of a word, and which channel of a stereo recording it is in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workbench.transcription.audio import RATE, Samples
from workbench.transcription.engine import Segment, Word

_FRAME = 640  # 40 ms: two periods of the lowest voice
_HOP = 160  # 10 ms
_LOWEST_HZ, _HIGHEST_HZ = 65, 400
_VOICED = 0.5  # how alike one period is to the next in a voiced sound
_QUIET = 0.05  # frames below this share of the loud ones carry no pitch
_FEW_FRAMES = 4  # fewer voiced frames than this say nothing about a word

_DOMINANT = 4.0  # one channel is 6 dB louder than the other
_SIDED_SHARE = 0.9  # share of loud frames that must clearly belong to one channel
_SIDE_SHARE = 0.05  # share of loud frames each channel must have
_CHUNK = RATE // 10


def with_pitch(segments: list[Segment], mono: Samples) -> list[Segment]:
    """Give each word the median pitch of its voiced sounds; times are those within ``mono``."""
    pitches = pitch_track(mono)
    return [
        replace(segment, words=tuple(_pitched(word, pitches) for word in segment.words))
        for segment in segments
    ]


def with_channels(segments: list[Segment], stereo: Samples) -> list[Segment]:
    """Give each word the channel it is louder in."""
    return [
        replace(segment, words=tuple(_placed(word, stereo) for word in segment.words))
        for segment in segments
    ]


def pitch_track(mono: Samples) -> Samples:
    """Return the pitch in Hz for every 10 ms; 0 where there is no voiced sound.

    Autocorrelation, normalised by that of the window function (Boersma 1993).
    """
    if mono.size < _FRAME:
        return np.zeros(0, np.float32)
    window = np.hanning(_FRAME).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(mono, _FRAME)[::_HOP]
    frames = (frames - frames.mean(axis=1, keepdims=True)) * window
    energy = np.sqrt((frames**2).mean(axis=1))
    correlation = _autocorrelation(frames)
    correlation /= np.maximum(correlation[:, :1], 1e-12)
    correlation /= np.maximum(_autocorrelation(window[None, :]) / (window**2).sum(), 1e-3)
    shortest, longest = RATE // _HIGHEST_HZ, RATE // _LOWEST_HZ
    likeness = correlation[:, shortest : longest + 1]
    # The first period nearly as good as the best one: multiples of the period look alike as well.
    good = likeness >= 0.9 * likeness.max(axis=1, keepdims=True)
    peak = np.zeros_like(good)
    peak[:, 1:-1] = (likeness[:, 1:-1] >= likeness[:, :-2]) & (likeness[:, 1:-1] >= likeness[:, 2:])
    lag = (good & peak).argmax(axis=1)
    strength = likeness[np.arange(len(lag)), lag]
    loud = energy >= _QUIET * np.quantile(energy, 0.95)
    voiced = (good & peak).any(axis=1) & (strength >= _VOICED) & loud
    result: Samples = np.where(voiced, RATE / (lag + shortest), 0).astype(np.float32)
    return result


def one_voice_a_channel(left_right: Samples) -> bool:
    """Tell whether loud moments belong clearly to one channel or the other, and both have some.

    Args:
        left_right: energies of ``(channels, chunks)`` as ``chunk_energies`` returns them.
    """
    if left_right.shape[1] == 0:
        return False
    louder, softer = left_right.max(axis=0), left_right.min(axis=0)
    loud = louder > 0.01 * np.quantile(louder, 0.95)
    sided = loud & (louder > _DOMINANT * softer)
    count = max(1, int(loud.sum()))
    left = int((sided & (left_right[0] > left_right[1])).sum()) / count
    right = int((sided & (left_right[1] > left_right[0])).sum()) / count
    return left + right >= _SIDED_SHARE and min(left, right) >= _SIDE_SHARE


def chunk_energies(stereo: Samples) -> Samples:
    """Return the energy of each tenth of a second in each channel."""
    count = stereo.shape[1] // _CHUNK
    chunks = stereo[:, : count * _CHUNK].reshape(stereo.shape[0], count, _CHUNK)
    result: Samples = (chunks**2).mean(axis=2)
    return result


def _autocorrelation(frames: Samples) -> Samples:
    """Return the autocorrelation of each row by the Fourier transform."""
    spectrum = np.fft.rfft(frames, n=2 * _FRAME, axis=1)
    result: Samples = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :_FRAME].astype(np.float32)
    return result


def _pitched(word: Word, pitches: Samples) -> Word:
    """Return the word with the median of its voiced frames."""
    hop_ms = _HOP * 1000 // RATE
    voiced = pitches[word.start_ms // hop_ms : word.end_ms // hop_ms + 1]
    voiced = voiced[voiced > 0]
    if voiced.size < _FEW_FRAMES:
        return word
    return replace(word, pitch_hz=round(float(np.median(voiced)), 1))


def _placed(word: Word, stereo: Samples) -> Word:
    """Return the word with the number of its louder channel."""
    cut = stereo[:, word.start_ms * RATE // 1000 : word.end_ms * RATE // 1000]
    if cut.shape[1] == 0:
        return word
    return replace(word, channel=int((cut**2).mean(axis=1).argmax()))
