"""Word forms: очередь, очереди, очередью; go, goes, went. Russian by a dictionary, English by its endings.

Words come folded (``text.fold``). The dictionary is opened at the first Russian word and takes a moment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from workbench.text.fold import fold

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")

_LEAST_SHARE = 0.1
"""How often a reading of a word must be meant: "стали" is nearly always "стать", hardly ever "сталь"."""
_MOST_READINGS = 2
"""Readings of a word that the dictionary does not know: they are guessed from its ending."""
_SAFE_BEGINNING = 4
"""Letters that all English forms of a word share at most; endings are cut behind them."""

_IRREGULAR = """
be am is are was were been being; have has had; do does did done; go goes went gone; say said;
get got gotten; make made; know knew known; think thought; take took taken; see saw seen; come came;
find found; give gave given; tell told; feel felt; become became; leave left; mean meant; keep kept;
begin began begun; show shown; hear heard; run ran; bring brought; write wrote written; sit sat;
stand stood; lose lost; pay paid; meet met; lead led; understand understood; speak spoke spoken;
spend spent; grow grew grown; win won; teach taught; buy bought; send sent; build built; fall fell fallen;
sell sold; catch caught; draw drew drawn; choose chose chosen; sleep slept; eat ate eaten; drive drove driven;
break broke broken; rise rose risen; wear wore worn; forget forgot forgotten; hold held; throw threw thrown;
fly flew flown; sing sang sung; drink drank drunk; swim swam swum; steal stole stolen; wake woke woken;
hide hid hidden; ride rode ridden; shake shook shaken; fight fought; seek sought; bite bit bitten;
lie lying; die dying; tie tying; lend lent; shoot shot; stick stuck; hang hung; deal dealt; dream dreamt;
burn burnt; learn learnt; forgive forgave forgiven; mistake mistook mistaken; withdraw withdrew withdrawn;
man men; woman women; child children; foot feet; tooth teeth; mouse mice
"""


@dataclass(frozen=True, slots=True)
class WordForms:
    """Which words of a text are forms of one word."""

    beginnings: tuple[str, ...]
    """Every form begins with one of these, so that a text can be looked through quickly."""
    fits: Callable[[str], bool]
    """Tells whether a folded word is one of the forms."""


@lru_cache(maxsize=2_000)
def forms_of(word: str) -> WordForms:
    """Return the forms of a folded word."""
    if _CYRILLIC.search(word):
        return _among(_russian_forms(word))
    if _LATIN.search(word):
        return _english_forms(word)
    return _among({word})


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """Return what all forms of a folded word have in common, folded, too: its dictionary form or its stem."""
    if _CYRILLIC.search(word):
        return fold(_dictionary().parse(word)[0].normal_form)
    return _english_key(word) if _LATIN.search(word) else word


@lru_cache(maxsize=2_000)
def dictionary_form(word: str) -> str | None:
    """Return how a Russian dictionary writes a lemma, with ё; None for words of other scripts."""
    if not _CYRILLIC.search(word):
        return None
    forms = (str(reading.normal_form) for reading in _dictionary().parse(word))
    return next((form for form in forms if fold(form) == word), word)


# -- Russian -----------------------------------------------------------------------------------


@cache
def _dictionary() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def _russian_forms(word: str) -> set[str]:
    """Return all forms of what a word may be a form of; rare readings are left out."""
    found = {word}
    shares: dict[str, float] = {}
    readings: dict[str, Any] = {}
    for reading in _dictionary().parse(word):
        shares[reading.normal_form] = shares.get(reading.normal_form, 0.0) + reading.score
        readings.setdefault(reading.normal_form, reading)
    likely = sorted(shares, key=lambda form: -shares[form])
    if not _dictionary().word_is_known(word):
        likely = likely[:_MOST_READINGS]
    for place, form in enumerate(likely):
        if place and shares[form] < _LEAST_SHARE:
            break
        found.update(fold(other.word) for other in readings[form].lexeme)
    return found


def _among(forms: set[str]) -> WordForms:
    alike: dict[str, list[str]] = {}
    for form in forms:
        alike.setdefault(form[:2], []).append(form)
    return WordForms(
        _shortest({_beginning(some) for some in alike.values()}), frozenset(forms).__contains__
    )


def _beginning(words: list[str]) -> str:
    """Return the letters that all words begin with."""
    first, last = min(words), max(words)
    same = (place for place, sign in enumerate(first) if sign != last[place])
    return first[: next(same, len(first))]


# -- English -----------------------------------------------------------------------------------


@cache
def _irregular() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the base of each irregular form, and the irregular forms of each base."""
    groups = [group.split() for group in _IRREGULAR.split(";")]
    return (
        {form: group[0] for group in groups for form in group[1:]},
        {group[0]: tuple(group[1:]) for group in groups},
    )


@cache
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")


@lru_cache(maxsize=50_000)
def _english_key(word: str) -> str:
    return str(_stemmer().stemWord(_irregular()[0].get(word, word)))


def _english_forms(word: str) -> WordForms:
    key = _english_key(word)
    bases, irregular = _irregular()
    base = bases.get(word, word)
    known = [key, *(form for form in irregular if _english_key(form) == key), base]
    beginnings = {form[: max(1, min(len(form) - 1, _SAFE_BEGINNING))] for form in known}
    for form in known:
        beginnings.update(irregular.get(form, ()))
    return WordForms(_shortest(beginnings), lambda other: _english_key(other) == key)


def _shortest(beginnings: set[str]) -> tuple[str, ...]:
    """Leave out beginnings that begin with another one."""
    kept: list[str] = []
    for beginning in sorted(beginnings, key=len):
        if not beginning.startswith(tuple(kept)):
            kept.append(beginning)
    return tuple(kept)
