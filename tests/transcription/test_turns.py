from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from voices_of_people import dialogue

from workbench.transcription.engine import Segment, Word
from workbench.transcription.turns import clean_text, turns_from_segments


def words(text: str, start: int, *, step: int = 300, pitch=None, channel=None, probability=0.9):
    """Words of 250 ms, one after another without a pause."""
    return [
        Word(start + n * step, start + n * step + 280, " " + word, probability, channel, pitch)
        for n, word in enumerate(text.split())
    ]


def segment(text: str, start: int, **more) -> Segment:
    suspected = more.pop("suspected", False)
    found = tuple(words(text, start, **more))
    return Segment(found[0].start_ms, found[-1].end_ms, " " + text, found, suspected=suspected)


@st.composite
def any_segments(draw):
    place, made = 0, []
    for _number in range(draw(st.integers(0, 12))):
        place += draw(st.integers(0, 3000))
        start, found = place, []
        for _word in range(draw(st.integers(0, 10))):
            length = draw(st.integers(0, 900))
            text = draw(st.sampled_from([" ", "", "  "])) + draw(st.text(max_size=8))
            pitch = draw(st.none() | st.floats(70, 390))
            found.append(
                Word(
                    place,
                    place + length,
                    text,
                    draw(st.floats(0, 1)),
                    draw(st.sampled_from([None, 0, 1])),
                    pitch,
                )
            )
            place += length + draw(st.sampled_from([0, 50, 400, 1200]))
        text = "".join(word.text for word in found)
        made.append(Segment(start, place, text, tuple(found), suspected=draw(st.booleans())))
    return made


@given(any_segments())
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_and_every_word_is_in_its_place(segments):
    turns = turns_from_segments(segments)
    said = "".join(
        clean_text(word.text) for s in segments for word in (s.words or [Word(0, 0, s.text, 1)])
    )
    assert "".join(said.split()) == "".join("".join(turn.text for turn in turns).split())
    for turn in turns:
        assert turn.text == unicodedata.normalize("NFC", turn.text).strip()
        assert "  " not in turn.text
        assert "\n" not in turn.text
        assert turn.start_ms <= turn.end_ms
        end = -1
        for word in turn.words:
            assert word.start == end + 1
            assert word.start < word.end <= len(turn.text)
            assert word.start_ms <= word.end_ms
            assert not turn.text[word.start : word.end].startswith(" ")
            end = word.end
        assert end == len(turn.text)
    assert [turn.start_ms for turn in turns] == sorted(turn.start_ms for turn in turns)


@given(any_segments())
@settings(max_examples=100, deadline=None)
def test_suspected_text_never_shares_a_turn_with_trusted_text(segments):
    suspects = {id(s) for s in segments if s.suspected}
    turns = turns_from_segments(segments)
    marked = "".join("".join(turn.text for turn in turns if turn.suspected).split())
    expected = "".join(
        "".join(clean_text(word.text) for word in (s.words or [Word(0, 0, s.text, 1)]))
        for s in segments if id(s) in suspects
    )  # fmt: skip
    assert marked == "".join(expected.split())


def test_turns_end_at_pauses():
    turns = turns_from_segments(
        [
            segment("Добрый день.", 0),
            segment("Спасибо что пришли", 1300),  # 720 ms behind a finished sentence
            segment("к нам", 2900),  # 720 ms inside a sentence
            segment("Начнём", 5000),  # 1.5 s
        ]
    )
    assert [turn.text for turn in turns] == ["Добрый день.", "Спасибо что пришли к нам", "Начнём"]
    assert {turn.speaker for turn in turns} == {None}


def test_two_clearly_different_pitches_are_two_speakers():
    turns = turns_from_segments(
        [
            segment("How was your visit?", 0, pitch=110),
            segment("It was fine.", 2000, pitch=190),
            segment("I liked the coffee.", 3400, pitch=185),
            segment("What else?", 5500, pitch=112),
            segment("Nothing at all.", 7000, pitch=195),
        ]
    )
    assert [(turn.speaker, turn.text) for turn in turns] == [
        (0, "How was your visit?"),
        (1, "It was fine. I liked the coffee."),
        (0, "What else?"),
        (1, "Nothing at all."),
    ]


