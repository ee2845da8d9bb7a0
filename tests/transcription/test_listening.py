from __future__ import annotations

import numpy as np
import pytest
from sounds import write_audio

from workbench.transcription.audio import RATE, decode
from workbench.transcription.listening import listen


@pytest.fixture(scope="module")
def voices(recordings):
    """Ten seconds each of two people, and the silence the other one keeps meanwhile."""
    russian = next(p for p in recordings if "_ru" in str(p))
    english = next(p for p in recordings if "_en" in str(p))
    return decode(russian, 500, 10_500), decode(english, 500, 10_500)


def heard(tmp_path, left, right):
    return listen(write_audio(tmp_path / "call.flac", np.stack([left, right])))


def test_voices_that_take_turns_are_listened_to_apart(tmp_path, voices):
    first, second = voices
    quiet = np.zeros_like(first)
    found = heard(tmp_path, np.concatenate([first, quiet]), np.concatenate([quiet, second]))
    assert found.channels == 2
    assert {window.channel for window in found.windows} == {0, 1}
    assert all(w.end_ms <= 10_500 for w in found.windows if w.channel == 0)
    assert all(w.start_ms >= 9_500 for w in found.windows if w.channel == 1)
    assert [w.start_ms for w in found.windows] == sorted(w.start_ms for w in found.windows)


def test_voices_at_the_same_time_lose_nothing(tmp_path, voices):
    found = heard(tmp_path, *voices)
    assert found.channels == 2
    for channel in (0, 1):
        spoken = sum(
            end - start for w in found.windows if w.channel == channel for start, end in w.speech
        )
        assert spoken > 7_000


def test_what_a_headphone_lets_through_is_not_said_twice(tmp_path, voices):
    first, second = voices
    quiet = np.zeros_like(first)
    left = np.concatenate([first, 0.05 * second])  # 26 dB below
    found = heard(tmp_path, left, np.concatenate([quiet, second]))
    assert found.channels == 2
    assert all(w.end_ms <= 10_700 for w in found.windows if w.channel == 0)


@pytest.mark.parametrize("delay", [0, 80])
def test_one_room_with_two_microphones_is_one_sound(tmp_path, voices, delay):
    sound = np.concatenate(voices)
    random = np.random.default_rng(4)
    echo = np.zeros(2_400)
    echo[delay] = 1
    echo += random.normal(0, 0.03, echo.size) * np.exp(-np.arange(echo.size) / 800)
    other = np.convolve(sound, echo)[: sound.size].astype(np.float32)
    found = heard(tmp_path, sound, other)
    assert found.channels == 1
    assert {window.channel for window in found.windows} == {None}


def test_one_silent_channel_is_one_sound(tmp_path, voices):
    found = heard(tmp_path, voices[0], np.zeros_like(voices[0]))
    assert found.channels == 1
    assert found.windows


def test_listening_tells_how_far_it_is(tmp_path, voices):
    told = []
    sound = np.concatenate([*voices, np.zeros(5 * RATE, np.float32)])
    listen(
        write_audio(tmp_path / "a.flac", sound), told=lambda done, total: told.append((done, total))
    )
    assert [done // 10_000 for done, _total in told] == [1, 2]
    assert all(total == 25_000 for _done, total in told)
