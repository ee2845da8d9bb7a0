"""The shell: commands everywhere, two languages, troubles, going back."""

from __future__ import annotations

import pytest
from demo_screen import DemoApp, DemoScreen, picture
from rich.cells import cell_len
from textual.widgets import Input, OptionList
from textual.widgets._toast import Toast, ToastHolder

from workbench import locations
from workbench.i18n import language, set_language
from workbench.tui.commands import GLOBAL_COMMANDS, Command, Registry, fitting, footer_width
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.goto import GoTo
from workbench.tui.dialogs.help import HelpDialog
from workbench.tui.dialogs.palette import Palette
from workbench.tui.registry import SCREENS
from workbench.tui.screens.settings import SettingsScreen
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.shell import KeyLine, TopLine


def line_text(screen, kind) -> str:
    return screen.query_one(kind).render().plain


def notes(app) -> list[str]:
    return [note.message for note in app._notifications]


async def test_a_sentence_said_again_is_shown_once(app):
    async with app.run_test(size=(120, 24), notifications=True) as pilot:
        await pilot.pause()
        for _again in range(2):
            for text in ("One text is open.", "Something else.", "One text is open."):
                app.tell(text)
                await pilot.pause()
        await pilot.pause()
        assert notes(app) == ["Something else.", "One text is open."], "the newest is the lowest"
        toasts = [toast.render().plain for toast in app.screen.query(Toast)]
        assert toasts == notes(app)
        assert len(app.screen.query(ToastHolder)) == len(toasts), "nothing empty is left in the way"
        app.tell("One text is open.", severe=True)
        await pilot.pause()
        assert len(notes(app)) == 3, "a trouble is not the same as a piece of news"


async def test_the_footer_speaks_the_language_in_force_and_switches_live(app):
    async with app.run_test(size=(120, 24)) as pilot:
        app.demo.query_one(RowTable).focus()
        await pilot.pause()
        assert "Add a thing" in line_text(app.demo, KeyLine)
        await pilot.press("f12")
        assert language() == "ru"
        app.demo.query_one(RowTable).focus()
        await pilot.pause()
        assert "Добавить вещь" in line_text(app.demo, KeyLine)
        assert "Справка" in line_text(app.demo, KeyLine)
        assert "RU" in line_text(app.demo, TopLine)
        bindings = app.screen.active_bindings
        assert bindings["c"].binding.description == "Добавить вещь"
        assert app.demo.filled == 2, "the rebuilt body is filled again"
        await pilot.press("f12")
        app.demo.query_one(RowTable).focus()
        await pilot.pause()
        assert "Add a thing" in line_text(app.demo, KeyLine)
    assert 'language = "en"' in locations.settings_file().read_text(encoding="utf-8")


@pytest.mark.parametrize("speech", ["en", "ru"])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
async def test_the_footer_is_never_cut_within_a_word(speech, width):
    app = DemoApp()
    async with app.run_test(size=(width, 24)) as pilot:
        set_language(speech)
        await app.demo.refresh_language()
        await pilot.pause()
        line = app.demo.query_one(KeyLine)
        shown = line.shown()
        assert 1 <= len(shown) <= 8
        assert shown[-1].id == "app.help"
        text = line.render().plain.rstrip()
        assert cell_len(text) <= width - 2
        assert text.endswith(shown[-1].shown_label())
        for command in shown:
            assert f"{command.key_shown} {command.shown_label()}" in text


def test_commands_that_do_not_fit_are_left_out_whole():
    commands = [Command(f"x.a{n}", "a", "A" * 20) for n in range(9)] + [*GLOBAL_COMMANDS]
    chosen = fitting(commands, 60)
    assert sum(footer_width(c) for c in chosen) <= 60
    assert [c.id for c in chosen][-1] == "app.help"


@pytest.mark.parametrize("typed", ["transcr", "расшифр", "recordings", "записи"])
@pytest.mark.parametrize("speech", ["en", "ru"])
async def test_the_palette_finds_commands_by_words_of_both_languages(app, typed, speech):
    async with app.run_test() as pilot:
        set_language(speech)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        app.screen.query_one(Input).value = typed
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.demo.done == ["transcribe"]


