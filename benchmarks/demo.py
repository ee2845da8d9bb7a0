"""The demonstration end to end: how long the whole takes and how much memory at its peak."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.figures import Figure

ROOT = Path(__file__).parents[1]


def run(quick: bool) -> list[Figure]:
    """Run ``workbench demo --lang ru`` in a workspace of its own; ``quick`` takes the shorter English sample."""
    language = "en" if quick else "ru"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "WORKBENCH_CONFIG": f"{folder}/config"}
        command = [
            sys.executable,
            "-m",
            "workbench",
            "demo",
            f"{folder}/work",
            "--no-tui",
            "--lang",
            language,
        ]
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        peak: list[int] = []
        watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watcher.start()
        process.communicate()
        seconds = time.monotonic() - began
        watcher.join()
    if process.returncode:
        raise SystemExit(f"workbench demo ended with {process.returncode}")
    how = f"workbench demo --lang {language}, Whisper base, faster-whisper; weights joined before or on the way"
    return [
        Figure("demo, whole run", seconds, "s", 180, how),
        Figure(
            "demo, peak memory of all its processes",
            max(peak) / 1e9,
            "GB",
            2.5,
            "resident memory of the program and its children together, looked at 10 times a second",
        ),
    ]


def _watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    """Add up the resident memory of the process tree until it ends."""
    peak.append(0)
    while process.poll() is None:
        try:
            family = psutil.Process(process.pid)
            members = [family, *family.children(recursive=True)]
            peak.append(sum(member.memory_info().rss for member in members))
        except psutil.Error:  # a child ended while it was looked at
            continue
        time.sleep(0.1)
