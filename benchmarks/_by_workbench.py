"""The workbench's own path: ``python -m benchmarks._by_workbench FILE LANGUAGE ANSWER [VOCABULARY [SPEAKERS]]``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks._programs import answer
from workbench.transcription.job import BatchDone, Request, WindowDone, run


def main(path: str, language: str, target: str, vocabulary: str = "", speakers: str = "2") -> None:
    """Transcribe in the child process, as the queue does; ``auto`` lets it listen for the language."""
    done: list[WindowDone] = []

    def keep(event: object) -> None:
        if isinstance(event, BatchDone):
            done.extend(event.windows)

    request = Request(
        path=Path(path),
        model="base",
        language=None if language == "auto" else language,
        vocabulary=vocabulary,
        speakers=int(speakers),
    )
    run(request, on_event=keep)
    done.sort(key=lambda window: window.ordinal)
    segments: list[dict[str, Any]] = [
        {
            "text": segment.text,
            "suspected": segment.suspected,
            "words": [(word.start_ms, word.end_ms, word.text) for word in segment.words],
        }
        for window in done
        for segment in window.segments
    ]
    redone = [(window.start_ms, window.end_ms, window.redone) for window in done if window.redone]
    answer(target, segments, windows=len(done), redone=redone)


if __name__ == "__main__":
    main(*sys.argv[1:])
