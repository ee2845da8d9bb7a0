"""Codes whose names are nearly the same: slips of the key, other endings, the same words in another order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from workbench.text.fold import fold

FLOOR: Final = 86
"""Likeness (0–100) of the bare words from which two names count as alike: one slip in seven letters."""

_SHORTEST: Final = 5  # letters; shorter names resemble too many others, so they must be the same
_ROOT: Final = 4  # letters that must stay of a word whose ending is taken off
_WORD: Final = re.compile(r"\w+")
_ENDINGS: Final = {
    # a light stemmer: inflections only, the longest first; it need not find real roots, only the same ones
    "ru": tuple(
        sorted(
            [
                "иями",
                "ями",
                "ами",
                "ией",
                "иях",
                "ях",
                "ах",
                "ого",
                "его",
                "ому",
                "ему",
                "ыми",
                "ими",
                "ой",
                "ей",
                "ий",
                "ый",
                "ая",
                "яя",
                "ое",
                "ее",
                "ие",
                "ые",
                "ия",
                "иям",
                "ям",
                "ам",
                "ием",
                "ем",
                "ом",
                "ов",
                "ев",
                "их",
                "ых",
                "ую",
                "юю",
                "ью",
                "ться",
                "тся",
                "ить",
                "ать",
                "ять",
                "еть",
                "уть",
                "ыть",
                "ти",
                "ится",
                "ется",
                "ет",
                "ит",
                "ут",
                "ют",
                "ат",
                "ят",
                "ешь",
                "ишь",
                "ала",
                "ила",
                "ели",
                "али",
                "или",
                "ла",
                "ло",
                "ли",
                "ешься",
                "ость",
                "ости",
                "остей",
                "а",
                "я",
                "о",
                "е",
                "ы",
                "и",
                "у",
                "ю",
                "ь",
                "й",
            ],
            key=len,
            reverse=True,
        )
    ),
    "en": ("ings", "ing", "ies", "ed", "es", "s", "y", "e"),
}


@dataclass(frozen=True, slots=True)
class Alike:
    """Two codes with nearly the same name, and how alike the names are (0–100)."""

    one: str
    other: str
    score: float


def bare_words(name: str) -> str:
    """Return what two forms of a name have in common: its words, folded, without endings, in alphabetical order."""
    return " ".join(sorted(_root(word) for word in _WORD.findall(fold(name))))


def _root(word: str) -> str:
    language = "ru" if "\u0400" <= word[0] <= "\u04ff" else "en"
    for ending in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            return word.removesuffix(ending)
    return word


def near_duplicates(names: Iterable[tuple[str, str]]) -> tuple[Alike, ...]:
    """Return the pairs of codes with nearly the same name, the most alike first.

    Args:
        names: identifier and name of each code.
    """
    bare = [(code, bare_words(name)) for code, name in names]
    found: list[Alike] = []
    for place, (code, words) in enumerate(bare):
        for earlier, other in bare[:place]:
            if words and words == other:
                found.append(Alike(earlier, code, 100.0))
            elif min(len(words), len(other)) >= _SHORTEST:
                score = fuzz.ratio(words, other, score_cutoff=FLOOR)
                if score and not _other_number(words, other):
                    found.append(Alike(earlier, code, score))
    return tuple(sorted(found, key=lambda pair: -pair.score))


def _other_number(one: str, other: str) -> bool:
    """Tell whether two names differ in their numbers: "Wave 1" and "Wave 2" are different things."""
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)


def groups(pairs: Iterable[Alike]) -> list[list[str]]:
    """Return the codes that are alike, directly or through others, in groups."""
    group_of: dict[str, list[str]] = {}
    for pair in pairs:
        one = group_of.setdefault(pair.one, [pair.one])
        other = group_of.setdefault(pair.other, [pair.other])
        if one is not other:
            one.extend(other)
            for code in other:
                group_of[code] = one
    return [group for code, group in group_of.items() if group[0] == code]
