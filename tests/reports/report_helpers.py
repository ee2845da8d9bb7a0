"""Small templates made on the spot, and Word files read back by other means than our own."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

from docx import Document

from workbench.reports.render import Properties, render

PROPERTIES = Properties(
    title="Title & <more>",
    subject="Client",
    author="Anna",
    language="en-GB",
    date=dt.date(2026, 6, 2),
)


def make_template(folder: Path, *paragraphs: str, name: str = "template.docx") -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / name
    document.save(str(path))
    return path


def fill(folder: Path, context: dict, *paragraphs: str) -> Path:
    target = folder / "report.docx"
    render(make_template(folder, *paragraphs), target, context, properties=PROPERTIES)
    return target


def words(path: Path) -> list[str]:
    document = Document(str(path))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                found += [paragraph.text for paragraph in cell.paragraphs]
    return found


def part(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")
