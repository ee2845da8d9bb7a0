"""Several coders on the screens: whose codings are shown, blind mode, agreement, settling, merging."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from coded_by_two import as_coder, code, codings, make
from projects import on_screen, program, shown, told, until
from textual.widgets import Input

from workbench.models.filters import QuoteFilter
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.dialog import Words
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.memo import MemoDialog
from workbench.tui.dialogs.merge import MergePreview
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.dialogs.pick import PickDialog
from workbench.tui.dialogs.split_code import SplitCode
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.shell import TopLine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a project that Anna and Boris K. coded."""
    mine = make(tmp_path)
    code(mine, "I was annoyed.", "Waiting")
    code(mine, "Nobody called me back.", "No news")
    code(mine, "They answered at once.", "Clear terms")
    theirs = as_coder(mine, "Boris K.")
    code(theirs, "I was annoyed.", "Waiting")
    code(theirs, "Nobody called me back. We left", "No news")
    code(theirs, "Everything was clear.", "Clear terms")
    theirs.close()
    return theirs.folder.parent


def line(app, kind) -> str:
    return app.screen.query_one(kind).render().plain


async def coding(pilot) -> None:
    await on_screen(pilot, "project")
    pilot.app.open_screen("coding", source="talk")
    await on_screen(pilot, "coding")
    await until(pilot, lambda: pilot.app.screen.source is not None)


async def compared(pilot, name: str = "agreement") -> None:
    await on_screen(pilot, "project")
    pilot.app.open_screen(name)
    await on_screen(pilot, name)
    await until(pilot, lambda: pilot.app.screen.table.row_count)


async def test_others_codings_say_whose_they_are(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(120, 30)) as pilot:
        await coding(pilot)
        screen = app.screen
        margin = "".join(row[80:] for row in shown(pilot).splitlines())
        assert "│" in margin, "a thin stripe: somebody else's"
        assert "┣" in margin
        text = screen.view.source.text
        screen.view.go(text.index("Everything"))
        await pilot.pause()
        assert "Clear terms · Boris K." in line(app, QuoteLine)
        screen.view.go(text.index("They answered"))
        await pilot.pause()
        assert "Boris" not in line(app, QuoteLine)


async def test_one_chooses_whose_codings_are_shown_and_this_is_remembered(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(120, 30)) as pilot:
        await coding(pilot)
        await pilot.press("O")
        assert isinstance(app.screen, PickDialog)
        await pilot.press(*"boris", "enter")
        await pilot.pause()
        assert {c.coder for c in app.screen.source.index} == {"Boris K."}
        assert "only Boris K." in line(app, TopLine)
        assert "● Waiting ·BK" in shown(pilot)
        await pilot.press("O", *"mine", "enter")
        await pilot.pause()
        assert {c.coder for c in app.screen.source.index} == {"Anna"}
        assert "only mine" in line(app, TopLine)
        quotes = [code.quotes for code in app.screen.source.codes.values()]
        assert quotes == [1, 1, 1]
    again = program(folder, "bank")
    async with again.run_test(size=(120, 30)) as pilot:
        await coding(pilot)
        assert {c.coder for c in again.screen.source.index} == {"Anna"}
        await pilot.press("O", *"everybody", "enter")
        await pilot.pause()
        assert len(again.screen.source.index) == 6


