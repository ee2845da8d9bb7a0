"""The key card: every key of the coding screen, once, on one page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from coding_project import CodingApp, make_project
from projects import shown

from workbench.i18n import set_language
from workbench.services.workspace import Workspace
from workbench.tui.coding.commands import CODING_COMMANDS
from workbench.tui.commands import GLOBAL_COMMANDS
from workbench.tui.dialogs.help import HelpDialog
from workbench.tui.dialogs.key_card import KeyCard
from workbench.tui.key_card import coding_card, grouped, in_columns, keys_shown

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path):
    folder = make_project(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as opened:
        yield opened


def test_every_command_with_a_key_is_on_the_card_once() -> None:
    commands = (*CODING_COMMANDS, *GLOBAL_COMMANDS)
    placed = [command for group in grouped(commands).values() for command in group]
    assert sorted(c.id for c in placed) == sorted(c.id for c in commands if c.keys)


def test_a_letter_and_its_capital_share_a_line() -> None:
    lines = {line.keys: line.label for group in coding_card(paired=True) for line in group.lines}
    assert lines["j J"] == "Next quote · back"
    assert lines["u"] == "Undo"  # the other way is another action
    keys = {key for line in lines for key in line.split()}
    assert {
        key for group in coding_card() for line in group.lines for key in line.keys.split()
    } <= keys


def test_nothing_changes_words_under_moving() -> None:
    assert not [command.id for command in grouped(CODING_COMMANDS)["Moving"] if command.verb]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_columns_keep_groups_whole_and_in_order(count) -> None:
    groups = coding_card()
    columns = in_columns(groups, count)
    assert len(columns) <= count
    assert [group for column in columns for group in column] == groups


@pytest.mark.parametrize("speech", ["en", "ru"])
async def test_the_card_is_one_page(project, speech) -> None:
    app = CodingApp(project, language=speech)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, KeyCard)
        picture = shown(pilot)
        for group in coding_card(paired=True):
            assert group.title in picture
            for line in group.lines:
                assert line.label in picture, line
        assert app.screen.query_one("VerticalScroll").max_scroll_y == 0


async def test_the_card_scrolls_where_there_is_no_room(project) -> None:
    app = CodingApp(project)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        last = coding_card()[-1].lines[-1].label
        scroll = app.screen.query_one("VerticalScroll")
        assert scroll.max_scroll_y > 0
        await pilot.press("end")
        await pilot.pause()
        assert last in shown(pilot)


async def test_f1_on_the_card_explains(project) -> None:
    app = CodingApp(project)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("f1", "f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.coding


def test_keys_are_as_many_as_fit() -> None:
    by_id = {command.id: command for command in CODING_COMMANDS}
    assert keys_shown(by_id["coding.code"]) == "c Enter"
    assert keys_shown(by_id["coding.recent"]) == "1–9"


def test_the_pages_are_up_to_date() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    import key_card

    for code, path in key_card.PAGES.items():
        assert path.read_text(encoding="utf-8") == key_card.page(code), (
            "run: python scripts/key_card.py"
        )
    set_language("en")
