"""A codebook as the rows of a table: one row a code, which names the row it stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.coding.code_records import TEXT_FIELDS, CodeRecord
from workbench.coding.codebook import SEPARATOR
from workbench.coding.palette import CODE_COLOURS, nearest_colour
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.code_words import column, read_kind
from workbench.interchange.codebook_format import clean_name, clean_text
from workbench.text.fold import fold

COLUMNS: Final = ("id", "parent", "code", "kind", *TEXT_FIELDS, "colour")
"""Headings, in order. ``parent`` holds the ``id`` of the row a code stands under."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it stands in the file."""

    id: str
    parent: str
    name: str
    cells: Mapping[str, str]


def rows_of(codes: Sequence[CodeRecord]) -> list[list[str]]:
    """Return the rows of a table under :data:`COLUMNS`."""
    numbers = {code.key: str(number) for number, code in enumerate(codes, start=1)}
    return [
        [
            numbers[code.key],
            numbers[code.key[:-1]] if len(code.path) > 1 else "",
            code.name,
            code.kind,
            *(getattr(code, field) for field in TEXT_FIELDS),
            "" if code.colour is None else str(code.colour),
        ]
        for code in codes
    ]


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe in front."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def codes_of(rows: Sequence[Mapping[str, str]], file: str) -> tuple[CodeRecord, ...]:
    """Return the codes of a table by heading.

    Where there is no column ``parent``, the name is a path such as ``Waiting / Queue``. A parent is named by its
    ``id``, its path or its name.

    Raises:
        InputError: ``codebook-no-column``, ``code-parent-unknown``, ``code-parent-ambiguous``, ``code-cycle-in-file``,
            or a cell cannot be used; all name the file and the code.
    """
    lines = [_line(row, file) for row in rows]
    nested = any("parent" in line.cells for line in lines)
    dotted = bool(rows) and any(fold(heading.strip()) == "tag" for heading in rows[0])
    if nested:
        paths = _Parents(lines, file).paths()
    else:
        separator = "." if dotted else SEPARATOR
        paths = [_parts(line.name, separator, file) for line in lines]
    return tuple(_record(path, line, file) for path, line in zip(paths, lines, strict=True))


def _line(row: Mapping[str, str], file: str) -> _Line:
    cells: dict[str, str] = {}
    for heading, cell in row.items():
        field = column(heading)
        if field is not None and not cells.get(field):
            cells[field] = cell
    if "code" not in cells:
        raise InputError(
            "codebook-no-column",
            N_("{file} has no column with the names of codes."),
            N_("Head it “code”; other columns may be: {columns}."),
            file=file,
            columns=", ".join(name for name in COLUMNS if name != "code"),
        )
    name = clean_name(cells["code"], file)
    return _Line(cells.get("id", "").strip(), cells.get("parent", "").strip(), name, cells)


def _parts(name: str, separator: str, file: str) -> tuple[str, ...]:
    """Take a path apart at its separator: `` / ``, in files of Taguette a dot."""
    parts = [part for part in name.split(separator) if part.strip()]
    return tuple(clean_name(part, file) for part in parts) or (name,)


class _Parents:
    """Finds the row that each row stands under."""

    def __init__(self, lines: Sequence[_Line], file: str) -> None:
        self._lines = lines
        self._file = file
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            if line.id:
                self._by_id.setdefault(line.id, number)
            self._by_name.setdefault(fold(line.name), []).append(number)

    def paths(self) -> list[tuple[str, ...]]:
        """Return the path of each row."""
        above = [self._above(line) for line in self._lines]
        return [self._path(number, above) for number in range(len(self._lines))]

    def _above(self, line: _Line) -> int | None:
        if not line.parent:
            return None
        if line.parent in self._by_id:
            return self._by_id[line.parent]
        wanted = fold(" ".join(line.parent.split()))
        named = self._at_path(wanted) or self._by_name.get(wanted, [])
        if len(named) == 1:
            return named[0]
        params = {"file": self._file, "name": line.name, "parent": line.parent}
        if not named:
            raise InputError(
                "code-parent-unknown",
                N_("{file}: the code “{name}” stands under “{parent}”, which is not in the file."),
                N_("Add a row for it, or correct the column “parent”."),
                **params,
            )
        raise InputError(
            "code-parent-ambiguous",
            N_("{file}: the code “{name}” stands under “{parent}”, and there are several of them."),
            N_("Give the rows an id, and name the parent by it."),
            **params,
        )

    def _at_path(self, wanted: str) -> list[int]:
        """Return the rows whose path is the wanted one, as far as the names of their parents tell."""
        *above, name = wanted.split(SEPARATOR)
        parents = {SEPARATOR.join(above), above[-1] if above else ""}
        rows = self._by_name.get(name, [])
        return [number for number in rows if fold(self._lines[number].parent) in parents]

    def _path(self, number: int, above: Sequence[int | None]) -> tuple[str, ...]:
        names: list[str] = []
        seen: list[int] = []
        at: int | None = number
        while at is not None:
            if at in seen:
                raise self._circle([*seen[seen.index(at) :], at])
            seen.append(at)
            names.append(self._lines[at].name)
            at = above[at]
        return tuple(reversed(names))

    def _circle(self, numbers: Sequence[int]) -> InputError:
        return InputError(
            "code-cycle-in-file",
            N_("{file}: these codes stand under each other in a circle: {codes}."),
            N_("Leave the parent of one of them empty."),
            file=self._file,
            codes=" → ".join(self._lines[number].name for number in numbers),
        )


def _record(path: tuple[str, ...], line: _Line, file: str) -> CodeRecord:
    return CodeRecord(
        path,
        kind=read_kind(line.cells.get("kind", ""), file, line.name),
        colour=_colour(line, file),
        **{field: clean_text(line.cells.get(field), file) for field in TEXT_FIELDS},
    )


def _colour(line: _Line, file: str) -> int | None:
    text = line.cells.get("colour", "").strip()
    if not text:
        return None
    number = int(text) if text.isdecimal() and len(text) < 3 else nearest_colour(text)  # noqa: PLR2004 - two digits
    if number is None:
        raise InputError(
            "code-colour-unknown",
            N_("{file}: the code “{name}” has the colour “{colour}”."),
            N_("Write a number from 0 to {most}, a colour such as #3a3197, or nothing."),
            file=file,
            name=line.name,
            colour=text[:40],
            most=len(CODE_COLOURS) - 1,
        )
    return number
