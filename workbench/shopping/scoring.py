"""Scores of a visit: earned of possible points, exactly, with every rule and where it comes from.

The rules follow what inspection and mystery-shopping tools document:

* SASSIE (help.sassieshop.com 9000185133, 9000188076): score = earned / possible; possible is the
  best option; N/A is 0/0; five ticks of one point with three ticked are 3/5; a bonus adds to what
  is earned only; bonuses are capped at 100 %.
* SafetyCulture (support.safetyculture.com, scoring and weighting): points × weight; a multiple
  choice is worth the sum of its options; hidden questions do not count; points may be negative.
* Genesys Cloud (help.mypurecloud.com p=144862): Σ(points × weight) / Σ(possible × weight); a
  separate critical score; a wrong fatal question fails the whole whatever the points.
* Sprinklr (audit checklists): total = weighted mean of sections; a critical question with nought
  zeroes its section. Amazon Connect (API_EvaluationScore): an automatic fail zeroes the total.
* eCompliance (212623778): a pass mark for the whole and for each section.

Everything is a fraction; only ``percent`` rounds, half up, to one digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from workbench.shopping.answers import Answer, Answers, Value, shown_questions
from workbench.shopping.checklist import Checklist, Question, Scale, Section

_NOUGHT = Fraction(0)


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """Points of one question.

    Attributes:
        outcome: ``met`` (all points), ``partly``, ``missed`` (none), or why it does not count:
            ``na``, ``hidden``, ``unanswered``, ``unscored``.
        critical_failed: a critical question got the answer it must not get.
    """

    key: str
    earned: Fraction
    possible: Fraction
    outcome: str
    critical: bool = False
    critical_failed: bool = False

    @property
    def share(self) -> Fraction | None:
        """Earned of possible, or None where nothing could be earned."""
        return self.earned / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Points of one section; ``share`` is None when nothing in it could be scored."""

    key: str
    earned: Fraction
    possible: Fraction
    share: Fraction | None
    passed: bool | None
    zeroed: bool
    questions: tuple[QuestionScore, ...]


@dataclass(frozen=True, slots=True)
class VisitScore:
    """The score of a visit; ``share`` is None when nothing could be scored: shown as a dash."""

    earned: Fraction
    possible: Fraction
    share: Fraction | None
    critical_share: Fraction | None
    failed_critical: tuple[str, ...]
    passed: bool | None
    grade: str | None
    sections: tuple[SectionScore, ...]

    @property
    def questions(self) -> tuple[QuestionScore, ...]:
        """Every question of every section."""
        return tuple(question for section in self.sections for question in section.questions)


def percent(share: Fraction | None) -> Decimal | None:
    """Return a share as a percentage with one digit, halves rounded up: for showing only."""
    if share is None:
        return None
    tenths = share * 1000
    sign = -1 if tenths < 0 else 1
    whole = (2 * abs(tenths.numerator) + tenths.denominator) // (2 * tenths.denominator)
    return (Decimal(sign * whole) / 10).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def show_percent(share: Fraction | None) -> str:
    """Return ``62.5 %``, or a dash where there is no score; the caller adapts the decimal sign."""
    value = percent(share)
    return "—" if value is None else f"{value}\u00a0%"


def possible_points(question: Question) -> Fraction:
    """Return the most points a question can earn, before its weight."""
    if not question.scored:
        return _NOUGHT
    match question.type:
        case "yes_no":
            best = max(question.points_yes, question.points_no)
        case "single":
            best = max((o.points for o in question.options if not o.na), default=Decimal(0))
        case "multi":
            best = sum((max(o.points, Decimal(0)) for o in question.options), Decimal(0))
        case "scale" if not question.bands:
            best = (question.scale or Scale()).points
        case "scale" | "number" | "time":
            best = max((band.points for band in question.bands), default=Decimal(0))
        case _:
            best = question.points_if_present or Decimal(0)
    return max(Fraction(best), _NOUGHT)


