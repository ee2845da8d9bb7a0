"""Ten colours for codes that stay apart for every eye, and the one nearest to any other colour."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

CODE_COLOURS: Final[tuple[tuple[str, str, str], ...]] = (
    ("#617de6", "#3a3197", "ansi_blue"),
    ("#c4e05c", "#594f10", "ansi_yellow"),
    ("#b87e99", "#92508c", "ansi_magenta"),
    ("#a3e2bf", "#154724", "ansi_green"),
    ("#8b9cd1", "#7760cc", "ansi_cyan"),
    ("#fdcbf8", "#71234e", "ansi_bright_blue"),
    ("#a1b65a", "#52774a", "ansi_bright_green"),
    ("#dcaefe", "#4e4677", "ansi_bright_magenta"),
    ("#bf6e3e", "#c04c1d", "ansi_red"),
    ("#f996a6", "#7e444e", "ansi_bright_red"),
)
"""Colours of codes on the dark, the light and the terminal's own background.

Found by a search over hues shared by both backgrounds: each has a contrast of at least 4.5 to its
background, and any two differ by at least 0.05 in Oklab (a just noticeable difference is 0.02)
also as people with protanopia, deuteranopia or tritanopia see them. They stand in the order in which
neighbours differ most (by at least 0.09 for every eye, the last and the first too), since codes take
them in turn.
"""

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


def paper_colour(number: int) -> str:
    """Return a colour of the palette as it is shown on a light ground: ``#rrggbb``."""
    return CODE_COLOURS[number % len(CODE_COLOURS)][1]


def nearest_colour(value: str) -> int | None:
    """Return the number of the palette's colour nearest to ``#rrggbb`` or ``#rgb``; None for what is no colour."""
    found = _HEX.fullmatch(value.strip())
    if found is None:
        return None
    digits = found[1].lower()
    if len(digits) == 3:  # noqa: PLR2004 - #rgb
        digits = "".join(digit * 2 for digit in digits)
    wanted = _oklab(f"#{digits}")
    return min(range(len(CODE_COLOURS)), key=lambda number: _distance(number, wanted))


def _distance(number: int, wanted: tuple[float, float, float]) -> float:
    """Return how far a colour of the palette is: the nearer of its two shades counts."""
    return min(
        sum((a - b) ** 2 for a, b in zip(_oklab(shade), wanted, strict=True))
        for shade in CODE_COLOURS[number][:2]
    )


@cache
def _oklab(colour: str) -> tuple[float, float, float]:
    """Return lightness and the two opponent hues (Björn Ottosson, "A perceptual color space", 2020)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
        for part in parts
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
