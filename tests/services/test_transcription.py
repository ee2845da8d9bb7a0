"""Transcription with the real recogniser: kept window by window, resumed after a kill, cancelled at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path

import pytest

from workbench import locations
from workbench.errors import InputError, TranscriptionError
from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft, SourceDraft
from workbench.services.project import Project
from workbench.services.transcription import Order
from workbench.services.workspace import Workspace
from workbench.transcription.audio import RATE, decode
from workbench.transcription.job import BatchDone, Progress

SAMPLE = locations.sample_projects_folder() / "coffee_chain_en" / "recordings" / "interview_03.ogg"
SECONDS = 150
ORDER = Order(engine="faster-whisper", model="base", language="en")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginning of a sample interview: several windows, to stop between them."""
    path = tmp_path_factory.mktemp("sound") / "short.wav"
    samples = decode(SAMPLE, 0, SECONDS * 1000)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((samples * 32_000).astype("<i2").tobytes())
    return path


@pytest.fixture
def recorded(project: Project, recording: Path) -> Project:
    project.sources.add(recording, SourceDraft(title="Interview", language="en"))
    return project


def test_text_source_cannot_be_transcribed(project: Project, interview: str) -> None:
    with pytest.raises(InputError) as caught:
        project.transcription.run(interview)
    assert caught.value.code == "no-recording"


def test_missing_recording_is_said(recorded: Project) -> None:
    recorded.sources.media_path("1").unlink()
    with pytest.raises(InputError) as caught:
        recorded.transcription.run("1", ORDER)
    assert caught.value.code == "recording-missing"


def test_unknown_model_is_said_and_the_source_shows_why(recorded: Project) -> None:
    with pytest.raises(TranscriptionError) as caught:
        recorded.transcription.run("1", Order(model="/nowhere/model"))
    assert caught.value.remedy
    card = recorded.sources.cards()[0]
    assert card.state == "failed"
    assert card.job is not None
    assert card.job.problem


@pytest.mark.model
def test_cancelled_run_keeps_its_windows_and_goes_on(recorded: Project) -> None:
    first = threading.Event()
    seen: list[int] = []

    def watch(event: object) -> None:
        if isinstance(event, BatchDone):
            seen.extend(window.ordinal for window in event.windows)
            first.set()

    ended: list[str] = []
    thread = threading.Thread(
        target=lambda: ended.append(recorded.transcription.run("1", ORDER, on_event=watch).status)
    )
    thread.start()
    assert first.wait(120)
    began = time.monotonic()
    recorded.queue.cancel("1")
    thread.join(10)
    assert time.monotonic() - began < 5
    assert ended == ["cancelled"]
    assert recorded.sources.cards()[0].state == "recorded"
    done_before = list(seen)
    progress: list[Progress] = []
    job = recorded.transcription.run(
        "1",
        ORDER,
        on_event=lambda event: (
            watch(event),
            progress.append(event) if isinstance(event, Progress) else None,
        ),
    )
    assert job.status == "done"
    assert len(seen) == len(set(seen)), "no window is recognised twice"
    assert set(done_before) < set(seen)
    assert progress[-1].done_ms <= progress[-1].total_ms
    source = recorded.sources.source("1")
    assert source.card.state == "ready"
    assert source.transcribed_by == "faster-whisper base"
    assert {turn.speaker.role for turn in source.turns if turn.speaker} == {
        "interviewer",
        "respondent",
    }
    for turn in source.turns:
        assert turn.start_ms is not None
        assert source.text[turn.start : turn.end].strip()


RUNNER = """
import sys
from pathlib import Path
from workbench.services.transcription import Order
from workbench.services.workspace import Workspace
from workbench.transcription.audio import RATE, decode
from workbench.transcription.job import BatchDone
project = Workspace(Path(sys.argv[1])).open("study")
def tell(event):
    if isinstance(event, BatchDone):
        print("windows", *(window.ordinal for window in event.windows), flush=True)
project.transcription.run("1", Order("faster-whisper", "base", "en"), on_event=tell)
print("finished", flush=True)
"""


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_killed_program_loses_at_most_one_window(tmp_path: Path, recording: Path) -> None:
    workspace = Workspace(tmp_path, coder="A")
    with workspace.create(ProjectDraft(title="Study")) as project:
        project.sources.add(recording, SourceDraft(title="Interview", language="en"))
    runner = subprocess.Popen(
        [sys.executable, "-c", RUNNER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert runner.stdout is not None
    acknowledged = runner.stdout.readline().split()
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    assert acknowledged[0] == "windows"
    with workspace.open("study") as project:
        assert project.sources.cards()[0].state == "queued", "it goes on by itself"
        redone: list[int] = []
        project.transcription.run(
            "1",
            ORDER,
            on_event=lambda event: (
                redone.extend(window.ordinal for window in event.windows)
                if isinstance(event, BatchDone)
                else None
            ),
        )
        resumed = project.sources.source("1").text
        assert not {int(ordinal) for ordinal in acknowledged[1:]} & set(redone)
        project.codebook.add(CodeDraft(name="A"))
        project.coding.apply(CodingDraft(source="1", start=0, end=20, code="A"))
        with pytest.raises(InputError) as caught:
            project.transcription.run("1", ORDER)
        assert caught.value.code == "already-coded"
        project.history.undo()
        project.transcription.run("1", ORDER)
        assert project.sources.source("1").text == resumed
