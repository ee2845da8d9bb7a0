"""The workspace folder: which projects lie in it, and one line about each without opening it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.atomic import sync_folder
from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.store import files, project_file, refusals
from workbench.store.project_file import check_identity, raw_connection

_SUMMARY = """
SELECT title, language,
       (SELECT max(ordinal) FROM wave),
       (SELECT count(*) FROM source),
       (SELECT count(*) FROM quote WHERE :coder IS NULL OR id IN (
           SELECT quote_id FROM coding JOIN coder ON coder.id = coding.coder_id
           WHERE coder.name = :coder)),
       (SELECT count(*) FROM code WHERE kind = 'barrier'),
       (SELECT created_at FROM journal_entry ORDER BY rowid DESC LIMIT 1),
       created_at
FROM project
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of projects shows; ``problem`` says why a project cannot be read."""

    folder: Path
    title: str
    language: str = ""
    wave: int | None = None
    sources: int = 0
    quotes: int = 0
    barriers: int = 0
    changed_at: datetime | None = None
    problem: str = ""


def project_folders(workspace: Path) -> list[Path]:
    """Return the folders of a workspace that hold a database."""
    try:
        return sorted(folder for folder in workspace.iterdir() if _holds_project(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise refusals.reading_error(error, workspace) from None


def _holds_project(folder: Path) -> bool:
    """Tell whether a folder holds a database; one that may not be looked into may hold one, and is named."""
    if folder.name.startswith("."):
        return False  # a project that is being made
    try:
        return (folder / project_file.DATABASE).is_file()
    except PermissionError:
        return True
    except OSError:
        return False


def summarise(folder: Path, *, coder: str | None = None) -> Summary:
    """Read one line about a project; a project that cannot be read says why.

    Args:
        folder: the project's.
        coder: count only the quotes this coder put codes on; everybody's by default.
    """
    try:
        check_identity(folder)
        with contextlib.closing(raw_connection(folder / project_file.DATABASE)) as connection:
            row = connection.execute(_SUMMARY, {"coder": coder}).fetchone()
    except ProjectError as error:
        return Summary(folder, folder.name, problem=str(error))
    except sqlite3.DatabaseError as error:
        return Summary(folder, folder.name, problem=str(refusals.reading_error(error, folder)))
    if row is None:
        return Summary(
            folder, folder.name, problem=str(refusals.damaged_error(folder, refusals.ROWS_MISSING))
        )
    title, language, wave, sources, quotes, barriers, changed, made = row
    moment = datetime.fromisoformat(changed or made).replace(tzinfo=UTC)
    return Summary(folder, title, language, wave, sources, quotes, barriers, moment)


_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


def slug_of(title: str) -> str:
    """Return a folder name for a title: short Latin letters that every system and archive accepts."""
    latin = "".join(_LETTERS.get(letter, letter).replace("_", "") for letter in title.casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "project"


def free_folder(workspace: Path, title: str) -> Path:
    """Return a folder of the workspace that does not exist yet, named after a title."""
    slug = slug_of(title)
    folder = workspace / slug
    number = 2
    while os.path.lexists(folder):
        folder = workspace / f"{slug}-{number}"
        number += 1
    return folder


@contextlib.contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give a hidden folder to make a project in; when the block ends well, it gets its real name.

    A program that is killed meanwhile leaves no half of a project among the others; what it left is cleared away
    when the same project is made again.

    Raises:
        ProjectError: ``project-locked`` while somebody else makes a project of this name, ``folder-taken``.
    """
    unfinished = folder.with_name(f".making-{folder.name}")
    lock = FileLock(f"{unfinished}.lock", mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise refusals.locked_error(folder, None) from None
    except OSError as error:
        raise files.disk_error(error, folder.parent) from None
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        yield unfinished
        _give_name(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        lock.release()
        Path(f"{unfinished}.lock").unlink(missing_ok=True)


def _give_name(unfinished: Path, folder: Path) -> None:
    try:
        unfinished.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        if not os.path.lexists(folder):
            raise files.disk_error(error, folder) from None
        raise ProjectError(
            "folder-taken",
            N_("There is already something named {folder}, and it is not a project."),
            N_("Move it away, or choose another workspace with --workspace."),
            folder=folder,
        ) from None
