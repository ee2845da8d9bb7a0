"""Recordings whose speakers are known: sample interviews, and dialogues cut out of them with known times."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from benchmarks._recordings import read, write
from benchmarks._scores import plain
from benchmarks._sounds import RATE, Sound, silence
from benchmarks._speaker_error import Speech
from workbench.transcription.acoustics import pitch_track
from workbench.transcription.engine import Segment, Word

ASKS, ANSWERS = "I", "R"

_GAPS_S = (0.1, 0.25, 0.4, 0.7, 1.0)
_PAUSE_MS = 200  # phrases are cut at such pauses
_SHORTEST_S = 0.3
_INTERRUPTED = 0.35  # share of the answer's phrases behind which the interviewer puts in a word
_SEED = 1


@dataclass(frozen=True)
class Said:
    """A phrase of one speaker with its sound."""

    who: str
    sound: Sound
    text: str


def speakers_of_words(script: Path, words: Sequence[str], language: str) -> dict[int, str]:
    """Return who says each recognised word that is found in the script, by the word's place."""
    lines = script.read_text(encoding="utf-8").splitlines()
    parts = [match.groups() for line in lines if (match := re.match(r"([IR]):\s*(.+)", line))]
    said = [(word, who) for who, text in parts for word in plain(text, language).split()]
    found = [
        (word, place) for place, text in enumerate(words) for word in plain(text, language).split()
    ]
    matcher = SequenceMatcher(
        None, [word for word, _who in said], [word for word, _place in found], autojunk=False
    )
    return {
        found[b + n][1]: said[a + n][1]
        for a, b, size in matcher.get_matching_blocks()
        for n in range(size)
    }


def phrases(path: Path, segments: Sequence[Segment], language: str) -> list[Said]:
    """Cut a sample interview into phrases, each said by one person for certain."""
    sound = read(path)
    words = [word for segment in segments for word in segment.words]
    who = speakers_of_words(path.with_suffix(".txt"), [word.text for word in words], language)
    groups: list[list[int]] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else None
        if (
            groups
            and before is not None
            and word.start_ms - before.end_ms <= _PAUSE_MS
            and not before.text.rstrip().endswith((".", "?", "!"))
            and who.get(place, who.get(place - 1)) == who.get(place - 1)
        ):
            groups[-1].append(place)
        else:
            groups.append([place])
    found = []
    for group in groups:
        people = {who[place] for place in group if place in who}
        first, last = words[group[0]], words[group[-1]]
        cut = _without_edges(sound[_at(first.start_ms - 60) : _at(last.end_ms + 60)])
        if len(people) == 1 and cut.size >= _SHORTEST_S * RATE:
            text = "".join(words[place].text for place in group)
            found.append(Said(people.pop(), cut, text))
    return found


def interjections(path: Path, segments: Sequence[Segment], language: str) -> list[Said]:
    """Return single words of the interviewer, such as are put in while somebody tells a story."""
    sound = read(path)
    words = [word for segment in segments for word in segment.words]
    who = speakers_of_words(path.with_suffix(".txt"), [word.text for word in words], language)
    return [
        Said(
            ASKS, _without_edges(sound[_at(word.start_ms - 40) : _at(word.end_ms + 40)]), word.text
        )
        for place, word in enumerate(words)
        if who.get(place) == ASKS and _is_long(word)
    ]


def dialogue(
    path: Path, parts: Sequence[Said], between: Sequence[Said], *, even: bool = False
) -> tuple[Speech, float]:
    """Write a dialogue with gaps of 0.1 to 1 second and words put in; return who speaks when, and the seconds.

    Args:
        path: where to.
        parts: phrases in their order.
        between: words the interviewer puts in.
        even: give the interviewer the pitch of the other one, by playing his voice faster or slower.
    """
    chance = random.Random(_SEED)
    factor = _pitch(parts, ANSWERS) / _pitch(parts, ASKS) if even else 1.0
    sounds: list[Sound] = [silence(0.5)]
    place = sounds[0].size
    speech: list[tuple[float, float, str]] = []

    def put(part: Said, gap: float) -> None:
        nonlocal place
        sound = _faster(part.sound, factor) if part.who == ASKS else part.sound
        speech.append((place / RATE, (place + sound.size) / RATE, part.who))
        sounds.extend([sound, silence(gap)])
        place += sound.size + sounds[-1].size

    for part, after in zip(parts, [*parts[1:], None], strict=True):
        put(part, chance.choice(_GAPS_S))
        told = part.who == ANSWERS and after is not None and after.who == ANSWERS
        if between and told and chance.random() < _INTERRUPTED:
            put(chance.choice(between), chance.choice(_GAPS_S))
    return speech, write(path, sounds)


def _is_long(word: Word) -> bool:
    return _SHORTEST_S * 1000 <= word.end_ms - word.start_ms <= 700


def _pitch(parts: Sequence[Said], who: str) -> float:
    """Return the median pitch of a speaker."""
    tracks = np.concatenate([pitch_track(part.sound) for part in parts if part.who == who])
    return float(np.median(tracks[tracks > 0]))


def _faster(sound: Sound, factor: float) -> Sound:
    """Return a sound played faster: pitch and tempo change alike."""
    places = np.arange(int(sound.size / factor)) * factor
    return np.interp(places, np.arange(sound.size), sound).astype(np.float32)


def _without_edges(sound: Sound) -> Sound:
    """Cut quiet edges off, so that the truth holds speech only."""
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.abs(sound).max()) if sound.size else sound
    return sound[max(0, loud[0] - 320) : loud[-1] + 320] if loud.size else sound


def _at(ms: int) -> int:
    return max(0, ms) * RATE // 1000
