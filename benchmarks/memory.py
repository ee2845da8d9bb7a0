"""Memory: how much the program and its recogniser need at their peak, for a short and for a long recording."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks import _recordings as recordings
from benchmarks import _workspace as workspaces
from benchmarks.figures import Figure

_MOST_RATIO = 1.2
_MOST_GB = 1.5
_LOOKS_PER_S = 20


def run(quick: bool) -> Iterator[Figure]:
    """Transcribe 10 minutes and 2 hours; ``quick`` takes 2 and 10 minutes."""
    peaks = []
    for minutes in (2, 10) if quick else (10, 120):
        peak, seconds, parts = _transcribe(minutes)
        peaks.append(peak)
        how = (
            f"workbench transcribe, base, {minutes} min of Russian interviews, took {seconds:.0f} s; the peaks of "
            f"the program ({parts[0] / 1e6:.0f} MB) and its recogniser ({parts[1] / 1e6:.0f} MB) added up"
        )
        yield Figure(f"peak memory, {minutes} minutes", peak / 1e9, "GB", _MOST_GB, how)
    yield Figure(
        "peak of the long recording against the short one",
        peaks[1] / peaks[0],
        "×",
        _MOST_RATIO,
        "the same settings, one after the other",
    )


def _transcribe(minutes: int) -> tuple[int, float, tuple[int, int]]:
    """Return the peak in bytes, the seconds, and the peaks of the program and of its largest child."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = recordings.lasting(folder, "long", "ru", minutes * 60)
        workspaces.make_project(folder / "work", recording)
        recording.path.unlink()
        began = time.monotonic()
        with (folder / "said.txt").open("w+", encoding="utf-8") as said:
            process = workspaces.start(folder / "work", said=said)
            peaks: dict[int, int] = {}
            try:
                while process.poll() is None:
                    _look(process.pid, peaks)
                    time.sleep(1 / _LOOKS_PER_S)
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
            if process.returncode:
                said.seek(0)
                raise SystemExit(said.read()[-3000:])
        parent = peaks.pop(process.pid)
        child = max(peaks.values(), default=0)
        return parent + sum(peaks.values()), time.monotonic() - began, (parent, child)


def _look(pid: int, peaks: dict[int, int]) -> None:
    """Note the highest resident memory of the process and its children; the kernel keeps it between looks (Linux)."""
    try:
        family = psutil.Process(pid)
        for member in [family, *family.children(recursive=True)]:
            peaks[member.pid] = max(peaks.get(member.pid, 0), _peak(member))
    except psutil.Error:  # it ended while it was looked at
        return


def _peak(process: psutil.Process) -> int:
    """Return the peak of one process: the kernel's own mark where there is one."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:", 1)[1].split()[0]) * 1024
    except (OSError, IndexError):
        return int(process.memory_info().rss)
