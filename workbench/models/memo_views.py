"""What is noted, and by whom."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemoView:
    """What somebody noted on something."""

    coder: str
    """The author's name; empty where nobody knows it."""
    text: str
