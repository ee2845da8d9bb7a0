"""What a checklist is: sections, questions, options, scales, bands and the rules of its score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from workbench.errors import InputError
from workbench.i18n import N_

QUESTION_TYPES: Final = ("yes_no", "single", "multi", "scale", "number", "time", "text", "date")
"""A time is measured (minutes:seconds) and kept as seconds."""

TOTAL_MODES: Final = ("points", "weighted_sections")
CRITICAL_POLICIES: Final = ("flag_fail", "zero_section", "zero_total")
COMMENT_RULES: Final = ("never", "no", "low")
"""When a comment must be given: never; on the worst answer; on the worst quarter of the points."""

UNANSWERED_POLICIES: Final = ("skip", "zero")
"""What an optional question without an answer counts for: nothing at all, or nought of its points."""

Texts = Mapping[str, str]
"""One text per language code."""

_ONE = Decimal(1)
_NOUGHT = Decimal(0)


def text_in(texts: Texts, language: str) -> str:
    """Return a text in a language, else in English, else in whatever there is."""
    for choice in (language, "en", *texts):
        if texts.get(choice):
            return texts[choice]
    return ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; ``na`` takes the question out of the score, ``exclusive`` stands alone."""

    key: str
    text: Texts
    points: Decimal = _NOUGHT
    na: bool = False
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """Points for a number from ``low`` to ``high``, both included; None leaves an end open.

    Where two bands meet, the first one that fits counts: 0–5 min 3 points, 5–10 min 2 points
    gives 3 points for exactly five minutes.
    """

    low: Decimal | None
    high: Decimal | None
    points: Decimal

    def holds(self, value: Decimal) -> bool:
        """Tell whether a number lies in this band."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale whose best step earns ``points`` and whose worst earns none."""

    low: Decimal = _ONE
    high: Decimal = Decimal(5)
    points: Decimal = _ONE
    step: Decimal = _ONE


@dataclass(frozen=True, slots=True)
class Condition:
    """Show a question only when another one was answered so."""

    question: str
    equals: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a checklist; its key is stable through all versions."""

    key: str
    text: Texts
    type: str = "yes_no"
    points_yes: Decimal = _ONE
    points_no: Decimal = _NOUGHT
    weight: Decimal = _ONE
    critical: bool = False
    bonus: bool = False
    scored: bool = True
    na_allowed: bool = False
    required: bool = True
    comment_required_when: str = "never"
    evidence_required: bool = False
    shown_when: Condition | None = None
    options: tuple[Option, ...] = ()
    scale: Scale | None = None
    bands: tuple[Band, ...] = ()
    points_if_present: Decimal | None = None
    help: Texts = field(default_factory=dict)

    def option(self, key: str) -> Option | None:
        """Return the choice with a key."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a checklist with a score of its own."""

    key: str
    title: Texts
    questions: tuple[Question, ...]
    weight: Decimal = _ONE
    pass_mark: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GradeBand:
    """The grade of a score of at least so many percent."""

    key: str
    at_least: Decimal


DEFAULT_GRADES: Final = (
    GradeBand("green", Decimal(90)),
    GradeBand("amber", Decimal(75)),
    GradeBand("red", Decimal(-1_000_000)),
)


@dataclass(frozen=True)
class Checklist:
    """A version of a questionnaire for mystery shoppers, with its scoring rules."""

    key: str
    title: Texts
    sections: tuple[Section, ...]
    total_mode: str = "points"
    critical_policy: str = "flag_fail"
    pass_mark: Decimal | None = None
    cap_100: bool = True
    floor_zero: bool = True
    unanswered: str = "skip"
    grade_bands: tuple[GradeBand, ...] = DEFAULT_GRADES

    def questions(self) -> Iterator[Question]:
        """Yield every question in order."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """Every question by its key."""
        return {question.key: question for question in self.questions()}

    def question(self, key: str) -> Question:
        """Return the question with a key; an unknown key is an InputError."""
        if key not in self.by_key:
            raise InputError(
                "question-unknown",
                N_("The checklist “{checklist}” has no question “{question}”."),
                N_("Use one of its question keys."),
                checklist=self.key,
                question=key,
            )
        return self.by_key[key]
