"""Writing what the screen that finds lists into a table in the project's exports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.i18n import _
from workbench.tui.display import clock
from workbench.tui.finding.suggesting import PLACES, SIMILAR

if TYPE_CHECKING:
    from workbench.interchange.spreadsheet import Cell
    from workbench.tui.finding.suggesting import SuggestingScreen


def export_list(screen: SuggestingScreen) -> None:
    """Write the list that is shown to a workbook of its own, and say where it is."""
    if not screen.table.row_count:
        screen.workbench.tell(_("The list is empty: there is nothing to write."))
        return
    folder, tab = screen.project.folder / "exports", screen.tab
    search, places, order = screen.project.search, list(screen.places), screen.order

    def work() -> Path:
        from workbench.interchange.spreadsheet import workbook
        from workbench.store.files import atomic_file

        rows: Sequence[Sequence[Cell]]
        if tab == PLACES:
            head = [_("Source"), _("Time"), _("Who"), _("Before"), _("Words"), _("After")]
            rows = [
                (
                    hit.source,
                    clock(hit.start_ms) if hit.start_ms is not None else "",
                    *(hit.speaker, hit.before, hit.words, hit.after),
                )
                for hit in search.lines(search.ordered(places, order))
            ]
        elif tab == SIMILAR:
            head = [_("Likeness"), _("Passage"), _("Shared words"), _("Source")]
            rows = [
                (round(one.score, 2), one.text, ", ".join(one.words), one.source)
                for one in screen.passages
            ]
        else:
            head = [_("Word"), _("How often"), _("Sources")]
            rows = [(one.word, one.count, one.sources) for one in screen.counts]
        folder.mkdir(exist_ok=True)
        path = _free(folder, tab)
        with atomic_file(path) as stream:
            stream.write(workbook(head, rows))
        return path

    screen.run_in_thread(
        work,
        lambda path: screen.workbench.tell(_("Exported: {file}").format(file=path)),
        group="export",
    )


def _free(folder: Path, name: str) -> Path:
    """Return a path in a folder that nothing has yet."""
    path, number = folder / f"{name}.xlsx", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.xlsx"
    return path
