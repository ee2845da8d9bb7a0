"""Exporting a transcript: what format, with what in it; then it is said where the file is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.tui.dialogs.confirm import ask_to_replace
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.services.exchange import Export
    from workbench.tui.project_screen import OpenProjectScreen

_FORMATS = (
    ("docx", N_("Word, to read (docx)")),
    ("txt plain", N_("text: [00:01:23] Name: words")),
    ("txt f4", N_("text as f4 writes it")),
    ("txt maxqda", N_("text for MAXQDA")),
    ("txt nvivo", N_("table for NVivo (txt)")),
    ("txt atlasti", N_("text for ATLAS.ti")),
    ("txt noscribe", N_("text as noScribe writes it")),
    ("vtt", N_("subtitles with voices (vtt)")),
    ("srt", N_("subtitles (srt)")),
    ("json", N_("everything, for programs (json)")),
)
"""What the form offers: a format with its convention, and what it is called."""


def export_transcript(screen: OpenProjectScreen[Any], source_id: str) -> None:
    """Ask for a format, write the transcript into the project's exports, and say where it is.

    Args:
        screen: where this is asked.
        source_id: the source; one without a text is refused with a sentence.
    """
    from workbench.tui.dialogs.form import DraftForm

    def done(values: dict[str, Any] | None) -> None:
        if values is not None:
            _write(screen, source_id, values, force=False)

    title = screen.project.sources.source(source_id).card.title
    form = DraftForm(
        _("Export “{title}”").format(title=title),
        _fields(),
        intro=_("The file goes into the folder “exports” of the project."),
        save_label=N_("Export"),
    )
    screen.app.push_screen(form, done)


def _fields() -> list[Field]:
    return [
        Field("format", N_("Format"), "choice", "docx", choices=_FORMATS),
        Field(
            "clean",
            N_("Words"),
            "choice",
            False,
            choices=((False, N_("verbatim")), (True, N_("without hesitations"))),
            help=N_("Without hesitations, “um”, “er” and stuttered words are left out."),
        ),
        Field("timestamps", N_("Times"), "bool", True),
        Field("speakers", N_("Names of speakers"), "bool", True),
        Field(
            "with_suspected",
            N_("Perhaps never said"),
            "choice",
            False,
            choices=((False, N_("leave out")), (True, N_("keep, and mark it"))),
            help=N_("Turns the recogniser perhaps invented are left out of exports."),
        ),
    ]


def _write(
    screen: OpenProjectScreen[Any], source_id: str, values: dict[str, Any], *, force: bool
) -> None:
    """Write the file beside the interface; one that is there is replaced only when that is wanted."""
    from workbench.interchange.exporter import ExportOptions

    project = screen.project
    chosen, _space, convention = str(values["format"]).partition(" ")
    options = ExportOptions(
        timestamps=values["timestamps"],
        speakers=values["speakers"],
        clean=values["clean"],
        with_suspected=values["with_suspected"],
        convention=convention,
    )

    def failed(error: WorkbenchError) -> None:
        if error.code == "export-exists" and not force:
            again = partial(_write, screen, source_id, values, force=True)
            ask_to_replace(screen.app, Path(error.params["file"]), again)
        else:
            screen.show_error(error)

    screen.run_in_thread(
        lambda: project.exchange.export(chosen, [source_id], options=options, force=force),
        partial(_tell, screen),
        failed=failed,
        group="export",
    )


def _tell(screen: OpenProjectScreen[Any], done: Export) -> None:
    written = done.files[0]
    said = _("Exported: {file}").format(file=written.path)
    if written.suspected_left_out:
        left_out = ngettext(
            "{count} turn that was perhaps never said is left out.",
            "{count} turns that were perhaps never said are left out.",
            written.suspected_left_out,
        )
        said += "\n" + left_out.format(count=written.suspected_left_out)
    screen.workbench.tell(said)
