"""Reading on the coding screen: units, quotes of one code, the mouse, kinds of sources, marked places."""

from __future__ import annotations

import asyncio

import pytest
from coding_project import CodingApp, make_project
from projects import add_visit, shown, until

from workbench.models.drafts import CodingDraft, ProjectDraft, SourceDraft
from workbench.services.workspace import Workspace
from workbench.text.spans import Span
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.shell import TopLine

SIZE = (120, 30)


@pytest.fixture
def project(tmp_path):
    folder = make_project(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as opened:
        yield opened


@pytest.fixture
def app(project):
    return CodingApp(project, source="Interview 03")


def go(app, words):
    app.coding.view.go(app.coding.view.source.text.index(words))


def here(app, letters=12):
    offset = app.coding.view.caret.offset
    return app.coding.view.source.text[offset : offset + letters]


def line(app):
    return app.coding.query_one(QuoteLine).render().plain


def code(project, words, name, source="Interview 03"):
    text = project.sources.source(source).text
    start = text.index(words)
    draft = CodingDraft(source=source, start=start, end=start + len(words), code=name)
    project.coding.apply(draft)


async def test_arrows_move_by_letters_words_sentences_turns_rows_pages_and_to_the_ends(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        text = app.coding.source.text
        go(app, "thought")
        for key, words in (
            ("right", "hought"),
            ("ctrl+right", "they were"),
            ("ctrl+left", "thought"),
            ("alt+right", "After that"),
            ("alt+left", "I thought"),
            ("ctrl+down", "And there?"),
            ("ctrl+up", "Frankly"),
            ("ctrl+end", ""),
            ("ctrl+home", "What did"),
        ):
            await pilot.press(key)
            assert here(app).startswith(words), key
        await pilot.press("ctrl+shift+end")
        assert app.selected() == text
        await pilot.press("left", "pagedown")
        assert app.selected() == ""
        await pilot.press("ctrl+end", "ctrl+shift+home")
        assert app.selected() == text


async def test_the_same_units_with_shift_select(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "I thought")
        await pilot.press("alt+shift+right")
        assert app.selected() == "I thought they were deceiving me."
        await pilot.press("ctrl+shift+right")
        assert app.selected().endswith("deceiving me. After")
        await pilot.press("ctrl+shift+down")
        assert app.selected().endswith("another bank.")
        await pilot.press("escape", "shift+end")
        assert app.selected().startswith("I thought")


async def test_d_goes_through_the_quotes_of_the_code_here_or_in_the_codebook(app, project):
    code(project, "Nobody called", "Different answers")
    code(project, "Forty minutes", "Different answers")
    code(project, "Nobody called three", "Waiting")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Frankly")
        await pilot.press("d")
        assert here(app).startswith("Nobody")
        assert app.coding.coding_here().code == "Different answers", "not the other one here"
        await pilot.press("d")
        assert here(app).startswith("Forty")
        await pilot.press("d")
        assert "No further quote of “Different answers”" in app.notes()[-1]
        await pilot.press("D", "D")
        assert here(app).startswith("Frankly")
        await pilot.press("tab", "home", "d")
        assert app.coding.code_tree.code.name == "Waiting"
        assert here(app).startswith("deceiving me")
        await pilot.press("в")  # d on a Russian keyboard
        assert here(app).startswith("Nobody")


async def test_the_mouse_takes_turns_extends_and_scrolls_at_the_edge(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("".join(f"A: Line {n} of the talk.\n" for n in range(200)), encoding="utf-8")
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Long")) as project:
        project.sources.add(path)
        app = CodingApp(project)
        async with app.run_test(size=(100, 24)) as pilot:
            await pilot.pause()
            view = app.coding.view
            left = view._left.width
            await pilot.click(view, offset=(left + 2, 3), times=4)
            assert app.selected() == "Line 3 of the talk."
            await pilot.click(view, offset=(left + 2, 5), meta=True)
            assert app.selected() == "Line 5 of the talk."
            await pilot.click(view, offset=(left, 1))
            await pilot.click(view, offset=(left + 6, 2), shift=True)
            assert app.selected() == "Line 1 of the talk.\nLine 2"
            await pilot.mouse_down(view, offset=(left, 2))
            await pilot.hover(app.coding.query_one(QuoteLine), offset=(left + 5, 2))
            await until(pilot, lambda: "Line 40" in app.selected())
            assert app.selected().startswith("Line 2 of the talk.")
            await pilot.mouse_up(app.coding.query_one(QuoteLine), offset=(left + 5, 2))
            ended = app.selected()
            await asyncio.sleep(0.2)
            await pilot.pause()
            assert app.selected() == ended, "the text stops with the button"


async def test_marks_of_a_search_over_all_sources_are_shown_and_counted(project):
    text = project.sources.source("Interview 03").text
    places = [(text.index(word), text.index(word) + len(word)) for word in ("Frankly", "Nobody")]
    app = CodingApp(
        project, source="Interview 03", start=places[0][0], found=places, found_by="frank*"
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.coding.view.hits == [Span(*place) for place in places]
        assert "/ frank*: 1 of 2" in line(app)
        await pilot.press("n")
        assert app.selected() == "Nobody"
        await pilot.pause()
        assert "2 of 2" in line(app)


async def test_texts_without_times_have_no_empty_column_and_say_what_they_are(tmp_path):
    table = tmp_path / "reviews.csv"
    table.write_text(
        "text,date,rating,site\nSlow and rude.,2026-05-14,2,[banki]\nAll fine.,2026-05-15,5,otzovik\n",
        encoding="utf-8",
    )
    notes = tmp_path / "notes.txt"
    notes.write_text("The door was locked.\n\nNobody came for ten minutes.\n", encoding="utf-8")
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Mixed")) as project:
        project.sources.add(table)
        project.sources.add(
            notes, SourceDraft(title="Notes", kind="field_note", collected_on="2026-05-20")
        )
        app = CodingApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert app.rows()[0].startswith(" Slow and rude.")
            assert "review · 2026-05-14 · rating: 2 · site: [banki]" in shown(pilot)
            await pilot.press("z")
            await pilot.pause()
            assert app.rows()[0].startswith(" All fine.")
            await pilot.press("z")
            await pilot.pause()
            assert app.rows()[0].startswith(" 1  The door")
            assert app.rows()[1].startswith(" 2  Nobody")
            assert "field note · 2026-05-20" in shown(pilot)
            assert "1/2" in app.coding.query_one(TopLine).status
            await pilot.press("z")
            assert "last text" in app.notes()[-1]
            await pilot.press("Z", "Z", "Z")
            assert "first text" in app.notes()[-1]


async def test_the_coded_share_is_true_after_every_change(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        def share():
            return app.coding.query_one(TopLine).status.rpartition(" · ")[2]

        before = share()
        go(app, "Forty")
        await pilot.press("t", "1")
        await pilot.pause()
        after = share()
        assert after != before
        await pilot.press("u")
        await pilot.pause()
        assert share() == before


async def test_the_comments_of_a_visit_are_headed_by_what_was_asked(tmp_path):
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Visits")) as project:
        visit = add_visit(project, tmp_path)
        project.shopping.comment(visit, "In all it was quick.")
        for key, value in (
            ("queue", "none"),
            ("clean", ["floor"]),
            ("warmth", 4),
            ("wait", "4:10"),
        ):
            project.shopping.answer(visit, key, value)
        project.shopping.answer(visit, "open", "yes", comment="The door   was heavy.")
        project.shopping.answer(visit, "price", 120)
        project.shopping.answer(visit, "day", na=True)
        project.shopping.answer(visit, "said", "Hello")
        project.shopping.submit(visit)
        app = CodingApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert app.rows()[0].startswith(" 1  In all it was quick.")
            assert app.rows()[1].startswith(" 2  The door")
            head = app.coding.query_one("#transcript-head")
            assert head.render().plain.startswith("visit comment · ")
            await pilot.press("down")
            await pilot.pause()
            assert head.render().plain.startswith("1. Was it open? · visit comment")
            await pilot.press("up")
            await pilot.pause()
            assert "Was it open" not in head.render().plain


async def test_a_place_that_was_opened_from_elsewhere_has_words_around_it(tmp_path):
    words = tmp_path / "long.txt"
    words.write_text("\n\n".join(f"Line {n} of the text." for n in range(200)), encoding="utf-8")
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Long")) as project:
        project.sources.add(words)
        text = project.sources.source("1").text
        start = text.index("Line 120")
        app = CodingApp(project, source="1", start=start, end=start + 8)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            rows = [row for row, line in enumerate(app.rows()) if "Line 120" in line]
            assert app.selected() == "Line 120"
            assert 3 < rows[0] < 15
            assert any("Line 118" in line for line in app.rows())
            assert any("Line 124" in line for line in app.rows())
