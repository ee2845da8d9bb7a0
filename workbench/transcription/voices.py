"""Telling two voices apart without a model: by channel, or by pitch when they clearly differ."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.transcription.engine import Word

_APART = 1.2  # the higher voice must be at least 20 % above the lower one
_SEPARATION = 2.5  # distance of the two groups in their own spreads; below it they overlap
_SHARE = 0.05  # a group with less of the speech is laughter or a croak, not a person
_FEW_PIECES = 4
_ROUNDS = 30


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


def assign_voices(pieces: Sequence[Piece]) -> list[int | None]:
    """Return the number of the voice of each piece; all None when voices cannot be told apart.

    Voice 0 is the one that speaks first.
    """
    by_channel = [_channel(piece) for piece in pieces]
    if pieces and None not in by_channel and len(set(by_channel)) > 1:
        return _first_is_zero(by_channel)
    return _by_pitch(pieces)


def _channel(piece: Piece) -> int | None:
    """Return the channel most of a piece is in."""
    channels = [word.channel for word in piece.words if word.channel is not None]
    return max(sorted(set(channels)), key=channels.count) if channels else None


def _by_pitch(pieces: Sequence[Piece]) -> list[int | None]:
    """Group pieces into a low and a high voice, when the recording has both."""
    unknown: list[int | None] = [None] * len(pieces)
    heights = [_height(piece) for piece in pieces]
    known = [
        (height, weight)
        for height, weight in ((h, _voiced_ms(p)) for h, p in zip(heights, pieces, strict=True))
        if height is not None
    ]
    border = _border(known)
    if border is None:
        return unknown
    found: list[int | None] = [
        None if height is None else int(height > border) for height in heights
    ]
    return _first_is_zero(_filled(found))


def _height(piece: Piece) -> float | None:
    """Return the middle pitch of a piece in octaves; None when no word has a pitch."""
    pitches = [word.pitch_hz for word in piece.words if word.pitch_hz]
    return math.log2(statistics.median(pitches)) if pitches and not piece.suspected else None


def _voiced_ms(piece: Piece) -> int:
    """Return how long the words with a pitch last; long pieces are surer than short ones."""
    return sum(max(1, word.end_ms - word.start_ms) for word in piece.words if word.pitch_hz)


def _border(known: Sequence[tuple[float, int]]) -> float | None:
    """Return the pitch between two clearly different voices, or None when there is one voice or no telling.

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
    return (low + high) / 2 if high - low >= _SEPARATION * spread else None


def _mean(group: Sequence[tuple[float, int]]) -> float:
    """Return the weighted mean height."""
    return sum(height * weight for height, weight in group) / sum(
        weight for _height, weight in group
    )


def _filled(found: list[int | None]) -> list[int | None]:
    """Give a piece without a pitch the voice of the piece before it, or of the next one."""
    filled: list[int | None] = []
    last: int | None = next((voice for voice in found if voice is not None), None)
    for voice in found:
        last = voice if voice is not None else last
        filled.append(last)
    return filled


def _first_is_zero(voices: Sequence[int | None]) -> list[int | None]:
    """Number voices in the order in which they first speak."""
    order: dict[int | None, int] = {}
    for voice in voices:
        order.setdefault(voice, len(order))
    return [order[voice] for voice in voices]
