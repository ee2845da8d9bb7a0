"""Saying what was undone or done again."""

from __future__ import annotations

from workbench.i18n import _
from workbench.models.views import JournalView
from workbench.tui.display import shorten_middle
from workbench.tui.labels import DONE, QUESTIONS

_SUBJECT_MOST = 90
"""Letters of what an action was done to."""


def step_sentence(entry: JournalView, sentence: str) -> str:
    """Return a translated sentence filled with what an entry of the journal did."""
    action = _(DONE[entry.verb]) if entry.verb in DONE else entry.verb
    subject = _(QUESTIONS[entry.subject]) if entry.subject in QUESTIONS else entry.subject
    if subject:
        action = f"{action} — {shorten_middle(subject, _SUBJECT_MOST)}"
    return sentence.format(action=action)
