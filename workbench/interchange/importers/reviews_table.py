"""Tables of reviews (.csv, .xlsx): every row with words becomes a source of kind review."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.files import empty
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    ImportedTurn,
    Note,
    encoding_note,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.tables import read_csv, read_xlsx
from workbench.text.fold import fold
from workbench.text.normalize import normalise

_HEADINGS: Final = {
    "text": [
        "text",
        "текст",
        "отзыв",
        "review",
        "comment",
        "комментарий",
        "content",
        "body",
        "message",
        "сообщение",
    ],
    "date": ["date", "дата", "created", "published", "опубликовано"],
    "author": ["author", "автор", "user", "name", "имя", "пользователь"],
    "rating": ["rating", "оценка", "рейтинг", "stars", "score", "звезды", "звёзды", "балл"],
    "site": ["site", "сайт", "source", "площадка", "источник", "platform"],
}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class ReviewsTable:
    """Reads a table with a column of texts; the other columns become attributes."""

    name = "reviews_table"
    suffixes: tuple[str, ...] = (".csv", ".tsv", ".xlsx")
    description = N_(
        "Table of reviews with a column “text”, and date, author, rating, site if known"
    )

    def sniff(self, head: bytes, path: Path) -> float:
        """The name; the contents are checked on reading."""
        del head
        return sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return one text per row that has any words."""
        notes: tuple[Note, ...] = ()
        if path.suffix.lower() == ".xlsx":
            rows = read_xlsx(path)
        else:
            rows, encoding = read_csv(path)
            notes = encoding_note(path, encoding)
        if not rows:
            raise empty(path)
        columns = _columns(list(rows[0]), path)
        texts: list[ImportedText] = []
        for number, row in enumerate(rows, start=1):
            imported = _review(row, columns, title=f"{path.stem} #{number}", language=language)
            if imported is None:
                notes = (
                    *notes,
                    Note(
                        "row-without-text",
                        N_("Row {row} of {file} has no text and was left out: {cells}"),
                        {
                            "row": number,
                            "file": path.name,
                            "cells": " | ".join(filter(None, row.values())),
                        },
                    ),
                )
            else:
                texts.append(imported)
                notes = (*notes, *_date_note(imported, number, path))
        if not texts:
            raise empty(path)
        return ImportedBatch(tuple(texts), notes)


def _columns(headings: list[str], path: Path) -> dict[str, str]:
    """Return which column of the table plays which part."""
    found: dict[str, str] = {}
    for part, names in _HEADINGS.items():
        for name in map(fold, names):
            match = next((h for h in headings if fold(h).strip("\ufeff ") == name), None)
            if match and match not in found.values():
                found.setdefault(part, match)
    if "text" not in found and len(headings) == 1:
        found["text"] = headings[0]
    if "text" not in found:
        raise InputError(
            "column-missing",
            N_("{file} has no column “text”; its columns are: {columns}."),
            N_("Name the column with the words of the reviews “text”."),
            file=path.name,
            columns=", ".join(headings),
        )
    return found


def _review(
    row: dict[str, str], columns: dict[str, str], *, title: str, language: str | None
) -> ImportedText | None:
    text = normalise(row.get(columns["text"], "")).strip()
    if not text:
        return None
    when = _date(row.get(columns.get("date", ""), ""))
    parts = {heading: part for part, heading in columns.items()}
    attributes = {
        parts.get(heading, heading): normalise(cell)
        for heading, cell in row.items()
        if cell and parts.get(heading) != "text" and not (when and parts.get(heading) == "date")
    }
    return ImportedText(
        title,
        (ImportedTurn(text),),
        kind="review",
        language=language or guess_language(text),
        date=when,
        attributes=attributes,
    )


def _date_note(review: ImportedText, number: int, path: Path) -> tuple[Note, ...]:
    """Return a note when a cell of the date's column is none, so that it does not go unnoticed."""
    if "date" not in review.attributes:
        return ()
    return (
        Note(
            "date-not-read",
            N_(
                "Row {row} of {file}: “{cell}” is not a date such as 2026-05-31; the review has none."
            ),
            {"row": number, "file": path.name, "cell": review.attributes["date"]},
        ),
    )


def _date(cell: str) -> date | None:
    """Read 2026-05-14 and 14.05.2026; 05/14/26 says too little and stays an attribute."""
    match = _DAY.fullmatch(cell)
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(cell)
    except ValueError:
        return None


IMPORTER = ReviewsTable()
