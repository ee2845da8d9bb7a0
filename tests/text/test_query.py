from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.text.query import Near, Phrase, Query, Word, parse, split_words


def w(key: str, **marks: bool) -> Word:
    return Word(key, **marks)


def test_words_stand_for_turns_that_hold_them_all():
    assert parse("Очередь  БАНК") == Query(((w("очередь"),), (w("банк"),)))


@pytest.mark.parametrize(
    "text", ['"долгая запись"', "«Долгая запись»", "“долгая запись”", "„долгая запись“"]
)
def test_quotation_marks_make_a_phrase(text):
    assert parse(text) == Query(((Phrase((w("долгая"), w("запись"))),),))


def test_a_phrase_of_one_word_is_the_word():
    assert parse('"очередь"') == parse("очередь")


@pytest.mark.parametrize("text", ["какой-то", "don't", "3,5", "«какой то»"])
def test_signs_inside_a_word_make_a_phrase(text):
    (group,) = parse(text).wanted
    assert isinstance(group[0], Phrase)
    assert len(group[0].words) == 2


def test_all_marks():
    assert parse("достав*") == Query(((w("достав", prefix=True),),))
    assert parse("=Ждать") == Query(((w("ждать", exact=True),),))
    assert parse('="ждать долго"').wanted[0][0] == Phrase(
        (w("ждать", exact=True), w("долго", exact=True))
    )
    assert parse("банк -очередь") == Query(((w("банк"),),), (w("очередь"),))
    assert parse('банк -"живая очередь"').unwanted == (Phrase((w("живая"), w("очередь"))),)
    assert parse("банк ёж").wanted[1] == (w("еж"),)


@pytest.mark.parametrize("sign", ["OR", "ИЛИ", "|"])
def test_alternatives_join_their_neighbours(sign):
    assert parse(f"долго банк {sign} касса {sign} окно") == Query(
        ((w("долго"),), (w("банк"), w("касса"), w("окно")))
    )


def test_a_bar_needs_no_spaces_and_small_letters_are_words():
    assert parse("банк|касса") == parse("банк OR касса")
    assert parse("банк или касса") == Query(((w("банк"),), (w("или"),), (w("касса"),)))


def test_near():
    assert parse("очередь /5 банк") == Query(((Near((w("очередь"), w("банк")), (5,)),),))
    assert parse('a1 /0 "b1 c1" /12 de* | e1') == Query(
        (
            (
                Near((w("a1"), Phrase((w("b1"), w("c1"))), w("de", prefix=True)), (0, 12)),
                w("e1"),
            ),
        )
    )


def test_without_forms_every_word_is_exact():
    assert parse("ждать долго", forms=False) == parse("=ждать =долго")
    assert parse("достав*", forms=False) == parse("достав*")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "query-empty"),
        ("  — … ", "query-empty"),
        ('"долгая запись', "query-quote-open"),
        ("банк «живая", "query-quote-open"),
        ("-банк", "query-only-unwanted"),
        ('-банк -"живая очередь"', "query-only-unwanted"),
        ("банк ИЛИ", "query-or"),
        ("| банк", "query-or"),
        ("банк OR OR касса", "query-or"),
        ("банк OR -касса", "query-or"),
        ("банк -касса OR окно", "query-or"),
        ("/5 банк", "query-near"),
        ("банк /5", "query-near"),
        ("банк /5 -касса", "query-near"),
        ("*", "query-empty"),
        ("а*", "query-star-short"),
        ("до*ка", "query-star"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(text, code):
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.code == code
    assert caught.value.problem
    assert caught.value.remedy


PIECES = st.sampled_from(
    [*'"«»“”-=*|/.,;~() \t\n', "OR", "ИЛИ", "/5", "/0", "/99", "/100", "банк", "Ёлка", "don't", "а", "😀",
     "за\u0301мок", "оче\u00adредь", "\u200b", "[x]"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_anything_typed_is_read_or_refused_and_reads_the_same_again(text):
    try:
        query = parse(text)
    except InputError as error:
        assert error.code.startswith("query-")
        assert str(error)
        return
    assert parse(str(query)) == query
    assert query.wanted


keys = st.text(alphabet="абвгежabcd123", min_size=2, max_size=6).filter(
    lambda key: split_words(key) == [key]
)
plain_words = st.one_of(
    st.builds(Word, keys, st.booleans()), st.builds(Word, keys, st.just(False), st.just(True))
)
phrases = st.lists(plain_words, min_size=2, max_size=3).map(lambda some: Phrase(tuple(some)))
simple = st.one_of(plain_words, phrases)
nears = st.lists(st.tuples(simple, st.integers(0, 99)), min_size=2, max_size=3).map(
    lambda some: Near(tuple(part for part, _gap in some), tuple(gap for _part, gap in some[1:]))
)
queries = st.builds(
    Query,
    st.lists(
        st.lists(st.one_of(simple, nears), min_size=1, max_size=3).map(tuple),
        min_size=1,
        max_size=3,
    ).map(tuple),
    st.lists(simple, max_size=2).map(tuple),
)


@given(queries)
def test_a_query_that_is_written_down_is_read_as_itself(query):
    assert parse(str(query)) == query
