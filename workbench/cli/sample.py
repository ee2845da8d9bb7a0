"""``workbench sample``: the sample projects that come with the program."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_, _, ngettext

app = noun(N_("The sample projects that come with the program."))


@command(app, "list", help=N_("List the sample projects."), example="workbench sample list")
def list_(form: Format = "table", output: Output = None) -> None:
    """List samples."""
    from workbench.services.sample import sample_folder, sample_names

    rows = [{"name": name, "folder": sample_folder(name)} for name in sample_names()]
    show(rows, form=form, output=output)


@command(
    app,
    "create",
    help=N_("Make a sample project in the workspace; its recordings wait for transcription."),
    example="workbench sample create coffee_chain_en",
)
@implements("sample.create")
def create(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("A name from the list."))],
    form: Format = "table",
) -> None:
    """Make a sample project; one that is there stays as it is."""
    from workbench.services.sample import create_sample

    with create_sample(session.workspace(), name) as project:
        cards = project.sources.cards()
        row = {
            "project": project.slug,
            "title": project.plan.project().title,
            "folder": project.folder,
            "sources": len(cards),
            "sources_waiting": len(project.transcription.waiting()),
        }
    show_one(row, form=form)


@command(
    app,
    "code",
    help=N_("Apply a sample's prepared codings to everything that has a text."),
    example="workbench sample code --project coffee_chain_en",
)
@implements("sample.code")
def code(form: Format = "table") -> None:
    """Apply prepared codings; words that are not found are listed, not guessed."""
    from workbench.services.sample import code_sample

    with session.writing() as project:
        coded = code_sample(project)
    for coding in coded.missing:
        say(_("Not found in {source}: “{words}”").format(source=coding.source, words=coding.quote))
    if coded.waiting:
        waiting = ngettext(
            "{count} coding waits for a transcript.",
            "{count} codings wait for a transcript.",
            coded.waiting,
        )
        say(waiting.format(count=coded.waiting))
    row = {
        "applied": coded.applied,
        "present": coded.present,
        "missing": len(coded.missing),
        "waiting": coded.waiting,
    }
    show_one(row, form=form)
