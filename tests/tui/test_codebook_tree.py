"""Moving, sorting, splitting, freezing, looking at and exchanging codes in the codebook beside the words."""

from __future__ import annotations

import pytest
from coding_project import CodingApp
from projects import shown, until
from textual.widgets import Input

from workbench.models.drafts import CodeDraft, ProjectDraft
from workbench.services.workspace import Workspace
from workbench.tui.dialogs.code_form import CodeForm
from workbench.tui.dialogs.code_history import CodeHistory
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.import_codes import ImportCodes
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.dialogs.pick import PickDialog
from workbench.tui.dialogs.split_code import SplitCode
from workbench.tui.widgets.colour_editor import ColourEditor
from workbench.tui.widgets.row_table import RowTable

SIZE = (120, 34)
LOWEST = "Queue in spite of an appointment"


@pytest.fixture
def app(project):
    return CodingApp(project)


async def to_code(app, pilot, name: str) -> None:
    """Put the codebook's cursor on a code."""
    await pilot.pause()
    if not app.coding.code_tree.has_focus:
        await pilot.press("tab")
    app.coding.code_tree.reveal(app.project.codebook.code(name).id)
    await pilot.pause()


def paths(app) -> list[str]:
    return [code.path for code in app.project.codebook.codes()]


def labels(app) -> list[str]:
    """The codebook as it is shown."""
    return [row.cells[1].plain for row in app.coding.code_tree.rows(0, 99)]


def heading(app) -> str:
    return str(app.coding.query_one("#codebook .heading").render())


# -- moving ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("up", "down", "out", "under"),
    [
        ("ctrl+up", "ctrl+down", "ctrl+left", "ctrl+right"),
        ("alt+up", "alt+down", "alt+left", "alt+right"),
        ("K", "J", "less_than_sign", "greater_than_sign"),
        ("Л", "О", "Б", "Ю"),  # a Russian layout
    ],
)
async def test_keys_move_a_code_step_by_step(app, up, down, out, under):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Clear terms")
        before = paths(app)
        await pilot.press(up)
        await pilot.pause()
        assert paths(app)[-2] == "Clear terms"
        assert app.coding.code_tree.code.name == "Clear terms"
        await pilot.press(down, down)
        await pilot.pause()
        assert paths(app) == before, "at the end there is nowhere further to go"
        await to_code(app, pilot, "Different answers")
        await pilot.press(under)
        await pilot.pause()
        assert "Waiting / Different answers" in paths(app)
        assert "  ▲ Different answers" in labels(app)
        await pilot.press(out)
        await pilot.pause()
        assert paths(app) == before
        for _step in range(4):
            await pilot.press("u")
            await pilot.pause()
        assert paths(app) == before
        assert app.coding.view.source.codes


