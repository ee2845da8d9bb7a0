"""The coding screen of the large project in a terminal, with the keys a terminal sends."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks import _big_project as big
from benchmarks._terminal import Answer, Terminal
from benchmarks.figures import Figure, p95

_SIZE = (120, 36)

_KEYS = {
    "down": b"\x1b[B",
    "right with selection": b"\x1b[1;2C",
    "page down": b"\x1b[6~",
    "next quote": b"j",
    "next uncoded": b"n",
    "select the word": b"w",
    "select the sentence": b"s",
    "select the turn": b"t",
    "next turn": b"\x1b[1;5B",
    "end and beginning of the text": (b"\x1b[1;5F", b"\x1b[1;5H"),
    "into the codebook and back": (b"\t", b"\t"),
    "choose a code, and Esc": (b"c", b"\x1b"),
}
"""Keys by what they do, as a terminal sends them; where there are two, they are pressed in turn."""


def figures(workspace: Path, data: str, *, keys: int) -> Iterator[Figure]:
    """Open the long document several times; then press keys in it, apply and undo.

    Args:
        workspace: where the project is.
        data: what is in it, in words.
        keys: how often each key is pressed.
    """
    said = workspace.parent / "opened.txt"
    project = str(workspace / big.FOLDER)
    command = [sys.executable, "-m", "benchmarks._coding_app", project, big.LONG, str(said)]
    env = {"WORKBENCH_CONFIG": str(workspace.parent / "config"), "COLORTERM": "truecolor"}
    opened, spent = [], []
    for last in (False, False, False, False, True):
        with Terminal(command, env=env, size=_SIZE) as terminal:
            terminal.wait_for("00:00:")
            terminal.settle()
            wall, cpu = map(float, said.read_text(encoding="utf-8").split())
            opened.append(wall)
            spent.append(cpu)
            if last:
                how = (
                    f"{data}; from the call to the drawn frame, median of {len(opened)} starts, "
                    f"longest {max(opened):.2f} s, processor time {statistics.median(spent):.2f} s"
                )
                yield Figure(
                    "open the long document on screen", statistics.median(opened), "s", 0.3, how
                )
                yield from _pressed(terminal, keys)
                yield from _applied(terminal, keys)
                yield _memory(terminal)


def _pressed(terminal: Terminal, times: int) -> Iterator[Figure]:
    for _page in range(40):  # into the text, where codings are dense
        terminal.press(b"\x1b[6~")
    answers = []
    for name, key in _KEYS.items():
        sent = key if isinstance(key, tuple) else (key,)
        before = terminal.processor_ms()
        found = [terminal.press(sent[n % len(sent)]) for n in range(times)]
        cpu = (terminal.processor_ms() - before) / times
        first = [answer.frame for answer in found]
        answers += first
        yield Figure(f"key: {name}", p95(first), "ms", 50, _how(found, cpu))
    how = f"p95 of all {len(answers)} keys above; median {statistics.median(answers):.0f} ms"
    yield Figure("any key", p95(answers), "ms", 50, how)


def _applied(terminal: Terminal, times: int) -> Iterator[Figure]:
    """Put the code with the digit 1 on one sentence after the other, then take all of them back."""
    steps = {"apply a code by its digit": (b"1", times // 2), "undo it": (b"u", times // 2)}
    for name, (key, count) in steps.items():
        found, spent = [], 0.0
        for _again in range(count):
            if key == b"1":
                terminal.press(b"\x1b[1;5B")  # the next turn
                terminal.press(b"s")
            before = terminal.processor_ms()
            found.append(terminal.press(key))
            spent += terminal.processor_ms() - before
        how = f"committed to disk, then drawn; {_how(found, spent / count)}"
        yield Figure(f"on screen: {name}", p95([answer.frame for answer in found]), "ms", 60, how)


def _how(found: list[Answer], cpu: float) -> str:
    first = [answer.frame for answer in found]
    last = p95([answer.last for answer in found])
    return (
        f"p95 of {len(found)} keys, from the key to its whole frame (median {statistics.median(first):.0f} ms); "
        f"to the last byte {last:.0f} ms; mean processor time {cpu:.0f} ms"
    )


def _memory(terminal: Terminal) -> Figure:
    program = psutil.Process(terminal.pid)
    memory = program.memory_full_info()
    how = f"resident memory of the program after all of the above; {memory.uss / 1e6:.0f} MB its own alone"
    return Figure("memory of the interface", memory.rss / 1e6, "MB", 300, how)
