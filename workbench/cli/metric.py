"""``workbench metric``: measured values of NPS, CSAT and the like."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import Day, Wave, command, given
from workbench.cli.tree import noun
from workbench.i18n import N_, _
from workbench.models.drafts import ReadingDraft

app = noun(N_("Measured values of NPS, CSAT and the like."))


@command(
    app,
    "add",
    help=N_("Add a measured value; the goals show the latest one."),
    example="workbench metric add NPS 23 --n 412 --date 2026-09-30 --wave 2",
)
@implements("reading.add")
def add(
    metric: Annotated[str, typer.Argument(metavar=N_("METRIC"), help=N_("What was measured."))],
    value: Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("The value."))],
    unit: Annotated[str | None, typer.Option(help=N_("Unit of the numbers, such as %."))] = None,
    n: Annotated[
        int | None, typer.Option("--n", metavar=N_("NUMBER"), help=N_("How many were asked."))
    ] = None,
    date: Day = None,
    segment: Annotated[
        str | None, typer.Option(help=N_("Part of the customers; all without it."))
    ] = None,
    formula: Annotated[str | None, typer.Option(help=N_("How it was calculated."))] = None,
    wave: Wave = None,
) -> None:
    """Add a reading."""
    draft = ReadingDraft.read(
        given(
            metric=metric,
            value=value.replace(",", "."),
            unit=unit,
            n=n,
            measured_on=date,
            segment=segment,
            formula=formula,
            wave=wave,
        )
    )
    with session.writing() as project:
        project.plan.add_reading(draft)
    say(_("{metric} = {value} is kept.").format(metric=draft.metric, value=f"{draft.value:g}"))
