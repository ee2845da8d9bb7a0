"""The project folder: identity, damage, versions, the lock, backups, restore, a full disk."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from sqlmodel import select

from workbench.errors import ProjectError
from workbench.models.tables import Project, metadata
from workbench.store import backup
from workbench.store.project_file import APPLICATION_ID, SCHEMA_VERSION, ProjectFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed project with one row."""
    path = tmp_path / "study"
    file = ProjectFile.create(path)
    with file.transaction() as session:
        session.add(Project(title="Study"))
    file.close()
    return path


def code_of(folder: Path, **how: bool) -> str:
    with pytest.raises(ProjectError) as caught:
        ProjectFile.open(folder, **how)
    assert str(folder) in str(caught.value)
    assert caught.value.remedy
    return caught.value.code


def test_new_project_is_marked_private_and_migrated(folder: Path) -> None:
    with sqlite3.connect(folder / "project.db") as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert {"media", "exports", "backups"} <= {path.name for path in folder.iterdir()}
    if os.name == "posix":
        assert (folder / "project.db").stat().st_mode & 0o077 == 0


def test_pragmas_of_an_open_project(folder: Path) -> None:
    file = ProjectFile.open(folder)
    with file.session() as session:
        read = lambda name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
        assert read("synchronous") == 2
        assert read("foreign_keys") == 1
        assert read("trusted_schema") == 0
        assert read("secure_delete") == 1
        assert read("cell_size_check") == 1
    file.close()


