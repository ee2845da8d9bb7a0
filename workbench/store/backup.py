"""Backups by SQLite's own backup API (a copied live file is a broken file), verified before they count."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.atomic import replacing
from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.store import files, project_file, refusals
from workbench.store.lock import WriterLock

KEPT = 30
"""How many automatic backups are kept; a backup made by hand is never removed."""

_EVERY = timedelta(minutes=30)


def make_backup(folder: Path, *, label: str = "", thorough: bool = True) -> Path:
    """Write a verified copy of the database into ``backups/`` and return its path.

    Args:
        folder: the project folder.
        label: what its name ends with.
        thorough: whether indexes are compared with their tables, too, and not only every page looked at: 0.4 s
            instead of 0.1 s for 130 MB.

    Raises:
        ProjectError: when the database cannot be read or the copy cannot be written.
    """
    target = files.make_folder(folder / "backups") / f"{_stamp()}{'-' + label if label else ''}.db"
    try:
        with replacing(target) as temporary:
            with (
                contextlib.closing(
                    project_file.raw_connection(folder / project_file.DATABASE)
                ) as source,
                contextlib.closing(sqlite3.connect(temporary)) as copy,
            ):
                # a half copy is thrown away whole; a journal of it would only take the room twice
                copy.execute("PRAGMA journal_mode=OFF")
                copy.execute("PRAGMA synchronous=OFF")  # what replaces a file waits for the disk
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            if not is_whole(temporary, thorough=thorough):
                raise refusals.damaged_error(folder, refusals.NOT_WHOLE)
    except sqlite3.DatabaseError as error:
        raise refusals.database_error(error, folder) from None
    except OSError as error:
        raise files.disk_error(error, target) from None
    return target


def check_backup(path: Path) -> None:
    """Refuse a backup that is not one of our databases or is not whole.

    Raises:
        InputError: the file is missing or cannot be read.
        ProjectError: ``backup-damaged``.
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise files.unreadable(path, error) from None
    if not is_whole(path):
        raise ProjectError(
            "backup-damaged",
            N_("{file} is not a whole backup of a project."),
            N_("Choose another file from the folder backups."),
            file=path,
        )


def is_whole(path: Path, *, thorough: bool = True) -> bool:
    """Tell whether a file is one of our databases, every page of it in its place."""
    check = "integrity_check" if thorough else "quick_check"
    try:
        with contextlib.closing(project_file.raw_connection(path)) as connection:
            ours = (
                connection.execute("PRAGMA application_id").fetchone()[0]
                == project_file.APPLICATION_ID
            )
            whole = connection.execute(f"PRAGMA {check}(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return False
    return bool(ours and whole)


def list_backups(folder: Path) -> list[Path]:
    """Return the backups of a project, newest first."""
    return sorted((folder / "backups").glob("*.db"), reverse=True)


def back_up_if_due(folder: Path) -> Path | None:
    """Make an automatic backup when the project changed and the last one is half an hour old; keep the newest.

    It is checked as a project is that opens; a restore looks at it thoroughly.
    """
    backups = list_backups(folder)
    changed = max(
        (
            path.stat().st_mtime
            for path in folder.glob(f"{project_file.DATABASE}*")
            if path.suffix != "-shm"
        ),
        default=0.0,
    )
    if backups:
        newest = backups[0].stat().st_mtime
        if newest >= changed or datetime.now(UTC).timestamp() - newest < _EVERY.total_seconds():
            return None
    made = make_backup(folder, label="auto", thorough=False)
    for old in [path for path in list_backups(folder) if path.stem.endswith("-auto")][KEPT:]:
        old.unlink(missing_ok=True)
    return made


def restore_backup(folder: Path, backup: Path) -> Path:
    """Put a backup in the database's place; the database that was there is kept under another name.

    Returns:
        Where the former database lies now.

    Raises:
        ProjectError: ``backup-damaged``, ``project-locked`` or a refusal of the disk.
    """
    check_backup(backup)
    lock = WriterLock(folder)
    if not lock.acquire():
        raise refusals.locked_error(folder, lock.holder())
    try:
        current = folder / project_file.DATABASE
        former = folder / f"project.before-restore-{_stamp()}.db"
        with files.atomic_file(current) as stream, backup.open("rb") as chosen:
            shutil.copyfileobj(chosen, stream)
            stream.flush()
            os.fsync(stream.fileno())  # on the disk before the old database leaves its place
            for suffix in ("-wal", "-shm", ""):
                part = Path(f"{current}{suffix}")
                if part.exists():
                    part.replace(Path(f"{former}{suffix}"))
        return former
    finally:
        lock.release()


def _stamp() -> str:
    """Return the moment in UTC, sortable and fit for a file name."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
