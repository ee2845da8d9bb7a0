"""Two texts on the coding screen: each has its own place, and codes go where the keys are."""

from __future__ import annotations

import pytest
from coding_project import CodingApp, make_project
from projects import shown

from workbench.i18n import language
from workbench.models.drafts import CodingDraft
from workbench.services.workspace import Workspace
from workbench.tui.widgets.shell import TopLine

SIZE = (100, 36)


@pytest.fixture
def project(tmp_path):
    folder = make_project(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as opened:
        yield opened


@pytest.fixture
def app(project):
    return CodingApp(project, source="Interview 03")


def codings(project, source):
    return [(c.text, c.code) for c in project.coding.codings(source)]


async def open_both(app, pilot):
    """Interview 03 above, Interview 04 below with the keys."""
    await pilot.pause()
    await pilot.press("y")
    await pilot.pause()
    app.coding.open_text("Interview 04")
    await pilot.pause()


async def test_y_opens_the_same_text_at_the_same_place_and_closes_it(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        coding = app.coding
        coding.view.go(coding.source.text.index("Forty"))
        first, place = coding.view, coding.view.caret.offset
        await pilot.press("y")
        await pilot.pause()
        assert coding.two_texts
        assert coding.view is not first
        assert coding.view.has_focus
        assert coding.view.caret.offset == place
        await pilot.press("ctrl+home", "f6")
        assert coding.view is first
        assert first.caret.offset == place, "each has its own cursor"
        await pilot.press("y")
        await pilot.pause()
        assert not coding.two_texts
        assert not coding.other_view.is_on_screen
        assert first.has_focus


async def test_a_second_text_opened_again_shows_its_words(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        words = app.coding.source.text.split("\n")[0][:20]
        await pilot.press("y")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert app.coding._in_second
        assert words in shown(pilot)


async def test_f6_with_one_text_says_how_a_second_is_opened(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f6")
        await pilot.pause()
        assert app.notes() == ["One text is open; y opens a second one beside it."]
        assert "coding.other-text" not in [command.id for command in app.coding.offered()]
        app.clear_notifications()
        await pilot.press("y", "f6")
        await pilot.pause()
        assert not any("One text" in said for said in app.notes())


async def test_a_code_shows_in_both_places_of_the_same_text(app):
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        coding = app.coding
        coding.view.go(coding.source.text.index("Forty"))
        await pilot.press("s", "1")
        await pilot.pause()
        for view in (coding.view, coding.other_view):
            rows = ["".join(s.text for s in view.render_line(y)) for y in range(view.size.height)]
            assert any("Forty" in row and "● Waiting" in row for row in rows)
        await pilot.press("u")
        await pilot.pause()
        for view in (coding.view, coding.other_view):
            rows = ["".join(s.text for s in view.render_line(y)) for y in range(view.size.height)]
            assert not any("Forty" in row and "Waiting" in row for row in rows)


async def test_codes_go_to_the_text_with_the_keys_and_counts_stay_true(app, project):
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        coding = app.coding
        assert "Interview 04" in coding.query_one(TopLine).path
        coding.view.go(coding.source.text.index("They never"))
        await pilot.press("s", "2")
        assert codings(project, "Interview 04") == [
            ("B: They never called back.", "Different answers")
        ]
        await pilot.press("tab", "tab")  # the codebook, the first text
        await pilot.pause()
        assert coding.source.card.title == "Interview 03"
        assert coding.view.has_focus
        tree = {row.cells[1].plain: row.cells[2] for row in coding.code_tree.rows(0, 9)}
        assert tree["▲ Different answers"] == "2"
        assert coding.source.last_code == coding.source.recent[1]
        coding.view.go(coding.source.text.index("Nobody"))
        await pilot.press("s", "r")
        assert ("Nobody called three times.", "Different answers") in codings(
            project, "Interview 03"
        )
        tree = {row.cells[1].plain: row.cells[2] for row in coding.code_tree.rows(0, 9)}
        assert tree["▲ Different answers"] == "3"


async def test_a_click_takes_the_keys_to_the_other_text(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        coding = app.coding
        other = coding.other_view
        drawn = ["".join(s.text for s in other.render_line(y)) for y in range(other.size.height)]
        row = next(number for number, words in enumerate(drawn) if "annoyed" in words)
        await pilot.click(other, offset=(drawn[row].index("annoyed") + 2, row), times=2)
        await pilot.pause()
        assert coding.view is other
        assert coding.source.card.title == "Interview 03"
        assert app.selected() == "annoyed"
        assert "▸ Interview 03" in shown(pilot)
        assert "Interview 04" in shown(pilot)


async def test_a_search_belongs_to_its_text(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        coding = app.coding
        await pilot.press("slash", *"called", "enter")
        await pilot.pause()
        assert app.selected() == "called"
        await pilot.press("f6")
        assert not coding.hits_shown
        await pilot.press("f6")
        assert coding.hits_shown


async def test_both_texts_come_back_at_the_next_start(project):
    app = CodingApp(project, source="Interview 03")
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        app.coding.view.go(12)
        await pilot.pause()
    again = CodingApp(project)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        coding = again.coding
        assert coding.two_texts
        assert coding.source.card.title == "Interview 03"
        await pilot.press("f6")
        assert coding.source.card.title == "Interview 04"
        assert coding.view.caret.offset == 12
        await pilot.press("y")
    third = CodingApp(project)
    async with third.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert not third.coding.two_texts


async def test_the_language_switches_and_both_places_stay(app):
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        coding = app.coding
        coding.view.go(12)
        coding.other_view.go(40)
        await pilot.press("f12")
        await pilot.pause()
        assert language() == "ru"
        assert (coding.source.card.title, coding.view.caret.offset) == ("Interview 04", 12)
        assert coding.other_view.caret.offset == 40
        assert coding.other_view.source.card.title == "Interview 03"
        await pilot.press("f12")


async def test_what_others_change_shows_in_the_waiting_text_too(app, project):
    async with app.run_test(size=SIZE) as pilot:
        await open_both(app, pilot)
        coding = app.coding
        project.coding.apply(CodingDraft(source="Interview 03", start=0, end=8, code="Clear terms"))
        await pilot.pause()
        view = coding.other_view
        rows = ["".join(s.text for s in view.render_line(y)) for y in range(view.size.height)]
        assert any("+ Clear terms" in row for row in rows)
        project.sources.remove("Interview 03")
        await pilot.pause()
        assert not coding.two_texts
        assert coding.source.card.title == "Interview 04"


@pytest.mark.parametrize(
    ("size", "beside"), [((80, 24), False), ((120, 36), False), ((200, 60), True)]
)
async def test_texts_lie_below_each_other_or_side_by_side(app, size, beside):
    async with app.run_test(size=size) as pilot:
        await open_both(app, pilot)
        second, first = app.coding.view.region, app.coding.other_view.region
        assert (second.x > first.x) is beside
        assert (second.y > first.y) is not beside
        assert not first.overlaps(second)
        for view in (app.coding.view, app.coding.other_view):
            assert view.scrollable_content_region.height >= 6
            assert view._wrapped.width >= 24
