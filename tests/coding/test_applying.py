from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.applying import (
    Coding,
    Coverage,
    StripeLayout,
    apply_code,
    remove_code,
    toggle_code,
    trimmed,
)
from workbench.text.spans import LineIndex, Span


def coding(start, end, code="c", coder="me"):
    return Coding(Span(start, end), code, coder)


def test_the_same_coding_twice_does_nothing_but_overlaps_are_free():
    existing = [coding(0, 5)]
    assert not apply_code(existing, coding(0, 5))
    assert not apply_code(existing, coding(3, 3))
    for other in (coding(0, 5, "d"), coding(0, 5, coder="you"), coding(1, 4), coding(3, 9)):
        assert apply_code(existing, other).added == (other,)


def test_removing_takes_the_exact_quote_else_those_touched():
    existing = [coding(0, 5), coding(3, 9), coding(0, 5, "d"), coding(3, 9, coder="you")]
    assert remove_code(existing, Span(0, 5), code="c", coder="me").removed == (existing[0],)
    assert remove_code(existing, Span(4, 4), code="c", coder="me").removed == tuple(existing[:2])
    assert not remove_code(existing, Span(10, 12), code="c", coder="me")
    assert toggle_code(existing, coding(0, 5)).removed == (existing[0],)
    assert toggle_code([], coding(0, 5)).added == (coding(0, 5),)


def test_a_quote_does_not_begin_or_end_with_space():
    assert trimmed("a  bc \n", Span(1, 7)) == Span(3, 5)
    assert trimmed("a   ", Span(1, 4)) is None


def test_the_shortest_quote_at_a_place_comes_first():
    cover = Coverage([coding(0, 10), coding(2, 5), coding(2, 5, "d"), coding(7, 9)])
    assert cover.quotes_at(3) == (Span(2, 5), Span(0, 10))
    assert [c.span for c in cover.at(10)] == []
    assert len(cover.overlapping(Span(4, 8))) == 4


codings = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 30), st.sampled_from("abc")).map(
        lambda t: coding(t[0], min(t[0] + t[1], 99), t[2])
    ),
    max_size=25,
)
TEXT = "\n".join("x" * 9 for _ in range(10))


@given(codings)
def test_no_two_stripes_stand_in_one_place_and_no_column_is_wasted(items):
    layout = StripeLayout.of(items, LineIndex(TEXT))
    assert sorted(map(id, (s.coding for s in layout.stripes))) == sorted(map(id, items))
    busy = {}
    for stripe in layout.stripes:
        assert 0 <= stripe.column < layout.columns
        for line in range(stripe.first_line, stripe.last_line + 1):
            assert (line, stripe.column) not in busy
            busy[line, stripe.column] = stripe
    deepest = max((sum(1 for at, _c in busy if at == line) for line in range(10)), default=0)
    assert layout.columns == deepest
    for line in range(10):
        assert layout.at_line(line) == {c: s for (at, c), s in busy.items() if at == line}
        assert {id(s) for s in layout.beginning_at(line)} == {
            id(s) for s in layout.stripes if s.first_line == line
        }


def test_five_thousand_codings_are_laid_out_while_a_key_is_pressed():
    text = "\n".join("слово " * 12 for _ in range(8_000))
    lines = LineIndex(text)
    items = [coding(i * 113, i * 113 + 40 + (i * 7919) % 900, f"c{i % 60}") for i in range(5_000)]
    began = time.perf_counter()
    layout = StripeLayout.of(items, lines)
    for top in range(0, 8_000, 40):
        layout.visible(range(top, top + 50))
    took = time.perf_counter() - began
    assert took < 2.0  # about 0.05 s here; the bound only catches a quadratic mistake
    assert len(layout.stripes) == 5_000
