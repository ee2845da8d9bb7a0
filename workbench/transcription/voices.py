"""Telling two voices apart without a model: by channel, or by pitch when they clearly differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.transcription.engine import Word

_APART = 1.2  # the higher voice must be at least 20 % above the lower one
_SEPARATION = 2.5  # distance of the two groups in their own spreads; below it they overlap
_SHARE = 0.05  # a group with less of the speech is laughter or a croak, not a person
_FEW_PIECES = 4
_ROUNDS = 30
_LEAST_SPREAD = 0.03  # octaves; half a semitone
# What a change of voice costs, by the pause (milliseconds) it happens in: people seldom answer within
# a third of a second, and seldom pause for more than two thirds within one thought (below 0: changing is likelier than going on).
_CHANGE = ((300, 3.0), (600, 2.0), (700, 0.0), (math.inf, -1.0))
_FARTHEST = 12.0  # one wild pitch must not decide alone


@dataclass(frozen=True)
class Piece:
    """Some words said by one voice: a sentence, or what stands between two pauses."""

    words: tuple[Word, ...]
    suspected: bool = False

    @property
    def start_ms(self) -> int:
        """When its first word starts."""
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        """When its last word ends."""
        return self.words[-1].end_ms

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)


def by_channel(pieces: Sequence[Piece]) -> list[int | None] | None:
    """Return the number of the voice of each piece by its channel; None without one voice a channel.

    Voice 0 is the one that speaks first.
    """
    channels = [_channel(piece) for piece in pieces]
    if not pieces or None in channels or len(set(channels)) == 1:
        return None
    return _first_is_zero(channels)


def by_pitch(pieces: Sequence[Piece]) -> list[int | None]:
    """Return whether the lower or the higher voice says each piece; all None when there is no telling.

    Voice 0 is the one that speaks first.
    """
    heights = [_height(piece) for piece in pieces]
    known = [
        (height, weight)
        for height, weight in ((h, _voiced_ms(p)) for h, p in zip(heights, pieces, strict=True))
        if height is not None
    ]
    voices = _two_voices(known)
    if voices is None:
        return [None] * len(pieces)
    return _first_is_zero(_likeliest(pieces, heights, voices))


def _channel(piece: Piece) -> int | None:
    """Return the channel most of a piece is in."""
    channels = [word.channel for word in piece.words if word.channel is not None]
    return max(sorted(set(channels)), key=channels.count) if channels else None


def _height(piece: Piece) -> float | None:
    """Return the mean pitch of a piece in octaves; None when no word has a pitch."""
    pitched = [
        (math.log2(word.pitch_hz), max(1, word.end_ms - word.start_ms))
        for word in piece.words
        if word.pitch_hz
    ]
    return _mean(pitched) if pitched and not piece.suspected else None


def _voiced_ms(piece: Piece) -> int:
    """Return how long the words with a pitch last; long pieces are surer than short ones."""
    return sum(max(1, word.end_ms - word.start_ms) for word in piece.words if word.pitch_hz)


def _two_voices(known: Sequence[tuple[float, int]]) -> tuple[float, float, float] | None:
    """Return the pitches of two clearly different voices and their spread; None when there is no telling.

    Two-means on weighted heights; then the groups must be 20 % apart, both must carry speech, and
    their spreads must leave a gap.
    """
    if len(known) < _FEW_PIECES:
        return None
    low, high = min(known)[0], max(known)[0]
    groups: tuple[list[tuple[float, int]], list[tuple[float, int]]] = ([], [])
    for _round in range(_ROUNDS):
        middle = (low + high) / 2
        groups = ([k for k in known if k[0] <= middle], [k for k in known if k[0] > middle])
        if not groups[0] or not groups[1]:
            return None
        new_low, new_high = _mean(groups[0]), _mean(groups[1])
        if (new_low, new_high) == (low, high):
            break
        low, high = new_low, new_high
    weights = [sum(weight for _height, weight in group) for group in groups]
    if high - low < math.log2(_APART) or min(weights) < _SHARE * sum(weights):
        return None
    spread = math.sqrt(
        sum(
            w * (h - centre) ** 2
            for group, centre in zip(groups, (low, high), strict=True)
            for h, w in group
        )
        / sum(weights)
    )
    return (low, high, max(spread, _LEAST_SPREAD)) if high - low >= _SEPARATION * spread else None


def _likeliest(
    pieces: Sequence[Piece], heights: Sequence[float | None], voices: tuple[float, float, float]
) -> list[int | None]:
    """Return the cheapest sequence of voices (Viterbi): how far each pitch is, and what changing costs."""
    low, high, spread = voices
    costs = [0.0, 0.0]
    came_from: list[tuple[int, int]] = []
    for number, (piece, height) in enumerate(zip(pieces, heights, strict=True)):
        pause = piece.start_ms - pieces[number - 1].end_ms if number else 0
        change = next(cost for longest, cost in _CHANGE if pause < longest) if number else 0.0
        steps = [(costs[1 - voice] + change, 1 - voice) for voice in (0, 1)]
        best = [min((costs[voice], voice), steps[voice]) for voice in (0, 1)]
        came_from.append((best[0][1], best[1][1]))
        far = [0.0, 0.0]
        if height is not None:
            sure = min(1.0, _voiced_ms(piece) / 1000)
            far = [
                sure * min(_FARTHEST, ((height - centre) / spread) ** 2 / 2)
                for centre in (low, high)
            ]
        costs = [best[voice][0] + far[voice] for voice in (0, 1)]
    voice = 0 if costs[0] <= costs[1] else 1
    found: list[int | None] = []
    for before in reversed(came_from):
        found.append(voice)
        voice = before[voice]
    return found[::-1]


def _mean(group: Sequence[tuple[float, int]]) -> float:
    """Return the weighted mean height."""
    return sum(height * weight for height, weight in group) / sum(
        weight for _height, weight in group
    )


def _first_is_zero(voices: Sequence[int | None]) -> list[int | None]:
    """Number voices in the order in which they first speak."""
    order: dict[int | None, int] = {}
    for voice in voices:
        order.setdefault(voice, len(order))
    return [order[voice] for voice in voices]