def earned_points(question: Question, value: Value) -> Fraction:
    """Return the points of an answer, before the question's weight; may be negative."""
    if not question.scored:
        return _NOUGHT
    match question.type:
        case "yes_no":
            return Fraction(question.points_yes if value is True else question.points_no)
        case "single" | "multi":
            chosen = value if isinstance(value, tuple) else (value,)
            points = (o.points for o in question.options if o.key in chosen)
            return Fraction(sum(points, Decimal(0)))
        case "scale" if not question.bands:
            scale = question.scale or Scale()
            place = Fraction(_number(value)) - Fraction(scale.low)
            return place / (Fraction(scale.high) - Fraction(scale.low)) * Fraction(scale.points)
        case "scale" | "number" | "time":
            number = _number(value)
            return Fraction(
                next((band.points for band in question.bands if band.holds(number)), Decimal(0))
            )
        case _:
            return Fraction(question.points_if_present or 0)


def _number(value: Value) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    message = f"not a number: {value!r}"
    raise TypeError(message)


def favourable_share(question: Question, value: Value) -> Fraction | None:
    """Return how good an answer is from 0 to 1, scored or not; None where no answer is better."""
    if question.type == "yes_no" and (
        not question.scored or question.points_yes == question.points_no
    ):
        return Fraction(1 if value is True else 0)
    if question.type == "scale" and not question.bands:
        scale = question.scale or Scale()
        return (Fraction(_number(value)) - Fraction(scale.low)) / Fraction(scale.high - scale.low)
    possible = possible_points(question)
    if possible:
        return earned_points(question, value) / possible
    return _NOUGHT if earned_points(question, value) < 0 else None


def score_question(
    question: Question, answer: Answer | None, *, shown: bool, unanswered: str = "skip"
) -> QuestionScore:
    """Return the points of one question; what does not count is 0 of 0.

    Args:
        question: what was asked.
        answer: what was given, if anything.
        shown: whether the question's condition was met.
        unanswered: ``skip`` leaves a question without an answer out, ``zero`` counts 0 of its points.
    """
    if not shown:
        return _out(question, "hidden")
    if answer is not None and (answer.na or _chose_na(question, answer.value)):
        return _out(question, "na")
    possible = possible_points(question)
    weight = Fraction(question.weight)
    worth = _NOUGHT if question.bonus else possible * weight
    if answer is None or answer.value is None:
        return (
            QuestionScore(question.key, _NOUGHT, worth, "unanswered", question.critical)
            if unanswered == "zero" and question.scored
            else _out(question, "unanswered")
        )
    share = favourable_share(question, answer.value)
    failed = question.critical and share is not None and share <= 0
    earned = earned_points(question, answer.value)
    if not _can_score(question):
        return QuestionScore(
            question.key, _NOUGHT, _NOUGHT, "unscored", question.critical, critical_failed=failed
        )
    outcome = "met" if earned >= possible else "missed" if earned <= 0 else "partly"
    return QuestionScore(
        question.key, earned * weight, worth, outcome, question.critical, critical_failed=failed
    )


def _can_score(question: Question) -> bool:
    """Tell whether any answer earns or costs points."""
    if possible_points(question):
        return True
    costs = [question.points_yes, question.points_no] if question.type == "yes_no" else []
    costs += [option.points for option in question.options] + [b.points for b in question.bands]
    return question.scored and min(costs, default=Decimal(0)) < 0


def _out(question: Question, outcome: str) -> QuestionScore:
    return QuestionScore(question.key, _NOUGHT, _NOUGHT, outcome, question.critical)


def _chose_na(question: Question, value: Value | None) -> bool:
    chosen = value if isinstance(value, tuple) else (value,)
    return any(option.na and option.key in chosen for option in question.options)


