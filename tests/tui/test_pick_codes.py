"""Picking several codes at once, and new ones with their kind and place."""

from __future__ import annotations

import shutil

import pytest
from coding_project import CodingApp, make_project
from textual import events
from textual.widgets import Input

from workbench.services.workspace import Workspace
from workbench.tui.dialogs.pick_code import PickCode, PickCodes

SIZE = (120, 30)
FORTY = "Forty minutes in the queue, although I had an appointment at eleven."


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("template"))


@pytest.fixture
def app(template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "workspace" / template.name)
    opened = Workspace(folder.parent, coder="Anna").open(folder.name)
    yield CodingApp(opened)
    opened.close()


async def open_picker(app, pilot) -> None:
    await pilot.pause()
    view = app.coding.view
    view.go(view.source.text.index("Forty"))
    await pilot.press("s", "c")
    assert isinstance(app.screen, PickCodes)


def forty(app) -> list[str]:
    return [code for text, code, *_rest in app.codings() if text == FORTY]


def marked(app) -> str:
    line = app.screen.query_one("#marked")
    return str(line.render()) if line.display else ""


async def test_marked_codes_go_on_together_and_come_back_together(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_picker(app, pilot)
        await pilot.press("space")
        assert marked(app) == "Enter puts on: Waiting"
        await pilot.press(*"clear", "insert")
        assert app.screen.query_one(Input).value == "", "ready for the next name"
        await pilot.press(*"diff")
        assert marked(app) == "Enter puts on: Waiting, Clear terms, Different answers"
        await pilot.press("enter")
        await pilot.pause()
        assert forty(app) == ["Waiting", "Clear terms", "Different answers"]
        assert app.coding.source.last_code == app.project.codebook.code("Waiting").id
        await pilot.press("u")
        assert forty(app) == []


async def test_a_mark_is_taken_away_and_space_types_a_space_in_a_name(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_picker(app, pilot)
        await pilot.press("space", "up", "space")
        assert marked(app) == ""
        await pilot.press(*"clear", "space", *"t")
        assert app.screen.query_one(Input).value == "clear t"
        await pilot.press("down", "up", "space", "enter")
        await pilot.pause()
        assert forty(app) == ["Clear terms"]


async def test_new_codes_are_marked_too_with_kind_and_chosen_place(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_picker(app, pilot)
        await pilot.press(*"Line", "tab", "tab")
        await pilot.press("ctrl+o")
        assert isinstance(app.screen, PickCode)
        await pilot.press(*"waiting", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PickCodes)
        await pilot.press("insert")
        assert marked(app) == "Enter puts on: + Waiting / Line"
        await pilot.press(*"terms", "insert", "enter")
        await pilot.pause()
        made = app.project.codebook.code("Line")
        assert (made.path, made.kind) == ("Waiting / Line", "strength")
        assert forty(app) == ["Line", "Clear terms"]
        await pilot.press("u")
        assert "Line" not in [code.name for code in app.project.codebook.codes()]


async def test_it_works_in_russian_layout_and_by_mouse(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_picker(app, pilot)
        await pilot.press(*"сдуфк", "insert")  # clear on the wrong layout
        await pilot.press(*"вшаа", "enter")
        await pilot.pause()
        assert forty(app) == ["Clear terms", "Different answers"]
        await pilot.press("u", "c")
        await pilot.click("#choices", offset=(6, 1))
        await pilot.pause()
        assert len(app.codings()) == 3


async def test_a_name_that_is_typed_faster_than_it_is_taken_in_keeps_its_spaces(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_picker(app, pilot)
        for letter in "New one":
            app.post_message(events.Key("space" if letter == " " else letter, letter))
        await pilot.pause()
        await pilot.pause()
        assert app.screen.query_one(Input).value == "New one"
