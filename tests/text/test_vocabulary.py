from __future__ import annotations

import pytest

from workbench.text.vocabulary import fit, merged, names, prompt


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("North Bank\nMoveFlow", ["North Bank", "MoveFlow"]),
        ("North Bank, MoveFlow; Ёлка", ["North Bank", "MoveFlow", "Ёлка"]),
        ("  two   words \n\n,", ["two words"]),
        ("MoveFlow\nmoveflow\nMOVEFLOW", ["MoveFlow"]),
        ("a\x00b\r\nc", ["ab", "c"]),
    ],
)
def test_a_list_is_read_one_a_line_or_with_commas(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_lists_are_joined_in_their_order() -> None:
    assert merged(["A", "B"], ["b", "C"]) == ["A", "B", "C"]


def test_a_short_list_fits_whole() -> None:
    found = fit(["North Bank", "Альфа-Кредит"])
    assert (found.heard, found.left_out) == (("North Bank", "Альфа-Кредит"), ())


@pytest.mark.parametrize(("name", "least", "most"), [("Moveflow", 45, 50), ("Автополе", 29, 33)])
def test_the_first_names_of_a_long_list_fit_fewer_of_them_in_cyrillic(
    name: str, least: int, most: int
) -> None:
    listed = [f"{name}{n}" for n in range(100, 250)]
    found = fit(listed)
    assert least <= len(found.heard) <= most
    assert [*found.heard, *found.left_out] == listed


def test_one_name_too_long_leaves_itself_out() -> None:
    assert fit(["word " * 300]).heard == ()


def test_the_recogniser_is_told_in_one_line() -> None:
    assert prompt("North Bank\nMoveFlow") == "North Bank, MoveFlow"
