"""Talking to a child process line by line."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable
from typing import IO


def send_line(child: subprocess.Popen[str], line: str) -> None:
    """Send a line; stdin stays open, because our children leave when it closes.

    A child that died at once is named by its exit code later.
    """
    if child.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(line + "\n")
            child.stdin.flush()


def read_lines(pipe: IO[str] | None, put: Callable[[str | None], object]) -> None:
    """Hand on the lines of a pipe until it closes, then None; meant for a thread of its own."""
    if pipe is not None:
        with contextlib.suppress(ValueError, OSError):
            for line in pipe:
                put(line.rstrip("\n"))
    put(None)
