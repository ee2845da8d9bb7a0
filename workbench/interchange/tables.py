"""Tables from CSV and XLSX as rows of text by heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.files import check_archive, damaged, empty, read_text

_DELIMITERS: Final = ",;\t|"
_LONGEST_CELL: Final = 10_000_000
_MOST_EMPTY_ROWS: Final = 1_000  # a sheet formatted down to its last row has a million of them


def read_csv(path: Path) -> tuple[list[dict[str, str]], str]:
    """Return the rows of a CSV file by heading, and its encoding; separator and quotes are found out."""
    text, encoding = read_text(path)
    text = text.lstrip("\ufeff").replace("\x00", "")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    begun = 1
    try:
        for row in reader:
            rows.append(row)
            begun = reader.line_num + 1
    except csv.Error:
        raise InputError(
            "table-broken",
            N_("{file} is not a proper table from line {line} on."),
            N_(
                "Look there for a quotation mark that is not closed, or save the table as CSV again."
            ),
            file=path.name,
            line=begun,
        ) from None
    return _by_heading(path, rows), encoding


def _delimiter(text: str) -> str:
    """Return the separator that occurs most often in the heading, outside of quotes."""
    heading: list[str] = []
    quoted = False
    for character in text:
        quoted ^= character == '"'
        if character in "\r\n" and not quoted and heading:
            break
        if not quoted:
            heading.append(character)
    return max(_DELIMITERS, key=heading.count)


def read_xlsx(path: Path, *, sheet: str | None = None) -> list[dict[str, str]]:
    """Return the rows of a sheet by heading: the named one, else the first that holds anything."""
    sheets = read_sheets(path)
    if sheet is not None:
        return sheets.get(sheet, [])
    filled = [rows for rows in sheets.values() if rows]
    if not filled:
        raise empty(path)
    return filled[0]


def read_sheets(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every sheet by heading."""
    check_archive(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            return {
                sheet.title: _by_heading(path, _cells(sheet.iter_rows(values_only=True)))
                for sheet in book.worksheets
            }
        finally:
            book.close()
    except InputError:
        raise
    except Exception as trouble:  # a damaged package fails in zipfile, XML or openpyxl in many ways
        raise damaged(path) from trouble


def _cells(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[str]]:
    blank = 0
    for row in rows:
        cells = [cell_text(value) for value in row]
        blank = 0 if any(cells) else blank + 1
        if blank > _MOST_EMPTY_ROWS:
            return
        yield cells


def cell_text(value: object) -> str:
    """Return a cell as it is meant: 5 not 5.0, dates in ISO, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _by_heading(path: Path, rows: Iterable[list[str]]) -> list[dict[str, str]]:
    filled = (row for row in rows if any(cell.strip() for cell in row))
    heading = next(filled, None)
    if heading is None:
        return []
    names = [name.strip() for name in heading]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise InputError(
            "column-twice",
            N_("{file} has two columns named “{column}”."),
            N_("Give every column a name of its own."),
            file=path.name,
            column=twice,
        )
    found = []
    for row in filled:
        extra = row[len(names) :]
        record = {
            name or f"column {i + 1}": cell.strip()
            for i, (name, cell) in enumerate(zip(names, row, strict=False))
        }
        record |= {
            f"column {len(names) + i + 1}": cell.strip()
            for i, cell in enumerate(extra)
            if cell.strip()
        }
        found.append({name: record.get(name, "") for name in [n for n in names if n]} | record)
    return found
