"""XLSX: a row a quote, ready to be filtered and sorted."""

from __future__ import annotations

import io
import re
from typing import Any, Final

from workbench.i18n import N_, _
from workbench.interchange.quote_exporter import Cell, QuoteSheet, table

_WIDTHS: Final = {"quote": 80, "code": 32, "other": 16}
_MOST = 32_767  # characters of a cell
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Spreadsheet:
    """Writes .xlsx."""

    name = "xlsx"
    suffix = ".xlsx"
    description = N_("table for Excel (XLSX)")

    def render(self, sheet: QuoteSheet) -> bytes:
        """Return the workbook: every text is a text, whatever it begins with."""
        from xlsxwriter import Workbook

        head, rows = table(sheet)
        buffer = io.BytesIO()
        book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
        page = book.add_worksheet(_("Quotes"))
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        plain = book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True})
        number = book.add_format({"valign": "top"})
        for place, name in enumerate(head):
            page.write_string(0, place, _fit(name), bold)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(page, line, place, cell, plain if isinstance(cell, str) else number)
        last = len(head) - 1
        page.set_column(0, last, _WIDTHS["other"])
        page.set_column(0, 0, _WIDTHS["other"] // 2)
        page.set_column(head.index(_("Code")), head.index(_("Code")), _WIDTHS["code"])
        page.set_column(last, last, _WIDTHS["quote"])
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(rows)), last)
        book.close()
        return buffer.getvalue()


def _write(page: Any, line: int, place: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, int):
        page.write_number(line, place, cell, style)
    elif cell:
        page.write_string(line, place, _fit(cell), style)


def _fit(text: str) -> str:
    """Return the text with what a workbook cannot hold visibly replaced, and no longer than a cell."""
    clean = _UNFIT.sub("\ufffd", text)
    return clean if len(clean) <= _MOST else clean[: _MOST - 1] + "…"


EXPORTER = Spreadsheet()
