from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import tone, write_audio

from workbench.transcription.audio import stream
from workbench.transcription.listening import listen
from workbench.transcription.vad import FRAME_MS, SpeechMeter, speech_probabilities
from workbench.transcription.windows import LONGEST_MS, Window, batches, cut_windows, speech_spans

PARTS = st.lists(
    st.tuples(st.integers(1, 1500), st.sampled_from([0.0, 0.1, 0.3, 0.45, 0.6, 0.9])), max_size=40
)


@given(PARTS)
@settings(max_examples=200, deadline=None)
def test_windows_cover_all_speech_and_are_short(parts):
    probabilities = np.concatenate(
        [np.full(n, p, np.float32) for n, p in parts] or [np.zeros(0, np.float32)]
    )
    duration = len(probabilities) * FRAME_MS
    windows = cut_windows(probabilities, duration_ms=duration)
    assert windows == cut_windows(probabilities, duration_ms=duration)
    for window in windows:
        assert 0 <= window.start_ms < window.end_ms <= duration
        assert window.end_ms - window.start_ms <= LONGEST_MS
    for before, after in itertools.pairwise(windows):
        assert before.end_ms <= after.start_ms
    covered = np.zeros(duration + 1, bool)
    for window in windows:
        covered[window.start_ms : window.end_ms] = True
    spans = [span for window in windows for span in window.speech]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    for window in windows:
        for start, end in window.speech:
            assert window.start_ms <= start < end <= window.end_ms
    for span in speech_spans(probabilities):
        assert covered[span.start_ms : min(span.end_ms, duration)].all()


@given(PARTS)
@settings(max_examples=100, deadline=None)
def test_long_silence_is_in_no_window(parts):
    pieces = [(n, p) for n, p in parts if p >= 0.5 or n * FRAME_MS <= 3000] or [(10, 0.9)]
    silence = (400, 0.0)  # 12.8 s
    probabilities = np.concatenate(
        [np.full(n, p, np.float32) for n, p in [*pieces, silence, *pieces]]
    )
    start = sum(n for n, _p in pieces) * FRAME_MS
    for window in cut_windows(probabilities, duration_ms=len(probabilities) * FRAME_MS):
        overlap = min(window.end_ms, start + 12_800) - max(window.start_ms, start)
        assert overlap <= 2 * 300 + 3000


def test_a_window_ends_at_the_longest_pause():
    def talk(seconds: float, pause: float) -> list[np.ndarray]:
        return [
            np.full(int(seconds * 1000 / FRAME_MS), 0.9),
            np.zeros(int(pause * 1000 / FRAME_MS)),
        ]

    parts = talk(26.5, 0.9) + talk(1, 0.3) + talk(1, 0.3) + talk(9, 0.3)
    first = cut_windows(np.concatenate(parts).astype(np.float32), duration_ms=40_000)[0]
    assert 26_500 < first.end_ms < 27_400


def test_silence_noise_and_hum_have_no_windows(tmp_path):
    random = np.random.default_rng(7)
    for name, sound in {
        "silence": np.zeros(16_000 * 8, np.float32),
        "noise": random.normal(0, 0.05, 16_000 * 8).astype(np.float32),
    }.items():
        assert listen(write_audio(tmp_path / f"{name}.wav", sound)).windows == ()


def test_the_meter_leaves_no_seams():
    """Blocks of any size give the same probabilities as the whole, as faster-whisper computes them."""
    vad = pytest.importorskip("faster_whisper.vad")
    random = np.random.default_rng(3)
    sound = (tone(20.0) * random.uniform(0, 1, 320_000)).astype(np.float32)[: 512 * 600]
    whole = vad.get_vad_model()(sound).reshape(-1)
    cuts = [sound[i : i + 7_001] for i in range(0, sound.size, 7_001)]
    mine = speech_probabilities(cuts)
    assert mine.size == whole.size
    assert np.abs(mine - whole).max() < 1e-3


def test_an_empty_recording_has_no_probabilities():
    assert SpeechMeter().finish().size == 0
    assert speech_probabilities([]).size == 0


def test_sample_recordings_are_cut_at_pauses(recordings):
    """Every window begins and ends where it is quiet, and the windows hold nearly all speech."""
    for path in recordings:
        windows = listen(path).windows
        assert windows == listen(path).windows
        sound = np.concatenate([block[0] for block in stream(path)])
        loud = np.sqrt((sound**2).mean())
        for window in windows:
            for edge in (window.start_ms, window.end_ms):
                around = sound[max(0, edge * 16 - 320) : edge * 16 + 320]
                assert np.sqrt((around**2).mean()) < 0.7 * loud, (path.name, edge)


@given(st.integers(0, 60), st.integers(1, 8))
def test_batches_hold_every_window_once_in_order(count, size):
    windows = [Window(n, n + 1) for n in range(count)]
    grouped = batches(windows, size)
    assert [number for batch in grouped for number, _window in batch] == list(range(count))
    assert all(len(batch) == size for batch in grouped[:-1])
    assert grouped == batches(windows, size)
