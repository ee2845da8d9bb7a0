"""A project's names of brands and products: reading the list, and how much of it a recogniser can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.text.normalize import normalise

BUDGET = 223
"""Tokens that Whisper takes before each window; what is beyond them it does not see."""

_LATIN = 3.0  # characters of a token: names are cut finer than prose
_OTHER = 1.6
_BETWEEN = 1.0  # the comma between two names


@dataclass(frozen=True)
class Fit:
    """Which names a recogniser is told, and which are too many."""

    heard: tuple[str, ...]
    left_out: tuple[str, ...]


def names(text: str) -> list[str]:
    """Read a list of names: one a line, or several with commas or semicolons between; none twice."""
    return merged(re.split(r"[\n,;]", normalise(text)))


def merged(*lists: Iterable[str]) -> list[str]:
    """Join lists of names in their order; of twins that differ in capitals only the first is kept."""
    found: dict[str, str] = {}
    for name in (" ".join(name.split()) for one in lists for name in one):
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def fit(listed: Sequence[str]) -> Fit:
    """Return the names from the beginning of the list that fit before a window.

    Tokens are estimated by length: about three Latin letters, or one and a half of another script.
    """
    room = float(BUDGET)
    for number, name in enumerate(listed):
        room -= _tokens(name) + _BETWEEN
        if room < 0:
            return Fit(tuple(listed[:number]), tuple(listed[number:]))
    return Fit(tuple(listed), ())


def prompt(text: str) -> str:
    """Return what every window is primed with: the names that fit, as one line."""
    return ", ".join(fit(names(text)).heard)


def _tokens(name: str) -> float:
    return sum(1 / (_LATIN if sign.isascii() else _OTHER) for sign in name)
