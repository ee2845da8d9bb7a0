"""Texts that are hard to show: they are imported, shown and gone through, and positions stay right."""

from __future__ import annotations

import unicodedata

import pytest
from coding_project import CodingApp
from projects import shown
from rich.cells import cell_len

from workbench.models.drafts import CodeDraft, ProjectDraft
from workbench.services.workspace import Workspace
from workbench.text.graphemes import begins_letter

FAMILY = "👩\u200d👩\u200d👧"
TEXTS = {
    "right to left": "שלום עולם. زيارة البنك كانت سيئة. Вернулся через час.",
    "emoji": f"Отлично 👍🏽 вся {FAMILY} семья ❤\ufe0f и 🇷🇺🇬🇧 флаги 1\ufe0f\u20e3 раз.",
    "brackets": "[laughs] I said [b]no[/b] and [/x] left [link='a']. [[]] end.",
    "escapes": "Red \x1b[31mtext\x1b[0m, bell \x07 and \x1b]0;title\x07 gone. "
    + "Then only words. " * 20,
    "zero width": "co\u200boper\u200cate \u2060now\ufeff and \u00adsoft hyphens.",
    "NFD": unicodedata.normalize("NFD", "Ёжик пришёл в банк и спросил про мой займ."),
    "marks that do not compose": "о\u0301чень до\u0301лго жда\u0301ли, q\u0307\u0323 тоже.",
    "wide": "漢字かな交じり文。銀行で四十分待ちました。とても長い。",
    "Hindi": "हिन्दी में लिखा हुआ वाक्य। बैंक में बहुत देर लगी।",
}


@pytest.fixture
def opened(tmp_path):
    """Open a project with one text."""
    projects = []

    def open_text(text: str):
        path = tmp_path / "text.txt"
        path.write_bytes(text.encode("utf-8"))
        project = Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Hard"))
        projects.append(project)
        project.sources.add(path)
        project.codebook.add(CodeDraft(name="Code"))
        return project

    yield open_text
    for project in projects:
        project.close()


def check_rows(app):
    view = app.coding.view
    width = view.scrollable_content_region.width
    assert {cell_len(row) for row in app.rows()} == {width}
    assert "\x1b" not in "".join(app.rows())


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_a_hard_text_is_gone_through_letter_by_letter_and_coded(opened, text, size):
    project = opened(text)
    app = CodingApp(project)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.coding.view
        stored = project.sources.source(app.coding.source.id).text
        assert stored == app.coding.source.stored
        assert unicodedata.is_normalized("NFC", stored)
        assert len(app.coding.source.text) == len(stored)
        places = [n for n in range(len(stored) + 1) if begins_letter(stored, n)]
        seen = [view.caret.offset]
        for _letter in range(len(places) - 1):
            await pilot.press("right")
            seen.append(view.caret.offset)
        assert seen == places
        check_rows(app)
        await pilot.press("ctrl+home", "shift+down", "ctrl+shift+right", "shift+left")
        check_rows(app)
        selection = view.selection
        assert begins_letter(stored, selection.start)
        assert begins_letter(stored, selection.end)
        await pilot.press("c", "down", "enter")
        await pilot.pause()
        coding = project.coding.codings(app.coding.source.id)[0]
        assert coding.text == stored[selection.start : selection.end].strip()
        check_rows(app)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_the_mouse_never_cuts_a_letter(opened, text):
    project = opened(text)
    app = CodingApp(project)
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        view = app.coding.view
        stored = app.coding.source.stored
        for cell in range(view._wrapped.width):
            x = view._left.width + cell
            view.go(view._place(x, 0))
            assert begins_letter(stored, view.caret.offset)
            view.go(view._place(x + 7, 1), select=True)
            assert begins_letter(stored, view.caret.offset)
            check_rows(app)


async def test_what_is_shown_keeps_its_width_in_every_terminal(opened):
    app = CodingApp(opened(TEXTS["emoji"]))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        shown = " ".join("".join(app.rows()).split())
        assert "RUGB флаги" in shown, "a flag is its letters"
        assert "👍· вся 👩·👩·👧 семья" in shown
        assert "\ufe0f" not in shown
        view = app.coding.view
        view.go(view.source.stored.index(FAMILY))
        await pilot.press("shift+right")
        assert view.source.stored[view.selection.start : view.selection.end] == FAMILY


@pytest.mark.parametrize("word", ["слово ", "слово", "x"])
async def test_one_line_of_half_a_million_letters(opened, word):
    text = (word * (500_000 // len(word) + 1))[:500_000].strip()
    project = opened(text)
    app = CodingApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = app.coding.view
        assert view.source.text.replace("\n", "").replace(" ", "") == text.replace(" ", "")
        for keys in (["ctrl+end"], ["pageup"], ["w"], ["s"], ["t"], ["escape"], ["ctrl+home"]):
            await pilot.press(*keys)
            check_rows(app)
        assert " at 0 % · " in shown(pilot)
        await pilot.press("t")
        assert len(view.selection) == len(view.source.text)
        assert " at 100 % · " in shown(pilot), "where one is, though there are no turns to count"
        await pilot.press("escape", "ctrl+end", "ctrl+left", "shift+right", "c", "down", "enter")
        await pilot.pause()
        coding = project.coding.codings(view.source.id)[0]
        assert coding.text == view.source.text[coding.start : coding.end]
        assert len(coding.text) == 1


async def test_a_recording_without_words_says_so(tmp_path):
    from projects import write_wav

    path = write_wav(tmp_path / "talk.wav")
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Hard")) as project:
        card = project.sources.add(path)[0]
        app = CodingApp(project, source=card.id)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            guide = app.coding.query_one("#guide")
            assert guide.display
            assert "“talk” has no words yet" in guide.render().plain
            for key in ("c", "1", "r", "v", "n", "d", "i", "y", "z", "s", "m", "x", "slash", "tab"):
                await pilot.press(key)
                await pilot.press("escape")
            assert app.is_running


async def test_words_are_found_and_chosen_over_what_is_not_seen(opened):
    project = opened(TEXTS["zero width"])
    app = CodingApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"cooperate")
        await pilot.pause()
        view = app.coding.view
        assert [hit.of(view.source.stored) for hit in view.hits] == ["co\u200boper\u200cate"]
        await pilot.press("enter")
        await pilot.pause()
        assert view.selection == view.hits[0]
        await pilot.press("escape", "ctrl+home", "w")
        assert view.selection.of(view.source.stored) == "co\u200boper\u200cate"


async def test_while_words_are_typed_that_are_not_there_it_is_said(opened):
    project = opened(TEXTS["brackets"])
    app = CodingApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"nowhere")
        await pilot.pause()
        assert "/ nowhere: no place" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "/ nowhere" not in shown(pilot)


async def test_words_with_what_is_not_seen_become_a_code_named_without_it(opened):
    project = opened("We ba\u00adnked on it. Yes / no.")
    app = CodingApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+home", "w", "w", "v")
        await pilot.press("escape", "ctrl+end", "s", "v")
        await pilot.pause()
        names = {coding.code for coding in project.coding.codings(app.coding.source.id)}
        assert names == {"We banked", "Yes/no"}
