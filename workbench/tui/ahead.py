"""What a researcher most likely opens next, made ready beside the interface while they look at the overview."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.tui.project_screen import OpenProjectScreen


def look_ahead(screen: OpenProjectScreen[None]) -> None:
    """Make the coding screen ready with the source that was coded last; a trouble is told to whoever opens it."""
    project = screen.project
    last: str = screen.workbench.state.recall("coding", project.slug, "source", default="")
    screen.run_in_thread(lambda: _read(project, last), failed=lambda _trouble: None, group="ahead")


def _read(project: Project, source: str) -> None:
    """Load the coding screen and read a source as it does; nothing of it is kept.

    Modules are imported then, statements compiled and pages of the database in memory: the first source opens in
    half the time.
    """
    from workbench.tui.coding.open_source import OpenSource
    from workbench.tui.registry import SCREENS

    SCREENS["coding"].load()
    if source:
        OpenSource(project, source)
