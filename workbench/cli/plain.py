"""Text for a terminal that nobody controls: widths in cells, controls made visible."""

from __future__ import annotations

import unicodedata

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239)), "�")
_CONTROLS |= dict.fromkeys(range(8294, 8298), "�")
_LINE = _CONTROLS | dict.fromkeys((9, 10, 11, 12, 13, 133, 8232, 8233), " ")
_PROSE = {code: sign for code, sign in _CONTROLS.items() if code not in (0x09, 0x0A)}


def harmless(text: str) -> str:
    """Return text whose control characters and direction marks cannot act on a terminal; lines stay."""
    return text.translate(_PROSE)


def one_line(text: str) -> str:
    """Return text on one line, without anything that acts on a terminal."""
    return text.translate(_LINE)


def width(text: str) -> int:
    """Return how many cells a line takes: 2 for East Asian wide characters, 0 for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )


def shorten(text: str, cells: int) -> str:
    """Return a line cut at its end to fit, with an ellipsis."""
    if width(text) <= cells:
        return text
    taken = 0
    for place, sign in enumerate(text):
        taken += width(sign)
        if taken > cells - 1:
            return text[:place] + "…"
    return text