async def test_the_palette_hides_what_makes_no_sense_now(app):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = "hidden"
        await pilot.pause()
        shown = [str(o.prompt) for o in app.screen.query_one(OptionList).options]
        assert not any(text.startswith("Hidden") for text in shown)


async def test_an_unavailable_command_has_no_key(app):
    async with app.run_test() as pilot:
        app.demo.query_one(RowTable).focus()
        await pilot.press("h")
        assert app.demo.done == []
        assert "h" not in app.screen.active_bindings


async def test_the_palette_goes_to_screens(app):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        app.screen.query_one(Input).value = "Настройки"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)


async def test_go_to_one_letter_and_escape_back(app):
    async with app.run_test() as pilot:
        app.demo.query_one(RowTable).focus()
        await pilot.press("п")  # g on a Russian layout
        assert isinstance(app.screen, GoTo)
        await pilot.press("у")  # e
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        assert "Settings" in line_text(app.screen, TopLine)
        filled = app.demo.filled
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DemoScreen)
        assert app.demo.filled == filled + 1, "what may have changed is shown anew"
        await pilot.press("escape")
        assert isinstance(app.screen, DemoScreen), "the first screen stays"


async def test_go_to_a_screen_below_returns_to_it(app):
    async with app.run_test() as pilot:
        app.open_screen("settings")
        await pilot.pause()
        first = app.screen
        await app.push_screen(DemoScreen())
        app.open_screen("settings")
        await pilot.pause()
        assert app.screen is first
        assert len(app.screen_stack) == 3  # Textual's blank one, the demo, the settings


async def test_help_explains_the_focused_widget_and_lists_the_commands(app):
    async with app.run_test() as pilot:
        app.demo.query_one(RowTable).focus()
        await pilot.press("f1")
        assert isinstance(app.screen, HelpDialog)
        shown = " ".join(str(widget.render()) for widget in app.screen.query("Static"))
        assert "A list." in shown
        assert "A screen to try things on." in shown
        assert "Adds one thing to the list." in shown
        await pilot.press("escape")
        assert isinstance(app.screen, DemoScreen)


async def test_a_click_on_the_footer_does_the_command(app):
    async with app.run_test() as pilot:
        app.demo.query_one(RowTable).focus()
        await pilot.pause()
        await pilot.click(KeyLine, offset=(4, 0))
        assert app.demo.done == ["add"]


async def test_a_trouble_in_a_command_is_a_notification(app):
    async with app.run_test() as pilot:
        app.demo.query_one(RowTable).focus()
        await pilot.press("x", "c")
        assert notes(app) == ["The file a[/b].txt is not text. Choose another."]
        assert app.demo.done == ["add"], "the screen goes on"


async def test_a_trouble_in_a_message_handler_does_not_end_the_screen(app):
    async with app.run_test() as pilot:
        table = app.demo.query_one(RowTable)
        table.focus()
        table.cursor = 3
        await pilot.press("enter")
        await pilot.pause()
        assert len(notes(app)) == 1
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.demo.done == ["opened 4"]


