"""How soon the program is there: ``--help`` beside a bare ``import typer``, and the first screen."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks._terminal import Terminal
from benchmarks.figures import Figure


def run(quick: bool) -> list[Figure]:
    """Measure the commands in turn, so that both meet the same disturbances."""
    rounds = 7 if quick else 21
    commands = {
        "help": [sys.executable, "-m", "workbench", "--help"],
        "typer": [sys.executable, "-c", "import typer"],
    }
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "WORKBENCH_CONFIG": str(Path(folder) / "config"),
            "WORKBENCH_WORKSPACE": str(Path(folder) / "workspace"),
            "LC_ALL": "C.UTF-8",
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _round in range(rounds + 1):
            for name, command in commands.items():
                times[name].append(_time(command, env))
        shortest = {name: statistics.median(found[1:]) for name, found in times.items()}
        ratio = shortest["help"] / shortest["typer"]
        how = f"medians of {rounds} runs in turn: {shortest['help']:.3f} s beside {shortest['typer']:.3f} s"
        figures = [Figure("workbench --help / import typer", ratio, "×", 1.6, how)]
        firsts = [_first_screen(env) for _round in range(3 if quick else 9)][1:]
        how = (
            f"process start to the words of Home in a terminal of 120 x 36; median of {len(firsts)}"
        )
        figures.append(Figure("first screen", statistics.median(firsts), "s", 1.0, how))
    return figures


def _time(command: list[str], env: dict[str, str]) -> float:
    begun = perf_counter()
    subprocess.run(command, env=os.environ | env, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def _first_screen(env: dict[str, str]) -> float:
    """Return the seconds until Home has been written, the key line last."""
    command = [sys.executable, "-m", "workbench"]
    with Terminal(command, env=env | {"WORKBENCH_LANG": "en"}, size=(120, 36)) as terminal:
        return terminal.wait_for("Projects")
