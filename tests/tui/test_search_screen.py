"""Finding on the screen: typing, places, filters, similar passages, words, saved searches."""

from __future__ import annotations

import pytest
from projects import make_project, on_screen, program, shown, told, until
from textual.widgets import Input

from workbench.models.drafts import CodeDraft, CodingDraft, PersonDraft, SourceDraft
from workbench.tui.screens.search import SearchScreen
from workbench.tui.widgets.fields import ChoiceEditor
from workbench.tui.widgets.row_table import RowTable

TALKS = {
    "Kazan": (
        "Interviewer: Was there a queue?\n"
        "Anna: Queues everywhere. We waited for an hour in the bank, on our feet.\n"
        "Anna: Очередь [в банке] была огромная, и очереди этой не было конца.\n"
    ),
    "Omsk": (
        "Interviewer: And you?\nBoris: I never wait. The queue was short, the coffee good.\n"
        "Interviewer: Thank you.\nBoris: Bye.\n"
    ),
}


@pytest.fixture
async def finding(tmp_path):
    """The screen over two interviews, one quote coded, nothing typed yet."""
    project = make_project(tmp_path)
    for title, text in TALKS.items():
        path = tmp_path / f"{title}.txt"
        path.write_text(text, encoding="utf-8")
        project.plan.add_person(PersonDraft(pseudonym=title, attributes={"city": title}))
        project.sources.add(path, SourceDraft(title=title, person=title))
    project.codebook.add(CodeDraft(name="Queue", kind="barrier"))
    text = project.sources.source("Kazan").text
    start = text.index("Queues everywhere")
    project.coding.apply(CodingDraft(source="Kazan", start=start, end=start + 17, code="Queue"))
    project.close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("g", "f")
        await on_screen(pilot, "search")
        yield pilot


def table(pilot, name: str = "places") -> RowTable:
    return pilot.app.screen.query_one(f"#{name}", RowTable)


async def type_words(pilot, words: str, count: int) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    screen.line.value = words
    await until(pilot, lambda: screen.query_run is not None and screen.query_run.text == words)
    await until(pilot, lambda: table(pilot).row_count == count)


async def test_an_empty_screen_says_how_to_begin(finding) -> None:
    assert isinstance(finding.app.focused, Input)
    assert "queue /5 bank" in shown(finding)


async def test_typing_finds_and_enter_opens_the_place_with_all_hits_marked(finding) -> None:
    pilot, app = finding, finding.app
    await pilot.press(*"queue")
    await until(pilot, lambda: table(pilot).row_count == 3)
    lines = [line.lower() for line in shown(pilot).splitlines() if "ueue" in line][-3:]
    assert "3 places in 2 sources" in shown(pilot)
    places = [{n for n in range(80) if line.startswith("queue", n)} for line in lines]
    assert set.intersection(*places), "the words found stand below each other"
    await pilot.press("enter", "down", "enter")
    await on_screen(pilot, "coding")
    coding = app.screen
    text = coding.source.text
    assert coding.source.card.title == "Kazan"
    assert [text[hit.start : hit.end] for hit in coding.view.hits] == ["queue", "Queues"]
    selected = coding.view.selection
    assert text[selected.start : selected.end] == "Queues"
    await pilot.press("escape", "escape", "escape")
    await on_screen(pilot, "search")
    assert table(pilot).row_count == 3


async def test_a_russian_keyboard_types_and_commands(finding) -> None:
    pilot = finding
    await pilot.press(*"очередью")
    await until(pilot, lambda: table(pilot).row_count == 2)
    assert "[в банке]" in shown(pilot)
    await pilot.press("enter", "щ")  # o: order
    await until(pilot, lambda: "by the words before" in shown(pilot))
    await pilot.press("а")  # f: filter
    await until(pilot, lambda: "Forms of words" in shown(pilot))
    await pilot.press("escape")
    await pilot.press(".")
    assert isinstance(pilot.app.focused, Input)


async def test_what_cannot_be_read_is_said_while_typing_goes_on(finding) -> None:
    pilot = finding
    await pilot.press(*'"queue')
    await until(pilot, lambda: "not closed" in shown(pilot))
    await pilot.press('"')
    await until(pilot, lambda: table(pilot).row_count == 3)
    assert "not closed" not in shown(pilot)
    await pilot.press(*" zebra")
    await until(pilot, lambda: "nothing found" in shown(pilot))
    assert pilot.app.screen.line.value == '"queue" zebra'


