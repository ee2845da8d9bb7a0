"""Decoded frames of any form become blocks of samples at 16 kHz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

RATE = 16_000
"""Samples a second that Whisper and the voice activity model want."""

BLOCK_SAMPLES = RATE
"""One second: small enough for memory, large enough for speed."""

STEREO = 2


class Mixer:
    """Makes blocks at 16 kHz of whatever frames come; a recording may change its form in the middle."""

    def __init__(self, channels: int) -> None:
        """Make so many channels."""
        self._channels = channels
        self._form: tuple[str, str, int] | None = None
        self._resampler: Any = None
        self._sums = False

    def mix(self, frame: Any) -> list[Samples]:
        """Return what a frame gives."""
        import av

        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        blocks: list[Samples] = []
        if form != self._form:
            blocks = self.rest()
            self._form = form
            # Several microphones are summed as they are: the weights of a cinema would leave one of six out.
            self._sums = self._channels == 1 and frame.layout.nb_channels > STEREO
            layout = "stereo" if self._channels == STEREO else "mono"
            self._resampler = av.AudioResampler(
                format="fltp", layout=frame.layout if self._sums else layout, rate=RATE
            )
        frame.pts = None  # the resampler would pad or drop samples where time stamps jitter
        return blocks + self._arrays(self._resampler.resample(frame))

    def rest(self) -> list[Samples]:
        """Return what the resampler still holds."""
        held = self._arrays(self._resampler.resample(None)) if self._resampler else []
        self._form = self._resampler = None
        return held

    def silence(self, seconds: float) -> Iterator[Samples]:
        """Yield silence in pieces, so that an hour of it takes no memory."""
        left = round(seconds * RATE)
        while left > 0:
            yield np.zeros((self._channels, min(left, BLOCK_SAMPLES)), np.float32)
            left -= BLOCK_SAMPLES

    def _arrays(self, frames: list[Any]) -> list[Samples]:
        arrays = [frame.to_ndarray().astype(np.float32, copy=False) for frame in frames]
        if not self._sums:
            return arrays
        return [
            array.sum(axis=0, keepdims=True) / np.float32(np.sqrt(array.shape[0]))
            for array in arrays
        ]
