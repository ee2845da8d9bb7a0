from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.applying import place_stripes, trimmed
from workbench.text.spans import Span


def test_a_quote_does_not_begin_or_end_with_space():
    assert trimmed("a  bc \n", Span(1, 7)) == Span(3, 5)
    assert trimmed("a   ", Span(1, 4)) is None


stripes = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda t: range(t[0], t[0] + t[1])),
    max_size=25,
)


@given(stripes)
def test_no_two_stripes_stand_in_one_place_and_no_column_is_wasted(rows):
    columns = place_stripes(rows)
    places = [(line, column) for lines, column in zip(rows, columns, strict=True) for line in lines]
    assert len(set(places)) == len(places)
    deepest = max((sum(line in lines for lines in rows) for line in range(15)), default=0)
    assert set(columns) == set(range(deepest))


def test_long_stripes_stand_on_the_left():
    assert place_stripes([range(2), range(9), range(4, 6), range(3)]) == [2, 0, 1, 1]


def test_five_thousand_stripes_are_placed_while_a_key_is_pressed():
    rows = [range(i, i + 1 + (i * 7919) % 60) for i in range(5_000)]
    began = time.perf_counter()
    place_stripes(rows)
    assert time.perf_counter() - began < 1.0  # the bound only catches a quadratic mistake
