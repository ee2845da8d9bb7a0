"""Times of a recording as a person writes them, to a tenth of a second."""

from __future__ import annotations

import re

from workbench.errors import InputError
from workbench.i18n import N_, decimal_text

_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?")


def exact_clock(ms: int) -> str:
    """Show a place in a recording to the tenth of a second: 00:01:23.4."""
    tenths = (max(0, ms) + 50) // 100
    seconds, tenth = divmod(tenths, 10)
    shown = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{shown}{decimal_text('.')}{tenth}"


def read_clock(text: str, field: str) -> int:
    """Read a place in a recording: 00:01:23.4, 1:23 or seconds.

    Raises:
        InputError: it is none of these.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise InputError(
            "time-unreadable",
            N_("“{text}” is not a time."),
            N_("Write it like 00:01:23.4 or 1:23."),
            text=text,
            field=field,
        )
    hours, minutes, seconds, part = found.groups()
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole * 1000 + int((part or "").ljust(3, "0")[:3] or 0)
