"""All that is said about a code as one text, as other programs have it; it can be taken apart again.

The definition comes first, then a paragraph for each part that has a label::

    People wait although they have an appointment.

    Kind: barrier

    When to use: also when the waiting is on the phone

A line of a part's own that looks like a label gets a backslash in front.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbench.coding.code_records import CodeRecord
from workbench.i18n import _
from workbench.interchange.code_words import LABELS, kind_word, known_kind, label_words
from workbench.text.fold import fold

_LABELLED = re.compile(r"(\\*)([^:\n]{1,40}):(.*)", re.DOTALL)


def written(code: CodeRecord) -> str:
    """Return the description of a code; that it is a theme goes without saying."""
    parts = [_guarded(code.definition)]
    for field, label in LABELS.items():
        value = getattr(code, field)
        if field == "kind":
            value = kind_word(value) if value not in ("", "theme") else ""
        if value:
            parts.append(f"{_(label)}: {_guarded(value, first=False)}")
    return "\n\n".join(part for part in parts if part)


def taken_apart(text: str) -> Mapping[str, str]:
    """Return the parts of a description by field; without labels all of it is the definition."""
    parts: dict[str, list[str]] = {}
    field = "definition"
    for line in text.split("\n"):
        found = _LABELLED.fullmatch(line)
        named = label_words().get(fold(found[2].strip())) if found else None
        if found is None or named is None:
            parts.setdefault(field, []).append(line)
        elif found[1]:
            parts.setdefault(field, []).append(line[1:])
        elif named in parts or (named == "kind" and known_kind(found[3]) is None):
            parts.setdefault(field, []).append(line)
        else:
            field = named
            parts[field] = [found[3].removeprefix(" ")]
    return {name: "\n".join(lines).strip() for name, lines in parts.items()}


def _guarded(text: str, *, first: bool = True) -> str:
    """Return a text whose lines cannot be taken for labels; its first line follows one unless it is ``first``."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        found = _LABELLED.fullmatch(line)
        if (number or first) and found and fold(found[2].strip()) in label_words():
            lines[number] = "\\" + line
    return "\n".join(lines)
