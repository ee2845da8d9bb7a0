"""What five screens look like in Russian at 80 × 24, letter for letter.

A change that was meant is taken over with ``WORKBENCH_UPDATE_PICTURES=1 pytest tests/tui/test_pictures.py``; the
difference then shows in review what a user will see.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from coding_project import CodingApp
from coding_project import make_project as make_coded
from projects import add_visit, make_project, on_screen, shown, until
from review_project import ReviewApp
from review_project import make_project as make_recorded

from workbench.i18n import set_language
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp

PICTURES = Path(__file__).parent / "pictures"
SIZE = (80, 24)


def check(name: str, picture: str) -> None:
    """Compare with the picture in the tree, line by line without spaces at the end."""
    lines = "".join(f"{line.rstrip()}\n" for line in picture.splitlines())
    file = PICTURES / f"{name}.txt"
    if os.environ.get("WORKBENCH_UPDATE_PICTURES"):
        file.write_text(lines, encoding="utf-8", newline="\n")
    assert lines == file.read_text(encoding="utf-8")


@pytest.fixture
def russian():
    set_language("ru")
    yield Settings(coder="Анна", language="ru")
    set_language("en")


def program(russian: Settings, folder: Path, project: str | None = None) -> WorkbenchApp:
    return WorkbenchApp(russian, workspace=folder, project=project)


async def test_home_without_projects(tmp_path, monkeypatch, russian) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    async with program(russian, tmp_path / "Workbench").run_test(size=SIZE) as pilot:
        await on_screen(pilot, "home")
        await until(pilot, lambda: "появятся" in shown(pilot))
        check("home_ru", shown(pilot))


async def test_a_new_project(tmp_path, russian) -> None:
    make_project(tmp_path).close()
    async with program(russian, tmp_path, "bank").run_test(size=SIZE) as pilot:
        await on_screen(pilot, "project")
        await until(pilot, lambda: "Три вопроса" in shown(pilot) and "Цели" in shown(pilot))
        await until(pilot, lambda: not pilot.app.workers._workers)
        check("project_ru", shown(pilot))


async def test_coding(tmp_path, russian) -> None:
    folder = make_coded(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as project:
        app = CodingApp(project, language="ru", source="Interview 03")
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: "Frankly" in shown(pilot))
            await pilot.press("о")  # j: the first quote
            await pilot.pause()
            check("coding_ru", shown(pilot))


async def test_review(tmp_path, russian) -> None:
    folder = make_recorded(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as project:
        app = ReviewApp(project, language="ru")
        async with app.run_test(size=SIZE) as pilot:
            await until(pilot, lambda: "mooflow" in shown(pilot))
            await pilot.press("т", "т")  # n: the second doubtful word
            await pilot.pause()
            check("review_ru", shown(pilot))


async def test_a_visit(tmp_path, russian) -> None:
    project = make_project(tmp_path)
    add_visit(project, tmp_path)
    project.close()
    app = program(russian, tmp_path, "bank")
    async with app.run_test(size=SIZE) as pilot:
        await on_screen(pilot, "project")
        app.open_screen("visit", visit="V01")
        await on_screen(pilot, "visit")
        await until(pilot, lambda: app.screen.item is not None)
        await pilot.press("down", "с")  # c: a comment on the question under the cursor
        await pilot.press(*"два окна")
        await until(pilot, lambda: "два окна" in shown(pilot))
        check("visit_ru", shown(pilot))
