"""A codebook as an Excel workbook: one row a code, filters on the headings, indented names."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from workbench.coding.code_records import CodeRecord
from workbench.coding.palette import paper_colour
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.codebook_format import ReadCodebook
from workbench.interchange.codebook_rows import COLUMNS, codes_of, rows_of
from workbench.interchange.tables import read_xlsx

_LONGEST_CELL: Final = 32_767  # letters; Excel itself holds no more
_WIDTHS: Final = {"id": 5, "parent": 8, "code": 36, "kind": 10, "colour": 8}
_DEEPEST_INDENT: Final = 15


class ExcelTable:
    """Reads and writes .xlsx."""

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx",)
    description = N_("Excel workbook, to read and to work on together")
    writes = True

    def read(self, path: Path) -> ReadCodebook:
        """Return the rows of the first sheet that holds any."""
        return ReadCodebook(codes_of(read_xlsx(path), path.name))

    def render(self, codes: Sequence[CodeRecord], title: str) -> bytes:
        """Return a workbook with one sheet.

        Raises:
            InputError: ``cell-too-long`` when a text is longer than Excel can hold.
        """
        import xlsxwriter

        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        book.set_properties({"title": title})
        sheet = book.add_worksheet("Codebook")
        heading = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        for place, name in enumerate(COLUMNS):
            sheet.set_column(place, place, _WIDTHS.get(name, 48))
            sheet.write_string(0, place, name, heading)
        names: dict[tuple[int, str], Any] = {}
        for line, (code, row) in enumerate(zip(codes, rows_of(codes), strict=True), start=1):
            look = (min(len(code.path) - 1, _DEEPEST_INDENT), paper_colour(code.colour or 0))
            shown = names.get(look) or names.setdefault(look, book.add_format(_name_look(*look)))
            for place, cell in enumerate(row):
                _check_length(code, cell)
                sheet.write_string(line, place, cell, shown if COLUMNS[place] == "code" else text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(codes)), len(COLUMNS) - 1)
        book.close()
        return stream.getvalue()


def _name_look(indent: int, colour: str) -> dict[str, object]:
    look = {"indent": indent, "font_color": colour, "bold": True}
    return {**look, "text_wrap": True, "valign": "top"}


def _check_length(code: CodeRecord, cell: str) -> None:
    if len(cell) > _LONGEST_CELL:
        raise InputError(
            "cell-too-long",
            N_("What is said about the code “{name}” is longer than a cell of Excel can hold."),
            N_("Export it as csv, md or qdc, or shorten it."),
            name=code.name,
        )


FORMAT = ExcelTable()
