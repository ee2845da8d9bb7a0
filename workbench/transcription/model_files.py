"""What a file or folder of weights holds, found out without loading it: kind, shape, whether it is whole."""

from __future__ import annotations

import json
import math
import os
import pickle
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from workbench.errors import TranscriptionError, system_reason
from workbench.i18n import N_

CTRANSLATE2 = "ctranslate2"
CHECKPOINT = "checkpoint"
READERS = {CTRANSLATE2: "faster-whisper", CHECKPOINT: "openai-whisper"}
"""The engine that reads each kind."""

_MULTILINGUAL = 51_865  # tokens; models for English only have one less
_NEWEST_FORMAT = 6
_FORMAT_WITH_NAME = 2
_FORMAT_WITH_TYPE = 4
_MOST_VARIABLES = 100_000
_LONGEST_PICKLE = 64 << 20  # the largest official checkpoint has 0.3 MB besides its numbers
_CONVERTED_ELSEWHERE = ("*.safetensors", "pytorch_model*.bin", "flax_model*", "tf_model*")
_WHISPER_CPP = (b"lmgg", b"ggml", b"GGUF", b"fmgg", b"tjgg")
_HARMLESS = frozenset(
    [
        ("collections", "OrderedDict"),
        ("torch._utils", "_rebuild_tensor_v2"),
        ("torch._utils", "_rebuild_parameter"),
        *(
            ("torch", f"{kind}Storage")
            for kind in ("Half", "Float", "BFloat16", "Double", "Long", "Int", "Short", "Byte")
        ),
        *(("torch", kind) for kind in ("float16", "float32", "bfloat16", "device", "Size")),
    ]
)
"""All that a checkpoint of numbers needs to name; anything else could run a program."""


@dataclass(frozen=True)
class ModelFiles:
    """A model that was looked into.

    Attributes:
        path: the folder, or the checkpoint file.
        kind: ``ctranslate2`` or ``checkpoint``.
        weights: the file that holds the numbers; its hash is the model's.
        size_bytes: of all files that belong to it.
        parameters: how many numbers it has.
        bands: into how many bands it divides the sound: 80, or 128 since large-v3.
        tokens: how many pieces of words it knows.
        files: what is copied with it, the weights first.
    """

    path: Path
    kind: str
    weights: Path
    size_bytes: int
    parameters: int
    bands: int
    tokens: int
    files: tuple[Path, ...]

    @property
    def engine(self) -> str:
        """The engine that reads it."""
        return READERS[self.kind]

    @property
    def multilingual(self) -> bool:
        """Whether it understands other languages than English."""
        return self.tokens >= _MULTILINGUAL


def look_into(path: Path) -> ModelFiles:
    """Say what a model is made of; the numbers themselves are not read.

    Raises:
        TranscriptionError: there is nothing, it is no Whisper model of a kind an engine reads, or it is damaged.
    """
    path = path.expanduser()
    try:
        if path.is_dir():
            return _folder(path)
        if path.name == "model.bin" and (path.parent / "config.json").is_file():
            return _folder(path.parent)
        if path.is_file():
            return _file(path)
    except OSError as error:
        raise TranscriptionError(
            "model-unreadable",
            N_("{model} cannot be read: {reason}."),
            N_("Check that the disk is connected and that you may read the file."),
            model=str(path),
            reason=system_reason(error),
        ) from error
    raise TranscriptionError(
        "model-missing",
        N_("There is no file or folder {model}."),
        N_("Check the path; a disk may have to be connected."),
        model=str(path),
    )


def _folder(path: Path) -> ModelFiles:
    """Look into a CTranslate2 folder."""
    weights = path / "model.bin"
    if not weights.is_file():
        if any(next(path.glob(pattern), None) for pattern in _CONVERTED_ELSEWHERE):
            raise _needs_converting(path)
        raise _no_model(path)
    bands, tokens, parameters = _ctranslate2_shape(weights)
    files = [weights, _needed(path, "config.json")]
    vocabulary = sorted(path.glob("vocabulary.*"))
    if not vocabulary:
        raise _incomplete(path, "vocabulary.json")
    files += vocabulary
    files += [
        path / name
        for name in ("tokenizer.json", "preprocessor_config.json")
        if (path / name).is_file()
    ]
    for file in files:
        if file.suffix == ".json":
            _check_json(file)
    size = sum(file.stat().st_size for file in files)
    return ModelFiles(path, CTRANSLATE2, weights, size, parameters, bands, tokens, tuple(files))


