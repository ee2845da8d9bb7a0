"""The engine openai-whisper: OpenAI's reference implementation on torch."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.audio import Samples
from workbench.transcription.engine import AUTO, Segment, Word
from workbench.transcription.engines._graphics import unusable

# Layers and width of the official sizes: a checkpoint loaded from a path loses its alignment heads,
# and without them word times are silently worse.
_SHAPES = {
    (4, 384): "tiny",
    (6, 512): "base",
    (12, 768): "small",
    (24, 1024): "medium",
    (4, 1280): "large-v3-turbo",
}
# What is tried when a window came out wrong.
_AGAIN: tuple[dict[str, Any], ...] = (
    {"without_timestamps": True},
    {"temperature": (0.4, 0.8), "compression_ratio_threshold": 2.0},
)


class OpenaiWhisper:
    """Recognises with a checkpoint file, or with an official name it downloads."""

    name = "openai-whisper"
    rank = 20
    batch = 1
    at_once = 1

    def __init__(self) -> None:
        """Hold no model yet."""
        self._model: Any = None

    def available(self) -> str | None:
        """Say which part is not installed."""
        for package in ("whisper", "torch"):
            if importlib.util.find_spec(package) is None:
                return f"no module named {package}"
        return None

    def load(
        self,
        model: Path | str,
        *,
        device: str = AUTO,
        threads: int = 0,
        alone: bool = False,  # noqa: ARG002 - it never works on more than one
    ) -> None:
        """Load a checkpoint and set the alignment heads that word times come from."""
        import torch
        import whisper

        if threads:
            torch.set_num_threads(threads)
        if device not in (AUTO, "cpu") and not torch.cuda.is_available():
            raise unusable("torch has no CUDA here")
        where = None if device == AUTO else device
        try:
            loaded = whisper.load_model(str(model), device=where)
        except Exception as error:  # unpickling a foreign file fails in any way it likes
            raise _cannot_load(model, error) from error
        if isinstance(model, Path):
            known = whisper._ALIGNMENT_HEADS  # noqa: SLF001 - the only place they are kept
            heads = _alignment_heads(loaded.dims, known)
            if heads is not None:
                loaded.set_alignment_heads(heads)
        self._model = loaded

    def detect_language(self, samples: Samples) -> dict[str, float]:
        """Return the probability of each language."""
        import whisper

        if not self._model.is_multilingual:
            return {"en": 1.0}
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples), self._model.dims.n_mels)
        _tokens, probabilities = self._model.detect_language(mel.to(self._model.device))
        return {code: float(value) for code, value in probabilities.items()}

    def recognise(
        self, sounds: Sequence[Samples], *, language: str, vocabulary: str = ""
    ) -> list[list[Segment]]:
        """Recognise windows with OpenAI's ladder of temperatures."""
        return [self._once(sound, language, vocabulary, {}) for sound in sounds]

    def recognise_again(
        self, samples: Samples, *, language: str, vocabulary: str = "", attempt: int = 0
    ) -> list[Segment] | None:
        """Recognise a window without time stamps between its words, then with dice from the start."""
        if attempt >= len(_AGAIN):
            return None
        return self._once(samples, language, vocabulary, _AGAIN[attempt])

    def _once(
        self, samples: Samples, language: str, vocabulary: str, options: dict[str, Any]
    ) -> list[Segment]:
        """Recognise a window, the dice thrown the same way each time."""
        import torch
        import whisper

        torch.manual_seed(samples.size)
        settings: dict[str, Any] = {"beam_size": 5, "best_of": 5} | options
        result = whisper.transcribe(
            self._model,
            samples,
            language=language if self._model.is_multilingual else "en",
            condition_on_previous_text=False,
            word_timestamps=True,
            initial_prompt=vocabulary or None,
            carry_initial_prompt=bool(vocabulary),
            fp16=self._model.device.type == "cuda",
            **settings,
        )
        return [_segment(raw) for raw in result["segments"]]


def _alignment_heads(dims: Any, known: dict[str, bytes]) -> bytes | None:
    """Return the heads of the official model that has this shape; an unknown shape keeps the default."""
    name = _SHAPES.get((dims.n_text_layer, dims.n_text_state))
    if name is None and dims.n_text_layer == 32:  # noqa: PLR2004 - all the large ones
        name = "large-v3" if dims.n_mels == 128 else "large-v2"  # noqa: PLR2004 - v3 hears 128 bands
    if name and dims.n_vocab < 51865:  # noqa: PLR2004 - English-only models have one token less
        name += ".en"
    return known.get(name or "")


def _segment(raw: dict[str, Any]) -> Segment:
    """Translate the engine's segment into ours."""
    words = tuple(
        Word(
            round(float(w["start"]) * 1000),
            round(float(w["end"]) * 1000),
            w["word"],
            round(float(w["probability"]), 3),
        )
        for w in raw.get("words", ())
    )
    return Segment(
        start_ms=round(float(raw["start"]) * 1000),
        end_ms=round(float(raw["end"]) * 1000),
        text=raw["text"],
        words=words,
        avg_logprob=round(float(raw["avg_logprob"]), 3),
        compression_ratio=round(float(raw["compression_ratio"]), 3),
        no_speech_prob=round(float(raw["no_speech_prob"]), 3),
    )


def _cannot_load(model: Path | str, error: Exception) -> TranscriptionError:
    """Tell a failed download from a bad file."""
    if isinstance(model, Path):
        return TranscriptionError(
            "model-unreadable",
            N_("The model in {model} cannot be loaded."),
            N_("Give a Whisper checkpoint (.pt), or use base."),
            model=str(model),
            detail=str(error),
        )
    return TranscriptionError(
        "model-download-failed",
        N_("The model {model} is not on this machine and could not be downloaded."),
        N_(
            "Connect to the internet and try again, or use the model base: pip install 'qual-workbench[model-base]'"
        ),
        model=model,
        detail=str(error),
    )


ENGINE = OpenaiWhisper()
