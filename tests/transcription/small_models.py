"""Whisper models of a few kilobytes: of the right form, so that everything but recognition can be tried on them."""

from __future__ import annotations

import json
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np

TYPES = {"float32": 0, "int8": 1, "int16": 2, "int32": 3, "float16": 4}
MULTILINGUAL = 51_865


def write_ctranslate2(
    folder: Path, *, tokens: int = MULTILINGUAL, bands: int = 80, leave_out: tuple[str, ...] = ()
) -> Path:
    """A CTranslate2 folder of a model with one layer and a width of 8."""
    wide = 8
    layer = {
        "self_attention/layer_norm/gamma": (wide,),
        "self_attention/layer_norm/beta": (wide,),
        "self_attention/linear_0/weight": (3 * wide, wide),
        "self_attention/linear_0/bias": (3 * wide,),
    }
    shapes = {
        "encoder/conv1/weight": (wide, bands, 3),
        "encoder/position_encodings/encodings": (1500, wide),
        "decoder/embeddings/weight": (tokens, wide),
        "decoder/position_encodings/encodings": (448, wide),
        **{f"encoder/layer_0/{name}": shape for name, shape in layer.items()},
    }
    random = np.random.default_rng(7)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "model.bin").open("wb") as file:
        file.write(struct.pack("<I", 6) + _text("WhisperSpec"))
        file.write(struct.pack("<II", 3, len(shapes)))
        for name in sorted(shapes):
            value = (0.02 * random.standard_normal(shapes[name])).astype(np.float16)
            file.write(_text(name) + struct.pack("<B", value.ndim))
            file.write(struct.pack(f"<{value.ndim}I", *value.shape))
            file.write(struct.pack("<BI", TYPES[str(value.dtype)], value.nbytes))
            file.write(value.tobytes())
        file.write(struct.pack("<I", 0))
    (folder / "config.json").write_text(json.dumps({"alignment_heads": [[0, 0]]}))
    (folder / "tokenizer.json").write_text("{}")
    (folder / "vocabulary.txt").write_text("a\nb\n")
    for name in leave_out:
        (folder / name).unlink()
    return folder


def _text(text: str) -> bytes:
    return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"


def write_checkpoint(path: Path, *, tokens: int = MULTILINGUAL) -> Path:
    """A checkpoint as torch saves it."""
    import torch

    dims = {
        "n_mels": 80, "n_audio_ctx": 1500, "n_audio_state": 8, "n_audio_head": 2, "n_audio_layer": 1,
        "n_vocab": tokens, "n_text_ctx": 448, "n_text_state": 8, "n_text_head": 2, "n_text_layer": 1,
    }  # fmt: skip
    state = {"encoder.conv1.weight": torch.zeros(8, 80, 3, dtype=torch.float16)}
    torch.save({"dims": dims, "model_state_dict": state}, path)
    return path


class Bomb:
    """An object that runs a program when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple:
        import os

        return os.system, (f"touch '{self.trace}'",)


def write_bomb(path: Path, trace: Path) -> Path:
    """A checkpoint that would leave a trace if somebody unpickled it."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({"dims": Bomb(trace)}, protocol=2))
        archive.writestr("archive/version", "3\n")
    return path
