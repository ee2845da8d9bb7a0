"""Whisper base as the 16-bit file that whisper.cpp reads, made from the same checkpoint."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import IO, Any

import numpy as np

from workbench.atomic import replacing
from workbench.locations import cache_folder

_MAGIC = 0x67676D6C
_HEAD = (
    "n_vocab", "n_audio_ctx", "n_audio_state", "n_audio_head", "n_audio_layer",
    "n_text_ctx", "n_text_state", "n_text_head", "n_text_layer", "n_mels",
)  # fmt: skip
_HALF = 1
_WHOLE = {"encoder.positional_embedding", "decoder.positional_embedding"}
_CONVOLUTIONS = {"encoder.conv1.bias", "encoder.conv2.bias"}


def base_as_ggml() -> Path:
    """Return the file, writing it when it is not there (a few seconds)."""
    import torch

    from workbench.transcription.models import find_model

    target = cache_folder() / "models" / "ggml-base-f16.bin"
    if target.is_file():
        return target
    checkpoint = torch.load(
        find_model("base", "openai-whisper"), map_location="cpu", weights_only=True
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary, temporary.open("wb") as file:
        _write(file, checkpoint["dims"], checkpoint["model_state_dict"])
    return target


def _write(file: IO[bytes], dims: dict[str, int], weights: dict[str, Any]) -> None:
    """Write numbers, mel filters, vocabulary and tensors, in the order whisper.cpp reads them."""
    import whisper

    assets = Path(whisper.__file__).parent / "assets"
    file.write(struct.pack("<12i", _MAGIC, *(dims[name] for name in _HEAD), _HALF))
    filters = np.load(assets / "mel_filters.npz")[f"mel_{dims['n_mels']}"].astype("<f4")
    file.write(struct.pack("<2i", *filters.shape) + filters.tobytes())
    lines = (assets / "multilingual.tiktoken").read_bytes().splitlines()
    tokens = [base64.b64decode(line.split()[0]) for line in lines if line]
    file.write(struct.pack("<i", len(tokens)))
    for token in tokens:
        file.write(struct.pack("<i", len(token)) + token)
    for name, tensor in weights.items():
        values = tensor.squeeze().numpy()
        if name in _CONVOLUTIONS:
            values = values.reshape(-1, 1)
        whole = values.ndim < 2 or name in _WHOLE | _CONVOLUTIONS
        values = values.astype("<f4" if whole else "<f2")
        label = name.encode()
        file.write(struct.pack("<3i", values.ndim, len(label), 0 if whole else _HALF))
        file.write(struct.pack(f"<{values.ndim}i", *reversed(values.shape)) + label)
        file.write(values.tobytes())
