"""Likeness of passages as numbers: what is shared and rare counts, and says so."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.similar import Passages


def passages(*lists: list[int]) -> Passages:
    begins = np.cumsum([0, *(len(some) for some in lists[:-1])])
    return Passages(
        np.array([term for some in lists for term in some], dtype=np.uint32),
        begins.astype(np.int64)[: len(lists)],
    )


def test_rare_shared_terms_count_more_than_common_ones():
    given_ = passages([0, 1, 5], [0, 2, 6], [0, 3, 7], [0, 4, 8], [9, 1, 10])
    first, *rest = given_.like([[0, 1]])
    assert first.passage in {0, 4}
    assert first.terms[0] == 1
    assert {match.passage for match in rest} & {0, 4}


def test_without_and_limit():
    some = passages([1, 2], [1, 3], [1, 4], [5, 6], [7, 8])
    assert {match.passage for match in some.like([[1]])} == {0, 1, 2}
    assert {match.passage for match in some.like([[1]], without={0})} == {1, 2}
    assert len(some.like([[1]], limit=1)) == 1
    assert some.like([[99]]) == []
    assert some.like([]) == []
    empty = Passages(np.array([], dtype=np.uint32), np.array([], dtype=np.int64))
    assert empty.like([[1]]) == []


lists = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=6), min_size=1, max_size=8)


@given(lists, lists)
def test_scores_are_shares_and_every_match_shares_its_terms(corpus, examples):
    wanted = {term for example in examples for term in example}
    found = passages(*corpus).like(examples)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    for match in found:
        assert 0 < match.score <= 1
        assert match.terms
        assert set(match.terms) <= wanted & set(corpus[match.passage])
