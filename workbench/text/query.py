"""The language of searches: what a person may type to say which words are wanted, and reading it.

==================  ==============================================================================
``очередь банк``    turns that hold both words, in any of their forms
``"долгая запись"`` the words directly after each other; «ёлочки» and “quotes” do as well
``достав*``         words that begin so
``=ждать``          this form only; also before a phrase: ``="ждать долго"``
``банк ИЛИ касса``  either of them; also ``OR`` and ``|``, in capitals because "или" is a word, too
``очередь /5 банк`` both, in any order, with five words between them at most
``-банк``           no turn that holds this
==================  ==============================================================================

Every sign can be typed with a Russian and with a Latin keyboard layout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.text.fold import fold

MOST_BETWEEN = 99
"""Words that may lie between two words that are to be near each other."""

_LEAST_PREFIX = 2
_OR = frozenset({"OR", "ИЛИ", "|"})
_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“”"}
_AROUND = ",.;:!?()…"
"""Signs at the ends of a word that say nothing."""
_NEAR = re.compile(r"/(\d{1,2})\Z")
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
"""Stress marks, soft hyphens, invisible characters: they stand in a word without being part of it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its folded letters; in all its forms unless ``exact``; ``prefix`` means the beginning."""

    key: str
    exact: bool = False
    prefix: bool = False

    def __str__(self) -> str:
        return (
            f"{'=' if self.exact and not self.prefix else ''}{self.key}{'*' if self.prefix else ''}"
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words directly after each other."""

    words: tuple[Word, ...]

    def __str__(self) -> str:
        exact = all(word.exact for word in self.words)
        inside = " ".join(str(Word(w.key, w.exact and not exact, w.prefix)) for w in self.words)
        return f'{"=" if exact else ""}"{inside}"'


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases one after another or the other way round, with few words between each two."""

    parts: tuple[Word | Phrase, ...]
    gaps: tuple[int, ...]
    """The most words between each part and the next."""

    def __str__(self) -> str:
        first, *rest = self.parts
        pairs = zip(self.gaps, rest, strict=True)
        return " ".join([str(first), *(f"/{gap} {part}" for gap, part in pairs)])


Term = Word | Phrase | Near


@dataclass(frozen=True, slots=True)
class Query:
    """What a turn must hold: one term of each group, and nothing of what is unwanted."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Word | Phrase, ...] = ()

    def __str__(self) -> str:
        groups = [" OR ".join(str(term) for term in group) for group in self.wanted]
        return " ".join([*groups, *(f"-{term}" for term in self.unwanted)])


def parse(text: str, *, forms: bool = True) -> Query:
    """Read what was typed.

    Args:
        text: the query.
        forms: whether other forms of the words count; without it every word is meant as it is written.

    Raises:
        InputError: ``query-…``, with what is wrong and how to write it.
    """
    reading = _Reading(forms)
    for sign in _signs(text):
        reading.take(sign)
    return reading.end()


def split_words(text: str) -> list[str]:
    """Return the folded words of a text as searches see them: letters and digits, without their marks."""
    key = without_unseen(fold(text))
    for sign in separators(key):
        key = key.replace(sign, " ")
    return key.split()


def separators(key: str) -> set[str]:
    """Return the signs of a folded text that part words; hyphens and apostrophes do, too."""
    return {sign for sign in set(key) if not _belongs(sign)}


