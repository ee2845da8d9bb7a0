"""Exporting quotes: in what format, put together by what; then it is said where the file is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.models.quote_lists import QuoteGroup, QuoteOrder
from workbench.tui.dialogs.confirm import ask_to_replace
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.filters import QuoteFilter
    from workbench.services.quotes import ExportedQuotes
    from workbench.tui.project_screen import OpenProjectScreen

_GROUPS = (
    (QuoteGroup.CODE, N_("code")),
    (QuoteGroup.SOURCE, N_("source")),
    (QuoteGroup.PERSON, N_("person")),
    (QuoteGroup.NONE, N_("nothing")),
)


def export_quotes(
    screen: OpenProjectScreen[Any],
    wanted: QuoteFilter,
    order: QuoteOrder,
    group: QuoteGroup,
    *,
    coder: str | None,
) -> None:
    """Ask for a format and a file name, write the quotes, and say where the file is.

    Args:
        screen: where this is asked.
        wanted: which quotes.
        order: what comes first.
        group: what they are put together by on the screen.
        coder: only codings by this coder.
    """
    from workbench.interchange.quote_exporter import all_exporters
    from workbench.tui.dialogs.form import DraftForm

    formats = [(exporter.name, exporter.description) for exporter in all_exporters()]
    fields = [
        Field("format", N_("Format"), "choice", "docx", choices=formats),
        Field(
            "group",
            N_("Put together by"),
            "choice",
            QuoteGroup.CODE if group == QuoteGroup.NONE else group,
            choices=_GROUPS,
            help=N_("In a table this is the order of the rows."),
        ),
        Field("name", N_("File name"), value=_("quotes"), required=True),
    ]

    def done(values: dict[str, Any] | None) -> None:
        if values is not None:
            folder = screen.project.quotes.exports_folder()
            name = f"{Path(values['name']).name.removesuffix('.' + values['format'])}"
            target = folder / f"{name}.{values['format']}"
            export = partial(
                screen.project.quotes.export,
                target,
                wanted,
                order=order,
                group=values["group"],
                coder=coder,
            )
            _write(screen, export, force=False)

    form = DraftForm(
        _("Export quotes"),
        fields,
        intro=_("The quotes shown go into the folder “exports” of the project."),
        save_label=N_("Export"),
    )
    screen.app.push_screen(form, done)


def _write(
    screen: OpenProjectScreen[Any], export: Callable[..., ExportedQuotes], *, force: bool
) -> None:
    """Write the file beside the interface; one that is there is replaced only when that is wanted."""

    def failed(error: WorkbenchError) -> None:
        if error.code == "export-exists" and not force:
            again = partial(_write, screen, export, force=True)
            ask_to_replace(screen.app, Path(error.params["file"]), again)
        else:
            screen.show_error(error)

    screen.run_in_thread(
        lambda: export(force=force), partial(_tell, screen), failed=failed, group="export"
    )


def _tell(screen: OpenProjectScreen[Any], done: ExportedQuotes) -> None:
    said = ngettext("{n} quote written to {file}.", "{n} quotes written to {file}.", done.quotes)
    screen.workbench.tell(said.format(n=done.quotes, file=done.path))
