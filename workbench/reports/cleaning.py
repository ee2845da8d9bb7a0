"""Text made fit for a Word file: what XML cannot hold is replaced visibly, never dropped."""

from __future__ import annotations

import re

# XML 1.0 §2.2 Char, less DEL and the C1 controls, which it allows but no reader shows.
_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PICTURES = 0x2400  # the Unicode block of pictures for control characters
_SPACES = re.compile(r"\s+")


def _visible(match: re.Match[str]) -> str:
    """Return the picture of a control character (``␀`` for NUL), or ``�`` where there is none."""
    sign = match[0]
    if sign < " ":
        return chr(_PICTURES + ord(sign))
    return "\u2421" if sign == "\x7f" else "\ufffd"


def clean(text: str) -> str:
    r"""Return the text with every character a Word file can hold, others visibly replaced.

    Tabs and line feeds stay; ``\r\n`` and ``\r`` become ``\n`` because an XML reader would turn
    them so; control characters become their pictures; lone surrogates become ``�``.
    """
    return _UNFIT.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def squeeze(text: str) -> str:
    """Return the words with single spaces between them: what must survive any layout."""
    return _SPACES.sub(" ", text).strip()