async def test_an_unexpected_error_is_logged_without_content(app):
    from workbench.tui.compat import UnexpectedError

    async def crash() -> None:
        async with app.run_test() as pilot:
            app.demo.call_later(app.demo.action_run_command, "demo.crash")
            await pilot.pause()

    with pytest.raises(UnexpectedError) as raised:
        await crash()
    log = (locations.state_folder() / "errors.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "action_crash" in log
    assert "secret" not in log
    shown = str(raised.value.__rich__())
    assert "secret" not in shown
    assert "errors.log" in shown


async def test_long_work_gives_its_result_and_its_troubles(app):
    async with app.run_test() as pilot:
        results = []
        app.demo.run_in_thread(lambda: 42, results.append)
        await app.workers.wait_for_complete()
        assert results == [42]
        app.demo.run_in_thread(app.demo.action_trouble)
        await app.workers.wait_for_complete()
        assert len(notes(app)) == 1
        app.demo.run_in_thread(app.demo.action_crash)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(notes(app)) == 2
        assert "secret" not in notes(app)[1]
        await pilot.press("escape")
        assert isinstance(app.screen, DemoScreen)


@pytest.mark.parametrize("theme", ["light", "dark", "ansi"])
async def test_hostile_words_are_shown_and_harmless_in_every_theme(theme):
    app = DemoApp(theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = picture(app)
        assert "[laughs] [/x] ␛[31m· смех [bold red] 0" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        app.tell("[/x] \x1b[2J")
        await pilot.pause()
        assert notes(app) == ["[/x] ␛[2J"]


async def test_no_colour_is_honoured(monkeypatch):
    def colours(app) -> set[tuple[int, int, int]]:
        styles = [part.style for strip in app.screen._compositor.render_strips() for part in strip]
        found = [colour for style in styles if style for colour in (style.color, style.bgcolor)]
        return {tuple(colour.triplet) for colour in found if colour and colour.triplet}

    async with (coloured := DemoApp()).run_test():
        assert any(len(set(colour)) > 1 for colour in colours(coloured))
    monkeypatch.setenv("NO_COLOR", "1")
    async with (grey := DemoApp()).run_test():
        assert all(len(set(colour)) == 1 for colour in colours(grey))


async def test_a_question_with_brackets_and_the_safe_answer(app):
    async with app.run_test() as pilot:
        answers = []
        app.push_screen(Confirm("Delete [/x] [laughs]?"), answers.append)
        await pilot.pause()
        assert "[laughs]" in picture(app)
        await pilot.press("enter")
        app.push_screen(Confirm("Delete?"), answers.append)
        await pilot.pause()
        await pilot.press("н")  # y on a Russian layout
        app.push_screen(Confirm("Delete?"), answers.append)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert answers == [False, True, False]


def test_two_commands_cannot_share_an_id():
    registry = Registry()
    registry.add([Command("x.do", "d", "Do")])
    registry.add([Command("x.do", "d", "Do")])
    with pytest.raises(ValueError, match=r"x\.do"):
        registry.add([Command("x.do", "e", "Do")])
    with pytest.raises(ValueError, match="nothing"):
        registry.add([Command("nothing", "e", "Do")])


def test_no_two_screens_share_a_letter():
    letters = [entry.letter for entry in SCREENS.values() if entry.letter]
    assert len(set(letters)) == len(letters)
    assert all(letter.isascii() and letter.isalpha() for letter in letters)


async def test_remembered_state_survives_a_damaged_file():
    from workbench.tui.state import UiState

    state = UiState()
    state.remember("projects", "bank", "source", value="s1")
    state.save()
    assert UiState().recall("projects", "bank", "source") == "s1"
    assert UiState().recall("projects", "bank", "scroll", default=0) == 0
    assert UiState().recall("projects", "bank", "source", default=0) == 0, "another type is damage"
    (locations.state_folder() / "interface.json").write_text("{broken", encoding="utf-8")
    assert UiState().recall("projects") is None


async def test_the_key_line_names_only_keys_that_work_while_one_types(app):
    async with app.run_test(size=(100, 24)) as pilot:
        app.demo.query_one(Input).focus()
        await pilot.pause()
        typing = line_text(app.demo, KeyLine)
        assert "c Add" not in typing
        assert "? Help" not in typing
        assert "F1 Help" in typing
        app.demo.query_one(RowTable).focus()
        await pilot.pause()
        assert "c Add" in line_text(app.demo, KeyLine)
        assert "? Help" in line_text(app.demo, KeyLine)


async def test_what_changes_is_seen_through_two_dialogs(app):
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        bottom = app.screen
        app.push_screen(Confirm("First?"))
        await pilot.pause()
        app.push_screen(Confirm("Second?"))
        await pilot.pause()
        bottom.query_one(TopLine).status = "another status"
        await pilot.pause()
        await pilot.pause()
        assert "another status" in picture(app)


async def test_a_dialog_answers_once(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before, answers = list(app.screen_stack), []
        dialog = Confirm("Sure?")
        app.push_screen(dialog, answers.append)
        await pilot.pause()
        for _key in range(3):  # all of them were on their way before it had left
            dialog.dismiss(True)
        await pilot.pause()
        assert answers == [True]
        assert app.screen_stack == before
