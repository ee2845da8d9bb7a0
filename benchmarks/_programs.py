"""Programs that recognise a recording, each in a process of its own, measured from outside."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks._recordings import ROOT, Recording
from workbench.transcription.threads import core_count

WORKBENCH = "workbench"
RECOGNITION = "recognition"
BATCHED = "batched"
WHISPER = "whisper"
WHISPER_CPP = "whisper.cpp"
BATCH_SIZE = 8
"""How many windows bare faster-whisper recognises together: its default; 4 take as long here, 1, 2 and 16 longer."""

_MODULES = {
    WORKBENCH: "benchmarks._by_workbench",
    RECOGNITION: "benchmarks._by_workbench",
    BATCHED: "benchmarks._by_faster_whisper",
    WHISPER: "benchmarks._by_whisper",
    WHISPER_CPP: "benchmarks._by_whisper_cpp",
}
HOW = {
    WORKBENCH: "job.run as the program calls it: child process, base, engine auto, checks, word times, two speakers told apart",
    RECOGNITION: "the same without telling speakers apart, which bare faster-whisper does not do either",
    BATCHED: "bare faster-whisper: BatchedInferencePipeline, int8, beam 5, batches of 8 (its default), its own voice activity, word times",
    WHISPER: "whisper FILE --beam_size 5 --word_timestamps True --fp16 False --language XX --output_format json, alignment heads set",
    WHISPER_CPP: "whisper.cpp (pywhispercpp), the same weights as 16-bit ggml, beam 5, token times",
}


@dataclass(frozen=True)
class Heard:
    """A recognised word."""

    start_ms: int
    end_ms: int
    text: str
    suspected: bool = False


@dataclass(frozen=True)
class Run:
    """What a program heard, and what it cost."""

    wall_s: float
    cpu_s: float
    text: str
    """Without what is suspected to be invented."""
    words: tuple[Heard, ...]
    windows: int = 0
    redone: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    """``(start_ms, end_ms, reasons)`` of the windows that were recognised a second time."""
    kept: bool = False
    """Whether it was measured in an earlier run."""


def missing(program: str) -> str:
    """Say what a program needs that is not installed; empty when all is there."""
    wanted = {WHISPER: "whisper", WHISPER_CPP: "pywhispercpp", BATCHED: "faster_whisper"}.get(
        program
    )
    return wanted if wanted and importlib.util.find_spec(wanted) is None else ""


def recognise(
    program: str,
    recording: Recording,
    *,
    keep: Path | None = None,
    number: int = 0,
    vocabulary: str = "",
) -> Run:
    """Let a program recognise a recording; ``keep`` is a folder of earlier results to look into first.

    The wall time begins before the process starts and ends when it has gone, so imports and loading are
    in it; the processor time is that of the process and all its children.
    """
    noted = keep / f"{_key(program, recording, number, vocabulary)}.json" if keep else None
    if noted and noted.is_file():
        return _run_from(json.loads(noted.read_text(encoding="utf-8")) | {"kept": True})
    _prepare(program)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, "-m", _MODULES[program], str(recording.path), recording.language]
        speakers = ["1"] if program == RECOGNITION else []
        wall_s, cpu_s = _timed([*command, str(answer), vocabulary, *speakers])
        values = json.loads(answer.read_text(encoding="utf-8")) | {"wall_s": wall_s, "cpu_s": cpu_s}
    found = _run_from(values)
    if noted:
        noted.parent.mkdir(parents=True, exist_ok=True)
        noted.write_text(json.dumps(asdict(found), ensure_ascii=False), encoding="utf-8")
    return found


def answer(
    path: str, segments: list[dict[str, Any]], *, windows: int = 0, redone: list[Any] | None = None
) -> None:
    """Write down what a program heard (called in its process): segments with text, words and ``suspected``."""
    words = [
        {
            "start_ms": start,
            "end_ms": end,
            "text": text,
            "suspected": segment.get("suspected", False),
        }
        for segment in segments
        for start, end, text in segment["words"]
    ]
    text = " ".join(s["text"].strip() for s in segments if not s.get("suspected"))
    values = {"text": text, "words": words, "windows": windows, "redone": redone or []}
    Path(path).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def _prepare(program: str) -> None:
    """Join and convert the weights before anything is measured: that is done once in a machine's life."""
    from benchmarks._ggml import base_as_ggml
    from workbench.transcription.models import find_model

    if program == WHISPER_CPP:
        base_as_ggml()
    else:
        find_model("base", "openai-whisper" if program == WHISPER else "faster-whisper")


def _timed(command: list[str]) -> tuple[float, float]:
    """Run a command; return its wall and processor seconds, those of its children included."""
    threads = str(core_count())
    variables = {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "HF_HUB_OFFLINE": "1"}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | variables | {"PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            _pid, status, spent = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.perf_counter() - began
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{said.read()[-3000:]}")
    return wall_s, spent.ru_utime + spent.ru_stime


def _run_from(values: dict[str, Any]) -> Run:
    """Read a run."""
    return Run(
        **values
        | {
            "words": tuple(Heard(**word) for word in values["words"]),
            "redone": tuple((start, end, tuple(why)) for start, end, why in values["redone"]),
        }
    )


def _key(program: str, recording: Recording, number: int, vocabulary: str) -> str:
    """Return a name for what a program makes of a recording; the workbench's changes with its source."""
    marks = [program, recording.digest, vocabulary]
    if program in {WORKBENCH, RECOGNITION}:
        room = ROOT / "workbench" / "transcription"
        marks += [
            hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(room.rglob("*.py"))
        ]
    elif program == BATCHED:
        marks.append(str(BATCH_SIZE))
    digest = hashlib.sha256(" ".join(marks).encode()).hexdigest()[:12]
    return f"{recording.name}-{program}-{number}-{digest}"
