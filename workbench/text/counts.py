"""Counting words."""

from __future__ import annotations

from workbench.text.turns import WORD


def word_count(text: str) -> int:
    """Count the words of a text."""
    return len(WORD.findall(text))
