from __future__ import annotations

import pytest

from workbench.transcription.engine import Segment, Word
from workbench.transcription.suspects import is_suspected, mark_suspects, suspicious_text

INVENTED = [
    "Субтитры сделал DimaTorzok",
    "…всего доброго. Субтитры создавал DimaTorzok",
    "Редактор субтитров А.Синецкая Корректор А.Егорова",
    "Subtitles by the Amara.org community",
    "Продолжение следует...",
    " Спасибо за просмотр!",
    "Thanks for watching!",
    "Please subscribe.",
]
SAID = [
    "Спасибо за просмотр квартиры, сказал мне менеджер.",
    "Сериал, где продолжение следует через год, мне не нравится.",
    "Thanks for watching my bag while I was away.",
    "Please subscribe me to the news of the bank.",
    "Я читаю фильмы с субтитрами.",
    "Спасибо.",
    "",
]


@pytest.mark.parametrize("text", INVENTED)
def test_invented_lines_are_suspected(text):
    assert suspicious_text(text)


@pytest.mark.parametrize("text", SAID)
def test_what_people_say_is_not(text):
    assert not suspicious_text(text)


def test_the_model_s_own_signs_count():
    assert is_suspected(Segment(0, 1, "мм", no_speech_prob=0.9, avg_logprob=-1.4))
    assert not is_suspected(Segment(0, 1, "мм", no_speech_prob=0.9, avg_logprob=-0.3))


def test_marking_keeps_every_word():
    segments = [Segment(0, 1, text) for text in INVENTED + SAID]
    marked = mark_suspects(segments)
    assert [s.text for s in marked] == INVENTED + SAID
    assert [s.suspected for s in marked] == [True] * len(INVENTED) + [False] * len(SAID)


def test_only_the_sentences_of_a_loop_are_suspected():
    said = ["Мы ждали час."] + ["Спасибо большое."] * 6 + ["Потом ушли."]
    words = tuple(
        Word(n * 1000, n * 1000 + 900, f" {word}", 0.9)
        for n, word in enumerate(" ".join(said).split())
    )
    segment = Segment(0, 30_000, "".join(word.text for word in words), words)
    marked = mark_suspects([segment], [(0, 30_000)])
    assert [s.text.strip() for s in marked] == said
    assert [s.suspected for s in marked] == [False, *[True] * 6, False]


def test_a_farewell_at_the_end_of_a_window_is_a_sentence_of_its_own():
    words = tuple(
        Word(n * 500, n * 500 + 400, f" {word}", 0.9)
        for n, word in enumerate(["И", "мы", "ушли.", "Продолжение", "следует..."])
    )
    segment = Segment(0, 3_000, "".join(word.text for word in words), words)
    assert [s.suspected for s in mark_suspects([segment])] == [False, True]


def test_words_where_nobody_speaks_are_suspected():
    word = Word(5_000, 6_000, " Хорошо.", 0.9)
    segment = Segment(5_000, 6_000, " Хорошо.", (word,))
    assert mark_suspects([segment], [(4_900, 6_100)])[0].suspected is False
    assert mark_suspects([segment], [(0, 2_000), (9_000, 12_000)])[0].suspected is True
