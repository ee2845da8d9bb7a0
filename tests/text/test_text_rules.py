from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.counts import word_count
from workbench.text.fold import fold, fold_positions
from workbench.text.normalize import NormalisedText, normalise
from workbench.text.spans import LineIndex, Span, SpanIndex, covered, gaps, subtract, union
from workbench.text.turns import (
    TimedWord,
    Turn,
    break_lines,
    compose,
    offset_at,
    sentence_at,
    sentences,
    time_of,
    times_of,
    turn_at,
    word_at,
    words,
)

NASTY = (
    "ab Яёе\u0308и\u0306\u0301\u0306\u0345\u0323\r\n\x00\x0b\x85\u2028\u2029\ufeff\u202e\u2066\t\x1c\x1f"
    "\u1100\u1161\u11a8ßİŉς\u0958\u09c7\u09be\ud800\uffff😀ſﬁ"
)
texts = st.one_of(st.text(), st.text(alphabet=NASTY), st.text(alphabet=st.characters()))
spans = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda p: Span(p[0], p[0] + p[1]))
many = st.lists(spans, max_size=8)


def points(items):
    return {offset for span in items for offset in range(span.start, span.end)}


def test_normal_form():
    raw = "\ufeffCafe\u0301\r\nдва\rтри\u2028a\u2029b\x85c\x0bd\x0ce\x1cf\x1dg\x1eh\x00\x1b[31m\tй\u202eend"
    assert normalise(raw) == "Café\nдва\nтри\na\nb\nc\nd\ne\nf\ng\nh[31m йend"
    assert normalise("\ud800x\ufffe") == "\ufffdx\ufffd"
    assert normalise("👩\u200d🦰 — «ёж»") == "👩\u200d🦰 — «ёж»"


@given(texts)
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(c == "\r" or (ord(c) < 32 and c != "\n") for c in once)
    once.encode()


@given(texts)
def test_the_mapper_never_goes_back_and_keeps_the_ends(text):
    result = NormalisedText.of(text)
    assert result.text == normalise(text)
    mapped = [result.position(i) for i in range(len(text) + 1)]
    assert mapped == sorted(mapped)
    assert mapped[0] == 0
    assert mapped[-1] == len(result.text)


@given(st.lists(st.text(alphabet="абвgé ёй", min_size=1), min_size=3, max_size=3))
def test_the_mapper_follows_words_through_the_change(parts):
    before, middle, after = parts
    raw = "\ufeff" + unicodedata.normalize("NFD", before) + "\r\n"
    start = len(raw)
    raw += unicodedata.normalize("NFD", middle)
    end = len(raw)
    result = NormalisedText.of(raw + "\x00\r\n" + after)
    first, last = result.span(start, end)
    assert result.text[first:last] == unicodedata.normalize("NFC", middle)


@given(texts)
def test_fold_is_a_key(text):
    key = fold(text)
    assert fold(key) == key
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    folded, positions = fold_positions(text)
    assert folded == key
    assert len(positions) == len(folded) + 1
    assert list(positions) == sorted(positions)
    assert positions[-1] == len(text)
    assert all(0 <= p < len(text) for p in positions[:-1])


def test_fold_reads_yo_as_e_and_finds_the_place():
    assert fold("ЁЛКА е\u0308ж") == "елка еж"
    folded, positions = fold_positions("Straße и е\u0308жик")
    at = folded.index("ежик")
    assert "Straße и е\u0308жик"[positions[at] : positions[at + 4]] == "е\u0308жик"
    assert fold("Йод") == "йод"  # й is its own letter, not и with a mark


@given(many, many)
def test_span_algebra_agrees_with_sets_of_points(left, right):
    assert points(union(left)) == points(left)
    assert points(subtract(left, right)) == points(left) - points(right)
    assert covered(left) == len(points(left))
    frame = Span(5, 30)
    assert points(gaps(left, within=frame)) == set(range(5, 30)) - points(left)
    for result in (union(left), subtract(left, right)):
        assert all(a.end < b.start or (a.end <= b.start) for a, b in itertools.pairwise(result))
    merged = union(left)
    assert all(a.end < b.start for a, b in itertools.pairwise(merged))


@given(spans, spans)
def test_two_spans(a, b):
    assert a.overlaps(b) == bool(points([a]) & points([b])) == b.overlaps(a)
    assert points([a.intersection(b)] if a.intersection(b) else []) == points([a]) & points([b])
    assert a.hull(b).contains(a)
    assert a.hull(b).contains(b)


def test_a_span_never_ends_before_it_begins():
    with pytest.raises(ValueError, match=r"\[3, 2\)"):
        Span(3, 2)


