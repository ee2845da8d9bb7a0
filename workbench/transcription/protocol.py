"""What the transcribing child process and its parent say to each other: one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench.errors import TranscriptionError, revived
from workbench.transcription.engine import AUTO, Segment, Word
from workbench.transcription.windows import Window


@dataclass(frozen=True)
class Request:
    """One recording to transcribe.

    Attributes:
        language: a code such as ``ru``; None lets the engine listen for it.
        vocabulary: names and words that every window is primed with.
        threads: 0 means as many as there are processor cores.
        speakers: how many voices there are; 0 when nobody knows, 1 when there is nothing to tell apart.
        skip_windows: numbers of windows that an earlier, interrupted run has finished.
        only: one stretch (milliseconds) to recognise carefully, instead of the whole recording.
    """

    path: Path
    engine: str = AUTO
    model: str = "base"
    language: str | None = None
    vocabulary: str = ""
    threads: int = 0
    device: str = AUTO
    speakers: int = 2
    skip_windows: frozenset[int] = frozenset()
    only: tuple[int, int] | None = None


@dataclass(frozen=True)
class Listening:
    """How far the first pass is, which finds where speech is."""

    listened_ms: int
    total_ms: int


@dataclass(frozen=True)
class Started:
    """The recording was listened through, the model is loaded, the windows are known.

    ``heard`` is the language that is really spoken, when it is surely not the one that was asked for.
    """

    engine: str
    model: str
    duration_ms: int
    windows: tuple[Window, ...]
    language: str | None
    heard: str | None = None


@dataclass(frozen=True)
class WindowDone:
    """One window was recognised; times are those of the recording.

    Attributes:
        redone: why it was recognised a second time: ``silent``, ``loop``, ``flip``; empty when once was enough.
        voices: ``(start_ms, end_ms, print)`` of each stretch whose voice was measured.
        speech: ``(start_ms, end_ms)`` of each stretch of speech that voice activity heard in it.
    """

    ordinal: int
    start_ms: int
    end_ms: int
    segments: tuple[Segment, ...]
    redone: tuple[str, ...] = ()
    voices: tuple[tuple[int, int, str], ...] = ()
    speech: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class BatchDone:
    """Windows that were recognised together; they are stored together, so that a run resumes with whole batches.

    Batches come in the order they were finished, which is not always the order of their windows.
    """

    windows: tuple[WindowDone, ...]


@dataclass(frozen=True)
class Progress:
    """How far the work is: ``speed`` is seconds of sound recognised a second."""

    done_ms: int
    total_ms: int
    speed: float
    eta_s: float | None


@dataclass(frozen=True)
class Finished:
    """Every window is done; ``seconds`` is what it took, loading included."""

    language: str | None
    seconds: float


@dataclass(frozen=True)
class Failed:
    """The child could not go on; an error's parts, so that the parent says it in its language."""

    code: str
    problem: str
    remedy: str
    params: dict[str, str]

    def error(self) -> TranscriptionError:
        """Return the error to raise."""
        params = {name: revived(value) for name, value in self.params.items()}
        return TranscriptionError(self.code, self.problem, self.remedy, **params)


Event = Listening | Started | BatchDone | Progress | Finished
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Listening, Started, BatchDone, Progress, Finished, Failed)
}


def request_to_line(request: Request) -> str:
    """Write a request as one line."""
    values = asdict(request) | {
        "path": str(request.path),
        "skip_windows": sorted(request.skip_windows),
    }
    return json.dumps(values, ensure_ascii=False)


def request_from_line(line: str) -> Request:
    """Read a request."""
    values = json.loads(line)
    values["path"] = Path(values["path"])
    values["skip_windows"] = frozenset(values["skip_windows"])
    values["only"] = tuple(values["only"]) if values["only"] else None
    return Request(**values)


def event_to_line(event: Event | Failed) -> str:
    """Write an event as one line."""
    return json.dumps({"event": type(event).__name__} | asdict(event), ensure_ascii=False)


def event_from_line(line: str) -> Event | Failed:
    """Read an event; ValueError or KeyError when the line is not one."""
    values = json.loads(line)
    kind = _KINDS[values.pop("event")]
    if kind is Started:
        values["windows"] = tuple(_window(window) for window in values["windows"])
    elif kind is BatchDone:
        values["windows"] = tuple(_window_done(window) for window in values["windows"])
    event: Event | Failed = kind(**values)
    return event


def _window(values: dict[str, Any]) -> Window:
    """Read a window."""
    speech = tuple((start, end) for start, end in values["speech"])
    return Window(values["start_ms"], values["end_ms"], values["channel"], speech)


def _window_done(values: dict[str, Any]) -> WindowDone:
    """Read a recognised window."""
    return WindowDone(
        values["ordinal"],
        values["start_ms"],
        values["end_ms"],
        tuple(segment_from_dict(segment) for segment in values["segments"]),
        tuple(values["redone"]),
        tuple((start, end, print_) for start, end, print_ in values["voices"]),
        tuple((start, end) for start, end in values["speech"]),
    )


def segment_to_dict(segment: Segment) -> dict[str, Any]:
    """Return a segment as plain values, to be stored with its window."""
    return asdict(segment)


def segment_from_dict(values: dict[str, Any]) -> Segment:
    """Return a stored segment."""
    words = tuple(Word(**word) for word in values["words"])
    return Segment(**{**values, "words": words})
