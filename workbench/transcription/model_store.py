"""Models a user added: fine-tunes, or official ones brought on a disk; each a folder with a note about it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.atomic import sync_folder
from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.locations import models_folder
from workbench.transcription.base_weights import joined_folder
from workbench.transcription.catalogue import OFFICIAL
from workbench.transcription.model_files import CTRANSLATE2, ModelFiles, look_into
from workbench.transcription.weight_files import (
    CHUNK,
    Progress,
    alone,
    disk_full,
    disk_trouble,
    sha256_of,
    silent,
)

_NOTE = "model.json"
_UNFINISHED = ".adding-"
_LEAVING = ".removing-"
_NAME = re.compile(r"\w[\w.+-]{0,63}")
_RESERVED = re.compile(r"(?i)(auto|con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SPARE = 100_000_000  # bytes left free, so that nothing else on the disk stops
_OLD_TOKENS = 51_865  # the vocabulary that base shares with all models before large-v3
_WIDE_BANDS = 128


@dataclass(frozen=True)
class AddedModel:
    """A model in the store, as its note describes it.

    Attributes:
        folder: its folder in the store.
        path: what an engine loads.
        linked: whether it is used where it lies, without a copy.
        sha256: of its weights when it was added.
    """

    name: str
    folder: Path
    path: Path
    engine: str
    size_bytes: int
    parameters: int
    multilingual: bool
    sha256: str
    linked: bool
    added_at: str

    @property
    def weights(self) -> Path:
        """The file whose hash is noted."""
        return self.path / "model.bin" if self.engine == "faster-whisper" else self.path


def added_models() -> dict[str, AddedModel]:
    """Return the models in the store by name; folders without a readable note are none."""
    found = {}
    with contextlib.suppress(OSError):
        for folder in sorted(models_folder().iterdir()):
            model = None if folder.name.startswith(".") else _read_note(folder)
            if model is not None:
                found[model.name] = model
    return found


def find_added(name: str) -> AddedModel | None:
    """Return a model of the store by its name, upper and lower case alike."""
    wanted = name.casefold()
    return next((m for m in added_models().values() if m.name.casefold() == wanted), None)


def add(
    path: Path,
    name: str = "",
    *,
    sha256: str = "",
    link: bool = False,
    on_progress: Progress = silent,
) -> AddedModel:
    """Take a model into the store: whole, with its hash noted, or not at all.

    Args:
        path: a CTranslate2 folder, its ``model.bin``, or a checkpoint file.
        name: what it will be called; named after its file or folder by default.
        sha256: what its maker says the hash of its weights is; compared before it is kept.
        link: use it where it lies instead of copying it.
        on_progress: called with the bytes copied; what it raises ends the copying and leaves nothing.

    Raises:
        TranscriptionError: the name is taken, the model is none or damaged, its hash is another, the disk is full.
    """
    found, name, wanted = check(path, name, sha256=sha256, link=link)
    store = models_folder()
    with alone("store", store):
        _clear(store)
        if find_added(name) is not None or (store / name).exists():
            raise _taken(name)
        extra = _missing_parts(found, link=link)
        if not link:
            free = shutil.disk_usage(store).free
            if free < found.size_bytes + _SPARE:
                raise disk_full(store, (found.size_bytes + _SPARE - free) // 1_000_000 + 1)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=store))
        try:
            digest = (
                sha256_of(found.weights, on_progress=on_progress)
                if link
                else _copy(found, unfinished, on_progress)
            )
            if wanted and digest != wanted:
                raise _other_hash(found.weights, digest, wanted)
            for file, content in extra.items():
                (unfinished / file).write_bytes(content)
            _write_note(unfinished, name, found, digest, link=link)
            unfinished.rename(store / name)
            sync_folder(store)
        except OSError as error:
            raise disk_trouble(error, store, megabytes=found.size_bytes // 1_000_000) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    model = find_added(name)
    if model is None:  # the disk answered well and kept nothing
        raise disk_trouble(OSError(os.strerror(5)), store)
    return model


def check(
    path: Path, name: str = "", *, sha256: str = "", link: bool = False
) -> tuple[ModelFiles, str, str]:
    """Look whether a model could be added; return what it is, its name, and the hash it must have.

    Raises:
        TranscriptionError: it could not.
    """
    wanted = _check_hash(sha256)
    found = look_into(path)
    name = check_name(name or _name_of(found))
    if find_added(name) is not None:
        raise _taken(name)
    _missing_parts(found, link=link)
    return found, name, wanted


def remove(model: AddedModel) -> None:
    """Take a model out of the store; a linked one stays where it lies.

    Raises:
        TranscriptionError: the disk refuses.
    """
    store = models_folder()
    with alone("store", store):
        try:
            leaving = Path(tempfile.mkdtemp(prefix=_LEAVING, dir=store))
            model.folder.rename(leaving / "model")
            sync_folder(store)
        except OSError as error:
            raise disk_trouble(error, store) from error
        _clear(store)


def whole(model: AddedModel) -> Path:
    """Return what an engine loads, after a look whether it is still there and of the size it had.

    Raises:
        TranscriptionError: it is gone, or damaged.
    """
    if not model.path.exists():
        raise TranscriptionError(
            "model-gone",
            N_("The model {model} is not in {path} any more."),
            N_("Connect the disk it is on, or remove it: workbench models remove {model}."),
            model=model.name,
            path=str(model.path),
        )
    found = look_into(model.path)
    if found.size_bytes < model.size_bytes and not model.linked:
        raise TranscriptionError(
            "model-damaged",
            N_("The model {model} is damaged: files of it are missing or shorter than they were."),
            N_("Remove it and add it again: workbench models remove {model}."),
            model=model.name,
        )
    return model.path


def check_name(name: str) -> str:
    """Return a name that can be used for an added model.

    Raises:
        TranscriptionError: ``model-name``, or ``model-name-taken`` for one of the official names.
    """
    if name.casefold() in OFFICIAL:
        raise _taken(name)
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name) or name.endswith("."):
        raise TranscriptionError(
            "model-name",
            N_("“{name}” cannot be the name of a model."),
            N_("Use up to 64 letters, digits, dots and hyphens, beginning with a letter or digit."),
            name=name,
        )
    return name


def _name_of(found: ModelFiles) -> str:
    """Make a name of a file's or folder's."""
    plain = found.path.resolve().name if found.kind == CTRANSLATE2 else found.path.stem
    return re.sub(r"[^\w.+-]+", "-", plain).strip("-.+")[:64]


def _check_hash(sha256: str) -> str:
    """Return a hash as we write them."""
    plain = sha256.strip().lower().removeprefix("sha256:")
    if plain and not _SHA256.fullmatch(plain):
        raise TranscriptionError(
            "hash-invalid",
            N_("“{hash}” is not a SHA-256."),
            N_("It has 64 digits and letters from a to f."),
            hash=sha256,
        )
    return plain


def _missing_parts(found: ModelFiles, *, link: bool) -> dict[str, bytes]:
    """Return the files a CTranslate2 folder lacks and that are known for certain.

    Raises:
        TranscriptionError: ``model-incomplete`` when a file is missing that cannot be made here.
    """
    if found.kind != CTRANSLATE2:
        return {}
    there = {file.name for file in found.files}
    made: dict[str, bytes] = {}
    if "tokenizer.json" not in there:
        known = joined_folder() / "tokenizer.json"
        if found.tokens != _OLD_TOKENS or not known.is_file():
            raise _lacks(found, "tokenizer.json")
        made["tokenizer.json"] = known.read_bytes()
    if "preprocessor_config.json" not in there and found.bands == _WIDE_BANDS:
        made["preprocessor_config.json"] = json.dumps({"feature_size": _WIDE_BANDS}).encode()
    if made and link:
        raise _lacks(found, next(iter(made)))
    return made


def _lacks(found: ModelFiles, file: str) -> TranscriptionError:
    return TranscriptionError(
        "model-incomplete",
        N_("The model in {folder} has no {file}, without which it would ask the network."),
        N_("Copy {file} into the folder from where the model came."),
        folder=str(found.path),
        file=file,
    )


def _copy(found: ModelFiles, target: Path, on_progress: Progress) -> str:
    """Copy a model's files and return the SHA-256 of its weights as they were read."""
    digest = hashlib.sha256()
    done = 0
    for file in found.files:
        name = "model.pt" if found.kind != CTRANSLATE2 else file.name
        with file.open("rb") as source, (target / name).open("xb") as copy:
            while chunk := source.read(CHUNK):
                copy.write(chunk)
                if file == found.weights:
                    digest.update(chunk)
                done += len(chunk)
                on_progress(done, found.size_bytes)
            copy.flush()
            os.fsync(copy.fileno())
    return digest.hexdigest()


