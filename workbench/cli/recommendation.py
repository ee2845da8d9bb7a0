"""``workbench recommendation``: what to do about the barriers."""

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
from workbench.models.drafts import RecommendationDraft
from workbench.models.kinds import Effort as EffortKind
from workbench.models.kinds import RecommendationKind, RecommendationStatus
from workbench.models.views import RecommendationView

app = noun(N_("What to do about the barriers."))

Number = Annotated[int, typer.Argument(metavar=N_("NUMBER"), help=N_("Its number in the list."))]
Text = Annotated[str | None, typer.Option(help=N_("The recommendation in full."))]
KindOption = Annotated[
    str | None,
    typer.Option("--kind", metavar=values(RecommendationKind), help=N_("What it changes.")),
]
Barriers = Annotated[
    list[str] | None,
    typer.Option(
        "--barrier", metavar=N_("CODE"), help=N_("A barrier it answers; may be repeated.")
    ),
]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar=N_("ROLE"), help=N_("Who is to do it, by role."))
]
Effort = Annotated[
    str | None, typer.Option(metavar=values(EffortKind), help=N_("How much work it is."))
]
Impact = Annotated[int | None, typer.Option(metavar="1…5", help=N_("How much it will change."))]
Status = Annotated[
    str | None, typer.Option(metavar=values(RecommendationStatus), help=N_("How far it is."))
]
Remeasure = Annotated[
    int | None,
    typer.Option("--remeasure", metavar=N_("NUMBER"), help=N_("Wave that measures it again.")),
]


@command(
    app,
    "add",
    help=N_("Add a recommendation with the barriers it answers."),
    example='workbench recommendation add "Say the price first" --barrier "Hidden fees" --owner "Head of sales" --due 2026-12-01',
)
@implements("recommendation.add")
def add(
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("What to do, in a line."))],
    *,
    text: Text = None,
    kind: KindOption = None,
    barrier: Barriers = None,
    owner: Owner = None,
    effort: Effort = None,
    impact: Impact = None,
    due: Due = None,
    status: Status = None,
    remeasure: Remeasure = None,
    form: Format = "table",
) -> None:
    """Add a recommendation."""
    draft = RecommendationDraft.read(
        given(
            title=title,
            text=text,
            kind=kind,
            barriers=barrier or None,
            owner_role=owner,
            effort=effort,
            impact=impact,
            due=due,
            status=status,
            remeasure_wave=remeasure,
        )
    )
    with session.writing() as project:
        show_one(_row(project.decisions.add(draft)), form=form)


@command(
    app,
    "edit",
    help=N_("Change a recommendation; barriers that are given replace those before."),
    example="workbench recommendation edit 2 --status done --remeasure 2",
)
@implements("recommendation.edit")
def edit(
    number: Number,
    *,
    title: Annotated[str | None, typer.Option(help=N_("What to do, in a line."))] = None,
    text: Text = None,
    kind: KindOption = None,
    barrier: Barriers = None,
    owner: Owner = None,
    effort: Effort = None,
    impact: Impact = None,
    due: Due = None,
    status: Status = None,
    remeasure: Remeasure = None,
    form: Format = "table",
) -> None:
    """Change a recommendation."""
    changes = given(
        title=title,
        text=text,
        kind=kind,
        barriers=tuple(barrier) if barrier else None,
        owner_role=owner,
        effort=effort,
        impact=impact,
        due=due,
        status=status,
        remeasure_wave=remeasure,
    )
    with session.writing() as project:
        show_one(_row(project.decisions.edit(number, **changes)), form=form)


@command(
    app,
    "list",
    help=N_("List the recommendations in order."),
    example="workbench recommendation list --format md",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List recommendations."""
    with session.reading() as project:
        rows = [_row(view) for view in project.decisions.recommendations()]
    show(rows, form=form, output=output)


@command(
    app,
    "remove",
    help=N_("Remove a recommendation; undo brings it back."),
    example="workbench recommendation remove 2",
)
@implements("recommendation.remove")
def remove(number: Number) -> None:
    """Remove a recommendation."""
    with session.writing() as project:
        project.decisions.remove(number)
    say(_("Recommendation {number} is removed.").format(number=number))


def _row(view: RecommendationView) -> dict[str, object]:
    return {
        "number": view.number,
        "title": view.title,
        "kind": view.kind,
        "barriers": view.barriers,
        "owner_role": view.owner_role,
        "effort": view.effort,
        "impact": view.impact,
        "due": view.due,
        "status": view.status,
        "remeasure_wave": view.remeasure_wave,
        "text": view.text,
        "id": view.id,
    }
