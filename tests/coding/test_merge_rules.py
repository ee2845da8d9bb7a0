"""What becomes of a row of which two copies know."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.merging import Decision, decide

ROW = st.one_of(st.none(), st.fixed_dictionaries({"name": st.sampled_from("ab")}))


def test_each_case_by_name() -> None:
    a, b = {"name": "a"}, {"name": "b"}

    def decided(ours, theirs, here=False, there=False) -> str:
        return decide(ours, theirs, changed_here=here, changed_there=there)

    assert decided(None, a, there=True) == Decision.ADD
    assert decided(a, a, True, True) == Decision.NOTHING
    assert decided(a, b, there=True) == Decision.TAKE
    assert decided(a, b, here=True) == Decision.NOTHING
    assert decided(a, b, True, True) == Decision.CONFLICT
    assert decided(a, b) == Decision.CONFLICT, "nobody knows who changed it"
    assert decided(None, a, here=True) == Decision.KEEP_REMOVED
    assert decided(None, a, True, True) == Decision.CONFLICT
    assert decided(a, None, there=True) == Decision.REMOVE
    assert decided(a, None, True, True) == Decision.CONFLICT
    assert decided(a, None, here=True) == Decision.NOTHING


@given(ROW, ROW, ROW)
def test_merged_both_ways_two_copies_are_the_same_unless_there_is_a_conflict(base, one, other):
    """Each side is what the base became; what either side decides leads to the same row."""

    def merged(ours, theirs):
        decision = decide(ours, theirs, changed_here=ours != base, changed_there=theirs != base)
        if decision in (Decision.ADD, Decision.TAKE):
            return decision, theirs
        return decision, None if decision == Decision.REMOVE else ours

    (first, here), (second, there) = merged(one, other), merged(other, one)
    if Decision.CONFLICT in (first, second):
        assert first == second
    else:
        assert here == there
