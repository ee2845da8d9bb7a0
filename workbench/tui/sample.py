"""Making a sample project from the list of projects."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.i18n import LANGUAGES, _
from workbench.tui.dialogs.pick import Choice
from workbench.tui.opening import workspace_of

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.tui.screens.home import HomeScreen


def sample_choices(folder: Path) -> list[Choice[str]]:
    """Return the sample projects to pick from, by their titles and languages."""
    choices = []
    for file in sorted(folder.glob("*/project.toml")):
        described = tomllib.loads(file.read_text(encoding="utf-8"))
        spoken = LANGUAGES.get(str(described.get("language", "")), "")
        title = str(described.get("title", file.parent.name))
        choices.append(Choice(value=file.parent.name, label=title, note=spoken, search=spoken))
    return choices


def make_sample(home: HomeScreen, name: str) -> None:
    """Make a sample project in a thread, code what has a text, and open it.

    Args:
        home: the list it is made from.
        name: the sample's folder.
    """
    app = home.workbench
    project = app.project
    if project is not None and project.slug == name:
        app.open_screen("project")
        return
    app.set_note(_("making the sample project…"))

    def work() -> Project:
        from workbench.services.sample import code_sample, create_sample

        workspace = workspace_of(app)
        known = app.jobs.open_in(workspace.folder / name)
        if known is not None:
            return known
        made = create_sample(workspace, name)
        if not made.read_only:
            code_sample(made)
        return made

    def done(made: Project) -> None:
        app.set_note(app.jobs.note())
        app.use_project(made)
        app.open_screen("project")
        if made.transcription.waiting():
            app.tell(_("Its recordings wait to be transcribed: open Interviews (i) and press T."))

    def failed(error: WorkbenchError) -> None:
        app.set_note(app.jobs.note())
        app.show_error(error)

    home.run_in_thread(work, done, failed=failed, group="sample", exclusive=True)
