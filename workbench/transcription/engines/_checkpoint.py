"""Rewriting CTranslate2 Whisper weights as an openai-whisper checkpoint, exactly."""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Tensors = dict[str, npt.NDArray[Any]]

_VERSION = 6
_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
_ALIASES = {"weight": "weight", "bias": "bias", "gamma": "weight", "beta": "bias"}
_PLAIN = {
    "encoder/position_encodings/encodings": "encoder.positional_embedding",
    "decoder/position_encodings/encodings": "decoder.positional_embedding",
    "decoder/embeddings/weight": "decoder.token_embedding.weight",
}
_NORMS = {"encoder/layer_norm": "encoder.ln_post", "decoder/layer_norm": "decoder.ln"}
# Inside one layer. Joined projections are split into these parts; a key's bias is always zero in
# Whisper, CTranslate2 writes the zeros and OpenAI's model has no place for them.
_LAYER = {
    "self_attention/layer_norm": ("attn_ln",),
    "self_attention/linear_0": ("attn.query", "attn.key", "attn.value"),
    "self_attention/linear_1": ("attn.out",),
    "attention/layer_norm": ("cross_attn_ln",),
    "attention/linear_0": ("cross_attn.query",),
    "attention/linear_1": ("cross_attn.key", "cross_attn.value"),
    "attention/linear_2": ("cross_attn.out",),
    "ffn/layer_norm": ("mlp_ln",),
    "ffn/linear_0": ("mlp.0",),
    "ffn/linear_1": ("mlp.2",),
}


class CheckpointError(ValueError):
    """The file is not a CTranslate2 Whisper model this reader understands."""


def read_ctranslate2(path: Path) -> Tensors:
    """Read the variables of a CTranslate2 model file (format version 6, little endian)."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            return dict(_variables(data))
        except (struct.error, KeyError, ValueError, IndexError) as error:
            raise CheckpointError(f"{path.name}: {error}") from error


def to_openai(variables: Tensors) -> tuple[dict[str, int], Tensors]:
    """Return OpenAI's model dimensions and state dictionary for CTranslate2 variables."""
    tensors: Tensors = {}
    for name, value in variables.items():
        tensors.update(_renamed(name, value))
    audio_context, audio_width = variables["encoder/position_encodings/encodings"].shape
    text_context, text_width = variables["decoder/position_encodings/encodings"].shape
    dims = {
        "n_mels": int(variables["encoder/conv1/weight"].shape[1]),
        "n_audio_ctx": int(audio_context),
        "n_audio_state": int(audio_width),
        "n_audio_head": int(variables["encoder/num_heads"]),
        "n_audio_layer": _layers(variables, "encoder"),
        "n_vocab": int(variables["decoder/embeddings/weight"].shape[0]),
        "n_text_ctx": int(text_context),
        "n_text_state": int(text_width),
        "n_text_head": int(variables["decoder/num_heads"]),
        "n_text_layer": _layers(variables, "decoder"),
    }
    return dims, tensors


def write_checkpoint(folder: Path, target: Path) -> None:
    """Convert the model in a CTranslate2 folder into a checkpoint file that openai-whisper loads."""
    import torch

    dims, tensors = to_openai(read_ctranslate2(folder / "model.bin"))
    state = {name: torch.from_numpy(value.copy()) for name, value in tensors.items()}
    torch.save({"dims": dims, "model_state_dict": state}, target)


def alignment_heads(folder: Path) -> list[list[int]]:
    """Return the (layer, head) pairs that a CTranslate2 folder's configuration names."""
    heads: list[list[int]] = json.loads((folder / "config.json").read_text("utf-8"))[
        "alignment_heads"
    ]
    return heads


def _variables(data: mmap.mmap) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Yield names and copies of the arrays in a model file."""
    (version,) = struct.unpack_from("<I", data, 0)
    if version != _VERSION:
        raise CheckpointError(f"format version {version} instead of {_VERSION}")
    place = 4
    spec, place = _text(data, place)
    if spec != "WhisperSpec":
        raise CheckpointError(f"a {spec} instead of a WhisperSpec")
    _revision, count = struct.unpack_from("<II", data, place)
    place += 8
    for _number in range(count):
        name, place = _text(data, place)
        rank = data[place]
        shape = struct.unpack_from(f"<{rank}I", data, place + 1)
        place += 1 + 4 * rank
        kind, size = struct.unpack_from("<BI", data, place)
        place += 5
        if place + size > len(data):
            raise CheckpointError(f"{name} ends behind the end of the file")
        yield name, np.frombuffer(data[place : place + size], _TYPES[kind]).reshape(shape)
        place += size


def _text(data: mmap.mmap, place: int) -> tuple[str, int]:
    """Read a string (its length counts a closing NUL) and return it with the place behind it."""
    (length,) = struct.unpack_from("<H", data, place)
    place += 2
    return data[place : place + length - 1].decode("ascii"), place + length


def _renamed(name: str, value: npt.NDArray[Any]) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Yield the OpenAI names and parts of one CTranslate2 variable; nothing for settings."""
    if name in _PLAIN:
        yield _PLAIN[name], value
        return
    place, _slash, leaf = name.rpartition("/")
    kind = _ALIASES.get(leaf)
    if kind is None:
        return
    if place in _NORMS:
        yield f"{_NORMS[place]}.{kind}", value
    elif place.startswith("encoder/conv"):
        yield f"{place.replace('/', '.')}.{kind}", value
    else:
        stack, layer, rest = place.split("/", 2)
        parts = _LAYER[rest]
        for part, piece in zip(parts, np.split(value, len(parts)), strict=True):
            if part.endswith(".key") and kind == "bias":
                if piece.any():
                    raise CheckpointError(f"{name} holds a bias for keys")
                continue
            yield f"{stack}.blocks.{layer.removeprefix('layer_')}.{part}.{kind}", piece


def _layers(variables: Tensors, stack: str) -> int:
    """Count the layers of the encoder or the decoder."""
    prefix = f"{stack}/layer_"
    return len(
        {
            name.removeprefix(prefix).split("/", 1)[0]
            for name in variables
            if name.startswith(prefix)
            and "/" in name.removeprefix(prefix)
            and name.removeprefix(prefix).split("/", 1)[0].isdigit()
        }
    )
