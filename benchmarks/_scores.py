"""How far recognised words are from those that were said."""

from __future__ import annotations

import re
from dataclasses import dataclass

import jiwer

from workbench.text.fold import fold

_UNITS = {
    "ru": (
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
        "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
    ),
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ),
}
_TENS = {
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_HUNDREDS = {
    "ru": "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    "en": " ".join(f"{unit}-hundred" for unit in _UNITS["en"].split()[1:10]),
}


@dataclass(frozen=True, slots=True)
class Errors:
    """Word errors: what they are made of, and of how many words that were said."""

    inserted: int
    deleted: int
    replaced: int
    said: int

    @property
    def percent(self) -> float:
        return (self.inserted + self.deleted + self.replaced) / max(1, self.said) * 100

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.inserted + other.inserted,
            self.deleted + other.deleted,
            self.replaced + other.replaced,
            self.said + other.said,
        )


def plain(text: str, language: str = "ru") -> str:
    """Return what a person hears: lower case, е for ё, no punctuation, numbers below a thousand as words."""
    words = re.sub(r"[^\w\s]", " ", fold(text)).split()
    return " ".join(
        spelled(int(word), language)
        if word.isascii() and word.isdigit() and len(word) < 4
        else word
        for word in words
    )


def spelled(number: int, language: str) -> str:
    """Return a number below a thousand in words; digits are a way to write, not an error."""
    parts = []
    if number >= 100:
        parts += _HUNDREDS[language].split()[number // 100 - 1].split("-")
        number %= 100
    if number >= 20:
        parts.append(_TENS[language].split()[number // 10 - 2])
        number %= 10
    if number or not parts:
        parts.append(_UNITS[language].split()[number])
    return " ".join(parts)


def word_errors(said: str, recognised: str, language: str = "ru") -> Errors:
    """Compare a script with what was recognised."""
    found = jiwer.process_words(plain(said, language), plain(recognised, language))
    words = found.hits + found.substitutions + found.deletions
    return Errors(found.insertions, found.deletions, found.substitutions, words)


def letters(text: str, language: str = "ru") -> str:
    """Return a text without anything but letters and digits, to find a name however it is spaced."""
    return plain(text, language).replace(" ", "").replace("_", "")