def _belongs(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def has_unseen(text: str) -> bool:
    """Tell whether a text has marks or invisible characters that searches pass over."""
    return not text.isascii() and _UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    """Return a text without what searches pass over."""
    return _UNSEEN.sub("", text)


def is_unseen(sign: str) -> bool:
    """Tell whether searches pass over a sign."""
    return _UNSEEN.match(sign) is not None


@dataclass(frozen=True, slots=True)
class _Sign:
    """A piece of what was typed: words or a phrase with the marks before it, ``OR``, or a distance."""

    kind: str
    text: str = ""
    exact: bool = False
    unwanted: bool = False
    between: int = 0


def _signs(text: str) -> Iterator[_Sign]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        start = place
        unwanted = text[place] == "-"
        place += unwanted
        exact = text[place : place + 1] == "="
        place += exact
        closing = _QUOTES.get(text[place : place + 1])
        if closing is not None:
            end = next((at for at in range(place + 1, len(text)) if text[at] in closing), None)
            if end is None:
                raise InputError(
                    "query-quote-open",
                    N_("A quotation mark is not closed: {text}"),
                    N_("Write a quotation mark behind the last word of the phrase, too."),
                    text=text[start:],
                )
            yield _Sign("phrase", text[place + 1 : end], exact, unwanted)
            place = end + 1
            continue
        end = place
        while end < len(text) and not text[end].isspace() and text[end] not in _QUOTES:
            if text[end] == "|" and end > place:
                break
            end += 1
            if text[end - 1] == "|":
                break
        piece = text[place:end]
        place = max(end, place)
        near = _NEAR.match(piece)
        if piece in _OR and not (unwanted or exact):
            yield _Sign("or", piece)
        elif near is not None and not (unwanted or exact):
            yield _Sign("near", piece, between=int(near[1]))
        else:
            yield _Sign("words", piece, exact, unwanted)


@dataclass
class _Reading:
    """What has been read so far."""

    forms: bool
    groups: list[list[Term]] = field(default_factory=list)
    unwanted: list[Word | Phrase] = field(default_factory=list)
    waiting: _Sign | None = None
    """A sign that needs something on its right."""
    joinable: bool = False
    """Whether the last thing may stand on the left of ``OR`` or of a distance."""

    def take(self, sign: _Sign) -> None:
        """Take in the next sign."""
        if sign.kind in {"or", "near"}:
            if not self.joinable or self.waiting is not None:
                raise _one_sided(sign)
            self.waiting = sign
            return
        term = _term(sign, forms=self.forms)
        if term is None:  # a dash, a full stop: nothing to look for
            return
        if sign.unwanted:
            if self.waiting is not None:
                raise _one_sided(self.waiting)
            self.unwanted.append(term)
            self.joinable = False
            return
        if self.waiting is None:
            self.groups.append([term])
        elif self.waiting.kind == "or":
            self.groups[-1].append(term)
        else:
            last = self.groups[-1][-1]
            before = last if isinstance(last, Near) else Near((last,), ())
            self.groups[-1][-1] = Near((*before.parts, term), (*before.gaps, self.waiting.between))
        self.waiting = None
        self.joinable = True

    def end(self) -> Query:
        """Return the whole."""
        if self.waiting is not None:
            raise _one_sided(self.waiting)
        if not self.groups and self.unwanted:
            raise InputError(
                "query-only-unwanted",
                N_("This says only what must not be there."),
                N_("Name at least one word to find, as in: queue -bank."),
            )
        if not self.groups:
            raise InputError(
                "query-empty", N_("There is nothing to look for."), N_("Type at least one word.")
            )
        return Query(tuple(tuple(group) for group in self.groups), tuple(self.unwanted))


def _term(sign: _Sign, *, forms: bool) -> Word | Phrase | None:
    exact = sign.exact or not forms
    pieces = sign.text.split() if sign.kind == "phrase" else [sign.text]
    words = [word for piece in pieces for word in _words(piece, exact=exact)]
    if not words:
        return None
    return words[0] if len(words) == 1 else Phrase(tuple(words))


def _words(piece: str, *, exact: bool) -> list[Word]:
    """Return the words of a piece without spaces: several where a hyphen joins them."""
    if piece.startswith("=") and len(piece) > 1:  # inside a phrase each word may be exact
        piece, exact = piece[1:], True
    piece = piece.strip(_AROUND)
    prefix = piece.endswith("*")
    bare = piece.rstrip("*")
    if "*" in bare:
        raise InputError(
            "query-star",
            N_("In “{word}” the star is not at the end."),
            N_("Write the beginning of the word and then the star, as in: deliver*."),
            word=piece,
        )
    keys = split_words(bare)
    if not keys:
        return []
    if prefix and len(keys[-1]) < _LEAST_PREFIX:
        raise InputError(
            "query-star-short",
            N_("“{word}” says too little."),
            N_("Write at least two letters before the star."),
            word=piece,
        )
    *before, last = keys
    return [*(Word(key, exact) for key in before), Word(last, exact and not prefix, prefix)]


def _one_sided(sign: _Sign) -> InputError:
    if sign.kind == "near":
        return InputError(
            "query-near",
            N_("“{sign}” needs a word to find on each side."),
            N_("Write it as in: queue /5 bank."),
            sign=sign.text,
        )
    return InputError(
        "query-or",
        N_("“{sign}” needs a word to find on each side."),
        N_("Write it as in: queue OR line."),
        sign=sign.text,
    )
