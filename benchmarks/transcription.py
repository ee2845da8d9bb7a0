"""Transcription: speed and word error rate of both engines on the same recording, side by side."""

from __future__ import annotations

import re
import time
from pathlib import Path

import jiwer

from benchmarks.figures import Figure
from workbench.text.fold import fold
from workbench.transcription import audio
from workbench.transcription.job import Request, WindowDone
from workbench.transcription.job import run as transcribe

SAMPLES = Path(__file__).parents[1] / "sample_projects"
RECORDINGS = {
    "ru": SAMPLES / "mortgage_bank_ru" / "recordings" / "interview_03.ogg",
    "en": SAMPLES / "coffee_chain_en" / "recordings" / "interview_03.ogg",
}
MOST_ERRORS = 0.25


def run(quick: bool) -> list[Figure]:
    """Recognise one recording per language (English only when ``quick``) with both engines in turn."""
    figures = []
    for language in ["en"] if quick else ["ru", "en"]:
        speeds = {}
        for engine in ("openai-whisper", "faster-whisper"):
            seconds, text = _recognise(RECORDINGS[language], engine, language)
            length = audio.probe(RECORDINGS[language]).duration_ms / 1000
            speeds[engine] = length / seconds
            figures += [
                Figure(
                    f"{engine}, {language}: speed",
                    speeds[engine],
                    "× real time",
                    None,
                    f"{length:.0f} s of sound, base, beam 5, word times, model loading included",
                ),
                Figure(
                    f"{engine}, {language}: word error rate",
                    _error_rate(RECORDINGS[language], text),
                    "",
                    MOST_ERRORS,
                    "against the script; case, ё and punctuation do not matter",
                ),
            ]
        figures.append(
            Figure(
                f"faster-whisper against openai-whisper, {language}",
                speeds["faster-whisper"] / speeds["openai-whisper"],
                "×",
                None,
                "same weights, same windows, one after the other in this run",
            )
        )
    return figures


def _recognise(path: Path, engine: str, language: str) -> tuple[float, str]:
    words: dict[int, str] = {}

    def keep(event: object) -> None:
        if isinstance(event, WindowDone):
            words[event.ordinal] = " ".join(segment.text for segment in event.segments)

    began = time.perf_counter()
    transcribe(Request(path=path, engine=engine, model="base", language=language), on_event=keep)
    return time.perf_counter() - began, " ".join(words[number] for number in sorted(words))


def _error_rate(path: Path, text: str) -> float:
    script = path.with_suffix(".txt").read_text(encoding="utf-8")
    spoken = re.sub(r"^[IR]:\s*", "", script, flags=re.MULTILINE)
    return float(jiwer.wer(_plain(spoken), _plain(text)))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())
