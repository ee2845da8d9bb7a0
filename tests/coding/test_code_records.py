"""What bringing in a codebook would do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.code_records import CodeRecord, Fate, Known, joined, plan_merge
from workbench.coding.palette import CODE_COLOURS, nearest_colour, paper_colour

NAMES = st.sampled_from(["Очередь", "очередь", "Waiting", "A / B", "Ё", "е"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(tuple)
RECORDS = st.builds(CodeRecord, PATHS, definition=st.sampled_from(["", "x", "y"]))


@given(st.lists(RECORDS, max_size=12))
def test_every_parent_comes_once_and_before_its_children(records):
    codes, _twice = joined(records)
    keys = [code.key for code in codes]
    assert len(set(keys)) == len(keys)
    for place, code in enumerate(codes):
        assert len(code.path) == 1 or code.key[:-1] in keys[:place]
    assert {record.key for record in records} <= set(keys)
    assert joined(codes)[0] == codes


def test_the_second_record_of_a_code_fills_in_what_the_first_left_empty():
    codes, twice = joined(
        [CodeRecord(("A",), definition="one"), CodeRecord(("a",), definition="two", example="e")]
    )
    assert codes == (CodeRecord(("A",), definition="one", example="e"),)
    assert twice == ("a",)


def test_a_plan_tells_new_changed_same_and_frozen_apart():
    known = [
        Known("1", CodeRecord(("Ожидание",), "theme", 1, definition="old", id="1")),
        Known("2", CodeRecord(("Ожидание", "Очередь"), "barrier", 2), frozen=True),
        Known("3", CodeRecord(("Advice",), "theme", 3, example="kept")),
    ]
    plan = plan_merge(
        known,
        [
            CodeRecord(("ожидание",), definition="new"),
            CodeRecord(("Ожидание", "очередь"), "theme"),
            CodeRecord(("Advice",)),
            CodeRecord(("Advice", "Очередь")),
        ],
    )
    assert [(code.fate, code.id, dict(code.changes)) for code in plan] == [
        (Fate.CHANGED, "1", {"definition": "new"}),
        (Fate.FROZEN, "2", {"kind": "theme"}),
        (Fate.SAME, "3", {}),
        (Fate.NEW, None, {}),
    ]


def test_a_colour_of_the_palette_is_nearest_to_itself_and_others_find_one():
    for number, (dark, light, _ansi) in enumerate(CODE_COLOURS):
        assert nearest_colour(dark) == nearest_colour(light) == number
        assert nearest_colour(paper_colour(number).upper()) == number
    assert nearest_colour("#fff") in range(10)
    assert nearest_colour("red") is None
