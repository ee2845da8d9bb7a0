from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from workbench.errors import InputError
from workbench.shopping import workflow
from workbench.shopping.answers import Answer
from workbench.shopping.checklist import Checklist, Question, Section
from workbench.shopping.rollup import (
    VisitResult,
    compliance,
    league_table,
    mean_of,
    mean_of_locations,
    means_by,
    missed_standards,
    section_means,
    sections_by_location,
)
from workbench.shopping.scoring import score_visit

T = {"en": "?"}
CHECKLIST = Checklist(
    "c",
    T,
    (
        Section("hall", T, (Question("clean", T, na_allowed=True), Question("sign", T, na_allowed=True))),
        Section("desk", T, (Question("hello", T, critical=True, na_allowed=True), Question("bye", T, points_yes=Decimal(3), na_allowed=True))),
    ),
)  # fmt: skip


def visit(name, location, region, marks, wave=1):
    """Marks: one character per question: + yes, - no, x not applicable."""
    values = {"+": Answer(True), "-": Answer(False), "x": Answer(na=True)}
    keys = [question.key for question in CHECKLIST.questions()]
    score = score_visit(CHECKLIST, {k: values[m] for k, m in zip(keys, marks, strict=True)})
    return VisitResult(name, location, region, wave, score)


VISITS = [
    visit("1", "Lenina", "North", "++++"),
    visit("2", "Lenina", "North", "+--+"),
    visit("3", "Mira", "North", "xxxx"),
    visit("4", "Mira", "North", "xx+-"),
    visit("5", "Port", "South", "-+++"),
]


def test_a_location_scores_the_mean_of_its_visits_and_the_pool_is_beside_it():
    means = means_by(VISITS, lambda v: v.location)
    assert (means["Lenina"].share, means["Lenina"].pooled, means["Lenina"].n) == (
        Fraction(5, 6),
        Fraction(10, 12),
        2,
    )
    assert (means["Mira"].share, means["Mira"].n) == (Fraction(1, 4), 1)
    assert means["Mira"].distortion == 1
    assert means["Mira"].few


def test_a_region_is_the_mean_of_its_visits_not_of_its_locations():
    north = [v for v in VISITS if v.region == "North"]
    assert mean_of(north).share == (Fraction(1) + Fraction(4, 6) + Fraction(1, 4)) / 3
    assert mean_of_locations(north) == (Fraction(5, 6) + Fraction(1, 4)) / 2
    assert mean_of([]).share is None


def test_sections_without_anything_to_score_are_left_out():
    assert section_means(VISITS)["hall"] == ((Fraction(1) + Fraction(1, 2) + Fraction(1, 2)) / 3, 3)
    assert sections_by_location(VISITS)["Mira"] == {"hall": (None, 0), "desk": (Fraction(1, 4), 1)}


def test_compliance_is_yes_of_yes_and_no():
    found = compliance(VISITS)["clean"]
    assert (found.met, found.missed, found.na, found.n, found.share) == (2, 1, 2, 3, Fraction(2, 3))


def test_missed_standards_come_worst_first():
    assert {item.question for item in missed_standards(VISITS)} == {"clean", "sign", "hello", "bye"}
    shares = [item.share for item in missed_standards(VISITS)]
    assert shares == sorted(shares)
    assert len(missed_standards(VISITS, top=2)) == 2
    assert all(item.share < 1 for item in missed_standards(VISITS))


def test_league_table():
    before = [visit("a", "Lenina", "North", "----", 0), visit("b", "Lenina", "North", "++++", 0),
              visit("c", "Port", "South", "++++", 0)]  # fmt: skip
    rows = league_table(VISITS, previous=before)
    assert [(row.rank, row.location) for row in rows] == [(1, "Lenina"), (1, "Port"), (3, "Mira")]
    assert rows[0].delta == Fraction(5, 6) - Fraction(1, 2)
    assert rows[1].delta is None  # one visit in each wave compares chance
    assert rows[0].failed_critical == 1
    assert [row.worst_section for row in rows] == ["hall", "hall", "desk"]


def test_a_location_without_scores_stands_last_without_rank():
    rows = league_table([*VISITS, visit("9", "Aral", "South", "xxxx")])
    assert (rows[-1].location, rows[-1].rank) == ("Aral", None)


def test_every_status_can_be_reached_and_leads_only_to_known_ones():
    for actions in workflow.TRANSITIONS.values():
        assert set(actions.values()) <= set(workflow.STATUSES)
    for status in workflow.STATUSES:
        way, here = workflow.path("planned", status), "planned"
        for action in way:
            here = workflow.next_status(here, action)
        assert here == status
    assert workflow.path("planned", "published") == ("start", "submit", "approve", "publish")


def test_an_action_that_is_not_open_says_which_are():
    with pytest.raises(InputError) as trouble:
        workflow.next_status("published", "submit")
    assert trouble.value.code == "visit-action-refused"
    assert "reopen" in trouble.value.remedy
    with pytest.raises(InputError, match="lost"):
        workflow.path("planned", "lost")
    assert workflow.may_become("in_review", "returned")
    assert not workflow.may_become("planned", "approved")
    assert not workflow.EDITABLE & workflow.COUNTED
