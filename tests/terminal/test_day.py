"""A researcher's day in a real terminal: Russian, 80×24, a Russian keyboard, a kill in between."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench import locations
from workbench.transcription.audio import RATE, decode

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.model,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

ROOT = Path(__file__).parents[2]
SAMPLE = locations.sample_projects_folder() / "mortgage_bank_ru" / "recordings" / "interview_03.ogg"
CHECKLIST = """
key: branch
title: {ru: Отделение, en: Branch}
sections:
  - key: contact
    title: {ru: Контакт, en: Contact}
    questions:
      - {key: greeted, text: {ru: Поздоровались, en: Greeted}, type: yes_no}
      - {key: rate, text: {ru: Назвали ставку, en: Rate named}, type: yes_no, critical: true}
      - {key: mood, text: {ru: Настроение, en: Mood}, type: scale, scale: {min: 1, max: 5, points: 4}}
"""


class Terminal:
    """The program in tmux, driven by the bytes a keyboard sends."""

    def __init__(self, home: Path) -> None:
        """Prepare a home of its own; nothing runs yet."""
        self.home = home
        self.name = f"workbench-day-{os.getpid()}"

    def start(self) -> None:
        """Start the program at 80×24 in Russian."""
        self.tmux(
            *("-f", os.devnull, "new-session", "-d", "-s", "day", "-x", "80", "-y", "24"),
            *("env", "TERM=xterm-256color", "LANG=C.UTF-8", "WORKBENCH_LANG=ru"),
            *(
                f"WORKBENCH_CONFIG={self.home / 'config'}",
                f"WORKBENCH_WORKSPACE={self.home / 'work'}",
            ),
            *(f"PYTHONPATH={ROOT}", sys.executable, "-m", "workbench"),
        )

    def tmux(self, *arguments: str) -> str:
        """Run a tmux command on our own server."""
        command = ["tmux", "-L", self.name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def screen(self) -> str:
        """Return what the screen shows."""
        return self.tmux("capture-pane", "-p", "-t", "day")

    def type(self, text: str) -> None:
        """Send raw bytes, as a terminal does for each key."""
        self.tmux("send-keys", "-t", "day", "-H", *[f"{byte:02x}" for byte in text.encode()])
        time.sleep(0.3)

    def press(self, *keys: str) -> None:
        """Send keys by tmux's names."""
        for key in keys:
            self.tmux("send-keys", "-t", "day", key)
            time.sleep(0.3)

    def shows(self, *texts: str, seconds: float = 20) -> None:
        """Wait until all texts are on the screen."""
        self.until(lambda: all(text in self.screen() for text in texts), texts, seconds)

    def until(self, holds: Callable[[], bool], what: object, seconds: float = 20) -> None:
        """Wait until something holds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds():
                return
            time.sleep(0.2)
        pytest.fail(f"{what!r} did not come within {seconds} s:\n{self.screen()}")

    def pid(self) -> int:
        """Return the program's process."""
        return int(self.tmux("list-panes", "-t", "day", "-F", "#{pane_pid}").split()[0])

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the project's database from outside."""
        path = self.home / "work" / "ipoteka" / "project.db"
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
            return connection.execute(sql).fetchall()

    def ended(self) -> None:
        """Wait until the program has left."""
        self.until(lambda: not self.tmux("list-panes", "-t", "day").strip(), "the end")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    session = Terminal(tmp_path)
    yield session
    session.tmux("kill-server")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "запись.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((decode(SAMPLE, 0, 40_000) * 32_000).astype("<i2").tobytes())
    return path


