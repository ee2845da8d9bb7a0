from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.transcription import checking
from workbench.transcription.engine import Segment, Word


def said(*words, compression=1.5):
    """A segment whose words are (text, start_ms, end_ms)."""
    words = tuple(Word(start, end, f" {text}", 0.9) for text, start, end in words)
    text = "".join(word.text for word in words)
    return Segment(words[0].start_ms, words[-1].end_ms, text, words, compression_ratio=compression)


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
    assert checking.is_looping([said(("ля", 0, 100), compression=2.5)])


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
    ranked = sorted([looped, bad, good], key=lambda s: checking.badness(s, speech, language="ru"))
    assert ranked == [good, bad, looped]
