"""A measured figure, and how figures are printed."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; ``target`` is what it must reach, None where it is only reported."""

    name: str
    value: float
    unit: str
    target: float | None
    how: str
    """How it was measured: data, repetitions, what is subtracted."""
    at_most: bool = True
    """Whether the value must stay below the target; otherwise it must reach it."""
    beside: tuple[tuple[str, float], ...] = ()
    """What a ratio is of, in milliseconds: whose time, and how long it took."""

    @property
    def ok(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        return self.value <= self.target if self.at_most else self.value >= self.target

    def as_json(self) -> str:
        """One line of JSON."""
        values: dict[str, Any] = asdict(self)
        values["value"] = round(self.value, 4)
        del values["at_most"]
        return json.dumps(values | {"ok": self.ok, "machine": machine()}, ensure_ascii=False)


def machine() -> str:
    """Say what it was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{cores} cores, {system}{load}"


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 % of the others do not exceed."""
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def print_head(name: str) -> None:
    """Say for a person what is measured, and on what."""
    print(f"{name} · {machine()}", flush=True)


def print_table(figures: Sequence[Figure]) -> None:
    """Print what was measured side by side as a table, each line with its own programs."""
    for figure in figures:
        if figure.beside:
            times = "  ".join(f"{name:>16} {value:>10,.2f} ms" for name, value in figure.beside)
            print(f"  {figure.name:<54} {times}  {figure.value:>8,.1f} ×", flush=True)


def print_figure(figure: Figure) -> None:
    """Print a figure for a person, as soon as it is known."""
    mark = {True: "✓", False: "✗", None: " "}[figure.ok]
    sign = "≤" if figure.at_most else "≥"
    target = f"{sign} {figure.target:g} {figure.unit}" if figure.target is not None else ""
    value = f"{figure.value:.3g} {figure.unit}"
    print(f"{mark} {figure.name:<50} {value:>12}  {target:<14} {figure.how}", flush=True)
