"""Rows of a text of which something is left out, put in or folded away: positions stay the text's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from workbench.text.spans import LineIndex, Span, union
from workbench.text.spoken_words import WordTimes, pauses
from workbench.text.turns import Turn
from workbench.tui.coding.changes import GAP, Changes, Folded, Piece
from workbench.tui.coding.text_cursor import TextCursor
from workbench.tui.coding.wrapping import WrappedText
from workbench.tui.widgets.transcript_row import Inks, draw_words

INKS = Inks(Style(), Style(), lambda _name: Style())


@st.composite
def changed_texts(draw):
    lines = draw(
        st.lists(st.text(alphabet="аб яz漢e\u0301-.", max_size=40), min_size=1, max_size=6)
    )
    text = "\n".join(lines)
    index = LineIndex(text)
    folded, left_out, put_in = [], [], []
    open_lines = []
    for number in range(len(index)):
        span = index.line(number)
        if len(span) and draw(st.booleans()) and draw(st.booleans()):
            if folded and folded[-1].end + 1 == span.start:
                folded[-1] = Span(folded[-1].start, span.end)
            else:
                folded.append(span)
        else:
            open_lines.append(span)
    for span in open_lines:
        for _again in range(draw(st.integers(0, 2))):
            if len(span) > 1:
                start = draw(st.integers(span.start, span.end - 1))
                end = draw(st.integers(start + 1, span.end))
                left_out.append(Span(start, min(end, start + 5)))
        if draw(st.booleans()):
            put_in.append(Piece(span.end, span.end, "(3\u00a0s)", "pause"))
            if draw(st.booleans()):
                put_in.append(Piece(span.end, span.end, "!", "note"))
        if len(span) and draw(st.booleans()):
            offset = draw(st.integers(span.start, span.end - 1))
            put_in.append(Piece(offset, offset, "(2\u00a0s) ", "pause"))
    put_in.sort(key=lambda piece: piece.start)
    folds = [Folded(span, "— hidden") for span in folded]
    return text, union(left_out), put_in, folds


def expected(text, left_out, put_in, folds) -> str:
    """What is shown, line by line, by the plainest way to say it."""
    shown = []
    index = LineIndex(text)
    for number in range(len(index)):
        line = index.line(number)
        fold = next((f for f in folds if f.span.start <= line.start <= f.span.end), None)
        if fold is not None:
            if fold.span.start == line.start:
                shown.append(fold.text)
            continue
        out = ""
        for offset in range(line.start, line.end + 1):
            here = [p.shown for p in put_in if p.start == offset]
            if offset == line.end:
                out += "".join(f"\u00a0{shown}" for shown in here)
            else:
                out += "".join(here)
            if offset < line.end and not any(s.start <= offset < s.end for s in left_out):
                out += text[offset]
        shown.append(out)
    return "".join(shown)


@given(changed_texts(), st.integers(1, 30))
def test_everything_is_shown_once_and_fits(changed, width):
    text, left_out, put_in, folds = changed
    wrapped = WrappedText(text, LineIndex(text), width, Changes(left_out, put_in, folds))
    rows = [
        "".join(piece.shown or text[piece.start : piece.end] for piece in wrapped.pieces(row))
        for row in range(len(wrapped))
    ]
    whole = "".join(
        "— hidden" if wrapped.is_folded(row) else shown for row, shown in enumerate(rows)
    )
    assert whole == expected(text, left_out, put_in, folds)
    for row, shown in enumerate(rows):
        assert cell_len(shown.rstrip(" ")) <= width or len(shown.strip()) == 1
        drawn = draw_words(
            text, wrapped.pieces(row), width + 1,
            end=wrapped.span(row).end, layers=[(0, len(text) + 1, Style(bold=True))], inks=INKS,
        )  # fmt: skip
        assert cell_len("".join(segment.text for segment in drawn)) == width + 1


@given(changed_texts(), st.integers(2, 30), st.sampled_from([1, -1]))
def test_the_cursor_walks_over_all_that_is_shown_and_nothing_else(changed, width, step):
    text, left_out, put_in, folds = changed
    wrapped = WrappedText(text, LineIndex(text), width, Changes(left_out, put_in, folds))
    cursor = TextCursor(wrapped.settle(0 if step > 0 else len(text)))
    stood = [cursor.offset]
    for _again in range(len(text) + 1):
        cursor.step(step, wrapped, select=False)
        if cursor.offset == stood[-1]:
            break
        stood.append(cursor.offset)
    assert sorted(stood, reverse=step < 0) == stood
    for offset in stood:
        assert wrapped.settle(offset) == offset or offset in (0, len(text))
        assert not any(f.span.start < offset <= f.span.end for f in folds)
    shown = [
        o for o in range(len(text))
        if text[o] not in "\u0301\n" and not any(s.start <= o < s.end for s in left_out)
        and not any(f.span.start < o <= f.span.end for f in folds)
    ]  # fmt: skip
    assert set(shown) - set(stood) <= {0, len(text)}


@given(changed_texts(), st.integers(2, 30), st.data())
def test_a_cell_leads_to_a_place_on_its_row(changed, width, data):
    text, left_out, put_in, folds = changed
    wrapped = WrappedText(text, LineIndex(text), width, Changes(left_out, put_in, folds))
    row = data.draw(st.integers(0, len(wrapped) - 1)) if len(wrapped) else 0
    cell = data.draw(st.integers(0, width + 1))
    found = wrapped.offset_at(row, cell)
    span = wrapped.span(row)
    assert span.start <= found <= span.end
    assert wrapped.cell_of(found) <= width + 1


def test_a_pause_behind_a_turn_leaves_the_cursor_its_place_at_the_last_word():
    text = "one two\nthree"
    changes = Changes((), [Piece(7, 7, "(3 s)", "pause")], ())
    wrapped = WrappedText(text, LineIndex(text), 30, changes)
    assert [piece.style for piece in wrapped.pieces(0)] == ["", GAP, "pause"]
    assert wrapped.cell_of(7) == 7
    assert wrapped.offset_at(0, 9) == 7
    drawn = draw_words(
        text, wrapped.pieces(0), 20, end=7, layers=[(7, 8, Style(reverse=True))], inks=INKS
    )
    assert [(s.text, bool(s.style.reverse)) for s in drawn if s.style.reverse] == [(" ", True)]
    assert "".join(s.text for s in drawn).rstrip() == "one two (3 s)"


def test_pauses_are_found_between_words_and_turns():
    words = WordTimes([(0, 3, 0, 400, 1.0), (4, 7, 1_500, 1_900, 1.0), (8, 13, 5_000, 5_400, 0.2)])
    turns = [
        Turn(0, 0, 7, None, 0, 1_900), Turn(1, 8, 13, None, 5_000, 5_400),
        Turn(2, 14, 20, None, 6_000, None), Turn(3, 21, 22, None, 60_000, None),
    ]  # fmt: skip
    found = pauses(turns, words)
    assert [(p.offset, p.seconds, p.ends_turn) for p in found] == [(4, 1, False), (7, 3, True)]
    assert words.time_at(9) == 5_080
    assert words.time_at(14) is None
    assert words.said_at(1_600) == 1
    assert words.said_at(4_999) == 1
    assert list(words.between(4, 9)) == [1, 2]
