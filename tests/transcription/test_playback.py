"""Playing a recording: where it is, what a pause and a jump do, and that what is decoded is that place."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from sounds import write_audio

from workbench.errors import TranscriptionError
from workbench.transcription import playback

NULL = ["NULL"]  # the library's own device that plays to nobody, at the speed of a real one
SECONDS = 20
RATE = 44_100

needs_library = pytest.mark.skipif(
    importlib.util.find_spec("miniaudio") is None, reason="needs the extra audio"
)


def write(path: Path) -> Path:
    """A tone that goes up by 100 Hz every second, so that each place can be heard."""
    times = np.arange(SECONDS * RATE) / RATE
    rising = np.sin(2 * np.pi * (200 + 100 * np.floor(times)) * times) * 0.4
    return write_audio(path, rising.astype(np.float32), rate=RATE)


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("sound") / "tone.wav")


@pytest.fixture
def player(recording):
    opened = playback.Player(recording, duration_ms=SECONDS * 1000, backends=NULL)
    yield opened
    opened.close()


def wait(until, seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def heard(path: Path, start_ms: int, speed: float = 1.0) -> tuple[float, float]:
    """The pitch at the beginning of what would be played, and how many seconds there are."""
    sound = np.frombuffer(b"".join(playback._decode(path, start_ms, speed)), np.int16)
    left = sound.reshape(-1, 2)[:, 0].astype(float)
    first = left[:9_600] * np.hanning(9_600)
    return np.argmax(np.abs(np.fft.rfft(first))) * 5.0, left.size / 48_000


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a", ".ogg", ".wma", ".aac"])
def test_the_sound_is_that_of_the_place(tmp_path, suffix):
    path = write(tmp_path / f"tone{suffix}")
    for start_ms in (0, 7_300, 12_250, 19_200):
        pitch, seconds = heard(path, start_ms)
        assert pitch == pytest.approx(200 + 100 * (start_ms // 1000), abs=10)
        assert seconds == pytest.approx(SECONDS - start_ms / 1000, abs=0.1)


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
def test_another_speed_keeps_the_pitch(recording, speed):
    pitch, seconds = heard(recording, 10_200, speed)
    assert pitch == pytest.approx(1_200, abs=10)
    assert seconds == pytest.approx(9.8 / speed, rel=0.02)


@needs_library
def test_the_place_goes_on_with_the_clock_and_a_pause_steps_back(player):
    player.play(3_000)
    begun = time.monotonic()
    wait(lambda: player.position_ms >= 3_600)
    assert time.monotonic() - begun == pytest.approx(0.6, abs=0.4)
    player.pause()
    place = player.position_ms
    assert not player.playing
    time.sleep(0.2)
    assert player.position_ms == place
    player.play()
    assert player.playing
    assert place - 2_000 <= player.position_ms < place - 1_500
    player.pause()
    player.play(5_000)
    assert player.position_ms < 5_500


@needs_library
def test_speed_jumps_and_the_end(player):
    player.play(1_000)
    player.change_speed(2.0)
    begun, place = time.monotonic(), player.position_ms
    wait(lambda: player.position_ms >= place + 1_200)
    assert time.monotonic() - begun == pytest.approx(0.6, abs=0.4)
    player.change_speed(9)
    assert player.speed == 2.0
    place = player.position_ms
    player.skip(5_000)
    assert player.playing
    assert player.position_ms >= place + 5_000
    player.skip(-60_000)
    assert player.position_ms < 500
    player.play(SECONDS * 1000 - 500)
    wait(lambda: not player.playing)
    assert player.position_ms == pytest.approx(SECONDS * 1000, abs=50)
    assert player.trouble is None


@needs_library
def test_a_jump_while_paused_is_where_playing_goes_on(player):
    player.skip(4_000)
    assert player.position_ms == 4_000
    player.play()
    wait(lambda: player.position_ms > 4_000)
    assert player.position_ms < 4_500


@needs_library
def test_a_file_that_is_no_recording_is_said(tmp_path):
    file = tmp_path / "no.wav"
    file.write_text("not sound")
    with pytest.raises(TranscriptionError) as caught:
        playback.Player(file, duration_ms=1, backends=NULL)
    assert caught.value.code == "recording-not-audio"


@needs_library
def test_no_device_is_said_and_nothing_is_written_over_the_screen(recording):
    """ALSA writes thirty lines to the terminal about a card that is not there."""
    code = (
        "from workbench.transcription import playback; from pathlib import Path; import sys\n"
        "print(getattr(playback.available(), 'code', 'ready'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() in ("sound-device-missing", "ready")
    assert ran.stderr == ""


def test_the_missing_extra_is_said_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    trouble = playback.available(NULL)
    assert trouble is not None
    assert trouble.code == "playback-missing"
    assert "qual-workbench[audio]" in str(trouble)
