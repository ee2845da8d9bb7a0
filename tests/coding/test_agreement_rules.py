"""Figures of agreement: published examples to four digits, and what is true of any."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.agreement import (
    NO_PAIRS,
    NO_VARIATION,
    NOBODY,
    NOT_TWO,
    Text,
    alpha,
    by_characters,
    by_units,
    figures,
    judge,
    kappa,
    percent,
)
from workbench.text.spans import Span


def table(rows: list[list[int]]) -> Counter:
    """What two coders said, from a table of counts: rows are the first coder's categories."""
    return Counter({(r, c): n for r, row in enumerate(rows) for c, n in enumerate(row)})


def units(*coders: str) -> Counter:
    """What coders said unit by unit; a dot is a judgement that is missing."""
    lists = [coder.split() for coder in coders]
    return Counter(
        tuple(None if value == "." else value for value in unit)
        for unit in zip(*lists, strict=True)
    )


# -- Cohen's kappa -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Wikipedia, Cohen's kappa, “Simple example” (grant proposals) and “Same percentages but different numbers”
        ([[20, 5], [10, 15]], 0.4000),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        # J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968), table 1: unweighted, printed as .492
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.4915),
        # two coders with 6,000 and 6,400 coded characters of 60,000, 5,600 of them the same; a formula that multiplies the
        # shares of both categories instead of adding the products makes 0.8225 of it
        ([[5_600, 400], [800, 53_200]], 0.8921),
    ],
)
def test_kappa_of_published_tables(counts, expected) -> None:
    assert kappa(table(counts)).value == pytest.approx(expected, abs=5e-5)


def test_kappa_counts_only_what_both_judged() -> None:
    assert kappa(units("a b a b . a", "a b b b b .")) == kappa(units("a b a b", "a b b b"))


def test_kappa_of_several_questions_is_pooled() -> None:
    """De Vries and others, Field Methods 20 (2008): averages of Po and of Pe go into the formula."""
    one, two = table([[20, 5], [10, 15]]), table([[45, 15], [25, 15]])
    observed, expected = (0.70 + 0.60) / 2, (0.50 + 0.54) / 2
    pooled = (observed - expected) / (1 - expected)
    assert kappa(one, two).value == pytest.approx(pooled)
    assert kappa(one, one).value == pytest.approx(0.4)


# -- Krippendorff's alpha ----------------------------------------------------------------------------

MEG, OWEN = "0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"
BEN, GERRY = "a a b b d c c c e d d a", "b a b b b c c c e d d d"
FOUR = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
HAYES = (
    "1 1 2 . 0 0 1 1 2 2 . 0 1 3 1 1 2 1 1 0 0 0 2 0 1 0 0 1 1 1 1 2 2 3 2 2 2 2 2 1",
    "1 1 3 0 0 0 0 . 2 1 1 0 2 3 1 1 1 2 1 0 0 0 3 0 2 1 0 2 1 1 1 1 2 2 2 2 2 2 2 1",
    "2 0 3 0 0 0 2 2 2 1 0 0 2 2 1 1 2 3 0 0 1 . 3 0 . 1 0 1 2 2 0 2 . 2 2 3 2 . 2 1",
    ". 1 3 . . . . 0 . 1 0 0 2 2 . . . 3 1 . 1 0 3 0 2 1 1 2 2 . . 1 2 2 . . . 1 2 .",
    "2 . . 0 0 0 1 . 2 . . . . 3 1 1 2 . . 0 . 0 . . 2 . 0 . . 2 0 . 2 . 2 2 2 2 . 1",
)


@pytest.mark.parametrize(
    ("coders", "printed", "expected"),
    [
        # K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), sections A, B and C
        ((MEG, OWEN), 0.095, 2 / 21),
        ((BEN, GERRY), 0.692, 155 / 224),
        (FOUR, 0.743, 0.7434),
        # A. F. Hayes, K. Krippendorff, Communication Methods and Measures 1 (2007), table 1, as nominal data
        (HAYES, 0.477, 0.4765),
    ],
)
def test_alpha_of_published_data(coders, printed, expected) -> None:
    found = alpha(units(*coders)).value
    assert found == pytest.approx(printed, abs=5e-4)
    assert found == pytest.approx(expected, abs=5e-5)


def test_alpha_of_wikipedias_example() -> None:
    """Wikipedia, Krippendorff's alpha, “A computational example”: nominal 0.691."""
    a = ". . . . . 3 4 1 2 1 1 3 3 . 3"
    b = "1 . 2 1 3 3 4 3 . . . . . . ."
    c = ". . 2 1 3 4 4 . 2 1 1 3 3 . 4"
    assert alpha(units(a, b, c)).value == pytest.approx(0.6914, abs=5e-5)


# -- what is not defined -----------------------------------------------------------------------------


