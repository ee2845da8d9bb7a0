"""Reading and keeping checklists, and reading visits with their answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, func, select

from workbench.models import tables
from workbench.shopping.answers import Answer, read_answer, value_to_json
from workbench.shopping.checklist import (
    Band,
    Checklist,
    Condition,
    GradeBand,
    Option,
    Question,
    Scale,
    Section,
)


@dataclass(frozen=True)
class StoredChecklist:
    """A version of a checklist with the rows its questions live in."""

    version_id: str
    number: int
    frozen: bool
    checklist: Checklist
    question_ids: dict[str, str]


def load_checklist(session: Session, version_id: str) -> StoredChecklist:
    """Return a version of a checklist as the rules know it."""
    version = session.get_one(tables.ChecklistVersion, version_id)
    head = session.get_one(tables.Checklist, version.checklist_id)
    sections = session.exec(
        select(tables.Section)
        .where(tables.Section.version_id == version_id)
        .order_by(col(tables.Section.ordinal))
    ).all()
    questions = session.exec(
        select(tables.Question)
        .where(col(tables.Question.section_id).in_([section.id for section in sections]))
        .order_by(col(tables.Question.ordinal))
    ).all()
    options: dict[str, list[tables.Option]] = defaultdict(list)
    for option in session.exec(
        select(tables.Option)
        .where(col(tables.Option.question_id).in_([question.id for question in questions]))
        .order_by(col(tables.Option.ordinal))
    ):
        options[option.question_id].append(option)
    by_section: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_section[question.section_id].append(_question(question, options[question.id]))
    checklist = Checklist(
        key=head.key,
        title=head.title,
        sections=tuple(_section(section, by_section[section.id]) for section in sections),
        total_mode=version.total_mode,
        critical_policy=version.critical_policy,
        pass_mark=_decimal(version.pass_mark),
        cap_100=version.cap_100,
        floor_zero=version.floor_zero,
        unanswered=version.unanswered,
        grade_bands=tuple(
            GradeBand(band["key"], Decimal(band["at_least"])) for band in version.grade_bands
        ),
    )
    ids = {question.key: question.id for question in questions}
    return StoredChecklist(
        version_id, version.number, version.frozen_at is not None, checklist, ids
    )


def keep_checklist(session: Session, project_id: str, checklist: Checklist) -> str:
    """Store a checklist, as a new version when its key is known; return the version's id."""
    head = session.exec(
        select(tables.Checklist).where(
            tables.Checklist.project_id == project_id, tables.Checklist.key == checklist.key
        )
    ).first()
    if head is None:
        head = tables.Checklist(
            project_id=project_id, key=checklist.key, title=dict(checklist.title)
        )
        session.add(head)
        session.flush()
    last = session.exec(
        select(func.max(tables.ChecklistVersion.number)).where(
            tables.ChecklistVersion.checklist_id == head.id
        )
    ).one()
    version = tables.ChecklistVersion(
        checklist_id=head.id,
        number=(last or 0) + 1,
        total_mode=checklist.total_mode,
        critical_policy=checklist.critical_policy,
        pass_mark=_text(checklist.pass_mark),
        cap_100=checklist.cap_100,
        floor_zero=checklist.floor_zero,
        unanswered=checklist.unanswered,
        grade_bands=[
            {"key": band.key, "at_least": str(band.at_least)} for band in checklist.grade_bands
        ],
    )
    session.add(version)
    session.flush()
    for ordinal, section in enumerate(checklist.sections):
        row = tables.Section(
            version_id=version.id,
            key=section.key,
            title=dict(section.title),
            weight=str(section.weight),
            pass_mark=_text(section.pass_mark),
            ordinal=ordinal,
        )
        session.add(row)
        session.flush()
        for place, question in enumerate(section.questions):
            _keep_question(session, row.id, question, place)
    session.flush()
    return version.id


