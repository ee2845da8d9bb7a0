"""``workbench export``: transcripts in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, show
from workbench.cli.tree import single
from workbench.cli.troubles import say_trouble
from workbench.errors import UsageError
from workbench.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from workbench.services.exchange import Export

app = single()

_FORMATS = "docx|txt|vtt|srt|json"
_CONVENTIONS = "plain|f4|maxqda|nvivo|atlasti|noscribe"


@command(
    app,
    "export",
    help=N_(
        "Export transcripts to Word, text, subtitles or JSON; verbatim if nothing else is said."
    ),
    example="workbench export docx 3 -o interview.docx\nworkbench export txt --all --convention maxqda --clean",
)
@implements("transcript.export")
def export(
    format_name: Annotated[
        str, typer.Argument(metavar=_FORMATS, help=N_("The format to write."), show_default=False)
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("SOURCE"), help=N_("Numbers, titles or identifiers.")),
    ] = None,
    *,
    every: Annotated[
        bool, typer.Option("--all", help=N_("All interviews and focus groups that have a text."))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar=N_("PATH"),
            help=N_("The file to make, or a folder; the project's exports by default."),
        ),
    ] = None,
    convention: Annotated[
        str | None,
        typer.Option(
            metavar=_CONVENTIONS, help=N_("For txt: whose way to write times and speakers.")
        ),
    ] = None,
    timestamps: Annotated[
        bool, typer.Option("--timestamps/--no-timestamps", help=N_("With or without times."))
    ] = True,
    speakers: Annotated[
        bool, typer.Option("--speakers/--no-speakers", help=N_("With or without names."))
    ] = True,
    clean: Annotated[
        bool, typer.Option("--clean", help=N_("Leave out hesitations and stutters."))
    ] = False,
    with_suspected: Annotated[
        bool,
        typer.Option("--with-suspected", help=N_("Keep, and mark, what was perhaps never said.")),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=N_("Replace files that are there."))
    ] = False,
    form: Format = "table",
) -> None:
    """Export the named sources, or all that hold speech."""
    if bool(sources) == every:
        raise UsageError(
            "nothing-to-export",
            N_("It is not clear what to export."),
            N_("Name sources, or say --all."),
        )
    from workbench.interchange.exporter import ExportOptions

    options = ExportOptions(
        timestamps=timestamps,
        speakers=speakers,
        clean=clean,
        with_suspected=with_suspected,
        convention=convention or "",
    )
    with session.reading() as project:
        done = project.exchange.export(
            format_name, sources or (), target=output, options=options, force=force
        )
    _narrate(done)
    rows = [
        {
            "source": written.source,
            "file": written.path,
            "turns": written.turns,
            "left_out": written.suspected_left_out,
        }
        for written in done.files
    ]
    show(rows, form=form)


def _narrate(done: Export) -> None:
    """Say what was written, what was left out of it, and what could not be written."""
    for _title, trouble in done.skipped:
        say_trouble(trouble)
    if not done.files and not done.skipped:
        say(_("No interview and no focus group has a text yet."))
    left_out = sum(written.suspected_left_out for written in done.files)
    if left_out:
        said = ngettext(
            "{count} turn that was perhaps never said is left out; --with-suspected keeps it.",
            "{count} turns that were perhaps never said are left out; --with-suspected keeps them.",
            left_out,
        )
        say(said.format(count=left_out))
    if done.files:
        count = len(done.files)
        said = ngettext("{count} transcript is written.", "{count} transcripts are written.", count)
        say(said.format(count=count))
