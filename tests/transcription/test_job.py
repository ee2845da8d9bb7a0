from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from sounds import tone, write_audio

from workbench.errors import TranscriptionError
from workbench.transcription.audio import RATE, decode
from workbench.transcription.job import (
    BatchDone,
    Finished,
    Listening,
    Progress,
    Request,
    Started,
    run,
)
from workbench.transcription.turns import turns_from_segments

ROOT = Path(__file__).parents[2]
model = pytest.mark.model


@pytest.fixture(scope="module")
def talk(recordings, tmp_path_factory):
    """Six windows of an English interview with long silences between them: about 30 s of speech."""
    path = next(p for p in recordings if "_en" in str(p))
    pieces = []
    for start, end in [
        (500, 9000),
        (11_000, 16_000),
        (30_000, 34_000),
        (40_000, 44_000),
        (50_000, 55_000),
        (60_000, 64_000),
    ]:
        pieces += [decode(path, start, end), np.zeros(7 * RATE, np.float32)]
    return write_audio(tmp_path_factory.mktemp("talk") / "разговор 1.flac", np.concatenate(pieces))


def windows_of(events):
    return [w for event in events if isinstance(event, BatchDone) for w in event.windows]


def test_bad_recordings_are_errors_of_the_parent(tmp_path):
    """The child names the trouble; the parent raises it, translated and with its remedy."""
    text = tmp_path / "text.mp3"
    text.write_text("no sound here\n" * 500)
    for path, code in [
        (tmp_path / "nothing.wav", "recording-missing"),
        (text, "recording-not-audio"),
    ]:
        with pytest.raises(TranscriptionError) as caught:
            run(Request(path), on_event=lambda event: None)
        assert caught.value.code == code
        assert path.name in caught.value.problem
        assert caught.value.remedy


def test_an_unknown_engine_or_model_is_named(tmp_path):
    path = write_audio(tmp_path / "tone.wav", tone(2.0))
    for request, code in [
        (Request(path, engine="parrot"), "engine-unknown"),
        (Request(path, model="enormous"), "model-unknown"),
    ]:
        with pytest.raises(TranscriptionError) as caught:
            run(request, on_event=lambda event: None)
        assert caught.value.code == code


def test_no_memory_and_crashes_get_their_own_sentences():
    from workbench.transcription.worker import _failure

    assert _failure(MemoryError()).code == "out-of-memory"
    assert (
        _failure(RuntimeError("DefaultCPUAllocator: can't allocate memory")).code == "out-of-memory"
    )
    failed = _failure(ValueError("a {strange} thing"))
    assert failed.code == "transcription-failed"
    assert "a {strange} thing" in failed.error().problem


@model
@pytest.mark.usefixtures("weights")
def test_silence_ends_without_words(tmp_path):
    events = []
    path = write_audio(tmp_path / "silence.wav", np.zeros(16_000 * 5, np.float32))
    result = run(Request(path), on_event=events.append)
    assert result.language is None
    assert [type(event) for event in events] == [Started, Finished]
    assert events[0].windows == ()
    assert events[0].duration_ms == 5000


@model
@pytest.mark.usefixtures("weights")
def test_a_resumed_run_ends_like_an_uninterrupted_one(talk):
    whole = []
    result = run(Request(talk), on_event=whole.append)
    assert result.language == "en"
    started = next(event for event in whole if not isinstance(event, Listening))
    assert isinstance(started, Started)
    assert len(started.windows) == 6
    assert isinstance(whole[-1], Finished)
    done = sorted(windows_of(whole), key=lambda window: window.ordinal)
    assert [window.ordinal for window in done] == [0, 1, 2, 3, 4, 5]
    assert all(len(event.windows) == 1 for event in whole if isinstance(event, BatchDone))
    progress = [event for event in whole if isinstance(event, Progress)]
    assert [event.done_ms for event in progress] == sorted(event.done_ms for event in progress)
    assert progress[-1].done_ms == progress[-1].total_ms == started.duration_ms
    assert progress[-1].eta_s == 0
    for event in done:
        for segment in event.segments:
            for word in segment.words:
                assert event.start_ms <= word.start_ms <= word.end_ms <= event.end_ms

    part = []
    run(
        Request(talk),
        on_event=part.append,
        cancelled=lambda: any(isinstance(e, BatchDone) for e in part),
    )
    kept = windows_of(part)
    assert 0 < len(kept) < 6
    rest = []
    run(Request(talk, skip_windows=frozenset(e.ordinal for e in kept)), on_event=rest.append)
    assert len(windows_of(rest)) == 6 - len(kept)
    joined = sorted(kept + windows_of(rest), key=lambda window: window.ordinal)
    assert joined == done
    assert turns_from_segments(s for w in joined for s in w.segments) == turns_from_segments(
        s for w in done for s in w.segments
    )


@model
@pytest.mark.usefixtures("weights")
def test_cancelling_kills_the_child_within_a_second(talk):
    asked: list[float] = []

    def on_event(event):
        if isinstance(event, Started):
            asked.append(time.monotonic())

    result = run(Request(talk), on_event=on_event, cancelled=lambda: bool(asked))
    assert result.cancelled
    assert time.monotonic() - asked[0] < 1.0
    assert not _workers(psutil.Process())


@model
@pytest.mark.usefixtures("weights")
def test_a_killed_child_is_an_error_with_a_remedy(talk):
    def on_event(event):
        if isinstance(event, Started):
            (worker,) = _workers(psutil.Process())
            worker.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)

    with pytest.raises(TranscriptionError) as caught:
        run(Request(talk), on_event=on_event)
    assert caught.value.code == "transcription-killed"
    assert "memory" in caught.value.problem
    assert caught.value.remedy


@model
@pytest.mark.usefixtures("weights")
def test_a_parent_that_cannot_store_a_window_stops_the_child(talk):
    def on_event(event):
        if isinstance(event, BatchDone):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        run(Request(talk), on_event=on_event)
    assert not _workers(psutil.Process())


@model
@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal")
@pytest.mark.usefixtures("weights")
def test_the_child_dies_with_its_parent(talk):
    program = (
        "import sys; from pathlib import Path; from workbench.transcription.job import Request, run\n"
        "run(Request(Path(sys.argv[1])), on_event=lambda e: print(type(e).__name__, flush=True))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(talk)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout.readline().strip() in {"Listening", "Started"}
    workers = _workers(psutil.Process(parent.pid))
    assert workers
    parent.kill()
    parent.wait()
    _gone, alive = psutil.wait_procs(workers, timeout=3)
    assert not alive


def _workers(process):
    return [
        child for child in process.children() if "workbench.transcription.worker" in child.cmdline()
    ]
