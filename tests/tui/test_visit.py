from __future__ import annotations

import pytest
from projects import add_visit, make_project, on_screen, program, shown, told, until, workspace

from workbench.tui.widgets.question import LineInput, QuestionItem


@pytest.fixture
async def visit(tmp_path):
    """The program at a planned visit with every type of question."""
    project = make_project(tmp_path)
    add_visit(project, tmp_path)
    project.close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(100, 40)) as pilot:
        await on_screen(pilot, "project")
        app.open_screen("visit", visit="V01")
        await on_screen(pilot, "visit")
        await until(pilot, lambda: app.screen.item is not None)
        yield pilot


def item(pilot, key: str) -> QuestionItem:
    return next(i for i in pilot.app.screen.query(QuestionItem) if i.question.key == key)


def here(pilot) -> str:
    return pilot.app.screen.item.question.key


def stored(pilot, key: str):
    view = pilot.app.project.shopping.visit("V01")
    return next(question for question in view.questions if question.key == key)


async def test_a_visit_is_filled_by_keys_and_submitted(visit) -> None:
    pilot, app = visit, visit.app
    assert here(pilot) == "open"
    await pilot.press("н")  # y on a Russian layout
    await pilot.pause()
    assert stored(pilot, "open").value is True, "saved at once"
    assert here(pilot) == "queue", "the hidden question is passed over"
    assert not item(pilot, "why").display
    await pilot.press("1")
    assert here(pilot) == "clean"
    await pilot.press("1", "2", "1")
    assert stored(pilot, "clean").value == ["table"]
    await pilot.press("down", "4")
    assert stored(pilot, "warmth").value == "4"
    await pilot.press(*"12,5", "enter")
    await until(pilot, lambda: stored(pilot, "price").value == "12.5")
    await until(pilot, lambda: here(pilot) == "wait")
    await pilot.press(*"4:05", "enter")
    await until(pilot, lambda: stored(pilot, "wait").value == 245)
    await until(pilot, lambda: here(pilot) == "day")
    await pilot.press("a")
    assert stored(pilot, "day").na
    await pilot.press("enter", *"Добрый день", "enter")
    await until(pilot, lambda: stored(pilot, "said").value == "Добрый день")
    assert "saved " in shown(pilot)
    await pilot.press("f9")
    await until(pilot, lambda: "Score" in shown(pilot))
    assert "passed" in shown(pilot)
    assert "Outside" in shown(pilot)
    assert app.project.shopping.visit("V01").card.status == "submitted"
    assert "y Yes" not in shown(pilot), "a submitted visit is only read"


async def test_a_hidden_question_appears_and_goes_with_the_answer_it_waits_for(visit) -> None:
    pilot = visit
    await pilot.press("n")
    await pilot.pause()
    assert item(pilot, "why").display
    assert here(pilot) == "open", "it stays: a comment is needed"
    assert "comment needed" in shown(pilot)
    await pilot.press("c", *"closed for lunch", "enter")
    await until(pilot, lambda: stored(pilot, "open").comment == "closed for lunch")
    assert stored(pilot, "open").value is False, "the answer stays when a comment is written"
    await pilot.press("y")
    await pilot.pause()
    assert not item(pilot, "why").display


async def test_wrong_type_is_said_at_the_question_and_nothing_is_lost(visit) -> None:
    pilot = visit
    pilot.app.screen.set_focus(item(pilot, "price"))
    await pilot.press("enter", *"about ten", "enter")
    await until(pilot, lambda: "Expected: a number" in shown(pilot))
    assert stored(pilot, "price").value is None
    await pilot.press("down")
    await pilot.pause()
    assert item(pilot, "price").query_one(LineInput).value == "about ten", "what was typed stays"
    await pilot.press("up")
    await pilot.press("enter")
    await pilot.pause()
    assert pilot.app.screen.query_one(LineInput).value == "about ten"
    line = pilot.app.screen.query_one(LineInput)
    line.focus()
    line.value = "10"
    await pilot.press("enter")
    await until(pilot, lambda: stored(pilot, "price").value == "10")
    assert "Expected" not in shown(pilot)
    assert not pilot.app.screen.query(LineInput)


