"""``workbench person``: respondents under pseudonyms."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.options import command, pairs
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_
from workbench.models.drafts import PersonDraft
from workbench.models.views import PersonView

app = noun(N_("Respondents under pseudonyms."))

Pseudonym = Annotated[str, typer.Argument(metavar=N_("PSEUDONYM"), help=N_("Never the real name."))]
Attributes = Annotated[
    list[str] | None,
    typer.Option(
        "--attribute",
        "-a",
        metavar=N_("NAME=VALUE"),
        help=N_("What is known, such as city=Kazan; without a value it is forgotten."),
    ),
]


@command(
    app,
    "add",
    help=N_("Add a respondent under a pseudonym."),
    example="workbench person add P7 -a segment=regular -a age=35-44",
)
@implements("person.add")
def add(pseudonym: Pseudonym, attribute: Attributes = None, form: Format = "table") -> None:
    """Add a person."""
    draft = PersonDraft.read({"pseudonym": pseudonym, "attributes": pairs(attribute)})
    with session.writing() as project:
        show_one(_row(project.plan.add_person(draft)), form=form)


@command(
    app,
    "edit",
    help=N_("Rename a respondent or change what is known."),
    example="workbench person edit P7 --name P07 -a city=Kazan",
)
@implements("person.edit")
def edit(
    pseudonym: Pseudonym,
    name: Annotated[str | None, typer.Option(help=N_("The new pseudonym."))] = None,
    attribute: Attributes = None,
    form: Format = "table",
) -> None:
    """Change a person."""
    draft = PersonDraft.read({"pseudonym": name or pseudonym, "attributes": pairs(attribute)})
    with session.writing() as project:
        project.plan.edit_person(pseudonym, draft)
        people = {view.pseudonym: view for view in project.plan.people()}
    show_one(_row(people[draft.pseudonym]), form=form)


@command(
    app,
    "list",
    help=N_("List the respondents in the order of their pseudonyms."),
    example="workbench person list --format csv",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List people."""
    with session.reading() as project:
        rows = [_row(view) for view in project.plan.people()]
    show(rows, form=form, output=output)


def _row(view: PersonView) -> dict[str, object]:
    return {"pseudonym": view.pseudonym, "attributes": dict(view.attributes), "id": view.id}
