"""A program in a pseudo-terminal, and when it answers: what a person at the keys would see."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Self

QUIET = 0.12
"""Seconds without output after which an answer counts as finished."""

_FRAME = 0.004
"""Seconds without output after which a frame is whole: a terminal takes it in pieces of 4 KB."""

_POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""Tells the terminal which shape the mouse has: nothing that a person at the keys sees."""


@dataclass(frozen=True, slots=True)
class Answer:
    """When a program answered a key, in milliseconds; zero when it wrote nothing."""

    frame: float = 0.0
    """Until its first frame was written whole."""
    last: float = 0.0
    """Until the last byte of all that it wrote about it."""


class Terminal:
    """Runs a program in a terminal of its own; POSIX only."""

    def __init__(
        self, command: Sequence[str], *, env: dict[str, str], size: tuple[int, int]
    ) -> None:
        self.begun = perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            variables = os.environ | {"TERM": "xterm-256color"} | env
            os.execvpe(command[0], list(command), variables)  # noqa: S606 - no shell is wanted
        rows_columns = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, rows_columns)
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        os.kill(self.pid, signal.SIGTERM)
        os.close(self._fd)
        os.waitpid(self.pid, 0)

    def wait_for(self, words: str, *, within: float = 60) -> float:
        """Return the seconds from the start until some words have been written."""
        wanted = words.encode()
        while wanted not in self.seen:
            if perf_counter() - self.begun > within or not self._read(within):
                raise TimeoutError(self.seen[-2000:].decode(errors="replace"))
        return perf_counter() - self.begun

    def settle(self, quiet: float = 0.5) -> None:
        """Wait until nothing more is written."""
        while self._read(quiet):
            pass

    def press(self, keys: bytes) -> Answer:
        """Send keys and wait until all is written."""
        begun = perf_counter()
        frame = last = 0.0
        os.write(self._fd, keys)
        while found := self._read(QUIET if last else 1.0):
            if _POINTER.fullmatch(found):
                continue
            now = (perf_counter() - begun) * 1000
            if not last or (now - last <= _FRAME * 1000 and frame == last):
                frame = now
            last = now
        return Answer(frame, last)

    def processor_ms(self) -> float:
        """Return the processor time the program has used (Linux)."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        )
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def _read(self, timeout: float) -> bytes:
        if not select.select([self._fd], [], [], timeout)[0]:
            return b""
        try:
            found = os.read(self._fd, 65536)
        except OSError:  # the program has ended
            return b""
        self.seen = (self.seen + found)[-200_000:]
        return found