async def test_in_blind_mode_nothing_tells_of_the_others(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(140, 30)) as pilot:
        await coding(pilot)
        await pilot.press("I")
        await until(pilot, lambda: "blind" in line(app, TopLine))
        screen = app.screen
        assert {c.coder for c in screen.source.index} == {"Anna"}
        assert "·BK" not in shown(pilot)
        assert [code.quotes for code in screen.source.codes.values()] == [1, 1, 1]
        await pilot.press("O")
        assert "Blind mode" in told(pilot)
        assert app.screen is screen
        app._notifications.clear()
        app.clear_notifications()
        await pilot.press("q")
        await pilot.pause()
        listed = shown(pilot)
        assert "Nobody called me back." in listed
        assert "We left" not in listed.split("Quotes")[1]
        await pilot.press("escape", "tab", "down", "q")
        await pilot.pause()
        assert "Boris" not in shown(pilot)
        await pilot.press("escape", "escape")
        text = screen.view.source.text
        screen.view.go(text.index("Everything"))
        await pilot.press("s", "1")
        await pilot.pause()
        made = [c for c in screen.source.index if c.text == "Everything was clear."]
        assert [c.coder for c in made] == ["Anna"]
        own = app.project.progress.sources(coder="Anna").sources[0].coded_share
        await pilot.press("o")
        shares = {choice.label[3:]: choice.key for choice in app.screen._choices}
        assert shares == {"talk": f"{round(own * 100)} % coded", "other": "0 % coded"}
        await pilot.press("escape")
    assert Settings.load().blind is True
    again = program(folder, "bank")
    again.settings = Settings.load()
    async with again.run_test(size=(140, 30)) as pilot:
        await coding(pilot)
        assert {c.coder for c in again.screen.source.index} == {"Anna"}
        await pilot.press("I")
        await until(pilot, lambda: "blind" not in line(again, TopLine))
        assert len(again.screen.source.index) == 7
    assert Settings.load().blind is False


async def test_the_table_says_how_far_two_coders_agree_and_how_that_is_computed(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(120, 40)) as pilot:
        await compared(pilot)
        rows = {row.cells[0]: row.cells[1:] for row in app.screen.table.source.items}
        assert rows["● Waiting"] == ("14", "14", "14", "100.0", "1.000", "1.000")
        assert rows["Anything coded"][:3] == ("58", "65", "36")
        said = shown(pilot)
        assert "Anna · Boris K." in said
        assert "1 left out" in said
        assert "Cohen's kappa (1960): (Po − Pe) / (1 − Pe)" in said
        await pilot.press("t")
        await until(pilot, lambda: "by sentences" in shown(pilot))
        rows = {row.cells[0]: row.cells[1:] for row in app.screen.table.source.items}
        assert rows["● No news"][:3] == ("1", "2", "1")
        await pilot.press("o", *"other", "enter")
        await until(pilot, lambda: told(pilot) or "0 units" in shown(pilot))
        await pilot.press("down")
        await pilot.pause()


async def test_figures_that_are_not_defined_say_why(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(120, 40)) as pilot:
        await on_screen(pilot, "project")
        everything = app.project.sources.source("other").text
        for coder in ("Anna", "Boris K."):
            app.project._context.coder = coder
            code(app.project, everything, "Waiting", source="other")
        app.project._context.coder = "Anna"
        app.open_screen("agreement")
        await on_screen(pilot, "agreement")
        await until(pilot, lambda: app.screen.table.row_count)
        await pilot.press("o", *"other", "enter")
        await until(pilot, lambda: "κ is not defined" in shown(pilot))
        row = app.screen.table.current
        assert row.cells[-2:] == ("—", "—")
        assert "All judgements are the same" in shown(pilot)


async def test_differences_are_settled_one_by_one_and_taken_back(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(120, 36)) as pilot:
        await compared(pilot)
        before = codings(app.project)
        await pilot.press("home", "enter")
        await on_screen(pilot, "comparison")
        screen = app.screen
        await until(pilot, lambda: screen.table.row_count == 3)
        said = shown(pilot)
        assert "≠ borders" in said
        assert "3 differences" in said
        assert "1 Anna" in said
        assert "2 Boris K." in said
        await pilot.press("1")
        await until(pilot, lambda: screen.table.row_count == 2)
        assert screen.place.kind == "only_first"
        assert "not coded" in shown(pilot)
        await pilot.press("k")
        await until(pilot, lambda: screen.table.row_count == 1)
        await pilot.press("1")
        await until(pilot, lambda: screen.table.row_count == 0)
        assert "do not differ here" in shown(pilot)
        left = {(c[3], c[4]) for c in codings(app.project)}
        assert left == {
            ("Waiting", "Anna"),
            ("Waiting", "Boris K."),
            ("No news", "Anna"),
            ("No news", "Boris K."),
            ("Clear terms", "Anna"),
        }
        await pilot.press("s")
        await until(pilot, lambda: screen.table.row_count == 1)
        await pilot.press("s")
        await until(pilot, lambda: screen.table.row_count == 3)
        assert "= both" in shown(pilot)
        await pilot.press("u", "u", "u")
        await until(pilot, lambda: codings(app.project) == before)
        await pilot.press("enter")
        await on_screen(pilot, "coding")


