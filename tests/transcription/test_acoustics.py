from __future__ import annotations

import numpy as np
import pytest
from sounds import tone

from workbench.transcription import acoustics
from workbench.transcription.engine import Segment, Word


@pytest.mark.parametrize("hz", [80, 110, 160, 220, 300])
def test_the_pitch_of_a_voice_like_sound(hz):
    pitches = acoustics.pitch_track(tone(1.0, hz=hz))
    assert (pitches > 0).mean() > 0.9
    assert abs(np.median(pitches[pitches > 0]) - hz) / hz < 0.03


def test_noise_and_silence_have_no_pitch():
    noise = np.random.default_rng(1).normal(0, 0.1, 16_000).astype(np.float32)
    assert (acoustics.pitch_track(noise) > 0).mean() < 0.05
    assert not acoustics.pitch_track(np.zeros(16_000, np.float32)).any()
    assert acoustics.pitch_track(np.zeros(10, np.float32)).size == 0


def test_words_get_the_pitch_of_their_time():
    sound = np.concatenate([tone(1.0, hz=100), tone(1.0, hz=200)])
    segment = Segment(
        0,
        2000,
        "a b",
        (Word(100, 900, " a", 1.0), Word(1100, 1900, " b", 1.0), Word(5000, 5100, " c", 1)),
    )
    low, high, none = acoustics.with_pitch([segment], sound)[0].words
    assert low.pitch_hz == pytest.approx(100, rel=0.03)
    assert high.pitch_hz == pytest.approx(200, rel=0.03)
    assert none.pitch_hz is None


def test_one_voice_a_channel_is_told_from_plain_stereo():
    random = np.random.default_rng(2)
    talk, quiet = tone(1.0), np.zeros(16_000, np.float32)
    hiss = random.normal(0, 0.001, 64_000).astype(np.float32)
    left = np.concatenate([talk, quiet, talk, quiet]) + hiss
    right = np.concatenate([quiet, talk, quiet, talk]) + hiss
    assert acoustics.one_voice_a_channel(acoustics.chunk_energies(np.stack([left, right])))
    assert not acoustics.one_voice_a_channel(acoustics.chunk_energies(np.stack([left, left])))
    assert not acoustics.one_voice_a_channel(acoustics.chunk_energies(np.stack([left, left * 0])))
    assert not acoustics.one_voice_a_channel(np.zeros((2, 0), np.float32))
    segment = Segment(0, 2000, "a b", (Word(100, 900, " a", 1.0), Word(1100, 1900, " b", 1.0)))
    placed = acoustics.with_channels([segment], np.stack([left, right]))
    assert [word.channel for word in placed[0].words] == [0, 1]