def test_what_is_not_defined_says_why_and_is_no_number() -> None:
    nobody = figures(Counter({(False, False): 40}))
    assert {nobody.percent, nobody.kappa, nobody.alpha} == {nobody.percent}
    assert (nobody.percent.value, nobody.percent.why) == (None, NOBODY)
    everything = figures(Counter({(True, True): 40}))
    assert everything.percent.value == 1
    assert (everything.kappa.value, everything.kappa.why) == (None, NO_VARIATION)
    assert (everything.alpha.value, everything.alpha.why) == (None, NO_VARIATION)
    alone = figures(Counter({(True, None): 4, (None, False): 4}))
    assert (alone.percent.why, alone.kappa.why, alone.alpha.why) == (NO_PAIRS,) * 3
    three = figures(Counter({(True, True, False): 4, (False, False, False): 4}))
    assert (three.kappa.value, three.kappa.why) == (None, NOT_TWO)
    assert three.alpha.value is not None
    assert figures().percent.why == NOBODY


# -- properties --------------------------------------------------------------------------------------

LENGTH = 40
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(lambda p: Span(*sorted(p))),
    max_size=6,
)
CODERS = st.lists(st.one_of(st.none(), SPANS), min_size=2, max_size=4)
SAID = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3).map(tuple),
    min_size=1,
    max_size=30,
)


@given(CODERS)
def test_intervals_say_the_same_as_one_character_after_another(marks) -> None:
    naive = Counter(
        tuple(
            None if spans is None else any(span.start <= place < span.end for span in spans)
            for spans in marks
        )
        for place in range(LENGTH)
    )
    assert by_characters(marks, LENGTH) == naive


@given(CODERS, st.sets(st.integers(1, LENGTH - 1), max_size=8))
def test_units_are_coded_if_one_character_of_them_is(marks, cuts) -> None:
    edges = [0, *sorted(cuts), LENGTH]
    found = [Span(a, b) for a, b in pairwise(edges)]
    naive = Counter(
        tuple(
            None if spans is None else any(span.overlaps(unit) for span in spans) for spans in marks
        )
        for unit in found
    )
    assert by_units(marks, found) == naive


@given(SAID)
def test_the_order_of_coders_makes_no_difference(said) -> None:
    forward, back = Counter(said), Counter(unit[::-1] for unit in said)
    assert alpha(forward) == alpha(back)
    assert percent(forward) == percent(back)
    two = Counter(unit[:2] for unit in said)
    assert kappa(two) == kappa(Counter(unit[::-1] for unit in two.elements()))


@given(SAID)
def test_names_of_categories_make_no_difference(said) -> None:
    other = {"a": "z", "b": "a", "c": "m", None: None}
    renamed = Counter(tuple(other[value] for value in unit) for unit in said)
    assert alpha(Counter(said)) == alpha(renamed)
    assert percent(Counter(said)) == percent(renamed)


@given(SAID)
def test_no_measure_is_above_one_and_identical_coders_have_one(said) -> None:
    for measure in (alpha, percent):
        value = measure(Counter(said)).value
        assert value is None or value <= 1
    twins = Counter((unit[0], unit[0]) for unit in said)
    assert percent(twins).value in (1, None)
    assert alpha(twins).value in (1, None)
    assert kappa(twins).value in (1, None)
    assert (kappa(twins).value is None) == (len({unit[0] for unit in said} - {None}) < 2)


# -- texts -------------------------------------------------------------------------------------------


def text(length: int, marks, *, worked=(True, True), cut=None) -> Text:
    return Text(length, marks, worked, cut)


def test_texts_are_judged_together_and_coders_who_did_not_work_on_one_are_missing_there() -> None:
    first = text(100, {"x": ([Span(0, 10)], [Span(5, 15)]), "y": ([], [Span(50, 60)])})
    second = text(30, {"x": ([Span(0, 30)], [])}, worked=(True, False))
    assert judge([first, second], "x") == {
        (True, False): 5,
        (True, True): 5,
        (False, True): 5,
        (False, False): 85,
        (True, None): 30,
    }
    assert judge([first], None) == {
        (True, False): 5,
        (True, True): 5,
        (False, True): 15,
        (False, False): 75,
    }
    assert judge([first], "unused") == {(False, False): 100}


def test_a_million_characters_and_fifty_thousand_codings_take_no_longer_than_two_seconds() -> None:
    codes = [str(n) for n in range(300)]
    texts = []
    for source in range(200):
        marks = {
            code: (
                [Span((source + 7 * n) % 4_000, (source + 7 * n) % 4_000 + 300)],
                [Span((source + 7 * n) % 4_000 + 20, (source + 7 * n) % 4_000 + 330)],
            )
            for n, code in enumerate(codes)
            if (source + n) % 5 < 2
        }
        texts.append(text(5_000, marks))
    assert sum(len(spans) for t in texts for m in t.marks.values() for spans in m) >= 48_000
    start = perf_counter()
    said = [judge(texts, code) for code in codes]
    whole = figures(*said)
    anything = figures(judge(texts, None))
    taken = perf_counter() - start
    assert sum(said[0].values()) == 1_000_000
    assert whole.kappa.value is not None
    assert anything.alpha.value is not None
    assert taken < 2
