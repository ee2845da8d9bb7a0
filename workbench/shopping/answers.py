"""Answers to a checklist: reading each as what it must be, and which questions are shown."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final, TypeAlias

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.shopping.checklist import Checklist, Question, Scale, text_in


class NotApplicable(Enum):
    """The answer that takes a question out of the score."""

    NA = "na"


NOT_APPLICABLE: Final = NotApplicable.NA

Value: TypeAlias = bool | int | str | Decimal | date | tuple[str, ...]
"""yes_no: bool · single: option key · multi: option keys · scale, number: Decimal · time: seconds."""

_YES = frozenset({"yes", "y", "true", "1", "да", "д", "+"})
_NO = frozenset({"no", "n", "false", "0", "нет", "н", "-", "\u2212"})
_NA = frozenset({"na", "n/a", "n.a.", "not applicable", "н/п", "нп", "неприменимо", "не применимо"})
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):([0-5]\d)\Z")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
_LONGEST_NUMBER = (
    40  # digits and sign; longer ones are slips of the key, and slow to calculate with
)
_LONGEST_SHOWN = 60  # of a refused value, in the message
_MOST_DIGITS = 15  # before or after the point


@dataclass(frozen=True, slots=True)
class Answer:
    """What a shopper gave for one question; ``na`` or a value, a comment, a number of files."""

    value: Value | None = None
    comment: str = ""
    na: bool = False
    evidence: int = 0

    @property
    def given(self) -> bool:
        """Whether the question was answered, be it with "not applicable"."""
        return self.na or self.value is not None


Answers: TypeAlias = Mapping[str, Answer]


def read_answer(question: Question, raw: object) -> Value | NotApplicable:
    """Return a raw answer as the type its question has; anything else is an InputError.

    Takes what a person types (``yes``, ``да``, ``4:05``, ``3,5``, ``a, b``) and what JSON, YAML or
    a spreadsheet hold (true, 4, lists, dates). A wrong type never passes: ``1`` is no text, true is
    no number and ``maybe`` is no yes.
    """
    if raw is NOT_APPLICABLE or (
        isinstance(raw, str) and question.type != "text" and raw.strip().casefold() in _NA
    ):
        if question.na_allowed:
            return NOT_APPLICABLE
        raise InputError(
            "answer-na-refused",
            N_("Question “{question}” must be answered; “not applicable” is not allowed here."),
            N_("Give an answer: {expected}."),
            question=question.key,
            expected=expected_answer(question),
        )
    value = _READERS[question.type](question, raw.strip() if isinstance(raw, str) else raw)
    if value is None:
        raise InputError(
            "answer-wrong-type",
            N_("Question “{question}” cannot take the answer “{value}”."),
            N_("Expected: {expected}."),
            question=question.key,
            value=str(raw)[:_LONGEST_SHOWN],
            expected=expected_answer(question),
        )
    return value


def expected_answer(question: Question) -> str:
    """Say in the user's language what a question takes."""
    if question.type in {"single", "multi"}:
        keys = ", ".join(option.key for option in question.options)
        one = _("one of: {options}")
        several = _("one or more of: {options}")
        return (one if question.type == "single" else several).format(options=keys)
    if question.type == "scale":
        scale = question.scale or Scale()
        return _("a number from {low} to {high}").format(low=scale.low, high=scale.high)
    return {
        "yes_no": _("yes or no"),
        "number": _("a number"),
        "time": _("minutes and seconds, such as 4:05, or seconds"),
        "text": _("words"),
        "date": _("a date such as 2026-05-14"),
    }[question.type]


