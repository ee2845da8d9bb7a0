"""``workbench code``, the part about files and other projects: import, export, reuse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, show, show_one
from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.services.codebook_exchange import CodebookImport

DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Only show what would happen; nothing is changed."))
]

_FORMATS = "csv|md|qdc|xlsx"


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    command(
        app,
        "import",
        help=N_("Bring in the codes of a file (csv, xlsx, qdc, qdpx, md)."),
        example="workbench code import codebook.qdc --dry-run",
    )(import_)
    command(
        app,
        "export",
        help=N_("Write the codebook as a file for people and other programs."),
        example="workbench code export qdc -o codebook.qdc",
    )(export)
    command(
        app,
        "reuse",
        help=N_("Take over the codes of another project of the workspace."),
        example='workbench code reuse "Coffee chain" --project bank',
    )(reuse)


@implements("code.import")
def import_(
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The file to read."))],
    dry_run: DryRun = False,
    form: Format = "table",
) -> None:
    """Import codes; undo takes all of them back."""
    with session.reading() if dry_run else session.writing() as project:
        exchange = project.codebook_exchange
        _tell(exchange.preview(file) if dry_run else exchange.import_file(file), dry_run, form)


@implements("code.reuse")
def reuse(
    other: Annotated[
        str, typer.Argument(metavar=N_("PROJECT"), help=N_("The project to take codes from."))
    ],
    dry_run: DryRun = False,
    form: Format = "table",
) -> None:
    """Take over codes; undo takes all of them back."""
    with session.reading() if dry_run else session.writing() as project:
        exchange = project.codebook_exchange
        _tell(exchange.preview_reuse(other) if dry_run else exchange.reuse(other), dry_run, form)


@implements("code.export")
def export(
    format_name: Annotated[
        str, typer.Argument(metavar=_FORMATS, help=N_("The format to write."), show_default=False)
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar=N_("PATH"),
            help=N_("The file to make, or a folder; the project's exports by default."),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=N_("Replace a file that is there."))
    ] = False,
    form: Format = "table",
) -> None:
    """Export the codebook."""
    with session.reading() as project:
        path = project.codebook_exchange.export(format_name, output, force=force)
        codes = len(project.codebook.codes())
    show_one({"file": path, "codes": codes}, form=form)


def _tell(done: CodebookImport, dry_run: bool, form: str) -> None:
    """Show what becomes of each code; in words, how many there are of each fate."""
    from workbench.coding.code_records import Fate

    for note in done.notes:
        say(note.show())
    show(
        [
            {
                "code": code.record.shown_path,
                "result": code.fate,
                "changes": list(code.changes),
                "kind": code.record.kind,
            }
            for code in done.codes
        ],
        form=form,
    )
    summary = _("{new} new, {changed} changed, {same} as before, {frozen} frozen.").format(
        new=done.count(Fate.NEW),
        changed=done.count(Fate.CHANGED),
        same=done.count(Fate.SAME),
        frozen=done.count(Fate.FROZEN),
    )
    say(summary)
    if dry_run:
        say(_("Nothing was changed; without --dry-run it will be."))
