"""The codebook on its own screen: counts, the full description, and every verb on codes."""

from __future__ import annotations

import shutil

import pytest
from coding_project import make_project
from projects import on_screen, program, shown, told, until
from textual.widgets import Input

from workbench.tui.dialogs.code_form import CodeForm
from workbench.tui.dialogs.quotes import QuoteList


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("template"))


@pytest.fixture
def folder(template, tmp_path):
    return shutil.copytree(template.parent, tmp_path / "workspace")


async def at_the_codebook(pilot):
    await on_screen(pilot, "project")
    await pilot.press("g", "n")
    await on_screen(pilot, "codebook")
    return pilot.app.screen


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_codebook_shows_counts_and_what_a_code_means(folder, template, size):
    app = program(folder, template.name)
    async with app.run_test(size=size) as pilot:
        screen = await at_the_codebook(pilot)
        app.project.codebook.edit(
            "Different answers", definition="Two say two things.", example="«[no]»"
        )
        screen.show_changed(app.project.codebook.code("Different answers").id)
        await pilot.pause()
        said = shown(pilot)
        assert "Two say two things." in said
        assert "«[no]»" in said
        assert "1 quote · 1 person" in said
        assert "with below" in said if size[0] >= 120 else "Quotes" in said
        await pilot.press("e")
        assert isinstance(app.screen, CodeForm)
        app.screen.query_one("#field-name Input", Input).value = "Answers differ"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        assert "Answers differ" in shown(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: code changed" in told(pilot)
        assert "Answers differ" not in shown(pilot)
        await pilot.press("U")
        await pilot.pause()
        assert "Answers differ" in shown(pilot)


async def test_codes_are_moved_filtered_and_their_quotes_opened(folder, template):
    app = program(folder, template.name)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_the_codebook(pilot)
        tree = screen.code_tree
        tree.reveal(app.project.codebook.code("Different answers").id)
        await pilot.press("ctrl+right")
        await pilot.pause()
        assert app.project.codebook.code("Different answers").path == "Waiting / Different answers"
        await pilot.press("f")
        await pilot.pause()
        assert "Codebook: never used" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert screen is app.screen
        await pilot.press("slash", *"differ", "enter")
        await pilot.pause()
        assert tree.row_count == 1
        await pilot.press("enter")
        assert isinstance(app.screen, QuoteList)
        await pilot.press("enter")
        await on_screen(pilot, "coding")
        source = app.screen.view.source
        assert source.text[app.screen.view.caret.offset :].startswith("Frankly") or (
            app.screen.view.selection is not None
        )


async def test_an_empty_codebook_says_how_to_begin(tmp_path):
    from projects import make_project as bare

    bare(tmp_path).close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_codebook(pilot)
        assert "No codes yet: C makes the first one" in shown(pilot)
        await pilot.press("e")
        assert "There is no code to choose." in told(pilot)


async def test_who_may_only_read_is_offered_no_change(folder, template):
    from workbench.services.workspace import Workspace

    with Workspace(folder, coder="Boris").open(template.name):
        app = program(folder, template.name)
        async with app.run_test(size=(120, 36)) as pilot:
            screen = await at_the_codebook(pilot)
            offered = {command.id for command in screen.offered()}
            assert "coding.code-history" in offered
            assert not {"coding.code-edit", "coding.code-freeze", "coding.code-up"} & offered
