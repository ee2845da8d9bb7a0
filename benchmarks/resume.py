"""Resuming: a transcription killed again and again ends with the same transcript, and nothing is recognised twice.

``workbench transcribe`` is killed with SIGKILL at random moments: the whole program, only the program, or only its
recogniser. It is started again until the transcript is there; then comes the next round, until there were enough kills.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks import _recordings as recordings
from benchmarks import _workspace as workspaces
from benchmarks.figures import Figure
from workbench.transcription.engines.faster_whisper import MOST_AT_ONCE
from workbench.transcription.threads import core_count

_WAYS = ("program and recogniser", "program only", "recogniser only")
_AT_ONCE = min(core_count(), MOST_AT_ONCE)
_LEAVES_WITHIN_S = 10
_ENDS_WITHIN_S = 120


@dataclass
class _Tally:
    """What was seen over all rounds."""

    kills: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    again: int = 0
    """Windows recognised though they had been stored."""
    under_way: list[int] = field(default_factory=list)
    """Windows whose recognition had begun at a kill, so the next run recognised them: one for each core in use."""
    lost_s: list[float] = field(default_factory=list)
    """Seconds of one core spent on those windows."""
    left_behind: int = 0
    failed: list[str] = field(default_factory=list)
    different: int = 0
    rounds: int = 0

    @property
    def total(self) -> int:
        return sum(self.kills.values())


def run(quick: bool) -> Iterator[Figure]:
    """Kill 50 times over a recording of ten minutes; ``quick`` 5 times over one of two minutes and a half."""
    wanted, minutes = (5, 2.5) if quick else (50, 10)
    chance = random.Random(11)
    tally = _Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = recordings.lasting(folder, "killed", "ru", minutes * 60)
        workspaces.make_project(folder / "start", recording)
        shutil.copytree(folder / "start", folder / "whole")
        whole = _Round(folder / "whole")
        expected, took_s = whole.uninterrupted()
        while tally.total < wanted:
            tally.rounds += 1
            place = folder / f"round{tally.rounds}"
            shutil.copytree(folder / "start", place)
            found = _Round(place).killed(chance, tally, wanted, took_s)
            tally.different += found != expected
            shutil.rmtree(place)
    yield from _figures(tally, f"{minutes:g} min of Russian interviews, base")


def _figures(tally: _Tally, what: str) -> Iterator[Figure]:
    """Say what was seen."""
    ways = ", ".join(f"{way} {count}" for way, count in tally.kills.items())
    moments = ", ".join(f"{moment} {count}" for moment, count in tally.moments.items())
    how = f"{tally.total} kills (SIGKILL: {ways}; {moments}) in {tally.rounds} rounds; {what}"
    yield Figure("stored windows recognised again", tally.again, "", 0, how)
    yield Figure(
        "windows under way at a kill, at most",
        max(tally.under_way, default=0),
        "",
        _AT_ONCE,
        f"one window for each core in use ({_AT_ONCE}), stored as soon as it is recognised; "
        f"mean {sum(tally.under_way) / max(1, len(tally.under_way)):.1f}, "
        f"work of one core lost {sum(tally.lost_s) / max(1, len(tally.lost_s)):.1f} s a kill, at most {max(tally.lost_s, default=0):.1f} s",
    )
    how = f"of {tally.rounds}, beside an uninterrupted run: text, turns, speakers, times of words, suspected"
    yield Figure("transcripts that differ", tally.different, "", 0, how)
    yield Figure(
        "recognisers still there after their program",
        tally.left_behind,
        "",
        0,
        f"looked for {_LEAVES_WITHIN_S} s after the program alone was killed",
    )
    said = "; ".join(tally.failed[:2]) or "every run after a kill went on"
    yield Figure("runs that could not go on", len(tally.failed), "", 0, said)


class _Round:
    """One recording from its first start to its transcript."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._log = workspace / "events.jsonl"

    def lines(self, what: str = "") -> list[dict[str, Any]]:
        """Return the events so far."""
        if not self._log.is_file():
            return []
        found = []
        for line in self._log.read_text(encoding="utf-8").splitlines():
            values = json.loads(line)
            if not what or values["what"] == what:
                found.append(values)
        return found

    def uninterrupted(self) -> tuple[str, float]:
        """Run without any kill; return the transcript and the seconds."""
        began = time.monotonic()
        process, errors = self._start()
        if process.wait():
            raise SystemExit(errors.read_text(encoding="utf-8")[-3000:])
        return workspaces.transcript(self._workspace), time.monotonic() - began

    def killed(self, chance: random.Random, tally: _Tally, wanted: int, took_s: float) -> str:
        """Start, kill and start again until it is done or has failed for good; return the transcript."""
        stored: set[int] = set()
        failures = 0
        while True:
            seen = len(self.lines())
            process, errors = self._start()
            delay = chance.uniform(0.1, self._rest_s(took_s)) if tally.total < wanted else None
            way = _WAYS[tally.total % len(_WAYS)]
            try:
                ended = self._wait(process, delay)
            except BaseException:  # nothing outlives the measurement
                os.killpg(process.pid, signal.SIGKILL)
                raise
            if not ended:
                tally.kills[way] += 1
                self._kill(process, way, tally)
            new = self.lines()[seen:]
            self._count(new, stored, tally, killed=not ended)
            if ended and process.returncode == 0:
                return workspaces.transcript(self._workspace)
            if ended:
                said = errors.read_text(encoding="utf-8").strip().splitlines()
                tally.failed.append(" ".join(said[-2:])[-200:])
                failures += 1
                if failures > 2:
                    return ""

    def _start(self) -> tuple[subprocess.Popen[str], Path]:
        errors = self._workspace / "said.txt"
        with errors.open("w", encoding="utf-8") as said:
            return workspaces.start(self._workspace, log=self._log, said=said), errors

    def _rest_s(self, took_s: float) -> float:
        """Return about how long the rest takes: kills fall evenly over starting, loading and recognising."""
        totals = [line["total"] for line in self.lines("started")]
        done = {number for line in self.lines("stored") for number in line["windows"]}
        return took_s * (1 - 0.8 * len(done) / totals[-1]) if totals else took_s

    def _wait(self, process: subprocess.Popen[str], delay: float | None) -> bool:
        """Wait for the end or for the moment of the kill; return whether it ended."""
        try:
            process.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _kill(self, process: subprocess.Popen[str], way: str, tally: _Tally) -> None:
        """Kill in one of the ways, and see that nothing is left."""
        if way == "program and recogniser":
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return
        children = psutil.Process(process.pid).children(recursive=True)
        if way == "program only":
            process.kill()
            process.wait()
            _gone, alive = psutil.wait_procs(children, timeout=_LEAVES_WITHIN_S)
            tally.left_behind += len(alive)
            for child in alive:
                child.kill()
            return
        for child in children:
            child.kill()
        if not children:  # it had not been started yet, or had finished
            process.kill()
        try:
            process.wait(timeout=_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            tally.failed.append("the program hung after its recogniser was killed")
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _count(
        self, new: list[dict[str, Any]], stored: set[int], tally: _Tally, *, killed: bool
    ) -> None:
        """Add up what one start brought."""
        recognised = [n for line in new if line["what"] == "recognised" for n in line["windows"]]
        tally.again += sum(number in stored for number in recognised)
        stored.update(n for line in new if line["what"] == "stored" for n in line["windows"])
        if not killed:
            return
        totals = [line["total"] for line in new if line["what"] == "started"]
        begun = [line["at"] for line in new if line["what"] == "started"] * _AT_ONCE
        begun += [line["at"] for line in new if line["what"] == "stored"]
        finished = any(line["what"] == "finished" for line in new)
        moment = "writing the transcript" if finished else "recognising" if begun else "loading"
        tally.moments[moment] += 1
        if begun and not finished:
            count = min(_AT_ONCE, totals[-1] - len(stored))
            tally.under_way.append(count)
            tally.lost_s.append(sum(time.time() - at for at in begun[-count:] if count))
