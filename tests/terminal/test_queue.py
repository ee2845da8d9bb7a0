"""The queue in a real terminal: three recordings, the program killed in the second, all three finished."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from test_day import ROOT, Terminal

from workbench import locations
from workbench.models.drafts import ProjectDraft, SourceDraft
from workbench.services.workspace import Workspace
from workbench.transcription.audio import RATE, decode

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.model,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

RECORDINGS = locations.sample_projects_folder() / "mortgage_bank_ru" / "recordings"
TITLES = ("первая", "вторая", "третья")
CUTS = ((0, 20_000), (20_000, 60_000), (60_000, 80_000))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    session = Terminal(tmp_path)
    yield session
    session.tmux("kill-server")


def make_project(folder: Path) -> None:
    """Make a project with three short recordings that nobody has transcribed."""
    sound = min(RECORDINGS.glob("*.ogg"))
    draft = ProjectDraft(title="Ипотека", language="ru")
    with Workspace(folder, coder="Анна").create(draft) as project:
        for title, (start, end) in zip(TITLES, CUTS, strict=True):
            path = folder / f"{title}.wav"
            with wave.open(str(path), "wb") as target:
                target.setnchannels(1)
                target.setsampwidth(2)
                target.setframerate(RATE)
                target.writeframes((decode(sound, start, end) * 32_000).astype("<i2").tobytes())
            project.sources.add(path, SourceDraft(title=title, language="ru"))


def transcripts(folder: Path) -> list[tuple[object, ...]]:
    """Return title, state, text and turns of each recording."""
    with Workspace(folder).open("ipoteka", write=False) as project:
        sources = [project.sources.source(card.id) for card in project.sources.cards()]
        return [
            (
                source.card.title,
                source.card.state,
                source.text,
                [(turn.start, turn.end, turn.start_ms, turn.end_ms) for turn in source.turns],
                [turn.speaker.label if turn.speaker else None for turn in source.turns],
            )
            for source in sources
        ]


def test_a_program_killed_in_the_second_of_three_finishes_all_three(
    terminal: Terminal, tmp_path: Path
) -> None:
    make_project(tmp_path / "work")
    make_project(tmp_path / "whole")
    terminal.start()
    terminal.shows("Workbench › Проекты", "Ипотека")
    terminal.press("Enter")
    terminal.shows("Workbench › Ипотека", "Цели")
    terminal.type("ш")  # i: interviews
    terminal.shows(*TITLES, "есть запись")
    terminal.type("Е")  # T: transcribe all
    jobs = (
        "SELECT source.title, job.status FROM transcription_job AS job"
        " JOIN source ON source.id = job.source_id ORDER BY source.ordinal"
    )
    statuses = [("первая", "done"), ("вторая", "running"), ("третья", "queued")]
    terminal.until(lambda: terminal.query(jobs) == statuses, statuses, 60)
    terminal.shows("в очереди: 1")

    program = psutil.Process(terminal.pid())
    terminal.until(lambda: program.children(recursive=True), "a recogniser runs", 20)
    children = program.children(recursive=True)
    os.kill(program.pid, signal.SIGKILL)
    terminal.ended()
    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert not alive, "the recogniser leaves when its program is killed"
    assert terminal.query(jobs) == statuses

    terminal.start()
    terminal.shows("Продолжается расшифровка 2 записей")
    done = [(title, "done") for title in TITLES]
    terminal.until(lambda: terminal.query(jobs) == done, done, 90)
    terminal.until(lambda: "◐" not in terminal.screen(), "an idle screen")
    terminal.press("C-q")
    terminal.ended()

    whole = subprocess.run(
        [sys.executable, "-m", "workbench", "transcribe", "--all", "--lang", "ru"],
        env=os.environ | {"WORKBENCH_WORKSPACE": str(tmp_path / "whole"), "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert "«третья»" in whole.stderr
    found = transcripts(tmp_path / "work")
    assert [(title, state) for title, state, *_rest in found] == [
        (title, "ready") for title in TITLES
    ]
    assert all(text for _title, _state, text, *_rest in found)
    assert found == transcripts(tmp_path / "whole")
