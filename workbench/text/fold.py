"""Search keys: what two spellings of the same words have in common."""

from __future__ import annotations

import re
import unicodedata
from array import array

from workbench.text.normalize import clusters

# In decomposed form ё is е with a diaeresis among its marks; other marks stay where they are.
_DIAERESIS = "\u0308"
_MARKED_E = re.compile(r"е[^\w\s\x00-\u02ff]+")
_IOTA_BELOW = "\u0345"  # casefolds to a letter, so its place among other marks matters


def fold(text: str) -> str:
    """Return the search key of a text: case and the dots of ё do not matter.

    SQLite's ``lower()`` and ``LIKE`` know only ASCII; this is Unicode's canonical caseless match
    (The Unicode Standard, D145) with ё read as е, as Russian search does.
    """
    quick = text.casefold().replace("ё", "е")
    if _is_plain(text) and unicodedata.is_normalized("NFC", quick):
        return quick
    key = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFC", _MARKED_E.sub(lambda m: m[0].replace(_DIAERESIS, ""), key))


def fold_positions(text: str) -> tuple[str, array[int]]:
    """Return the search key and, for each of its codepoints and its end, the offset in the text.

    Most texts fold codepoint by codepoint; ``ß`` becomes two and ``е`` + a combining diaeresis
    becomes one, so a hit in the key is brought back to the text with this map.
    """
    key = fold(text)
    if folds_evenly(text, key):
        return key, array("L", range(len(text) + 1))
    parts: list[str] = []
    positions = array("L")
    for start, end in clusters(text):
        part = fold(text[start:end])
        parts.append(part)
        positions.extend(min(start + i, end - 1) for i in range(len(part)))
    positions.append(len(text))
    return "".join(parts), positions


def folds_evenly(text: str, key: str) -> bool:
    """Tell whether each codepoint of a text has become exactly one of its search key."""
    return (
        len(key) == len(text)
        and _is_plain(text)
        and all(len(sign.casefold()) == 1 for sign in set(text))
    )


def _is_plain(text: str) -> bool:
    return text.isascii() or not (
        _IOTA_BELOW in text or _DIAERESIS in text or not unicodedata.is_normalized("NFC", text)
    )
