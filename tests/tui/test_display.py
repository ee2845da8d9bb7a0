"""Values on a terminal: safe, short, plural-correct."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color

from workbench.tui.display import (
    bar,
    clean_for_terminal,
    clock,
    content,
    duration,
    relative_time,
    shorten_end,
    shorten_middle,
)
from workbench.tui.theme import (
    CODE_COLOURS,
    DARK_BACKGROUND,
    LIGHT_BACKGROUND,
    code_colour,
    contrast,
)


@given(st.text(st.characters()), st.booleans())
def test_cleaning_keeps_length_and_leaves_nothing_that_controls(text, lines):
    cleaned = clean_for_terminal(text, lines=lines)
    assert len(cleaned) == len(text)
    for character in cleaned:
        code = ord(character)
        assert code >= 0x20 or (lines and character == "\n")
        assert not 0x7F <= code < 0xA0
        assert not 0x200B <= code <= 0x200F
        assert not 0x2028 <= code <= 0x202E
        assert not 0x2066 <= code <= 0x2069
        assert not 0xD800 <= code < 0xE000
    assert clean_for_terminal(cleaned, lines=lines) == cleaned


def test_ordinary_words_stay_as_they_are():
    text = "«Смех» [laughs] — 5 № 100 € ё й é 日本"
    assert clean_for_terminal(text) == text
    assert content("[/x] [b]слова[/b]").plain == "[/x] [b]слова[/b]"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "M"))), st.integers(0, 60))
def test_shortened_texts_fit(text, width):
    assert cell_len(shorten_middle(text, width)) <= width or cell_len(text) <= width
    assert cell_len(shorten_end(text, width)) <= width or cell_len(text) <= width
    if cell_len(text) <= width:
        assert shorten_middle(text, width) == text


def test_a_long_name_keeps_its_beginning_and_its_end():
    shown = shorten_middle("Interview 03 with the branch manager in Kazan.m4a", 20)
    assert shown.startswith("Interview")
    assert shown.endswith("Kazan.m4a")


NOW = datetime(2026, 5, 14, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=11), "3 May"),
        (timedelta(days=365), "14 May 2025"),
        (timedelta(seconds=-20), "just now"),
    ],
)
def test_times_are_said_the_way_people_say_them(before, expected, monkeypatch):
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert relative_time(NOW - before, NOW) == expected


def test_durations_clocks_and_bars():
    assert [duration(s) for s in (0, 40, 360, 3600, 7500)] == [
        "0 s",
        "40 s",
        "6 min",
        "1 h",
        "2 h 5 min",
    ]
    assert clock(728_999) == "00:12:08"
    assert clock(-5) == "00:00:00"
    assert bar(1, 2, 10) == "━━━━━─────"
    assert bar(1, 4, 10) == "━━╸───────"
    assert bar(0, 0, 4) == "────"
    assert bar(5, 4, 4) == "━━━━"


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(0, 200))
def test_a_bar_is_as_wide_as_asked(done, total, width):
    assert len(bar(done, total, width)) == width


# Machado, G. M., Oliveira, M. M., Fernandes, L. A. F.: "A Physiologically-based Model for Simulation of Color Vision
# Deficiency". IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, pp. 1291-1298; the matrices for
# severity 1.0, to be applied to linear RGB: inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html
SEEING = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def oklab(colour: Color, matrix) -> tuple[float, ...]:
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in colour.normalized
    ]
    seen = [min(1, max(0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in matrix]
    cones = [
        sum(m * c for m, c in zip(row, seen, strict=True)) ** (1 / 3)
        for row in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    ]
    return tuple(
        sum(m * c for m, c in zip(row, cones, strict=True))
        for row in (
            (0.2104542553, 0.7936177850, -0.0040720468),
            (1.9779984951, -2.4285922050, 0.4505937099),
            (0.0259040371, 0.7827717662, -0.8086757660),
        )
    )


def apart(one, other) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("seeing", SEEING)
def test_code_colours_are_readable_and_stay_apart_for_every_eye(dark, seeing):
    background = Color.parse(DARK_BACKGROUND if dark else LIGHT_BACKGROUND)
    colours = [Color.parse(code_colour(n, dark=dark)) for n in range(len(CODE_COLOURS))]
    assert len(colours) == 10
    assert min(contrast(colour, background) for colour in colours) >= 4.5
    points = [oklab(colour, SEEING[seeing]) for colour in colours]
    neighbours = zip(points, [*points[1:], points[0]], strict=True)
    assert min(apart(one, other) for one, other in neighbours) >= 0.09, "codes take them in turn"
    nearest = min(
        apart(one, other) for number, one in enumerate(points) for other in points[:number]
    )
    assert nearest >= 0.05


@given(st.integers(0, 0xFFFFFF), st.booleans())
def test_a_chosen_colour_is_made_readable(value, dark):
    shown = Color.parse(code_colour(f"#{value:06x}", dark=dark))
    assert contrast(shown, Color.parse(DARK_BACKGROUND if dark else LIGHT_BACKGROUND)) >= 4.5


def test_a_colour_that_is_none_takes_the_first():
    assert code_colour("no colour", dark=True) == code_colour(0, dark=True)
    assert code_colour(13, dark=True) == code_colour(3, dark=True)
    assert code_colour(1, dark=True, ansi=True).startswith("ansi_")