def _read_yes_no(_question: Question, raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    word = raw.casefold() if isinstance(raw, str) else None
    return True if word in _YES else False if word in _NO else None


def _read_single(question: Question, raw: object) -> str | None:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return None
    exact = question.option(str(raw))
    if exact is not None:
        return exact.key
    wanted = str(raw).casefold()
    named = [
        option.key
        for option in question.options
        if wanted in {option.key.casefold(), *(text.casefold() for text in option.text.values())}
    ]
    return named[0] if wanted and len(named) == 1 else None


def _read_multi(question: Question, raw: object) -> tuple[str, ...] | None:
    items: list[object]
    if isinstance(raw, str):
        whole = _read_single(question, raw)
        items = [whole] if whole else [part.strip() for part in re.split(r"[,;|\n]", raw)]
    elif isinstance(raw, list | tuple | set | frozenset):
        items = list(raw)
    else:
        items = [raw]
    chosen = {_read_single(question, item) for item in items if item != ""}
    if None in chosen or (not chosen and items):
        return None
    options = [option for option in question.options if option.key in chosen]
    if len(options) > 1 and any(option.exclusive or option.na for option in options):
        return None
    return tuple(option.key for option in options)


def _read_decimal(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        return None
    if isinstance(raw, float) and not math.isfinite(raw):
        return None
    text = str(raw).replace("\u2212", "-").replace("\u00a0", "").replace("\u202f", "")
    text = text.replace(",", ".")
    if len(text) > _LONGEST_NUMBER or "_" in text or not text.isascii():
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= _MOST_DIGITS else None


def _read_scale(question: Question, raw: object) -> Decimal | None:
    value, scale = _read_decimal(raw), question.scale or Scale()
    if value is None or not scale.low <= value <= scale.high:
        return None
    return value if (value - scale.low) % scale.step == 0 else None


def _read_number(_question: Question, raw: object) -> Decimal | None:
    return _read_decimal(raw)


def _read_time(_question: Question, raw: object) -> int | None:
    if isinstance(raw, str) and (match := _CLOCK.match(raw)):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    value = _read_decimal(raw)
    return int(value) if value is not None and value >= 0 and value == int(value) else None


def _read_text(_question: Question, raw: object) -> str | None:
    return raw if isinstance(raw, str) and raw else None


def _read_date(_question: Question, raw: object) -> date | None:
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day)
    if not isinstance(raw, str):
        return None
    match = _DAY.match(raw)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(raw)
    except ValueError:
        return None


_READERS: Final = {
    "yes_no": _read_yes_no,
    "single": _read_single,
    "multi": _read_multi,
    "scale": _read_scale,
    "number": _read_number,
    "time": _read_time,
    "text": _read_text,
    "date": _read_date,
}


def value_to_json(value: Value | None) -> Any:
    """Return a value as JSON can hold it exactly; ``read_answer`` brings it back."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def show_value(question: Question, value: Value | None, *, language: str) -> str:
    """Return a value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if question.type == "time" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02}"
    chosen = value if isinstance(value, tuple) else (value,)
    named = {option.key: text_in(option.text, language) for option in question.options}
    return ", ".join(named.get(str(item)) or str(item) for item in chosen)


def shown_questions(checklist: Checklist, answers: Answers) -> frozenset[str]:
    """Return the keys of the questions that are asked, given the answers so far.

    A question waits for the answer named in its condition; while the question it waits for is
    itself hidden, not applicable or unanswered, it stays hidden.
    """
    shown: set[str] = set()
    for question in checklist.questions():
        condition = question.shown_when
        if condition is None or (
            condition.question in shown
            and _fits(
                checklist.question(condition.question),
                answers.get(condition.question),
                wanted=condition.equals,
            )
        ):
            shown.add(question.key)
    return frozenset(shown)


def _fits(question: Question, answer: Answer | None, *, wanted: Iterable[Any]) -> bool:
    if answer is None or answer.na or answer.value is None:
        return False
    values = [read_answer(question, value) for value in wanted]
    if isinstance(answer.value, tuple):
        chosen = answer.value
        return any(set(v) <= set(chosen) if isinstance(v, tuple) else v in chosen for v in values)
    return answer.value in values
