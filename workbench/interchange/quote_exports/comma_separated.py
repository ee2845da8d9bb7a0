"""CSV: a row a quote, for spreadsheets and statistics."""

from __future__ import annotations

import csv
import io

from workbench.i18n import N_
from workbench.interchange.quote_exporter import FORMULA, Cell, QuoteSheet, table


class CommaSeparated:
    """Writes .csv in UTF-8 with the mark by which Excel knows it."""

    name = "csv"
    suffix = ".csv"
    description = N_("table for any program (CSV)")

    def render(self, sheet: QuoteSheet) -> bytes:
        """Return the table; a cell that a spreadsheet would calculate gets an apostrophe."""
        head, rows = table(sheet)
        stream = io.StringIO()
        writer = csv.writer(stream)
        lines: list[list[Cell]] = [[*head], *rows]
        for row in lines:
            writer.writerow([_harmless(cell) for cell in row])
        return stream.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


EXPORTER = CommaSeparated()
