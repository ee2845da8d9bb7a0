from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.text.disfluencies import clean, disfluencies
from workbench.text.normalize import normalise
from workbench.text.turns import words

RUSSIAN = [
    ("ну э-э пошёл", "ну пошёл"),
    ("ну, э-э, пошёл", "ну пошёл"),
    ("Банк, э-э, отказал", "Банк, отказал"),
    ("Э-э, ну вот", "ну вот"),
    ("Ммм… не знаю", "не знаю"),
    ("а-а, понятно", "понятно"),
    ("пошёл, э-э.", "пошёл."),
    ("пошёл э-э, чтобы купить", "пошёл, чтобы купить"),
    ("мы э-э, пошли", "мы пошли"),
    ("я эээ... пошёл", "я... пошёл"),
    ("ну — э-э — пошёл", "ну — пошёл"),
    ("Да. Э-э. Ну да.", "Да. Ну да."),
    ("(ну да, эм)", "(ну да)"),
    ("пошёл, э-э, м-м.", "пошёл."),
    ("ну,э-э пошёл", "ну, пошёл"),
    ("я я пошёл", "я пошёл"),
    ("Я, я, я пошёл", "Я пошёл"),
    ("я э-э я пошёл", "я пошёл"),
    ("в… в магазине", "в магазине"),
    ("по- по-пошёл", "пошёл"),
    ("по- по-польски", "по-польски"),
    ("при- приехал к- к-клиент", "приехал клиент"),
]
ENGLISH = [
    ("So um, I went", "So I went"),
    ("Um, yes.", "yes."),
    ("I, um, went to the, uh, shop.", "I went to the shop."),
    ("The the shop", "The shop"),
    ("it's it’s fine", "it's fine"),
    ("wh- what w-was it", "what was it"),
    ("I was, er.", "I was."),
    ("Well, hmm… yes", "Well… yes"),
    ("I- I went", "I went"),
]
KEPT = [
    "очень очень долго, очень-очень",
    "да, да и да да, нет-нет",
    "Ну вот, это, ну, как бы, вот",
    "5 мм ткани, пять мм и 0,5 мм",
    "до н. э. и в 300 н.э., буква э, Э. Рязанов",
    "МММ лопнул",
    "мясо- и молокопродукты по-польски",
    "ждала ждала и ушла",
    "Ммм?",
    "Ммм.",
    "[ммм] «э-э»",
    "то то, то это; что, что он ушёл",
    "uh-huh, mm-hmm, um.com, @um",
    "very very good, no, no, bye bye",
    "He had had it, and that that is what it is is clear",
    "log in in the morning, 5 mm, a t-test on D-Day",
    "pre- and post-test in the ER",
    "to err is human",
    "like, you know, well",
]


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian(text, expected):
    assert clean(text, "ru") == clean(text, "ru-RU") == clean(text, "") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text, expected):
    assert clean(text, "en") == clean(text, "en_GB") == expected


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("language", ["ru", "en", ""])
def test_what_may_be_meant_stays(text, language):
    assert disfluencies(text, language) == ()


def test_other_languages_are_left_alone():
    assert clean("er um ein ein Haus", "de") == "er um ein ein Haus"


def test_spans_are_places_in_the_whole_text():
    text = "Э-э, да\nя я пошёл\nммм"
    assert [span.of(text) for span in disfluencies(text, "ru")] == ["Э-э, ", " я"]


PIECES = re.findall(
    r"[^ ]+",
    "э э-э Э-э, м-м ммм мм а-а э- э. э… я Я в в- по- по-пошёл пошёл п-пошёл п-п-пошёл the The the, um Um, uh. er hmm "
    "I I- wh- what что и , . … ... ? ! — - ( ) « » 5 3,5 \u0301 \n \u00a0 ё\u0301 по-польски re- re-read",
)
SPEECH = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", ", ", ""])), max_size=14
).map(lambda parts: normalise("".join(piece + gap for piece, gap in parts)))


@settings(deadline=None)
@given(st.one_of(SPEECH, st.text().map(normalise)), st.sampled_from(["ru", "en", ""]))
@example("э э\u0301 э", "ru")
@example("3 э, 5", "ru")
@example("я, Um,э ", "en")
def test_cleaning_only_removes_and_never_joins(text, language):
    spans = disfluencies(text, language)
    cleaned = clean(text, language)
    assert clean(cleaned, language) == cleaned
    assert all(one.end < two.start for one, two in itertools.pairwise(spans))
    assert all(len(span) for span in spans)
    assert cleaned.count("\n") == text.count("\n")
    before = [span.of(text) for span in words(text)]
    place = 0
    for span in words(cleaned):  # each word left is a word of the text, in order, or its end
        while not before[place].endswith(span.of(cleaned)):
            place += 1
        place += 1
    for old, new in zip(text.split("\n"), cleaned.split("\n"), strict=True):
        assert bool(re.search(r"[^\W_]", old)) == bool(re.search(r"[^\W_]", new))
