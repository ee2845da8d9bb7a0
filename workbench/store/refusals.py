"""What SQLite and the system refuse to do with a project, as sentences with a remedy."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Final

from workbench.errors import Phrase, ProjectError, system_reason
from workbench.i18n import N_
from workbench.store import files
from workbench.store.lock import Writer

EMPTY: Final = Phrase(N_("it is empty"))
ROWS_MISSING: Final = Phrase(N_("rows are missing"))
NOT_WHOLE: Final = Phrase(N_("its parts do not fit together"))
NOT_A_DATABASE: Final = Phrase(N_("its file project.db is not a database"))

_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT: NOT_WHOLE, sqlite3.SQLITE_NOTADB: NOT_A_DATABASE}
_REASONS: Final = {
    sqlite3.SQLITE_READONLY: Phrase(N_("it is write-protected")),
    sqlite3.SQLITE_CANTOPEN: Phrase(N_("a file in it cannot be opened")),
    sqlite3.SQLITE_BUSY: Phrase(N_("another program is using it")),
    sqlite3.SQLITE_LOCKED: Phrase(N_("another program is using it")),
    sqlite3.SQLITE_IOERR: Phrase(N_("the disk reports an error")),
}
_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
_PRIMARY: Final = 0xFF
"""SQLite's extended codes carry the primary one in their lowest byte."""


def damaged_error(folder: Path, reason: str) -> ProjectError:
    """The database cannot be trusted."""
    return ProjectError(
        "project-damaged",
        N_("The project {folder} is damaged: {reason}."),
        N_(
            "Restore its newest backup: workbench project restore --project {name}. "
            "The damaged file will be kept."
        ),
        folder=folder,
        name=_quoted(folder.name),
        reason=reason,
    )


def locked_error(folder: Path, writer: Writer | None) -> ProjectError:
    """Somebody else writes to the project."""
    if writer is None:
        return ProjectError(
            "project-locked",
            N_("{folder} is open in another program that writes to it."),
            N_("Close it there and try again."),
            folder=folder,
        )
    return ProjectError(
        "project-locked",
        N_("{folder} is being written by {user} on {host} (process {process}, since {since})."),
        N_("Close it there and try again."),
        folder=folder,
        user=writer.user,
        host=writer.host,
        process=writer.process,
        since=writer.since,
    )


def unreadable_error(folder: Path, reason: str) -> ProjectError:
    """The project is there, but may not be looked at."""
    return ProjectError(
        "not-readable",
        N_("{path} cannot be read: {reason}."),
        N_("Check that you may read the folder and what is in it."),
        path=folder,
        reason=reason,
    )


def protected_error(folder: Path) -> ProjectError:
    """The project may be looked at, but not changed."""
    return files.disk_error(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), folder)


def database_error(error: Exception, folder: Path) -> ProjectError:
    """Turn a refusal of the database, SQLAlchemy's or the bare driver's, into a sentence with a remedy."""
    if isinstance(error, OSError):
        return files.disk_error(error, folder)
    refused = getattr(error, "orig", error)
    code = getattr(refused, "sqlite_errorcode", None) or 0
    primary = code & _PRIMARY
    if primary in _FULL or code in _FULL:
        return files.disk_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), folder)
    if primary in _DAMAGE:
        return damaged_error(folder, _DAMAGE[primary])
    return ProjectError(
        "not-writable",
        N_("{path} cannot be written: {reason}."),
        N_("Check that the folder exists and that you may write there."),
        path=folder,
        reason=_REASONS.get(primary, str(refused)),
    )


def reading_error(error: Exception, folder: Path) -> ProjectError:
    """Turn a refusal to be read into a sentence: damage, or a file that cannot be opened."""
    if isinstance(error, OSError):
        return unreadable_error(folder, system_reason(error))
    refused = getattr(error, "orig", error)
    code = getattr(refused, "sqlite_errorcode", None) or 0
    primary = code & _PRIMARY
    if code in _FULL:
        return files.disk_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), folder)
    if primary in _DAMAGE:
        return damaged_error(folder, _DAMAGE[primary])
    return unreadable_error(folder, _REASONS.get(primary, str(refused)))


def _quoted(name: str) -> str:
    """Return a folder's name as a shell takes it."""
    return f'"{name}"' if any(sign.isspace() for sign in name) else name
