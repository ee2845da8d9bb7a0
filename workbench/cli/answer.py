"""``workbench answer``: answers to the company's three questions."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command, read_text
from workbench.cli.output import Format, Output, show
from workbench.cli.tree import noun
from workbench.i18n import N_, _

app = noun(N_("Answers to the company's three questions."))


@command(
    app,
    "write",
    help=N_("Answer one of the three questions, resting on a barrier."),
    example='workbench answer write lose "Between approval and signing" --barrier "Papers in circles"',
)
@implements("answer.write")
def write(
    question: Annotated[
        str,
        typer.Argument(
            metavar="unhappy|lose|love",
            help=N_("Why are they unhappy; where do we lose them; what keeps them from loving us."),
        ),
    ],
    text: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("The answer; - reads it from stdin."))
    ],
    barrier: Annotated[
        str | None, typer.Option(metavar=N_("CODE"), help=N_("The barrier it rests on."))
    ] = None,
) -> None:
    """Answer a question."""
    with session.writing() as project:
        project.decisions.write_answer(question, read_text(text), barrier=barrier)
    say(_("The answer is kept."))


@command(
    app,
    "list",
    help=N_("List the three questions with their answers and evidence."),
    example="workbench answer list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List answers."""
    with session.reading() as project:
        session.say_blind(project)
        rows = [
            {
                "question": view.question,
                "answer": view.text,
                "barrier": view.barrier,
                "persons": view.persons,
                "asked": view.asked,
            }
            for view in project.insight.overview().answers
        ]
    show(rows, form=form, output=output)
