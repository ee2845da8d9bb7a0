"""The one normal form of every text, and where each position of the original went."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

_NEWLINES = "\r\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BOM = "\ufeff"
# U+FFFE and U+FFFF cannot stand in XML, so a Word report could not hold them; a lone half of a
# surrogate pair cannot be written to a file at all. All of them say "something was here".
_UNWRITABLE = "\ufffe\uffff"


def _translation_table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
    table |= dict.fromkeys(map(ord, _BIDI + _BOM))
    table |= dict.fromkeys(map(ord, _NEWLINES), "\n")
    table |= dict.fromkeys([*map(ord, _UNWRITABLE), *range(0xD800, 0xE000)], "\ufffd")
    table[ord("\n")] = "\n"
    table[ord("\t")] = " "
    return table


_TABLE = _translation_table()


def normalise(text: str) -> str:
    r"""Return the text in its one stored form; doing it twice changes nothing.

    NFC; every line separator is ``\n`` and a tab is a space; NUL, the byte order mark, the other
    control characters and the invisible characters that reorder what is seen (embeddings,
    overrides and isolates) are gone.
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TABLE))


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of characters that normalise and fold on their own: a base with its marks."""
    start = 0
    for position in range(1, len(text)):
        if _begins_cluster(text[position]):
            yield start, position
            start = position
    if text:
        yield start, len(text)


def _begins_cluster(character: str) -> bool:
    """Tell whether a character can never be composed with the one before it."""
    if character < "\u0300":
        return True
    if "\u1160" <= character <= "\u11ff" or "\U00016d63" <= character <= "\U00016d6a":
        return False  # Hangul vowels and finals, Kirat Rai vowels: letters that compose backwards
    return not (unicodedata.combining(character) or unicodedata.category(character)[0] == "M")


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text in its stored form together with the way back from the original's positions."""

    original: str
    text: str
    _index: array[int] | None = field(repr=False, compare=False)

    @classmethod
    def of(cls, original: str) -> NormalisedText:
        """Normalise a text and remember where every codepoint went."""
        text = normalise(original)
        return cls(original, text, None if text == original else _index(original, text))

    def position(self, offset: int) -> int:
        """Return where a codepoint offset of the original lies in the normalised text."""
        clamped = min(max(offset, 0), len(self.original))
        return clamped if self._index is None else self._index[clamped]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a half-open span of the original lies in the normalised text."""
        first = self.position(start)
        return first, max(first, self.position(end))


def _index(original: str, text: str) -> array[int]:
    """Map every original offset, its end included, to an offset of the normalised text."""
    pieces = [
        "" if pair == "\r\n" else pair[0].translate(_TABLE)
        for pair in (original[i : i + 2] for i in range(len(original)))
    ]
    mapped = array(
        "L", [0, *accumulate(map(len, pieces))]
    )  # original -> without control characters
    translated = "".join(pieces)
    if translated == text:
        return mapped
    composed = _composition_index(translated, len(text))
    return array("L", (composed[offset] for offset in mapped))


def _composition_index(translated: str, total: int) -> array[int]:
    """Map offsets before composition (NFC) to offsets after it, cluster by cluster."""
    index = array("L", bytes(array("L").itemsize * (len(translated) + 1)))
    done = 0
    for start, end in clusters(translated):
        length = len(unicodedata.normalize("NFC", translated[start:end]))
        for position in range(start, end):
            index[position] = min(done + min(position - start, length), total)
        done += length
    index[len(translated)] = total
    return index