async def test_a_filter_narrows_and_says_so(finding) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "f")
    await until(pilot, lambda: "Forms of words" in shown(pilot))
    editor = pilot.app.screen.query_one("#field-attribute").query_one(ChoiceEditor)
    editor.index = [label for _value, label in editor.choices].index("city: Omsk")
    await pilot.press("ctrl+s")
    await until(pilot, lambda: table(pilot).row_count == 1)
    assert "city: Omsk" in shown(pilot)
    await pilot.press("f")
    await until(pilot, lambda: "Forms of words" in shown(pilot))
    await pilot.press("right", "ctrl+s")  # as they are written
    await until(pilot, lambda: "words as they are written" in shown(pilot))


async def test_sources_with_counts_lead_to_their_places(finding) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "n")
    await pilot.pause()
    assert "Places by source" in shown(pilot)
    await pilot.press(*"Oms", "enter")
    await until(pilot, lambda: table(pilot).cursor == 2)


async def test_similar_passages_explain_themselves_and_code_nothing(finding) -> None:
    pilot, app = finding, finding.app
    before = app.project.history.entries()
    await pilot.press("escape", "2")
    await pilot.pause()
    await pilot.press(*"Que", "enter")
    await until(pilot, lambda: table(pilot, "similar").row_count > 0)
    assert "The queue was short" in shown(pilot)
    assert "Enter looks, nothing is coded by itself" in shown(pilot)
    await pilot.press("enter")
    await on_screen(pilot, "coding")
    assert app.screen.source.card.title == "Omsk"
    assert app.project.history.entries() == before


async def test_frequent_words_are_counted_and_searched(finding) -> None:
    pilot = finding
    await pilot.press("escape", "3")
    await until(pilot, lambda: table(pilot, "words").row_count > 3)
    words = {table(pilot, "words").row_at(n).key for n in range(table(pilot, "words").row_count)}
    assert "очередь" in words
    assert "the" not in words
    await pilot.press("a")
    await until(pilot, lambda: "said by anyone" in shown(pilot))
    await pilot.press("t")
    await until(pilot, lambda: "every form by itself" in shown(pilot))
    found = table(pilot, "words")
    await until(pilot, lambda: found.find("очереди") is not None)
    found.cursor = found.find("очереди")
    await pilot.press("enter")
    await until(pilot, lambda: table(pilot).display and table(pilot).row_count == 1)
    assert pilot.app.screen.line.value == "=очереди"


async def test_a_search_is_kept_run_and_forgotten(finding) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "s")
    await pilot.pause()
    await pilot.press("ctrl+s")
    await until(pilot, lambda: "is kept" in told(pilot))
    await type_words(pilot, "coffee", 1)
    await pilot.press("l")
    await until(pilot, lambda: "Saved searches" in shown(pilot))
    await pilot.press("enter")
    await until(pilot, lambda: table(pilot).row_count == 3)
    assert pilot.app.screen.line.value == "queue"
    await pilot.press("x")
    await until(pilot, lambda: "Forget a saved search" in shown(pilot))
    await pilot.press("enter")
    await until(pilot, lambda: "is forgotten" in told(pilot))
    assert pilot.app.project.queries.saved() == []
    await pilot.press("u")
    await until(pilot, lambda: "Undone: saved query forgotten — queue" in told(pilot))
    assert [view.name for view in pilot.app.project.queries.saved()] == ["queue"]


async def test_places_fit_the_screen_although_it_changed_while_other_lists_were_shown(
    finding,
) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "3")
    await pilot.pause()
    await pilot.resize_terminal(120, 30)
    pilot.app.screen.search(again=True)
    await until(pilot, lambda: not pilot.app.screen._going)
    await pilot.press("1")
    await pilot.pause()
    lines = [line for line in shown(pilot).splitlines() if "ueue" in line]
    assert any(line.startswith(" Kazan · 2") and "Interviewer" not in line[:23] for line in lines)
    assert any("Queues everywhere. We waited for an" in line for line in lines), lines


async def test_the_last_search_comes_back(finding) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "escape")
    await on_screen(pilot, "project")
    await pilot.press("g", "f")
    await on_screen(pilot, "search")
    await until(pilot, lambda: table(pilot).row_count == 3)
    assert pilot.app.screen.line.value == "queue"


async def test_the_list_is_written_to_a_workbook(finding) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "e")
    await until(pilot, lambda: "Exported" in told(pilot))
    assert (pilot.app.project.folder / "exports" / "places.xlsx").stat().st_size > 1000


async def test_switching_the_language_keeps_what_was_found(finding) -> None:
    pilot = finding
    await type_words(pilot, "queue", 3)
    await pilot.press("enter", "f12")
    await until(pilot, lambda: table(pilot).row_count == 3)
    assert pilot.app.screen.line.value == "queue"
