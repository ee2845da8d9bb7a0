"""What a visit still needs before it can be submitted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from workbench.shopping.answers import Answer, Answers, shown_questions
from workbench.shopping.checklist import Checklist, Question
from workbench.shopping.scoring import favourable_share

_LOW_SHARE: Final = Fraction(1, 4)  # 1 and 2 on a scale of 1 to 5


@dataclass(frozen=True, slots=True)
class Missing:
    """What a visit still needs: ``answer``, ``comment`` or ``evidence`` for a question."""

    question: str
    what: str


def missing(checklist: Checklist, answers: Answers) -> tuple[Missing, ...]:
    """Return what must still be given before a visit can be submitted, in the order of the questions."""
    shown = shown_questions(checklist, answers)
    found: list[Missing] = []
    for question in checklist.questions():
        if question.key not in shown:
            continue
        answer = answers.get(question.key, Answer())
        if not answer.given:
            if question.required:
                found.append(Missing(question.key, "answer"))
            continue
        if comment_required(question, answer) and not answer.comment.strip():
            found.append(Missing(question.key, "comment"))
        if question.evidence_required and not answer.na and answer.evidence < 1:
            found.append(Missing(question.key, "evidence"))
    return tuple(found)


def comment_required(question: Question, answer: Answer) -> bool:
    """Tell whether this answer must be explained.

    Rule ``no``: the worst answer. Rule ``low``: no more than a quarter of the points, which is 1
    and 2 on a scale of 1 to 5.
    """
    if question.comment_required_when == "never" or answer.na or answer.value is None:
        return False
    share = favourable_share(question, answer.value)
    limit = Fraction(0) if question.comment_required_when == "no" else _LOW_SHARE
    return share is not None and share <= limit
