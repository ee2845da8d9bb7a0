"""How the journal keeps a change of a long text: only what differs, and the means to check the rest."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from itertools import accumulate
from typing import Any

from workbench.text.splices import Splice, line_splices, spliced

_LONG = 2_000
"""Codepoints; shorter texts are kept whole."""

_BYTES = 16


def with_differences(change: dict[str, Any]) -> dict[str, Any]:
    """Return a change of a row with its long texts taken out and kept as differences."""
    before, after = change["before"], change["after"]
    texts = {}
    for name in [name for name in before if _is_long(before[name]) and _is_long(after[name])]:
        old, new = before.pop(name), after.pop(name)
        texts[name] = {
            "before": _digest(old),
            "after": _digest(new),
            "parts": [[s.start, old[s.start : s.end], s.text] for s in line_splices(old, new)],
        }
    return change | {"texts": texts} if texts else change


def restored_texts(
    here: Mapping[str, Any], kept: Mapping[str, Any], *, backwards: bool
) -> dict[str, str] | None:
    """Return the texts on the other side of a change, or None when they are not what it left behind."""
    restored = {}
    for name, change in kept.items():
        text = here[name]
        if not isinstance(text, str) or _digest(text) != change["after" if backwards else "before"]:
            return None
        restored[name] = spliced(text, _splices(change["parts"], backwards=backwards))
    return restored


def _splices(parts: list[list[Any]], *, backwards: bool) -> list[Splice]:
    """Return the changes; backwards, what was put in is cut out again where it stands now."""
    if not backwards:
        return [Splice(start, start + len(old), new) for start, old, new in parts]
    moved = accumulate((len(new) - len(old) for _start, old, new in parts), initial=0)
    return [
        Splice(start + by, start + by + len(new), old)
        for (start, old, new), by in zip(parts, moved, strict=False)
    ]


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > _LONG


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()
