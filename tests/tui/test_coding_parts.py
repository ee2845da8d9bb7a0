"""What the coding screen is made of: rows, units, the index of codings, search, the cursor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench import services
from workbench.models.deeds import DONE
from workbench.models.views import CodingView
from workbench.text.spans import LineIndex, Span
from workbench.tui.coding.coding_index import CodingIndex
from workbench.tui.coding.text_cursor import TextCursor
from workbench.tui.coding.text_search import TextSearch, nearest
from workbench.tui.coding.text_units import Units
from workbench.tui.coding.wrapping import WrappedText
from workbench.tui.widgets.code_margin import CodeMargin

texts = st.text(alphabet="аб яz \n漢e\u0301-.", min_size=1, max_size=200)


def coding(number: int, start: int, end: int) -> CodingView:
    return CodingView(
        f"{number:03}", f"q{start}-{end}", "s", f"c{number % 3}", f"Code {number % 3}", "theme",
        number, "me", start, end, "", None, "supports", None,
    )  # fmt: skip


@given(texts, st.integers(1, 30))
@example("\u0301 eee漢", 4)
def test_rows_hold_every_letter_once_and_fit(text, width):
    wrapped = WrappedText(text, LineIndex(text), width)
    spans = [wrapped.span(row) for row in range(len(wrapped))]
    assert "".join(span.of(text) for span in spans) == text.replace("\n", "")
    for row, span in enumerate(spans):
        shown = span.of(text)
        assert cell_len(shown.rstrip(" ")) <= width or len(shown.strip()) == 1
        assert wrapped.row_of(span.start) == row
        assert row in wrapped.rows_of_line(wrapped.line_of(row))


@given(texts, st.integers(1, 30), st.data())
def test_a_cell_leads_back_to_its_letter(text, width, data):
    wrapped = WrappedText(text, LineIndex(text), width)
    offset = data.draw(st.integers(0, len(text)))
    row, cell = wrapped.row_of(offset), wrapped.cell_of(offset)
    found = wrapped.offset_at(row, cell)
    assert wrapped.row_of(found) == row
    assert wrapped.cell_of(found) <= cell
    if offset < len(text) and text[offset] != "\n" and cell_len(text[offset]):
        skipped = text[min(found, offset) : max(found, offset)]
        assert cell_len(skipped) == 0, "only marks without width lie between"


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=25), st.data())
def test_codings_added_and_taken_away_are_as_if_read_anew(pairs, data):
    text = "\n".join(["слова и ещё слова"] * 8)
    lines = LineIndex(text)
    codings = [coding(n, s, min(s + length, len(text))) for n, (s, length) in enumerate(pairs)]
    half = len(codings) // 2
    index = CodingIndex(lines, codings[:half])
    for one in codings[half:]:
        index.add(one)
    gone = {c.id for c in codings if data.draw(st.booleans())}
    for coding_id in gone:
        index.remove(coding_id)
    fresh = CodingIndex(lines, [c for c in codings if c.id not in gone])
    assert list(index) == list(fresh)
    assert index.quotes == fresh.quotes
    assert index.covered() == fresh.covered()
    for offset in range(0, len(text), 7):
        assert {c.id for c in index.at(offset)} == {c.id for c in fresh.at(offset)}
    for line in range(len(lines)):
        columns = [index.column(c.id) for c in index.on_line(line)]
        assert len(columns) == len(set(columns)), "no two stripes in one place"


def test_names_make_room_for_each_other_and_keep_their_quote():
    text = "one two three four five six seven eight"
    lines = LineIndex(text)
    wrapped = WrappedText(text, lines, 10)
    codings = [coding(1, 0, 30), coding(2, 0, 12), coding(3, 4, 7), coding(4, 24, 30)]
    margin = CodeMargin(CodingIndex(lines, codings), wrapped)
    placed = [[c.id for c in margin.names(row)] for row in range(len(wrapped))]
    assert placed[0] == ["001", "003"], "the third is only on the first row, so it shares it"
    assert placed[1] == ["002"]
    assert sorted(name for row in placed for name in row) == ["001", "002", "003", "004"]


def test_units_grow_over_lines_and_stop_at_the_ends():
    text = "Раз два. Три!\nЧетыре пять."
    units = Units(text, LineIndex(text), [Span(0, 13), Span(14, 26)])
    grown = units.grown(None, 4, "word")
    assert grown.of(text) == "два"
    grown = units.grown(grown, 7, "sentence")
    assert grown.of(text) == "Раз два."
    for _again in range(5):
        grown = units.grown(grown, 0, "sentence")
    assert grown == Span(0, len(text))
    assert units.grown(Span(14, 20), 0, "turn", step=-1) == Span(14, 26)
    assert units.grown(Span(14, 26), 0, "turn", step=-1) == Span(0, 26)


def test_search_knows_neither_case_nor_dots_and_gives_offsets_of_the_text():
    text = "Straße ещё ЕЩЕ e\u0308ще Stras"
    search = TextSearch(text)
    assert [hit.of(text) for hit in search.find("еще")] == ["ещё", "ЕЩЕ"]
    assert [hit.of(text) for hit in search.find("strass")] == ["Straß"]
    assert search.find("  ") == []
    hits = search.find("stra")
    assert nearest(hits, 0, step=1) == 1
    assert nearest(hits, len(text), step=1) == 0
    assert nearest(hits, 0, step=-1) == 1


def test_letters_are_found_over_what_is_not_seen():
    text = "при\u200bвет, ба\u00adнк и за\u0301мок"
    search = TextSearch(text)
    assert [hit.of(text) for hit in search.find("привет")] == ["при\u200bвет"]
    assert [hit.of(text) for hit in search.find("банк")] == ["ба\u00adнк"]
    assert [hit.of(text) for hit in search.find("замок")] == ["за\u0301мок"]
    assert [hit.of(text) for hit in search.find("ба\u00adнк")] == ["ба\u00adнк"]


def test_a_query_finds_forms_and_neighbours_and_what_is_none_is_taken_by_its_letters():
    text = "Ждала очередь.\nОчереди не было, банк пуст.\nБанковский чат (бот) молчит."
    search = TextSearch(text, [0, 15, 43])

    def found(query: str) -> list[str]:
        return [hit.of(text) for hit in search.find_query(query)]

    assert found("очередь") == ["очередь", "Очереди"]
    assert found("очередь -банк") == ["очередь"]
    assert found("очередь /3 банк") == ["Очереди не было, банк"]
    assert found("банк*") == ["банк", "Банковский"]
    assert found("нковск") == ["нковск"], "letters inside a word stay found"
    assert found("-") == [], "a sign that is no query is looked for as it is"
    assert found("(бот)") == ["бот"]
    assert found("") == []


@pytest.mark.parametrize("step", [1, -1])
def test_the_cursor_never_stops_inside_a_letter(step):
    text = "а\u0301б\u0301в"
    wrapped = WrappedText(text, LineIndex(text), 20)
    cursor = TextCursor(0 if step > 0 else len(text))
    seen = []
    for _again in range(3):
        cursor.step(step, wrapped, select=False)
        seen.append(cursor.offset)
    assert seen == ([2, 4, 5] if step > 0 else [4, 2, 0])


def test_every_action_that_can_be_taken_back_has_a_name_for_a_person() -> None:
    told = set()
    for path in Path(services.__file__).parent.glob("*.py"):
        told |= set(re.findall(r'acting\(\s*"([a-z]+\.[a-z]+)"', path.read_text(encoding="utf-8")))
    assert len(told) > 20
    assert told <= set(DONE)
