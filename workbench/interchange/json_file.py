"""Opening JSON that somebody gave us: cut off, nested without end, with bytes that are no letters."""

from __future__ import annotations

import codecs
import json
import math
from pathlib import Path
from typing import Any

from workbench.interchange.files import damaged, decode, read_bytes

_MOST_MS = 10**10  # some hundred days; more is no time in a recording


def read_json(path: Path) -> Any:
    """Return what a JSON file holds; one that cannot be read to its end is an InputError.

    JSON is UTF-8; a byte that is none (whisper.cpp cuts letters in two) becomes �, and never
    another encoding.
    """
    data = read_bytes(path)
    wide = data[:4].count(0) or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = decode(data)[0] if wide else data.decode("utf-8", errors="replace")
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        raise damaged(path) from None


def milliseconds_of(value: Any, *, unit: float = 1000.0) -> int | None:
    """Return a time in milliseconds, or None where the value is no time; ``unit`` is how many it counts."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    ms = round(value * unit)
    return ms if 0 <= ms < _MOST_MS else None


def share_of(value: Any) -> float:
    """Return a probability; what is none counts as certain."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return 1.0
    return min(max(float(value), 0.0), 1.0)
