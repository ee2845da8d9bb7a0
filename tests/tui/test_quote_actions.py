"""Changing quotes on the coding screen: borders, parts, other codes, memos, one coder's work."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coding_project import CodingApp
from textual.widgets import TextArea

from workbench.models.drafts import CodingDraft
from workbench.services.coding import Coding
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.found import FoundList
from workbench.tui.dialogs.memo import MemoDialog
from workbench.tui.dialogs.pick import PickDialog
from workbench.tui.dialogs.pick_code import PickCode, PickCodes
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.row_table import RowTable

SIZE = (120, 30)
FRANK = "Frankly, annoyed. I thought they were deceiving me"
AFTER = "deceiving me. After that"


@pytest.fixture
def app(project):
    return CodingApp(project)


def go(app, words: str) -> None:
    view = app.coding.view
    view.go(view.source.text.index(words))
    view.focus()


def select(app, words: str) -> None:
    from workbench.text.spans import Span

    view = app.coding.view
    start = view.source.text.index(words)
    view.select(Span(start, start + len(words)))
    view.focus()


def texts(app) -> list[str]:
    return [text for text, *_rest in app.codings()]


def line(app) -> str:
    return app.coding.query_one(QuoteLine).render().plain


def boris(project) -> Coding:
    context = project.coding._context
    return Coding(replace(context, coder="Boris"))


def in_step(app) -> None:
    """What is shown is what the database holds."""
    source = app.coding.source
    assert list(source.index) == app.project.coding.codings(source.id)
    counts = {code.id: code.quotes for code in app.project.codebook.codes()}
    assert {code.id: code.quotes for code in source.codes.values()} == counts


async def test_a_quote_takes_the_borders_of_the_selection(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        select(app, "After that we went to another bank.")
        await pilot.press("B")
        await pilot.pause()
        assert texts(app) == [FRANK, "After that we went to another bank."]
        assert app.selected() == ""
        assert app.coding.view.codings_here[0].code == "Waiting"
        in_step(app)
        await pilot.press("u")
        assert "borders of a quote changed" in app.notes()[-1]
        assert texts(app) == [FRANK, AFTER]


async def test_where_two_quotes_are_touched_it_is_asked_which(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        select(app, "were deceiving me. After")
        await pilot.press("B")
        assert isinstance(app.screen, PickDialog)
        await pilot.press(*"frank", "enter")
        await pilot.pause()
        assert sorted(texts(app)) == [AFTER, "were deceiving me. After"]
        in_step(app)


async def test_without_a_selection_the_borders_are_changed_by_keys(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "After that")
        await pilot.press("И")  # B in Russian layout
        assert app.selected() == AFTER
        assert "Borders:" in line(app)
        await pilot.press("w", "shift+left", "shift+left", "shift+left")
        await pilot.press("1", "c", "x")
        assert app.screen is app.coding, "keys do nothing else meanwhile"
        assert len(app.codings()) == 2
        assert app.selected() == AFTER
        await pilot.press("k", *["ctrl+shift+right"] * 2)
        assert app.selected() == ". After that"
        await pilot.press("W", "s", "enter")
        await pilot.pause()
        assert texts(app)[1].endswith("After that we went to another bank.")
        assert "Borders:" not in line(app)
        in_step(app)


async def test_esc_leaves_the_borders_as_they_were(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "After that")
        await pilot.press("B", "s", "s", "escape")
        await pilot.pause()
        assert app.selected() == ""
        assert texts(app) == [FRANK, AFTER]
        assert app.coding.adjusted is None
        go(app, "After that")
        await pilot.press("B", "right")
        await pilot.pause()
        assert app.coding.adjusted is None, "who moves on has left them, too"
        assert app.notes()[-1] == "The borders stay as they were."
        await pilot.press("c")
        assert isinstance(app.screen, PickCodes)


async def test_a_quote_is_split_and_merged_again(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        view = app.coding.view
        view.go(view.source.text.index("thought they") + 3)  # within a word: before it
        await pilot.press("Y")
        await pilot.pause()
        assert texts(app)[:2] == ["Frankly, annoyed. I", "thought they were deceiving me"]
        in_step(app)
        select(app, "annoyed. I thought")
        await pilot.press("K")
        await pilot.pause()
        assert texts(app) == [FRANK, AFTER]
        in_step(app)
        go(app, "Frankly")
        await pilot.press("Y")
        assert "cannot be cut at its edge" in app.notes()[-1]
        await pilot.press("K")
        assert "not two quotes" in app.notes()[-1]


async def test_others_quotes_stay_and_that_is_said(app, project):
    source = project.sources.source("Interview 03")
    start = source.text.index("Forty")
    boris(project).apply(
        CodingDraft(source=source.card.id, start=start, end=start + 13, code="Waiting")
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        select(app, "minutes in the queue")
        await pilot.press("B")
        assert "Only Boris coded this quote" in app.notes()[-1]
        assert texts(app)[-1] == "Forty minutes"


async def test_another_code_takes_the_place_of_the_one_there(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Frankly")
        await pilot.press("a", "minus", "E")
        assert isinstance(app.screen, PickCode)
        await pilot.press(*"clear", "enter")
        await pilot.pause()
        assert app.codings()[0] == (FRANK, "Clear terms", "contradicts", -1)
        assert any("Clear terms" in row for row in app.rows())
        in_step(app)
        go(app, "deceiving")
        await pilot.press("E")
        assert isinstance(app.screen, PickDialog), "two codes meet here"
        await pilot.press(*"wait", "enter")
        await pilot.pause()
        await pilot.press(*"New one", "enter")
        await pilot.pause()
        assert app.codings()[1][1] == "New one"
        in_step(app)
        await pilot.press("u", "u")
        assert [code for _text, code, *_rest in app.codings()] == ["Different answers", "Waiting"]


async def test_an_emotion_is_taken_away_by_zero(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Frankly")
        await pilot.press("minus", "minus", "0")
        assert app.codings()[0][3] is None


async def test_a_memo_on_quote_code_source_and_project(app, project):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Frankly")
        for number, words in enumerate(("on quote", "on code", "on source", "on project")):
            await pilot.press("ctrl+e")
            assert isinstance(app.screen, PickDialog)
            await pilot.press(*["down"] * number, "enter")
            await pilot.pause()
            assert isinstance(app.screen, MemoDialog)
            app.screen.query_one(TextArea).text = words
            await pilot.press("ctrl+s")
            await pilot.pause()
        coding = project.coding.codings("Interview 03")[0]
        memo = project.coding.memo
        assert memo("quote", coding.quote_id) == "on quote"
        assert memo("code", coding.code_id) == "on code"
        assert memo("source", coding.source_id) == "on source"
        assert memo("project", project.plan.project_id) == "on project"
        assert "memo: on quote" in line(app)


async def test_one_coders_codings_are_taken_off_after_a_question(app, project):
    source = project.sources.source("Interview 03")
    boris(project).apply(CodingDraft(source=source.card.id, start=0, end=4, code="Waiting"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Frankly")
        await pilot.press("R", "enter")  # Anna, who is asked for first
        await pilot.pause()
        labels = [choice.label for choice in app.screen._choices]
        assert labels[2:] == ["All codes in this text", "All codes everywhere"]
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
        await pilot.pause()
        left = [(c.code, c.coder) for c in project.coding.codings("Interview 03")]
        assert ("Waiting", "Boris") in left
        assert ("Different answers", "Anna") not in left
        await pilot.press("u")
        assert "taken off" in app.notes()[-1]
        assert len(app.codings()) == 3


async def test_all_that_was_found_is_coded_after_a_look(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("A")
        assert app.screen is app.coding, "nothing was searched yet"
        await pilot.press("slash", *"they", "enter")
        await pilot.press("escape", "slash", *"that", "enter", "Ф")
        assert isinstance(app.screen, FoundList)
        table = app.screen.query_one(RowTable)
        assert table.row_count == 2
        assert "2 quotes from 2 of 2 places" in str(app.screen.query_one("#count").render())
        await pilot.press("home", "space")
        assert "1 quote from 1 of 2 places" in str(app.screen.query_one("#count").render())
        await pilot.press("shift+tab")
        assert "the words alone" in str(app.screen.query_one("#count").render())
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PickCodes)
        assert "1 quote" in app.screen.title_text()
        await pilot.press(*"clear", "enter")
        await pilot.pause()
        assert [row[:2] for row in app.codings() if row[1] == "Clear terms"] == [
            ("that", "Clear terms")
        ]
        in_step(app)


async def test_a_speakers_words_or_the_answers_to_a_question_are_coded_in_one_go(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "How long")
        await pilot.press("М")  # V in Russian layout
        assert isinstance(app.screen, PickDialog)
        labels = [choice.label for choice in app.screen._choices]
        assert labels == [
            "All answers to “How long did you wait?”",
            "All that I said",
            "All that R07 said",
        ]
        await pilot.press("end", "down", "down", "enter")
        await pilot.pause()
        assert "Code 3 quotes" in app.screen.title_text()
        await pilot.press(*"clear", "enter")
        await pilot.pause()
        coded = [text for text, code, *_rest in app.codings() if code == "Clear terms"]
        assert len(coded) == 3
        in_step(app)
        await pilot.press("u")
        assert len(app.codings()) == 2
        go(app, "How long")
        await pilot.press("V", "enter")
        await pilot.pause()
        await pilot.press(*"clear", "enter")
        await pilot.pause()
        assert app.codings()[-1][0].startswith("Forty minutes")


async def test_recent_codes_repeating_and_in_vivo_in_russian_layout(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        await pilot.press("ы", "2")
        go(app, "Nobody")
        await pilot.press("ы", "к")  # s, r
        go(app, "eleven")
        await pilot.press("ц", "м")  # w, v
        await pilot.pause()
        assert [row[:2] for row in app.codings()[2:]] == [
            ("Nobody called three times.", "Different answers"),
            (
                "Forty minutes in the queue, although I had an appointment at eleven.",
                "Different answers",
            ),
            ("eleven", "Eleven"),
        ]
