"""How far recognised words are from those that were said."""

from __future__ import annotations

import re
from dataclasses import dataclass

import jiwer

from workbench.text.fold import fold

_NUMBERS = {
    "ru": [
        "ноль",
        "один",
        "два",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
    ],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}


@dataclass(frozen=True, slots=True)
class Errors:
    """Word errors: the share, and what it is made of."""

    percent: float
    inserted: int
    deleted: int
    replaced: int


def plain(text: str, language: str = "ru") -> str:
    """Return what a person hears: lower case, е for ё, no punctuation, small numbers as words."""
    numbers = _NUMBERS[language]
    words = re.sub(r"[^\w\s]", " ", fold(text)).split()
    return " ".join(
        numbers[int(word)]
        if word.isascii() and word.isdigit() and int(word) < len(numbers)
        else word
        for word in words
    )


def word_errors(said: str, recognised: str, language: str = "ru") -> Errors:
    """Compare a script with what was recognised."""
    found = jiwer.process_words(plain(said, language), plain(recognised, language))
    return Errors(found.wer * 100, found.insertions, found.deletions, found.substitutions)


def letters(text: str, language: str = "ru") -> str:
    """Return a text without anything but letters and digits, to find a name however it is spaced."""
    return plain(text, language).replace(" ", "").replace("_", "")
