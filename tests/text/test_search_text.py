"""Where queries find words, held against a slow search that looks at every word."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.text.query import Near, Phrase, Query, Word, parse, split_words
from workbench.text.search_text import SearchText
from workbench.text.word_forms import forms_of, lemma

TALK = (
    "Мы стояли в очереди сорок минут, хотя была запись.\n"
    "А очередью кто-нибудь управлял? Её не было видно.\n"
    "Я шёл мимо банка. Ещё шли люди, и ни одной ОЧЕРЕДИ в банке!\n"
    "We waited and waited: waiting is what they don't count."
)


def found(query: str, text: str = TALK) -> list[str]:
    return [span.of(text) for span in SearchText(text).find(parse(query))]


# -- forms -------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["очередь", "очереди", "Очередью", "ОЧЕРЕДЕЙ"])
def test_russian_words_are_found_in_every_form(asked):
    assert found(asked) == ["очереди", "очередью", "ОЧЕРЕДИ"]


@pytest.mark.parametrize("asked", ["идти", "шёл", "шел", "идём"])
def test_a_verb_is_found_where_its_stem_changes(asked):
    assert found(asked) == ["шёл", "шли"]


@pytest.mark.parametrize("asked", ["wait", "waits", "waited", "waiting"])
def test_english_words_are_found_in_every_form(asked):
    assert found(asked) == ["waited", "waited", "waiting"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [("go", "went"), ("gone", "goes"), ("lie", "lying"), ("child", "children"),
     ("try", "tries"), ("buy", "bought"), ("be", "were"), ("stop", "stopped"), ("use", "using")],
)  # fmt: skip
def test_irregular_english(asked, said):
    assert found(asked, f"they {said} there") == [said]
    assert found(f"={asked}", f"they {said} there") == []


def test_words_of_the_same_beginning_are_no_forms():
    assert found("банк", "банкет, банкир, в банках; банк") == ["банках", "банк"]
    assert found("очередь", "очередной очерёдность") == []


def test_yo_and_case_make_no_difference():
    assert found("ее") == ["Её"]
    assert found("ещё") == found("ЕЩЕ") == ["Ещё"]


def test_the_exact_form_only():
    assert found("=очереди") == ["очереди", "ОЧЕРЕДИ"]
    assert found("=очередь") == []


@given(
    st.sampled_from(
        ["очередь", "банк", "идти", "ждать", "красивый", "wait", "child", "скидка", "мы"]
    )
)
def test_every_form_is_a_form_of_every_other(word):
    forms = forms_of(word)
    assert forms.fits(word)
    assert word.startswith(forms.beginnings)
    assert lemma(word) == lemma(lemma(word))


# -- the language ------------------------------------------------------------------------------


def test_phrases_beginnings_and_near():
    assert found('"сорок минут"') == ["сорок минут"]
    assert found('"минуты сорока"') == []
    assert found("зап*") == ["запись"]
    assert found("очередь /3 минута") == ["очереди сорок минут"]
    assert found("минута /1 очередь") == ["очереди сорок минут"]
    assert found("минута /0 очередь") == []
    assert found("don't") == ["don't"]
    assert found("кто-нибудь") == ["кто-нибудь"]


def test_words_of_a_turn():
    assert found("очередь банк") == ["ОЧЕРЕДИ"]
    assert found("очередь -банк") == ["очереди", "очередью"]
    assert found("запись | люди") == ["запись", "люди"]
    assert found("очередь запись | видно") == ["очереди", "очередью"]


def test_a_turn_may_have_several_lines():
    text = "очередь\nв банке\nкасса"
    assert SearchText(text).find(parse("очередь банк")) == []
    assert [s.of(text) for s in SearchText(text, [0, 16]).find(parse("очередь банк"))] == [
        "очередь"
    ]
    assert SearchText(text, [0, 16]).find(parse('"банке касса"')) == []
    assert SearchText(text, [0, 16]).find(parse("банк /9 касса")) == []


def test_what_nobody_sees_does_not_part_words():
    text = "Straße ﬁn за\u0301мок оче\u00adредь 😀 [смех] бан\u200bк \u0130stanbul"
    for asked, said in (
        ("STRASSE", "Straße"), ("fin", "ﬁn"), ("=замок", "за\u0301мок"), ("очередь", "оче\u00adредь"),
        ("смех", "смех"), ("=банк", "бан\u200bк"),
    ):  # fmt: skip
        assert found(asked, text) == [said]


# -- a slow search finds the same ------------------------------------------------------------------

SAID = [
    "очередь",
    "очереди",
    "банк",
    "банке",
    "Ёлка",
    "елки",
    "wait",
    "Waiting",
    "за\u0301мок",
    "ß",
    "3",
]
ASKED = ["очередь", "банк", "елка", "waited", "замок", "ss", "3", "кот"]
texts = st.lists(
    st.lists(st.sampled_from(SAID), min_size=0, max_size=6), min_size=1, max_size=4
).flatmap(
    lambda turns: st.lists(
        st.sampled_from([" ", ", ", " — ", "-", "! "]), min_size=30, max_size=30
    ).map(
        lambda gaps: "\n".join(
            "".join(word + gap for word, gap in zip(turn, gaps[number:], strict=False))
            for number, turn in enumerate(turns)
        )
    )
)
words = st.builds(Word, st.sampled_from(ASKED), st.booleans()) | st.just(Word("ба", prefix=True))
phrases = st.lists(words, min_size=2, max_size=2).map(lambda some: Phrase(tuple(some)))
simple = words | phrases
nears = st.tuples(simple, simple, st.integers(0, 3)).map(lambda n: Near((n[0], n[1]), (n[2],)))
queries = st.builds(
    Query,
    st.lists(
        st.lists(simple | nears, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2
    ).map(tuple),
    st.lists(simple, max_size=1).map(tuple),
)


class Slow:
    """The words of a turn one by one."""

    def __init__(self, line: str) -> None:
        pieces = list(re.finditer(r"[^\W_](?:[^\W_]|\u0301)*", line))
        self.words = [split_words(piece[0])[0] for piece in pieces]
        self.spans = [piece.span() for piece in pieces]

    def fits(self, word: Word, number: int) -> bool:
        said = self.words[number]
        if word.prefix:
            return said.startswith(word.key)
        return said == word.key or (not word.exact and forms_of(word.key).fits(said))

    def runs(self, term) -> list[tuple[int, int]]:
        """Where a term stands, as numbers of its first and last word."""
        last = len(self.words)
        if isinstance(term, Word):
            return [(n, n) for n in range(last) if self.fits(term, n)]
        if isinstance(term, Phrase):
            size = len(term.words)
            return [
                (n, n + size - 1)
                for n in range(last - size + 1)
                if all(self.fits(word, n + k) for k, word in enumerate(term.words))
            ]
        one, two = term.parts
        return [
            (min(a, c), max(b, d))
            for (a, b), (c, d) in product(self.runs(one), self.runs(two))
            if (b < c and c - b - 1 <= term.gaps[0]) or (d < a and a - d - 1 <= term.gaps[0])
        ]


@settings(max_examples=300)
@given(texts, queries)
def test_a_slow_search_finds_the_same(text, query):
    hits = SearchText(text).find(query)
    assert all(one.end <= two.start for one, two in pairwise(hits))
    begin, left = 0, list(hits)
    for line in text.split("\n"):
        slow = Slow(line)
        holds = all(any(slow.runs(term) for term in group) for group in query.wanted)
        barred = any(slow.runs(term) for term in query.unwanted)
        wanted = {
            (begin + slow.spans[a][0], begin + slow.spans[b][1])
            for term in query.wanted[0]
            for a, b in slow.runs(term)
            if holds and not barred
        }
        here = [hit for hit in left if begin <= hit.start <= begin + len(line)]
        assert {(hit.start, hit.end) for hit in here} <= wanted
        for start, end in wanted:  # what was left out overlaps something that was not
            assert any(hit.start < end and start < hit.end for hit in here)
        left = [hit for hit in left if hit not in here]
        begin += len(line) + 1
    assert not left


@given(st.text(), st.text(alphabet="абв \u0301\u00ad\u200bßﬁ\u0130😀\n-"))
def test_any_text_can_be_searched_for_any_words(text, asked):
    for words_asked, there in ((text, asked), (asked, text)):
        try:
            query = parse(words_asked)
        except InputError:
            continue
        for span in SearchText(there).find(query):
            assert 0 <= span.start < span.end <= len(there)
        own = SearchText(words_asked).find(parse(f"={split_words(words_asked)[0]}"))
        assert own