def test_migrated_schema_is_the_schema_of_the_tables(folder: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    file = ProjectFile.open(folder)
    with file.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    file.close()


def test_every_constraint_has_a_name() -> None:
    for table in metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name


@pytest.mark.parametrize("content", [b"", b"x", b"not a database at all" * 500])
def test_damaged_database_is_refused_and_kept(folder: Path, content: bytes) -> None:
    (folder / "project.db").write_bytes(content)
    assert code_of(folder) == "project-damaged"
    assert (folder / "project.db").read_bytes() == content


def test_zeroed_page_is_found(folder: Path) -> None:
    data = bytearray((folder / "project.db").read_bytes())
    data[4096:8192] = bytes(4096)
    (folder / "project.db").write_bytes(bytes(data))
    assert code_of(folder) == "project-damaged"


def test_folder_that_is_no_project(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nothing") == "project-missing"
    (tmp_path / "empty").mkdir()
    assert code_of(tmp_path / "empty") == "not-a-project"
    (tmp_path / "other").mkdir()
    with sqlite3.connect(tmp_path / "other" / "project.db") as connection:
        connection.execute("CREATE TABLE somebody_elses (id INTEGER)")
    assert code_of(tmp_path / "other") == "not-a-project"


def test_project_of_a_newer_program_is_not_touched(folder: Path) -> None:
    with sqlite3.connect(folder / "project.db") as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = (folder / "project.db").read_bytes()
    assert code_of(folder) == "project-newer"
    assert (folder / "project.db").read_bytes() == before


def test_second_opener_reads_and_is_told_who_writes(folder: Path) -> None:
    first = ProjectFile.open(folder)
    with pytest.raises(ProjectError) as caught:
        ProjectFile.open(folder)
    assert caught.value.code == "project-locked"
    assert caught.value.params["process"] == os.getpid()
    second = ProjectFile.open(folder, or_read=True)
    assert second.read_only
    assert second.writer is not None
    with first.transaction() as session:
        session.exec(select(Project)).one().title = "Renamed"
    with second.session() as session:
        assert session.exec(select(Project.title)).one() == "Renamed"
    with pytest.raises(ProjectError), second.transaction():
        pass
    second.close()
    first.close()


HOLDER = """
import sys, time
from pathlib import Path
from workbench.store.project_file import ProjectFile
file = ProjectFile.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_lock_dies_with_its_process_and_the_next_opening_checks_thoroughly(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    assert code_of(folder) == "project-locked"
    holder.kill()
    holder.wait()
    began = time.monotonic()
    ProjectFile.open(folder).close()
    assert time.monotonic() - began < 5
    assert not (folder / "project.writer.json").exists()


WRITER = """
import sys
from pathlib import Path
from workbench.models.tables import Memo, Project
from workbench.store.project_file import ProjectFile
from sqlmodel import select
file = ProjectFile.open(Path(sys.argv[1]))
with file.session() as session:
    project_id = session.exec(select(Project.id)).one()
number = 0
while True:
    with file.transaction() as session:
        session.add(Memo(project_id=project_id, subject="project", subject_id="a", text=str(number)))
        session.add(Memo(project_id=project_id, subject="project", subject_id="b", text=str(number)))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_kill_at_any_moment_keeps_all_that_was_acknowledged(folder: Path) -> None:
    from workbench.models.tables import Memo

    expected = 0
    for attempt in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "0\n"
        time.sleep(0.03 * attempt)
        writer.send_signal(signal.SIGKILL)
        lines = writer.stdout.read().split()
        writer.wait()
        expected += 1 + len([line for line in lines if line.isdecimal()])
        file = ProjectFile.open(folder)
        with file.session() as session:
            kept = [memo.subject_id for memo in session.exec(select(Memo)).all()]
        file.close()
        # one transaction may have been committed whose number could no longer be printed
        assert expected <= kept.count("a") <= expected + attempt + 1
        assert kept.count("a") == kept.count("b")
        expected = kept.count("a")


def test_backup_is_whole_and_restore_keeps_what_was_there(folder: Path) -> None:
    file = ProjectFile.open(folder)
    made = backup.make_backup(folder)
    with file.transaction() as session:
        session.exec(select(Project)).one().title = "Later"
    file.close()
    former = backup.restore_backup(folder, made)
    file = ProjectFile.open(folder)
    with file.session() as session:
        assert session.exec(select(Project.title)).one() == "Study"
    file.close()
    with sqlite3.connect(former) as connection:
        assert connection.execute("SELECT title FROM project").fetchone()[0] == "Later"


def test_restore_refuses_a_broken_backup_and_an_open_project(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes((folder / "project.db").read_bytes()[:6000])
    with pytest.raises(ProjectError) as caught:
        backup.restore_backup(folder, broken)
    assert caught.value.code == "backup-damaged"
    whole = backup.make_backup(folder)
    file = ProjectFile.open(folder)
    with pytest.raises(ProjectError) as caught:
        backup.restore_backup(folder, whole)
    assert caught.value.code == "project-locked"
    file.close()


def test_automatic_backup_only_when_something_changed(folder: Path) -> None:
    assert backup.back_up_if_due(folder) is not None
    assert backup.back_up_if_due(folder) is None
    assert len(backup.list_backups(folder)) == 1


FULL = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    from workbench.errors import ProjectError
    from workbench.models.tables import Memo, Project
    from workbench.store.project_file import ProjectFile
    from sqlmodel import select
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    file = ProjectFile.open(Path(sys.argv[1]))
    with file.session() as session:
        project_id = session.exec(select(Project.id)).one()
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    kept = 0
    try:
        while kept < 500:
            with file.transaction() as session:
                session.add(Memo(project_id=project_id, subject="project", subject_id="a", text="x" * 8000))
            kept += 1
    except ProjectError as error:
        print(error.code, kept)
""")


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files the Linux way")
def test_full_disk_is_said_and_nothing_kept_is_lost(folder: Path) -> None:
    from workbench.models.tables import Memo

    run = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)], capture_output=True, text=True, check=True
    )
    code, kept = run.stdout.split()
    assert code in {"disk-full", "not-writable"}
    assert int(kept) > 0
    file = ProjectFile.open(folder)
    with file.session() as session:
        assert len(session.exec(select(Memo)).all()) == int(kept)
    file.close()


def test_migration_backs_up_first_and_failure_leaves_the_old_schema(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(folder / "project.db") as connection:
        connection.execute("PRAGMA user_version=0")
        connection.execute("DELETE FROM alembic_version")
    before = backup.list_backups(folder)
    with pytest.raises(ProjectError):  # the first migration cannot make tables that are there
        ProjectFile.open(folder)
    assert len(backup.list_backups(folder)) == len(before) + 1
    with sqlite3.connect(folder / "project.db") as connection:
        assert connection.execute("SELECT title FROM project").fetchone()[0] == "Study"
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 0
