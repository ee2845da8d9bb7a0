"""CAM++ (Wang and others, 2023): the network that makes a print of a voice, on a processor.

Only the arithmetic of the published model is here; its weights are read from a checkpoint. Batch
normalisations that follow a convolution are folded into it, and each dense block writes into one
buffer instead of joining its layers' outputs again and again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from workbench.transcription.audio import Samples

_BLOCKS = ((1, 12, 1), (2, 24, 2), (3, 16, 2))  # number, layers, dilation
_GROWTH = 32
_CONTEXT = 100  # frames a gate looks at, besides the whole stretch
_EPSILON = 1e-5
_BATCH = 8  # spectra; more of them do not fit into a processor's cache


class VoiceNetwork:
    """Turns spectra of equal length into vectors; the nearer two are, the more alike the voices.

    Several batches are worked on at the same time, each by one thread: a thread that waits for
    another one at every convolution loses most of its time where anything else runs, and sums
    would come out a little different with another number of threads.
    """

    def __init__(self, checkpoint: Path, *, threads: int) -> None:
        """Load the weights.

        Args:
            checkpoint: file with the state dictionary; nothing but tensors is read from it.
            threads: how many to work with.
        """
        import torch

        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
        self._torch = torch
        self._weights = _folded({name: value.float() for name, value in state.items()})
        # the number of threads inside torch is each thread's own: an engine that uses torch keeps its
        self._pool = ThreadPoolExecutor(threads, initializer=partial(torch.set_num_threads, 1))

    def prints(self, spectra: Samples) -> Samples:
        """Return one vector of 192 numbers for each of ``(count, frames, 80)`` spectra."""
        batches = [spectra[first : first + _BATCH] for first in range(0, len(spectra), _BATCH)]
        return np.concatenate(list(self._pool.map(self._batch, batches)))

    def _batch(self, spectra: Samples) -> Samples:
        """Return the vectors of a few spectra."""
        torch = self._torch
        with torch.inference_mode():
            rows = torch.from_numpy(np.ascontiguousarray(spectra)).transpose(1, 2)
            result: Samples = self._dense(self._head(rows)).numpy()
        return result

    def _head(self, rows: Any) -> Any:
        """Run the two-dimensional part: from 80 bands to 320 channels."""
        relu, weights = self._torch.relu_, self._weights
        conv = self._torch.conv2d
        x = relu(conv(rows.unsqueeze(1), *weights["head.conv1"], padding=1))
        for layer in ("head.layer1.0", "head.layer1.1", "head.layer2.0", "head.layer2.1"):
            stride = (2, 1) if layer.endswith("0") else (1, 1)
            y = relu(conv(x, *weights[f"{layer}.conv1"], stride=stride, padding=1))
            y = conv(y, *weights[f"{layer}.conv2"], padding=1)
            short = weights.get(f"{layer}.shortcut")
            y += conv(x, *short, stride=stride) if short is not None else x
            x = relu(y)
        x = relu(conv(x, *weights["head.conv2"], stride=(2, 1), padding=1))
        return x.reshape(x.shape[0], -1, x.shape[3])

    def _dense(self, x: Any) -> Any:
        """Run the one-dimensional part and pool over time."""
        torch, weights = self._torch, self._weights
        x = torch.relu_(torch.conv1d(x, *weights["xvector.tdnn"], stride=2, padding=2))
        for number, layers, dilation in _BLOCKS:
            width, count, frames = x.shape[1], x.shape[0], x.shape[2]
            joined = x.new_empty((count, width + layers * _GROWTH, frames))
            joined[:, :width] = x
            for layer in range(1, layers + 1):
                name = f"xvector.block{number}.tdnnd{layer}"
                joined[:, width : width + _GROWTH] = self._gated(joined[:, :width], name, dilation)
                width += _GROWTH
            scale, shift = weights[f"xvector.transit{number}.before"]
            joined = torch.relu_(torch.addcmul(shift, joined, scale))
            x = torch.conv1d(joined, *weights[f"xvector.transit{number}"])
        x = torch.relu_(x)
        pooled = torch.cat([x.mean(dim=-1), x.std(dim=-1, unbiased=True)], dim=-1)
        weight, bias = weights["xvector.dense"]
        return torch.addmm(bias, pooled, weight.t())

    def _gated(self, x: Any, name: str, dilation: int) -> Any:
        """Run one layer: a convolution over time, each channel opened as far as its context says."""
        torch, weights = self._torch, self._weights
        scale, shift = weights[f"{name}.before"]
        x = torch.relu_(torch.addcmul(shift, x, scale))
        x = torch.relu_(torch.conv1d(x, *weights[f"{name}.linear1"]))
        y = torch.conv1d(x, *weights[f"{name}.local"], padding=dilation, dilation=dilation)
        frames = x.shape[2]
        whole = x.mean(dim=-1, keepdim=True)
        parts = [
            x[:, :, start : start + _CONTEXT].mean(dim=-1, keepdim=True)
            for start in range(0, frames, _CONTEXT)
        ]
        context = whole + torch.cat(parts, dim=-1)
        context = torch.relu_(torch.conv1d(context, *weights[f"{name}.gate1"]))
        gate = torch.sigmoid_(torch.conv1d(context, *weights[f"{name}.gate2"]))
        for number in range(len(parts)):
            y[:, :, number * _CONTEXT : (number + 1) * _CONTEXT] *= gate[:, :, number : number + 1]
        return y


def _folded(state: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return (weight, bias) of every convolution and (scale, shift) of what stands before one."""
    weights: dict[str, tuple[Any, Any]] = {}

    def norm(name: str) -> tuple[Any, Any]:
        variance = state[f"{name}.running_var"] + _EPSILON
        scale = variance.rsqrt()
        if f"{name}.weight" in state:
            scale = scale * state[f"{name}.weight"]
        shift = -state[f"{name}.running_mean"] * scale
        return scale, shift + state[f"{name}.bias"] if f"{name}.bias" in state else shift

    def fold(target: str, conv: str, behind: str) -> None:
        scale, shift = norm(behind)
        weight = state[f"{conv}.weight"]
        weights[target] = (weight * scale.reshape(-1, *[1] * (weight.dim() - 1)), shift)

    def before(target: str, name: str) -> None:
        scale, shift = norm(name)
        weights[f"{target}.before"] = (scale[:, None], shift[:, None])

    fold("head.conv1", "head.conv1", "head.bn1")
    fold("head.conv2", "head.conv2", "head.bn2")
    for layer in ("head.layer1.0", "head.layer1.1", "head.layer2.0", "head.layer2.1"):
        fold(f"{layer}.conv1", f"{layer}.conv1", f"{layer}.bn1")
        fold(f"{layer}.conv2", f"{layer}.conv2", f"{layer}.bn2")
        if f"{layer}.shortcut.0.weight" in state:
            fold(f"{layer}.shortcut", f"{layer}.shortcut.0", f"{layer}.shortcut.1")
    fold("xvector.tdnn", "xvector.tdnn.linear", "xvector.tdnn.nonlinear.batchnorm")
    for number, layers, _dilation in _BLOCKS:
        for layer_number in range(1, layers + 1):
            name = f"xvector.block{number}.tdnnd{layer_number}"
            before(name, f"{name}.nonlinear1.batchnorm")
            fold(f"{name}.linear1", f"{name}.linear1", f"{name}.nonlinear2.batchnorm")
            weights[f"{name}.local"] = (state[f"{name}.cam_layer.linear_local.weight"], None)
            for gate in (1, 2):
                conv = f"{name}.cam_layer.linear{gate}"
                weights[f"{name}.gate{gate}"] = (state[f"{conv}.weight"], state[f"{conv}.bias"])
        before(f"xvector.transit{number}", f"xvector.transit{number}.nonlinear.batchnorm")
        weights[f"xvector.transit{number}"] = (
            state[f"xvector.transit{number}.linear.weight"],
            None,
        )
    # What follows the last transit is a normalisation of its own: folded into that convolution.
    scale, shift = norm("xvector.out_nonlinear.batchnorm")
    last = f"xvector.transit{len(_BLOCKS)}"
    weights[last] = (weights[last][0] * scale[:, None, None], shift)
    scale, shift = norm("xvector.dense.nonlinear.batchnorm")
    weights["xvector.dense"] = (
        state["xvector.dense.linear.weight"][:, :, 0] * scale[:, None],
        shift,
    )
    return weights
