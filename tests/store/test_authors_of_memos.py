"""A project from before memos had authors: the journal tells who wrote them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from coded_by_two import as_coder, code, make
from sqlalchemy import text
from sqlmodel import select

from workbench.models import tables
from workbench.models.memo_views import MemoView
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.store.migrating import alembic_config
from workbench.store.project_file import make_engine


def as_before(folder: Path, *, without_rows: tuple[str, ...] = ()) -> None:
    """Bring a closed project to the schema before memos had authors.

    Args:
        folder: the project's.
        without_rows: coders who only noted, and so had no row then.
    """
    from alembic import command

    engine = make_engine(folder / "project.db", read_only=False)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.downgrade(alembic_config(connection), "0003")
            connection.exec_driver_sql("PRAGMA user_version=3")
    engine.dispose()
    with closing(sqlite3.connect(folder / "project.db")) as database, database:
        for name in without_rows:
            database.execute("DELETE FROM coder WHERE name = ?", (name,))
        for entry, changes in database.execute("SELECT id, changes FROM journal_entry").fetchall():
            kept = [c for c in json.loads(changes) if not _made_by_a_memo(c, without_rows)]
            for change in kept:
                for row in (change.get("before"), change.get("after")):
                    if row is not None and change["table"] == "memo":
                        row.pop("coder_id", None)
            database.execute(
                "UPDATE journal_entry SET changes = ? WHERE id = ?", (written(kept), entry)
            )


def written(changes: list[dict]) -> str:
    """Changes as the journal keeps them."""
    return json.dumps(changes, ensure_ascii=False, separators=(",", ":"))


def _made_by_a_memo(change: dict, names: tuple[str, ...]) -> bool:
    return change["table"] == "coder" and (change["after"] or {}).get("name") in names


def content(project: Project) -> list[str]:
    """All rows that undo and redo bring back."""
    names = sorted(set(tables.metadata.tables) - {"journal_entry", "coder"})
    with project.file.session() as session:
        return [
            json.dumps([name, *map(str, row)])
            for name in names
            for row in session.connection().execute(text(f"SELECT * FROM {name} ORDER BY id"))
        ]


def authors(project: Project) -> dict[str, str]:
    """Who wrote what, by its words."""
    with project.file.session() as session:
        names = dict(session.exec(select(tables.Coder.id, tables.Coder.name)).all())
        return {
            memo.text: names[memo.coder_id] if memo.coder_id else ""
            for memo in session.exec(select(tables.Memo))
        }


def test_memos_get_the_author_the_journal_tells_of(tmp_path: Path) -> None:
    mine = make(tmp_path)
    first, second = code(mine, "I was annoyed.", "Waiting"), code(mine, "Nobody called", "No news")
    third = code(mine, "They answered at once.", "Clear terms")
    fourth = code(mine, "Everything was clear.", "Clear terms")
    mine.coding.write_memo("quote", first.quote_id, "Anna's")
    mine.coding.write_memo("quote", second.quote_id, "begun by Anna")
    mine.coding.write_memo("quote", third.quote_id, "left")
    mine.coding.write_memo("quote", fourth.quote_id, "right")
    mine.coding.write_memo("source", first.source_id, "of a source")
    mine.coders.rename("Anna", "Anna K.")
    mine.close()
    with Workspace(mine.folder.parent, coder="Boris").open("bank") as theirs:
        code(theirs, "We waited an hour.", "Waiting", source="other")
        theirs.coding.write_memo("source", first.source_id, "of a source, by Boris")
    with closing(sqlite3.connect(mine.folder / "project.db")) as database, database:
        # without authors, one memo on a quote was everybody's
        row = database.execute("SELECT id FROM memo WHERE text = 'begun by Anna'").fetchone()
        boris = database.execute("SELECT id FROM coder WHERE name = 'Boris'").fetchone()
        database.execute("UPDATE memo SET coder_id = ? WHERE id = ?", (*boris, *row))
    with Workspace(mine.folder.parent, coder="Boris").open("bank") as theirs:
        theirs.coding.write_memo("quote", second.quote_id, "begun by Anna, Boris went on")
    with Workspace(mine.folder.parent, coder="Anna K.").open("bank") as again:
        again.coding.merge([third.quote_id, fourth.quote_id])
    with Workspace(mine.folder.parent, coder="Carl").open("bank") as guest:
        guest.coding.write_memo("project", guest.plan.project_id, "Carl's")
    as_before(mine.folder, without_rows=("Carl",))
    with Workspace(mine.folder.parent, coder="Anna K.").open("bank") as project:
        assert authors(project) == {
            "Anna's": "Anna K.",
            "begun by Anna, Boris went on": "",
            "left\n\nright": "Anna K.",
            "of a source, by Boris": "Boris",
            "Carl's": "Carl",
        }
        assert [path for path in project.folder.glob("backups/*") if "before-schema-4" in path.name]
        there_and_back(project)


def test_a_memo_older_than_its_authors_first_coding_stands_in_the_way_of_no_undo(
    tmp_path: Path,
) -> None:
    mine = make(tmp_path)
    coded = code(mine, "I was annoyed.", "Waiting")
    theirs = as_coder(mine, "Boris")
    theirs.coding.write_memo("quote", coded.quote_id, "Boris's")
    code(theirs, "Nobody called", "No news")
    with closing(sqlite3.connect(theirs.folder / "project.db")) as database, database:
        _let_the_coding_make_the_coder(database)
    theirs.close()
    as_before(theirs.folder)
    with Workspace(theirs.folder.parent, coder="Boris").open("bank") as project:
        assert authors(project) == {"Boris's": "Boris"}
        there_and_back(project)


def _let_the_coding_make_the_coder(database: sqlite3.Connection) -> None:
    """Move the change that made Boris from the memo's entry to the coding's, where it was before memos had authors."""
    note, coding = (
        database.execute(
            "SELECT id, changes FROM journal_entry WHERE actor = 'Boris' AND verb = ?", (verb,)
        ).fetchone()
        for verb in ("memo.write", "coding.apply")
    )
    changes = json.loads(note[1])
    made = [change for change in changes if change["table"] == "coder"]
    assert made
    rest = [change for change in changes if change["table"] != "coder"]
    for entry, kept in ((note[0], rest), (coding[0], made + json.loads(coding[1]))):
        database.execute(
            "UPDATE journal_entry SET changes = ? WHERE id = ?", (written(kept), entry)
        )


def there_and_back(project: Project) -> None:
    """Undo all that can be undone and redo it."""
    end = content(project)
    steps = 0
    while any(entry.state == "done" and entry.undoable for entry in project.history.entries()):
        project.history.undo()
        steps += 1
    assert steps > 3
    assert not project.coding.quotes()
    for _step in range(steps):
        project.history.redo()
    assert content(project) == end


def test_a_memo_of_nobody_is_read_by_all_and_belongs_to_who_goes_on_with_it(
    tmp_path: Path,
) -> None:
    project = make(tmp_path)
    quote = code(project, "I was annoyed.", "Waiting").quote_id
    with project.file.transaction() as session:
        memo = tables.Memo(
            project_id=project.plan.project_id, subject="quote", subject_id=quote, text="old"
        )
        session.add(memo)
    theirs = as_coder(project, "Boris")
    theirs.see_only_own(only=True)
    assert theirs.coding.memos("quote", quote) == [MemoView("", "old")]
    theirs.coding.write_memo("quote", quote, "old and new")
    assert theirs.coding.memos("quote", quote) == [MemoView("Boris", "old and new")]
    theirs.history.undo()
    assert theirs.coding.memos("quote", quote) == [MemoView("", "old")]
    theirs.close()


@pytest.mark.parametrize("name", ["Anna", "Boris"])
def test_downgrading_keeps_the_words(tmp_path: Path, name: str) -> None:
    mine = make(tmp_path)
    quote = code(mine, "I was annoyed.", "Waiting").quote_id
    mine = as_coder(mine, name)
    mine.coding.write_memo("quote", quote, "kept")
    mine.close()
    as_before(mine.folder)
    with closing(sqlite3.connect(mine.folder / "project.db")) as database:
        assert database.execute("SELECT text FROM memo").fetchall() == [("kept",)]
        columns = [row[1] for row in database.execute("PRAGMA table_info(memo)")]
    assert "coder_id" not in columns
