"""``workbench wave``: waves of collecting and measuring."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.options import command, given
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_
from workbench.models.drafts import WaveDraft
from workbench.models.views import WaveView

app = noun(N_("Waves of collecting and measuring."))

Date = Annotated[
    str | None, typer.Option(metavar=N_("DATE"), help=N_("First or last day, as in 2026-05-31."))
]


@command(
    app,
    "add",
    help=N_("Add a wave; without a number it becomes the next one."),
    example='workbench wave add "Before the changes" --start 2026-02-01 --end 2026-03-15',
)
@implements("wave.add")
def add(
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("What sets it apart."))],
    number: Annotated[
        int | None, typer.Option(metavar=N_("NUMBER"), help=N_("Number of the wave."))
    ] = None,
    start: Date = None,
    end: Date = None,
    form: Format = "table",
) -> None:
    """Add a wave."""
    draft = WaveDraft.read(given(title=title, ordinal=number, start=start, end=end))
    with session.writing() as project:
        show_one(_row(project.plan.add_wave(draft)), form=form)


@command(app, "list", help=N_("List the waves in order."), example="workbench wave list")
def list_(form: Format = "table", output: Output = None) -> None:
    """List waves."""
    with session.reading() as project:
        rows = [_row(view) for view in project.plan.waves()]
    show(rows, form=form, output=output)


def _row(view: WaveView) -> dict[str, object]:
    return {"number": view.ordinal, "title": view.title, "start": view.start, "end": view.end}