async def test_the_mouse_drags_a_code_under_another_one_and_to_the_top(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        tree = app.coding.code_tree
        rows = {code.name: place for place, code in enumerate(tree._visible)}
        await pilot.mouse_down(tree, offset=(6, rows["Clear terms"]))
        await pilot.hover(tree, offset=(6, rows["Different answers"]))
        assert heading(app) == "“Clear terms” under “Different answers”"
        await pilot.mouse_up(tree, offset=(6, rows["Different answers"]))
        await pilot.pause()
        assert "Different answers / Clear terms" in paths(app)
        assert tree.code.name == "Clear terms"
        assert heading(app) == "Codebook"
        rows = {code.name: place for place, code in enumerate(tree._visible)}
        await pilot.mouse_down(tree, offset=(6, rows["Clear terms"]))
        await pilot.hover(tree, offset=(6, len(rows) + 3))
        assert heading(app) == "“Clear terms” to the top"
        await pilot.mouse_up(tree, offset=(6, len(rows) + 3))
        await pilot.pause()
        assert "Clear terms" in paths(app)
        entries = len(app.project.history.entries())
        await pilot.mouse_down(tree, offset=(6, 0))
        await pilot.hover(tree, offset=(6, 2))
        await pilot.hover(tree, offset=(6, 0))
        await pilot.mouse_up(tree, offset=(6, 0))
        await pilot.click(tree, offset=(6, 2))
        await pilot.pause()
        assert len(app.project.history.entries()) == entries, "let go where it was taken"
        assert tree.cursor == 2, "and a click is a click again"


async def test_dragging_a_code_under_its_own_child_is_refused(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        tree = app.coding.code_tree
        before = paths(app)
        await pilot.mouse_down(tree, offset=(6, 0))
        await pilot.hover(tree, offset=(6, 1))
        await pilot.mouse_up(tree, offset=(6, 1))
        await pilot.pause()
        assert "cannot be moved under itself" in app.notes()[-1]
        assert paths(app) == before


async def test_codes_are_sorted(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Clear terms")
        await pilot.press("s")
        assert isinstance(app.screen, PickDialog)
        await pilot.press(*"codebook by name", "enter")
        await pilot.pause()
        assert [p for p in paths(app) if "/" not in p][:2] == ["Clear terms", "Different answers"]
        assert app.coding.code_tree.code.name == "Clear terms"
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: codes sorted" in app.notes()[-1]
        assert paths(app)[0] == "Waiting"


# -- splitting ---------------------------------------------------------------------------------


async def test_a_code_is_split_by_ticking_quotes(app):
    async with app.run_test(size=SIZE) as pilot:
        text = app.project.sources.source("Interview 03").text
        await pilot.pause()
        app.coding.view.go(text.index("Forty minutes"))
        await pilot.press("s", "1")
        await to_code(app, pilot, "Waiting")
        await pilot.press("Y")
        dialog = app.screen
        assert isinstance(dialog, SplitCode)
        await pilot.press("ctrl+s")
        assert "cannot be used" in shown(pilot)
        await pilot.press(*"Late", "enter", "ctrl+s")
        assert "No quote was chosen" in shown(pilot)
        await pilot.press("down", "space")
        assert "To the new code go: 1 of 2" in shown(pilot)
        await pilot.press("escape")
        assert "Throw away what you typed?" in shown(pilot)
        await pilot.press("n")
        assert app.screen is dialog
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.screen is app.coding
        assert "1 quote went from “Waiting” to “Late”" in app.notes()[-1]
        assert sorted(code for _text, code, *_rest in app.codings()) == [
            "Different answers",
            "Late",
            "Waiting",
        ]
        assert app.coding.code_tree.code.name == "Late"
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: code split — Waiting → Late" in app.notes()[-1]
        assert "Late" not in paths(app)


# -- freezing ----------------------------------------------------------------------------------


async def test_a_frozen_code_is_marked_and_refuses_its_form(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Different answers")
        await pilot.press("z")
        await pilot.pause()
        assert "▲ Different answers §" in labels(app)
        for key in ("e", "p", "M", "X", "Y", "K"):
            await pilot.press(key)
            await pilot.pause()
            assert app.screen is app.coding, key
            assert "is frozen" in app.notes()[-1]
        await pilot.press("z", "e")
        assert isinstance(app.screen, CodeForm)


async def test_a_frozen_codebook_says_so_and_takes_no_new_code(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Different answers")
        await pilot.press("Z", "C")
        await pilot.pause()
        assert app.screen is app.coding
        assert heading(app) == "Codebook · frozen"
        assert "The codebook is frozen" in app.notes()[-1]
        await pilot.press("f")
        assert heading(app) == "§ Codebook: used here"
        await pilot.press("f", "f", "f")
        await pilot.press("tab")
        await pilot.press("c", *"brand new", "enter")
        await pilot.pause()
        assert "brand new" not in paths(app)
        assert "The codebook is frozen" in app.notes()[-1]


# -- looking -----------------------------------------------------------------------------------


async def test_f_shows_the_codes_used_here_never_used_and_named_alike(app):
    async with app.run_test(size=SIZE) as pilot:
        app.project.codebook.add(CodeDraft(name="Clear term", parent="Waiting"))
        await to_code(app, pilot, "Waiting")
        everything = labels(app)
        await pilot.press("f")
        assert heading(app) == "Codebook: used here"
        assert [label.strip() for label in labels(app)] == ["● Waiting", "▲ Different answers"]
        await pilot.press("f")
        assert heading(app) == "Codebook: never used"
        assert labels(app)[0] == "● Waiting", "the way to the unused code below it"
        assert app.coding.code_tree.rows(0, 1)[0].quiet
        assert not any("Different" in label for label in labels(app))
        await pilot.press("f")
        assert labels(app) == ["● Clear term", "+ Clear terms"]
        await pilot.press("f")
        assert labels(app) == everything
        await pilot.press("f", "tab")
        app.coding.view.go(0)
        await pilot.press("s", "c", *"clear terms", "enter")
        await pilot.pause()
        assert "+ Clear terms" in labels(app), "a code put on now is used here"


async def test_a_folded_code_counts_what_lies_below_it(app):
    async with app.run_test(size=SIZE) as pilot:
        text = app.project.sources.source("Interview 03").text
        await pilot.pause()
        app.coding.view.go(text.index("Forty minutes"))
        await pilot.press("s", "c", *"queue in spite", "enter")
        await to_code(app, pilot, "Waiting")
        tree = app.coding.code_tree
        assert tree.rows(0, 1)[0].cells[2] == "1"
        await pilot.press("left")
        assert tree.rows(0, 1)[0].cells[2] == "2"


async def test_the_history_of_the_code_at_the_cursor(app):
    async with app.run_test(size=SIZE) as pilot:
        app.project.codebook.edit("Different answers", name="Answers differ")
        await pilot.pause()
        view = app.coding.view
        view.go(view.source.text.index("Frankly"))
        await pilot.press("H")
        assert isinstance(app.screen, CodeHistory)
        rows = [row.cells for row in app.screen._rows]
        assert [cells[2] for cells in rows] == [
            "renamed from “Different answers” to “Answers differ”",
            "put on 1 quote",
            "made as “Different answers”",
        ]
        assert {cells[1] for cells in rows} == {"Anna"}


async def test_colours_are_shown_and_chosen_by_key_and_click(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Different answers")
        await pilot.press("e")
        editor = app.screen.query_one(ColourEditor)
        shades = {span.style for span in editor.render().spans}
        assert len(shades) == 10
        before = editor.value
        editor.focus()
        await pilot.press("right")
        assert editor.value == before + 1
        editor.scroll_visible(animate=False)
        await pilot.pause()
        await pilot.click(editor, offset=(1 + 3 * 7 + 1, 0))
        assert editor.value == 7
        await pilot.press("enter")
        assert isinstance(app.screen, PickDialog)
        await pilot.press("down", "enter", "ctrl+s")
        await pilot.pause()
        assert app.project.codebook.code("Different answers").colour == 1


# -- files and projects ------------------------------------------------------------------------


async def test_an_export_and_an_import_of_it_that_changes_a_code(app, tmp_path):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        await pilot.press("o")
        assert isinstance(app.screen, PickDialog)
        await pilot.press(*"csv", "enter")
        await until(pilot, app.notes)
        path = app.project.folder / "exports" / "Mortgage bank.csv"
        assert str(path) in app.notes()[-1].replace("\n", "")
        await pilot.press("o", *"csv", "enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        written = path.stat().st_mtime_ns
        await pilot.press("y")
        await until(pilot, lambda: path.stat().st_mtime_ns > written)
        await until(pilot, lambda: str(path) in app.notes()[-1].replace("\n", ""))
        text = path.read_text("utf-8-sig").replace(
            "Clear terms,strength,", "Clear terms,strength,Nothing is hidden."
        )
        path.write_text(text + "9,,Brand new,need,,,,,\n", "utf-8")
        await pilot.press("i")
        assert isinstance(app.screen, OpenFile)
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportCodes))
        said = shown(pilot)
        assert "New: 1 · changed: 1 · as before: 4" in said
        assert "definition" in said
        rows = [row.cells[0] for row in app.screen.query_one(RowTable).source.items]
        assert rows[:2] == ["◆ Brand new", "+ Clear terms"]
        await pilot.press("escape")
        await pilot.pause()
        assert "Brand new" not in paths(app)
        await pilot.press("i")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportCodes))
        await pilot.press("y")
        await until(pilot, lambda: app.screen is app.coding)
        assert "◆ Brand new" in labels(app)
        assert app.project.codebook.code("Clear terms").definition == "Nothing is hidden."
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: codebook imported — Mortgage bank.csv" in app.notes()[-1]
        assert "Brand new" not in paths(app)


async def test_a_bad_file_is_named(app, tmp_path):
    async with app.run_test(size=SIZE) as pilot:
        path = tmp_path / "circle.csv"
        path.write_text("code,parent\nA,B\nB,A\n", "utf-8")
        await to_code(app, pilot, "Waiting")
        await pilot.press("i")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until(pilot, app.notes)
        assert (
            "circle.csv: these codes stand under each other in a circle: A → B → A"
            in app.notes()[-1]
        )


async def test_the_codes_of_another_project_are_taken_over(app, project):
    with Workspace(project.folder.parent).create(ProjectDraft(title="Shop")) as other:
        other.codebook.add(CodeDraft(name="Price"))
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        await pilot.press("a")
        assert isinstance(app.screen, PickDialog)
        assert [choice.label for choice in app.screen.matching("")] == ["Shop"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ImportCodes))
        await pilot.press("y")
        await until(pilot, lambda: app.screen is app.coding)
        assert "● Price" in labels(app)
