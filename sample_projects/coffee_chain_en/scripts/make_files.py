"""Makes the Word transcript and the spreadsheet of the checklist from the texts they are kept in.

``transcripts/interview_04.docx`` comes from ``interview_04.txt`` beside this script, and
``shopping/checklist.xlsx`` from ``shopping/checklist.yaml``. Needs python-docx, XlsxWriter and PyYAML.
"""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from docx import Document
from docx.shared import Pt

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
# A fixed day, so that running the script again makes the same files.
MADE = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)

COLUMNS = [
    *("section", "key", "text_ru", "text_en", "type", "points_yes", "points_no", "weight"),
    *("critical", "bonus", "scored", "na_allowed", "comment_required_when"),
    *("evidence_required", "options", "shown_when"),
]
WIDTHS = {"text_ru": 52, "text_en": 52, "options": 60, "key": 22, "shown_when": 26}


def make_docx() -> Path:
    """Writes the transcript as a typist would hand it in: a heading, then one paragraph a turn."""
    lines = (HERE / "interview_04.txt").read_text(encoding="utf-8").splitlines()
    document = Document()
    style = document.styles["Normal"]
    style.font.name = "Calibri"
    style.font.size = Pt(11)
    document.core_properties.title = lines[0]
    document.core_properties.author = "Field team"
    document.core_properties.created = MADE
    document.core_properties.modified = MADE
    document.add_heading(lines[0], level=1)
    for line in filter(None, lines[1:]):
        speaker, _, words = line.partition(": ")
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{speaker}: ").bold = True
        paragraph.add_run(words)
    target = PROJECT / "transcripts" / "interview_04.docx"
    document.save(str(target))
    set_zip_times(target)
    return target


def set_zip_times(path: Path) -> None:
    """Gives every part of an Office file the fixed day; the zip would hold the moment of writing."""
    with zipfile.ZipFile(path) as archive:
        parts = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            item = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            item.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(item, content)


def describe_choices(question: dict[str, Any]) -> str:
    """What can be answered and what it is worth, for example ``locked=Locked / Закрыт [0]; …``."""
    parts = []
    for option in question.get("options", []):
        worth = "na" if option.get("na") else option.get("points", 0)
        parts.append(f"{option['key']}={option['text']['en']} / {option['text']['ru']} [{worth}]")
    if scale := question.get("scale"):
        parts.append(f"scale {scale['min']}..{scale['max']} [{scale['points']}]")
    for band in question.get("bands", []):
        upper = "" if band["to"] is None else band["to"]
        parts.append(f"{band['from']}..{upper} [{band['points']}]")
    return "; ".join(parts)


def read_cell(section: str, question: dict[str, Any], column: str) -> str | float:
    """The value of one column for one question."""
    special = {
        "section": section,
        "text_ru": question["text"]["ru"],
        "text_en": question["text"]["en"],
        "options": describe_choices(question),
    }
    value = special.get(column, question.get(column, ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, (int, float)) else str(value)


def make_xlsx() -> Path:
    """Writes the checklist as a table a client can read and comment on: one row a question."""
    source = (PROJECT / "shopping" / "checklist.yaml").read_text(encoding="utf-8")
    checklist = yaml.safe_load(source)
    target = PROJECT / "shopping" / "checklist.xlsx"
    book = xlsxwriter.Workbook(str(target))
    book.set_properties({"title": checklist["title"]["en"], "created": MADE.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#E8DCC8", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("questions")
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, WIDTHS.get(column, 13))
        sheet.write(0, index, column, head)
    row = 0
    for section in checklist["sections"]:
        for question in section["questions"]:
            row += 1
            for index, column in enumerate(COLUMNS):
                sheet.write(row, index, read_cell(section["key"], question, column), wrapped)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
    sections = book.add_worksheet("sections")
    sections.set_column(1, 2, 36)
    sections.write_row(0, 0, ["key", "title_ru", "title_en", "weight"], head)
    for index, section in enumerate(checklist["sections"], start=1):
        title = section["title"]
        sections.write_row(index, 0, [section["key"], title["ru"], title["en"], section["weight"]])
    book.close()
    return target


if __name__ == "__main__":
    for made in (make_docx(), make_xlsx()):
        print(made.relative_to(PROJECT))
