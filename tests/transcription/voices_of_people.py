"""People whose voices are made up, and what was measured while they spoke."""

from __future__ import annotations

import numpy as np

from workbench.transcription.engine import Segment, Word
from workbench.transcription.voiceprints import cut_stretches, pack

_NOISE = 0.06  # of each number of a print; two prints of one person are alike by about 0.6


def person(seed: int) -> np.ndarray:
    vector = np.random.default_rng(seed).normal(size=192)
    return vector / np.linalg.norm(vector)


def print_of(vector: np.ndarray, seed: int) -> str:
    return pack(vector + np.random.default_rng(seed).normal(size=192) * _NOISE)


def measured(spoken: list[tuple[int, int, int]]) -> list[tuple[int, int, str]]:
    """Prints along a recording; a stretch that two people share sounds like both."""
    people = {who: person(1000 + who) for _start, _end, who in spoken}
    speech = [(start, end) for start, end, _who in spoken]
    found = []
    for start, end in cut_stretches(speech, spoken[-1][1]):
        mixed = sum(people[who] * max(0, min(end, e) - max(start, s)) for s, e, who in spoken)
        found.append((start, end, print_of(mixed / np.linalg.norm(mixed), start)))
    return found


def dialogue(*parts: tuple[int, str, int]) -> tuple[list[Word], list[int], list]:
    """Words of 300 ms by people, each part after a pause; returns words, whose they are, and prints.

    Args:
        parts: ``(who, text, pause before it in milliseconds)``.
    """
    words, whose, spoken, place = [], [], [], 0
    for who, text, pause in parts:
        place += pause
        start = place
        for word in text.split():
            words.append(Word(place, place + 280, " " + word, 0.9))
            whose.append(who)
            place += 300
        spoken.append((start, place, who))
    return words, whose, measured(spoken)


def as_segments(words: list[Word], length: int = 15) -> list[Segment]:
    """Segments that end anywhere, as a recogniser's do: also where another person is speaking already."""
    parts = [words[n : n + length] for n in range(0, len(words), length)]
    return [
        Segment(p[0].start_ms, p[-1].end_ms, "".join(w.text for w in p), tuple(p)) for p in parts
    ]
