"""Changing the codebook from the coding screen: what keys, pickers and questions do to a real project."""

from __future__ import annotations

import pytest
from coding_project import CodingApp
from textual.widgets import Input, TextArea

from workbench.errors import InputError
from workbench.models.drafts import CodeDraft, ProjectDraft, SourceDraft
from workbench.services.workspace import Workspace
from workbench.tui.coding.commands import CODING_COMMANDS
from workbench.tui.commands import GLOBAL_COMMANDS
from workbench.tui.dialogs.code_form import CodeForm
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.help import HelpDialog
from workbench.tui.dialogs.palette import Palette
from workbench.tui.dialogs.pick import PickDialog
from workbench.tui.dialogs.pick_code import PickCode
from workbench.tui.widgets.fields import ChoiceEditor, FieldRow
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.shell import KeyLine

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


def row(app, name: str) -> FieldRow:
    assert isinstance(app.screen, DraftForm)
    return app.screen.query_one(f"#field-{name}", FieldRow)


def paths(app) -> list[str]:
    return [code.path for code in app.project.codebook.codes()]


def labels(app) -> list[str]:
    """The codebook as it is shown."""
    return [shown.cells[1].plain for shown in app.coding.code_tree.rows(0, 99)]


def text_of(screen) -> str:
    found = [str(screen.title_text())]
    found += [str(node.render()) for node in screen.query("Words")]
    return "\n".join(found)


def stand_on(app, words: str) -> None:
    view = app.coding.view
    view.go(view.source.text.index(words))
    view.focus()


# -- editing -----------------------------------------------------------------------------------


async def test_e_changes_the_code_under_the_cursor_and_everything_shows_it(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Different answers")
        await pilot.press("e")
        assert isinstance(app.screen, CodeForm)
        app.screen.query_one("#field-name Input", Input).value = "Answers differ"
        app.screen.query_one("#field-definition TextArea", TextArea).text = "Two say two things."
        app.screen.query_one("#field-when_not TextArea", TextArea).text = "Not for rumours."
        app.screen.query_one("#field-kind ChoiceEditor", ChoiceEditor).action_step(1)
        row(app, "colour").editor.index = 7
        await pilot.press("ctrl+s")
        await pilot.pause()
        code = app.project.codebook.code("Answers differ")
        assert (code.kind, code.colour) == ("strength", 7)
        assert (code.definition, code.when_not) == ("Two say two things.", "Not for rumours.")
        assert "+ Answers differ" in labels(app)
        assert any("+ Answers" in shown for shown in app.rows()), "the margin, too"
        assert app.coding.code_tree.has_focus
        assert app.coding.code_tree.code.name == "Answers differ"
        recent = app.coding.query_one(QuoteLine).render().plain
        assert "Answers differ" in recent
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: code changed" in app.notes()[-1]
        assert "▲ Different answers" in labels(app)
        assert any("▲ Different" in shown for shown in app.rows())


async def test_what_is_wrong_is_said_in_the_form_and_the_selection_stays(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        stand_on(app, "Frankly")
        await pilot.press("w", "e")
        name = app.screen.query_one("#field-name Input", Input)
        assert name.value == "Different answers", "the code of the quote at the cursor"
        name.value = "clear TERMS"
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, CodeForm)
        assert "already a code “Clear terms”" in text_of(app.screen)
        name.value = " "
        await pilot.press("ctrl+s")
        assert "This is needed." in text_of(app.screen)
        name.value = "Different answers"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.screen is app.coding
        assert app.selected() == "Frankly"
        newest = app.project.history.entries(1)[0]
        assert newest.verb != "code.edit", "nothing was changed, so nothing is to be undone"


# -- which code --------------------------------------------------------------------------------


async def test_where_codes_meet_one_is_asked_for_and_where_none_is_all_are_offered(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        stand_on(app, "deceiving")
        await pilot.press("e")
        assert isinstance(app.screen, PickCode)
        assert "which code" in app.screen.title_text()
        offered = [code.name for code in app.screen._shown]
        assert sorted(offered) == ["Different answers", "Waiting"]
        await pilot.press(*"wait", "enter")
        assert app.screen.query_one("#field-name Input", Input).value == "Waiting"
        await pilot.press("escape")
        stand_on(app, "Forty")
        await pilot.press("X")
        assert isinstance(app.screen, PickCode)
        assert len(app.screen._shown) == 5
        await pilot.press(*"clear", "enter")
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
        await pilot.pause()
        assert "Clear terms" not in paths(app)


async def test_an_empty_codebook_says_so_and_takes_a_first_code(tmp_path):
    talk = tmp_path / "talk.txt"
    talk.write_text("A: We waited an hour.\n", encoding="utf-8")
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="New")) as project:
        project.sources.add(talk, SourceDraft(title="One"))
        app = CodingApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for key in ("e", "p", "M", "X"):
                await pilot.press(key)
                assert app.screen is app.coding
                assert "no code to choose" in app.notes()[-1]
            await pilot.press("tab", "e")
            assert app.screen is app.coding
            await pilot.press("C", *"Waiting", "ctrl+s")
            await pilot.pause()
            assert paths(app) == ["Waiting"]
            assert labels(app) == ["● Waiting"]
            await pilot.press("p")
            assert "no other place" in app.notes()[-1]