async def test_a_code_opens_its_own_differences_only(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(100, 30)) as pilot:
        await compared(pilot)
        await pilot.press("home", "down", "down", "down", "enter")
        await on_screen(pilot, "comparison")
        await until(pilot, lambda: app.screen.table.row_count == 1)
        assert "No news" in shown(pilot)


async def test_in_blind_mode_nobody_is_compared_place_by_place(folder) -> None:
    app = program(folder, "bank")
    app.settings = Settings(coder="Anna", language="en", blind=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await on_screen(pilot, "project")
        app.open_screen("comparison")
        await on_screen(pilot, "comparison")
        await pilot.pause()
        assert "Blind mode hides" in shown(pilot)
        assert app.screen.table.row_count == 0


async def test_with_one_coder_the_screen_says_what_to_do(tmp_path) -> None:
    make(tmp_path).close()
    app = program(tmp_path / "workspace", "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
        app.open_screen("agreement")
        await on_screen(pilot, "agreement")
        await until(pilot, lambda: "press m to merge" in shown(pilot))
        assert told(pilot) == ""


async def test_a_coder_is_renamed_and_joined(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(100, 30)) as pilot:
        await compared(pilot)
        await pilot.press("e", *"boris", "enter")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        line = app.screen.query(Input).first()
        line.value = "Anna"
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "already a coder" in shown(pilot)
        await pilot.press("down", "left", "ctrl+s")
        await until(pilot, lambda: [c.name for c in app.project.coders.coders()] == ["Anna"])


async def test_in_blind_mode_a_search_knows_only_ones_own_codings(folder) -> None:
    app = program(folder, "bank")
    app.settings.blind = True
    async with app.run_test(size=(120, 30)) as pilot:
        await on_screen(pilot, "project")
        app.open_screen("search")
        await on_screen(pilot, "search")
        screen = app.screen
        for wanted, count in (({}, 1), ({"codes": ("Clear terms",)}, 0)):
            screen.wanted = QuoteFilter(**wanted)
            screen.line.value = "clear"
            screen.search(again=True)
            await until(pilot, lambda: screen._going is None)
            assert len(screen.places) == count, wanted
        await app.apply_settings(app.settings.model_copy(update={"blind": False}))
        screen.search(again=True)
        await until(pilot, lambda: len(screen.places) == 1)


async def test_in_blind_mode_no_screen_tells_of_the_others(folder) -> None:
    with Workspace(folder, coder="Boris K.").open("bank") as theirs:
        on = next(c for c in theirs.coding.codings("talk") if c.text == "I was annoyed.")
        theirs.coding.write_memo("quote", on.quote_id, "Anger again")
        code(theirs, "We waited an hour.", "Waiting", source="other")
    app = program(folder, "bank")
    async with app.run_test(size=(140, 30)) as pilot:
        await coding(pilot)
        app.screen.view.go(app.screen.view.source.text.index("annoyed"))
        await pilot.pause()
        assert "memo: Boris K.: Anger again" in line(app, QuoteLine)
        await pilot.press("I")
        await until(pilot, lambda: "memo" not in line(app, QuoteLine))
        await pilot.press("m", *"mine", "ctrl+s")
        await until(pilot, lambda: "memo: mine" in line(app, QuoteLine))
        await pilot.press("I")
        await until(pilot, lambda: "Boris K.: Anger again" in line(app, QuoteLine))
        assert "memo: mine" in line(app, QuoteLine)
        await pilot.press("m")
        await until(pilot, lambda: app.screen.query("#others"))
        others = app.screen.query_one("#others").query_one(Words)
        assert str(others.content) == "Boris K.: Anger again"
        await pilot.press("escape", "I")
        await until(pilot, lambda: "Anger" not in line(app, QuoteLine))
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, MemoDialog))
        assert not app.screen.query("#others")
        await pilot.press("escape")
        app.open_screen("interviews")
        await on_screen(pilot, "interviews")
        await until(pilot, lambda: "other" in shown(pilot))
        cards = app.project.sources.cards()
        assert [(card.title, card.quotes) for card in cards] == [("talk", 3), ("other", 0)]
        assert shown(pilot).count("coded") == 1, "nobody is known to have coded the other source"
        app.open_screen("agreement")
        await on_screen(pilot, "agreement")
        await until(pilot, lambda: "Blind mode hides" in shown(pilot))
        assert "Boris" not in shown(pilot)


