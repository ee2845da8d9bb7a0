"""A command's key works on a Cyrillic layout, and Cyrillic can still be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input

from workbench.tui.keyboard import has_text, latin_key

CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюёіїєґў"
MODIFIERS = st.lists(st.sampled_from(["ctrl", "alt", "super", "shift"]), unique=True).map(sorted)


def key(name: str, character: str | None = None) -> events.Key:
    return events.Key(name, character)


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ("с", "c"),
        ("С", "C"),
        ("ф", "a"),
        ("я", "z"),
        ("і", "s"),
        ("ў", "o"),
        ("ctrl+с", "ctrl+c"),
        ("ctrl+м", "ctrl+v"),
        ("ctrl+з", "ctrl+p"),
        ("alt+shift+в", "alt+shift+d"),
        ("ctrl+х", "ctrl+left_square_bracket"),
        ("ctrl+ё", "ctrl+grave_accent"),
        ("shift+Ф", "A"),
        ("ж", "semicolon"),
    ],
)
def test_a_key_nobody_types_becomes_the_latin_key_in_its_place(pressed, expected):
    character = pressed if len(pressed) == 1 else None
    assert latin_key(key(pressed, character), typed=False).key == expected


def test_a_translated_letter_carries_its_latin_character():
    assert latin_key(key("с", "с"), typed=False).character == "c"
    assert latin_key(key("ctrl+с"), typed=False).character is None


def test_typed_cyrillic_stays():
    event = key("с", "с")
    assert latin_key(event, typed=True) is event


def test_ctrl_is_translated_even_where_text_is_typed():
    assert latin_key(key("ctrl+с"), typed=True).key == "ctrl+c"


def test_a_shifted_letter_without_text_gets_its_text_back():
    event = key("shift+Ф")
    assert has_text(event) == "Ф"
    repaired = latin_key(event, typed=True)
    assert (repaired.key, repaired.character) == ("Ф", "Ф")


@given(
    base=st.one_of(
        st.characters(max_codepoint=0x3FF),
        st.sampled_from(
            ["enter", "escape", "f1", "pageup", "question_mark", "left_square_bracket"]
        ),
    ),
    modifiers=MODIFIERS,
    typed=st.booleans(),
)
def test_a_key_that_is_not_cyrillic_is_never_changed(base, modifiers, typed):
    event = key("+".join([*modifiers, base]))
    assert latin_key(event, typed=typed) is event


@given(base=st.sampled_from(CYRILLIC + CYRILLIC.upper()), modifiers=MODIFIERS, typed=st.booleans())
def test_translating_twice_is_translating_once(base, modifiers, typed):
    event = key("+".join([*modifiers, base]), base if not modifiers else None)
    once = latin_key(event, typed=typed)
    twice = latin_key(once, typed=typed)
    assert (twice.key, twice.character) == (once.key, once.character)


async def test_cyrillic_keys_run_commands(app):
    async with app.run_test() as pilot:
        app.demo.query_one("RowTable").focus()
        await pilot.press("с", "С", "е")
        assert app.demo.done == ["add", "shout", "transcribe"]


async def test_typing_cyrillic_in_an_input_is_unaffected(app):
    async with app.run_test() as pilot:
        line = app.demo.query_one(Input)
        line.focus()
        await pilot.press(*"сСеФ")
        assert line.value == "сСеФ"
        assert app.demo.done == []


async def test_ctrl_with_a_cyrillic_letter_works_inside_an_input(app):
    async with app.run_test() as pilot:
        line = app.demo.query_one(Input)
        line.focus()
        line.value = "слова"
        line.select_all()
        await pilot.press("ctrl+с")
        assert app.clipboard == "слова"
        await pilot.press("end", "ctrl+м")
        assert line.value == "словаслова"
        await pilot.press("ctrl+е")
        assert app.demo.done == ["strong"]


async def test_a_capital_without_text_can_be_typed(app):
    async with app.run_test() as pilot:
        line = app.demo.query_one(Input)
        line.focus()
        app.post_message(events.Key("shift+Ф", None))
        await pilot.pause()
        assert line.value == "Ф"


async def test_the_palette_opens_on_a_russian_layout(app):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+з")
        assert type(app.screen).__name__ == "Palette"
