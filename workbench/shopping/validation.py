"""Why a checklist could not be filled in or scored: each flaw with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.shopping.answers import read_answer
from workbench.shopping.checklist import (
    COMMENT_RULES,
    CRITICAL_POLICIES,
    QUESTION_TYPES,
    TOTAL_MODES,
    UNANSWERED_POLICIES,
    Checklist,
    Question,
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a checklist makes no sense: a stable code, where, and what fills the sentence."""

    code: str
    where: str
    detail: str = ""


FLAW_SENTENCES: Final = {
    "no-questions": N_("There are no questions."),
    "no-key": N_("The key is missing."),
    "no-text": N_("The text is missing."),
    "key-twice": N_("The key is used twice."),
    "unknown-value": N_("The value “{detail}” is not known here."),
    "no-options": N_("The question has no options to choose from."),
    "option-twice": N_("The option “{detail}” is there twice."),
    "bad-scale": N_("The scale must end above its beginning and fit its step."),
    "bad-band": N_("The band {detail} ends before it begins."),
    "bands-misplaced": N_("Only scales, numbers and times can have bands."),
    "negative-weight": N_("A weight cannot be negative."),
    "shown-by-unknown": N_("It depends on the question “{detail}”, which does not come before it."),
    "shown-by-impossible": N_("It waits for the answer “{detail}”, which cannot be given."),
    "no-weights": N_("The weights of the sections add up to nothing."),
}


def validate_checklist(checklist: Checklist) -> tuple[Flaw, ...]:
    """Return every reason why a checklist could not be filled in or scored; empty when it is sound."""
    return tuple(_flaws(checklist))


def _flaws(checklist: Checklist) -> Iterator[Flaw]:
    for value, known in (
        (checklist.total_mode, TOTAL_MODES),
        (checklist.critical_policy, CRITICAL_POLICIES),
        (checklist.unanswered, UNANSWERED_POLICIES),
    ):
        if value not in known:
            yield Flaw("unknown-value", checklist.key, value)
    if not any(True for _question in checklist.questions()):
        yield Flaw("no-questions", checklist.key)
    keys = [section.key for section in checklist.sections]
    for key, count in Counter([*keys, *(q.key for q in checklist.questions())]).items():
        if not key:
            yield Flaw("no-key", checklist.key)
        elif count > 1:
            yield Flaw("key-twice", key)
    weights = [section.weight for section in checklist.sections]
    yield from (Flaw("negative-weight", s.key) for s in checklist.sections if s.weight < 0)
    if checklist.total_mode == "weighted_sections" and weights and not sum(weights):
        yield Flaw("no-weights", checklist.key)
    seen: dict[str, Question] = {}
    for question in checklist.questions():
        yield from _question_flaws(question)
        yield from _condition_flaws(question, seen)
        seen[question.key] = question


def _question_flaws(question: Question) -> Iterator[Flaw]:
    if question.type not in QUESTION_TYPES:
        yield Flaw("unknown-value", question.key, question.type)
    if question.comment_required_when not in COMMENT_RULES:
        yield Flaw("unknown-value", question.key, question.comment_required_when)
    if not any(question.text.values()):
        yield Flaw("no-text", question.key)
    if question.weight < 0:
        yield Flaw("negative-weight", question.key)
    yield from _choice_flaws(question)
    yield from _measure_flaws(question)


def _choice_flaws(question: Question) -> Iterator[Flaw]:
    if question.type in {"single", "multi"} and not question.options:
        yield Flaw("no-options", question.key)
    for key, count in Counter(option.key for option in question.options).items():
        if count > 1:
            yield Flaw("option-twice", question.key, key)


def _measure_flaws(question: Question) -> Iterator[Flaw]:
    scale = question.scale
    if scale and (
        scale.high <= scale.low or scale.step <= 0 or (scale.high - scale.low) % scale.step
    ):
        yield Flaw("bad-scale", question.key)
    if question.bands and question.type not in {"scale", "number", "time"}:
        yield Flaw("bands-misplaced", question.key)
    for band in question.bands:
        if band.low is not None and band.high is not None and band.high < band.low:
            yield Flaw("bad-band", question.key, f"{band.low}–{band.high}")


def _condition_flaws(question: Question, seen: Mapping[str, Question]) -> Iterator[Flaw]:
    if question.shown_when is None:
        return
    asked = seen.get(question.shown_when.question)
    if asked is None:
        yield Flaw("shown-by-unknown", question.key, question.shown_when.question)
        return
    for value in question.shown_when.equals:
        try:
            read_answer(asked, value)
        except InputError:
            yield Flaw("shown-by-impossible", question.key, str(value))