async def test_what_another_coded_is_changed_only_after_a_question(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(120, 30)) as pilot:
        await coding(pilot)
        before = codings(app.project)
        text = app.project.sources.source("talk").text
        app.screen.view.go(text.index("Everything was"))
        for key in ("x", "a", "plus"):
            await pilot.press(key)
            assert isinstance(app.screen, Confirm), key
            assert "Change what Boris K. coded?" in shown(pilot)
            await pilot.press("n")
            assert codings(app.project) == before
        await pilot.press("x", "y")
        await pilot.pause()
        assert len(codings(app.project)) == len(before) - 1
        app.screen.view.go(text.index("answered at once"))
        await pilot.press("x")
        assert app.screen.NAME == "coding"
        assert len(codings(app.project)) == len(before) - 2


async def test_ones_own_new_name_is_kept_and_goes_with_an_undo(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=(100, 30)) as pilot:
        await compared(pilot)
        await pilot.press("e", *"anna", "enter")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        app.screen.query(Input).first().value = "Anna K."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: Settings.load().coder == "Anna K.")
        assert app.project.coder == "Anna K."
        await pilot.press("u")
        await until(pilot, lambda: Settings.load().coder == "Anna")
        assert app.project.coder == "Anna"
        await app.apply_settings(app.settings.model_copy(update={"coder": "Vera"}))
        assert code(app.project, "We left", "Waiting").coder == "Vera"


async def test_in_blind_mode_a_code_is_split_by_ones_own_quotes(folder) -> None:
    app = program(folder, "bank")
    app.settings.blind = True
    async with app.run_test(size=(120, 30)) as pilot:
        await coding(pilot)
        app.screen.code_tree.focus()
        app.screen.code_tree.reveal(app.project.codebook.code("No news").id)
        await pilot.press("Y")
        assert isinstance(app.screen, SplitCode)
        assert [quote.text for quote in app.screen._quotes] == ["Nobody called me back."]


async def test_a_copy_is_looked_at_and_merged(folder, tmp_path) -> None:
    copy = tmp_path / "from-boris" / "bank"
    shutil.copytree(folder / "bank", copy)
    with Workspace(copy.parent, coder="Boris K.").open("bank") as theirs:
        code(theirs, "They answered at once.", "Waiting")
    app = program(folder, "bank")
    async with app.run_test(size=(120, 36)) as pilot:
        await compared(pilot)
        count = len(codings(app.project))
        await pilot.press("m")
        assert isinstance(app.screen, OpenFile)
        app.screen.walk(copy)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MergePreview))
        said = shown(pilot)
        assert "added: 1;" in said
        assert "Waiting · They answered at once. · Boris K." in said
        assert len(codings(app.project)) == count
        await pilot.press("enter")
        await until(pilot, lambda: "Merged: added: 1" in told(pilot))
        assert len(codings(app.project)) == count + 1
        await pilot.press("u")
        await until(pilot, lambda: len(codings(app.project)) == count)
        await pilot.press("m")
        app.screen.walk(tmp_path)
        await pilot.press("enter")
        await until(pilot, lambda: "is not a project" in told(pilot))


async def test_russian_at_eighty_columns(folder) -> None:
    app = WorkbenchApp(Settings(coder="Anna", language="ru"), workspace=folder, project="bank")
    async with app.run_test(size=(80, 24)) as pilot:
        for name in ("agreement", "comparison"):
            await compared(pilot, name) if name == "agreement" else app.open_screen(name)
            await on_screen(pilot, name)
            await until(pilot, lambda: app.screen.table.row_count)
            assert all(len(row) <= 80 for row in shown(pilot).splitlines())
