"""Where two coders differ: only one, other borders, the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.differences import Mark, differences
from workbench.models.kinds import DifferenceKind
from workbench.text.spans import Span


def mark(name: str, start: int, end: int, code: str = "x", *, settled: bool = False) -> Mark:
    return Mark(name, code, Span(start, end), settled)


def shape(found) -> list[tuple[str, list[str], list[str]]]:
    return [(d.kind, [m.id for m in d.first], [m.id for m in d.second]) for d in found]


def test_exactly_the_same_words_are_agreement() -> None:
    ours, theirs = [mark("a1", 0, 5)], [mark("b1", 0, 5), mark("b2", 0, 5, "y")]
    assert shape(differences(ours, theirs)) == [("only_second", [], ["b2"])]
    assert shape(differences(ours, theirs, same=True)) == [
        ("same", ["a1"], ["b1"]),
        ("only_second", [], ["b2"]),
    ]


def test_overlapping_words_are_one_difference_about_borders() -> None:
    ours = [mark("a1", 0, 10), mark("a2", 8, 20), mark("a3", 40, 50)]
    theirs = [mark("b1", 5, 12), mark("b2", 50, 60)]
    assert shape(differences(ours, theirs)) == [
        ("borders", ["a1", "a2"], ["b1"]),
        ("only_first", ["a3"], []),
        ("only_second", [], ["b2"]),
    ]


def test_what_was_let_stand_is_listed_only_when_asked_for() -> None:
    ours = [mark("a1", 0, 10, settled=True)]
    theirs = [mark("b1", 5, 12, settled=True), mark("b2", 30, 40)]
    assert shape(differences(ours, theirs)) == [("only_second", [], ["b2"])]
    everything = differences(ours, theirs, settled=True)
    assert [d.settled for d in everything] == [True, False]
    # a coding that comes later into a place that was let stand opens it again
    assert shape(differences([*ours, mark("a2", 9, 11)], theirs))[0] == (
        "borders",
        ["a1", "a2"],
        ["b1"],
    )


PLACES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8), st.sampled_from("xy")),
    max_size=8,
    unique=True,
)


def marks(name: str, places) -> list[Mark]:
    return [mark(f"{name}{n}", s, s + length, code) for n, (s, length, code) in enumerate(places)]


@given(PLACES, PLACES)
def test_every_coding_is_in_exactly_one_place_and_sides_can_be_swapped(one, other) -> None:
    ours, theirs = marks("a", one), marks("b", other)
    found = differences(ours, theirs, settled=True, same=True)
    assert sorted(m.id for d in found for m in d.marks) == sorted(m.id for m in ours + theirs)
    swap = {
        DifferenceKind.ONLY_FIRST: DifferenceKind.ONLY_SECOND,
        DifferenceKind.ONLY_SECOND: DifferenceKind.ONLY_FIRST,
    }
    back = differences(theirs, ours, settled=True, same=True)
    assert {(swap.get(d.kind, d.kind), d.second, d.first) for d in back} == {
        (d.kind, d.first, d.second) for d in found
    }
    assert not differences(ours, [mark("c" + m.id, m.span.start, m.span.end, m.code) for m in ours])
