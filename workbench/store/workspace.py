"""The workspace folder: which projects lie in it, and one line about each without opening it."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.errors import ProjectError
from workbench.store import project_file
from workbench.store.project_file import check_identity, raw_connection

_SUMMARY = """
SELECT title, language,
       (SELECT max(ordinal) FROM wave),
       (SELECT count(*) FROM source),
       (SELECT count(*) FROM quote),
       (SELECT count(*) FROM code WHERE kind = 'barrier'),
       (SELECT max(created_at) FROM journal_entry),
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
    if not workspace.is_dir():
        return []
    return sorted(
        folder for folder in workspace.iterdir() if (folder / project_file.DATABASE).is_file()
    )


def summarise(folder: Path) -> Summary:
    """Read one line about a project; a project that cannot be read says why."""
    try:
        check_identity(folder)
        with contextlib.closing(raw_connection(folder / project_file.DATABASE)) as connection:
            row = connection.execute(_SUMMARY).fetchone()
    except ProjectError as error:
        return Summary(folder, folder.name, problem=str(error))
    except sqlite3.DatabaseError as error:
        return Summary(
            folder, folder.name, problem=str(project_file.damaged_error(folder, str(error)))
        )
    if row is None:
        return Summary(folder, folder.name, problem=str(project_file.damaged_error(folder, "")))
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
    while folder.exists():
        folder = workspace / f"{slug}-{number}"
        number += 1
    return folder
