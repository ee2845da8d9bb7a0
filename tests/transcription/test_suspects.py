from __future__ import annotations

import pytest

from workbench.transcription.engine import Segment
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
    assert is_suspected(Segment(0, 1, "да да да да", compression_ratio=3.1))
    assert is_suspected(Segment(0, 1, "мм", no_speech_prob=0.9, avg_logprob=-1.4))
    assert not is_suspected(Segment(0, 1, "мм", no_speech_prob=0.9, avg_logprob=-0.3))


def test_marking_keeps_every_word():
    segments = [Segment(0, 1, text) for text in INVENTED + SAID]
    marked = mark_suspects(segments)
    assert [s.text for s in marked] == INVENTED + SAID
    assert [s.suspected for s in marked] == [True] * len(INVENTED) + [False] * len(SAID)
