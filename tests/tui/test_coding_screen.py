"""The coding screen on a real project: reading, selecting, coding, taking back."""

from __future__ import annotations

import pytest
from coding_project import CodingApp
from demo_screen import picture
from rich.cells import cell_len
from textual.widgets import Input, TextArea

from workbench.i18n import language
from workbench.models.drafts import CodeDraft, CodingDraft, ProjectDraft
from workbench.services.workspace import Workspace
from workbench.tui.coding.commands import CODING_COMMANDS
from workbench.tui.dialogs.goto import GoTo
from workbench.tui.dialogs.memo import MemoDialog
from workbench.tui.dialogs.pick import PickDialog
from workbench.tui.dialogs.pick_code import PickCodes
from workbench.tui.dialogs.quotes import QuoteList
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.shell import KeyLine, TopLine

SIZE = (120, 30)


@pytest.fixture
def app(project):
    return CodingApp(project)


def go(app, words: str, *, behind: bool = False) -> None:
    """Put the cursor on words."""
    view = app.coding.view
    view.go(view.source.text.index(words) + (len(words) if behind else 0))


def line(app, kind) -> str:
    return app.coding.query_one(kind).render().plain


async def test_it_shows_turns_times_margin_codebook_and_where_one_stands(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert rows[0].startswith(" 00:12:02  I ")
        assert rows[1].startswith(" 00:12:08  R07  Frankly, annoyed.")
        assert "┃" in rows[1]
        assert "▲ Different" in rows[1]
        codebook = [row.cells[1].plain for row in app.coding.code_tree.rows(0, 9)]
        assert codebook[0] == "● Waiting"
        assert codebook[1].startswith("  ▲ Queue")
        assert codebook[2].startswith("▲ Diff")
        go(app, "deceiving")
        await pilot.pause()
        top = line(app, TopLine)
        assert "Interview 03" in top
        assert "2/6" in top
        assert "R07" in top
        assert "% coded" in top
        said = line(app, QuoteLine)
        assert "▲ Different answers" in said
        assert "● Waiting" in said


async def test_a_long_top_line_leaves_out_what_the_text_shows_and_cuts_nothing(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "deceiving")
        app.set_note("◐ transcribing 43 %, 6 min")
        await pilot.pause()
        top = line(app, TopLine)
        assert top.endswith("  ◐ transcribing 43 %, 6 min · 00:12:18 · 18 % coded")


async def test_hostile_text_is_shown_as_it_was_said_and_nothing_controls_the_terminal(app):
    async with app.run_test(size=(160, 40)) as pilot:
        await pilot.pause()
        shown = "".join(app.rows())
        assert "[laughs] told me at once [/x]" in shown
        assert "\u200b" not in shown
        assert "papers·" in shown
        tree = app.coding.code_tree
        labels = [row.cells[1].plain for row in tree.rows(0, 9)]
        assert "▲ Очередь [b]на[/x] входе" in labels
        go(app, "[laughs]")
        await pilot.press("w", "w", "c", *"[b]", "enter")
        await pilot.pause()
        assert app.codings()[2][1] == "Очередь [b]на[/x] входе"
        assert "Очередь" in line(app, QuoteLine)


async def test_keys_select_words_sentences_turns_and_again_one_more(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "thought")
        await pilot.press("w")
        assert app.selected() == "thought"
        await pilot.press("w")
        assert app.selected() == "thought they"
        await pilot.press("W")
        assert app.selected() == "I thought they"
        await pilot.press("s")
        assert app.selected() == "I thought they were deceiving me."
        await pilot.press("s")
        assert app.selected().endswith("me. After that we went to another bank.")
        await pilot.press("t")
        assert app.selected().startswith("Frankly")
        await pilot.press("t")
        assert app.selected().endswith("And there?")
        await pilot.press("escape")
        assert app.selected() == ""
        await pilot.press("shift+right", "shift+right")
        assert app.selected() == "Fr"
        await pilot.press("ctrl+shift+right")
        assert app.selected() == "Frankly"
        await pilot.press(*["shift+down"] * 3)
        assert "\n" in app.selected()


async def test_the_mouse_selects_by_dragging_and_by_clicks(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        view = app.coding.view
        left = view._left.width
        await pilot.click(view, offset=(left + 10, 1), times=2)
        assert app.selected() == "annoyed"
        await pilot.click(view, offset=(left + 20, 1), times=3)
        assert app.selected() == "I thought they were deceiving me."
        await pilot.mouse_down(view, offset=(left, 1))
        await pilot.hover(view, offset=(left + 7, 1))
        await pilot.mouse_up(view, offset=(left + 7, 1))
        assert app.selected() == "Frankly"
        await pilot.click(view, offset=(3, 1))
        assert app.selected().startswith("Frankly, annoyed.")
        assert app.selected().endswith("another bank.")
        column = app.rows()[1].index("▲")
        await pilot.click(view, offset=(column + 3, 1))
        assert app.selected() == ""
        assert view.codings_here[0].code == "Different answers"


async def test_the_picker_finds_a_code_and_the_margin_shows_it_at_once(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        await pilot.press("s", "c")
        assert isinstance(app.screen, PickCodes)
        await pilot.press(*"queue", "enter")
        await pilot.pause()
        assert app.codings()[-1][:2] == (
            "Forty minutes in the queue, although I had an appointment at eleven.",
            "Queue in spite of an appointment",
        )
        assert app.selected() == ""
        assert any("▲ Queue" in row for row in app.rows())
        counts = {
            row.cells[1].plain.strip(): row.cells[2] for row in app.coding.code_tree.rows(0, 9)
        }
        assert next(count for name, count in counts.items() if "Queue" in name) == "1"


async def test_the_picker_understands_the_wrong_keyboard_layout(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        await pilot.press("c", *"jxthtlm", "enter")
        assert app.codings()[-1][1].startswith("Очередь")


@pytest.mark.parametrize(
    ("typed", "tabs", "name", "kind", "parent"),
    [
        ("Nobody calls back", 1, "Nobody calls back", "barrier", None),
        ("Waiting / Hold line", 1, "Hold line", "theme", "Waiting"),
        ("Одно окно", 3, "Одно окно", "need", None),
    ],
)
async def test_a_name_that_is_not_there_becomes_a_code(app, typed, tabs, name, kind, parent):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        await pilot.press("c")
        app.screen.query_one(Input).value = typed
        await pilot.pause()
        await pilot.press(*["tab"] * tabs, "enter")
        await pilot.pause()
        made = app.project.codebook.code(name)
        assert made.kind == kind
        assert made.path == (f"{parent} / {name}" if parent else name)
        assert app.codings()[-1][1] == name
        shown = [row.cells[1].plain.strip() for row in app.coding.code_tree.rows(0, 99)]
        assert any(name in label for label in shown)


async def test_leaving_the_picker_changes_nothing(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        before = app.codings()
        await pilot.press("enter")
        assert isinstance(app.screen, PickCodes)
        assert app.selected().startswith("Forty"), "what would be coded is to be seen"
        await pilot.press("escape")
        assert app.selected() == ""
        assert app.codings() == before


async def test_digits_put_recent_codes_on_and_keep_their_code(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        recent = [app.coding.source.codes[code].name for code in app.coding.source.recent]
        assert recent == ["Waiting", "Different answers"]
        go(app, "Forty")
        await pilot.press("2")
        assert app.codings()[-1][1] == "Different answers"
        await pilot.press("1")
        assert app.codings()[-1][1] == "Waiting", "2 was used last, 1 is still Waiting"
        go(app, "Nobody")
        await pilot.press("s", "r")
        assert ("Nobody called three times.", "Waiting", "supports", None) in app.codings()
        await pilot.press("7")
        assert "7" in app.notes()[-1]
        before = app.codings()
        await pilot.press("r")
        assert app.codings() == before
        assert "already" in app.notes()[-1]


async def test_undo_and_redo_redraw_and_say_what_they_did(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        before = app.codings()
        go(app, "Forty")
        await pilot.press("s", "1")
        await pilot.pause()
        with_stripe = app.rows()
        await pilot.press("u")
        await pilot.pause()
        assert app.codings() == before
        assert not any("Forty" in row and "┃" in row for row in app.rows())
        assert "Undone: code applied" in app.notes()[-1]
        assert "Forty minutes" in app.notes()[-1]
        await pilot.press("U")
        await pilot.pause()
        assert len(app.codings()) == len(before) + 1
        assert [r for r in app.rows() if "Forty" in r] == [r for r in with_stripe if "Forty" in r]
        assert "Done again" in app.notes()[-1]
        await pilot.press("ctrl+r")
        assert "nothing to redo" in app.notes()[-1]


async def test_stance_emotion_memo_and_favourite_of_the_quote_at_the_cursor(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Frankly")
        await pilot.press("a", "minus", "minus", "minus", "f")
        assert app.codings()[0][2:] == ("contradicts", -2)
        await pilot.pause()
        assert "↓ −2 ★" in line(app, QuoteLine)
        assert "▲↓★" in app.rows()[1]
        await pilot.press("plus", "a")
        assert app.codings()[0][2:] == ("supports", -1)
        await pilot.press("m")
        assert isinstance(app.screen, MemoDialog)
        app.screen.query_one(TextArea).text = "Проверить скрипт"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "memo: Проверить скрипт" in line(app, QuoteLine)
        go(app, "And there")
        await pilot.press("a")
        assert "No code here" in app.notes()[-1]


async def test_where_codes_meet_one_is_chosen(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "deceiving")
        await pilot.pause()
        assert "▸● Waiting" in line(app, QuoteLine), "the closest quote first"
        await pilot.press("k", "plus")
        changed = {code: emotion for _text, code, _stance, emotion in app.codings()}
        assert changed == {"Different answers": 1, "Waiting": None}
        await pilot.press("x")
        assert isinstance(app.screen, PickDialog)
        await pilot.press(*"wait", "enter")
        await pilot.pause()
        assert [code for _text, code, *_rest in app.codings()] == ["Different answers"]
        await pilot.press("x")
        assert app.codings() == []


async def test_the_words_themselves_become_a_code(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        await pilot.press("w", "w", "v")
        assert app.codings()[-1][:2] == ("Forty minutes", "Forty minutes")
        go(app, "Frankly")
        await pilot.press("t", "v")
        assert "cannot be the name" in app.notes()[-1]


async def test_n_goes_to_words_that_nothing_covers(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        view = app.coding.view
        text = view.source.text
        view.go(0)
        await pilot.press("n")
        assert text[view.caret.offset :].startswith("The girl"), "questions are passed over"
        await pilot.press("n")
        assert text[view.caret.offset :].startswith("Forty")
        await pilot.press("n")
        assert text[view.caret.offset :].startswith("The girl")
        assert "beginning" in app.notes()[-1]
        await pilot.press("j")
        assert "No further quote" in app.notes()[-1]
        await pilot.press("J")
        assert view.codings_here[0].code == "Waiting"


async def test_a_notification_is_seen_once_also_over_a_dialog(app):
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        app.tell("Told once.")
        await pilot.press("c")
        await pilot.pause()
        assert picture(app).count("Told once.") == 1
        await pilot.press("escape")
        await pilot.pause()
        assert picture(app).count("Told once.") == 1


async def test_enter_searches_by_the_query_what_was_typed_by_its_letters(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        view = app.coding.view
        text = app.coding.source.text
        await pilot.press("slash", *"going")
        await pilot.pause()
        typed = [hit.of(text) for hit in view.hits]
        await pilot.press("enter")
        await pilot.pause()
        meant = [hit.of(text) for hit in view.hits]
        assert typed == []
        assert meant == ["went"]
        assert app.selected() == "went"


async def test_search_marks_all_hits_and_walks_through_them(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        view = app.coding.view
        await pilot.press("slash", *"ЕЩЕ", "enter")
        await pilot.pause()
        assert app.selected() == "ещё"
        assert "1 of 1" in line(app, QuoteLine)
        await pilot.press("escape")
        assert view.hits == ()
        view.go(0)
        await pilot.press("slash", *"that", "enter")
        await pilot.pause()
        assert len(view.hits) == 2
        first = view.selection
        assert "Next found" in line(app, KeyLine)
        await pilot.press("n")
        assert view.selection != first
        await pilot.press("N")
        assert view.selection == first
        await pilot.press("c", *"clear", "enter")
        assert ("that", "Clear terms", "supports", None) in app.codings()
        await pilot.press("escape")
        await pilot.press("ctrl+f", *"zzz", "enter")
        assert "not in the text" in app.notes()[-1]


async def test_every_key_works_on_a_russian_keyboard_layout(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Forty")
        await pilot.press("ы", "с")  # s, c
        assert isinstance(app.screen, PickCodes)
        await pilot.press(*"одно окно", "enter")
        await pilot.pause()
        assert app.codings()[-1][1] == "одно окно", "in the picker Cyrillic is typed"
        await pilot.press("г")  # u
        assert len(app.codings()) == 2
        await pilot.press("Г")  # U
        assert len(app.codings()) == 3
        await pilot.press("ч")  # x
        assert len(app.codings()) == 2


async def test_the_list_of_quotes_goes_to_a_quote_here_and_in_other_sources(app, project):
    second = project.sources.source("Interview 04")
    project.coding.apply(
        CodingDraft(source=second.card.id, start=0, end=9, code="Different answers")
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("q")
        assert isinstance(app.screen, QuoteList)
        table = app.screen.query_one(RowTable)
        assert table.row_count == 2
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.coding.view.codings_here[0].code in ("Waiting", "Different answers")
        assert app.coding.source.text[app.coding.view.caret.offset :].startswith("deceiving")
        await pilot.press("tab", "down", "down", "q")
        assert isinstance(app.screen, QuoteList)
        await pilot.press("end", "enter")
        await pilot.pause()
        assert app.coding.source.card.title == "Interview 04"
        assert app.coding.view.caret.offset == 0


async def test_the_codebook_applies_folds_and_filters(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        tree = app.coding.code_tree
        go(app, "Forty")
        await pilot.press("s", "tab")
        assert tree.has_focus
        await pilot.press("end", "enter")
        assert app.codings()[-1][1] == "Clear terms"
        assert app.coding.view.has_focus
        await pilot.press("tab", "home", "left")
        assert tree.row_count == 4
        await pilot.press("right")
        assert tree.row_count == 5
        await pilot.press("slash", *"clear")
        await pilot.pause()
        assert tree.code.name == "Clear terms"
        await pilot.press("escape")
        assert tree.row_count == 5
        assert app.coding.view.has_focus


@pytest.mark.parametrize("speech", ["en", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 48), (60, 20)])
async def test_nothing_is_cut_at_any_size(project, size, speech):
    app = CodingApp(project, language=speech)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.coding.view
        width = view.scrollable_content_region.width
        go(app, "deceiving")
        for keys in ([], ["s"], ["shift+down"]):
            await pilot.press(*keys)
            await pilot.pause()
            assert {cell_len(row) for row in app.rows()} == {width}
        words = " ".join(app.rows()).split()
        said = view.source.text.split()
        for word in said if size[0] > 60 else said[:20]:  # the rest is below on a tiny screen
            assert word in words, "every word in sight is whole"
        assert view.region.bottom <= size[1]
        for row in app.coding.query_one(QuoteLine).render().plain.split("\n"):
            assert cell_len(row) <= size[0] - 2
        narrow = size[0] < 100
        assert app.coding.query_one("#codebook").display is not narrow
        await pilot.press("tab")
        assert app.coding.query_one("#codebook").display
        assert app.coding.code_tree.has_focus
        assert view.scrollable_content_region.width == width, "no word moves for the codebook"


async def test_the_language_switches_live_and_the_place_stays(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        go(app, "Nobody")
        await pilot.press("s", "f12")
        await pilot.pause()
        assert language() == "ru"
        assert app.selected() == "Nobody called three times."
        await pilot.press("2")
        assert app.codings()[-1][:2] == ("Nobody called three times.", "Different answers")
        await pilot.press("f12")


async def test_reopening_stands_where_one_stood(project):
    app = CodingApp(project)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.coding.open_text("Interview 04")
        go(app, "called")
        await pilot.press("tab", "left", "b")
        await pilot.pause()
        place = app.coding.view.caret.offset
    again = CodingApp(project)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert again.coding.source.card.title == "Interview 04"
        assert again.coding.view.caret.offset == place
        assert not again.coding.query_one("#codebook").display
        assert again.coding.code_tree.folded


async def test_what_others_change_is_shown(app, project):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        source = app.coding.source
        start = source.text.index("Forty")
        project.coding.apply(
            CodingDraft(source=source.id, start=start, end=start + 13, code="Clear terms")
        )
        project.codebook.add(CodeDraft(name="New from elsewhere"))
        await pilot.pause()
        assert any("Forty" in row and "+ Clear terms" in row for row in app.rows())
        names = [row.cells[1].plain for row in app.coding.code_tree.rows(0, 99)]
        assert any("New from" in name for name in names)
        project.sources.remove("Interview 03")
        await pilot.pause()
        assert app.coding.source.card.title == "Interview 04"


async def test_who_may_only_read_is_told_who_writes(project):
    reader = Workspace(project.folder.parent, coder="Boris").open(project.slug, or_read=True)
    app = CodingApp(reader)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            go(app, "Forty")
            before = app.codings()
            for keys in (["c"], ["s", "1"], ["u"], ["x"]):
                await pilot.press(*keys)
                assert app.screen is app.coding
                assert "reading" in app.notes()[-1].lower()
            assert app.codings() == before
            assert "reading only" in line(app, TopLine)
    finally:
        reader.close()


async def test_an_empty_project_says_what_belongs_here(tmp_path):
    with Workspace(tmp_path / "w", coder="Anna").create(ProjectDraft(title="Empty")) as empty:
        app = CodingApp(empty)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert app.coding.query_one("#guide").display
            for key in ("c", "1", "r", "v", "n", "s", "m", "x", "slash", "q", "u", "tab", "j"):
                await pilot.press(key)
            assert app.screen is app.coding
            assert app.is_running


def test_every_command_is_done_by_a_method_and_keys_are_latin():
    for command in CODING_COMMANDS:
        assert callable(getattr(CodingScreen, f"action_{command.action}"))
        assert command.keys.isascii()


async def test_a_screen_without_a_text_leaves_the_letters_to_the_commands(tmp_path):
    with Workspace(tmp_path, coder="Anna").create(ProjectDraft(title="Empty")) as empty:
        app = CodingApp(empty)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            assert app.focused is None
            await pilot.press("g")
            await pilot.pause()
            assert isinstance(app.screen, GoTo)
