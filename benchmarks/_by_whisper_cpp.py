"""whisper.cpp: ``python -m benchmarks._by_whisper_cpp FILE LANGUAGE ANSWER [VOCABULARY]``."""

from __future__ import annotations

import os
import sys
from typing import Any

from benchmarks._ggml import base_as_ggml
from benchmarks._programs import answer


def main(path: str, language: str, target: str, vocabulary: str = "") -> None:
    """Recognise word by word, as its ``-ml 1 -sow`` does."""
    os.nice(5)  # as the workbench's recogniser does
    from pywhispercpp.model import Model

    from workbench.transcription.threads import core_count

    model = Model(str(base_as_ggml()), params_sampling_strategy=1, redirect_whispercpp_logs_to=None)
    words = model.transcribe(
        path,
        n_threads=core_count(),
        language=language,
        beam_search={"beam_size": 5, "patience": -1.0},
        token_timestamps=True,
        max_len=1,
        split_on_word=True,
        initial_prompt=vocabulary,
        print_progress=False,
    )
    heard = [(word.t0 * 10, word.t1 * 10, word.text) for word in words if word.text.strip()]
    segments: list[dict[str, Any]] = [
        {"text": " ".join(word[2].strip() for word in heard), "words": heard}
    ]
    answer(target, segments)


if __name__ == "__main__":
    main(*sys.argv[1:])
