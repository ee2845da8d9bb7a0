"""What is coded in one go: a speaker's turns, the answers to a question, the surroundings of what was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.passages import UNITS, answers_to, question_of, said_by, widened
from workbench.models.views import SpeakerView, TurnView
from workbench.text.spans import Span

SAID = [
    ("I", "Как вы ждали?"),
    ("I", "И сколько?"),
    ("R", "Час. Очередь стояла."),
    ("S", "Дольше!"),
    ("I", "А потом?"),
    ("R", "Ушли."),
]
ROLES = {"I": "interviewer", "R": "respondent", "S": "respondent"}
TEXT = "\n".join(words for _label, words in SAID)


def made(said=SAID, suspected=()) -> list[TurnView]:
    turns, place = [], 0
    for ordinal, (label, words) in enumerate(said):
        speaker = SpeakerView(f"id-{label}", label, ROLES[label], None)
        turns.append(
            TurnView(
                str(ordinal),
                ordinal,
                place,
                place + len(words),
                None,
                None,
                speaker,
                ordinal in suspected,
            )
        )
        place += len(words) + 1
    return turns


def words(spans) -> list[str]:
    return [span.of(TEXT) for span in spans]


def test_a_speaker_is_known_by_name_or_identifier_and_inventions_are_left_out():
    assert words(said_by(made(), "R")) == ["Час. Очередь стояла.", "Ушли."]
    assert said_by(made(), "id-R") == said_by(made(), "R")
    assert words(said_by(made(suspected={5}), "R")) == ["Час. Очередь стояла."]
    assert said_by(made(), "X") == []


@pytest.mark.parametrize("ordinal", [0, 1, 2, 3])
def test_answers_go_from_the_question_to_the_next_one(ordinal):
    assert words(answers_to(made(), ordinal)) == ["Час. Очередь стояла.", "Дольше!"]
    assert question_of(made(), ordinal).of(TEXT) == "Как вы ждали?\nИ сколько?"


def test_the_last_question_and_texts_without_one():
    assert words(answers_to(made(), 5)) == ["Ушли."]
    assert answers_to(made(SAID[2:4]), 1) == []
    assert question_of(made(SAID[2:4]), 1) is None
    assert words(answers_to(made(suspected={4}), 0)) == ["Час. Очередь стояла.", "Дольше!", "Ушли."]


def test_what_was_found_is_coded_as_words_sentence_or_turn():
    start = TEXT.index("черед")
    hits = [Span(start, start + 5), Span(start + 9, start + 12)]
    assert words(widened(TEXT, made(), hits, "words")) == ["Очередь", "стояла"]
    assert words(widened(TEXT, made(), hits, "sentence")) == ["Очередь стояла."]
    assert words(widened(TEXT, made(), hits, "turn")) == ["Час. Очередь стояла."]
    assert words(widened(TEXT, [], hits, "turn")) == ["Час. Очередь стояла."]


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 9)), max_size=9))
def test_every_place_is_in_what_is_coded_around_it_and_nothing_is_coded_twice(pairs):
    hits = [Span(start, min(start + length, len(TEXT))) for start, length in pairs]
    for unit in UNITS:
        found = widened(TEXT, made(), hits, unit)
        assert found == sorted(set(found))
        assert all(any(span.contains(hit) for span in found) for hit in hits)
