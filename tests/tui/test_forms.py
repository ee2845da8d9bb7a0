"""Forms, picking, files, settings: by keyboard, with what is wrong said where it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from demo_screen import DemoApp, picture
from pydantic import BaseModel
from pydantic import Field as PydanticField
from textual.widgets import Input, OptionList

from workbench import locations
from workbench.errors import InputError
from workbench.i18n import N_, language
from workbench.settings import Settings
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.dialogs.pick import Choice, NewName, PickDialog
from workbench.tui.widgets.fields import ChoiceEditor, Field, FieldRow
from workbench.tui.widgets.press import Press
from workbench.tui.widgets.progress import progress_text

FIELDS = [
    Field("title", N_("Title"), required=True),
    Field("people", N_("People"), "int"),
    Field("due", N_("Due date"), "date"),
    Field("kind", N_("Kind"), "choice", "b", choices=(("a", "First"), ("b", "Second"))),
    Field("open", N_("Open"), "bool", True),
    Field("memo", N_("Memo"), "multiline", "[laughs] [/x]"),
]


class Draft(BaseModel):
    title: str = PydanticField(max_length=5)
    people: int | None = PydanticField(ge=1)


def row(app, name) -> FieldRow:
    return app.screen.query_one(f"#field-{name}", FieldRow)


async def opened_form(app, pilot, answers, **options) -> None:
    app.push_screen(DraftForm("A thing [x]", FIELDS, **options), answers.append)
    await pilot.pause()


async def test_a_form_answers_values_of_their_kinds(app):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        await opened_form(app, pilot, answers)
        assert "[laughs] [/x]" in picture(app)
        assert "A thing [x]" in picture(app)
        await pilot.press(
            *"Банк", "enter", *"12", "tab", *"31.05.2026", "down", "left", "tab", "space"
        )
        await pilot.press("ctrl+ы")  # ctrl+s on a Russian layout
        await pilot.pause()
        assert answers == [
            {
                "title": "Банк",
                "people": 12,
                "due": date(2026, 5, 31),
                "kind": "a",
                "open": False,
                "memo": "[laughs] [/x]",
            }
        ]


async def test_without_colour_the_focused_choice_and_button_stand_out(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = DemoApp()
    app.theme = "ansi"

    def standing_out() -> str:
        strips = app.screen._compositor.render_strips()
        parts = [s.text for strip in strips for s in strip if s.style and s.style.reverse]
        return "".join(parts).strip()

    async with app.run_test(size=(80, 24)) as pilot:
        await opened_form(app, pilot, [])
        row(app, "kind").editor.focus()
        await pilot.pause()
        assert standing_out() == "‹ Second ›"
        app.screen.query(Press).last().focus()
        await pilot.pause()
        assert standing_out() == "[ Save ]"


async def test_what_is_wrong_is_said_at_its_field_and_the_form_stays(app):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        await opened_form(app, pilot, answers)
        row(app, "people").set_value("many")
        row(app, "due").set_value("soon")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert answers == []
        shown = picture(app)
        assert "! This is needed." in shown
        assert "! A whole number is needed here." in shown
        assert "! A date like 2026-05-31" in shown
        assert app.focused is row(app, "title").editor, "the first wrong field has the focus"
        await pilot.press("x")
        await pilot.pause()
        assert "This is needed." not in picture(app), "it goes when the field is changed"


async def test_a_pydantic_draft_names_its_fields(app):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        await opened_form(
            app, pilot, answers, validate=lambda v: Draft(title=v["title"], people=v["people"])
        )
        row(app, "title").set_value("too long")
        row(app, "people").set_value(0)
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        shown = picture(app)
        assert "! This is too long: at most 5 characters." in shown
        assert "! This must be at least 1." in shown
        assert answers == []


async def test_a_trouble_of_the_service_is_shown_in_the_form(app):
    def refuse(values) -> None:
        raise InputError(
            "taken", N_("{title} exists already."), field="title", title=values["title"]
        )

    def refuse_all(_values) -> None:
        raise InputError("disk", N_("The disk is full."))

    async with app.run_test(size=(80, 30)) as pilot:
        answers = []
        await opened_form(app, pilot, answers, validate=refuse)
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
        assert "! x exists already." in picture(app)
        app.screen.dismiss(None)
        await opened_form(app, pilot, answers, validate=refuse_all)
        await pilot.press("x", "ctrl+s")
        await pilot.pause()
        assert "! The disk is full." in picture(app)


async def test_escape_does_not_lose_what_was_typed_without_asking(app):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        await opened_form(app, pilot, answers)
        await pilot.press("escape")
        await pilot.pause()
        assert answers == [None], "nothing was typed"
        await opened_form(app, pilot, answers)
        await pilot.press("x", "escape")
        await pilot.pause()
        assert "Throw away what you typed?" in picture(app)
        await pilot.press("escape")
        await pilot.pause()
        assert row(app, "title").read() == "x"
        await pilot.press("escape", "y")
        await pilot.pause()
        assert answers == [None, None]


async def test_a_form_that_was_only_looked_at_closes_without_asking(app):
    fields = [
        Field("title", N_("Title"), value="Interview 1"),
        Field("due", N_("Due date"), "date", date(2026, 5, 31)),
    ]
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        app.push_screen(DraftForm("A thing", fields), answers.append)
        await pilot.pause()
        await pilot.press("x", "backspace", "escape")
        await pilot.pause()
        assert answers == [None]


async def test_a_choice_can_be_picked_from_its_list(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_form(app, pilot, [])
        row(app, "kind").query_one(ChoiceEditor).focus()
        await pilot.press("enter")
        await pilot.pause()
        assert "╭─ Kind ─" in picture(app)
        await pilot.press(*"Fir", "enter")
        await pilot.pause()
        assert row(app, "kind").read() == "a"


async def test_picking_by_part_of_a_name_or_creating(app):
    async with app.run_test() as pilot:
        answers = []
        choices = [Choice(n, name) for n, name in enumerate(["Очередь", "Waiting [x]", "Queue"])]

        def ask() -> None:
            app.push_screen(PickDialog[int](choices, title="Code", can_create=True), answers.append)

        ask()
        await pilot.pause()
        assert "Waiting [x]" in picture(app)
        await pilot.press(*"очер", "enter")
        await pilot.pause()
        ask()
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        ask()
        await pilot.pause()
        await pilot.press(*"Новый", "enter")
        await pilot.pause()
        assert answers == [0, 1, NewName("Новый")]


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio" / "interview [1].mp3").write_bytes(b"")
    (tmp_path / "audio" / "notes.txt").write_bytes(b"")
    (tmp_path / "audio" / ".hidden.mp3").write_bytes(b"")
    (tmp_path / "Разное").mkdir()
    return tmp_path


async def test_a_file_is_found_by_part_of_its_name(app, folder):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        app.push_screen(
            OpenFile(title="Recording", suffixes=(".mp3",), folder=folder), answers.append
        )
        await pilot.pause()
        await pilot.press(*"aud", "enter")
        await pilot.pause()
        shown = picture(app)
        assert "interview [1].mp3" in shown
        assert "notes.txt" not in shown
        assert ".hidden" not in shown
        await pilot.press(*"view", "enter")
        await pilot.pause()
        assert answers == [folder / "audio" / "interview [1].mp3"]
        app.push_screen(OpenFile(title="Recording"), answers.append)
        await pilot.pause()
        assert app.screen.folder == folder / "audio", "the last folder is remembered"


async def test_a_whole_path_can_be_typed_and_folders_walked(app, folder):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        app.push_screen(OpenFile(title="File", folder=Path.home()), answers.append)
        await pilot.pause()
        line = app.screen.query_one(Input)
        line.value = f"{folder}/audio/no"
        await pilot.pause()
        assert app.screen.folder == folder / "audio"
        assert line.value == "no"
        await pilot.press("alt+up")
        await pilot.pause()
        assert app.screen.folder == folder
        line.value = "audio/"
        await pilot.pause()
        assert app.screen.folder == folder / "audio", "a path from the folder shown on"
        line.value = "~nobody-is-called-so"
        await pilot.pause()
        assert "Nothing here is called that." in picture(app)
        line.value = str(folder / "audio" / "notes.txt")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [folder / "audio" / "notes.txt"]


async def test_a_folder_and_a_file_to_write_can_be_chosen(app, folder):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        app.push_screen(OpenFile(title="Folder", pick="folder", folder=folder), answers.append)
        await pilot.pause()
        assert "notes.txt" not in picture(app)
        await pilot.press("enter")
        await pilot.pause()
        app.push_screen(
            OpenFile(title="Report", pick="save", folder=folder, name="report.docx"), answers.append
        )
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [folder, folder / "report.docx"]


async def test_a_click_chooses_in_the_listing(app, folder):
    async with app.run_test(size=(80, 24)) as pilot:
        answers = []
        app.push_screen(OpenFile(title="File", folder=folder / "audio"), answers.append)
        await pilot.pause()
        await pilot.click(OptionList, offset=(3, 2))
        await pilot.pause()
        assert answers == [folder / "audio" / "notes.txt"]


async def test_settings_take_effect_at_once_and_are_kept():
    app = DemoApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen("settings")
        await pilot.pause()
        assert app.focused is row(app, "language").editor
        await pilot.press("right")
        await pilot.pause()
        assert language() == "ru"
        assert app.focused is row(app, "language").editor, "the line stays after the rebuilding"
        row(app, "theme").query_one(ChoiceEditor).index = 1
        await pilot.pause()
        assert app.theme == "light"
        row(app, "coder").editor.focus()
        await pilot.press("home", *"Др. ", "enter")
        await pilot.pause()
        kept = Settings.load()
        assert (kept.language, kept.theme, kept.coder) == ("ru", "light", "Др. Anna K.")
        assert "Др. Anna K." in picture(app)
        row(app, "coder").set_value("")
        row(app, "coder").editor.focus()
        await pilot.press("enter")
        await pilot.pause()
        assert "Это нужно заполнить." in picture(app)
        assert Settings.load().coder == "Др. Anna K."


async def test_every_preference_has_a_line(app):
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen("settings")
        await pilot.pause()
        shown = [line.field.name for line in app.screen.query(FieldRow)]
        assert sorted(shown) == sorted(Settings.model_fields)
        row(app, "blind").editor.focus()
        await pilot.press("right")
        await pilot.pause()
        assert Settings.load().blind is True


async def test_only_the_edited_field_shows_its_help(app):
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_screen("settings")
        await pilot.pause()
        assert "The interface's;" in picture(app)
        await pilot.press("down", "down")
        await pilot.pause()
        assert "The interface's;" not in picture(app)
        assert "Written beside every coding" in picture(app)


def test_progress_says_what_it_knows():
    assert progress_text(0, 0, elapsed=5) == "5 s so far"
    assert progress_text(1, 4, elapsed=60, speed="9 × real time") == (
        "25 %  1 min so far · 3 min left · 9 × real time"
    )
    assert "left" not in progress_text(1, 4, elapsed=1)
    assert "left" not in progress_text(4, 4, elapsed=60)


async def test_settings_that_cannot_be_written_say_so(monkeypatch):
    app = DemoApp()
    async with app.run_test(size=(80, 24)) as pilot:
        locations.settings_file().parent.parent.mkdir(exist_ok=True)
        locations.settings_file().parent.write_text("a file where the folder should be")
        await pilot.press("f12")
        await pilot.pause()
        assert language() == "en"
        assert any("cannot be written" in note.message for note in app._notifications)


async def test_a_long_text_is_seen_and_shows_its_end_while_it_is_typed_into(app):
    fields = [Field("name", "Name", value=f"{'long words ' * 12}the end")]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(DraftForm("A form", fields))
        await pilot.pause()
        await pilot.pause()
        assert "the end" in picture(pilot.app)
        await pilot.press("home")
        await pilot.pause()
        assert "long words long words" in picture(pilot.app)
