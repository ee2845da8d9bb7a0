"""The project folder and its database: made, opened, checked, migrated and closed."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from workbench.errors import InputError, ProjectError, system_reason
from workbench.i18n import N_
from workbench.store import files
from workbench.store.lock import Writer, WriterLock
from workbench.store.query import data_version
from workbench.store.refusals import (
    EMPTY,
    NOT_WHOLE,
    ROWS_MISSING,
    damaged_error,
    database_error,
    locked_error,
    protected_error,
    reading_error,
    unreadable_error,
)

APPLICATION_ID = 0x51574231
"""Marks the file as ours: the letters QWB1."""

SCHEMA_VERSION = 4
"""The number of the newest migration; kept in ``user_version``."""

DATABASE = "project.db"

_MISTAKES = (IntegrityError, ProgrammingError)
"""What is wrong with our own request, and not with the disk or the file."""

_READERS_FILES = 256 * 1024
"""Bytes; more than enough for what SQLite makes beside a database that is read."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-16000",  # KB: a text of some megabytes, read at every coding, stays in memory
)


class ProjectFile:
    """An open project: one connection, used by one thread at a time."""

    def __init__(self, folder: Path, lock: WriterLock | None) -> None:
        """Connect; use :meth:`create` or :meth:`open` instead."""
        self.folder = folder
        self.read_only = lock is None
        self.writer: Writer | None = None
        """Who writes to the project, when it is not we."""
        self._lock = lock
        self._busy = threading.RLock()
        self._written: int | None = None
        self._engine = make_engine(folder / DATABASE, read_only=self.read_only)

    @classmethod
    def create(cls, folder: Path) -> ProjectFile:
        """Make a new project folder with an empty database and open it for writing."""
        for name in ("media", "exports", "backups"):
            files.make_folder(folder / name)
        lock = WriterLock(folder)
        if not lock.acquire():
            raise locked_error(folder, lock.holder())
        project = cls(folder, lock)
        try:
            from workbench.store.migrating import migrate

            with project.engine.connect() as connection:
                migrate(connection)
        except (DatabaseError, OSError) as error:
            project.close()
            raise database_error(error, folder) from None
        (folder / DATABASE).chmod(0o600)
        return project

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, or_read: bool = False) -> ProjectFile:
        """Open a project folder after checking that its database is ours, not newer, and whole.

        Args:
            folder: the project folder.
            write: whether to take the right to write.
            or_read: when somebody else writes, open for reading instead of refusing.

        Raises:
            ProjectError: ``project-missing``, ``not-a-project``, ``project-newer``, ``project-damaged`` or
                ``project-locked``.
        """
        version = check_identity(folder)
        lock = WriterLock(folder)
        if not write or (or_read and not may_write(folder)):
            return cls._open_for_reading(folder, version, None)
        if not lock.acquire():
            if not or_read:
                raise locked_error(folder, lock.holder())
            return cls._open_for_reading(folder, version, lock.holder())
        try:
            check_integrity(folder, thorough=lock.unclean)
            files.sweep_parts(folder)
            if version < SCHEMA_VERSION:
                from workbench.store.migrating import migrate_file

                migrate_file(folder, version)
            return cls(folder, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_for_reading(cls, folder: Path, version: int, writer: Writer | None) -> ProjectFile:
        if version < SCHEMA_VERSION:
            raise ProjectError(
                "project-older",
                N_("{folder} was made by an older version and must be brought up to date first."),
                N_("Close it elsewhere and open it for writing once."),
                folder=folder,
            )
        project = cls(folder, None)
        project.writer = writer
        project.written_elsewhere()
        return project

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for the store's own use."""
        return self._engine

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session for reading; nothing it changes is kept.

        Raises:
            ProjectError: ``project-damaged`` when a part of the database turns out to be unreadable.
        """
        with self._busy, Session(self._engine, expire_on_commit=False) as session:
            try:
                yield session
            except DatabaseError as error:
                if isinstance(error, _MISTAKES):
                    raise
                raise reading_error(error, self.folder) from None
            except (OverflowError, UnicodeEncodeError) as error:
                raise _unstorable(error) from None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a session whose changes are all kept when the block ends, or none of them.

        Raises:
            ProjectError: ``project-read-only`` when somebody else writes, ``disk-full`` and the like.
        """
        if self.read_only:
            if not may_write(self.folder):
                raise protected_error(self.folder)
            raise locked_error(self.folder, self.writer or WriterLock(self.folder).holder())
        with self._busy, Session(self._engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except DatabaseError as error:
                session.rollback()
                if isinstance(error, _MISTAKES):
                    raise
                raise database_error(error, self.folder) from None
            except (OverflowError, UnicodeEncodeError) as error:
                session.rollback()
                raise _unstorable(error) from None
            except BaseException:
                session.rollback()
                raise

    def written_elsewhere(self) -> bool:
        """Tell whether another program has written since this was asked last, or since the project was opened."""
        with self.session() as session:
            number = data_version(session)
        before, self._written = self._written, number
        return before not in (None, self._written)

    def close(self) -> None:
        """Close the database and give the lock back."""
        with self._busy:
            self._engine.dispose()
            if self._lock is not None:
                self._lock.release()


def make_engine(path: Path, *, read_only: bool) -> Engine:
    """Make an engine over one connection that begins transactions itself.

    SQLAlchemy leaves transaction control to Python's driver by default, and that driver does not roll back DDL.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            _address(path, write=not read_only),
            uri=True,
            check_same_thread=False,
            isolation_level=None,
        )
        for pragma in _PRAGMAS if not read_only else (*_PRAGMAS[2:], "PRAGMA query_only=ON"):
            connection.execute(pragma)
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=StaticPool, json_serializer=_as_json
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _as_json(value: Any) -> str:
    """Write a value for a column of JSON; escaped, a Cyrillic letter would take six bytes instead of two."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def check_identity(folder: Path) -> int:
    """Check that a folder holds one of our databases and return its schema version.

    Raises:
        ProjectError: ``project-missing``, ``not-a-project``, ``project-damaged`` or ``project-newer``.
    """
    path = folder / DATABASE
    _look_at(path)
    if not folder.is_dir():
        raise ProjectError(
            "project-missing",
            N_("There is no project folder {folder}."),
            N_("See the list of projects, or create one."),
            folder=folder,
        )
    if not path.is_file():
        raise ProjectError(
            "not-a-project",
            N_("{folder} is not a project: it has no file project.db."),
            N_("Choose a project folder, or create a project."),
            folder=folder,
        )
    try:
        with contextlib.closing(raw_connection(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise reading_error(error, folder) from None
    if tables == 0:  # a file cut to nothing opens as a healthy, empty database
        raise damaged_error(folder, EMPTY)
    if application != APPLICATION_ID:
        raise ProjectError(
            "not-a-project",
            N_("{folder} is not a project: its project.db was made by another program."),
            N_("Choose a project folder, or create a project."),
            folder=folder,
        )
    if version > SCHEMA_VERSION:
        raise ProjectError(
            "project-newer",
            N_("{folder} was made by a newer version of the program."),
            N_("Update the program; the project was not touched."),
            folder=folder,
        )
    return version


def check_integrity(folder: Path, *, thorough: bool) -> None:
    """Look for damage: quickly, or thoroughly after a close that was not clean.

    Raises:
        ProjectError: ``project-damaged``.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        with contextlib.closing(raw_connection(folder / DATABASE)) as connection:
            found = connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0]
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone() if thorough else None
            projects = connection.execute("SELECT count(*) FROM project").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise reading_error(error, folder) from None
    if found != "ok":
        raise damaged_error(folder, NOT_WHOLE)
    if orphan is not None or projects > 1:
        raise damaged_error(folder, ROWS_MISSING)


def raw_connection(path: Path) -> sqlite3.Connection:
    """Open a database for reading with the bare driver: the checks run before SQLAlchemy is trusted with it."""
    return sqlite3.connect(_address(path, write=False), uri=True)


def _unstorable(error: OverflowError | UnicodeEncodeError) -> InputError:
    """Return the trouble of a value that SQLite cannot hold: too many digits, or bytes that are no letters."""
    if isinstance(error, OverflowError):
        return InputError(
            "number-too-large", N_("A number is too large to be kept."), N_("Give a smaller one.")
        )
    return InputError(
        "text-not-letters",
        N_("A text holds bytes that are not letters of any language."),
        N_("Write it in UTF-8."),
    )


def may_write(folder: Path) -> bool:
    """Tell whether files can be made in a folder: not on a disk or in an archive that is only to be read."""
    return os.access(folder, os.W_OK)


def _address(path: Path, *, write: bool) -> str:
    """Return the address SQLite opens a database by.

    Even a reader needs two files beside the database; where they cannot be made and nothing waits in them, the
    database is said to be one that nobody changes.
    """
    if write:
        mode = "mode=rwc"
    elif _room_beside(path) or _changes_wait(path):
        mode = "mode=ro"
    else:
        mode = "mode=ro&immutable=1"
    return f"{path.resolve().as_uri()}?{mode}"


def _changes_wait(path: Path) -> bool:
    """Tell whether changes lie beside a database that are not in it yet."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _room_beside(path: Path) -> bool:
    """Tell whether a reader's two files can be made beside a database: one of them takes 32 KB at once."""
    return may_write(path.parent) and shutil.disk_usage(path.parent).free > _READERS_FILES


def _look_at(path: Path) -> None:
    """Refuse a database that may not be read, before its silence is taken for damage.

    Raises:
        ProjectError: ``not-readable``.
    """
    try:
        with path.open("rb") as stream:
            stream.read(1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return  # said in the words of a project
    except (OSError, ValueError) as error:
        raise unreadable_error(path.parent, system_reason(error)) from None
