"""Timing one thing again and again: by the clock and by the processor."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, process_time

from benchmarks.figures import p95


@dataclass
class Times:
    """What each repetition took, in milliseconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time one repetition."""
        began, spent = perf_counter(), process_time()
        yield
        self.wall.append((perf_counter() - began) * 1000)
        self.cpu.append((process_time() - spent) * 1000)

    @property
    def p95(self) -> float:
        """The value that 95 % do not exceed."""
        return p95(self.wall)

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.wall)

    def __str__(self) -> str:
        return (
            f"{len(self.wall)} times, median {self.median:.3g} ms, p95 {self.p95:.3g} ms, "
            f"mean processor time {statistics.mean(self.cpu):.3g} ms"
        )


def timed(call: Callable[[], object], times: int, *, first: int = 1) -> Times:
    """Call something again and again; the first calls, which fill caches, do not count."""
    return timed_over((call for _again in range(times + first)), first=first)


def timed_over(calls: Iterable[Callable[[], object]], *, first: int = 1) -> Times:
    """Call one thing after another; the first calls, which fill caches, do not count."""
    found = Times()
    for number, call in enumerate(calls):
        if number < first:
            call()
            continue
        with found.one():
            call()
    return found
