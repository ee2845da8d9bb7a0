"""The ``whisper`` command line: ``python -m benchmarks._by_whisper FILE LANGUAGE ANSWER [VOCABULARY]``.

Runs ``whisper.transcribe.cli`` itself with the arguments a person would give. Two things are put right around it: a
checkpoint loaded from a path has no alignment heads, so word times would be worse than with the official name;
and where there is no ``ffmpeg`` program, the sound is read from the WAV file.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._programs import answer


def main(path: str, language: str, target: str, vocabulary: str = "") -> None:
    """Run the command line, then translate its JSON."""
    os.nice(5)  # as the workbench's recogniser does
    import whisper
    import whisper.audio
    from whisper.transcribe import cli

    from workbench.transcription.models import find_model
    from workbench.transcription.threads import core_count

    original = whisper.load_model

    def load_model(*arguments: Any, **options: Any) -> Any:
        model = original(*arguments, **options)
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS["base"])
        return model

    whisper.load_model = load_model
    if shutil.which("ffmpeg") is None:
        whisper.audio.load_audio = _load_wav
    with tempfile.TemporaryDirectory() as folder:
        sys.argv = [
            *("whisper", path, "--model", str(find_model("base", "openai-whisper"))),
            *("--language", language, "--beam_size", "5", "--word_timestamps", "True"),
            *("--fp16", "False", "--threads", str(core_count()), "--verbose", "False"),
            *("--output_format", "json", "--output_dir", folder),
        ]
        if vocabulary:
            sys.argv += ["--initial_prompt", vocabulary, "--carry_initial_prompt", "True"]
        cli()
        written = Path(folder) / f"{Path(path).stem}.json"
        found = json.loads(written.read_text(encoding="utf-8"))
    segments: list[dict[str, Any]] = [
        {
            "text": segment["text"],
            "words": [
                (round(w["start"] * 1000), round(w["end"] * 1000), w["word"])
                for w in segment["words"]
            ],
        }
        for segment in found["segments"]
    ]
    answer(target, segments)


def _load_wav(path: str, sr: int = 16_000) -> Any:
    """Read 16-bit mono sound, as ``whisper.audio.load_audio`` returns it."""
    with wave.open(path, "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (sr, 1, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return samples.astype(np.float32) / 32768.0


if __name__ == "__main__":
    main(*sys.argv[1:])
