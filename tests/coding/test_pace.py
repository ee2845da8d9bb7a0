from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.pace import PASSED, Made, active_seconds, unread, words_in, work
from workbench.text.spans import Span, covered

BEGUN = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)


def at(seconds: float, start: int, end: int, source: str = "a") -> Made:
    return Made(BEGUN + timedelta(seconds=seconds), source, Span(start, end))


def test_reading_on_counts_with_the_words_between() -> None:
    done = work([at(0, 0, 50), at(60, 200, 300), at(120, 300, 400)])
    assert (done.seconds, done.steps) == (120, 2)
    assert done.read == {"a": (Span(50, 400),)}


def test_a_break_is_no_work() -> None:
    done = work([at(0, 0, 50), at(301, 100, 150), at(331, 150, 200)])
    assert (done.seconds, done.steps) == (30, 1)
    assert done.read == {"a": (Span(150, 200),)}


def test_a_jump_counts_only_the_words_coded() -> None:
    far = PASSED + 51
    assert work([at(0, 0, 50), at(60, far, far + 10)]).read == {"a": (Span(far, far + 10),)}
    assert work([at(0, 0, 50), at(60, 10, 20, "b")]).read == {"b": (Span(10, 20),)}
    assert work([at(0, 500, 550), at(60, 10, 20)]).read == {"a": (Span(10, 20),)}


def test_codings_made_by_one_action_tell_no_pace() -> None:
    many = [at(n / 100, n * 100, n * 100 + 90) for n in range(50)]
    done = work(many)
    assert (done.seconds, done.steps, done.read) == (0, 0, {})


def test_a_second_code_on_the_same_words_takes_time_but_reads_nothing_new() -> None:
    done = work([at(0, 0, 50), at(60, 100, 200), at(70, 100, 200)])
    assert done.seconds == 70
    assert covered(done.read["a"]) == 150


def test_a_pace_needs_some_work() -> None:
    steady = [at(n * 40, n * 100, n * 100 + 50) for n in range(11)]
    assert work(steady).is_enough
    assert not work(steady[:7]).is_enough
    assert not work([at(n, n * 100, n * 100 + 50) for n in range(40)]).is_enough
    assert not work([]).is_enough


def test_active_time_leaves_breaks_out() -> None:
    moments = [BEGUN + timedelta(seconds=s) for s in (0, 100, 900, 1000)]
    assert active_seconds(moments) == 200
    assert active_seconds([]) == 0


def test_unread_is_what_has_no_quote_and_is_not_short() -> None:
    assert unread(300, []) == (Span(0, 300),)
    assert unread(0, []) == ()
    assert unread(300, [Span(100, 110)]) == ()
    assert unread(2_000, [Span(100, 110)]) == (Span(110, 2_000),)
    assert unread(3_000, [Span(1_000, 1_100), Span(1_200, 3_000)]) == (Span(0, 1_000),)


@given(
    st.integers(0, 5_000),
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 900)), max_size=12),
)
def test_unread_never_overlaps_a_quote_and_shrinks_with_more_of_them(length, pairs) -> None:
    quotes = [Span(s, min(length, s + n)) for s, n in pairs if s < length]
    left = unread(length, quotes)
    assert not any(gap.overlaps(quote) for gap in left for quote in quotes)
    assert all(0 <= gap.start < gap.end <= length for gap in left)
    assert covered(left) <= covered(unread(length, quotes[:-1]))


def test_words_are_told_from_the_share_of_the_text() -> None:
    assert words_in([Span(0, 50)], length=100, words=20) == 10
    assert words_in([], length=100, words=20) == 0
    assert words_in([], length=0, words=0) == 0
