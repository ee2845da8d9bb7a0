"""A colleague's copy of a project: read without being touched, and what was changed in it since it was made."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.models.tables import JournalEntry, metadata
from workbench.store import project_file
from workbench.store.files import disk_error
from workbench.store.project_file import DATABASE, SCHEMA_VERSION, ProjectFile
from workbench.store.query import columns
from workbench.store.refusals import reading_error

MERGE = "project.merge"
"""The verb whose entries are no changes of one's own: they brought the other side's."""


@contextlib.contextmanager
def copy_of(path: Path) -> Iterator[ProjectFile]:
    """Open a project folder, or a backup of one, as a copy that vanishes afterwards.

    The copy is brought to the newest schema; the folder itself is only read.

    Raises:
        ProjectError: it is missing, not a project, damaged or of a newer version.
    """
    database = path if path.is_file() else path / DATABASE
    _must_exist(path, database)
    with tempfile.TemporaryDirectory(prefix="workbench-merge-") as name:
        folder = Path(name)
        _copy(database, folder / DATABASE)
        try:
            version = project_file.check_identity(folder)
            project_file.check_integrity(folder, thorough=False)
            if version < SCHEMA_VERSION:
                from workbench.store.migrating import migrate_file

                migrate_file(folder, version)
        except ProjectError as error:
            # what is wrong with the copy is wrong with what it is of
            named = {"folder": path, "path": path, "name": path.name}
            error.params |= {key: named[key] for key in error.params if key in named}
            raise
        copy = ProjectFile.open(folder, write=False)
        try:
            yield copy
        finally:
            copy.close()


def _must_exist(path: Path, database: Path) -> None:
    if path.is_dir() and not database.is_file():
        project_file.check_identity(path)
    if not database.is_file():
        raise ProjectError(
            "project-missing",
            N_("There is no project folder {folder}."),
            N_("Name the folder of a colleague's copy, or a backup file from it."),
            folder=path,
        )


def _copy(database: Path, target: Path) -> None:
    # where nobody has it open, even a reader would leave two files beside it
    untouched = "" if Path(f"{database}-wal").exists() else "&immutable=1"
    address = f"{database.resolve().as_uri()}?mode=ro{untouched}"
    try:
        with (
            contextlib.closing(sqlite3.connect(address, uri=True)) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.DatabaseError as error:
        raise reading_error(error, database.parent) from None
    except OSError as error:
        raise disk_error(error, target) from None


def changes_apart(
    here: Session, there: Session, project_id: str
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the rows changed on each side alone, as pairs of table and identifier.

    Both journals begin with the same entries. What follows, or was undone on one side only, is what parts them.
    """
    ours, theirs = _entries(here, project_id), _entries(there, project_id)
    done_here = {entry for entry, done in ours.items() if done and not theirs.get(entry)}
    done_there = {entry for entry, done in theirs.items() if done and not ours.get(entry)}
    # an entry that both know was done when they parted, so the side that has it undone changed its rows
    undone_here, undone_there = done_there & ours.keys(), done_here & theirs.keys()
    return (
        _rows(here, (done_here - undone_there) | undone_here),
        _rows(there, (done_there - undone_here) | undone_there),
    )


def _entries(session: Session, project_id: str) -> dict[str, bool]:
    statement = columns(JournalEntry.id, JournalEntry.state, JournalEntry.verb).where(
        JournalEntry.project_id == project_id
    )
    return {
        identifier: state == "done"
        for identifier, state, verb in session.exec(statement)
        if verb != MERGE
    }


def _rows(session: Session, entries: set[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    wanted = sorted(entries)
    for place in range(0, len(wanted), 400):
        chosen = col(JournalEntry.id).in_(wanted[place : place + 400])
        for changes in session.exec(select(JournalEntry.changes).where(chosen)):
            found |= {(str(c["table"]), str(c["id"])) for c in changes if "id" in c}
    return found


def rows_of(session: Session, model: type[SQLModel]) -> dict[str, dict[str, Any]]:
    """Return all rows of a table by identifier, in the order they were made."""
    table = metadata.tables[str(model.__tablename__)]
    rows = session.execute(sqlalchemy.select(table).order_by(table.c.id)).mappings()
    return {row["id"]: dict(row) for row in rows}
