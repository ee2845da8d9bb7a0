"""``workbench shop``: mystery shopping, from locations and checklists to the rating of locations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli import session, visit
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import Wave, command, given, values
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_, _
from workbench.models.drafts import LocationDraft
from workbench.models.kinds import LocationKind, LocationOwner
from workbench.models.views import LocationView

app = noun(N_("Mystery shopping: locations, checklists, visits, scores."))
_locations = noun(N_("Regions and branches."))
_checklists = noun(N_("Checklists that visits are made with."))
app.add_typer(_locations, name="location")
app.add_typer(_checklists, name="checklist")
app.add_typer(visit.app, name="visit")


@command(
    _locations,
    "add",
    help=N_("Add a region or a branch."),
    example='workbench shop location add mill "Mill Street" --parent north',
)
@implements("location.add")
def add_location(
    key: Annotated[str, typer.Argument(metavar=N_("KEY"), help=N_("A short name without spaces."))],
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Its name."))],
    kind: Annotated[
        str | None, typer.Option(metavar=values(LocationKind), help=N_("A level of the tree."))
    ] = None,
    parent: Annotated[
        str | None, typer.Option(metavar=N_("KEY"), help=N_("The region it lies in."))
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar=values(LocationOwner), help=N_("Whose it is."))
    ] = None,
    address: Annotated[str | None, typer.Option(help=N_("Where it is."))] = None,
    hours: Annotated[str | None, typer.Option(help=N_("When it is open."))] = None,
    form: Format = "table",
) -> None:
    """Add a location."""
    draft = LocationDraft.read(
        given(
            key=key,
            name=name,
            kind=kind,
            parent=parent,
            owner=owner,
            address=address,
            opening_hours=hours,
        )
    )
    with session.writing() as project:
        show_one(_location_row(project.shopping.add_location(draft)), form=form)


@command(
    _locations,
    "list",
    help=N_("List regions and branches."),
    example="workbench shop location list",
)
def list_locations(form: Format = "table", output: Output = None) -> None:
    """List locations."""
    with session.reading() as project:
        rows = [_location_row(view) for view in project.shopping.locations()]
    show(rows, form=form, output=output)


@command(
    _checklists,
    "add",
    help=N_("Add a checklist from a YAML or XLSX file; a known key makes a new version."),
    example="workbench shop checklist add checklist.xlsx",
)
@implements("checklist.add")
def add_checklist(
    file: Annotated[
        Path, typer.Argument(metavar=N_("FILE"), help=N_("The checklist, in YAML or XLSX."))
    ],
    form: Format = "table",
) -> None:
    """Add a checklist."""
    with session.writing() as project:
        added = project.shopping.add_checklist(file)
    for note in added.notes:
        say(note.show())
    show_one({"key": added.key, "version": added.version}, form=form)


@command(
    _checklists,
    "list",
    help=N_("List the checklists with their newest versions."),
    example="workbench shop checklist list",
)
def list_checklists(form: Format = "table", output: Output = None) -> None:
    """List checklists."""
    with session.reading() as project:
        rows = [
            {"key": key, "title": title, "version": version}
            for key, title, version in project.shopping.checklists()
        ]
    show(rows, form=form, output=output)


@command(
    app,
    "league",
    help=N_("Rate the locations of a wave, the newest by default, best first."),
    example="workbench shop league --wave 2 --format md",
)
def league(wave: Wave = None, form: Format = "table", output: Output = None) -> None:
    """Show the rating of locations."""
    with session.reading() as project:
        rows = [
            {
                "rank": row.rank,
                "location": row.location,
                "region": row.region,
                "owner": row.owner,
                "visits": row.visits,
                "percent": row.percent,
                "delta": row.delta,
                "failed_criticals": row.failed_criticals,
                "worst_section": row.worst_section,
            }
            for row in project.shopping.league(wave)
        ]
    if not rows:
        say(_("No visit counts yet: submit one first."))
    show(rows, form=form, output=output)


def _location_row(view: LocationView) -> dict[str, object]:
    return {
        "key": view.key,
        "name": view.name,
        "kind": view.kind,
        "parent": view.parent,
        "owner": view.owner,
        "address": view.address,
    }
