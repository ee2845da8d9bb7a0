"""A recogniser that says what it is told to, in place of the child process: for the queue's own rules."""

from __future__ import annotations

import threading
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from workbench.errors import TranscriptionError
from workbench.transcription import job as child
from workbench.transcription.engine import Segment, Word
from workbench.transcription.protocol import WindowDone
from workbench.transcription.windows import Window

WINDOW_MS = 10_000


def spoken(ordinal: int, text: str = "", *, probability: float = 0.9) -> WindowDone:
    """Return a recognised window of ten seconds with two words in it."""
    start = ordinal * WINDOW_MS
    said = text or f"word{ordinal} said."
    words = tuple(
        Word(start + 1_000 + 500 * n, start + 1_400 + 500 * n, f" {word}", probability)
        for n, word in enumerate(said.split())
    )
    segment = Segment(start + 1_000, words[-1].end_ms, said, words)
    stretch = (start + 1_000, words[-1].end_ms)
    return WindowDone(ordinal, start, start + WINDOW_MS, (segment,), speech=(stretch,))


@dataclass
class Recogniser:
    """Plays the child process; each recording has as many windows as ten seconds fit into it."""

    windows: int = 3
    length_ms: int = WINDOW_MS
    fails: set[str] = field(default_factory=set)
    """Media names (their beginnings) that cannot be recognised."""
    gives: int | None = None
    """How many windows it hands over before it says that it is finished; all of them without it."""
    before: Callable[[int], None] = lambda _ordinal: None
    """Called before each window."""
    say: Callable[[int], WindowDone] = spoken
    """What is recognised in a window."""
    asked: list[child.Request] = field(default_factory=list)
    heard: str | None = None
    stopped: Callable[[], bool] = lambda: False
    """Whether the run in hand has been told to stop."""

    def run(
        self,
        request: child.Request,
        *,
        on_event: Callable[[child.Event], None],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> child.Result:
        self.asked.append(request)
        self.stopped = cancelled
        if any(request.path.name.startswith(name) for name in self.fails):
            raise TranscriptionError("recording-damaged", "It is damaged.", "Copy it again.")
        cut = tuple(
            Window(n * self.length_ms, n * self.length_ms + WINDOW_MS) for n in range(self.windows)
        )
        total = self.windows * WINDOW_MS
        on_event(child.Started("fake", "model", total, cut, "en", self.heard))
        todo = [n for n in range(self.windows) if n not in request.skip_windows][: self.gives]
        for n in todo:
            self.before(n)
            if cancelled():
                return child.Result(None, 0.0, cancelled=True)
            on_event(child.BatchDone((self.say(n),)))
            left = (self.windows - 1 - n) * WINDOW_MS / 1000
            on_event(child.Progress((n + 1) * WINDOW_MS, total, 10.0, left / 10))
        on_event(child.Finished("en", 2.0))
        return child.Result("en", 2.0)


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    made = Recogniser()
    monkeypatch.setattr("workbench.services.transcription.child.run", made.run)
    return made


def write_wav(path: Path, *, tone: int) -> Path:
    """Write a recording of half a second; another tone is another recording."""
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(
            b"".join(((n * tone) % 2_000).to_bytes(2, "little") for n in range(4_000))
        )
    return path


class InThread(threading.Thread):
    """Something done beside the test; what it raises is raised again by ``ended``."""

    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._action = action
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._action()
        except BaseException as error:  # noqa: BLE001 - handed on
            self.error = error

    def ended(self) -> None:
        self.join(10)
        assert not self.is_alive()
        if self.error is not None:
            raise self.error