def _needed(folder: Path, name: str) -> Path:
    """Return a file of a folder that must be there."""
    if not (folder / name).is_file():
        raise _incomplete(folder, name)
    return folder / name


def _check_json(path: Path) -> None:
    """Refuse a description that is not one, such as a page saved in its place."""
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error


def _file(path: Path) -> ModelFiles:
    """Look into a checkpoint file."""
    with path.open("rb") as file:
        head = file.read(8)
    if path.suffix == ".safetensors" or path.name.startswith("pytorch_model"):
        raise _needs_converting(path)
    if head[:4] in _WHISPER_CPP:
        raise TranscriptionError(
            "model-whisper-cpp",
            N_("{model} is a model for whisper.cpp, which the workbench does not use."),
            N_("Give the same model as a CTranslate2 folder or as OpenAI's checkpoint (.pt)."),
            model=str(path),
        )
    if head[:2] != b"PK":
        raise _damaged(path) if path.suffix == ".pt" else _no_model(path)
    dims, parameters = _checkpoint_shape(path)
    return ModelFiles(
        path,
        CHECKPOINT,
        path,
        path.stat().st_size,
        parameters,
        int(dims["n_mels"]),
        int(dims["n_vocab"]),
        (path,),
    )


# -- CTranslate2 ----------------------------------------------------------------------------------


def _ctranslate2_shape(path: Path) -> tuple[int, int, int]:
    """Return bands, tokens and numbers of a ``model.bin``, walking over all its variables."""
    size = path.stat().st_size
    shapes: dict[str, tuple[int, ...]] = {}
    parameters = 0
    with path.open("rb") as file:
        try:
            version = _number(file, "<I")
            if not _FORMAT_WITH_NAME <= version <= _NEWEST_FORMAT:
                raise _no_model(path)
            if _text(file) != "WhisperSpec":
                raise _no_model(path)
            _revision = _number(file, "<I")
            for _place in range(min(_number(file, "<I"), _MOST_VARIABLES)):
                name = _text(file)
                shape = tuple(_number(file, "<I") for _axis in range(_number(file, "<B")))
                if version >= _FORMAT_WITH_TYPE:
                    _type, length = _number(file, "<B"), _number(file, "<I")
                else:
                    length = _number(file, "<B") * _number(file, "<I")
                file.seek(length, os.SEEK_CUR)
                if file.tell() > size:
                    raise _damaged(path)
                shapes[name] = shape
                parameters += math.prod(shape)
            bands = shapes["encoder/conv1/weight"][1]
            tokens = shapes["decoder/embeddings/weight"][0]
        except (struct.error, KeyError, IndexError, UnicodeDecodeError) as error:
            raise (_damaged(path) if shapes else _no_model(path)) from error
    return bands, tokens, parameters


def _number(file: IO[bytes], form: str) -> int:
    """Read one number."""
    (value,) = struct.unpack(form, file.read(struct.calcsize(form)))
    return int(value)


def _text(file: IO[bytes]) -> str:
    """Read a text; its length counts a closing NUL."""
    length = _number(file, "<H")
    return file.read(length)[:-1].decode("ascii")


# -- checkpoints ----------------------------------------------------------------------------------


class _UnsafeError(Exception):
    """A checkpoint names something that is not a number."""


class _Inert:
    """Stands for everything a checkpoint names; nothing is made and nothing is called."""

    def __init__(self, *_given: Any) -> None:
        """Take whatever it is given."""

    def __setstate__(self, _state: Any) -> None:
        """Take whatever it is given."""


class _Names(dict[Any, Any]):
    """Stands for an ordered dictionary."""

    def __setstate__(self, _state: Any) -> None:
        """Leave attributes out."""


