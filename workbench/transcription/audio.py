"""Reading recordings through PyAV: what a file holds, and its samples at 16 kHz, never the whole file at once."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from workbench.errors import TranscriptionError, system_reason
from workbench.i18n import N_

if TYPE_CHECKING:
    import av.container
    from av.audio.stream import AudioStream

Samples = npt.NDArray[np.float32]

RATE = 16_000
"""Samples a second that Whisper and the voice activity model want."""

# Only formats that hold sound themselves. Playlists (HLS, concat, DASH) are left out because they
# make the reader open other files or addresses that their author chose.
_FORMATS = (
    "wav,w64,mp3,flac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,aac,amr,amrnb,amrwb,asf,aiff,caf,au"
)
# These write their true length into the header, so a shorter body means a lost tail. AAC, AMR and MP3 without
# a count of frames carry an estimate only, which can be wrong by half with a variable bit rate.
_EXACT_LENGTH = {"wav", "w64", "flac", "mov", "matroska", "aiff", "caf"}
# Seeking lands on the right sample in these; in the others the file is read from its start.
_EXACT_SEEK = {"wav", "w64", "flac", "mov", "aiff"}  # Matroska rounds its times to milliseconds
_SEEK_MARGIN_MS = 1_000  # decoders need a run-up: 80 ms for Opus, a frame or two for AAC
_UNKNOWN_SIZE = 0x7FFF_F000  # recorders that stream write such sizes when they cannot know better
_TAIL_MS = 1_000
_TAIL_SHARE = 0.02
_BLOCK_SAMPLES = RATE  # one second: small enough for memory, large enough for speed
_STEREO = 2
_FIRST_FRAME = 1_500  # bytes: the largest frame of an MP3 has 1,441
_LARGEST_PAGE = 65_307  # bytes an Ogg page can have


@dataclass(frozen=True)
class AudioInfo:
    """What a recording is made of."""

    duration_ms: int
    channels: int
    sample_rate: int
    codec: str
    container: str
    cut_short: bool = False
    """Whether the last page of an Ogg file is missing, as in a copy or a recording that was broken off."""


def probe(path: Path) -> AudioInfo:
    """Say what a recording holds, reading all of it but decoding only its beginning.

    Raises:
        TranscriptionError: the file is missing, empty, cut short, not a recording, or cannot be decoded.
    """
    with _opened(path) as (container, stream):
        _decode_something(path, container, stream)
    with _opened(path) as (container, stream):
        found_ms = _length_of_packets(path, container, stream)
        info = AudioInfo(
            duration_ms=found_ms,
            channels=stream.channels,
            sample_rate=stream.sample_rate,
            codec=stream.codec_context.name,
            container=_format_name(container),
            cut_short=_format_name(container) == "ogg" and not _has_last_page(path),
        )
        declared_ms = max(_declared_length(container, stream), _promised_by_wav(path))
    if info.container in _EXACT_LENGTH or (info.container == "mp3" and _counts_frames(path)):
        lost_ms = declared_ms - found_ms
        if lost_ms > max(_TAIL_MS, _TAIL_SHARE * declared_ms):
            raise TranscriptionError(
                "recording-truncated",
                N_("{file} is cut short: it promises {declared} s of sound and holds {found} s."),
                N_("Copy the recording again from where it was made."),
                file=path.name,
                declared=round(declared_ms / 1000),
                found=round(found_ms / 1000),
            )
    return info


def decode(path: Path, start_ms: int, end_ms: int) -> Samples:
    """Return one stretch of a recording as mono samples at 16 kHz."""
    blocks: list[Samples] = []
    wanted = _at(end_ms) - _at(start_ms)
    for block in _stretch(path, start_ms, end_ms):
        blocks.append(block)
        wanted -= block.size
        if wanted <= 0:
            break
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)


def stream(path: Path, *, channels: int = 1) -> Iterator[Samples]:
    """Yield a whole recording from its start in blocks of ``(channels, samples)`` at 16 kHz."""
    with _opened(path) as (container, source):
        for block in _decoded(path, container, source, channels=channels):
            yield block.samples


def stretches(path: Path, spans: list[tuple[int, int]], *, channels: int = 1) -> Iterator[Samples]:
    """Yield the samples of ascending stretches (milliseconds) in one pass over the recording.

    One pass instead of seeking gives the same samples in every format and in every run.
    """
    blocks = stream(path, channels=channels)
    held = np.zeros((channels, 0), np.float32)
    held_from = 0
    for start_ms, end_ms in spans:
        start, end = _at(start_ms), _at(end_ms)
        while held_from + held.shape[1] < end:
            drop = min(max(0, start - held_from), held.shape[1])
            held, held_from = held[:, drop:], held_from + drop
            block = next(blocks, None)
            if block is None:
                break
            held = np.concatenate([held, block], axis=1)
        yield held[:, max(0, start - held_from) : max(0, end - held_from)].copy()


def open_recording(
    path: Path,
) -> contextlib.AbstractContextManager[tuple[av.container.InputContainer, AudioStream]]:
    """Open a recording with its first audio stream, for whoever plays it.

    Raises:
        TranscriptionError: the file is missing, empty, or not a recording.
    """
    return _opened(path)


@dataclass(frozen=True)
class _Block:
    """Decoded samples and the place in the recording (in samples) where they start."""

    samples: Samples
    position: int


def _at(ms: int) -> int:
    """Return the sample at a time."""
    return ms * RATE // 1000


def _stretch(path: Path, start_ms: int, end_ms: int) -> Iterator[Samples]:
    """Yield the mono samples of one stretch, seeking where that is exact."""
    start, end = _at(start_ms), _at(end_ms)
    with _opened(path) as (container, source):
        seeks = _format_name(container) in _EXACT_SEEK and start_ms > _SEEK_MARGIN_MS
        if seeks and source.time_base:
            offset = (start_ms - _SEEK_MARGIN_MS) / 1000
            container.seek(int(offset / source.time_base), stream=source)
        for block in _decoded(path, container, source, channels=1, seeks=seeks):
            if block.position >= end:
                return
            mono = block.samples[0]
            cut = mono[max(0, start - block.position) : max(0, end - block.position)]
            if cut.size:
                yield cut


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[av.container.InputContainer, AudioStream]]:
    """Open a recording and its first audio stream, turning every trouble into a sentence."""
    import av

    if not path.is_file():
        raise TranscriptionError(
            "recording-missing",
            N_("The recording {file} is not there."),
            N_("Check the name, or add the recording again."),
            file=str(path),
        )
    if path.stat().st_size == 0:
        raise TranscriptionError(
            "recording-empty",
            N_("{file} is empty (0 bytes)."),
            N_("Copy the recording again from where it was made."),
            file=path.name,
        )
    try:
        # An open file instead of a path: no protocol of FFmpeg's (http, concat, …) can come into play.
        with (
            path.open("rb") as file,
            av.open(file, mode="r", options={"format_whitelist": _FORMATS}) as container,
        ):
            if not container.streams.audio:
                raise TranscriptionError(
                    "recording-silent",
                    N_("{file} has pictures but no sound."),
                    N_("Add the file that holds the sound."),
                    file=path.name,
                )
            yield container, container.streams.audio[0]
    except (av.FFmpegError, ValueError, UnicodeDecodeError) as error:
        raise _not_audio(path) from error
    except OSError as error:
        raise TranscriptionError(
            "recording-unreadable",
            N_("{file} cannot be read: {reason}."),
            N_("Check that the disk is connected and that you may read the file."),
            file=path.name,
            reason=system_reason(error),
        ) from error


def _not_audio(path: Path) -> TranscriptionError:
    """The file is not a recording, whatever its name says."""
    return TranscriptionError(
        "recording-not-audio",
        N_("{file} is not a recording that can be read, or it is damaged."),
        N_("Use WAV, MP3, FLAC, OGG, M4A, MP4, WebM, WMA, AMR or AIFF, or copy the file again."),
        file=path.name,
    )


def _format_name(container: av.container.InputContainer) -> str:
    """Return one name for a container whose reader has several ("mov,mp4,m4a,…")."""
    return container.format.name.split(",")[0]


def _decode_something(
    path: Path, container: av.container.InputContainer, stream: AudioStream
) -> None:
    """Refuse a file of which not one sample can be decoded within its first thousand packets."""
    import av

    for count, packet in enumerate(container.demux(stream)):
        with contextlib.suppress(av.InvalidDataError):
            if any(frame.samples for frame in packet.decode()):
                return
        if count > 1000:  # noqa: PLR2004 - at least twenty seconds of sound in every format
            break
    raise _not_audio(path)


def _length_of_packets(
    path: Path, container: av.container.InputContainer, stream: AudioStream
) -> int:
    """Return how many milliseconds the packets really hold."""
    first = last = None
    summed = 0
    for packet in container.demux(stream):
        duration = packet.duration or 0
        summed += duration
        if packet.pts is None:
            continue
        first = packet.pts if first is None else min(first, packet.pts)
        last = max(last or 0, packet.pts + duration)
    ticks = last - first if first is not None and last is not None else summed
    ticks = ticks or summed
    if not ticks or not stream.time_base:
        raise _not_audio(path)
    return round(ticks * stream.time_base * 1000)


def _declared_length(container: av.container.InputContainer, stream: AudioStream) -> int:
    """Return the length the header promises in milliseconds; 0 when it promises nothing."""
    if stream.duration and stream.time_base:
        return round(stream.duration * stream.time_base * 1000)
    return round(container.duration / 1000) if container.duration else 0


def _promised_by_wav(path: Path) -> int:
    """Return the length a WAV header promises in milliseconds, 0 for other files.

    FFmpeg shortens the promise to what the file holds, so a lost tail would go unseen.
    """
    with path.open("rb") as file:
        riff, _size, kind = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
        bytes_a_second = 0
        while riff == b"RIFF" and kind == b"WAVE" and len(header := file.read(8)) == 8:  # noqa: PLR2004
            name, size = struct.unpack("<4sI", header)
            if name == b"data":
                known = bytes_a_second and size < _UNKNOWN_SIZE
                return size * 1000 // bytes_a_second if known else 0
            body = file.tell()
            if name == b"fmt ":
                (bytes_a_second,) = struct.unpack("<8xI", file.read(12).ljust(12, b"\0"))
            file.seek(body + size + size % 2)
    return 0


def _counts_frames(path: Path) -> bool:
    """Tell whether an MP3 file says in its first frame how many frames it has (Xing, Info or VBRI)."""
    with path.open("rb") as file:
        head = file.read(10).ljust(10, b"\0")
        tag = 0
        if head[:3] == b"ID3":  # its size is written in four times seven bits
            tag = 10 + sum(
                byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
            )
        file.seek(tag)
        first = file.read(_FIRST_FRAME)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))


def _has_last_page(path: Path) -> bool:
    """Tell whether the last page of an Ogg file is marked as the end of its stream."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LARGEST_PAGE))
        tail = file.read()
    page = tail.rfind(b"OggS\0")
    return page >= 0 and len(tail) > page + 5 and bool(tail[page + 5] & 4)


