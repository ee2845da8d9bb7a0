"""In a real terminal: raw key reports, also broken ones, from a Russian layout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

ROOT = Path(__file__).parents[2]
_NUMBERS = count()


class Terminal:
    """A tmux session that runs the demo app."""

    def __init__(self, *, guarded: bool) -> None:
        # a name of its own: a server that is being killed still answers for a moment
        self.name = f"workbench-test-{os.getpid()}-{next(_NUMBERS)}"
        code = "from demo_screen import DemoApp; app = DemoApp(); "
        if not guarded:
            code += (
                "from textual.drivers.linux_driver import LinuxDriver as D; app.driver_class = D; "
            )
        environment = f"PYTHONPATH={ROOT}:{Path(__file__).parent}"
        self._tmux(
            *("new-session", "-d", "-s", self.name, "-x", "100", "-y", "24"),
            *("env", environment, "TERM=xterm-256color", sys.executable, "-c", f"{code}app.run()"),
        )
        self._tmux("set-option", "-t", self.name, "remain-on-exit", "on")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self.name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def send(self, raw: str) -> None:
        self._tmux("send-keys", "-t", self.name, "-H", *[f"{b:02x}" for b in raw.encode()])

    def wait_for(self, text: str, seconds: float = 30) -> str:
        end = time.monotonic() + seconds
        shown = ""
        while time.monotonic() < end:
            shown = self._tmux("capture-pane", "-p", "-t", self.name)
            if text in shown:
                return shown
            time.sleep(0.1)
        return pytest.fail(f"{text!r} did not appear within {seconds} s:\n{shown}")

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def terminal(request):
    session = Terminal(guarded=getattr(request, "param", True))
    yield session
    session.close()


ALTERNATE = "\x1b[1089::99;5u"
"""Ctrl+с with the alternate key that nobody asked for: Textual 8.2.8 cannot read it."""


def test_a_key_report_textual_cannot_read_does_not_end_the_program(terminal):
    terminal.wait_for("Things")
    for _ in range(3):
        terminal.send(ALTERNATE)
    terminal.send("\x1b[1079;5u")  # Ctrl+з in the kitty protocol: Ctrl+P
    terminal.wait_for("Type part of a name")


@pytest.mark.parametrize("terminal", [False], indirect=True)
def test_textual_alone_still_ends_at_it(terminal):
    """When this fails, Textual was mended and our guard can go."""
    terminal.wait_for("Things")
    terminal.send(ALTERNATE)
    terminal.wait_for("ValueError")


def test_plain_cyrillic_keys_run_commands_and_type(terminal):
    terminal.wait_for("Things")
    terminal.send("слово")
    terminal.wait_for("слово")
    terminal.send("\t")  # to the table
    time.sleep(0.5)
    terminal.send("п")  # g on a Russian layout
    terminal.wait_for("letter opens")
    terminal.send("у")  # e
    terminal.wait_for("Your name")


def test_nothing_in_the_words_reaches_the_terminal(terminal):
    terminal.wait_for("[laughs] [/x] ␛[31m· смех [bold red] 0")
