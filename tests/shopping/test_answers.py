from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.shopping.answers import (
    NOT_APPLICABLE,
    Answer,
    read_answer,
    show_value,
    shown_questions,
    value_to_json,
)
from workbench.shopping.checklist import (
    Band,
    Checklist,
    Condition,
    Option,
    Question,
    Scale,
    Section,
    text_in,
)
from workbench.shopping.completeness import Missing, missing
from workbench.shopping.validation import FLAW_SENTENCES, validate_checklist

T = {"en": "Question", "ru": "Вопрос"}
OPTIONS = (
    Option("card", {"en": "By card", "ru": "Картой"}, Decimal(1)),
    Option("cash", {"en": "In cash", "ru": "Наличными"}, Decimal(1)),
    Option("2", {"en": "two", "ru": "два"}),
    Option("none", {"en": "None of these", "ru": "Ничего"}, exclusive=True),
)


def question(kind, **kw):
    return Question("wait", T, kind, options=OPTIONS if kind in {"single", "multi"} else (), **kw)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("yes_no", "yes", True), ("yes_no", " Да ", True), ("yes_no", "нет", False), ("yes_no", False, False),
        ("single", "card", "card"), ("single", "наличными", "cash"), ("single", 2, "2"),
        ("multi", "card, cash", ("card", "cash")), ("multi", ["cash", "card"], ("card", "cash")),
        ("multi", "none", ("none",)), ("multi", "By card", ("card",)),
        ("scale", "4", Decimal(4)), ("scale", 5, Decimal(5)), ("scale", 3.0, Decimal("3.0")),
        ("number", "3,5", Decimal("3.5")), ("number", "-2", Decimal(-2)), ("number", "1\u00a0200", Decimal(1200)),
        ("time", "4:05", 245), ("time", "1:00:01", 3601), ("time", "90", 90), ("time", 8, 8), ("time", "0:08", 8),
        ("text", " слова ", "слова"), ("text", "n/a", "n/a"),
        ("date", "2026-05-14", date(2026, 5, 14)), ("date", "14.05.2026", date(2026, 5, 14)),
        ("date", datetime(2026, 5, 14, 3), date(2026, 5, 14)),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_answers_are_read_as_what_they_are(kind, raw, value):
    read = read_answer(question(kind), raw)
    assert read == value
    assert type(read) is type(value)
    assert read_answer(question(kind), json.loads(json.dumps(value_to_json(read)))) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("yes_no", "maybe"), ("yes_no", 1), ("yes_no", None), ("yes_no", ""), ("yes_no", ["yes"]),
        ("single", "cheque"), ("single", True), ("single", ""), ("single", ["card"]),
        ("multi", "card, cheque"), ("multi", "none, card"), ("multi", ""), ("multi", {"card": 1}), ("multi", 7),
        ("scale", "6"), ("scale", 0), ("scale", "2.5"), ("scale", True), ("scale", "five"), ("scale", float("nan")),
        ("number", "NaN"), ("number", "inf"), ("number", "1e99"), ("number", "1e-99999999"), ("scale", "1e-99999999"), ("number", "1_000"), ("number", False), ("number", "٣"),
        ("number", "9" * 50),
        ("time", "-1"), ("time", "1:70"), ("time", "1.5"), ("time", "soon"), ("time", True),
        ("text", 5), ("text", ""), ("text", "  "), ("text", None),
        ("date", "2026-02-30"), ("date", "31.02.2026"), ("date", 20260514), ("date", "tomorrow"),
    ],
)  # fmt: skip
def test_a_wrong_type_never_passes(kind, raw):
    with pytest.raises(InputError) as trouble:
        read_answer(question(kind), raw)
    assert trouble.value.code == "answer-wrong-type"
    assert trouble.value.params["question"] == "wait"
    assert trouble.value.params["expected"] in str(trouble.value)


KINDS = ["yes_no", "single", "multi", "scale", "number", "time", "text", "date"]
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.decimals()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.sampled_from(KINDS), anything)
def test_whatever_is_given_the_result_has_the_type_or_is_refused(kind, raw):
    try:
        value = read_answer(question(kind), raw)
    except InputError:
        return
    expected = {
        "yes_no": bool, "single": str, "multi": tuple, "scale": Decimal, "number": Decimal, "time": int, "text": str, "date": date
    }  # fmt: skip
    assert type(value) is expected[kind]
    json.dumps(value_to_json(value), allow_nan=False)
    assert show_value(question(kind), value, language="ru") or kind == "multi"


def test_not_applicable_only_where_it_is_allowed():
    assert read_answer(question("scale", na_allowed=True), "Н/П") is NOT_APPLICABLE
    with pytest.raises(InputError) as trouble:
        read_answer(question("scale"), "n/a")
    assert trouble.value.code == "answer-na-refused"
    assert "1" in trouble.value.remedy