def _keep_question(session: Session, section_id: str, question: Question, place: int) -> None:
    row = tables.Question(
        section_id=section_id,
        ordinal=place,
        key=question.key,
        text=dict(question.text),
        type=question.type,
        weight=str(question.weight),
        points_yes=str(question.points_yes),
        points_no=str(question.points_no),
        points_if_present=_text(question.points_if_present),
        required=question.required,
        help=dict(question.help),
        scored=question.scored,
        bonus=question.bonus,
        critical=question.critical,
        na_allowed=question.na_allowed,
        comment_required_when=question.comment_required_when,
        evidence_required=question.evidence_required,
        shown_when=_condition_to_json(question.shown_when),
        scale=_scale_to_json(question.scale),
        bands=[
            {"low": _text(band.low), "high": _text(band.high), "points": str(band.points)}
            for band in question.bands
        ],
    )
    session.add(row)
    session.flush()
    for ordinal, option in enumerate(question.options):
        session.add(
            tables.Option(
                question_id=row.id,
                key=option.key,
                text=dict(option.text),
                points=str(option.points),
                na=option.na,
                exclusive=option.exclusive,
                ordinal=ordinal,
            )
        )


def _section(row: tables.Section, questions: list[Question]) -> Section:
    return Section(
        row.key, row.title, tuple(questions), Decimal(row.weight), _decimal(row.pass_mark)
    )


def _question(row: tables.Question, options: list[tables.Option]) -> Question:
    return Question(
        key=row.key,
        text=row.text,
        type=row.type,
        points_yes=Decimal(row.points_yes or 0),
        points_no=Decimal(row.points_no or 0),
        weight=Decimal(row.weight),
        critical=row.critical,
        bonus=row.bonus,
        scored=row.scored,
        na_allowed=row.na_allowed,
        required=row.required,
        comment_required_when=row.comment_required_when,
        evidence_required=row.evidence_required,
        shown_when=_condition(row.shown_when),
        options=tuple(
            Option(
                option.key, option.text, Decimal(option.points or 0), option.na, option.exclusive
            )
            for option in options
        ),
        scale=_scale(row.scale),
        bands=tuple(
            Band(_decimal(band["low"]), _decimal(band["high"]), Decimal(str(band["points"])))
            for band in row.bands
        ),
        points_if_present=_decimal(row.points_if_present),
        help=row.help,
    )


def _condition_to_json(condition: Condition | None) -> dict[str, Any] | None:
    if condition is None:
        return None
    return {
        "question": condition.question,
        "equals": [value_to_json(value) for value in condition.equals],
    }


def _condition(stored: dict[str, Any] | None) -> Condition | None:
    return Condition(stored["question"], tuple(stored["equals"])) if stored else None


def _scale_to_json(scale: Scale | None) -> dict[str, Any] | None:
    if scale is None:
        return None
    return {name: str(getattr(scale, name)) for name in ("low", "high", "points", "step")}


def _scale(stored: dict[str, Any] | None) -> Scale | None:
    return Scale(**{name: Decimal(value) for name, value in stored.items()}) if stored else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def answers_of(
    session: Session, visit_ids: Iterable[str], checklists: dict[str, StoredChecklist]
) -> dict[str, dict[str, Answer]]:
    """Return the answers of visits by question key, typed as the questions are.

    ``checklists`` holds each visit's checklist by visit id.
    """
    ids = list(visit_ids)
    keys = {
        question_id: (key, stored.checklist.by_key[key])
        for stored in checklists.values()
        for key, question_id in stored.question_ids.items()
    }
    evidence: dict[tuple[str, str | None], int] = defaultdict(int)
    for row in session.exec(select(tables.Evidence).where(col(tables.Evidence.visit_id).in_(ids))):
        evidence[row.visit_id, row.question_id] += 1
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    rows = session.exec(select(tables.VisitAnswer).where(col(tables.VisitAnswer.visit_id).in_(ids)))
    for answer in rows:
        key, question = keys[answer.question_id]
        value = None if answer.value is None else read_answer(question, answer.value)
        found[answer.visit_id][key] = Answer(
            value if not answer.na else None,  # type: ignore[arg-type]
            answer.comment,
            answer.na,
            evidence[answer.visit_id, answer.question_id],
        )
    return found
