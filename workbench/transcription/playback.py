"""Playing a recording: from a place, back a little after a pause, faster or slower at the same pitch."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import queue
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription import audio

if TYPE_CHECKING:
    import miniaudio
    from av import AudioFrame

REWIND_MS = 2_000
"""How far playing goes back when it goes on after a pause: the words before it are needed to understand."""

SLOWEST, FASTEST = 0.5, 2.0

_RATE = 48_000
_CHANNELS = 2
_FRAME_BYTES = 2 * _CHANNELS
_PERIOD_MS = 50  # how long the device plays what it was given last after a pause
_BLOCK_BYTES = _RATE // 5 * _FRAME_BYTES  # 0.2 s: little to throw away after a jump
_BLOCKS_AHEAD = 5
_RUN_UP_MS = 200  # decoders need some sound before a place to be right at it
_WAIT_S = 0.1

_BACKENDS = {
    "win32": ("WASAPI", "DSOUND", "WINMM"),
    "darwin": ("COREAUDIO",),
    "linux": ("PULSEAUDIO", "ALSA"),
}
"""Ways to a real device. The library's own choice would end with its null device, which plays to nobody."""


def available(backends: Sequence[str] = ()) -> TranscriptionError | None:
    """Say why nothing can be played, or None when it can.

    Args:
        backends: names of the library's backends to try instead of the system's.
    """
    try:
        _open_device(backends).close()
    except TranscriptionError as error:
        return error
    return None


class Player:
    """Plays one recording; every method returns at once and belongs to one thread."""

    def __init__(
        self,
        path: Path,
        *,
        duration_ms: int,
        rewind_ms: int = REWIND_MS,
        backends: Sequence[str] = (),
    ) -> None:
        """Open the recording and the sound device; that may take some tenths of a second.

        Args:
            path: the recording.
            duration_ms: its length.
            rewind_ms: how far to go back when playing goes on after a pause.
            backends: names of the library's backends to try instead of the system's.

        Raises:
            TranscriptionError: the extra is not installed, there is no sound device, or the
                recording cannot be read.
        """
        self.duration_ms = duration_ms
        self._path = path
        self._rewind_ms = rewind_ms
        self._speed = 1.0
        self._at = 0
        """Where playing goes on."""
        self._rewinds = False
        self._sound: _Sound | None = None
        self._trouble: Exception | None = None
        with audio.open_recording(path):
            self._device = _open_device(backends)
        speaker = self._speak()
        next(speaker)
        self._device.start(speaker)

    # -- what is asked -------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether sound comes out; at the end of the recording it stops by itself."""
        sound = self._sound
        if sound is not None and (sound.finished or not self._device.running):
            self._halt()
        return self._sound is not None

    @property
    def position_ms(self) -> int:
        """The place that is heard now, or where playing would go on."""
        place = self._at if self._sound is None else self._sound.position_ms
        return min(place, self.duration_ms)

    @property
    def speed(self) -> float:
        """How fast, from 0.5 to 2."""
        return self._speed

    @property
    def trouble(self) -> Exception | None:
        """Why the sound ended too early, if it did."""
        return self._sound.trouble if self._sound is not None else self._trouble

    # -- what is done --------------------------------------------------------------------------

    def play(self, from_ms: int | None = None) -> None:
        """Play from a place, or go on a little before where it was paused."""
        if from_ms is None:
            if self.playing:
                return
            from_ms = self._at - (self._rewind_ms if self._rewinds else 0)
        self._rewinds = False
        self._begin(from_ms)

    def pause(self) -> None:
        """Stop, and remember the place."""
        if self.playing:
            self._halt()
            self._rewinds = True

    def skip(self, by_ms: int) -> None:
        """Jump on or, with a negative number, back."""
        place = self.position_ms + by_ms
        if self.playing:
            self._begin(place)
        else:
            self._at = min(max(0, place), self.duration_ms)
            self._rewinds = False

    def change_speed(self, speed: float) -> None:
        """Play faster or slower; voices keep their pitch."""
        self._speed = min(max(speed, SLOWEST), FASTEST)
        if self.playing:
            self._begin(self.position_ms)

    def close(self) -> None:
        """Let go of the device."""
        self._halt()
        self._device.close()

    # -- how it works --------------------------------------------------------------------------

    def _begin(self, from_ms: int) -> None:
        self._halt()
        self._trouble = None
        self._sound = _Sound(self._path, min(max(0, from_ms), self.duration_ms), self._speed)

    def _halt(self) -> None:
        sound, self._sound = self._sound, None
        if sound is not None:
            sound.stop()
            self._trouble = sound.trouble
            self._at = min(sound.position_ms, self.duration_ms)

    def _speak(self) -> Generator[bytes, int, None]:
        """Answer the device's questions for sound; runs in a thread of the library's."""
        frames = yield b""
        while True:
            sound = self._sound
            frames = yield sound.take(frames) if sound is not None else b""


