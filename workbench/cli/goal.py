"""``workbench goal``: what the company wants, with numbers and dates."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import Due, command, given, values
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_, _
from workbench.models.drafts import GoalDraft
from workbench.models.kinds import GoalCategory
from workbench.models.views import GoalView

app = noun(N_("What the company wants, with numbers and dates."))

Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The goal in a few words."))]
Number = Annotated[str | None, typer.Option(metavar=N_("NUMBER"), help=N_("Where it is now."))]


@command(
    app,
    "add",
    help=N_("Add a goal; without a number and a date it is a wish and is refused."),
    example='workbench goal add "More promoters" --metric NPS --baseline 18 --target 27 --due 2027-06-30',
)
@implements("goal.add")
def add(
    name: Name,
    metric: Annotated[str | None, typer.Option(help=N_("What is measured, such as NPS."))] = None,
    target: Annotated[
        str | None, typer.Option(metavar=N_("NUMBER"), help=N_("Where it must be."))
    ] = None,
    due: Due = None,
    baseline: Number = None,
    unit: Annotated[str | None, typer.Option(help=N_("Unit of the numbers, such as %."))] = None,
    category: Annotated[
        str | None, typer.Option(metavar=values(GoalCategory), help=N_("What it is good for."))
    ] = None,
    form: Format = "table",
) -> None:
    """Add a goal."""
    draft = GoalDraft.read(
        given(
            name=name,
            metric=metric,
            target=target,
            due=due,
            baseline=baseline,
            unit=unit,
            category=category,
        )
    )
    with session.writing() as project:
        show_one(_row(project.plan.add_goal(draft)), form=form)


@command(
    app,
    "list",
    help=N_("List the goals with the latest reading of each metric."),
    example="workbench goal list",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List goals."""
    with session.reading() as project:
        rows = [_row(view) for view in project.plan.goals()]
    show(rows, form=form, output=output)


@command(
    app,
    "remove",
    help=N_("Remove a goal; undo brings it back."),
    example='workbench goal remove "More promoters"',
)
@implements("goal.remove")
def remove(name: Name) -> None:
    """Remove a goal."""
    with session.writing() as project:
        project.plan.remove_goal(name)
    say(_("The goal “{name}” is removed.").format(name=name))


def _row(view: GoalView) -> dict[str, object]:
    return {
        "name": view.name,
        "metric": view.metric,
        "unit": view.unit,
        "category": view.category,
        "baseline": view.baseline,
        "target": view.target,
        "latest": view.latest,
        "due": view.due,
        "id": view.id,
    }
