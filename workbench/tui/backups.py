"""Backing up and restoring a project from the list of projects."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.i18n import N_, _
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.display import relative_time
from workbench.tui.opening import workspace_of

if TYPE_CHECKING:
    from workbench.models.views import ProjectCard
    from workbench.tui.screens.home import HomeScreen

_MEBIBYTE = 1024 * 1024


def back_up(home: HomeScreen, card: ProjectCard) -> None:
    """Write a verified backup beside the interface and say where it is."""
    app = home.workbench

    def work() -> Path:
        if app.project is not None and app.project.slug == card.slug:
            return app.project.back_up()
        with workspace_of(app).open(card.slug, write=False) as project:
            return project.back_up()

    def done(path: Path) -> None:
        app.tell(_("Backup written: {file}").format(file=path.name))

    home.run_in_thread(work, done)


def choose_backup(home: HomeScreen, card: ProjectCard) -> None:
    """Offer the backups of a project, newest first, and restore the chosen one."""
    app = home.workbench
    backups = workspace_of(app).backups(card.slug)
    if not backups:
        app.tell(_("“{title}” has no backup yet.").format(title=card.title), severe=True)
        return
    choices = [
        Choice(value=path.name, label=path.stem, note=_age(path), key=_size(path))
        for path in backups
    ]

    def chosen(name: str | NewName | None) -> None:
        if isinstance(name, str):
            _ask_and_restore(home, card, next(path for path in backups if path.name == name))

    title = _("Restore “{title}” from").format(title=card.title)
    app.push_screen(PickDialog[str](choices, title=title), chosen)


def _ask_and_restore(home: HomeScreen, card: ProjectCard, backup: Path) -> None:
    app = home.workbench

    def restored(kept: Path) -> None:
        app.tell(_("Restored. What was there is kept as {file}.").format(file=kept.name))
        home.fill()

    def answered(yes: bool | None) -> None:
        if yes:
            project = app.project
            if project is not None and project.slug == card.slug and not app.jobs.uses(project):
                app.use_project(None)
            home.run_in_thread(partial(workspace_of(app).restore, card.slug, backup), restored)

    question = Confirm(
        _("Restore “{title}”?").format(title=card.title),
        details=_(
            "The database goes back to {when}. What is there now is kept beside it; "
            "recordings and reports are not touched."
        ).format(when=_age(backup)),
        yes=N_("Restore"),
        no=N_("Keep"),
    )
    app.push_screen(question, answered)


def _age(path: Path) -> str:
    from datetime import UTC, datetime

    return relative_time(datetime.fromtimestamp(path.stat().st_mtime, tz=UTC))


def _size(path: Path) -> str:
    return _("{n} MB").format(n=f"{path.stat().st_size / _MEBIBYTE:.1f}")
