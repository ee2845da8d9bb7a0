"""The workspace: projects are made, listed, opened, restored and destroyed here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.models.drafts import ProjectDraft
from workbench.models.views import ProjectCard
from workbench.services.base import verb
from workbench.store import backup, files
from workbench.store.lock import WriterLock
from workbench.store.project_file import ProjectFile, check_identity
from workbench.store.refusals import locked_error, reading_error
from workbench.store.workspace import Summary, free_folder, making, project_folders, summarise

if TYPE_CHECKING:
    from workbench.services.project import Project


class Workspace:
    """A folder of projects."""

    def __init__(self, folder: Path, *, coder: str = "", blind: bool = False) -> None:
        """Name the folder; it is made when the first project is.

        Args:
            folder: where the projects lie.
            coder: who codes; every coding carries this name.
            blind: whether only this coder's codings and memos may be known of.
        """
        self.folder = folder.expanduser()
        self.coder = coder or "?"
        self.blind = blind

    def projects(self) -> list[ProjectCard]:
        """Return one line per project, the one changed last first; a damaged project says why."""
        coder = self.coder if self.blind else None
        found = project_folders(self.folder)
        cards = [_card(summarise(folder, coder=coder)) for folder in found]
        return sorted(
            cards,
            key=lambda card: card.changed_at.timestamp() if card.changed_at else 0,
            reverse=True,
        )

    @verb("project.create")
    def create(
        self,
        draft: ProjectDraft,
        *,
        folder_name: str | None = None,
        fill: Callable[[Project], None] = lambda _project: None,
    ) -> Project:
        """Make a project and return it open for writing; it is there whole or not at all.

        Args:
            draft: what is known about it.
            folder_name: its folder; named after its title by default.
            fill: puts the first things into it.

        Raises:
            ProjectError: ``folder-taken``, or the disk refuses.
        """
        from workbench.models import tables
        from workbench.services.project import Project

        files.make_folder(self.folder)
        folder = free_folder(self.folder, draft.title)
        if folder_name is not None:
            folder = self.folder / folder_name
        with making(folder) as unfinished:
            file = ProjectFile.create(unfinished)
            try:
                with file.transaction() as session:
                    session.add(tables.Project(**draft.model_dump()))
                fill(Project(file, coder=self.coder, blind=self.blind))
            finally:
                file.close()
        return Project(ProjectFile.open(folder), coder=self.coder, blind=self.blind)

    def open(self, name: str | Path, *, write: bool = True, or_read: bool = False) -> Project:
        """Open a project by its folder name, title or path.

        Args:
            name: the folder's name in the workspace, the project's title, or a path to a project folder.
            write: whether to take the right to write.
            or_read: when somebody else writes, open for reading instead of refusing.

        Raises:
            ProjectError: no such project, or it is locked, damaged, newer or not a project.
        """
        from workbench.services.project import Project

        folder = self.find(name)
        file = ProjectFile.open(folder, write=write, or_read=or_read)
        try:
            project = Project(file, coder=self.coder, blind=self.blind)
            if not file.read_only:
                _back_up_if_due(folder)
                _mark_interrupted(project)
        except BaseException:
            file.close()  # the right to write goes back; else a second try would find the project locked
            raise
        return project

    def find(self, name: str | Path) -> Path:
        """Return the folder of a project named by folder, title or path.

        Raises:
            ProjectError: ``project-missing``.
        """
        path = Path(name).expanduser()
        if path.is_absolute() or len(path.parts) > 1:
            return path
        folder = self.folder / path
        try:
            if folder.is_dir():
                return folder
        except OSError as error:
            raise reading_error(error, folder) from None
        for candidate in project_folders(self.folder):
            if summarise(candidate).title.casefold() == str(name).casefold():
                return candidate
        raise ProjectError(
            "project-missing",
            N_("There is no project “{name}” in {workspace}."),
            N_("See the list of projects with: workbench project list."),
            name=name,
            workspace=self.folder,
        )

    @verb("project.restore")
    def restore(self, name: str | Path, backup_file: Path | None = None) -> Path:
        """Put a backup (the newest by default) in the place of a project's database.

        Returns:
            Where the database that was there is kept.

        Raises:
            ProjectError: ``no-backup``, ``backup-damaged`` or ``project-locked``.
        """
        folder = self.find(name)
        backups = backup.list_backups(folder)
        if backup_file is None and not backups:
            raise ProjectError(
                "no-backup",
                N_("The project {folder} has no backup."),
                N_("Name a backup file, if there is one elsewhere."),
                folder=folder,
            )
        chosen = backup_file or backups[0]
        if not chosen.is_file() and (folder / "backups" / chosen.name).is_file():
            chosen = folder / "backups" / chosen.name
        return backup.restore_backup(folder, chosen)

    def backups(self, name: str | Path) -> list[Path]:
        """Return the backups of a project, newest first."""
        return backup.list_backups(self.find(name))

    @verb("project.delete")
    def delete(self, name: str | Path) -> Path:
        """Destroy a project folder with everything in it.

        Raises:
            ProjectError: ``project-locked`` when it is open somewhere.
        """
        folder = self.find(name)
        check_identity(folder)
        lock = WriterLock(folder)
        if not lock.acquire():
            raise locked_error(folder, lock.holder())
        lock.release()
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise files.disk_error(error, folder) from None
        return folder


def _card(summary: Summary) -> ProjectCard:
    return ProjectCard(
        summary.folder.name,
        summary.title,
        summary.language,
        summary.wave,
        summary.sources,
        summary.quotes,
        summary.barriers,
        summary.changed_at,
        summary.problem,
    )


def _back_up_if_due(folder: Path) -> None:
    """Make the automatic backup; on a full disk the project opens without, so that room can be made in it."""
    try:
        backup.back_up_if_due(folder)
    except ProjectError as error:
        if error.code != "disk-full":
            raise


def _mark_interrupted(project: Project) -> None:
    """Tell recordings whose transcription was cut off that they wait again; no recogniser is loaded for that."""
    if project.sources.any_transcribing():
        project.queue.mark_interrupted()
