"""Memos of several coders as one text."""

from __future__ import annotations

import pytest

from workbench.coding.memos import told_memos
from workbench.models.memo_views import MemoView


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        ("Anna", "mine\n\nold\n\nBoris: his"),
        ("Boris", "his\n\nold\n\nAnna: mine"),
        ("", "old\n\nAnna: mine\n\nBoris: his"),
        ("Carl", "old\n\nAnna: mine\n\nBoris: his"),
    ],
)
def test_the_readers_own_come_first_and_others_bear_names(reader: str, told: str) -> None:
    memos = [MemoView("Boris", "his"), MemoView("Anna", "mine"), MemoView("", "old")]
    assert told_memos(memos, reader=reader) == told


def test_nothing_is_told_of_nothing() -> None:
    assert told_memos([], reader="Anna") == ""
