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
        skip_windows: numbers of windows that an earlier, interrupted run has finished.
    """

    path: Path
    engine: str = AUTO
    model: str = "base"
    language: str | None = None
    vocabulary: str = ""
    threads: int = 0
    device: str = AUTO
    skip_windows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Started:
    """The recording was listened through, the model is loaded, the windows are known."""

    engine: str
    model: str
    duration_ms: int
    windows: tuple[Window, ...]
    language: str | None


@dataclass(frozen=True)
class WindowDone:
    """One window was recognised; times are those of the recording."""

    ordinal: int
    start_ms: int
    end_ms: int
    segments: tuple[Segment, ...]


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


Event = Started | WindowDone | Progress | Finished
_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Started, WindowDone, Progress, Finished, Failed)
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
    return Request(**values)


def event_to_line(event: Event | Failed) -> str:
    """Write an event as one line."""
    return json.dumps({"event": type(event).__name__} | asdict(event), ensure_ascii=False)


def event_from_line(line: str) -> Event | Failed:
    """Read an event; ValueError or KeyError when the line is not one."""
    values = json.loads(line)
    kind = _KINDS[values.pop("event")]
    if kind is Started:
        values["windows"] = tuple(Window(**window) for window in values["windows"])
    elif kind is WindowDone:
        values["segments"] = tuple(segment_from_dict(segment) for segment in values["segments"])
    event: Event | Failed = kind(**values)
    return event


def segment_to_dict(segment: Segment) -> dict[str, Any]:
    """Return a segment as plain values, to be stored with its window."""
    return asdict(segment)


def segment_from_dict(values: dict[str, Any]) -> Segment:
    """Return a stored segment."""
    words = tuple(Word(**word) for word in values["words"])
    return Segment(**{**values, "words": words})
