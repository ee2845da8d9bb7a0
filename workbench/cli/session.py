"""What the command in hand works with: settings, workspace, project, and a way to ask for the interface."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import locations
from workbench.cli.arguments import Anywhere, workspace_of
from workbench.cli.entry import Interface
from workbench.errors import ProjectError
from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.services.workspace import Workspace
    from workbench.settings import Settings


class _State:
    """The one command line in hand."""

    shared = Anywhere()
    open_interface: Callable[[Interface], None] = staticmethod(lambda _interface: None)


def begin(shared: Anywhere, open_interface: Callable[[Interface], None]) -> None:
    """Take up a command line."""
    _State.shared = shared
    _State.open_interface = staticmethod(open_interface)


def shared() -> Anywhere:
    """Return the options that stand anywhere."""
    return _State.shared


def ask_for_interface(workspace: Path, project: str) -> None:
    """Ask that the terminal interface be opened on a project when the command is done."""
    _State.open_interface(Interface(workspace, project, _State.shared.language))


def settings() -> Settings:
    """Return the user's preferences."""
    from workbench.settings import Settings

    return Settings.load()


def workspace(folder: Path | None = None) -> Workspace:
    """Return the workspace: the one given, else the named one, else that of the settings."""
    from workbench.services.workspace import Workspace

    preferences = settings()
    chosen = folder or workspace_of(_State.shared) or preferences.workspace_folder()
    if chosen.exists() and not chosen.is_dir():
        raise ProjectError(
            "workspace-not-folder",
            N_("The workspace {folder} is not a folder."),
            N_("Name a folder with --workspace."),
            folder=chosen,
        )
    return Workspace(chosen, coder=preferences.coder, blind=preferences.blind)


@contextlib.contextmanager
def reading() -> Iterator[Project]:
    """Open the project in hand for reading; somebody else may be writing to it."""
    place = workspace()
    name = project_name(place)
    try:
        project = place.open(name, write=False)
    except ProjectError as error:
        if error.code != "project-older":
            raise
        project = place.open(name)  # brings it up to date
    with project:
        yield project


@contextlib.contextmanager
def writing() -> Iterator[Project]:
    """Open the project in hand for writing."""
    place = workspace()
    with place.open(project_name(place)) as project:
        yield project


def say_blind(project: Project) -> None:
    """Say in blind mode that what is counted and listed is one's own only."""
    from workbench.cli.narration import say

    if project.blind:
        say(_("Blind mode: only your own codings count here."))


def project_name(place: Workspace) -> str:
    """Return the project in hand: the named one, the only one, or the one the interface opened last.

    Raises:
        ProjectError: ``project-not-named`` when there is none or none of these says which.
    """
    named = _State.shared.project or os.environ.get("WORKBENCH_PROJECT")
    if named:
        return named
    slugs = [card.slug for card in place.projects()]
    if len(slugs) == 1:
        return slugs[0]
    last = _last_opened()
    if last in slugs:
        return last
    if not slugs:
        raise ProjectError(
            "no-projects",
            N_("The workspace {workspace} has no projects."),
            N_("Make one with: workbench project new TITLE, or see workbench demo."),
            workspace=place.folder,
        )
    raise ProjectError(
        "project-not-named",
        N_("The workspace {workspace} has several projects."),
        N_("Say which with --project: {names}."),
        workspace=place.folder,
        names=", ".join(slugs),
    )


def _last_opened() -> str:
    """Return the project the interface remembers; its file is not precious and may be damaged."""
    try:
        path = locations.state_folder() / "interface.json"
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    name = values.get("project") if isinstance(values, dict) else ""
    return name if isinstance(name, str) else ""


def keep_name(name: str) -> None:
    """Keep one's own name in the settings where a project gave one another."""
    from workbench.cli.narration import say

    preferences = settings()
    if name not in (preferences.coder, "?"):
        preferences.coder = name
        preferences.save()
        say(_("Your own name in the settings is “{name}” now.").format(name=name))