def _write_note(folder: Path, name: str, found: ModelFiles, digest: str, *, link: bool) -> None:
    """Describe a model in its folder."""
    note = {
        "name": name,
        "engine": found.engine,
        "size_bytes": found.size_bytes,
        "parameters": found.parameters,
        "multilingual": found.multilingual,
        "sha256": digest,
        "link": str(found.path.resolve()) if link else "",
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    (folder / _NOTE).write_text(json.dumps(note, ensure_ascii=False, indent=1), "utf-8")


def _read_note(folder: Path) -> AddedModel | None:
    """Read a model's note; None where there is none that can be read."""
    try:
        note = json.loads((folder / _NOTE).read_bytes())
        link = str(note["link"])
        own = folder if note["engine"] == "faster-whisper" else folder / "model.pt"
        return AddedModel(
            name=folder.name,
            folder=folder,
            path=Path(link) if link else own,
            engine=str(note["engine"]),
            size_bytes=int(note["size_bytes"]),
            parameters=int(note["parameters"]),
            multilingual=bool(note["multilingual"]),
            sha256=str(note["sha256"]),
            linked=bool(link),
            added_at=str(note["added_at"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _clear(store: Path) -> None:
    """Delete what an adding or removing that was killed left behind; called while nobody else works here."""
    for rest in (*store.glob(f"{_UNFINISHED}*"), *store.glob(f"{_LEAVING}*")):
        shutil.rmtree(rest, ignore_errors=True)


def _taken(name: str) -> TranscriptionError:
    return TranscriptionError(
        "model-name-taken",
        N_("There is a model called {name} already."),
        N_("Give another name, or remove that one: workbench models remove {name}."),
        name=name,
    )


def _other_hash(path: Path, digest: str, wanted: str) -> TranscriptionError:
    return TranscriptionError(
        "model-wrong-hash",
        N_("{model} is not the file that was meant: SHA-256 {found} instead of {wanted}."),
        N_("Copy or download it again; if the hash stays, ask where it comes from."),
        model=str(path),
        found=digest[:12],
        wanted=wanted[:12],
    )
