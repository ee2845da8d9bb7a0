"""Saying what was undone or done again."""

from __future__ import annotations

from workbench.models.deeds import deed
from workbench.models.views import JournalView
from workbench.tui.display import shorten_middle

_SUBJECT_MOST = 90
"""Letters of what an action was done to."""


def step_sentence(entry: JournalView, sentence: str) -> str:
    """Return a translated sentence filled with what an entry of the journal did."""
    subject = shorten_middle(entry.subject, _SUBJECT_MOST)
    return sentence.format(action=deed(entry.verb, subject))
