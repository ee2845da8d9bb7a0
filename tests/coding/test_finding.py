from __future__ import annotations

import random
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.coding.finding import Haystack, find_quote
from workbench.text.turns import words

TEXT = (
    "Ну, я записалась на десять утра — а приняли меня только в 10:40!\n"
    "Честно говоря, всё это раздражает. Потом мы пошли в другой банк, хотя ставка там была чуть выше."
)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (
            "«записалась на десять утра, а приняли меня»",
            "записалась на десять утра — а приняли меня",
        ),
        ("честно говоря все это раздражает", "Честно говоря, всё это раздражает"),
        ("в 10:40. Честно", "в 10:40!\nЧестно"),
        ("НУ", "Ну"),
        ("чуть выше", "чуть выше"),
    ],
)
def test_word_for_word_whatever_the_punctuation(quote, expected):
    found = find_quote(TEXT, quote)
    assert found.exact
    assert found.score == 100
    assert found.span.of(TEXT) == expected


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("потом мы пошли в другой бонк хотя ставка там была чуть выше", "Потом мы пошли в другой банк, хотя ставка там была чуть выше"),
        ("я записалася на десять утра, но приняли только в 10:40", "я записалась на десять утра — а приняли меня только в 10:40"),
    ],
)  # fmt: skip
def test_a_transcript_with_slips_gives_its_own_words(quote, expected):
    found = find_quote(TEXT, quote)
    assert not found.exact
    assert found.span.of(TEXT) == expected
    assert 88 <= found.score < 100


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "…!",
        "пан",
        "на",
        "бан",
        "совсем другие слова о погоде и природе",
        "приняли быстро и вежливо",
    ],
)
def test_what_is_not_there_is_not_found(quote):
    found = find_quote(TEXT.replace(" на ", " "), quote)
    assert found is None


def test_an_empty_text_holds_nothing():
    assert find_quote("", "слово") is None


letters = st.text(alphabet="абвгдеёжABé", min_size=1, max_size=7)
glue = st.sampled_from([" ", ", ", "\n", " — ", "... ", "! "])


@given(st.lists(st.tuples(letters, glue), min_size=1, max_size=40), st.data())
def test_any_window_of_words_is_found(parts, data):
    text = "".join(word + space for word, space in parts)
    spans = words(text)
    assume(spans)
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    quote = " ".join(s.of(text).upper().replace("Ё", "Е") for s in spans[first : last + 1])
    found = find_quote(text, quote)
    assert found.exact
    quoted = found.span.of(text)
    said = [s.of(quoted).casefold().replace("ё", "е") for s in words(quoted)]
    assert said == [s.of(text).casefold().replace("ё", "е") for s in spans[first : last + 1]]


@given(st.integers(0, 10_000))
def test_a_window_with_a_few_wrong_letters_is_found_near_its_place(seed):
    rng = random.Random(seed)  # noqa: S311 - made-up words
    vocabulary = [
        "ставка",
        "договор",
        "очередь",
        "менеджер",
        "ипотека",
        "перезвонили",
        "документы",
        "банк",
        "долго",
    ]
    pool = [rng.choice(vocabulary) + str(i) for i in range(120)]
    at = rng.randrange(100)
    window = pool[at : at + 12]
    wrong = list(" ".join(window))
    for _ in range(4):
        place = rng.randrange(len(wrong))
        wrong[place] = wrong[place] if wrong[place] == " " else "ъ"
    text = " ".join(pool)
    found = find_quote(text, "".join(wrong))
    assert found is not None
    got = found.span.of(text).split()
    assert set(got) >= set(window[1:-1])
    assert text[found.span.start - 1 : found.span.start].strip() == ""
    assert set(got) <= set(pool[max(at - 1, 0) : at + 13])


def test_a_hundred_quotes_in_a_long_transcript_are_quick():
    rng = random.Random(1)  # noqa: S311 - made-up words
    vocabulary = [
        "ставка",
        "договор",
        "очередь",
        "менеджер",
        "ипотека",
        "перезвонили",
        "документы",
        "банк",
        "долго",
    ]
    text = " ".join(rng.choice(vocabulary) + rng.choice(["", "ами", "ов"]) for _ in range(2_800))
    assert len(text) >= 20_000
    said = text.split()
    quotes = []
    for _ in range(100):
        at = rng.randrange(2_700)
        quote = list(" ".join(said[at : at + 18]))
        quote[rng.randrange(len(quote))] = "ъ"
        quotes.append("".join(quote))
    began = time.perf_counter()
    hay = Haystack(text)
    found = [hay.find(quote) for quote in quotes]
    took = time.perf_counter() - began
    print(f"100 quotes in {len(text)} characters: {took:.2f} s")
    assert all(found)
    assert took < 15


def test_words_are_found_over_what_is_not_seen():
    text = "Это ба\u00adнк, и я при\u200bвет сказал"
    assert find_quote(text, "банк и я привет").span.of(text) == "ба\u00adнк, и я при\u200bвет"
