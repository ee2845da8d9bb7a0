"""Bare faster-whisper in batches: ``python -m benchmarks._by_faster_whisper FILE LANGUAGE ANSWER [VOCABULARY]``."""

from __future__ import annotations

import os
import sys
from typing import Any

from benchmarks._programs import BATCH_SIZE, answer


def main(path: str, language: str, target: str, vocabulary: str = "") -> None:
    """Do what its documentation shows, with the settings that the workbench has."""
    os.nice(5)  # as the workbench's recogniser does
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    from workbench.transcription.models import find_model
    from workbench.transcription.threads import core_count

    folder = find_model("base", "faster-whisper")
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=core_count())
    found, _info = BatchedInferencePipeline(model).transcribe(
        path,
        language=language,
        beam_size=5,
        batch_size=BATCH_SIZE,
        word_timestamps=True,
        hotwords=vocabulary or None,
    )
    segments: list[dict[str, Any]] = [
        {
            "text": segment.text,
            "words": [(round(w.start * 1000), round(w.end * 1000), w.word) for w in segment.words],
        }
        for segment in found
    ]
    answer(target, segments)


if __name__ == "__main__":
    main(*sys.argv[1:])
