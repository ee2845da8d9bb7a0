"""What a key answers to a question of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.tui.widgets.question_words import answer_text

if TYPE_CHECKING:
    from workbench.models.views import QuestionView

_HIGHEST_BY_ZERO = 10
"""On a scale up to ten the key 0 stands for ten, as on a keyboard's row of digits."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is to be saved."""

    value: object = None
    na: bool = False
    comment: str | None = None
    moves_on: bool = False
    """Whether the cursor goes to the next question when this one had no answer before."""


_WORDS = {
    "yes": Given(True, moves_on=True),
    "no": Given(False, moves_on=True),
    "na": Given(na=True, moves_on=True),
}


def answer_of_key(question: QuestionView, key: str) -> Given | None:
    """Return what a digit or a click answers, or None when it means nothing here.

    Args:
        question: with its options or scale.
        key: a digit, or ``yes``, ``no``, ``na`` as they are clicked on.
    """
    if key in _WORDS:
        return _WORDS[key]
    if len(key) != 1 or not key.isdigit():
        return None
    digit = int(key)
    if question.type == "yes_no" and digit in (0, 1):
        return Given(digit == 1, moves_on=True)
    if question.type == "scale" and question.scale is not None:
        low, high = question.scale
        step = _HIGHEST_BY_ZERO if digit == 0 and low > 0 and high == _HIGHEST_BY_ZERO else digit
        return Given(step, moves_on=True) if low <= step <= high else None
    if question.type in ("single", "multi") and 0 < digit <= len(question.options):
        chosen = question.options[digit - 1].key
        return (
            Given(chosen, moves_on=True)
            if question.type == "single"
            else _toggled(question, chosen)
        )
    return None


def _toggled(question: QuestionView, key: str) -> Given:
    """Choose an option of several, or take it back; with none left the question is unanswered."""
    before = list(question.value) if isinstance(question.value, list) else []
    after = [known for known in before if known != key] if key in before else [*before, key]
    return Given(after or None)


def typed_text(question: QuestionView) -> str:
    """Return a typed answer as it stands in its line; empty without one."""
    return "" if question.value is None else answer_text(question)
