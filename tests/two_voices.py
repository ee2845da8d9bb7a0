"""A recording in a project that was recognised with two measured voices, without running a recogniser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from workbench.models.drafts import SourceDraft
from workbench.services.project import Project
from workbench.transcription import job as child
from workbench.transcription.engine import Segment, Word
from workbench.transcription.protocol import WindowDone
from workbench.transcription.voiceprints import pack
from workbench.transcription.windows import Window

WINDOW_MS = 10_000
ANNA, BORIS, VERA = 1, 2, 3
TALK = [
    (ANNA, "Hello and welcome. Which shop were you in and why did you go there?"),
    (BORIS, "I was in the one by the station because it is close to where I work."),
    (ANNA, "And what did you see there? What did you like about it in the end?"),
    (BORIS, "It was clean and quick but they forgot to give me a spoon for the soup."),
]


def print_of(person: int, seed: int) -> str:
    """A print of a person; two of them are alike by about 0.7."""
    people, noise = np.random.default_rng(person), np.random.default_rng(1000 + seed)
    vector = people.normal(size=192)
    return pack(vector / np.linalg.norm(vector) + noise.normal(size=192) * 0.05)


def said(talk: list[tuple[int, str]], *, voices: bool = True):
    """What the recogniser makes of a talk: ten seconds for each part, words of 300 ms, prints all along."""

    def say(ordinal: int) -> WindowDone:
        person, text = talk[ordinal]
        start = ordinal * WINDOW_MS
        words = tuple(
            Word(start + 500 + 300 * n, start + 780 + 300 * n, f" {word}", 0.9)
            for n, word in enumerate(text.split())
        )
        end = words[-1].end_ms
        measured = tuple(
            (at, at + 1_500, print_of(person, at)) for at in range(start + 500, end - 1_500, 750)
        )
        segment = Segment(start + 500, end, text, words)
        return WindowDone(
            ordinal, start, start + WINDOW_MS, (segment,),
            voices=measured if voices else (), speech=((start + 500, end),),
        )  # fmt: skip

    return say


def add_talk(project: Project, recording: Path, title: str, talk=TALK) -> str:
    """Add a recording and let it be recognised as a talk; return its identifier."""
    say = said(talk)

    def run(_request, *, on_event, cancelled):
        windows = tuple(Window(n * WINDOW_MS, (n + 1) * WINDOW_MS) for n in range(len(talk)))
        on_event(child.Started("fake", "model", len(talk) * WINDOW_MS, windows, "en", None))
        on_event(child.BatchDone(tuple(say(n) for n in range(len(talk)))))
        return child.Result("en", 1.0)

    source = project.sources.add(recording, SourceDraft(title=title))[0].id
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.services.transcription.child.run", run)
        project.transcription.run(source)
    return source
