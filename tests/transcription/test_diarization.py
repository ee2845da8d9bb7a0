from __future__ import annotations

import time

import numpy as np
import pytest
from voices_of_people import as_segments, dialogue, measured, person, print_of

from workbench.transcription.diarization import (
    find_voices,
    match_voices,
    mean_prints,
    voices_of_words,
)
from workbench.transcription.engine import Word
from workbench.transcription.turns import speaker_prints, turns_from_segments
from workbench.transcription.voiceprints import likeness, pack, unpack

LONG = (
    "and then we went to the bank and waited there for an hour in a queue that did not move at all"
)
TALK = (
    (0, "How did you choose the bank?", 0),
    (1, LONG, 600),
    (0, "What happened then?", 500),
    (1, LONG, 700),
    (0, "And why did you stay in spite of all that?", 400),
    (1, LONG, 500),
)


@pytest.mark.parametrize("count", [2, 0])
def test_each_word_gets_the_voice_that_says_it(count):
    words, whose, voices = dialogue(*TALK)
    assert voices_of_words(words, voices, count) == whose


def test_voices_change_where_nobody_pauses_and_no_segment_ends():
    """A recogniser writes one segment over two people; it is cut at the word all the same."""
    words, whose, voices = dialogue(
        (0, LONG, 0), (1, LONG, 40), (0, LONG, 40), (1, LONG, 40), (0, LONG, 40)
    )
    found = voices_of_words(words, voices, 2)
    wrong = [n for n, (a, b) in enumerate(zip(found, whose, strict=True)) if a != b]
    changes = [n for n in range(1, len(whose)) if whose[n] != whose[n - 1]]
    assert all(min(abs(n - c) for c in changes) <= 1 for n in wrong), "only words beside a change"
    turns = turns_from_segments(as_segments(words, 200), voices=voices)
    assert [turn.speaker for turn in turns] == [0, 1, 0, 1, 0]


def test_four_people_are_told_apart():
    parts = [(who, LONG, 600) for who in (0, 1, 2, 3, 1, 0, 3, 2)]
    words, whose, voices = dialogue(*parts)
    assert voices_of_words(words, voices, 4) == whose
    assert voices_of_words(words, voices, 0) == whose


def test_one_person_is_one_voice_when_nobody_says_how_many():
    words, _whose, voices = dialogue(*[(0, LONG, 600)] * 6)
    assert set(voices_of_words(words, voices, 0)) == {0}


def test_a_word_between_pauses_is_a_turn_of_its_own():
    """An interviewer's "right" in the middle of a story."""
    words, whose, voices = dialogue(
        *TALK, (1, LONG, 500), (0, "Right, right.", 700), (1, LONG, 700)
    )
    assert voices_of_words(words, voices, 2) == whose


def test_a_short_odd_sound_inside_a_sentence_changes_nothing():
    words, whose, voices = dialogue(*TALK)
    place = next(n for n, who in enumerate(whose) if who) + 8
    start = words[place].start_ms
    odd = print_of(person(1000), 7)
    voices = [(s, e, odd if s <= start < s + 300 else text) for s, e, text in voices]
    assert voices_of_words(words, voices, 2) == whose


def test_a_voice_that_says_little_is_still_found():
    """An interviewer who says one sentence in twenty."""
    words, whose, voices = dialogue(
        *[(1, LONG, 600)] * 10, (0, "And how did you like it there?", 500), *[(1, LONG, 600)] * 10
    )
    found = voices_of_words(words, voices, 2)
    assert found == [who ^ 1 for who in whose]


def test_too_few_prints_tell_nothing():
    words, _whose, voices = dialogue(*TALK)
    assert voices_of_words(words, voices[:3], 2) is None
    assert voices_of_words([], voices, 2) is None
    assert voices_of_words(words, [], 2) is None


def test_words_nobody_measured_follow_their_neighbours():
    words, whose, voices = dialogue(*TALK)
    late = words[-1].end_ms
    more = [Word(late + n * 300, late + n * 300 + 250, " more", 0.9) for n in range(20)]
    found = voices_of_words([*words, *more], voices, 2)
    assert found == whose + [whose[-1]] * 20


def test_two_hours_are_grouped_quickly():
    rng = np.random.default_rng(1)
    people = np.stack([person(1), person(2)])
    whose = np.repeat(rng.integers(0, 2, 800), 12)
    prints = people[whose] + rng.normal(size=(9_600, 192)) * 0.06
    prints = (prints / np.linalg.norm(prints, axis=1, keepdims=True)).astype(np.float32)
    began = time.process_time()
    centres = find_voices(prints, np.full(9_600, 1_500), 2)
    assert time.process_time() - began < 10
    nearest = (prints @ centres.T).argmax(axis=1)
    assert abs(float((nearest == whose).mean()) - 0.5) > 0.49


def test_the_mean_print_is_taken_where_one_voice_speaks_alone():
    spoken = [(0, 10_000, 0), (10_000, 20_000, 1), (20_000, 30_000, 0)]
    prints = mean_prints(spoken, measured(spoken))
    for number in (0, 1):
        assert float(unpack(prints[number]) @ person(1000 + number)) > 0.95
    assert likeness(prints[0], prints[1]) < 0.2
    assert mean_prints([], measured(spoken)) == {}
    assert mean_prints([(0, 500, 0)], measured(spoken)) == {}


def test_speaker_prints_carry_the_numbers_of_the_turns():
    words, _whose, voices = dialogue(*TALK)
    turns = turns_from_segments(as_segments(words), voices=voices)
    prints = speaker_prints(turns, voices)
    assert set(prints) == {0, 1}
    assert float(unpack(prints[1]) @ person(1001)) > 0.9


def test_known_voices_are_recognised_with_caution():
    anna, boris, stranger = (pack(person(n)) for n in (1, 2, 3))
    again = print_of(person(1), 5)
    assert match_voices({0: again, 1: stranger}, [("Anna", anna), ("Boris", boris)]) == {0: "Anna"}
    assert match_voices({0: stranger}, [("Anna", anna), ("Boris", boris)]) == {}
    # two voices of one recording that both sound like her: nobody knows which is hers
    assert match_voices({0: again, 1: print_of(person(1), 6)}, [("Anna", anna)]) == {}
    # one voice is not two people
    assert match_voices({0: again}, [("Anna", anna), ("Anna K.", again)]) == {0: "Anna K."}
    assert match_voices({}, [("Anna", anna)]) == {}
    assert match_voices({0: anna}, []) == {}