def score_visit(
    checklist: Checklist, answers: Answers, *, answered_only: bool = False
) -> VisitScore:
    """Return the score of a visit under its checklist's rules.

    A required question without an answer counts 0 of its points; an optional one follows the
    checklist's ``unanswered`` policy. ``answered_only`` leaves both out, for the score shown while
    a visit is being filled in. A visit without any answer has no score.
    """
    answered_only = answered_only or not any(answer.given for answer in answers.values())
    shown = shown_questions(checklist, answers)
    sections = tuple(
        _score_section(checklist, section, answers, shown=shown, answered_only=answered_only)
        for section in checklist.sections
    )
    failed = tuple(q.key for s in sections for q in s.questions if q.critical_failed)
    critical = [q for s in sections for q in s.questions if q.critical]
    earned = sum((section.earned for section in sections), _NOUGHT)
    possible = sum((section.possible for section in sections), _NOUGHT)
    share = _total(checklist, sections, earned=earned, possible=possible)
    if share is not None and failed and checklist.critical_policy == "zero_total":
        share = earned = _NOUGHT
    return VisitScore(
        earned=earned,
        possible=possible,
        share=share,
        critical_share=_share(
            checklist,
            sum((q.earned for q in critical), _NOUGHT),
            sum((q.possible for q in critical), _NOUGHT),
        ),
        failed_critical=failed,
        passed=_passed(checklist, share, sections=sections, failed=bool(failed)),
        grade=grade(checklist, share),
        sections=sections,
    )


def _score_section(
    checklist: Checklist,
    section: Section,
    answers: Answers,
    *,
    shown: frozenset[str],
    answered_only: bool,
) -> SectionScore:
    scores = tuple(
        score_question(
            question,
            answers.get(question.key),
            shown=question.key in shown,
            unanswered="skip"
            if answered_only
            else "zero"
            if question.required
            else checklist.unanswered,
        )
        for question in section.questions
    )
    possible = sum((score.possible for score in scores), _NOUGHT)
    earned = sum((score.earned for score in scores), _NOUGHT)
    if checklist.floor_zero:
        earned = max(earned, _NOUGHT)
    zeroed = checklist.critical_policy == "zero_section" and any(s.critical_failed for s in scores)
    if zeroed:
        earned = _NOUGHT
    share = _share(checklist, earned, possible)
    passed = None
    if section.pass_mark is not None and share is not None:
        passed = share * 100 >= Fraction(section.pass_mark)
    return SectionScore(section.key, earned, possible, share, passed, zeroed, scores)


def _share(checklist: Checklist, earned: Fraction, possible: Fraction) -> Fraction | None:
    if possible <= 0:
        return None
    share = earned / possible
    if checklist.floor_zero:
        share = max(share, _NOUGHT)
    return min(share, Fraction(1)) if checklist.cap_100 else share


def _total(
    checklist: Checklist,
    sections: tuple[SectionScore, ...],
    *,
    earned: Fraction,
    possible: Fraction,
) -> Fraction | None:
    if checklist.total_mode == "points":
        return _share(checklist, earned, possible)
    weights = {section.key: Fraction(section.weight) for section in checklist.sections}
    counted = [(weights[s.key], s.share) for s in sections if s.share is not None]
    return _share(
        checklist,
        sum((weight * share for weight, share in counted), _NOUGHT),
        sum((weight for weight, _share_of_section in counted), _NOUGHT),
    )


def _passed(
    checklist: Checklist,
    share: Fraction | None,
    *,
    sections: tuple[SectionScore, ...],
    failed: bool,
) -> bool | None:
    if failed or any(section.passed is False for section in sections):
        return False
    if share is None:
        return None
    if checklist.pass_mark is not None:
        return share * 100 >= Fraction(checklist.pass_mark)
    critical = any(question.critical for question in checklist.questions())
    # without a mark and without a critical question there is nothing to pass
    return True if critical or any(section.passed for section in sections) else None


def grade(checklist: Checklist, share: Fraction | None) -> str | None:
    """Return the key of the best grade band that a share reaches."""
    if share is None:
        return None
    reached = [band for band in checklist.grade_bands if share * 100 >= Fraction(band.at_least)]
    return max(reached, key=lambda band: band.at_least).key if reached else None
