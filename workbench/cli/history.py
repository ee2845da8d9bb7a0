"""``workbench history``: the journal, undo and redo."""

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
from workbench.models.deeds import deed
from workbench.models.views import JournalView

app = noun(N_("The journal: see, undo, redo."))


@command(
    app,
    "list",
    help=N_("List what was done, newest first."),
    example="workbench history list --limit 20",
)
def list_(
    limit: Annotated[
        int,
        typer.Option(min=1, metavar=N_("NUMBER"), show_default=True, help=N_("How many at most.")),
    ] = 200,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List the journal."""
    with session.reading() as project:
        if project.blind:
            say(_("Blind mode: what others coded and noted is not listed."))
        rows = [_row(view) for view in project.history.entries(limit)]
    show(rows, form=form, output=output)


@command(app, "undo", help=N_("Take back the newest action."), example="workbench history undo")
@implements("history.undo")
def undo(form: Format = "table") -> None:
    """Undo one action."""
    with session.writing() as project:
        view = project.history.undo()
    session.keep_name(project.coder)
    say(_("Taken back: {what}.").format(what=deed(view.verb, view.subject)))
    show_one(_row(view), form=form)


@command(
    app, "redo", help=N_("Do again what was taken back last."), example="workbench history redo"
)
@implements("history.redo")
def redo(form: Format = "table") -> None:
    """Redo one action."""
    with session.writing() as project:
        view = project.history.redo()
    session.keep_name(project.coder)
    say(_("Done again: {what}.").format(what=deed(view.verb, view.subject)))
    show_one(_row(view), form=form)


def _row(view: JournalView) -> dict[str, object]:
    return {
        "number": view.number,
        "at": view.at,
        "what": deed(view.verb, view.subject),
        "verb": view.verb,
        "subject": view.subject,
        "actor": view.actor,
        "state": view.state,
        "undoable": view.undoable,
    }
