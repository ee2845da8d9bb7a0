"""What fields and kinds of codes are called in files: written in the language in force, read in every one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from workbench.coding.codebook import MARKS
from workbench.errors import InputError
from workbench.i18n import LANGUAGES, N_, _, catalogue
from workbench.text.fold import fold

KINDS: Final[Mapping[str, str]] = {
    "theme": N_("theme"),
    "barrier": N_("barrier"),
    "strength": N_("strength"),
    "need": N_("need"),
}
LABELS: Final[Mapping[str, str]] = {
    "kind": N_("Kind"),
    "when_to_use": N_("When to use"),
    "when_not": N_("When not to use"),
    "example": N_("Example"),
}
"""Parts of a description that have a label; the definition stands first, without one."""

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "no", "№", "номер"),
    "parent": ("parent", "родитель", "родительский код", "под кодом"),
    "code": ("code", "name", "path", "tag", "код", "название", "имя", "путь", "тег"),
    "kind": ("kind", "вид", "тип"),
    "definition": ("definition", "description", "определение", "описание"),
    "when_to_use": ("when_to_use", "when to use", "inclusion", "когда ставить"),
    "when_not": ("when_not", "when not to use", "exclusion", "когда не ставить"),
    "example": ("example", "пример"),
    "colour": ("colour", "color", "цвет"),
}


def column(heading: str) -> str | None:
    """Return the field that a column's heading names."""
    key = fold(" ".join(heading.split()))
    return next((name for name, words in _COLUMNS.items() if key in words), None)


@cache
def label_words() -> Mapping[str, str]:
    """Return the field of every label in every language, folded."""
    return _in_every_language(LABELS)


@cache
def _kind_words() -> Mapping[str, str]:
    marks = {mark: kind for kind, mark in MARKS.items()}
    return {**marks, **{kind: kind for kind in KINDS}, **_in_every_language(KINDS)}


def _in_every_language(words: Mapping[str, str]) -> dict[str, str]:
    return {
        fold(catalogue(code).gettext(word)): name
        for code in LANGUAGES
        for name, word in words.items()
    }


def kind_word(kind: str) -> str:
    """Return what a kind is called in the language in force."""
    return _(KINDS[kind]) if kind in KINDS else kind


def known_kind(text: str) -> str | None:
    """Return the kind that a word or a mark names in any language; None for other words."""
    return _kind_words().get(fold(" ".join(text.split())))


def read_kind(text: str, file: str, code: str) -> str:
    """Return the kind that a word or a mark names; nothing for an empty text.

    Raises:
        InputError: ``code-kind-unknown``.
    """
    if not text.strip():
        return ""
    kind = known_kind(text)
    if kind is None:
        raise InputError(
            "code-kind-unknown",
            N_("{file}: the code “{name}” is of an unknown kind, “{kind}”."),
            N_("Kinds are: {kinds}."),
            file=file,
            name=code,
            kind=text.strip()[:40],
            kinds=", ".join(dict.fromkeys((*KINDS, *map(kind_word, KINDS)))),
        )
    return kind
