"""Every vector comes from a tool's own documentation; see the module docstring of scoring."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.shopping.answers import Answer
from workbench.shopping.checklist import (
    Band,
    Checklist,
    Condition,
    Option,
    Question,
    Scale,
    Section,
)
from workbench.shopping.scoring import percent, score_visit, show_percent

T = {"en": "?", "ru": "?"}


def q(key, **kw):
    return Question(key, T, **kw)


def sheet(*sections, **kw):
    made = tuple(
        Section(f"s{i}", T, tuple(s[0]), weight=Decimal(s[1]))
        if isinstance(s, tuple)
        else Section(f"s{i}", T, tuple(s))
        for i, s in enumerate(sections)
    )
    return Checklist("c", T, made, **kw)


def given_answers(**values):
    return {k: Answer(na=True) if v == "na" else Answer(v) for k, v in values.items()}


def share(checklist, **values):
    return score_visit(checklist, given_answers(**values)).share


YES_NO = [q("a", na_allowed=True), q("b", na_allowed=True), q("c", na_allowed=True)]


def test_sassie_yes_no_na():
    assert share(sheet(YES_NO), a=True, b=False, c="na") == Fraction(1, 2)
    score = score_visit(sheet(YES_NO), given_answers(a=True, b=False, c="na"))
    assert (score.earned, score.possible) == (1, 2)


def test_sassie_three_of_five_ticks():
    options = tuple(Option(str(i), T, Decimal(1)) for i in range(5))
    score = score_visit(
        sheet([q("m", type="multi", options=options)]), given_answers(m=("0", "2", "4"))
    )
    assert (score.earned, score.possible) == (3, 5)


def test_sassie_possible_is_the_best_option():
    options = (Option("bad", T, Decimal(2)), Option("good", T, Decimal(7)))
    score = score_visit(sheet([q("s", type="single", options=options)]), given_answers(s="bad"))
    assert (score.earned, score.possible) == (2, 7)


def test_sassie_bonus_adds_to_earned_only_and_is_capped():
    questions = [q("a"), q("b", bonus=True)]
    assert share(sheet(questions), a=True, b=True) == 1
    assert share(sheet(questions, cap_100=False), a=True, b=True) == 2
    assert share(sheet(questions), a=True, b=False) == 1


def test_genesys_weighted_groups_give_60_percent():
    checklist = sheet(
        [q("a", weight=Decimal(40)), q("b", weight=Decimal(40))], [q("c", weight=Decimal(20))]
    )
    assert share(checklist, a=True, b=False, c=True) == Fraction(60, 100)


def test_sprinklr_category_75_and_total_70():
    def scale(key, weight):
        return q(
            key,
            type="scale",
            scale=Scale(Decimal(0), Decimal(100), Decimal(1)),
            weight=Decimal(weight),
        )

    category = sheet([scale("a", 10), scale("b", 5), scale("c", 5)])
    assert share(category, a=Decimal(75), b=Decimal(50), c=Decimal(100)) == Fraction(75, 100)
    total = sheet(
        ([scale("a", 1)], 10),
        ([scale("b", 1)], 15),
        ([scale("c", 1)], 5),
        total_mode="weighted_sections",
    )
    assert share(total, a=Decimal(85), b=Decimal(50), c=Decimal(100)) == Fraction(70, 100)


def test_planbrothers_62_5():
    def scale(key, weight):
        return q(
            key,
            type="scale",
            scale=Scale(Decimal(0), Decimal(1), Decimal(1), Decimal("0.5")),
            weight=Decimal(weight),
        )

    checklist = sheet([scale("a", 1), scale("b", 2), scale("c", 1), scale("d", 0)])
    score = score_visit(
        checklist, given_answers(a=Decimal(0), b=Decimal(1), c=Decimal("0.5"), d=Decimal(0))
    )
    assert score.share == Fraction(625, 1000)
    assert percent(score.share) == Decimal("62.5")


def test_compliance_checkpoint_out_of_90():
    checklist = sheet([q(f"q{i}", points_yes=Decimal(10), na_allowed=True) for i in range(10)])
    answers = given_answers(**{f"q{i}": True for i in range(9)}, q9="na")
    score = score_visit(checklist, answers)
    assert (score.earned, score.possible) == (90, 90)


def test_safetyculture_16_of_20():
    options = tuple(Option(str(i), T, Decimal(i)) for i in range(1, 6))
    checklist = sheet([q("s", type="single", options=options, weight=Decimal(4))])
    score = score_visit(checklist, given_answers(s="4"))
    assert (score.earned, score.possible) == (16, 20)


def test_clean_smarts_80_percent():
    scale = {
        "type": "scale",
        "scale": Scale(Decimal(0), Decimal(5), Decimal(5)),
        "na_allowed": True,
    }
    checklist = sheet(
        [q("a", **scale), q("b", **scale), q("c", **scale), q("d", **scale), q("e", **scale)]
    )
    score = score_visit(
        checklist, given_answers(a=Decimal(5), b=Decimal(5), c=Decimal(5), d=Decimal(1), e="na")
    )
    assert (score.earned, score.possible, percent(score.share)) == (16, 20, Decimal("80.0"))


CRITICAL = [q("a", critical=True), q("b")]


@pytest.mark.parametrize(
    ("policy", "expected", "first"),
    [
        ("flag_fail", Fraction(3, 4), Fraction(1, 2)),
        ("zero_section", Fraction(2, 4), Fraction(0)),
        ("zero_total", Fraction(0), Fraction(1, 2)),
    ],
)
def test_critical_policies(policy, expected, first):
    checklist = sheet(CRITICAL, [q("c"), q("d")], critical_policy=policy)
    score = score_visit(checklist, given_answers(a=False, b=True, c=True, d=True))
    assert score.share == expected
    assert score.sections[0].share == first
    assert score.passed is False
    assert score.failed_critical == ("a",)
    assert score.critical_share == 0
    kept = score_visit(checklist, given_answers(a=True, b=True, c=True, d=False))
    assert (kept.share, kept.critical_share, kept.passed) == (Fraction(3, 4), 1, True)


def test_a_critical_question_fails_even_when_it_is_not_scored():
    checklist = sheet([q("a", critical=True, scored=False), q("b")])
    assert score_visit(checklist, given_answers(a=False, b=True)).failed_critical == ("a",)
    assert score_visit(checklist, given_answers(b=True)).failed_critical == ()


def test_pass_marks_of_the_whole_and_of_sections():
    checklist = sheet(YES_NO, pass_mark=Decimal(60))
    assert score_visit(checklist, given_answers(a=True, b=True, c=False)).passed is True
    assert score_visit(checklist, given_answers(a=True, b=False, c=False)).passed is False
    section = dataclasses.replace(checklist.sections[0], pass_mark=Decimal(100))
    strict = dataclasses.replace(checklist, sections=(section,), pass_mark=None)
    score = score_visit(strict, given_answers(a=True, b=True, c=False))
    assert (score.sections[0].passed, score.passed) == (False, False)


def test_nothing_to_score_is_a_dash():
    score = score_visit(sheet(YES_NO), given_answers(a="na", b="na", c="na"))
    assert (score.share, score.passed, score.grade) == (None, None, None)
    assert show_percent(score.share) == "—"


def test_a_visit_without_any_answer_has_no_score():
    score = score_visit(sheet(YES_NO), {})
    assert (score.share, score.passed) == (None, None)


def test_unanswered():
    checklist = sheet([q("a"), q("b"), q("c", required=False)])
    assert share(checklist, a=True) == Fraction(1, 2)
    assert score_visit(checklist, given_answers(a=True), answered_only=True).share == 1
    zero = dataclasses.replace(checklist, unanswered="zero")
    assert share(zero, a=True) == Fraction(1, 3)


def test_hidden_questions_do_not_count():
    checklist = sheet(
        [
            q("a"),
            q("b", shown_when=Condition("a", (True,))),
            q("c", shown_when=Condition("b", (True,))),
        ]
    )
    score = score_visit(checklist, given_answers(a=False, b=False, c=True))
    assert (score.earned, score.possible) == (0, 1)
    assert [s.outcome for s in score.questions] == ["missed", "hidden", "hidden"]


def test_bands_first_fit_and_open_ends():
    bands = (
        Band(Decimal(0), Decimal(300), Decimal(3)),
        Band(Decimal(300), Decimal(600), Decimal(2)),
        Band(Decimal(600), None, Decimal(0)),
    )
    checklist = sheet([q("t", type="time", bands=bands)])
    assert [share(checklist, t=s) for s in (0, 300, 301, 600, 601, 99999)] == [
        1,
        1,
        Fraction(2, 3),
        Fraction(2, 3),
        0,
        0,
    ]


def test_penalties_stop_at_nought_unless_switched_off():
    options = (Option("fine", T, Decimal(0)), Option("rude", T, Decimal(-5)))
    checklist = sheet([q("a"), q("p", type="single", options=options)])
    assert share(checklist, a=True, p="rude") == 0
    assert share(dataclasses.replace(checklist, floor_zero=False), a=True, p="rude") == -4
    assert [
        s.outcome for s in score_visit(checklist, given_answers(a=True, p="fine")).questions
    ] == ["met", "met"]


def test_an_option_may_mean_not_applicable():
    options = (Option("good", T, Decimal(1)), Option("none", T, na=True))
    checklist = sheet([q("a"), q("s", type="single", options=options)])
    assert share(checklist, a=True, s="none") == 1
    assert score_visit(checklist, given_answers(a=True, s="none")).possible == 1


def test_words_count_only_when_presence_is_worth_points():
    assert share(sheet([q("a"), q("t", type="text")]), a=False, t="x") == 0
    assert share(
        sheet([q("a"), q("t", type="text", points_if_present=Decimal(1))]), a=False, t="x"
    ) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(5, 8), "62.5"), (Fraction(1, 3), "33.3"), (Fraction(2, 3), "66.7"), (Fraction(12345, 100000), "12.3"), (Fraction(1245, 10000), "12.5"),
     (Fraction(9995, 10000), "100.0"), (Fraction(-1, 1000) / 2, "-0.1"), (Fraction(0), "0.0")],
)  # fmt: skip
def test_rounding_is_half_up_to_one_digit(value, shown):
    assert str(percent(value)) == shown


def test_grades():
    checklist = sheet([q("m", type="scale", scale=Scale(Decimal(0), Decimal(100)))])
    grades = [
        score_visit(checklist, given_answers(m=Decimal(x))).grade for x in (100, 90, 89, 75, 74, 0)
    ]
    assert grades == ["green", "green", "amber", "amber", "red", "red"]


points = st.integers(-3, 10).map(Decimal)
questions = st.builds(
    lambda y, n, w, c, b, s: {
        "points_yes": y, "points_no": n, "weight": w, "critical": c, "bonus": b, "scored": s, "na_allowed": True
    },
    points, points, st.decimals(0, 5, places=2), st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
sheets = st.builds(
    lambda rows, mode, policy: sheet(
        *[([q(f"q{i}_{j}", **row) for j, row in enumerate(section)], i + 1) for i, section in enumerate(rows)],
        total_mode=mode, critical_policy=policy,
    ),
    st.lists(st.lists(questions, max_size=4), min_size=1, max_size=3),
    st.sampled_from(["points", "weighted_sections"]),
    st.sampled_from(["flag_fail", "zero_section", "zero_total"]),
)  # fmt: skip


def draw_answers(data, checklist):
    choices = st.sampled_from([Answer(True), Answer(False), Answer(na=True), None])
    drawn = {question.key: data.draw(choices) for question in checklist.questions()}
    return {k: a for k, a in drawn.items() if a}


@given(sheets, st.data())
def test_a_score_lies_between_nought_and_one(checklist, data):
    score = score_visit(checklist, draw_answers(data, checklist))
    for value in (score.share, score.critical_share, *(s.share for s in score.sections)):
        assert value is None or 0 <= value <= 1
    assert (score.share is None) == (not [s for s in score.sections if s.share is not None])


@given(sheets, st.data())
def test_not_applicable_is_as_if_never_asked(checklist, data):
    answers = draw_answers(data, checklist)
    without = dataclasses.replace(
        checklist,
        sections=tuple(
            dataclasses.replace(
                s,
                questions=tuple(
                    x for x in s.questions if not (x.key in answers and answers[x.key].na)
                ),
            )
            for s in checklist.sections
        ),
    )
    left, right = score_visit(checklist, answers), score_visit(without, answers)
    if not any(a.given and not a.na for a in answers.values()):
        assert left.share in {None, 0}  # nothing but N/A: what is left was not answered
        return
    assert (left.share, left.earned, left.possible) == (right.share, right.earned, right.possible)
    assert (left.failed_critical, left.critical_share) == (
        right.failed_critical,
        right.critical_share,
    )


@given(sheets, st.data(), st.integers(1, 50))
def test_multiplying_every_weight_changes_nothing(checklist, data, factor):
    answers = draw_answers(data, checklist)
    heavier = dataclasses.replace(
        checklist,
        sections=tuple(
            dataclasses.replace(
                s,
                weight=s.weight * factor,
                questions=tuple(
                    dataclasses.replace(x, weight=x.weight * factor) for x in s.questions
                ),
            )
            for s in checklist.sections
        ),
    )
    assert score_visit(checklist, answers).share == score_visit(heavier, answers).share
