"""A codebook as CSV: one row a code; also tables made by hand, and the list of tags of Taguette."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from workbench.coding.code_records import CodeRecord
from workbench.i18n import N_
from workbench.interchange.codebook_format import ReadCodebook
from workbench.interchange.codebook_rows import COLUMNS, codes_of, guarded, rows_of, unguarded
from workbench.interchange.importer import encoding_note
from workbench.interchange.tables import read_csv


class CsvTable:
    """Reads and writes .csv."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv", ".tsv")
    description = N_("table (CSV), for spreadsheets and scripts")
    writes = True

    def read(self, path: Path) -> ReadCodebook:
        """Return the rows as codes."""
        table, encoding = read_csv(path)
        rows = [{name: unguarded(cell) for name, cell in row.items()} for row in table]
        return ReadCodebook(codes_of(rows, path.name), encoding_note(path, encoding))

    def render(self, codes: Sequence[CodeRecord], title: str) -> bytes:
        """Return the table in UTF-8 with the mark by which spreadsheets know it."""
        del title
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([guarded(cell) for cell in row] for row in rows_of(codes))
        return stream.getvalue().encode("utf-8-sig")


FORMAT = CsvTable()
