"""Transcription: the workbench beside the ``whisper`` command line, bare faster-whisper and whisper.cpp, same weights.

Parts: recordings (``8min``, ``60min``, ``golos``, ``telephone``; ``interview`` with ``--quick``) and programs (``workbench``, ``recognition``,
``batched``, ``whisper``, ``whisper.cpp``). With ``--keep FOLDER`` the parts can be run separately: what one run measured, the
next one compares with.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import _recordings as recordings
from benchmarks._programs import (
    BATCH_SIZE,
    BATCHED,
    HOW,
    RECOGNITION,
    WHISPER,
    WHISPER_CPP,
    WORKBENCH,
    Run,
    missing,
    recognise,
)
from benchmarks._recordings import Recording
from benchmarks._scores import Errors, word_errors
from benchmarks.figures import Figure

_RECORDINGS = ("interview", "8min", "60min", "golos", "telephone")
_PROGRAMS = (WORKBENCH, RECOGNITION, BATCHED, WHISPER, WHISPER_CPP)
PARTS = (*_RECORDINGS, *_PROGRAMS)
_JUDGED = {"8min", "60min"}  # on the others figures are only reported
_ROUNDS = {"8min": 3}  # the two that are close are run in turn, and their medians compared

_TIMES_FASTER = 6
_POINTS_WORSE = 1
_OVERHEAD_PERCENT = 5


def run(quick: bool, *, only: set[str] = frozenset(), keep: Path | None = None) -> Iterator[Figure]:
    """Recognise each recording with each program; ``quick`` takes one interview of three minutes."""
    default = ["interview"] if quick else [name for name in _RECORDINGS if name != "interview"]
    chosen = [name for name in _RECORDINGS if name in only] or default
    programs = [name for name in _PROGRAMS if name in only] or list(_PROGRAMS)
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            recording = _make(Path(folder), name)
            if recording is None:
                yield Figure(
                    f"{name}: skipped", 0, "", None, "its recordings are not on this machine"
                )
                continue
            yield from _Comparison(recording, keep, name in _JUDGED).figures(programs)
            recording.path.unlink()


def _make(folder: Path, name: str) -> Recording | None:
    """Write one of the recordings, or None when what it is made of is not here."""
    if name == "golos":
        return recordings.golos(folder)
    if name == "telephone":
        return recordings.telephone(folder)
    numbers = (3,) if name == "interview" else (1, 2, 3)
    times = 7 if name == "60min" else 1
    return recordings.interviews(folder, name, "ru", numbers=numbers, times=times)


class _Comparison:
    """The programs on one recording."""

    def __init__(self, recording: Recording, keep: Path | None, judged: bool) -> None:
        self._recording = recording
        self._keep = keep
        self._judged = judged
        self._walls: dict[str, float] = {}
        self._errors: dict[str, Errors] = {}

    def figures(self, programs: list[str]) -> Iterator[Figure]:
        """Yield each figure as soon as it is known."""
        close = [program for program in (WORKBENCH, RECOGNITION, BATCHED) if program in programs]
        rounds = _ROUNDS.get(self._recording.name, 1)
        measured: dict[str, list[Run]] = {program: [] for program in close}
        for number in range(rounds):
            for program in close if number % 2 == 0 else reversed(close):
                measured[program].append(self._run(program, number))
        for program in close:
            yield from self._of(program, measured[program])
        yield from self._against_batched()
        for program in (WHISPER, WHISPER_CPP):
            if program not in programs:
                continue
            if wanted := missing(program):
                yield Figure(
                    f"{self._name} {program}: skipped", 0, "", None, f"{wanted} is not installed"
                )
                continue
            yield from self._of(program, [self._run(program, 0)])
            yield from self._against(program)

    @property
    def _name(self) -> str:
        return f"{self._recording.name}:"

    def _run(self, program: str, number: int) -> Run:
        return recognise(program, self._recording, keep=self._keep, number=number)

    def _of(self, program: str, runs: list[Run]) -> Iterator[Figure]:
        """What one program took and how well it heard."""
        recording = self._recording
        wall_s = self._walls[program] = statistics.median(run.wall_s for run in runs)
        cpu_s = statistics.median(run.cpu_s for run in runs)
        earlier = "; measured earlier" if any(run.kept for run in runs) else ""
        all_walls = f" ({', '.join(f'{run.wall_s:.1f}' for run in runs)})" if len(runs) > 1 else ""
        yield Figure(
            f"{self._name} {program}",
            wall_s,
            "s",
            None,
            f"{recording.seconds:.0f} s of sound: {recording.what}; {recording.seconds / wall_s:.1f} × real time, "
            f"processor time {cpu_s:.1f} s, median of {len(runs)}{all_walls}; {HOW[program]}{earlier}",
        )
        errors = self._errors[program] = word_errors(
            recording.said, runs[-1].text, recording.language
        )
        redone = f"; {len(runs[-1].redone)} of {runs[-1].windows} windows recognised twice"
        yield Figure(
            f"{self._name} {program}, word errors",
            errors.percent,
            "%",
            None,
            f"against the script; {errors.replaced} replaced, {errors.deleted} missing, {errors.inserted} added"
            + (redone if program in {WORKBENCH, RECOGNITION} else ""),
        )

    def _against_batched(self) -> Iterator[Figure]:
        """How much the checks cost, beside the same engine without them; and the checks with the speakers."""
        for program, target in ((RECOGNITION, _OVERHEAD_PERCENT), (WORKBENCH, None)):
            if not {program, BATCHED} <= self._walls.keys():
                continue
            percent = (self._walls[program] / self._walls[BATCHED] - 1) * 100
            how = f"wall time, medians; batches of {BATCH_SIZE}, the order changes from round to round"
            title = f"{self._name} {program} beyond bare batched"
            yield Figure(title, percent, "%", target if self._judged else None, how)

    def _against(self, program: str) -> Iterator[Figure]:
        """How much faster than another program the workbench is, and how many more errors it makes."""
        if WORKBENCH not in self._walls:
            return
        target = _TIMES_FASTER if self._judged and program == WHISPER else None
        ratio = self._walls[program] / self._walls[WORKBENCH]
        how = f"wall time, word times included: {self._walls[program]:.1f} s beside {self._walls[WORKBENCH]:.1f} s"
        yield Figure(f"{self._name} faster than {program}", ratio, "×", target, how, at_most=False)
        mine, theirs = self._errors[WORKBENCH].percent, self._errors[program].percent
        target = _POINTS_WORSE if self._judged and program == WHISPER else None
        how = f"{mine:.2f} % beside {theirs:.2f} %"
        yield Figure(
            f"{self._name} word errors beyond {program}'s", mine - theirs, "points", target, how
        )