# -- adding ------------------------------------------------------------------------------------


async def test_a_code_is_added_beside_the_one_under_the_cursor(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, LOWEST)
        await pilot.press("left", "right")  # the parent, unfolded again
        await to_code(app, pilot, LOWEST)
        before = app.codings()
        await pilot.press("C", *"Hold line")
        assert "Waiting" in str(row(app, "parent").editor.render())
        await pilot.press("ctrl+s")
        await pilot.pause()
        made = app.project.codebook.code("Hold line")
        assert made.path == "Waiting / Hold line"
        assert app.codings() == before
        assert app.coding.code_tree.code.id == made.id
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: code added" in app.notes()[-1]
        assert not any("Hold line" in label for label in labels(app))


# -- moving ------------------------------------------------------------------------------------


async def test_p_moves_a_code_under_another_one_and_to_the_top(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        await pilot.press("left")
        assert len(labels(app)) == 4
        await to_code(app, pilot, "Clear terms")
        await pilot.press("p")
        assert isinstance(app.screen, PickDialog)
        assert "Clear terms" in app.screen.title_text()
        await pilot.press(*"waiting", "enter")
        await pilot.pause()
        assert "Waiting / Clear terms" in paths(app)
        assert "Moved: Waiting / Clear terms" in app.notes()[-1]
        assert "  + Clear terms" in labels(app), "the folded code it went under is unfolded"
        assert app.coding.code_tree.code.name == "Clear terms"
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: code moved" in app.notes()[-1]
        assert "+ Clear terms" in labels(app)
        await to_code(app, pilot, LOWEST)
        await pilot.press("p")
        assert app.screen.matching("")[0].label == "To the top of the codebook"
        assert "Waiting" not in [choice.label for choice in app.screen.matching("")]
        await pilot.press("enter")
        await pilot.pause()
        assert LOWEST in paths(app)
        assert any(label.startswith("▲ Queue") for label in labels(app))


async def test_a_move_that_keeps_the_order_is_shown_with_its_indent(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, LOWEST)
        order = [code.id for code in app.project.codebook.codes()]
        await pilot.press("left")
        await to_code(app, pilot, "Different answers")
        await pilot.press("p", *"waiting", "enter")
        await pilot.pause()
        assert [code.id for code in app.project.codebook.codes()] == order
        assert "  ▲ Different answers" in labels(app)


async def test_a_code_does_not_go_under_itself(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        before = paths(app)
        await pilot.press("p", *"queue", "enter")
        await pilot.pause()
        assert app.screen is app.coding
        assert "cannot be moved under itself" in app.notes()[-1]
        assert paths(app) == before


# -- merging -----------------------------------------------------------------------------------


async def test_merging_names_both_with_their_counts_and_is_taken_back(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        before, codings = paths(app), app.codings()
        await pilot.press("M")
        assert isinstance(app.screen, PickCode)
        assert "Waiting" not in [code.name for code in app.screen._shown]
        await pilot.press(*"different", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        said = text_of(app.screen)
        assert "Merge “Waiting” into “Different answers”?" in said
        assert "“Waiting”: 1 quote" in said
        assert "“Different answers”: 1 quote" in said
        assert "1 code below it moves along" in said
        await pilot.press("n")
        assert paths(app) == before
        await pilot.press("M", *"different", "enter")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert "Waiting" not in paths(app)
        assert f"Different answers / {LOWEST}" in paths(app)
        assert {code for _text, code, *_rest in app.codings()} == {"Different answers"}
        assert not any("● Waiting" in shown for shown in [*labels(app), *app.rows()])
        assert app.coding.code_tree.code.name == "Different answers"
        counts = [shown.cells[2] for shown in app.coding.code_tree.rows(0, 1)]
        assert counts == ["2"]
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: codes merged" in app.notes()[-1]
        assert paths(app) == before
        assert app.codings() == codings
        assert "● Waiting" in labels(app)


async def test_merging_into_a_code_below_is_refused_before_asking(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        before = paths(app)
        await pilot.press("M", *"queue", "enter")
        await pilot.pause()
        assert app.screen is app.coding
        assert "cannot be merged into itself" in app.notes()[-1]
        assert paths(app) == before


# -- removing ----------------------------------------------------------------------------------


async def test_removing_says_how_many_quotes_and_is_taken_back(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Different answers")
        codings = app.codings()
        await pilot.press("X")
        assert isinstance(app.screen, Confirm)
        said = text_of(app.screen)
        assert "Remove the code “Different answers”?" in said
        assert "“Different answers”: 1 quote" in said
        assert "u takes it back" in said
        await pilot.press("enter")  # the safe answer has the focus
        assert "Different answers" in paths(app)
        await pilot.press("X", "y")
        await pilot.pause()
        assert "Different answers" not in paths(app)
        assert [code for _text, code, *_rest in app.codings()] == ["Waiting"]
        assert not any("▲ Different" in shown for shown in [*labels(app), *app.rows()])
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: code removed" in app.notes()[-1]
        assert app.codings() == codings
        assert any("▲ Different" in shown for shown in app.rows())


async def test_a_code_with_codes_below_it_is_not_removed(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Waiting")
        await pilot.press("X")
        assert app.screen is app.coding
        assert "has codes below it" in app.notes()[-1]
        assert "Waiting" in paths(app)
        with pytest.raises(InputError):
            app.project.codebook.remove("Waiting")


# -- reaching them -----------------------------------------------------------------------------


async def test_the_palette_means_the_code_under_the_codebooks_cursor(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Clear terms")
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        await pilot.press(*"edit code", "enter")
        await pilot.pause()
        assert app.screen.query_one("#field-name Input", Input).value == "Clear terms"


@pytest.mark.parametrize("speech", ["en", "ru"])
async def test_in_the_codebook_its_keys_stand_first_in_footer_and_help(project, speech):
    app = CodingApp(project, language=speech)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        footer = app.coding.query_one(KeyLine)
        new = {"en": "New code", "ru": "Новый код"}[speech]
        assert new not in footer.render().plain
        await pilot.press("tab")
        await pilot.pause()
        assert f"C {new}" in footer.render().plain
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpDialog)
        assert [command.key for command in app.screen._commands[:5]] == ["C", "e", "p", "M", "X"]
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.coding.view.has_focus
        assert new not in footer.render().plain


async def test_keys_work_on_a_russian_keyboard_layout(app):
    async with app.run_test(size=SIZE) as pilot:
        await to_code(app, pilot, "Clear terms")
        await pilot.press("у")  # e
        assert isinstance(app.screen, CodeForm)
        await pilot.press("escape", "Ь")  # M
        assert isinstance(app.screen, PickCode)
        await pilot.press("escape", "Ч")  # X
        assert isinstance(app.screen, Confirm)


async def test_who_may_only_read_changes_no_code(project):
    reader = Workspace(project.folder.parent, coder="Boris").open(project.slug, or_read=True)
    app = CodingApp(reader)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await to_code(app, pilot, "Waiting")
            for key in ("C", "e", "p", "M", "X"):
                await pilot.press(key)
                assert app.screen is app.coding
                assert "reading" in app.notes()[-1].lower()
    finally:
        reader.close()


def test_no_two_commands_share_a_key():
    keys: dict[str, str] = {}
    for command in (*CODING_COMMANDS, *GLOBAL_COMMANDS):
        if command.id.endswith("-uncoded"):  # n and N: what was found goes first while it is marked
            continue
        if command.id in ("coding.keep-borders", "coding.other-end"):  # while borders are changed
            continue
        for key in filter(None, command.keys.split(",")):
            assert keys.setdefault(key, command.id) == command.id


# -- recent codes ------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [True, False])
async def test_a_redo_of_the_first_coding_gives_its_code_a_digit(tmp_path, kept):
    talk = tmp_path / "talk.txt"
    talk.write_text("A: We waited an hour.\n", encoding="utf-8")
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="New")) as project:
        project.sources.add(talk, SourceDraft(title="One"))
        if kept:
            project.codebook.add(CodeDraft(name="Waiting"))
        app = CodingApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            said = app.coding.query_one(QuoteLine)
            await pilot.press("c", *"Waiting", "enter")
            await pilot.pause()
            assert "1 ● Waiting" in said.render().plain
            await pilot.press("u")
            await pilot.pause()
        again = CodingApp(project)
        async with again.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            said = again.coding.query_one(QuoteLine)
            assert "get the keys 1 to 9" in said.render().plain
            await pilot.press("U")
            await pilot.pause()
            assert "1 ● Waiting" in said.render().plain
            await pilot.press("u", "U")
            await pilot.pause()
            assert "1 ● Waiting" in said.render().plain


@pytest.mark.parametrize("size", [(80, 24), (120, 34)])
async def test_recent_codes_stand_below_from_the_beginning_and_after_a_resize(app, size):
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        said = app.coding.query_one(QuoteLine)
        assert "1 ● Waiting   2 ▲ Different answers" in said.render().plain
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        assert "2 ▲" not in said.render().plain
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert "1 ● Waiting   2 ▲ Different answers" in said.render().plain
