from __future__ import annotations

import pytest
from projects import add_text, make_project, on_screen, program, shown, told, until, workspace
from textual.widgets import Input

from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.type_name import TypeName
from workbench.tui.widgets.row_table import RowTable


async def listed(pilot, count: int) -> None:
    await until(pilot, lambda: pilot.app.screen.query_one(RowTable).row_count == count)


async def test_an_empty_workspace_says_how_to_begin(tmp_path) -> None:
    async with program(tmp_path / "none").run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Press n to begin one" in shown(pilot))
        assert "n New" in shown(pilot)
        assert "Delete" not in shown(pilot), "nothing to delete yet"


async def test_a_new_project_is_made_and_opened(tmp_path) -> None:
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "home")
        await pilot.press("т")  # the key n on a Russian layout
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "This is needed." in shown(pilot)
        await pilot.press(*"Почта")
        await pilot.press("ctrl+s")
        await on_screen(pilot, "project")
        assert app.project_title == "Почта"
        await pilot.press("escape")
        await on_screen(pilot, "home")
        await listed(pilot, 1)
        assert "no sources yet" in shown(pilot)
    assert [card.title for card in workspace(tmp_path).projects()] == ["Почта"]


async def test_a_damaged_project_says_why_and_does_not_open(tmp_path) -> None:
    make_project(tmp_path, "Bank").close()
    make_project(tmp_path, "Coffee").close()
    (tmp_path / "coffee" / "project.db").write_bytes(b"this is no database" * 100)
    app = program(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await listed(pilot, 2)
        table = app.screen.query_one(RowTable)
        table.cursor = table.find("coffee")
        await pilot.pause()
        assert "! " in shown(pilot)
        assert "Open" not in app.screen.query_one("KeyLine").render().plain
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.NAME == "home"
        assert app.project is None


async def test_a_project_somebody_else_writes_opens_for_reading(tmp_path) -> None:
    other = make_project(tmp_path)
    app = program(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await listed(pilot, 1)
        await pilot.press("enter")
        await on_screen(pilot, "project")
        await until(pilot, lambda: "reading only" in shown(pilot))
        assert "e Edit" not in shown(pilot)
        await pilot.press("i")
        await on_screen(pilot, "interviews")
        assert "a Add" not in shown(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert app.screen.NAME == "interviews", "the key of a verb does nothing"
    other.close()


async def test_deleting_needs_the_name(tmp_path) -> None:
    make_project(tmp_path).close()
    app = program(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await listed(pilot, 1)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, TypeName))
        await pilot.press(*"Bink", "enter")
        await pilot.pause()
        assert "nothing was deleted" in shown(pilot)
        assert (tmp_path / "bank").is_dir()
        app.screen.query_one(Input).value = "bank"
        await pilot.press("enter")
        await until(pilot, lambda: not (tmp_path / "bank").exists())
        await listed(pilot, 0)


async def test_the_open_project_can_be_deleted_too(tmp_path) -> None:
    make_project(tmp_path).close()
    app = program(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await listed(pilot, 1)
        await pilot.press("enter")
        await on_screen(pilot, "project")
        await pilot.press("escape")
        await on_screen(pilot, "home")
        await pilot.press("d", *"Bank", "enter")
        await until(pilot, lambda: not (tmp_path / "bank").exists())
        assert app.project is None


async def test_backup_and_restore(tmp_path) -> None:
    project = make_project(tmp_path)
    project.close()
    app = program(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await listed(pilot, 1)
        await pilot.press("b")
        await until(pilot, lambda: workspace(tmp_path).backups("bank"))
        with workspace(tmp_path).open("bank") as opened:
            add_text(opened, tmp_path)
        await pilot.press("R")
        await pilot.pause()
        await pilot.press("end", "enter")  # a backup may also be made when a project is opened
        await until(pilot, lambda: "goes back" in shown(pilot))
        await pilot.press("y")
        await until(pilot, lambda: "Restored" in told(pilot))
    with workspace(tmp_path).open("bank", write=False) as opened:
        assert opened.sources.cards() == []


async def test_find_shows_only_what_was_asked_for(tmp_path) -> None:
    for title in ("Bank", "Coffee", "Pharmacy"):
        make_project(tmp_path, title).close()
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot, 3)
        await pilot.press("slash", *"cof")
        await listed(pilot, 1)
        await pilot.press("escape")
        await listed(pilot, 3)
        assert app.screen.focused is app.screen.query_one(RowTable)


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_sample_project_is_made_and_opened(tmp_path, language) -> None:
    app = program(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_screen(pilot, "home")
        await pilot.press("s")
        await pilot.pause()
        await pilot.press(*{"en": "eng", "ru": "рус"}[language], "enter")
        await on_screen(pilot, "project")
        assert app.project.slug.endswith(f"_{language}")
        await until(pilot, lambda: "barriers" in shown(pilot), seconds=30)
        assert any(card.quotes for card in app.project.sources.cards())


async def test_the_program_opens_where_it_was_left(tmp_path) -> None:
    make_project(tmp_path).close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("i")
        await on_screen(pilot, "interviews")
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "interviews")
        assert app.project.slug == "bank"
        await pilot.press("escape")
        await on_screen(pilot, "project")


async def test_a_project_that_is_gone_is_no_trouble_at_the_start(tmp_path) -> None:
    project = make_project(tmp_path)
    project.close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
    workspace(tmp_path).delete("bank")
    async with program(tmp_path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Press n" in shown(pilot))
        assert "no project" not in shown(pilot)
