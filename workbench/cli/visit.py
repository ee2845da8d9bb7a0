"""``workbench shop visit``: visits planned, filled in, submitted and reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import Day, Wave, command, given, read_text
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.errors import UsageError
from workbench.i18n import N_, _, decimal_text
from workbench.models.drafts import VisitDraft
from workbench.models.views import QuestionView, VisitCard, VisitView

app = noun(N_("Visits: plan, fill in, submit, review."))

VisitName = Annotated[str, typer.Argument(metavar=N_("VISIT"), help=N_("Code of the visit."))]
QuestionKey = Annotated[
    str, typer.Argument(metavar=N_("QUESTION"), help=N_("Key of the question."))
]


@command(
    app,
    "plan",
    help=N_("Plan a visit to a location."),
    example="workbench shop visit plan mill --shopper S4 --date 2026-05-31",
)
@implements("visit.plan")
def plan(
    location: Annotated[
        str, typer.Argument(metavar=N_("LOCATION"), help=N_("Key or name of the location."))
    ],
    code: Annotated[
        str | None, typer.Option(help=N_("Code of the visit; the next free one by default."))
    ] = None,
    checklist: Annotated[
        str | None,
        typer.Option(metavar=N_("KEY"), help=N_("Checklist; the newest by default.")),
    ] = None,
    shopper: Annotated[str | None, typer.Option(help=N_("Code of the shopper."))] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar=N_("KEY"), help=N_("What the shopper plays."))
    ] = None,
    wave: Wave = None,
    date: Day = None,
    form: Format = "table",
) -> None:
    """Plan a visit."""
    draft = VisitDraft.read(
        given(
            location=location,
            code=code,
            checklist=checklist,
            shopper=shopper,
            scenario=scenario,
            wave=wave,
            planned_on=date,
        )
    )
    with session.writing() as project:
        show_one(_row(project.shopping.plan(draft)), form=form)


@command(
    app,
    "list",
    help=N_("List the visits with their scores."),
    example="workbench shop visit list --format csv",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List visits."""
    with session.reading() as project:
        rows = [_row(card) for card in project.shopping.visits()]
    show(rows, form=form, output=output)


@command(
    app,
    "show",
    help=N_("Show a visit's questions with the answers given so far."),
    example="workbench shop visit show V07 --format json",
)
def show_(visit: VisitName, form: Format = "table", output: Output = None) -> None:
    """Show a visit."""
    with session.reading() as project:
        view = project.shopping.visit(visit)
    questions = [_question_row(item) for item in view.questions if item.visible]
    if form == "json":
        row = _row(view.card) | {
            "checklist": view.checklist,
            "scenario": view.scenario,
            "comment": view.comment,
            "missing": view.missing,
            "failed_criticals": view.card.score.failed_criticals,
            "sections": {title: score.percent for title, score in view.section_scores},
            "questions_and_answers": questions,
        }
        show_one(row, form=form, output=output)
        return
    show(questions, form=form, output=output)
    _say_state(view)


@command(
    app,
    "answer",
    help=N_("Save the answer to one question; --clear takes it back."),
    example='workbench shop visit answer V07 greeting no --comment "Nobody looked up"',
)
@implements("visit.answer")
def answer(
    visit: VisitName,
    question: QuestionKey,
    value: Annotated[
        str | None,
        typer.Argument(metavar=N_("ANSWER"), help=N_("What the question's type takes.")),
    ] = None,
    na: Annotated[bool, typer.Option("--na", help=N_("The question does not apply."))] = False,
    clear: Annotated[bool, typer.Option("--clear", help=N_("Take the answer back."))] = False,
    comment: Annotated[str | None, typer.Option(help=N_("A remark on the answer."))] = None,
    form: Format = "table",
) -> None:
    """Answer a question."""
    if sum((value is not None, na, clear)) != 1:
        raise UsageError(
            "answer-how",
            N_("It is not clear what to answer."),
            N_("Give an answer, --na or --clear."),
        )
    with session.writing() as project:
        view = project.shopping.answer(visit, question, value, na=na, comment=comment)
    asked = next(item for item in view.questions if item.key == question)
    show_one(_question_row(asked), form=form)
    _say_state(view)


@command(
    app,
    "comment",
    help=N_("Write what the shopper says about the visit as a whole."),
    example='workbench shop visit comment V07 "Quick, but nobody smiled."',
)
@implements("visit.comment")
def comment(
    visit: VisitName,
    text: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("The comment; - reads it from stdin."))
    ],
) -> None:
    """Comment on a visit."""
    with session.writing() as project:
        project.shopping.comment(visit, read_text(text))
    say(_("The comment is kept."))


@command(
    app,
    "evidence",
    help=N_("Attach a photo, receipt or recording to a question."),
    example="workbench shop visit evidence V07 receipt receipt.jpg",
)
@implements("visit.evidence")
def evidence(
    visit: VisitName,
    question: QuestionKey,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The file to attach."))],
) -> None:
    """Attach a file."""
    with session.writing() as project:
        project.shopping.add_evidence(visit, question, file)
    say(_("{file} is attached.").format(file=file.name))


@command(
    app,
    "submit",
    help=N_("Finish a visit; nothing required may be missing."),
    example="workbench shop visit submit V07",
)
@implements("visit.submit")
def submit(visit: VisitName, form: Format = "table") -> None:
    """Submit a visit."""
    with session.writing() as project:
        show_one(_row(project.shopping.submit(visit).card), form=form)


@command(
    app,
    "status",
    help=N_("Move a visit along its way: assign, start, review, approve, return, publish…"),
    example="workbench shop visit status V07 approve",
)
@implements("visit.status")
def status(
    visit: VisitName,
    action: Annotated[
        str, typer.Argument(metavar=N_("ACTION"), help=N_("What is done with the visit."))
    ],
    form: Format = "table",
) -> None:
    """Move a visit along its way."""
    with session.writing() as project:
        show_one(_row(project.shopping.change_status(visit, action)), form=form)


def _say_state(view: VisitView) -> None:
    """Say the score so far and what is missing."""
    card = view.card
    percent = "—" if card.score.percent is None else f"{decimal_text(card.score.percent)} %"
    say(
        _("{visit}: {answered} of {questions} answered, score {percent}.").format(
            visit=card.code, answered=card.answered, questions=card.questions, percent=percent
        )
    )
    if view.missing and view.editable:
        say(_("Still missing: {questions}.").format(questions=", ".join(view.missing)))


def _row(card: VisitCard) -> dict[str, object]:
    return {
        "visit": card.code,
        "location": card.location,
        "region": card.region,
        "wave": card.wave,
        "shopper": card.shopper,
        "status": card.status,
        "planned_on": card.planned_on,
        "finished_at": card.finished_at,
        "answered": card.answered,
        "questions": card.questions,
        "percent": card.score.percent,
        "passed": card.score.passed,
        "grade": card.score.grade,
    }


def _question_row(view: QuestionView) -> dict[str, object]:
    return {
        "number": view.number,
        "key": view.key,
        "section": view.section,
        "question": view.text,
        "type": view.type,
        "answer": "na" if view.na else view.value,
        "comment": view.comment,
        "options": [option.key for option in view.options],
        "required": view.required,
    }