def test_one_voice_is_not_split_by_its_melody():
    pitches = [118, 125, 131, 122, 140, 115, 128, 135]
    segments = [segment("One more sentence.", n * 2000, pitch=p) for n, p in enumerate(pitches)]
    assert {turn.speaker for turn in turns_from_segments(segments)} == {None}


def test_voices_without_pitch_stay_unnamed():
    turns = turns_from_segments([segment("Whispered words.", n * 2000) for n in range(6)])
    assert {turn.speaker for turn in turns} == {None}


def test_channels_split_exactly_even_inside_a_sentence():
    left = words("Are you happy", 0, channel=0)
    right = words("no not at all", 900, channel=1)
    turns = turns_from_segments([Segment(0, 2100, "", tuple(left + right))])
    assert [(turn.speaker, turn.text) for turn in turns] == [
        (0, "Are you happy"),
        (1, "no not at all"),
    ]


def test_a_long_monologue_is_cut_at_sentences():
    sentences = [
        segment(f"Sentence number {n} goes on for a while.", n * 2700, pitch=120)
        for n in range(120)
    ]
    turns = turns_from_segments(sentences)
    assert max(len(turn.text) for turn in turns) <= 2000
    assert len(turns) > 1
    assert all(turn.text.endswith("while.") for turn in turns)


def test_one_speaker_is_one_voice_whatever_the_pitch():
    turns = turns_from_segments(
        [segment("How was it?", 0, pitch=110), segment("It was fine.", 2000, pitch=190)] * 3,
        speakers=1,
    )
    assert {turn.speaker for turn in turns} == {0}


def test_pitch_tells_no_three_voices():
    pitches = [110, 190, 112, 192, 108, 188]
    segments = [segment("One more sentence.", n * 2000, pitch=p) for n, p in enumerate(pitches)]
    assert {turn.speaker for turn in turns_from_segments(segments, speakers=3)} == {None}
    assert {turn.speaker for turn in turns_from_segments(segments, speakers=0)} == {0, 1}


def test_channels_go_before_prints():
    words_, _whose, voices = dialogue((0, "one two three four " * 3, 0), (1, "five six " * 6, 500))
    placed = tuple(
        Word(w.start_ms, w.end_ms, w.text, w.probability, channel=n % 2)
        for n, w in enumerate(words_)
    )
    turns = turns_from_segments([Segment(0, 9_000, "", placed)], voices=voices)
    assert [turn.speaker for turn in turns] == [0, 1] * 12


def test_a_monologue_becomes_paragraphs_at_sentences_with_a_breath():
    story = "We waited for a very long time and nobody came to tell us why that was so."
    segments = [segment(story, n * 5_500) for n in range(60)]
    turns = turns_from_segments(segments, speakers=1)
    assert len(turns) > 3
    assert all(turn.text.endswith("so.") for turn in turns)
    assert max(len(turn.text) for turn in turns) < 1_300
    assert max(turn.end_ms - turn.start_ms for turn in turns) < 110_000
    assert min(turn.end_ms - turn.start_ms for turn in turns[:-1]) > 50_000


def test_words_without_a_space_belong_together_and_doubt_is_kept():
    found = (
        Word(0, 200, " что", 0.9), Word(200, 300, "-то", 0.3), Word(300, 500, " 5", 0.8), Word(500, 600, "%", 0.9),
    )  # fmt: skip
    (turn,) = turns_from_segments([Segment(0, 600, " что-то 5%", found)])
    assert turn.text == "что-то 5%"
    assert [turn.text[w.start : w.end] for w in turn.words] == ["что-то", "5%"]
    assert [w.doubtful for w in turn.words] == [True, False]
    assert turn.words[0].row() == [0, 6, 0, 300, 0.3]


def test_text_is_cleaned():
    assert clean_text(" йе\u0301ти \x00\n два\u2028три\ufffd ") == "й\u00e9ти два три".replace(
        "\u00e9", "е\u0301"
    )


def test_nothing_gives_nothing():
    assert turns_from_segments([]) == []
    assert turns_from_segments([Segment(0, 10, "  ")]) == []
