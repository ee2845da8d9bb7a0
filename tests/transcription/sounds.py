"""Small recordings made with numpy and PyAV, so that the tests need no ffmpeg program."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np


def tone(seconds: float, *, hz: float = 220.0, rate: int = 16_000, loud: float = 0.3) -> np.ndarray:
    """A hum with overtones, a little like a voice."""
    times = np.arange(round(seconds * rate)) / rate
    wave = sum(np.sin(2 * np.pi * hz * n * times) / n for n in range(1, 8))
    return (loud * wave / 2).astype(np.float32)


def write_audio(
    path: Path, samples: np.ndarray, *, rate: int = 16_000, codec: str = "", **options: str
) -> Path:
    """Write mono or ``(channels, samples)`` sound in the format the file name asks for."""
    codec = codec or {
        ".wav": "pcm_s16le", ".flac": "flac", ".mp3": "libmp3lame", ".ogg": "libopus",
        ".m4a": "aac", ".mp4": "aac", ".webm": "libopus", ".mkv": "flac", ".aiff": "pcm_s16be",
        ".aac": "aac", ".wma": "wmav2",
    }[path.suffix]  # fmt: skip
    samples = np.atleast_2d(samples).astype(np.float32)
    layout = "mono" if samples.shape[0] == 1 else "stereo"
    rate_out = 48000 if codec == "libopus" else rate
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate_out, layout=layout)
        if codec == "wmav2":
            stream.bit_rate = 96_000  # this encoder has no default
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples), format="fltp", layout=layout
        )
        frame.sample_rate = rate
        frame.pts = 0
        for packet in stream.encode(frame):
            container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return path
