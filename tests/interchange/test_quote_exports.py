"""Every format of quotes: nothing is lost, and nothing that was said becomes anything else."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from workbench import i18n
from workbench.interchange.quote_exporter import QuoteSheet, all_exporters, find_exporter
from workbench.models.quote_lists import CodedQuote, QuoteHeading

NASTY = (
    '=HYPERLINK("http://x")',
    "+7 900 тире — «кавычки»",
    "-5 degrees",
    "@sum(A1)",
    "*bold* [link](x) `code` # no heading",
    "# heading\n- list\n1. number\n===",
    "<b>tag</b> & 😀 é",
    "a\x07bell \x1b[31mred",
    'two\nlines, "quoted"; tab\there',
    "x" * 1_200,
)


def quote(number: int, text: str, **changes) -> CodedQuote:
    facts = {
        "quote_id": f"q{number}",
        "coding_id": f"c{number}",
        "source_id": "s",
        "source": "=Interview",
        "source_kind": "interview",
        "source_number": 3,
        "collected_on": date(2026, 5, 14),
        "person": "R07",
        "attributes": {"age": "34", "city": "Kazan"},
        "code_id": "k",
        "code": "Waiting / Queue",
        "kind": "barrier",
        "colour": 1,
        "coder": "Anna",
        "stance": "contradicts",
        "emotion": -2,
        "start": 0,
        "end": len(text),
        "start_ms": 728_000,
        "text": text,
        "favourite": number == 0,
        "memo": "-memo" if number == 1 else "",
    }
    return CodedQuote(**(facts | changes))


@pytest.fixture
def sheet() -> QuoteSheet:
    lines = [quote(number, text) for number, text in enumerate(NASTY)]
    lines.append(
        quote(
            99,
            "без кода",
            coding_id=None,
            code_id=None,
            code="",
            kind="",
            coder="",
            stance="",
            emotion=None,
            person=None,
            attributes={},
            start_ms=None,
        )
    )
    headings = (
        QuoteHeading("Waiting / Queue", "barrier", 1, 0, len(NASTY)),
        QuoteHeading("", "", 0, len(NASTY), 1),
    )
    return QuoteSheet("=Bank *2*", lines, headings)


def words_in(name: str, content: bytes) -> str:
    """Everything a reader of the file sees."""
    if name == "xlsx":
        book = load_workbook(io.BytesIO(content))
        return "\n".join(
            str(cell) for row in book.active.iter_rows(values_only=True) for cell in row
        )
    if name == "docx":
        document = Document(io.BytesIO(content))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    return content.decode("utf-8-sig")


def plain(text: str) -> str:
    """A text without what a format may change: escapes, line ends, characters no file holds."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("exporter", all_exporters(), ids=lambda exporter: exporter.name)
def test_every_quote_is_in_the_file_with_its_code_and_its_place(exporter, sheet) -> None:
    said = plain(words_in(exporter.name, exporter.render(sheet)))
    for line in sheet.lines:
        assert plain(line.text) in said
    for part in ("WaitingQueue", "R07", "34", "Kazan", "001208", "Anna", "memo"):
        assert part in said


@pytest.mark.parametrize("exporter", all_exporters(), ids=lambda exporter: exporter.name)
def test_a_list_without_groups_can_be_written(exporter, sheet) -> None:
    said = plain(words_in(exporter.name, exporter.render(QuoteSheet("Bank", sheet.lines))))
    assert all(plain(line.text) in said for line in sheet.lines)


@pytest.mark.parametrize("exporter", all_exporters(), ids=lambda exporter: exporter.name)
def test_the_same_quotes_make_the_same_words(exporter, sheet) -> None:
    first, second = (words_in(exporter.name, exporter.render(sheet)) for _ in range(2))
    assert first == second


def test_formats_are_found_by_name_and_by_suffix() -> None:
    assert [exporter.name for exporter in all_exporters()] == ["csv", "docx", "md", "xlsx"]
    assert find_exporter(".XLSX") is find_exporter("xlsx")
    assert all(exporter.suffix == f".{exporter.name}" for exporter in all_exporters())


def test_a_spreadsheet_calculates_nothing_from_csv(sheet) -> None:
    text = find_exporter("csv").render(sheet).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [
        *("No.", "Source", "Person", "age", "city", "Code", "Kind", "Stance", "Emotion"),
        *("Time", "Coder", "Memo", "Favourite", "Quote"),
    ]
    assert len(rows) == len(sheet.lines) + 1
    emotion = rows[0].index("Emotion")
    for row in rows[1:]:
        assert not [
            cell
            for n, cell in enumerate(row)
            if n != emotion and cell.startswith(("=", "+", "-", "@"))
        ]
    assert [row[-1].removeprefix("'") for row in rows[1:]] == [line.text for line in sheet.lines]
    assert rows[1][emotion] == "-2"


def test_a_workbook_holds_texts_not_formulas(sheet) -> None:
    book = load_workbook(io.BytesIO(find_exporter("xlsx").render(sheet)))
    rows = list(book.active.iter_rows(min_row=2))
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert rows[0][-1].value == NASTY[0]
    assert rows[0][8].value == -2
    assert book.active.freeze_panes == "A2"


def test_markdown_keeps_signs_as_signs(sheet) -> None:
    text = find_exporter("md").render(sheet).decode()
    lines = text.split("\n")
    assert [line for line in lines if line.startswith("#")] == [
        "# =Bank \\*2\\*".replace("# =", "# \\="),
        f"## ▲ Waiting / Queue ({len(NASTY)})",
        "## — (1)",
    ]
    assert all(line.startswith((">", "#")) or not line for line in lines)
    assert "> — R07, 34, Kazan · Interview 3 · 00:12:08" in lines


def test_word_has_headings_quotes_and_their_sources(sheet) -> None:
    document = Document(io.BytesIO(find_exporter("docx").render(sheet)))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 2
    assert styles.count("Quote") == len(sheet.lines)
    first = styles.index("Quote")
    source = document.paragraphs[first + 1]
    assert source.style.name == "Quote Source"
    assert source.text == "R07, 34, Kazan · Interview 3 · 00:12:08 · ↓ contradicts · −2 · Anna · ★"
    assert document.styles["Quote"].element.xpath("./w:pPr/w:pBdr/w:left")


def test_the_file_speaks_the_language_in_force(sheet) -> None:
    i18n.set_language("ru")
    said = words_in("xlsx", find_exporter("xlsx").render(sheet))
    assert {"Источник", "Код", "барьер"} <= set(said.split("\n"))
    assert "Интервью 3" in words_in("docx", find_exporter("docx").render(sheet))
