"""Data on stdout or in a file: one table or record in five formats; keys and values are never translated."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli.headers import header
from workbench.cli.narration import clock
from workbench.cli.plain import one_line, shorten, width
from workbench.cli.troubles import ReaderGoneError
from workbench.errors import InputError, UsageError
from workbench.i18n import N_, _

FORMATS = ("table", "csv", "json", "jsonl", "md")

Row = Mapping[str, Any]
"""English keys in the order of columns; values as they are: numbers, dates, lists."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST = 8
_GAP = 2
_SHORT_ID = 8


def check_format(name: str) -> str:
    """Return the format's name if there is such a format.

    Raises:
        UsageError: ``format-unknown``.
    """
    if name not in FORMATS:
        raise UsageError(
            "format-unknown",
            N_("There is no format “{name}”."),
            N_("Choose one of: {formats}."),
            name=name,
            formats=", ".join(FORMATS),
        )
    return name


Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        callback=check_format,
        metavar="|".join(FORMATS),
        show_default=False,
        help=N_("How to write the data; a table by default."),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=N_("FILE"),
        help=N_("Write to a file instead; one named .xlsx becomes a workbook."),
    ),
]


def show(rows: Sequence[Row], *, form: str = "table", output: Path | None = None) -> None:
    """Write rows as data; a terminal gets a table that fits it, a file ``.xlsx`` a workbook."""
    if output is not None and output.suffix.lower() == ".xlsx":
        _write_file(_workbook(rows), output)
        return
    write(_WRITERS[form](rows, _room(output)), output)


def show_one(row: Row, *, form: str = "table", output: Path | None = None) -> None:
    """Write a single thing: key and value line by line, or one object."""
    if form == "json":
        write(_json(_plain(row)), output)
    elif form in ("table", "md"):
        pairs = [(header(key), _cell(key, value)) for key, value in row.items()]
        write(_pairs(pairs) if form == "table" else _markdown(["", ""], pairs), output)
    else:
        write(_WRITERS[form]([row], None), output)


def write(text: str, output: Path | None = None) -> None:
    """Write text to stdout, or to a file in one stroke with exactly the same bytes."""
    if output is None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None
        return
    _write_file(text.encode(), output)


def _write_file(data: bytes, output: Path) -> None:
    from workbench.store.files import atomic_file

    if output.is_dir() or not output.parent.is_dir():
        raise InputError(
            "output-not-writable",
            N_("{file} cannot be written."),
            N_("Name a file in a folder that exists."),
            file=output,
        )
    with atomic_file(output) as stream:
        stream.write(data)


def _workbook(rows: Sequence[Row]) -> bytes:
    from workbench.interchange.spreadsheet import workbook

    keys = list(rows[0]) if rows else []
    return workbook(
        [header(key) for key in keys],
        [[_workbook_cell(key, row[key]) for key in keys] for row in rows],
    )


def _workbook_cell(key: str, value: Any) -> str | int | float:
    plain = float(value) if isinstance(value, Decimal) else value
    number = isinstance(plain, int | float) and not isinstance(plain, bool)
    return plain if number and not key.endswith("_ms") else _cell(key, value)


def _room(output: Path | None) -> int | None:
    """Return the width of the terminal the data go to, or None where nothing must be cut."""
    if output is not None or not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def _table(rows: Sequence[Row], room: int | None) -> str:
    """Write aligned columns; numbers stand to the right; on a terminal the widest column gives way."""
    if not rows:
        return ""
    keys = list(rows[0])
    head = [header(key) for key in keys]
    cells = [[_cell(key, row[key]) for key in keys] for row in rows]
    widths = [max(width(line[place]) for line in [head, *cells]) for place in range(len(keys))]
    while room is not None and sum(widths) + _GAP * (len(widths) - 1) > room:
        widest = widths.index(max(widths))
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    right = [all(_is_number(row[key]) for row in rows) for key in keys]
    lines = []
    for line in [head, *cells]:
        shown = [
            _pad(shorten(cell, room_there), room_there, right=to_right)
            for cell, room_there, to_right in zip(line, widths, right, strict=True)
        ]
        lines.append((" " * _GAP).join(shown).rstrip())
    return "\n".join(lines) + "\n"


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    left = max((width(name) for name, _value in pairs), default=0)
    return "".join(
        f"{_pad(name, left, right=False)}{' ' * _GAP}{value}".rstrip() + "\n"
        for name, value in pairs
    )


def _pad(text: str, cells: int, *, right: bool) -> str:
    gap = " " * (cells - width(text))
    return gap + text if right else text + gap


def _csv(rows: Sequence[Row], _room: int | None) -> str:
    """Write RFC 4180 with plain line ends; a cell that a spreadsheet would calculate gets an apostrophe."""
    if not rows:
        return ""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row.values()])
    return stream.getvalue()


def _csv_cell(value: Any) -> str:
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, list):
        plain = "; ".join(str(part) for part in plain)
    if isinstance(plain, dict):
        plain = "; ".join(f"{key}={part}" for key, part in plain.items())
    text = str(plain)
    risky = isinstance(plain, str) and text.startswith(_FORMULA)
    # a lone carriage return would be read as the end of the row
    return ("'" if risky else "") + text.replace("\r\n", "\n").replace("\r", "\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json_rows(rows: Sequence[Row], _room: int | None) -> str:
    return _json([_plain(row) for row in rows])


def _json_lines(rows: Sequence[Row], _room: int | None) -> str:
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)


def _markdown_rows(rows: Sequence[Row], _room: int | None) -> str:
    if not rows:
        return ""
    head = [header(key) for key in rows[0]]
    return _markdown(head, [[_cell(key, row[key]) for key in rows[0]] for row in rows])


def _markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    def joined(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    return joined(head) + joined(["---"] * len(head)) + "".join(joined(line) for line in lines)


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: ISO dates, numbers as numbers."""
    match value:
        case Mapping():
            plain: Any = {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            plain = [_plain(part) for part in value]
        case datetime():
            plain = value.isoformat(timespec="seconds")
        case date():
            plain = value.isoformat()
        case Decimal():
            plain = float(value)
        case Path():
            plain = str(value)
        case _:
            plain = value
    return plain


def _cell(key: str, value: Any) -> str:
    """Return a value as a table shows it to a person."""
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return str(value)  # 88.0 keeps its digit
    match _plain(value):
        case None:
            shown = ""
        case bool(plain):
            shown = _("yes") if plain else _("no")
        case int(plain) | float(plain) if key.endswith("_ms"):
            shown = clock(plain / 1000)
        case float(plain):
            shown = f"{plain:g}"
        case list(plain):
            shown = ", ".join(str(part) for part in plain)
        case dict(plain):
            shown = ", ".join(f"{name}: {part}" for name, part in plain.items())
        case plain:
            shown = str(plain)[-_SHORT_ID:] if key == "id" else str(plain)
    return one_line(shown)


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float | Decimal) and value is not True)


_WRITERS: dict[str, Callable[[Sequence[Row], int | None], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json_rows,
    "jsonl": _json_lines,
    "md": _markdown_rows,
}