class _Reader(pickle.Unpickler):
    """Reads the description of a checkpoint without making any of the objects it names."""

    def __init__(self, file: IO[bytes]) -> None:
        """Note the sizes of the tensors' storages."""
        super().__init__(file)
        self.storages: dict[str, int] = {}

    def find_class(self, module: str, name: str) -> Any:
        """Return a stand-in for what numbers need, and refuse the rest."""
        if (module, name) not in _HARMLESS:
            raise _UnsafeError(f"{module}.{name}")
        return _Names if name == "OrderedDict" else _Inert

    def persistent_load(self, pid: Any) -> Any:
        """Note a storage: ``("storage", type, key, place, count)``."""
        if isinstance(pid, tuple) and len(pid) >= 5:  # noqa: PLR2004 - as torch writes it
            self.storages[str(pid[2])] = int(pid[4])
        return _Inert()


def _checkpoint_shape(path: Path) -> tuple[dict[str, int], int]:
    """Return dimensions and the count of numbers of OpenAI's checkpoint."""
    try:
        with zipfile.ZipFile(path) as archive:
            content, storages = _description(archive)
            names = set(archive.namelist())
    except _UnsafeError as error:
        raise TranscriptionError(
            "model-unsafe",
            N_(
                "{model} holds more than numbers ({what}) and could run a program; it is not opened."
            ),
            N_("Take the model from its maker again, saved as plain numbers (state_dict)."),
            model=str(path),
            what=str(error),
        ) from None
    except Exception as error:  # a damaged archive or description fails in any way it likes
        raise _damaged(path) from error
    if not storages.keys() <= names:
        raise _damaged(path)
    dims = content.get("dims") if isinstance(content, dict) else None
    if (
        not isinstance(dims, dict)
        or not {"n_mels", "n_vocab"} <= dims.keys()
        or "model_state_dict" not in content
    ):
        raise TranscriptionError(
            "model-not-openai",
            N_("{model} is not one of OpenAI's Whisper checkpoints: it says nothing of its shape."),
            N_("Save it with “dims” and “model_state_dict”, or convert it to CTranslate2."),
            model=str(path),
        )
    return dims, sum(storages.values())


def _description(archive: zipfile.ZipFile) -> tuple[Any, dict[str, int]]:
    """Return what a checkpoint describes, and the files it wants with the count of numbers in each."""
    name = next((name for name in archive.namelist() if name.endswith("data.pkl")), None)
    if name is None:
        return None, {}
    if archive.getinfo(name).file_size > _LONGEST_PICKLE:
        raise ValueError(name)
    with archive.open(name) as file:
        reader = _Reader(file)
        content = reader.load()
    root = name.removesuffix("data.pkl")
    return content, {f"{root}data/{key}": count for key, count in reader.storages.items()}


# -- troubles -------------------------------------------------------------------------------------


def _no_model(path: Path) -> TranscriptionError:
    return TranscriptionError(
        "model-unreadable",
        N_("{model} is not a Whisper model."),
        N_("Give a folder with model.bin (CTranslate2) or a checkpoint file (.pt)."),
        model=str(path),
    )


def _damaged(path: Path) -> TranscriptionError:
    return TranscriptionError(
        "model-damaged",
        N_("The model's file {model} is damaged or not complete."),
        N_("Copy or download it again, and compare its SHA-256 with the one its maker gives."),
        model=str(path),
    )


def _incomplete(folder: Path, name: str) -> TranscriptionError:
    return TranscriptionError(
        "model-incomplete",
        N_("The model in {folder} has no {file}."),
        N_("Copy the whole folder: model.bin, config.json, tokenizer.json and the vocabulary."),
        folder=str(folder),
        file=name,
    )


def _needs_converting(path: Path) -> TranscriptionError:
    return TranscriptionError(
        "model-needs-converting",
        N_("{model} is a model of the Hugging Face library; no engine here reads it."),
        N_(
            "Convert it once: ct2-transformers-converter --model {folder} --output_dir {folder}-ct2 --quantization float16 --copy_files tokenizer.json preprocessor_config.json; then add the new folder."
        ),
        model=str(path),
        folder=str(path if path.is_dir() else path.parent),
    )
