"""The list of all quotes, driven by keys over a real project."""

from __future__ import annotations

import csv

import pytest
from projects import on_screen, program, shown, told, until
from quote_project import make_quotes
from textual.widgets import Input

from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import QuoteGroup, QuoteOrder
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.memo import MemoDialog
from workbench.tui.dialogs.palette import Palette
from workbench.tui.dialogs.pick_code import PickCode
from workbench.tui.quote_filter import FilterForm
from workbench.tui.screens.coding import CodingScreen

SIZE = (140, 40)


@pytest.fixture
def folder(tmp_path):
    make_quotes(tmp_path, sources=6, quotes=60).close()
    return tmp_path


async def opened(pilot):
    await on_screen(pilot, "project")
    await pilot.press("g", "q")
    await on_screen(pilot, "quotes")
    return pilot.app.screen


async def test_all_quotes_stand_in_the_order_of_their_sources(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        lines = list(screen.project.quotes.find())
        assert screen.table.row_count == len(lines)
        assert f"{len(lines)} codings" in shown(pilot)
        assert screen.line.key == lines[0].key
        assert lines[0].reference() in shown(pilot)
        await pilot.press("end")
        assert screen.line.key == lines[-1].key


async def test_enter_goes_to_the_words_in_their_source(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "down")
        line = screen.line
        await pilot.press("enter")
        await on_screen(pilot, "coding")
        coding = pilot.app.screen
        assert isinstance(coding, CodingScreen)
        assert coding.open_source().id == line.source_id
        selection = coding.view.selection
        assert (selection.start, selection.end) == (line.start, line.end)
        await pilot.press("escape", "escape")
        await on_screen(pilot, "quotes")
        assert pilot.app.screen.line.key == line.key


async def test_the_filter_shows_some_and_r_shows_all_again(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        everything = screen.table.row_count
        await pilot.press("slash")
        assert isinstance(pilot.app.screen, FilterForm)
        await pilot.press(*"ЕЩЕ", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.wanted == QuoteFilter(words="ЕЩЕ")
        assert 0 < screen.table.row_count < everything
        assert "“ЕЩЕ”" in shown(pilot)
        await pilot.press("r")
        assert screen.table.row_count == everything


async def test_a_filter_is_kept_shown_again_and_forgotten(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        everything = screen.table.row_count
        await pilot.press("S")
        assert pilot.app.screen is screen, "there is no filter to keep"
        await pilot.press("l")
        assert "No filter is saved yet" in told(pilot)
        await pilot.press("slash", *"ЕЩЕ", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        found = screen.table.row_count
        await pilot.press("S", "ctrl+s")
        await until(pilot, lambda: "is kept" in told(pilot))
        (view,) = screen.project.queries.saved("quotes")
        assert (view.name, view.query) == ("ЕЩЕ", QuoteFilter(words="ЕЩЕ"))
        await pilot.press("r")
        assert screen.table.row_count == everything
        await pilot.press("l")
        assert "“ЕЩЕ”" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.wanted == QuoteFilter(words="ЕЩЕ")
        assert screen.table.row_count == found
        await pilot.press("L", "enter")
        await until(pilot, lambda: "is forgotten" in told(pilot))
        assert screen.project.queries.saved() == []
        await pilot.press("u")
        assert [view.name for view in screen.project.queries.saved("quotes")] == ["ЕЩЕ"]


async def test_a_stage_in_the_filter_is_said_by_its_name(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        screen.look(QuoteFilter(stages=("visit",)))
        await pilot.pause()
        assert "VISIT" in shown(pilot)
        assert "visit ·" not in shown(pilot)


async def test_the_line_stays_when_the_language_changes(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press(*["pagedown"] * 4, "down")
        number, line = screen.table.cursor, screen.line
        assert number > SIZE[1]
        await pilot.press("f12")
        await until(pilot, lambda: screen.table.row_count > 0 and "Цитаты" in shown(pilot))
        assert (screen.table.cursor, screen.line) == (number, line)
        assert line.text[:20] in shown(pilot)


async def test_a_filter_that_finds_nothing_says_so(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"zzz", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.table.row_count == 0
        assert "No quotes" in shown(pilot)
        await pilot.press("space", "E", "f", "y", "d", "x", "m", "enter")
        assert pilot.app.screen is screen


async def test_groups_have_headings_with_counts(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("b", "down", "enter")
        await until(pilot, lambda: screen.group == QuoteGroup.CODE and pilot.app.screen is screen)
        headings = screen.quotes.headings
        assert screen.table.row_count == len(screen.quotes) + len(headings)
        assert f"{headings[0].label}  {headings[0].count}" in shown(pilot)
        await pilot.press("n")
        assert screen.rows.heading(screen.table.cursor) == headings[1]
        await pilot.press("space")  # a heading stands for its group
        assert len(screen.marked) == headings[1].count
        await pilot.press("space")
        assert screen.marked == {}


async def test_sorting_is_remembered(folder) -> None:
    app = program(folder, "bank")
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("s", *"emotion", "enter")
        await until(pilot, lambda: screen.order == QuoteOrder.EMOTION)
        assert screen.line.emotion == -2
        await pilot.press("escape")
        await opened(pilot)
        assert pilot.app.screen.order == QuoteOrder.EMOTION


async def test_marks_are_changed_together_and_undone_together(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        find = screen.project.quotes.find
        before = [(line.key, line.favourite) for line in find()]
        await pilot.press("ф")  # a, on a Russian layout
        assert len(screen.marked) == len(before)
        assert f"{len(before)} marked" in shown(pilot)
        await pilot.press("a")
        assert screen.marked == {}
        while screen.line.favourite:
            await pilot.press("down")
        await pilot.press("space", "space", "space", "up", "up", "up")
        quotes = {quote for quote, _coding in screen.marked.values()}
        await pilot.press("f")
        await until(pilot, lambda: "marked for the report" in told(pilot))
        assert quotes <= {line.quote_id for line in find(QuoteFilter(favourites=True))}
        assert screen.marked == {}
        await pilot.press("u")
        await until(pilot, lambda: "Undone" in told(pilot))
        assert [(line.key, line.favourite) for line in find()] == before


async def test_taking_codes_off_many_asks_first(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        before = len(screen.quotes)
        await pilot.press("space", "space", "delete")
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("escape")
        assert len(screen.quotes) == before
        await pilot.press("delete", "y")
        await until(pilot, lambda: "taken off" in told(pilot))
        assert len(screen.quotes) < before
        await pilot.press("u")
        await until(pilot, lambda: len(screen.quotes) == before)


async def test_copying_takes_the_reference_along(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        line = screen.line
        await pilot.press("y")
        assert pilot.app.clipboard == f"“{line.text}”\n— {line.reference()}"
        assert "copied" in told(pilot)
        await pilot.press(*["space"] * 6, "c")
        chosen = {quote for quote, _coding in screen.marked.values()}
        assert len(chosen) > 1
        await until(pilot, lambda: pilot.app.clipboard.count("\n— ") == len(chosen))


async def test_a_memo_is_written_on_the_quote(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        while screen.line.memo:
            await pilot.press("down")
        await pilot.press("m")
        assert isinstance(pilot.app.screen, MemoDialog)
        await pilot.press(*"why", "ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.line.memo == "why"
        assert "memo: why" in shown(pilot)


async def test_the_quotes_shown_are_exported(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"queue", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("left")  # from docx to csv
        await pilot.press("ctrl+s")
        target = screen.project.folder / "exports" / "quotes.csv"
        await until(pilot, lambda: str(target.name) in told(pilot))
        rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert len(rows) == len(screen.quotes) + 1


@pytest.mark.parametrize("speech", ["en", "ru"])
async def test_every_command_is_in_the_palette_by_its_name(folder, speech) -> None:
    app = program(folder, "bank")
    app.settings = app.settings.model_copy(update={"language": speech})
    async with app.run_test(size=SIZE) as pilot:
        await on_screen(pilot, "project")
        if app.settings.language == "ru":
            await app.apply_settings(app.settings)
        for name in ("quotes", "coding"):
            app.open_screen(name)
            await on_screen(pilot, name)
            offered = [c for c in app.screen.offered() if c.id != "app.palette"]
            own = [c for c in offered if c.scope == name]
            assert len(own) > 10
            await pilot.press("ctrl+p")
            palette = app.screen
            assert isinstance(palette, Palette)
            for command in offered:
                found = [choice.value for choice in palette.matching(command.shown_label())]
                assert command.id in found, command.id
            await pilot.press("escape")


async def test_the_filter_form_fits_a_small_terminal(folder) -> None:
    async with program(folder, "bank").run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("slash")
        picture = shown(pilot)
        for label in ("Words", "Code", "Coder", "Person", "To day"):
            assert label in picture
        assert pilot.app.screen.query(Input)


async def test_marked_quotes_get_another_code_in_one_action(folder) -> None:
    async with program(folder, "bank").run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        before = [(line.key, line.code) for line in screen.quotes]
        await pilot.press(*["space"] * 4, "E")
        marked = set(screen.marked)
        assert isinstance(pilot.app.screen, PickCode)
        await pilot.press(*"Brand new", "enter")
        await until(pilot, lambda: "recoded" in told(pilot))
        recoded = {line.key for line in screen.quotes if line.code == "Brand new"}
        assert recoded
        assert recoded <= marked
        await pilot.press("u")
        await until(pilot, lambda: "Undone" in told(pilot))
        assert [(line.key, line.code) for line in screen.quotes] == before


async def test_in_blind_mode_only_ones_own_codings_are_there(folder) -> None:
    app = program(folder, "bank")
    app.settings = app.settings.model_copy(update={"blind": True})
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert {line.coder for line in screen.quotes} == {"Anna"}
        assert "only yours" in shown(pilot)
        assert not {"Борис", "Vera"} & set(shown(pilot).split())
    app = program(folder, "bank")
    app.settings = app.settings.model_copy(update={"blind": True, "coder": "Newcomer"})
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot)
        assert len(screen.quotes) == 0
