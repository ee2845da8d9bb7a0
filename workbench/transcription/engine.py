"""What every recognition engine can do, what it returns, and which ones are installed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription import engines as _folder
from workbench.transcription.audio import Samples

AUTO = "auto"

DOUBTFUL = 0.4
"""Words the model gives a lower probability are marked as doubtful."""


@dataclass(frozen=True)
class Word:
    """A recognised word (its punctuation and the space before it belong to ``text``)."""

    start_ms: int
    end_ms: int
    text: str
    probability: float
    channel: int | None = None
    pitch_hz: float | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should listen to this word."""
        return self.probability < DOUBTFUL


@dataclass(frozen=True)
class Segment:
    """What an engine returns for a stretch of speech, with the signs of trouble it measured."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...] = ()
    avg_logprob: float = 0.0
    compression_ratio: float = 1.0
    no_speech_prob: float = 0.0
    suspected: bool = False


@runtime_checkable
class Engine(Protocol):
    """One way to recognise speech; each file in ``engines/`` holds one as ``ENGINE``."""

    name: str
    rank: int
    """The order ``auto`` tries engines in: the fastest has the lowest."""
    batch: int
    """How many windows are recognised together."""
    at_once: int
    """How many batches are recognised at the same time, each asked for in a thread of its own; known once loaded."""

    def available(self) -> str | None:
        """Say why the engine cannot be used, or None when it can; imports nothing heavy."""

    def load(
        self, model: Path | str, *, device: str = AUTO, threads: int = 0, alone: bool = False
    ) -> None:
        """Load weights: a local file or folder, or a name the engine downloads itself.

        Args:
            model: which one.
            device: what computes.
            threads: how many it may work with.
            alone: whether one window at a time will be asked for, so that it should get all threads.
        """

    def detect_language(self, samples: Samples) -> dict[str, float]:
        """Return how likely the speech is in each language."""

    def recognise(
        self, sounds: Sequence[Samples], *, language: str, vocabulary: str = ""
    ) -> list[list[Segment]]:
        """Recognise windows of mono sound at 16 kHz, each at most 30 seconds; times count from each one's start.

        The same sounds give the same words, whatever was recognised before.
        """

    def recognise_again(
        self, samples: Samples, *, language: str, vocabulary: str = "", attempt: int = 0
    ) -> list[Segment] | None:
        """Recognise one window alone, with other settings at every attempt; None when there are no more."""


@lru_cache(maxsize=1)
def engines() -> dict[str, Engine]:
    """Return every engine by name, the fastest first."""
    found: list[Engine] = [
        importlib.import_module(f"{_folder.__name__}.{module.name}").ENGINE
        for module in pkgutil.iter_modules(_folder.__path__)
        if not module.name.startswith("_")
    ]
    return {engine.name: engine for engine in sorted(found, key=lambda engine: engine.rank)}


def choose_engine(name: str = AUTO, *, model: str = "") -> Engine:
    """Return the named engine; ``auto`` is the fastest installed one that has and can read the model.

    Raises:
        TranscriptionError: there is no such engine, or it is not installed.
    """
    known = engines()
    if name == AUTO:
        usable = [engine for engine in known.values() if engine.available() is None]
        if usable:
            from workbench.transcription.models import engine_that_has

            holder = engine_that_has(model, [engine.name for engine in usable]) if model else None
            return known[holder] if holder else usable[0]
        name = "openai-whisper"
    if name not in known:
        raise TranscriptionError(
            "engine-unknown",
            N_("There is no transcription engine called {engine}."),
            N_("Use one of: {known}."),
            engine=name,
            known=", ".join([AUTO, *known]),
        )
    reason = known[name].available()
    if reason is not None:
        raise TranscriptionError(
            "engine-missing",
            N_("The transcription engine {engine} cannot be used: {reason}."),
            N_("Install it with: pip install {engine}"),
            engine=name,
            reason=reason,
        )
    return known[name]