def _decoded(
    path: Path,
    container: av.container.InputContainer,
    source: AudioStream,
    *,
    channels: int,
    seeks: bool = False,
) -> Iterator[_Block]:
    """Yield resampled blocks; a damaged packet becomes silence of its length, so times stay right."""
    import av

    layout = "stereo" if channels == _STEREO else "mono"
    resampler = av.AudioResampler(format="fltp", layout=layout, rate=RATE)
    waiting: list[Samples] = []
    position: int | None = None if seeks else 0
    some = False
    for packet in container.demux(source):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            waiting.append(_silence(packet, source, channels))
            continue
        for frame in frames:
            if position is None:
                position = round(float((frame.pts or 0) * (frame.time_base or 0)) * RATE)
            frame.pts = None  # the resampler would pad or drop samples where time stamps jitter
            waiting.extend(_arrays(resampler.resample(frame)))
            some = True
        if sum(block.shape[1] for block in waiting) >= _BLOCK_SAMPLES:
            joined = np.concatenate(waiting, axis=1)
            yield _Block(joined, position or 0)
            position = (position or 0) + joined.shape[1]
            waiting = []
    if not some and not seeks:
        raise _not_audio(path)
    waiting.extend(_arrays(resampler.resample(None)) if some else [])
    if waiting:
        yield _Block(np.concatenate(waiting, axis=1), position or 0)


def _arrays(frames: list[Any]) -> list[Samples]:
    """Return the samples of resampled frames as ``(channels, samples)``."""
    return [frame.to_ndarray().astype(np.float32, copy=False) for frame in frames]


def _silence(packet: Any, source: AudioStream, channels: int) -> Samples:
    """Return silence as long as a packet that could not be decoded."""
    seconds = float((packet.duration or 0) * (source.time_base or 0))
    return np.zeros((channels, round(seconds * RATE)), np.float32)