async def test_leaving_a_line_saves_it(visit) -> None:
    pilot = visit
    pilot.app.screen.set_focus(item(pilot, "said"))
    await pilot.press("enter", *"hello")
    await pilot.press("up")
    await until(pilot, lambda: stored(pilot, "said").value == "hello")
    pilot.app.screen.set_focus(item(pilot, "said"))
    await pilot.press("c", *"kindly", "escape")
    await until(pilot, lambda: stored(pilot, "said").comment == "kindly")
    assert pilot.app.screen.NAME == "visit", "Esc only left the line"


async def test_finishing_too_early_names_what_is_missing(visit) -> None:
    pilot = visit
    pilot.app.screen.set_focus(item(pilot, "said"))
    await pilot.press("f9")
    await pilot.pause()
    assert "Still missing: questions 1, 3, 4, 5, 6, 7, 8, 9." in told(pilot)
    assert here(pilot) == "open"
    await pilot.press("y", "t")
    assert here(pilot) == "clean", "t goes on to the next that lacks something"


async def test_a_timer_runs_on_beside_other_answers(visit, tmp_path) -> None:
    pilot = visit
    pilot.app.screen.set_focus(item(pilot, "wait"))
    await pilot.press("s")
    await until(pilot, lambda: "◷ 0:0" in shown(pilot))
    pilot.app.screen.set_focus(item(pilot, "open"))
    await pilot.press("y")
    await until(pilot, lambda: "◷ 0:01" in shown(pilot))
    await pilot.press("escape")
    await on_screen(pilot, "project")
    pilot.app.open_screen("visit", visit="V01")
    await on_screen(pilot, "visit")
    await until(pilot, lambda: "◷ 0:0" in shown(pilot))
    pilot.app.screen.set_focus(item(pilot, "wait"))
    await pilot.press("s")
    assert 1 <= stored(pilot, "wait").value < 60
    assert "◷" not in shown(pilot)


async def test_backspace_takes_an_answer_back(visit) -> None:
    pilot = visit
    await pilot.press("y", "up", "backspace")
    assert not stored(pilot, "open").answered


async def test_what_was_answered_is_there_after_a_restart(visit, tmp_path) -> None:
    pilot = visit
    await pilot.press("y", "2")
    # no clean end: what another reader sees now is what a killed program leaves
    with workspace(tmp_path).open("bank", write=False) as reader:
        questions = {q.key: q.value for q in reader.shopping.visit("V01").questions}
    assert questions["open"] is True
    assert questions["queue"] == "many"


async def test_visits_are_listed_and_planned(tmp_path) -> None:
    project = make_project(tmp_path)
    add_visit(project, tmp_path)
    project.close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(100, 30)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("v")
        await on_screen(pilot, "shopping")
        await until(pilot, lambda: "Lenina 5" in shown(pilot))
        await pilot.press("a")
        await pilot.pause()
        assert "New visit" in shown(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "V02" in shown(pilot))
        await pilot.press("l")
        await pilot.pause()
        assert "The rating begins" in shown(pilot)
        await pilot.press("escape", "enter")
        await on_screen(pilot, "visit")
        assert app.screen.code == "V01"


async def test_planning_without_a_checklist_says_what_comes_first(tmp_path) -> None:
    make_project(tmp_path).close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("v")
        await on_screen(pilot, "shopping")
        await pilot.press("a")
        await pilot.pause()
        assert "Add a checklist first" in told(pilot)


async def test_answers_can_be_clicked(visit) -> None:
    pilot = visit
    words = item(pilot, "open").words
    await pilot.click(words, offset=(5, 1))
    await until(pilot, lambda: stored(pilot, "open").value is True)
    words = item(pilot, "clean").words
    for line, left, _right, answer in words._places:
        if answer == "2":
            await pilot.click(words, offset=(left, line))
    await until(pilot, lambda: stored(pilot, "clean").value == ["table"])


async def test_a_language_switch_keeps_what_stands_in_an_open_line(visit) -> None:
    pilot, app = visit, visit.app
    await pilot.press("c", *"long queue", "f12")
    await until(pilot, lambda: "Визит" in shown(pilot))
    await until(pilot, lambda: isinstance(app.focused, LineInput))
    assert app.focused.value == "long queue"
    assert here(pilot) == "open"
    await pilot.press("!", "enter")
    await until(pilot, lambda: stored(pilot, "open").comment == "long queue!")
