"""``workbench stage``: the customer journey, its stages and touchpoints."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_, _

app = noun(N_("The customer journey: stages and touchpoints."))

Key = Annotated[
    str, typer.Argument(metavar=N_("KEY"), help=N_("A short name without spaces, such as signing."))
]


@command(
    app,
    "add",
    help=N_("Add a stage at the end of the journey."),
    example='workbench stage add signing "Signing the contract"',
)
@implements("stage.add")
def add(
    key: Key,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The stage's name."))],
    form: Format = "table",
) -> None:
    """Add a stage."""
    with session.writing() as project:
        view = project.plan.add_stage(key, name)
    show_one({"key": view.key, "name": view.name}, form=form)


@command(
    app,
    "touchpoint",
    help=N_("Add a touchpoint to a stage."),
    example='workbench stage touchpoint signing office "Meeting at the office" --channel branch',
)
@implements("touchpoint.add")
def touchpoint(
    stage: Annotated[str, typer.Argument(metavar=N_("STAGE"), help=N_("Its key or name."))],
    key: Key,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The touchpoint's name."))],
    channel: Annotated[str, typer.Option(help=N_("Where it happens: branch, app, phone…"))] = "",
) -> None:
    """Add a touchpoint."""
    with session.writing() as project:
        project.plan.add_touchpoint(stage, key, name=name, channel=channel)
    say(_("The touchpoint “{name}” is added.").format(name=name))


@command(
    app,
    "list",
    help=N_("List the stages of the journey, one line per touchpoint."),
    example="workbench stage list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List stages."""
    with session.reading() as project:
        rows = [
            {
                "key": view.key,
                "stage": view.name,
                "touchpoint_key": key,
                "touchpoint": name,
                "channel": channel,
            }
            for view in project.plan.stages()
            for key, name, channel in (view.touchpoints or (("", "", ""),))
        ]
    show(rows, form=form, output=output)
