from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.insight import cycle
from workbench.insight.barriers import (
    band,
    confidence,
    is_quick_win,
    level,
    prioritise,
    suggested_severity,
)
from workbench.insight.counting import (
    UNITS,
    Count,
    Evidence,
    by_segment,
    contradicting,
    count_units,
    total_count,
)
from workbench.models.kinds import SourceKind


def interviews(n, start=0, **kw):
    return [Evidence(f"i{i}", "interview", person=f"p{i}", **kw) for i in range(start, start + n)]


def test_every_kind_of_source_has_a_unit():
    assert set(UNITS) == {kind.value for kind in SourceKind}


@pytest.mark.parametrize(
    ("n", "total", "expected"),
    [(0, 100, 1), (9, 100, 1), (10, 100, 2), (24, 100, 2), (25, 100, 3), (49, 100, 3), (50, 100, 4), (74, 100, 4),
     (75, 100, 5), (12, 12, 5), (0, 0, 0), (999, 10_000, 1), (249, 1000, 2)],
)  # fmt: skip
def test_bands(n, total, expected):
    assert band(n, total) == expected


def test_an_impossible_frequency_is_refused():
    with pytest.raises(InputError, match="5 of 3"):
        band(5, 3)


def test_levels_and_priority():
    assert [level(v) for v in (1, 7, 8, 14, 15, 25)] == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
    found = interviews(7)
    priority = prioritise(4, found, interviews(12))
    assert (priority.frequency.n, priority.frequency.total, priority.frequency.band) == (7, 12, 4)
    assert (priority.value, priority.level, priority.stars) == (16, "high", "★")
    assert priority.frequency.share == Fraction(7, 12)
    assert prioritise(5, interviews(2), interviews(4)).frequency.few
    for wrong in (0, 6):
        with pytest.raises(InputError, match="severity"):
            prioritise(wrong, found, found)


def test_confidence_counts_independent_kinds_that_support():
    found = [
        *interviews(3),
        Evidence("r", "review"),
        Evidence("v", "visit_comment", visit="1"),
        Evidence("s", "survey", stance="contradicts"),
        Evidence("d", "document"),
    ]
    assert confidence(found) == 3
    assert prioritise(1, found, found).stars == "★★★"
    assert confidence([]) == 0


def test_a_person_counts_once_however_much_they_say():
    twice = [Evidence("i1", "interview", person="p1"), Evidence("i2", "interview", person="p1")]
    assert count_units(twice, [*twice, *interviews(3, 5)]) == (Count(1, 4, "persons"),)
    mixed = [*twice, Evidence("r1", "review"), Evidence("r2", "review")]
    assert count_units(mixed[:3], mixed) == (Count(1, 1, "persons"), Count(1, 2, "reviews"))
    assert total_count(mixed[:3], mixed) == Count(2, 3, "sources")
    against = [Evidence("i9", "interview", person="p9", stance="contradicts")]
    assert count_units(against, interviews(3)) == (Count(0, 3, "persons"),)
    assert contradicting([*against, *against]) == 1


def test_by_segment():
    old, new = interviews(3, segment="old"), interviews(2, 10, segment="new")
    assert by_segment(old[:2], [*old, *new]) == {
        "old": (Count(2, 3, "persons"),),
        "new": (Count(0, 2, "persons"),),
    }


def test_counts_are_words_not_percentages():
    assert Count(7, 12).show() == "7 of 12 people"
    assert Count(1, 1, "visits").show() == "1 of 1 visit"
    assert Count(2, 3, "sources").show() == "2 of 3 sources"
    assert Count(1, 4).few


evidence = st.builds(
    Evidence,
    st.sampled_from("abcdef"),
    st.sampled_from(sorted(UNITS)),
    st.none() | st.sampled_from("pq"),
    st.none() | st.sampled_from("vw"),
    st.none() | st.sampled_from("xy"),
    st.sampled_from(["supports", "contradicts"]),
)


@given(st.lists(evidence), st.lists(evidence), st.integers(1, 5))
def test_never_more_affected_than_exposed_and_more_evidence_never_lowers_priority(
    found, exposed, severity
):
    priority = prioritise(severity, found, exposed)
    assert 0 <= priority.frequency.n <= priority.frequency.total
    assert 0 <= priority.value <= 25
    supporters = [e for e in exposed if e.stance == "supports"]
    assert prioritise(severity, [*found, *supporters], exposed).value >= priority.value


def test_small_rules():
    assert suggested_severity([2, 5, 3, 4]) == 4
    assert suggested_severity([]) is None
    assert is_quick_win("S", 4)
    assert not is_quick_win("M", 5)
    assert not is_quick_win("S", None)


def test_an_empty_project_says_how_each_step_begins():
    found = cycle.steps(cycle.CycleCounts())
    assert [step.name for step in found] == list(cycle.STEPS)
    assert {step.state for step in found} == {"empty"}
    assert [step.hints[0].code for step in found] == [
        "goals-none", "data-none", "quotes-none", "recommendations-none", "second-wave-none",
    ]  # fmt: skip
    assert all(len(step.hints) == 1 for step in found)
    assert cycle.next_step(cycle.CycleCounts()) == "goals"


FULL = {
    "goals": 2, "sources": 14, "quotes": 148, "barriers": 9, "recommendations": 6, "waves": 2, "metrics_latest": 3
}  # fmt: skip


def test_a_full_project_is_done_and_starts_again():
    counts = cycle.CycleCounts(**FULL)
    assert [step.state for step in cycle.steps(counts)] == ["done"] * 5
    assert [step.mark for step in cycle.steps(counts)] == ["✓"] * 5
    assert cycle.next_step(counts) == "goals"


@pytest.mark.parametrize(
    ("field", "step", "code"),
    [
        ("goals_unmeasurable", "goals", "goals-unmeasurable"), ("sources_waiting", "data", "sources-waiting"),
        ("visits_open", "data", "visits-open"), ("sources_uncoded", "analysis", "sources-uncoded"),
        ("barriers_unsupported", "analysis", "barriers-unsupported"),
        ("barriers_unanswered", "decisions", "barriers-unanswered"),
        ("recommendations_incomplete", "decisions", "recommendations-incomplete"),
        ("due_for_remeasuring", "monitoring", "remeasuring-due"),
    ],
)  # fmt: skip
def test_each_thing_missing_is_hinted_at_its_step(field, step, code):
    counts = cycle.CycleCounts(**FULL, **{field: 3})
    found = {s.name: s for s in cycle.steps(counts)}
    assert found[step].state == "attention"
    assert found[step].hints == (cycle.Hint(code, 3),)
    assert "3" in cycle.hint_sentence(found[step].hints[0])
    assert [s.name for s in found.values() if s.state != "done"] == [step]
    assert cycle.next_step(counts) == step


def test_every_hint_has_a_sentence():
    for counts in (
        cycle.CycleCounts(),
        cycle.CycleCounts(goals=1, sources=1, quotes=1, recommendations=1, waves=2),
    ):
        for step in cycle.steps(counts):
            assert cycle.step_title(step.name)
            assert all(cycle.hint_sentence(hint).endswith(".") for hint in step.hints)