@given(many, spans)
def test_the_span_index_finds_exactly_the_overlapping(items, window):
    found = SpanIndex(items).overlapping(window.start, window.end)
    assert sorted(found) == [i for i, s in enumerate(items) if s.overlaps(window)]


@given(st.text(alphabet="ab\n", max_size=30), st.data())
def test_lines_and_offsets_agree(text, data):
    index = LineIndex(text)
    lines = text.split("\n")
    assert len(index) == len(lines)
    offset = data.draw(st.integers(0, len(text)))
    line, column = index.position(offset)
    assert index.offset(line, column) == offset
    assert index.line(line).of(text) == lines[line]
    assert index.offset(line, 10_000) == index.line(line).end
    end = data.draw(st.integers(offset, len(text)))
    touched = index.lines_of(Span(offset, end))
    assert touched == range(line, line + text[offset : max(offset, end - 1)].count("\n") + 1)


@given(st.lists(st.text(alphabet="слово. Ab!?\n ", max_size=60), max_size=8), st.integers(3, 20))
def test_composing_turns_loses_no_word(turn_texts, longest):
    text, found = compose(turn_texts)
    assert "".join(text.split()) == "".join("".join(turn_texts).split())
    assert len(found) == len(turn_texts)
    for turn_text, span in zip(turn_texts, found, strict=True):
        assert span.of(text) == turn_text.strip()
    broken = break_lines(text, longest=longest)
    assert "".join(broken.split()) == "".join(text.split())
    assert all(len(line) <= longest for line in broken.split("\n"))


def test_long_lines_break_at_sentences_then_spaces():
    long = "Первое предложение про очередь. " * 100 + "x" * 4500
    text, (span,) = compose([long])
    assert max(map(len, text.split("\n"))) <= 2000
    assert text.split("\n")[0].endswith("очередь.")
    assert span == Span(0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ждала долго. Потом ушла!", ["Ждала долго.", "Потом ушла!"]),
        ("Жил на ул. Ленина, д. 5. Ушёл.", ["Жил на ул. Ленина, д. 5.", "Ушёл."]),
        ("А. С. Пушкин писал. Да…", ["А. С. Пушкин писал.", "Да…"]),
        ("Mr. Smith left. «Really?» she asked.", ["Mr. Smith left.", "«Really?» she asked."]),
        ("Rate 3.5 percent. Ok", ["Rate 3.5 percent.", "Ok"]),
        ("строка\nещё", ["строка", "ещё"]),
        ("в 2020 г. Потом", ["в 2020 г. Потом"]),
        ("", []),
    ],
)
def test_sentences(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected


def test_words_of_both_languages():
    text = "Какой-то за\u0301мок, don't ask: 3,5 % в 12:30 — ёж №7"
    assert [span.of(text) for span in words(text)] == [
        "Какой-то", "за\u0301мок", "don't", "ask", "3,5", "в", "12:30", "ёж", "7",
    ]  # fmt: skip
    assert word_at(text, 3) == Span(0, 8)
    assert word_at("a, b", 2) is None
    assert sentence_at("Раз. Два три.", 7) == Span(5, 13)
    assert word_count(text) == 9


def test_times_of_offsets():
    _text, (first, second) = compose(["раз два три", "четыре пять"])
    turns = [
        Turn(0, first.start, first.end, "R", 1000, 4000),
        Turn(1, second.start, second.end, "I", 5000, 7000),
    ]
    timed = [TimedWord(0, 3, 1100, 1400), TimedWord(4, 7, 2000, 2600), TimedWord(8, 11, 3000, 3600)]
    assert time_of(4, turns, timed) == 2000
    assert time_of(5, turns, timed) == 2200
    assert times_of(Span(4, 7), turns, timed) == (2000, 2600)
    assert time_of(second.start, turns, timed) == 5000
    assert time_of(second.end, turns) == 7000
    assert 5000 < time_of(second.start + 5, turns) < 7000
    assert time_of(3, [Turn(0, 0, 11)], []) is None
    assert turn_at(turns, 11).ordinal == 0
    assert turn_at(turns, 12).ordinal == 1
    assert offset_at(2100, turns, timed) == 4
    assert offset_at(5500, turns) == second.start
    assert offset_at(5, [Turn(0, 0, 3)]) is None


@given(st.integers(0, 23), st.integers(0, 23))
def test_time_never_runs_backwards(a, b):
    turns = [Turn(0, 0, 11, None, 1000, 4000), Turn(1, 12, 23, None, 5000, 7000)]
    early, late = sorted((a, b))
    assert time_of(early, turns) <= time_of(late, turns)


def test_a_word_stays_one_over_what_is_not_seen():
    text = "при\u200bвет ба\u00adнк\u00ad \u2060x"
    assert [word.of(text) for word in words(text)] == ["при\u200bвет", "ба\u00adнк", "x"]
