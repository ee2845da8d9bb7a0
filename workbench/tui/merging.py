"""Merging a colleague's copy from the interface: choose it, look at what would happen, do it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench.i18n import _
from workbench.models.agreement_views import MergeReport
from workbench.tui.dialogs.merge import MergePreview
from workbench.tui.project_screen import OpenProjectScreen


def merge_copy(screen: OpenProjectScreen[Any]) -> None:
    """Ask for a copy, show what merging it would do, and do it when that is confirmed."""
    from workbench.tui.dialogs.open_file import OpenFile

    def chosen(path: Path | None) -> None:
        if path is not None:
            preview_copy(screen, path)

    title = _("The folder of a colleague's copy")
    screen.app.push_screen(OpenFile(title=title, pick="folder", purpose="merge"), chosen)


def preview_copy(screen: OpenProjectScreen[Any], path: Path) -> None:
    """Look at what merging a copy would do, and offer to do it."""
    project = screen.project

    def looked(report: MergeReport) -> None:
        screen.app.push_screen(MergePreview(report), answered)

    def answered(yes: bool | None) -> None:
        if yes:
            screen.run_in_thread(lambda: project.merging.merge(path), merged)

    def merged(report: MergeReport) -> None:
        from workbench.services.merging import merge_sentence

        screen.workbench.tell(merge_sentence(report, done=True))
        screen.fill()

    screen.run_in_thread(lambda: project.merging.preview(path), looked)
