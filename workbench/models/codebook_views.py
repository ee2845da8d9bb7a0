"""What happened to a code: lines of its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CodeChange(StrEnum):
    """What can happen to a code."""

    MADE = "made"
    RENAMED = "renamed"
    KIND = "kind"
    MOVED = "moved"
    DESCRIBED = "described"
    COLOURED = "coloured"
    FROZEN = "frozen"
    UNFROZEN = "unfrozen"
    MERGED = "merged"
    """Another code became part of it."""
    SPLIT = "split"
    """Some of its quotes went to a new code."""
    BARRIER = "barrier"
    """What it says as a barrier was written down."""
    USED = "used"
    """It was put on quotes."""


@dataclass(frozen=True, slots=True)
class CodeEvent:
    """Something that happened to a code."""

    at: datetime
    actor: str
    change: CodeChange
    before: str = ""
    """A name, kind or parent that it had; empty where there was none."""
    after: str = ""
    count: int = 0
    """Of codings: how many came, went or were made that day."""
