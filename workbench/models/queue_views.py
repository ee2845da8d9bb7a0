"""Frozen results about transcriptions: one job, and the queue as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class JobView:
    """A transcription job as it stands."""

    id: str
    source_id: str
    status: str
    engine: str
    model: str
    done_ms: int
    total_ms: int
    problem: str
    language: str = ""
    vocabulary: str = ""
    speakers: int = 2
    priority: int = 0
    report: Mapping[str, Any] = field(default_factory=dict)
    """What the run found: see :class:`workbench.transcription.report.Report`."""
    title: str = ""
    """The recording's title, where the queue is listed."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue as it stands: what runs, what waits in its order, what is paused."""

    running: JobView | None
    waiting: tuple[JobView, ...]
    paused: tuple[JobView, ...]
    running_left_s: float | None
    """Seconds until the running one is done; None while nobody knows."""
    left_s: float | None
    """Seconds until all that runs and waits is done; None while nobody knows."""
