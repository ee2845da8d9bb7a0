"""Thirty quotes with five codes, by keyboard alone in a Russian layout, in a real terminal and against the clock."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_day import Terminal

sys.path.append(str(Path(__file__).parents[1] / "tui"))
from thirty_quotes import CODES, PLAN, WANTED, make_project

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

MOST_S = 90
PAUSE_S = 0.12
"""Between two keys: as fast as somebody types who knows what to do."""

NEXT_UNCODED, SENTENCE, CODE, REPEAT = "т", "ы", "с", "к"
"""n, s, c and r as a Russian layout sends them."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    session = Terminal(tmp_path)
    yield session
    session.tmux("kill-server")


def keys(terminal: Terminal, text: str) -> None:
    """Send one key after another."""
    for sign in text:
        terminal.tmux("send-keys", "-t", "day", "-H", *[f"{byte:02x}" for byte in sign.encode()])
        time.sleep(PAUSE_S)


def test_thirty_quotes_are_coded_in_a_minute_and_a_half(terminal: Terminal) -> None:
    make_project(terminal.home, coder="Анна").close()
    terminal.start()
    terminal.shows("Workbench › Проекты", "Ипотека")
    terminal.press("Enter")
    terminal.shows("Workbench › Ипотека", "Цели")
    terminal.type("с")  # c: coding
    terminal.shows("› Интервью 1", "Мы ждали сорок минут.")

    began = time.monotonic()
    digits: list[int] = []
    """Codes in the order they came into use: each keeps its digit."""
    last = -1
    for number, (_sentence, code) in enumerate(PLAN):
        keys(terminal, NEXT_UNCODED + SENTENCE)
        if code == last:
            keys(terminal, REPEAT)
        elif code in digits:
            keys(terminal, str(digits.index(code) + 1))
        else:
            digits.append(code)
            keys(terminal, CODE)
            terminal.shows("Enter")
            keys(terminal, CODES[code][:6].lower())
            terminal.press("Enter")
        last = code
        coded = number + 1
        terminal.until(
            lambda n=coded: terminal.query("SELECT count(*) FROM coding") == [(n,)],
            f"{coded} codings",
        )
    took = time.monotonic() - began

    found = terminal.query(
        "SELECT quote.text, code.name FROM coding JOIN quote ON quote.id = coding.quote_id "
        "JOIN code ON code.id = coding.code_id ORDER BY quote.start"
    )
    assert found == WANTED
    assert terminal.query("SELECT count(*) FROM quote") == [(len(WANTED),)]
    print(f"30 quotes in {took:.0f} s")
    assert took < MOST_S
