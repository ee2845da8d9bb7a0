"""Official models in the engines' own caches: where they are, whether they are whole, how to remove them."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from workbench.transcription.catalogue import MODELS, OfficialModel

ENGINES = ("faster-whisper", "openai-whisper")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NEEDED = ("model.bin", "config.json", "tokenizer.json")


@dataclass(frozen=True)
class Downloaded:
    """A model in the cache of an engine.

    Attributes:
        path: what the engine loads.
        place: all of it, to be removed together.
        sha256: what its weights must hash to; empty when nobody knows.
    """

    model: OfficialModel
    engine: str
    path: Path
    place: Path
    sha256: str

    @property
    def weights(self) -> Path:
        """The file that holds the numbers."""
        return self.path / "model.bin" if self.path.is_dir() else self.path


def checkpoints_folder() -> Path:
    """Where openai-whisper keeps what it downloads."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"


def hub_folder() -> Path:
    """Where faster-whisper keeps what it downloads."""
    hub = os.environ.get("HF_HUB_CACHE")
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    return Path(hub) if hub else home / "hub"


def downloaded_models(engine: str) -> list[Downloaded]:
    """Return what an engine has downloaded, as far as the files are there."""
    found = (find_downloaded(model, engine) for model in MODELS)
    return [one for one in found if one is not None]


def find_downloaded(model: OfficialModel, engine: str) -> Downloaded | None:
    """Return an official model in an engine's cache; None when it is not there."""
    if engine == "openai-whisper":
        return _checkpoint(model)
    for name in (model.name, *model.aliases):
        for place in sorted(hub_folder().glob(f"models--*--faster-whisper-{name}")):
            for snapshot in sorted((place / "snapshots").glob("*")):
                if all((snapshot / part).is_file() for part in _NEEDED):
                    # the hub keeps large files under their hash and links to them
                    blob = (snapshot / "model.bin").resolve().name
                    known = blob if _SHA256.fullmatch(blob) else ""
                    return Downloaded(model, engine, snapshot, place, known)
    return None


def _checkpoint(model: OfficialModel) -> Downloaded | None:
    """Return OpenAI's checkpoint of a model."""
    for name in (model.name, *model.aliases):
        file = checkpoints_folder() / f"{name}.pt"
        if file.is_file():
            return Downloaded(model, "openai-whisper", file, file, model.sha256)
    return None


def remove_downloaded(found: Downloaded) -> None:
    """Delete a downloaded model with everything that belongs to it.

    Raises:
        OSError: the system refuses.
    """
    if found.place.is_dir():
        shutil.rmtree(found.place)
        shutil.rmtree(hub_folder() / ".locks" / found.place.name, ignore_errors=True)
    else:
        found.place.unlink(missing_ok=True)
