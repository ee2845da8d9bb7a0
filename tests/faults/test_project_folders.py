"""Damage, protection, other programs and sudden ends: a sentence with the right remedy, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from workbench import i18n
from workbench.errors import ProjectError
from workbench.models.drafts import PersonDraft, ProjectDraft
from workbench.services.workspace import Workspace
from workbench.store import project_file

SAMPLE = "coffee_chain_en"
PAGE = 4096


def _zeroed_page(data: bytes) -> bytes:
    """Lose the page where the table of quotes begins."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(
            data[:18] + b"\1\1" + data[20:]
        )  # in memory there is no journal beside it
        begins = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'quote'")
        at = (begins.fetchone()[0] - 1) * PAGE
    return data[:at] + bytes(PAGE) + data[at + PAGE :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing left": lambda _data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "cut in the header": lambda data: data[:60],
    "first page zeroed": lambda data: bytes(PAGE) + data[PAGE:],
    "a text": lambda _data: "это не база".encode(),
    "a page zeroed": _zeroed_page,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_damage_names_the_project_and_its_remedy_works(
    workspace: Workspace, folder: Path, damage: str, language: str
) -> None:
    i18n.set_language(language)
    database = folder / "project.db"
    database.write_bytes(DAMAGES[damage](database.read_bytes()))
    with pytest.raises(ProjectError) as caught:
        workspace.open(SAMPLE)
    said = str(caught.value)
    assert caught.value.code == "project-damaged"
    assert SAMPLE in said
    assert f"workbench project restore --project {SAMPLE}" in said
    assert "malformed" not in said
    assert "database main" not in said
    if language == "ru":
        assert "повреждён" in said
        assert "they" not in said.split()
    former = workspace.restore(SAMPLE)
    assert former.is_file()
    with workspace.open(SAMPLE) as whole:
        assert len(whole.coding.quotes()) > 50


def test_damage_that_only_reading_finds_is_called_damage(
    workspace: Workspace, folder: Path
) -> None:
    database = folder / "project.db"
    database.write_bytes(_zeroed_page(database.read_bytes()))
    with workspace.open(SAMPLE, write=False) as opened, pytest.raises(ProjectError) as caught:
        opened.coding.quotes()
    assert caught.value.code == "project-damaged"


def test_a_protected_folder_is_read_and_not_called_damaged(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_file, "may_write", lambda _folder: False)
    before = sorted(path.name for path in folder.iterdir())
    with workspace.open(SAMPLE, or_read=True) as opened:
        assert opened.read_only
        assert len(opened.coding.quotes()) > 50
        assert sorted(path.name for path in folder.iterdir()) == before
        with pytest.raises(ProjectError) as caught:
            opened.plan.add_person(PersonDraft(pseudonym="Z1"))
    assert caught.value.code == "not-writable"
    i18n.set_language("ru")
    assert "Не удаётся записать" in str(caught.value)
    assert "ermission" not in str(caught.value)


def test_a_project_of_a_newer_program_is_not_touched(workspace: Workspace, folder: Path) -> None:
    with sqlite3.connect(folder / "project.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (folder / "project.db").read_bytes()
    with pytest.raises(ProjectError) as caught:
        workspace.open(SAMPLE)
    assert caught.value.code == "project-newer"
    assert (folder / "project.db").read_bytes() == before


def test_a_failed_opening_gives_the_right_to_write_back(workspace: Workspace, folder: Path) -> None:
    good = (folder / "project.db").read_bytes()
    (folder / "project.db").write_bytes(_zeroed_page(good))
    with pytest.raises(ProjectError):
        workspace.open(SAMPLE)
    (folder / "project.db").write_bytes(good)
    with workspace.open(SAMPLE) as opened:
        assert not opened.read_only


HOLDS = """
import sys
from pathlib import Path
from workbench.services.workspace import Workspace
with Workspace(Path(sys.argv[1])).open(sys.argv[2]):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_while_another_program_writes_one_may_read_and_is_told_who_writes(
    workspace: Workspace,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, workspace.folder, SAMPLE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        for forbidden in (workspace.open, workspace.restore, workspace.delete):
            with pytest.raises(ProjectError) as caught:
                forbidden(SAMPLE)
            assert caught.value.code == "project-locked"
            assert str(holder.pid) in str(caught.value)
        with workspace.open(SAMPLE, or_read=True) as opened:
            assert opened.writer.process == holder.pid
            assert opened.coding.quotes()
        holder.kill()  # its lock dies with it
        holder.wait()
        with workspace.open(SAMPLE) as opened:
            assert not opened.read_only


DIES = """
import os, signal, sys
from pathlib import Path
from workbench.services.sample import create_sample
from workbench.services import sample
from workbench.services.workspace import Workspace
real, at = sample.fill, sys.argv[2]
def fill(project, files):
    if at == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(project, files)
    os.kill(os.getpid(), signal.SIGKILL)
sample.fill = fill
create_sample(Workspace(Path(sys.argv[1])), "coffee_chain_en")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_program_killed_while_making_a_project_leaves_no_half_of_one(
    tmp_path: Path, moment: str, project: object
) -> None:
    place = tmp_path / "killed"
    ended = subprocess.run([sys.executable, "-c", DIES, place, moment], check=False)
    assert ended.returncode == -signal.SIGKILL
    workspace = Workspace(place, coder="Anna")
    assert workspace.projects() == []
    from workbench.services.sample import code_sample, create_sample

    with create_sample(workspace, SAMPLE) as made:
        coded = code_sample(made)
        assert coded.applied == len(project.coding.quotes())
        assert _counts(made) == _counts(project)
    assert sorted(path.name for path in place.iterdir()) == [SAMPLE]


def _counts(project: object) -> list[dict[str, int]]:
    return [dict(step.counts) for step in project.insight.overview().steps]


def test_something_else_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / SAMPLE).mkdir()
    (tmp_path / SAMPLE / "notes.txt").write_text("mine")
    from workbench.services.sample import create_sample

    with pytest.raises(ProjectError) as caught:
        create_sample(Workspace(tmp_path), SAMPLE)
    assert caught.value.code == "folder-taken"
    assert (tmp_path / SAMPLE / "notes.txt").read_text() == "mine"


def test_a_disk_that_fills_up_keeps_all_that_was_there(project: object) -> None:
    quotes = project.coding.quotes()
    with project.file.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill_up() -> None:
        for number in range(2_000):
            draft = PersonDraft(pseudonym=f"Z{number}", attributes={"a": "b" * 500})
            project.plan.add_person(draft)

    with pytest.raises(ProjectError) as caught:
        fill_up()
    assert caught.value.code == "disk-full"
    assert project.coding.quotes() == quotes


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 5 MB, where the system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("only root can mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_on_a_full_disk_a_project_can_be_read_and_destroyed(
    workspace: Workspace, small_disk: Path
) -> None:
    (small_disk / SAMPLE).mkdir()
    database = small_disk / SAMPLE / "project.db"
    database.write_bytes((workspace.folder / SAMPLE / "project.db").read_bytes())
    with (small_disk / "rest").open("wb", buffering=0) as rest, suppress(OSError):
        while rest.write(bytes(1 << 14)):
            pass
    assert shutil.disk_usage(small_disk).free == 0
    full = Workspace(small_disk)
    assert [card.problem for card in full.projects()] == [""]
    with full.open(SAMPLE, write=False) as opened:
        assert len(opened.coding.quotes()) > 50
    for refused in (lambda: full.open(SAMPLE), lambda: full.create(ProjectDraft(title="New"))):
        with pytest.raises(ProjectError) as caught:
            refused()
        assert caught.value.code == "disk-full"
    assert [card.slug for card in full.projects()] == [SAMPLE]
    full.delete(SAMPLE)
    assert full.projects() == []