def test_a_day_with_a_russian_keyboard(terminal: Terminal, recording: Path) -> None:
    terminal.start()
    terminal.shows("Workbench › Проекты")

    _record_and_transcribe(terminal, recording)

    terminal.press("Down", "Down")
    terminal.type("ы")  # s: select the sentence
    terminal.type("с")  # c: code it
    terminal.type("Разные ответы")
    terminal.shows("Создать «Разные ответы»")
    terminal.press("Enter")
    coded = "SELECT count(*) FROM coding"
    terminal.until(lambda: terminal.query(coded) == [(1,)], "the coding")
    terminal.shows("┃", "Разные ответы")
    terminal.type("г")  # u: undo
    terminal.until(lambda: terminal.query(coded) == [(0,)], "the undo")
    terminal.type("Г")  # U: redo
    terminal.until(lambda: terminal.query(coded) == [(1,)], "the redo")

    os.kill(terminal.pid(), signal.SIGKILL)  # and everything acknowledged is there
    terminal.ended()
    assert terminal.query(coded) == [(1,)]
    terminal.start()
    terminal.shows("› запись", "┃", "Разные ответы")  # where we were

    _fill_a_visit(terminal)

    terminal.press("Escape")
    terminal.press("Escape")
    terminal.type("к")  # r: report
    terminal.shows("Ипотека › Отчёт")
    terminal.press("F9")
    exports = terminal.home / "work" / "ipoteka" / "exports"
    terminal.until(lambda: bool(list(exports.glob("*.docx"))), "the report", 60)
    terminal.shows(".docx")

    terminal.press("C-q")
    terminal.ended()
    assert not (exports.parent / "project.writer.json").exists()
    terminal.start()
    terminal.shows("Workbench › Ипотека")
    journal = [verb for (verb,) in terminal.query("SELECT verb FROM journal_entry ORDER BY number")]
    assert journal[0] == "source.add"
    assert {"transcription.run", "coding.apply", "visit.answer", "visit.submit"} <= set(journal)


def _fill_a_visit(terminal: Terminal) -> None:
    """Add a checklist and a location, plan a visit, fill it in, finish it."""
    checklist = terminal.home / "checklist.yaml"
    checklist.write_text(CHECKLIST, encoding="utf-8")
    terminal.press("Escape")
    terminal.type("п")  # g: go to
    time.sleep(0.5)
    terminal.type("ы")  # s: mystery shopping
    terminal.shows("Тестовые закупки")
    terminal.type("л")  # k: checklist
    time.sleep(0.5)
    terminal.type(str(checklist))
    terminal.press("Enter")
    terminal.shows("Отделение")
    terminal.type("щ")  # o: locations
    terminal.shows("› Точки")
    terminal.type("ф")
    terminal.shows("Новая точка")
    terminal.type("Ленина, 5")
    terminal.press("Tab", "Right", "C-s")  # a branch, not a region
    terminal.shows("филиал")
    terminal.press("Escape")
    terminal.shows("Тестовые закупки")
    terminal.type("ф")
    terminal.shows("Новый визит")
    terminal.press("C-s")
    terminal.shows("V01")
    terminal.press("Enter")
    terminal.shows("Поздоровались")
    for answer in ("н", "н", "5"):  # yes, yes, five
        terminal.type(answer)
    answered = "SELECT count(*) FROM visit_answer"
    terminal.until(lambda: terminal.query(answered) == [(3,)], "three answers")
    terminal.press("F9")
    terminal.until(
        lambda: terminal.query("SELECT status FROM visit") == [("submitted",)], "the visit"
    )
    terminal.shows("100,0")


def _record_and_transcribe(terminal: Terminal, recording: Path) -> None:
    """Create a project, add a recording, transcribe it and open the transcript."""
    terminal.type("т")  # n: new project
    terminal.shows("Новый проект")
    terminal.type("Ипотека")
    terminal.press("C-s")
    terminal.shows("Workbench › Ипотека", "Цели")

    terminal.type("ш")  # i: interviews
    terminal.shows("Ипотека › Интервью")
    terminal.type("ф")  # a: add a file
    terminal.shows("Добавить источник")
    terminal.type(str(recording))
    terminal.press("Enter")
    terminal.shows("Добавить запись.wav")
    terminal.press("C-s")
    terminal.shows("♪", "00:00:40")

    terminal.type("е")  # t: transcribe
    terminal.until(
        lambda: terminal.query("SELECT state FROM source") == [("ready",)], "a transcript", 180
    )
    terminal.press("Enter")
    terminal.shows("› запись", "00:00:00")
