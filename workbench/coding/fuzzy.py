"""Ranking codes for what was typed: by name, path and description, even in the wrong keyboard layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from workbench.text.fold import fold

_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_CYRILLIC: Final = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)

_FLOOR: Final = 60.0
_SHORT: Final = 3  # letters; shorter queries must match letters in order, likeness says nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code that can be picked."""

    id: str
    name: str
    path: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate and how well it fits (0–100); ``swapped`` when the other layout was meant."""

    candidate: Candidate
    score: float
    swapped: bool = False


def other_layout(query: str) -> str:
    """Return what the same keys give in the other keyboard layout: ``ghfqc`` → ``прайс``."""
    latin = sum(character in _LATIN for character in query)
    cyrillic = sum(character in _CYRILLIC for character in query)
    return query.translate(_TO_CYRILLIC if latin >= cyrillic else _TO_LATIN)


def rank_codes(
    query: str, candidates: Sequence[Candidate], *, recent: Sequence[str] = (), limit: int = 50
) -> tuple[Match, ...]:
    """Return the codes that fit a query, best first; without a query, recent ones and then the rest.

    A beginning of a name beats a beginning of a word in it, which beats any part of it, which
    beats the path, the description and mere likeness; among equals the recently used come first.
    """
    place = {code: i for i, code in enumerate(recent)}
    wanted = fold(" ".join(query.split()))
    if not wanted:
        order = sorted(candidates, key=lambda c: place.get(c.id, len(place)))
        return tuple(Match(candidate, 0.0) for candidate in order[:limit])
    swapped = fold(other_layout(wanted))
    matches: list[Match] = []
    for candidate in candidates:
        name, path = fold(candidate.name), fold(candidate.path)
        description = fold(candidate.description)
        typed = _score(wanted, name=name, path=path, description=description)
        meant = _score(swapped, name=name, path=path, description=description) - 1
        score = max(typed, meant)
        if score >= _FLOOR:
            matches.append(Match(candidate, score, swapped=meant > typed))
    matches.sort(
        key=lambda m: (-m.score, place.get(m.candidate.id, len(place)), len(m.candidate.name))
    )
    return tuple(matches[:limit])


def _score(query: str, *, name: str, path: str, description: str) -> float:
    if not query:
        return 0.0
    rules = (
        (100.0, query == name),
        (97.0, name.startswith(query)),
        (94.0, f" {query}" in f" {name}".replace("-", " ")),
        (90.0, query in name),
        (88.0, _all_words_begin(query, name)),
        (84.0, query in path or _all_words_begin(query, path)),
        (78.0, len(query) >= _SHORT and f" {query}" in f" {description}"),
    )
    plain = next((score for score, fits in rules if fits), 0.0)
    return plain or _likeness(query, name) or (62.0 if _initials(query, name) else 0.0)


def _all_words_begin(query: str, text: str) -> bool:
    """Tell whether every word of the query begins some word of the text: "ждал отв" fits."""
    have = text.replace("/", " ").split()
    return all(any(word.startswith(part) for word in have) for part in query.split())


def _likeness(query: str, name: str) -> float:
    """Return up to 77 for a name with slips of the key; 0 when it is not alike."""
    if len(query) <= _SHORT:
        return 0.0
    score = max(fuzz.ratio(query, name), fuzz.partial_ratio(query, name) - 4)
    best_word = max((fuzz.ratio(query, word[: len(query) + 1]) for word in name.split()), default=0)
    score = max(score, best_word)
    return 60.0 + (score - 74) * 0.65 if score >= 74 else 0.0  # noqa: PLR2004 - one slip in four letters


def _initials(query: str, name: str) -> bool:
    """Tell whether the query is made of the first letters of the words: ``до`` for "Долгий ответ"."""
    first = "".join(word[0] for word in name.split())
    return len(query) > 1 and query.replace(" ", "") == first[: len(query)]
