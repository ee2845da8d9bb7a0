from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks._speaker_error import speaker_error

TALK = [(0.0, 10.0, "A"), (10.0, 14.0, "B"), (13.0, 20.0, "A")]


def test_a_perfect_answer_under_other_names():
    answer = [(0.0, 10.0, "1"), (10.0, 14.0, "0"), (13.0, 20.0, "1")]
    error = speaker_error(TALK, answer)
    assert error.rate == 0
    assert error.speech == pytest.approx(21), "overlap counts for each speaker"


def test_each_kind_of_error():
    # 2 s missed at the end, 1 s of the overlap missed, 3 s of B given to A, 1 s invented behind the end
    answer = [(0.0, 13.0, "x"), (13.0, 14.0, "y"), (14.0, 18.0, "x"), (20.0, 21.0, "x")]
    error = speaker_error(TALK, answer)
    assert (error.missed, error.invented, error.confused) == pytest.approx((3, 1, 3))
    assert error.rate == pytest.approx(7 / 21)


def test_what_lies_beside_a_border_is_not_judged():
    late = [(0.2, 10.2, "1"), (10.2, 13.9, "0"), (12.9, 20.1, "1")]
    assert speaker_error(TALK, late).rate > 0
    assert speaker_error(TALK, late, collar=0.25).rate == 0
    assert speaker_error(TALK, late, collar=0.25).speech == pytest.approx(18.5)


def test_more_names_than_people_are_confusions():
    answer = [(0.0, 5.0, "1"), (5.0, 10.0, "2"), (10.0, 13.0, "3")]
    error = speaker_error([(0.0, 10.0, "A"), (10.0, 13.0, "B")], answer)
    assert error.confused == pytest.approx(5)


def test_no_answer_misses_all_and_no_speech_is_no_error():
    assert speaker_error(TALK, []).rate == pytest.approx(1)
    assert speaker_error([], []).rate == 0


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.floats(0.1, 9), st.sampled_from("AB")),
        min_size=1,
        max_size=8,
    )
)
def test_names_do_not_matter(parts):
    speech = [(start, start + length, who) for start, length, who in parts]
    swapped = [(start, end, {"A": "B", "B": "A"}[who]) for start, end, who in speech]
    assert speaker_error(speech, swapped).rate == pytest.approx(0, abs=1e-9)
    one = [(start, end, "A") for start, end, _who in speech]
    assert speaker_error(speech, one).rate <= 1