def test_values_are_shown_in_words():
    assert show_value(question("multi"), ("card", "cash"), language="ru") == "Картой, Наличными"
    assert show_value(question("time"), 245, language="en") == "4:05"
    assert text_in({"ru": "да"}, "en") == "да"


CHECKLIST = Checklist(
    "c",
    T,
    (
        Section(
            "s",
            T,
            (
                Question("seated", T, comment_required_when="no"),
                Question("wait", T, "time", bands=(Band(Decimal(0), Decimal(60), Decimal(4)), Band(Decimal(60), None, Decimal(1))),
                         shown_when=Condition("seated", (True,)), comment_required_when="low"),
                Question("taste", T, "scale", scale=Scale(), comment_required_when="low"),
                Question("pay", T, "multi", options=OPTIONS, evidence_required=True, na_allowed=True),
                Question("receipt", T, shown_when=Condition("pay", ("card",))),
                Question("note", T, "text", required=False),
            ),
        ),
    ),
)  # fmt: skip


def test_what_is_shown_follows_the_answers():
    assert shown_questions(CHECKLIST, {}) == {"seated", "taste", "pay", "note"}
    answers = {"seated": Answer(True), "pay": Answer(("card", "cash"))}
    assert shown_questions(CHECKLIST, answers) == {
        "seated",
        "wait",
        "taste",
        "pay",
        "receipt",
        "note",
    }
    assert "receipt" not in shown_questions(CHECKLIST, {"pay": Answer(na=True)})


def test_what_is_missing():
    assert missing(CHECKLIST, {}) == tuple(Missing(k, "answer") for k in ("seated", "taste", "pay"))
    answers = {
        "seated": Answer(False),
        "taste": Answer(Decimal(2)),
        "pay": Answer(("cash",)),
    }
    assert missing(CHECKLIST, answers) == (
        Missing("seated", "comment"), Missing("taste", "comment"), Missing("pay", "evidence"),
    )  # fmt: skip
    answers = {
        "seated": Answer(True),
        "wait": Answer(75),
        "taste": Answer(Decimal(3)),
        "pay": Answer(na=True),
    }
    assert missing(CHECKLIST, answers) == (Missing("wait", "comment"),)
    answers["wait"] = Answer(75, comment="one till of three")
    assert missing(CHECKLIST, answers) == ()


def codes(*questions, **kw):
    checklist = Checklist("c", T, (Section("s", T, questions),), **kw)
    return [flaw.code for flaw in validate_checklist(checklist)]


def test_a_sound_checklist_has_no_flaws():
    assert validate_checklist(CHECKLIST) == ()


@pytest.mark.parametrize(
    ("questions", "rules", "code"),
    [
        ([], {}, "no-questions"),
        ([Question("", T)], {}, "no-key"),
        ([Question("a", {})], {}, "no-text"),
        ([Question("a", T), Question("a", T)], {}, "key-twice"),
        ([Question("s", T)], {}, "key-twice"),
        ([Question("a", T, "slider")], {}, "unknown-value"),
        ([Question("a", T)], {"total_mode": "guess"}, "unknown-value"),
        ([Question("a", T, comment_required_when="always")], {}, "unknown-value"),
        ([Question("a", T, "single")], {}, "no-options"),
        ([Question("a", T, "single", options=(OPTIONS[0], OPTIONS[0]))], {}, "option-twice"),
        ([Question("a", T, "scale", scale=Scale(Decimal(5), Decimal(1)))], {}, "bad-scale"),
        ([Question("a", T, "scale", scale=Scale(Decimal(1), Decimal(5), step=Decimal(3)))], {}, "bad-scale"),
        ([Question("a", T, "time", bands=(Band(Decimal(5), Decimal(1), Decimal(1)),))], {}, "bad-band"),
        ([Question("a", T, bands=(Band(Decimal(1), Decimal(2), Decimal(1)),))], {}, "bands-misplaced"),
        ([Question("a", T, weight=Decimal(-1))], {}, "negative-weight"),
        ([Question("a", T, shown_when=Condition("b", (True,))), Question("b", T)], {}, "shown-by-unknown"),
        ([Question("b", T), Question("a", T, shown_when=Condition("b", ("maybe",)))], {}, "shown-by-impossible"),
    ],
)  # fmt: skip
def test_each_flaw_is_found_and_has_a_sentence(questions, rules, code):
    assert codes(*questions, **rules) == [code]
    assert code in FLAW_SENTENCES


def test_an_unknown_question_is_named():
    with pytest.raises(InputError, match="nowhere"):
        CHECKLIST.question("nowhere")
