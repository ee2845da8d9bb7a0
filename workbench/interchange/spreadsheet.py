"""Any table as an XLSX workbook: every text stays a text, whatever it begins with."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 32_767  # characters of a cell
_WIDEST: Final = 80
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | float


def workbook(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet: a heading that stays in sight, a line for each row."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
    number = book.add_format({"valign": "top"})
    for place, name in enumerate(head):
        page.write_string(0, place, _fit(name), bold)
        longest = max((len(str(row[place])) for row in rows), default=0)
        page.set_column(place, place, min(_WIDEST, max(len(name), longest) + 2))
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(line, place, _fit(cell), plain)
            else:
                page.write_number(line, place, cell, number)
    page.freeze_panes(1, 0)
    if rows:
        page.autofilter(0, 0, len(rows), len(head) - 1)
    book.close()
    return buffer.getvalue()


def _fit(text: str) -> str:
    """Return a text with what a workbook cannot hold visibly replaced, and no longer than a cell."""
    clean = _UNFIT.sub("\ufffd", text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
