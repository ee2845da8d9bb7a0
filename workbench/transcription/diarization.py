"""Who says each word, from prints of the voice taken all along a recording.

Prints are grouped (average linkage on a sample of them, then every print to the nearest group), and
the likeliest sequence of voices is laid along the words: what is said within one breath is seldom
said by two people, and people answer after a pause or a finished sentence.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from workbench.transcription.audio import Samples
from workbench.transcription.engine import Word
from workbench.transcription.voiceprints import PRINT_NUMBERS, STRETCH_MS, likeness, pack, unpack

Key = TypeVar("Key", bound=Hashable)
Voices = Sequence[tuple[int, int, str]]
"""``(start_ms, end_ms, print)`` of stretches of speech."""

MOST_VOICES = 4
"""How many voices are looked for when nobody says how many there are."""

_Numbers = npt.NDArray[np.int64]

_FEW = 4  # fewer prints than this tell nothing
_GROUPED = 1_200  # prints that are grouped with one another; the others join the nearest group
_LONG_MS = 1_000  # shorter stretches are too uncertain to make groups of
_SHARES = (
    0.025,
    0.01,
    0.0,
)  # least share of the stretches a person has; a smaller group is laughter or two at once
_CUTS = 40  # how many groups are looked through for as many real voices as there are people
_STRANGERS = 0.55  # likeness of two voices above which they could be one
_LEAST_STRETCHES = 4  # a voice must be heard that often, when nobody says how many there are
_ROUNDS = 5
_CLEAR = 0.1  # a print this much nearer to one voice than to any other belongs to it alone

_EVIDENCE = 12.0  # what one second of a print says, for each unit of likeness
_REACH_MS = 900  # a print says little about words further than this from its middle
_OUTSIDE = 0.1  # weight of a print taken beside the word, where none was taken around it
_LONG_WORD_MS = 700  # a longer word has silence in front of it
_MOST = 0.6  # one print must not decide alone
_ANSWER = 1.0  # how much likelier another voice goes on after a question
# What a change of voice costs, by the pause in front of it: within a sentence, and after one.
_CHANGE = ((100, 6.0, 2.5), (300, 4.0, 2.0), (600, 2.0, 1.0), (1_000, 1.0, 0.3), (10**9, 0.3, 0.0))
_OWN_SHARE = 0.8  # of a stretch that one voice must say for the print to count as its own
# One interviewer in three recordings is alike 0.92 and more, two people 0.42 and less (samples); real rooms
# and telephones lie between.
_SAME = 0.6
_AHEAD = 0.1
_SENTENCE_ENDS = (".", "!", "?", "…")
_QUOTES = "\"'»”’)"
_BLIP_MS = 700
_BREATH_MS = 200  # a short word between pauses of this length is a turn of its own


def voices_of_words(words: Sequence[Word], voices: Voices, speakers: int) -> list[int] | None:
    """Return the number of the voice of each word; None when the prints tell nothing.

    Voice 0 is the one that speaks first.

    Args:
        words: in the order they were said.
        voices: prints of the recording.
        speakers: how many voices there are; 0 lets the prints say.
    """
    if not words or len(voices) < _FEW:
        return None
    heard = _Heard.of(voices)
    centres = find_voices(heard.prints, heard.lengths, speakers)
    path = _likeliest(words, _evidence(words, heard, centres))
    return _first_is_zero(_without_blips(words, path))


def find_voices(prints: Samples, lengths: _Numbers, speakers: int = 0) -> Samples:
    """Return the mean print of each voice.

    Args:
        prints: one a row, each of length one.
        lengths: milliseconds each was measured on.
        speakers: how many voices there are; 0 lets the prints say, at most four.
    """
    long = np.flatnonzero(lengths >= min(_LONG_MS, int(np.quantile(lengths, 0.5))))
    if len(long) > _GROUPED:
        long = long[np.linspace(0, len(long) - 1, _GROUPED).astype(int)]
    chosen = prints[long]
    merges = _linkage(chosen)
    if speakers:
        return _so_many(chosen, merges, speakers)
    for count in range(MOST_VOICES, 1, -1):
        groups = _cut(merges, len(chosen), count, _SHARES[0])
        if len(groups) < count:
            continue
        centres = _refined(chosen, _means(chosen, groups))
        heard = np.bincount((prints @ centres.T).argmax(axis=1), minlength=count)
        if _are_strangers(centres) and heard.min() >= _LEAST_STRETCHES:
            return centres
    return _so_many(chosen, merges, 1)


def _so_many(rows: Samples, merges: Sequence[tuple[float, int, int]], wanted: int) -> Samples:
    """Return the means of the wanted number of groups.

    The larger the share of speech that each has, the better; but two voices that are unlike each
    other, one of which says little, go before two moods of one voice.
    """
    found: Samples | None = None
    for share in _SHARES:
        groups = _cut(merges, len(rows), wanted, share)
        if len(groups) == wanted:
            centres = _refined(rows, _means(rows, groups))
            if _are_strangers(centres):
                return centres
            found = centres if found is None else found
    if found is not None:
        return found
    labels = _labels(merges, len(rows), min(wanted, len(rows)))
    return _means(rows, [np.flatnonzero(labels == label) for label in np.unique(labels)])


def _are_strangers(centres: Samples) -> bool:
    """Whether no two of the voices could be one."""
    alike = centres @ centres.T - 2 * np.eye(len(centres))
    return bool(alike.max() < _STRANGERS)


def mean_prints(spoken: Sequence[tuple[int, int, int]], voices: Voices) -> dict[int, str]:
    """Return the mean print of each voice.

    Args:
        spoken: ``(start_ms, end_ms, voice)`` of what is said.
        voices: prints of the recording; one counts for a voice that says nearly all of its stretch.
    """
    if not spoken:
        return {}
    starts, ends, numbers = np.array(spoken, np.int64).T
    sums = np.zeros((int(numbers.max()) + 1, PRINT_NUMBERS))
    for start, end, text in voices:
        shared = np.clip(np.minimum(ends, end) - np.maximum(starts, start), 0, None)
        shares = np.bincount(numbers, shared, minlength=len(sums))
        number = int(shares.argmax())
        if (
            shares[number] >= _OWN_SHARE * (end - start)
            and shares[number] >= _OWN_SHARE * shares.sum()
        ):
            sums[number] += unpack(text) * min(end - start, STRETCH_MS)
    return {number: pack(row) for number, row in enumerate(sums) if row.any()}


def match_voices(prints: Mapping[int, str], known: Sequence[tuple[Key, str]]) -> dict[int, Key]:
    """Return which voices are surely among known ones.

    A voice is left out when it is not alike enough, or when another voice of the same recording is
    nearly as much like the known one.

    Args:
        prints: the mean print of each voice of a recording.
        known: who, and a print of the voice; there may be several of one person.
    """
    alike = {
        (number, key): max(likeness(text, other) for who, other in known if who == key)
        for number, text in prints.items()
        for key in dict.fromkeys(who for who, _print in known)
    }
    found: dict[int, Key] = {}
    for (number, key), likest in sorted(alike.items(), key=lambda item: -item[1]):
        others = [alike[other, key] for other in prints if other != number]
        sure = likest >= _SAME and likest - max(others, default=-1.0) >= _AHEAD
        if sure and number not in found and key not in found.values():
            found[number] = key
    return found


@dataclass(frozen=True)
class _Heard:
    """The prints of a recording as arrays."""

    middles: _Numbers
    lengths: _Numbers
    prints: Samples

    @classmethod
    def of(cls, voices: Voices) -> _Heard:
        """Unpack stored prints, in the order of their middles."""
        ordered = sorted(voices, key=lambda voice: (voice[0] + voice[1], voice[0]))
        times = np.array([(start, end) for start, end, _print in ordered], np.int64)
        return cls(
            times.sum(axis=1) // 2,
            times[:, 1] - times[:, 0],
            np.stack([unpack(text) for _start, _end, text in ordered]),
        )


def _linkage(rows: Samples) -> list[tuple[float, int, int]]:
    """Return the merges of average linkage, most alike first, as (likeness, one row, another row).

    Nearest-neighbour chains: each step looks at one row of the table only.
    """
    count = len(rows)
    alike = (rows @ rows.T).astype(np.float32)
    np.fill_diagonal(alike, -np.inf)
    sizes = np.ones(count, np.float32)
    alive = np.ones(count, bool)
    chain: list[int] = []
    merges: list[tuple[float, int, int]] = []
    while len(merges) < count - 1:
        if not chain:
            chain.append(int(alive.argmax()))
        here = chain[-1]
        best = int(alike[here].argmax())
        if len(chain) > 1 and alike[here, chain[-2]] >= alike[here, best]:
            best = chain[-2]
            del chain[-2:]
            keep, gone = min(here, best), max(here, best)
            merges.append((float(alike[keep, gone]), keep, gone))
            row = (sizes[keep] * alike[keep] + sizes[gone] * alike[gone]) / (
                sizes[keep] + sizes[gone]
            )
            sizes[keep] += sizes[gone]
            alive[gone] = False
            row[~alive] = -np.inf
            row[keep] = -np.inf
            alike[keep] = alike[:, keep] = row
            alike[gone] = alike[:, gone] = -np.inf
        else:
            chain.append(best)
    return sorted(merges, key=lambda merge: -merge[0])


def _cut(
    merges: Sequence[tuple[float, int, int]], count: int, wanted: int, share: float
) -> list[_Numbers]:
    """Return the rows of the wanted number of groups: those of the coarsest cut that has as many large ones.

    There are fewer when no cut has so many groups with that share of the rows.
    """
    least = max(2.0, share * count)
    groups: list[_Numbers] = []
    for pieces in range(wanted, min(wanted + _CUTS, count) + 1):
        labels = _labels(merges, count, pieces)
        found, sizes = np.unique(labels, return_counts=True)
        groups = [np.flatnonzero(labels == label) for label in found[sizes >= least]]
        if len(groups) >= wanted:
            break
    return sorted(groups, key=len, reverse=True)[:wanted]


def _labels(merges: Sequence[tuple[float, int, int]], count: int, pieces: int) -> _Numbers:
    """Return the group of each row after the most alike merges."""
    parent = list(range(count))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for _alike, one, other in merges[: count - pieces]:
        parent[root(other)] = root(one)
    return np.array([root(row) for row in range(count)], np.int64)


def _means(rows: Samples, groups: Sequence[_Numbers]) -> Samples:
    """Return the mean direction of each group."""
    return _unit(np.stack([rows[group].mean(axis=0) for group in groups]))


def _refined(rows: Samples, centres: Samples) -> Samples:
    """Move each centre to the mean of the rows that clearly belong to it."""
    if len(centres) == 1:
        return centres
    for _round in range(_ROUNDS):
        alike = rows @ centres.T
        nearest = alike.argmax(axis=1)
        best = np.sort(alike, axis=1)
        clear = best[:, -1] - best[:, -2] >= _CLEAR
        moved = centres.copy()
        for number in range(len(centres)):
            own = rows[clear & (nearest == number)]
            if len(own):
                moved[number] = own.mean(axis=0)
        centres = _unit(moved)
    return centres


def _unit(rows: Samples) -> Samples:
    """Return rows of length one."""
    result: Samples = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return result


def _evidence(words: Sequence[Word], heard: _Heard, centres: Samples) -> Samples:
    """Return what the prints around each word say for each voice."""
    alike = heard.prints @ centres.T
    alike = np.clip(alike - alike.mean(axis=1, keepdims=True), -_MOST, _MOST)
    found = np.zeros((len(words), len(centres)), np.float32)
    for number, word in enumerate(words):
        start = max(word.start_ms, word.end_ms - _LONG_WORD_MS)
        middle = (start + word.end_ms) // 2
        first, last = np.searchsorted(heard.middles, [middle - _REACH_MS, middle + _REACH_MS])
        if first == last:
            continue
        near = slice(first, last)
        half = heard.lengths[near] / 2
        away = np.abs(heard.middles[near] - middle)
        weights = 1.0 - away / _REACH_MS
        weights = weights * np.where(away < half, 1.0, _OUTSIDE)
        said = (weights[:, None] * alike[near]).sum(axis=0) / max(float(weights.sum()), 1e-6)
        found[number] = said * (_EVIDENCE * max(word.end_ms - start, 50) / 1000)
    return found


def _likeliest(words: Sequence[Word], evidence: Samples) -> list[int]:
    """Return the likeliest sequence of voices (Viterbi)."""
    count = evidence.shape[1]
    if count == 1:
        return [0] * len(words)
    scores = evidence[0].astype(np.float64)
    came_from = np.zeros((len(words), count), np.int64)
    stay = np.arange(count)
    for number in range(1, len(words)):
        best = int(scores.argmax())
        changed = scores[best] - _change(words[number - 1], words[number])
        stays = scores >= changed
        came_from[number] = np.where(stays, stay, best)
        scores = np.where(stays, scores, changed) + evidence[number]
    voice = int(scores.argmax())
    path = [voice]
    for number in range(len(words) - 1, 0, -1):
        voice = int(came_from[number, voice])
        path.append(voice)
    return path[::-1]


def _change(before: Word, word: Word) -> float:
    """Return what it costs that another voice says the next word."""
    start = max(word.start_ms, word.end_ms - _LONG_WORD_MS)
    pause = start - before.end_ms
    inside, after = next(costs for longest, *costs in _CHANGE if pause < longest)
    text = before.text.rstrip().rstrip(_QUOTES)
    if not text.endswith(_SENTENCE_ENDS):
        return inside
    return after - _ANSWER if text.endswith("?") else after


def _without_blips(words: Sequence[Word], path: list[int]) -> list[int]:
    """Give very short runs to their neighbours, unless they stand between pauses."""
    runs: list[list[int]] = []
    for number, voice in enumerate(path):
        if runs and path[runs[-1][0]] == voice:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    smoothed = list(path)
    for place, (first, last) in enumerate(runs):
        inner = 0 < place < len(runs) - 1
        if not inner or words[last].end_ms - words[first].start_ms >= _BLIP_MS:
            continue
        before = words[first].start_ms - words[first - 1].end_ms
        after = words[last + 1].start_ms - words[last].end_ms
        if max(before, after) < _BREATH_MS or (
            min(before, after) < _BREATH_MS and smoothed[first - 1] == path[last + 1]
        ):
            smoothed[first : last + 1] = [smoothed[first - 1]] * (last + 1 - first)
    return smoothed


def _first_is_zero(path: Sequence[int]) -> list[int]:
    """Number voices in the order in which they first speak."""
    order: dict[int, int] = {}
    for voice in path:
        order.setdefault(voice, len(order))
    return [order[voice] for voice in path]
