"""Finding the weights an engine loads, whether they are whole, and what to do when they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.base_weights import (
    BASE,
    base_at_hand,
    base_checkpoint,
    joined_base,
    nothing_of_base,
)
from workbench.transcription.catalogue import (
    OFFICIAL,
    check_language,
    memory_needed_mb,
    official,
)
from workbench.transcription.downloaded import (
    ENGINES,
    Downloaded,
    downloaded_models,
    find_downloaded,
)
from workbench.transcription.machine import memory_bytes
from workbench.transcription.model_files import look_into
from workbench.transcription.model_store import added_models, find_added, whole

__all__ = [
    "OFFICIAL",
    "ModelInfo",
    "engine_that_has",
    "find_model",
    "installed_models",
    "model_to_load",
]

_CLEARLY_TOO_LITTLE = 0.8
"""The need is an estimate, and a system can free a little more than it says."""


@dataclass(frozen=True)
class ModelInfo:
    """A model on this machine.

    Attributes:
        source: ``package`` (the extra model-base), ``cache`` (joined or downloaded), ``added`` or ``linked``.
        verified: its SHA-256 was computed just now and is the right one.
    """

    name: str
    path: Path | None
    size_bytes: int
    source: str
    verified: bool
    engine: str


def model_to_load(
    name: str, engine: str, *, language: str | None = None, device: str = "auto"
) -> Path | str:
    """Return what an engine loads, after a look whether it suits the language and the memory.

    Raises:
        TranscriptionError: ``model-english-only``, ``out-of-memory``, or what ``find_model`` raises.
    """
    check_language(name, language)
    found = find_model(name, engine)
    _check_memory(name, found, engine, device)
    return found


def find_model(name: str, engine: str) -> Path | str:
    """Return what an engine loads: a local file or folder, or an official name it downloads.

    Raises:
        TranscriptionError: the weights are missing, damaged, or of a kind the engine cannot read.
    """
    known = official(name)
    if known is not None:
        got = find_downloaded(known, engine)
        if name == BASE and not (nothing_of_base() and got is not None):
            return base_checkpoint() if engine == "openai-whisper" else joined_base()
        return name if got is None else _whole(got)
    added = find_added(name)
    if added is not None:
        _check_engine(added.engine, engine, name)
        return whole(added)
    given = Path(name).expanduser()
    if _exists(given):
        found = look_into(given)
        _check_engine(found.engine, engine, name)
        return found.path.resolve()
    raise TranscriptionError(
        "model-unknown",
        N_("There is no model called {model}, and no such file or folder."),
        N_("Use one of: {known}; or the path of a model."),
        model=name,
        known=", ".join([*added_models(), *OFFICIAL]),
    )


def engine_that_has(name: str, engines: Sequence[str]) -> str | None:
    """Return the first of some engines that can use a model without a network; None when none can."""
    known = official(name)
    if known is None:
        added = find_added(name)
        try:
            own = added.engine if added is not None else look_into(Path(name)).engine
        except TranscriptionError:
            return None
        return own if own in engines else None
    if name == BASE and not nothing_of_base():
        return engines[0] if engines else None
    return next((engine for engine in engines if find_downloaded(known, engine)), None)


def installed_models() -> list[ModelInfo]:
    """List the models that can be used without a network, for each engine."""
    found = [
        ModelInfo(
            BASE,
            base.path,
            base.size_bytes,
            "cache" if base.path else "package",
            base.verified,
            engine,
        )
        for engine, base in base_at_hand().items()
    ]
    for engine in ENGINES:
        for got in downloaded_models(engine):
            size = got.weights.stat().st_size
            found.append(
                ModelInfo(got.model.name, got.path, size, "cache", verified=False, engine=engine)
            )
    for name, added in added_models().items():
        kind = "linked" if added.linked else "added"
        size = added.size_bytes
        found.append(ModelInfo(name, added.path, size, kind, verified=False, engine=added.engine))
    return found


def _exists(path: Path) -> bool:
    """Whether there is such a file; a name no system could have is none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _whole(got: Downloaded) -> Path:
    """Return a downloaded model's path; one that is damaged says how to get a good one."""
    try:
        look_into(got.path)
    except TranscriptionError as error:
        raise TranscriptionError(
            "model-damaged",
            N_("The downloaded model {model} is damaged or not complete: {path}."),
            N_("Remove it and download it again: workbench models remove {model}."),
            model=got.model.name,
            path=str(got.path),
        ) from error
    return got.path


def _check_engine(own: str, asked: str, name: str) -> None:
    """Refuse an engine that cannot read this kind of model."""
    if own != asked:
        raise TranscriptionError(
            "model-wrong-kind",
            N_("The engine {engine} cannot read the model in {model}."),
            N_("Use the engine {other} for it."),
            engine=asked,
            model=name,
            other=own,
        )


def _check_memory(name: str, found: Path | str, engine: str, device: str) -> None:
    """Refuse a model for which there is clearly no memory: the system would kill the program half-way."""
    total, available = memory_bytes()
    room = available if available is not None else total
    known = official(name)
    if room is None:
        return
    if known is not None and engine == "faster-whisper":
        needed = known.memory_mb
    elif known is not None:
        needed = memory_needed_mb(known.parameters_m * 1_000_000, engine, graphics=device == "cuda")
    else:
        parameters = look_into(Path(found)).parameters
        needed = memory_needed_mb(parameters, engine, graphics=device == "cuda")
    if room < needed * 1_000_000 * _CLEARLY_TOO_LITTLE:
        smaller = [
            model for model in ("turbo", "small", BASE) if _smaller(model, needed, room)
        ] or [BASE]
        raise TranscriptionError(
            "out-of-memory",
            N_("The model {model} needs about {needed} MB of memory, and {free} MB are free."),
            N_("Close other programs, or choose a smaller model: {smaller}."),
            model=name,
            needed=needed,
            free=room // 1_000_000,
            smaller=smaller[0],
        )


def _smaller(name: str, needed: int, room: int) -> bool:
    """Whether an official model needs less and has room."""
    known = official(name)
    return known is not None and known.memory_mb < needed and known.memory_mb * 1_000_000 < room
