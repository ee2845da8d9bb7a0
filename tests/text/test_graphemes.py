"""Letters of several characters are found whole, wherever one asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.graphemes import (
    begins_letter,
    letter_end,
    letter_start,
    next_letter,
    previous_letter,
)

WHOLE = {
    "an accent that does not compose": "о\u0301",
    "two marks": "q\u0307\u0323",
    "a family": "👩\u200d👩\u200d👧",
    "a colour of skin": "👍🏽",
    "a worker": "👩🏽\u200d🔧",
    "a red heart": "❤\ufe0f",
    "a flag": "🇷🇺",
    "the flag of Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "a keycap": "1\ufe0f\u20e3",
    "a Hindi syllable": "कि",
    "Hebrew with points": "שׁ",
}


@pytest.mark.parametrize("letter", WHOLE.values(), ids=WHOLE)
def test_a_letter_of_several_characters_is_one(letter):
    text = f"а{letter}б"
    end = 1 + len(letter)
    assert next_letter(text, 1) == end
    assert previous_letter(text, end) == 1
    for inside in range(2, end):
        assert not begins_letter(text, inside)
        assert letter_start(text, inside) == 1
        assert letter_end(text, inside) == end


def test_flags_in_a_row_are_told_apart():
    text = "🇷🇺🇬🇧🇰🇿"
    assert [n for n in range(len(text) + 1) if begins_letter(text, n)] == [0, 2, 4, 6]


def test_a_mark_at_the_beginning_of_a_line_stands_alone():
    text = "а\n\u0301б"
    assert begins_letter(text, 2)
    assert next_letter(text, 1) == 2


@given(st.text(alphabet="aй\n\u0301\u200d👩🏽🇷🇺\ufe0fक\u093f", max_size=40))
def test_steps_there_and_back_stop_at_the_same_places(text):
    there, place = [0], 0
    while place < len(text):
        place = next_letter(text, place)
        there.append(place)
    back, place = [len(text)], len(text)
    while place > 0:
        place = previous_letter(text, place)
        back.append(place)
    assert back[::-1] == there == [n for n in range(len(text) + 1) if begins_letter(text, n)]
