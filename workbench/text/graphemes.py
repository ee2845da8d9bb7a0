"""Letters as a reader sees them: a base with its marks, an emoji of several characters, a flag.

Positions stay offsets of codepoints; these functions tell which of them lie between two letters. They look only at what
stands around an offset, so they cost the same in a text of any length.
"""

from __future__ import annotations

from unicodedata import category

_JOINER = "\u200d"
_NO_JOINER = "\u200c"
_FLAG_FIRST, _FLAG_LAST = "\U0001f1e6", "\U0001f1ff"
_FIRST_EMOJI = "\U0001f000"


def begins_letter(text: str, offset: int) -> bool:
    """Tell whether an offset lies between two letters and not inside one."""
    if offset <= 0 or offset >= len(text):
        return True
    before, here = text[offset - 1], text[offset]
    if here < "\u0300" or before == "\n":
        return True
    if _belongs_to_former(here):
        return False
    if before == _JOINER:
        return not (here >= _FIRST_EMOJI or category(here) == "So")
    if _is_flag(here) and _is_flag(before):
        return _flags_before(text, offset) % 2 == 0
    return True


def letter_start(text: str, offset: int) -> int:
    """Return where the letter begins that an offset lies in; the offset itself between two letters."""
    while not begins_letter(text, offset):
        offset -= 1
    return offset


def letter_end(text: str, offset: int) -> int:
    """Return where the letter ends that an offset lies in; the offset itself between two letters."""
    while not begins_letter(text, offset):
        offset += 1
    return offset


def next_letter(text: str, offset: int) -> int:
    """Return where the letter after the one at an offset begins; at the end of the text, the end."""
    return letter_end(text, offset + 1) if offset < len(text) else len(text)


def previous_letter(text: str, offset: int) -> int:
    """Return where the letter before an offset begins; at the beginning of the text, the beginning."""
    return letter_start(text, offset - 1) if offset > 0 else 0


def _belongs_to_former(character: str) -> bool:
    """Tell whether a character is part of the letter before it."""
    return (
        character in (_JOINER, _NO_JOINER)
        or category(character)[0] == "M"
        or "\u1160" <= character <= "\u11ff"  # Hangul vowels and finals
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # colours of skin
        or "\U000e0020" <= character <= "\U000e007f"  # tags behind a flag
    )


def _is_flag(character: str) -> bool:
    """Tell whether a character is one of the two that make a country's flag."""
    return _FLAG_FIRST <= character <= _FLAG_LAST


def _flags_before(text: str, offset: int) -> int:
    start = offset
    while start > 0 and _is_flag(text[start - 1]):
        start -= 1
    return offset - start
