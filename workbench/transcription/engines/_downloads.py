"""How each engine gets an official model from the network: the same places and the same checks as its own."""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Callable
from pathlib import Path

Say = Callable[[Path], None]
"""Gets the file or folder that grows while the download goes on."""

_PIECE = 1 << 20
_PATIENCE_S = 60


class WrongHashError(Exception):
    """What came is not what was meant."""


def download(engine: str, name: str, folder: Path, say: Say) -> Path:
    """Bring a model into the engine's cache and return what the engine loads.

    Args:
        engine: who will load it.
        name: an official name.
        folder: the engine's cache.
        say: told where the download grows.
    """
    if engine == "openai-whisper":
        import whisper

        return fetch_checkpoint(whisper._MODELS[name], folder, say)  # noqa: SLF001 - the only place the addresses are
    from faster_whisper.utils import _MODELS, download_model

    say(folder / f"models--{_MODELS[name].replace('/', '--')}")
    return Path(download_model(name, cache_dir=str(folder)))


def fetch_checkpoint(address: str, folder: Path, say: Say) -> Path:
    """Fetch one of OpenAI's checkpoints; its address holds its hash. A broken download leaves no model.

    whisper's own function writes under the final name and reads the whole file into memory to check it.
    """
    wanted, name = address.split("/")[-2:]
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    say(part)
    digest = hashlib.sha256()
    try:
        with (
            urllib.request.urlopen(address, timeout=_PATIENCE_S) as source,  # noqa: S310 - whisper's own address
            part.open("wb") as target,
        ):
            while piece := source.read(_PIECE):
                digest.update(piece)
                target.write(piece)
        if digest.hexdigest() != wanted:
            raise WrongHashError(digest.hexdigest())
        part.replace(folder / name)
    finally:
        part.unlink(missing_ok=True)
    return folder / name
