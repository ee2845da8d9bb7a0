"""Times as transcripts write them: 1:23, 00:01:23.4, 00:01:23-4, and from one to another."""

from __future__ import annotations

from collections.abc import Iterable

CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,\-](\d{1,3}))?"
"""A time as a pattern with four groups: hours, minutes, seconds, decimals."""

_PLAIN = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?"
RANGE = rf"{_PLAIN}\s*(?:[-–—]|-->)\s*{_PLAIN}"
"""Two times with a dash or an arrow between, as a pattern with eight groups."""


def milliseconds(groups: Iterable[str | None]) -> int:
    """Return the time that the four parts of a stamp say: hours, minutes, seconds, decimals."""
    parts = list(groups)
    hours, minutes, seconds, decimals = next(
        parts[i : i + 4] for i in range(0, len(parts), 4) if parts[i + 2] is not None
    )
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((decimals or "0").ljust(3, "0"))


def stamp(ms: int, *, decimals: int = 0, mark: str = ".", hour_digits: int = 2) -> str:
    """Return a time as ``00:01:23``, with so many decimals behind a mark; never later than it is."""
    seconds, rest = divmod(max(ms, 0), 1000)
    text = f"{seconds // 3600:0{hour_digits}d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{text}{mark}{rest:03d}"[: len(text) + 1 + decimals] if decimals else text
