"""Reading recordings through PyAV: what a file holds, and its samples at 16 kHz, never the whole file at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from workbench.errors import TranscriptionError, system_reason
from workbench.i18n import N_
from workbench.transcription import recording_checks as checks
from workbench.transcription import recording_troubles as troubles
from workbench.transcription.mixing import BLOCK_SAMPLES, RATE, Mixer, Samples
from workbench.transcription.timeline import Timeline

if TYPE_CHECKING:
    import av.container
    from av.audio.stream import AudioStream

__all__ = ["RATE", "AudioInfo", "Samples", "decode", "probe", "stream", "stretches"]

# Only formats that hold sound themselves. Playlists (HLS, concat, DASH) are left out because they
# make the reader open other files or addresses that their author chose.
_FORMATS = (
    "wav,w64,mp3,flac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,aac,amr,amrnb,amrwb,asf,aiff,caf,au,"
    "avi,flv,mpeg,mpegts"
)
# These write their true length into the header, so a shorter body means a lost tail. AAC, AMR and MP3 without
# a count of frames carry an estimate only, which can be wrong by half with a variable bit rate.
_EXACT_LENGTH = {"wav", "w64", "flac", "mov", "matroska", "aiff", "caf"}
_STATED_LENGTH = {"asf"}  # states it, but not every recorder well enough to refuse the file for it
_GAPLESS = {"wav", "w64", "flac", "mp3", "aac", "aiff", "caf"}  # a gap is damage, not a pause
_FRAMED = {"mp3", "aac"}  # a file that ends inside a frame was cut
# Seeking lands on the right sample in these; in the others the file is read from its start.
_EXACT_SEEK = {"wav", "w64", "flac", "mov", "aiff"}  # Matroska rounds its times to milliseconds
_SEEK_MARGIN_MS = 1_000  # decoders need a run-up: 80 ms for Opus, a frame or two for AAC
_TAIL_MS = 1_000
_TAIL_SHARE = 0.02  # more lost than this is refused
_NOTED_SHARE = 0.0005  # more lost than this is noted
_MOST_DAMAGED = (
    0.25  # of a recording that cannot be decoded, and it is no recording of that talk any more
)


@dataclass(frozen=True)
class AudioInfo:
    """What a recording is made of."""

    duration_ms: int
    channels: int
    sample_rate: int
    codec: str
    container: str
    cut_short: bool = False
    """Whether the end is missing, as in a copy or a recording that was broken off."""


def probe(path: Path) -> AudioInfo:
    """Say what a recording holds, reading all of it but decoding only its beginning.

    Raises:
        TranscriptionError: the file is missing, empty, cut short, protected, not a recording, or cannot be decoded.
    """
    with _opened(path) as (container, stream):
        _decode_something(path, container, stream)
    with _opened(path) as (container, stream):
        name = _format_name(container)
        found_ms, last_ms, whole = _length_of_packets(path, container, stream)
        declared_ms = max(_declared_length(container, stream), checks.promised_by_wav(path))
        lost_ms = declared_ms - last_ms
        exact = name in _EXACT_LENGTH or (name == "mp3" and checks.counts_frames(path))
        if exact and lost_ms > max(_TAIL_MS, _TAIL_SHARE * declared_ms):
            raise troubles.truncated(path, declared_ms=declared_ms, found_ms=last_ms)
        stated = exact or name in _STATED_LENGTH
        return AudioInfo(
            duration_ms=found_ms,
            channels=stream.channels,
            sample_rate=stream.sample_rate,
            codec=stream.codec_context.name,
            container=name,
            cut_short=not whole
            or (name == "asf" and checks.is_shorter_than_stated(path))
            or (stated and lost_ms > _TAIL_MS + _NOTED_SHARE * declared_ms)
            or (name == "ogg" and not checks.has_last_page(path)),
        )


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

    if path.is_dir():
        raise TranscriptionError(
            "recording-is-folder",
            N_("{file} is a folder, not a recording."),
            N_("Add the recordings in it."),
            file=path.name,
        )
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
                raise troubles.without_sound(path, pictures=bool(container.streams.video))
            if checks.is_protected(path):
                raise troubles.protected(path)
            yield container, container.streams.audio[0]
    except av.PatchWelcomeError as error:
        raise troubles.changes(path) from error
    except (av.FFmpegError, ValueError) as error:
        raise troubles.why_not(path) from error
    except OSError as error:
        raise TranscriptionError(
            "recording-unreadable",
            N_("{file} cannot be read: {reason}."),
            N_("Check that the disk is connected and that you may read the file."),
            file=path.name,
            reason=system_reason(error),
        ) from error


def _format_name(container: av.container.InputContainer) -> str:
    """Return one name for a container whose reader has several ("mov,mp4,m4a,…")."""
    return container.format.name.split(",")[0]


def _decode_something(
    path: Path, container: av.container.InputContainer, stream: AudioStream
) -> None:
    """Refuse a file of which not one sample can be decoded within its first thousand packets."""
    import av

    some = False
    for count, packet in enumerate(container.demux(stream)):
        some = some or bool(packet.size)
        with contextlib.suppress(av.InvalidDataError):
            if any(frame.samples for frame in packet.decode()):
                return
        if count > 1000:  # noqa: PLR2004 - at least twenty seconds of sound in every format
            break
    raise troubles.why_not(path) if some else troubles.without_sound(path, pictures=False)


def _length_of_packets(
    path: Path, container: av.container.InputContainer, stream: AudioStream
) -> tuple[int, int, bool]:
    """Return the milliseconds of sound, the end of everything in the file, and whether its last frame is whole."""
    clock = _timeline(container, stream)
    # pictures may go on after the sound; the length that Matroska declares is that of the longest
    mixed = _format_name(container) == "matroska"
    last, end = None, 0.0
    for packet in container.demux() if mixed else container.demux(stream):
        if packet.stream_index != stream.index:
            end = max(end, clock.end_of(packet))
        elif packet.size:
            clock.follow(packet.pts, packet.time_base)
            clock.pass_over(float((packet.duration or 0) * (packet.time_base or 0)))
            last = packet
    found_ms = round(clock.position * 1000)
    if last is None or not found_ms:
        raise troubles.without_sound(path, pictures=False)
    whole = True
    if _format_name(container) in _FRAMED:
        wanted = checks.frame_length(bytes(last)[:8])
        whole = not wanted or last.size >= wanted
    return found_ms, max(found_ms, round(end * 1000)), whole


def _timeline(container: av.container.InputContainer, stream: AudioStream) -> Timeline:
    """Return the time line of a recording, from what it says about its beginning and length."""
    length_ms = max(_declared_length(container, stream), (container.duration or 0) / 1000)
    return Timeline(start_s=(container.start_time or 0) / 1_000_000, length_s=length_ms / 1000)


def _declared_length(container: av.container.InputContainer, stream: AudioStream) -> int:
    """Return the length the header promises in milliseconds; 0 when it promises nothing."""
    if stream.duration and stream.time_base:
        return round(stream.duration * stream.time_base * 1000)
    if not container.duration:
        return 0
    # Matroska counts from zero, wherever its first time stamp is
    before = container.start_time or 0 if _format_name(container) == "matroska" else 0
    return round((container.duration - before) / 1000)


def _decoded(
    path: Path,
    container: av.container.InputContainer,
    source: AudioStream,
    *,
    channels: int,
    seeks: bool = False,
) -> Iterator[_Block]:
    """Yield resampled blocks of about a second."""
    clock = _timeline(container, source)
    position: int | None = None if seeks else 0
    waiting: list[Samples] = []
    held = 0
    for piece in _pieces(path, container, source, clock, Mixer(channels), seeks=seeks):
        if position is None:
            position = round(clock.begun * RATE)
        waiting.append(piece)
        held += piece.shape[1]
        if held >= BLOCK_SAMPLES:
            yield _Block(np.concatenate(waiting, axis=1), position)
            position, waiting, held = position + held, [], 0
    if waiting:
        yield _Block(np.concatenate(waiting, axis=1), position or 0)


def _pieces(
    path: Path,
    container: av.container.InputContainer,
    source: AudioStream,
    clock: Timeline,
    mixer: Mixer,
    *,
    seeks: bool,
) -> Iterator[Samples]:
    """Yield what can be decoded, with silence for what cannot and for pauses, so that times stay right."""
    import av

    some, damaged = False, 0.0
    gapless = _format_name(container) in _GAPLESS
    for packet in container.demux(source):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            seconds = float((packet.duration or 0) * (source.time_base or 0))
            damaged += seconds
            clock.pass_over(seconds)
            yield from mixer.rest()
            yield from mixer.silence(seconds)
            continue
        for frame in frames:
            if seeks and not some:
                clock.start_at(frame.pts, frame.time_base)
            gap = clock.place(frame.pts, frame.time_base)
            if gap:
                damaged += gap if gapless else 0
                yield from mixer.rest()
                yield from mixer.silence(gap)
            clock.pass_over(frame.samples / frame.sample_rate)
            some = True
            yield from mixer.mix(frame)
    if not some and not seeks:
        raise troubles.why_not(path)
    yield from mixer.rest()
    if damaged > _MOST_DAMAGED * clock.position and not seeks:
        raise troubles.damaged(path, lost_s=damaged, length_s=clock.position)
