"""Visits of a sample project: raw answers become typed ones under the checklist they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.fields import Record
from workbench.interchange.sample_parts import SampleVisit
from workbench.models.kinds import VisitStatus
from workbench.shopping.answers import NOT_APPLICABLE, Answer, read_answer
from workbench.shopping.checklist import Checklist


def read_visit(checklist: Checklist | None) -> Callable[[Record], SampleVisit]:
    """Return what reads one visit whose answers belong to a checklist."""

    def read(record: Record) -> SampleVisit:
        answers = record.record("answers")
        if answers.data and checklist is None:
            raise InputError(
                "checklist-missing",
                N_("{file}: there are answers but no checklist."),
                N_("Add shopping/checklist.yaml."),
                file=record.file,
            )
        return SampleVisit(
            id=record.text("id"),
            location=record.text("location"),
            wave=record.optional_whole("wave"),
            shopper=record.optional("shopper"),
            scenario=record.optional("scenario"),
            planned_date=record.optional_day("planned_date"),
            started=record.optional_moment("started"),
            finished=record.optional_moment("finished"),
            status=record.choice("status", list(VisitStatus), "planned"),
            answers={}
            if checklist is None
            else {key: _answer(checklist, answers, key) for key in answers.data},
            comment=record.text("comment", ""),
        )

    return read


def _answer(checklist: Checklist, answers: Record, key: str) -> Answer:
    raw = answers.data[key]
    fields: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {"value": raw}
    record = Record(fields, answers.file, answers.place(key))
    files = fields.get("evidence", 0)
    evidence = len(files) if isinstance(files, list) else record.whole("evidence", 0)
    try:
        question = checklist.question(key)
        value = NOT_APPLICABLE if record.flag("na") else fields.get("value")
        given = read_answer(question, value)
    except InputError as trouble:
        raise InputError(
            "visit-answer-wrong",
            N_("{file}: {field}: {reason}"),
            N_("Correct it in the file."),
            file=answers.file,
            field=answers.place(key),
            reason=str(trouble),
        ) from trouble
    comment = record.text("comment", "")
    if given is NOT_APPLICABLE:
        return Answer(comment=comment, na=True, evidence=evidence)
    return Answer(given, comment=comment, evidence=evidence)
