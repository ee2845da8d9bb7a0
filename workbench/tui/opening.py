"""Opening projects from the interface: beside it, once, and for reading where somebody else writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.errors import ProjectError, WorkbenchError
from workbench.i18n import _
from workbench.tui.compat import write_error_log

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.services.workspace import Workspace
    from workbench.tui.app import WorkbenchApp


def workspace_of(app: WorkbenchApp) -> Workspace:
    """Return the workspace as the user's settings have it."""
    from workbench.services.workspace import Workspace

    return Workspace(app.workspace, coder=app.settings.coder, blind=app.settings.blind)


def open_project(
    app: WorkbenchApp,
    name: str,
    opened: Callable[[Project], None],
    *,
    missing_is_trouble: bool = True,
) -> None:
    """Open a project in a thread; its integrity check may take seconds.

    Args:
        app: the program.
        name: folder name, title or path.
        opened: gets the project in the interface's own thread.
        missing_is_trouble: whether to say that there is no such project.
    """

    def find() -> Project:
        workspace = workspace_of(app)
        folder = workspace.find(name).resolve()
        for known in (app.project, app.jobs.open_in(folder)):
            if known is not None and known.folder.resolve() == folder:
                return known
        return workspace.open(folder, or_read=True)

    async def work() -> None:
        app.set_note(_("opening…"))
        try:
            project = await asyncio.to_thread(find)
            opened(project)
        except ProjectError as error:
            if missing_is_trouble or error.code != "project-missing":
                app.show_error(error)
            return
        except WorkbenchError as error:
            app.show_error(error)
            return
        except Exception as error:  # noqa: BLE001 - the boundary of long work: said, logged, survived
            write_error_log(error)
            app.show_unexpected()
            return
        finally:
            app.set_note(app.jobs.note())
        if project.read_only:
            app.tell(read_only_sentence(project))

    app.run_worker(work(), group="opening", exclusive=True, exit_on_error=False)


def read_only_sentence(project: Project) -> str:
    """Say who writes to a project that can only be read here."""
    writer = project.writer
    if writer is None:
        return _("The project is open for reading only.")
    return _("Reading only: {user} on {host} has the project open for writing.").format(
        user=writer.user, host=writer.host
    )
