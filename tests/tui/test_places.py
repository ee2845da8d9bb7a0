"""Going to a time or a turn that was typed."""

from __future__ import annotations

import pytest
from coding_project import CodingApp, make_project
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from workbench.errors import InputError
from workbench.services.workspace import Workspace
from workbench.tui.dialogs.dialog import Words
from workbench.tui.dialogs.place import PlaceDialog
from workbench.tui.reading.places import read_place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("12:31", ("time", 751_000)),
        ("1:02:03", ("time", 3_723_000)),
        (" 00:12:31 ", ("time", 751_000)),
        ("12.31", ("time", 751_000)),
        ("90:00", ("time", 5_400_000)),
        ("12 min 31 s", ("time", 751_000)),
        ("12 мин 31 с", ("time", 751_000)),
        ("1 ч 2 мин", ("time", 3_720_000)),
        ("45s", ("time", 45_000)),
        ("#45", ("turn", 45)),
        ("№ 45", ("turn", 45)),
        ("45", ("turn", 45)),
    ],
)
def test_times_and_turns_are_understood_in_both_languages(typed, place):
    assert read_place(typed) == place


@pytest.mark.parametrize(
    "typed", ["", "soon", "12:60", "1:60:00", "12:3", ":", "#", "-5", "1:2:3:4"]
)
def test_nonsense_is_refused_with_what_to_write(typed):
    with pytest.raises(InputError) as trouble:
        read_place(typed)
    assert trouble.value.code == "place-unknown"
    assert "12:31" in trouble.value.remedy


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_what_the_clock_shows_leads_back(hours, minutes, seconds):
    ms = 1000 * (hours * 3600 + minutes * 60 + seconds)
    assert read_place(f"{hours:02}:{minutes:02}:{seconds:02}") == ("time", ms)


@given(st.text(max_size=12))
def test_anything_typed_is_a_place_or_refused(typed):
    try:
        kind, number = read_place(typed)
    except InputError:
        return
    assert kind in ("time", "turn")
    assert number >= 0


@pytest.fixture
def app(tmp_path):
    folder = make_project(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as project:
        yield CodingApp(project, source="Interview 03")


async def asked(app, pilot, typed):
    await pilot.press("i")
    app.screen.query_one(Input).value = typed
    await pilot.press("enter")
    await pilot.pause()


async def test_i_goes_to_a_time_and_to_a_turn(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.coding.view
        await asked(app, pilot, "12:31")
        assert view.source.text[view.caret.offset :].startswith("And there?")
        await asked(app, pilot, "#6")
        assert view.source.text[view.caret.offset :].startswith("Forty")
        assert view.has_focus
        await asked(app, pilot, "00:12:10")
        turn = view.source.turn_at(view.caret.offset)
        assert view.source.text[turn.start :].startswith("Frankly")
        assert view.caret.offset > turn.start, "two seconds after its beginning"


async def test_the_line_stays_open_and_says_what_is_wrong(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = app.coding.view.caret.offset
        for typed, said in (("soon", "neither"), ("#7", "no turn 7"), ("59:00", "ends at 00:13")):
            await asked(app, pilot, typed)
            assert isinstance(app.screen, PlaceDialog)
            trouble = app.screen.query_one("#trouble", Words)
            assert trouble.display
            assert said in trouble.render().plain
            await pilot.press("escape")
        assert app.coding.view.caret.offset == before
        await pilot.press("ш")  # i on a Russian keyboard
        assert isinstance(app.screen, PlaceDialog)
        await pilot.press("№", "1", "enter")
        await pilot.pause()
        assert app.coding.view.caret.offset == 0


async def test_a_text_without_times_is_asked_for_turns_only(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.coding.open_text("Interview 04")
        await pilot.press("i")
        assert "from 1 to 1." in app.screen.query_one("#hint", Words).render().plain
        app.screen.query_one(Input).value = "12:31"
        await pilot.press("enter")
        assert "Nobody knows when" in app.screen.query_one("#trouble", Words).render().plain
