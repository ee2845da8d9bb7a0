from __future__ import annotations

import pytest

from workbench.coding.fuzzy import Candidate, other_layout, rank_codes

CODES = [
    Candidate("price", "Прайс", "Деньги / Прайс"),
    Candidate(
        "queue", "Очередь по записи", "Ожидание / Очередь по записи", "ждёт дольше назначенного"
    ),
    Candidate("call", "Никто не перезвонил", "Ожидание / Никто не перезвонил"),
    Candidate("wait", "Ожидание", "Ожидание"),
    Candidate("clear", "Clear terms", "Strengths / Clear terms", "says the rate and the fee"),
    Candidate("yo", "Тёплый приём", "Сильные стороны / Тёплый приём"),
]


def ids(query, **kw):
    return [match.candidate.id for match in rank_codes(query, CODES, **kw)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("прайс", "price"), ("ghfqc", "price"), ("GHF", "price"), ("сдуфк", "clear"), ("clear", "clear"),
        ("очер", "queue"), ("записи", "queue"), ("оч зап", "queue"), ("перезв", "call"), ("перезванил", "call"),
        ("теплый", "yo"), ("ntgksq", "yo"), ("ожид", "wait"), ("сильные", "yo"), ("назначенного", "queue"),
        ("the fee", "clear"), ("ннп", "call"), ("clera", "clear"), ("очердь", "queue"),
    ],
)  # fmt: skip
def test_the_code_that_was_meant_comes_first(query, first):
    assert ids(query)[0] == first


def test_the_other_layout_is_marked():
    assert rank_codes("ghfqc", CODES)[0].swapped
    assert not rank_codes("прайс", CODES)[0].swapped
    assert other_layout("ghfqc") == "прайс"
    assert other_layout("сдуфк") == "clear"


def test_without_a_query_recent_codes_come_first_and_the_rest_keep_their_order():
    assert ids("", recent=["yo", "call"]) == ["yo", "call", "price", "queue", "wait", "clear"]
    assert ids("  ", limit=2) == ["price", "queue"]


def test_recent_use_decides_between_equals():
    twins = [Candidate("1", "Банк A"), Candidate("2", "Банк B")]
    assert [m.candidate.id for m in rank_codes("банк", twins, recent=["2"])] == ["2", "1"]


@pytest.mark.parametrize("query", ["xyzzy", "щщщ", "123", "[.*"])
def test_nonsense_finds_nothing(query):
    assert ids(query) == []
