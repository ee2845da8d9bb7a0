from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.transcription import checking
from workbench.transcription.engine import Segment, Word


def said(*words, probability=0.9):
    """A segment whose words are (text, start_ms, end_ms)."""
    words = tuple(Word(start, end, f" {text}", probability) for text, start, end in words)
    text = "".join(word.text for word in words)
    return Segment(words[0].start_ms, words[-1].end_ms, text, words)


def spoken(text):
    return [said(*((word, n * 300, n * 300 + 250) for n, word in enumerate(text.split())))]


def test_speech_without_words_is_found_to_the_second():
    segments = [said(("раз", 1000, 1400), ("два", 5000, 5400))]
    assert checking.without_words([(900, 1500)], segments) == []
    assert checking.without_words([(900, 5500)], segments) == [(1700, 4700)]
    assert checking.without_words([(900, 2600), (8000, 9500)], segments) == [(8000, 9500)]
    assert checking.without_words([(0, 5000)], []) == [(0, 5000)]
    assert checking.without_words([(0, 900)], []) == [], "a breath"


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 50)), max_size=8),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=12),
)
def test_what_is_left_is_speech_and_no_word(speech, words):
    speech = [(start * 100, (start + length) * 100) for start, length in speech]
    segments = [said(("a", start * 100, (start + length) * 100)) for start, length in words]
    for start, end in checking.without_words(speech, segments):
        assert end - start >= 1000
        assert any(a <= start and end <= b for a, b in speech)
        for segment in segments:
            assert end <= segment.start_ms or start >= segment.end_ms


@pytest.mark.parametrize(
    ("text", "loops"),
    [
        ("и я сказал что и я сказал что и я сказал что и я сказал что", True),
        ("спасибо " * 12, True),
        ("да да да да", False),
        ("нет нет нет я не это хотела сказать а совсем другое", False),
        ("we waited and waited and then we waited some more until they called", False),
        ("I think that the the the the the the the the the price", True),
        ("", False),
    ],
)
def test_loops_are_told_from_emphasis(text, loops):
    assert checking.is_looping(spoken(text) if text else []) is loops


def test_text_that_compresses_too_well_loops():
    phrase = "мы ждали в очереди, а потом "
    assert checking.is_looping([said((phrase * 6 + "ушли", 0, 100))])


def test_russian_is_no_loop_because_of_its_letters():
    """In UTF-8 this menu compresses 2.5 times, above OpenAI's threshold; nobody loops here."""
    menu = (
        "Для соединения с отделом продаж нажмите один. Для соединения с отделом закупок нажмите два. "
        "Для соединения с бухгалтерией нажмите три. Для соединения с отделом кадров нажмите четыре. "
        "Чтобы прослушать меню ещё раз, нажмите звёздочку."
    )
    assert len(menu.encode()) / len(zlib.compress(menu.encode())) > 2.3
    assert checking.compression(menu) < 2.0
    assert not checking.is_looping([said((menu, 0, 30_000))])


@given(st.text(max_size=200))
def test_compression_is_defined_for_every_text(text):
    assert checking.compression(text) >= 0


@pytest.mark.parametrize(
    ("text", "language", "flipped"),
    [
        ("I would like to see where my application is now", "ru", True),
        ("Я хотела бы видеть, где сейчас моя заявка", "ru", False),
        ("Мы сравнивали Tinkoff, Raiffeisen и ещё один банк", "ru", False),
        ("Я хотела бы видеть, где сейчас моя заявка", "en", True),
        ("Where is my application now", "en", False),
        ("アプリはどこにありますかと聞きました", "ru", True),
        ("OK Google", "ru", False),
        ("Где моя заявка и мой полный расчёт", "ja", False),
    ],
)
def test_another_script_is_another_language(text, language, flipped):
    assert checking.is_flipped(text, language) is flipped


def test_a_window_of_vocabulary_only_has_leaked():
    brands = "Рога и Копыта, Тинькофф, Ашан, Перекрёсток"
    assert checking.is_leaked("Тинькофф, Ашан, Перекресток, Рога и Копыта.", brands)
    assert not checking.is_leaked(
        "Мы сравнили Тинькофф и Ашан и ушли в Перекрёсток без них", brands
    )
    assert not checking.is_leaked("Ашан", brands)
    assert not checking.is_leaked("что угодно говорит человек здесь", "")


def test_a_clean_window_has_no_troubles_and_the_better_attempt_ranks_first():
    speech = [(0, 3000)]
    good = [said(("мы", 0, 900), ("ждали", 1000, 2000), ("долго", 2100, 3000))]
    bad = [said(("мы", 0, 900))]
    looped = spoken("мы ждали " * 6)
    assert checking.troubles(good, speech, language="ru") == ()
    assert checking.troubles(bad, speech, language="ru") == ("silent",)
    assert "loop" in checking.troubles(looped, speech, language="ru")
    judged = {"language": "ru"}
    assert checking.is_better(good, bad, speech, **judged)
    assert checking.is_better(good, looped, speech, **judged)
    assert checking.is_better(bad, looped, speech, **judged)
    assert not checking.is_better(bad, good, speech, **judged)
    assert not checking.is_better(good, good, speech, **judged)


def test_an_attempt_in_another_language_or_much_less_sure_is_not_better():
    speech = [(0, 6000)]
    best = [said(("мы", 0, 900), ("ждали", 1000, 2000))]
    flipped = spoken("we waited for a very long time and then we left it all there")
    unsure = [
        said(("мы", 0, 900), ("ждали", 1000, 2000), ("бормотали", 3000, 6000), probability=0.6)
    ]
    assert not checking.is_better(flipped, best, speech, language="ru")
    assert not checking.is_better(unsure, best, speech, language="ru")
    looped = spoken("мы ждали " * 6)
    assert checking.is_better(unsure, looped, speech, language="ru"), "a loop is sure of itself"