class _Sound:
    """The sound from one place on at one speed, decoded ahead in a thread of its own."""

    def __init__(self, path: Path, start_ms: int, speed: float) -> None:
        self.trouble: Exception | None = None
        self.finished = False
        self._start_ms = start_ms
        self._speed = speed
        self._played = 0  # frames
        self._held = b""
        self._stopped = threading.Event()
        self._blocks: queue.Queue[bytes | None] = queue.Queue(_BLOCKS_AHEAD)
        threading.Thread(target=self._fill, args=(path,), daemon=True).start()

    @property
    def position_ms(self) -> int:
        """The place in the recording that was given to the device last."""
        return self._start_ms + round(self._played * self._speed * 1000 / _RATE)

    def stop(self) -> None:
        """Decode no further."""
        self._stopped.set()

    def take(self, frames: int) -> bytes:
        """Return at most some frames: what is decoded; the device fills up with silence."""
        wanted = frames * _FRAME_BYTES
        parts = []
        while wanted:
            if not self._held:
                try:
                    block = self._blocks.get_nowait()
                except queue.Empty:
                    break
                if block is None:
                    self.finished = True
                    break
                self._held = block
            part, self._held = self._held[:wanted], self._held[wanted:]
            parts.append(part)
            wanted -= len(part)
        taken = b"".join(parts)
        self._played += len(taken) // _FRAME_BYTES
        return taken

    def _fill(self, path: Path) -> None:
        try:
            for block in _decode(path, self._start_ms, self._speed):
                if not self._put(block):
                    return
        except Exception as error:  # noqa: BLE001 - carried to the thread that asks
            self.trouble = error
        self._put(None)

    def _put(self, block: bytes | None) -> bool:
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Full):
                self._blocks.put(block, timeout=_WAIT_S)
                return True
        return False


def _decode(path: Path, start_ms: int, speed: float) -> Iterator[bytes]:
    """Yield stereo sound from a place on, as 16-bit samples."""
    frames = _resampled(path, start_ms)
    waiting = bytearray()
    for frame in frames if speed == 1 else _at_tempo(frames, speed):
        waiting += bytes(frame.planes[0])[: frame.samples * _FRAME_BYTES]
        if len(waiting) >= _BLOCK_BYTES:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _resampled(path: Path, start_ms: int) -> Iterator[AudioFrame]:
    """Yield what the device wants; a damaged packet becomes silence, so that places stay right."""
    import av

    resampler = av.AudioResampler(format="s16", layout="stereo", rate=_RATE)
    with audio.open_recording(path) as (container, stream):
        base = float(stream.time_base or 0)
        if start_ms > _RUN_UP_MS and base:
            container.seek(int((start_ms - _RUN_UP_MS) / 1000 / base), stream=stream)
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.InvalidDataError:
                if ((packet.pts or 0) + (packet.duration or 0)) * base * 1000 > start_ms:
                    yield _silence((packet.duration or 0) * base)
                continue
            for frame in frames:
                begins = float((frame.pts or 0) * (frame.time_base or 0))
                if (begins + frame.samples / frame.sample_rate) * 1000 <= start_ms:
                    continue
                frame.pts = None  # the resampler would pad or drop samples where times jitter
                yield from resampler.resample(frame)
        yield from resampler.resample(None)


def _silence(seconds: float) -> AudioFrame:
    import av
    import numpy as np

    samples = np.zeros((1, round(seconds * _RATE) * _CHANNELS), np.int16)
    return av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")


def _at_tempo(frames: Iterable[AudioFrame], speed: float) -> Iterator[AudioFrame]:
    """Yield sound that is faster or slower at the same pitch."""
    import av
    from av.filter import Graph

    graph, time_base = Graph(), Fraction(1, _RATE)
    graph.link_nodes(
        graph.add_abuffer(format="s16", sample_rate=_RATE, layout="stereo", time_base=time_base),
        graph.add("atempo", f"{speed:.3f}"),
        graph.add("abuffersink"),
    ).configure()
    samples = 0
    for frame in chain(frames, [None]):
        if frame is not None:
            frame.pts, frame.time_base, frame.sample_rate = samples, time_base, _RATE
            samples += frame.samples
        graph.push(frame)
        with contextlib.suppress(av.BlockingIOError, av.EOFError):
            while isinstance(changed := graph.pull(), av.AudioFrame):
                yield changed


# -- the device ------------------------------------------------------------------------------------


def _open_device(backends: Sequence[str]) -> miniaudio.PlaybackDevice:
    try:
        import miniaudio
    except ImportError as error:
        raise TranscriptionError(
            "playback-missing",
            N_("Recordings cannot be played: the part that does it is not installed."),
            N_("Install it with: {command}"),
            command="pip install 'qual-workbench[audio]'",
        ) from error
    names = backends or _BACKENDS.get(sys.platform, ("SNDIO", "AUDIO4", "OSS"))
    if "ALSA" in names:
        _quieten_alsa()
    try:
        return miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=_CHANNELS,
            sample_rate=_RATE,
            buffersize_msec=_PERIOD_MS,
            backends=[miniaudio.Backend[name] for name in names],
            app_name="Workbench",
        )
    except miniaudio.MiniaudioError as error:
        raise TranscriptionError(
            "sound-device-missing",
            N_("Recordings cannot be played: this machine has no sound device that is ready."),
            N_(
                "Connect headphones or loudspeakers; when you work on another machine from afar, "
                "open the project on the one before you."
            ),
        ) from error


_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_say_nothing = _HANDLER(lambda *_what: None)
"""Takes what ALSA would write over the screen; kept here, because ALSA keeps only its address."""


@functools.lru_cache(maxsize=1)
def _quieten_alsa() -> None:
    """Keep ALSA from writing its troubles to the terminal: a missing card alone is thirty lines."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing)
