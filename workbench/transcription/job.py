"""Transcribing in a child process: start it, pass its events on, stop it, and name its troubles."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import workbench
from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.pipes import read_lines, send_line
from workbench.transcription.protocol import (
    BatchDone,
    Event,
    Failed,
    Finished,
    Listening,
    Progress,
    Request,
    Started,
    WindowDone,
    event_from_line,
    request_to_line,
)
from workbench.transcription.threads import core_count

__all__ = [
    "BatchDone",
    "Event",
    "Finished",
    "Listening",
    "Progress",
    "Request",
    "Result",
    "Started",
    "WindowDone",
    "run",
]

_LOOK_S = 0.1  # how often cancelling is looked for
_TAIL_LINES = 30


@dataclass(frozen=True)
class Result:
    """How a run ended."""

    language: str | None
    seconds: float
    cancelled: bool = False


def run(
    request: Request,
    *,
    on_event: Callable[[Event], None],
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Transcribe a recording; blocks until it is done, cancelled or failed.

    Args:
        request: what to transcribe and how.
        on_event: called in this thread with each event, in order; when it raises, the run ends.
        cancelled: asked ten times a second; when it says yes, the child is killed.

    Raises:
        TranscriptionError: the recording, the model or the child process failed; its parameter
            ``detail`` holds the last lines the child wrote for a technician.
    """
    with _child(request) as child:
        lines: queue.Queue[str | None] = queue.Queue()
        tail: deque[str] = deque(maxlen=_TAIL_LINES)
        threading.Thread(target=read_lines, args=(child.stdout, lines.put), daemon=True).start()
        errors = threading.Thread(target=read_lines, args=(child.stderr, tail.append), daemon=True)
        errors.start()
        send_line(child, request_to_line(request))
        while True:
            if cancelled():
                return Result(None, 0.0, cancelled=True)
            try:
                line = lines.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if line is None:
                break
            event = _understood(line)
            if isinstance(event, Failed):
                raise event.error()
            if event is not None:
                on_event(event)
            if isinstance(event, Finished):
                return Result(event.language, event.seconds)
        code = child.wait()
        errors.join(timeout=1)
        raise _stopped(code, [line for line in tail if line is not None])


@contextlib.contextmanager
def _child(request: Request) -> Iterator[subprocess.Popen[str]]:
    """Start the child, and make sure that it is gone afterwards."""
    threads = str(request.threads or core_count())
    package = str(Path(workbench.__file__).parents[1])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    # Libraries read these when they are imported; Python must speak UTF-8 on every system.
    environment = os.environ | {
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        # Two libraries work in turn, each with threads of its own: those that have nothing to do must not
        # spin. Measured with other programs running: 26 s of processor time instead of 62.
        "OMP_WAIT_POLICY": "PASSIVE",
        "KMP_BLOCKTIME": "0",
        "PYTHONUTF8": "1",
        "PYTHONPATH": path,
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench.transcription.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        with contextlib.suppress(OSError):
            child.stdin.close() if child.stdin else None


def _understood(line: str) -> Event | Failed | None:
    """Read an event; a line that is none (a broken last line of a killed child) is left out."""
    try:
        return event_from_line(line)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _stopped(code: int, tail: list[str]) -> TranscriptionError:
    """Name the end of a child that said nothing."""
    detail = "\n".join(tail)
    if code < 0 or code > 128:  # noqa: PLR2004 - killed by a signal, as the system or a shell reports it
        return TranscriptionError(
            "transcription-killed",
            N_(
                "The transcribing process was stopped from outside; the usual reason is too little memory."
            ),
            N_(
                "Start it again: it goes on where it stopped. If it stops again, choose a smaller model."
            ),
            detail=detail,
        )
    return TranscriptionError(
        "transcription-failed",
        N_("The recogniser stopped with an error: {detail}."),
        N_("Try again; if it happens again, try the other engine."),
        detail=tail[-1] if tail else str(code),
        output=detail,
    )
