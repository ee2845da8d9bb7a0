"""Rich text (.rtf) of f4, MAXQDA, NVivo, Word and WordPad, in any code page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from workbench.i18n import N_
from workbench.interchange.files import damaged, empty, read_bytes
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    Note,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.rows import row_lines
from workbench.interchange.turn_lines import lines_of, read_turns

_BEGINNING = b"{\\rtf"
_CELL = "\x1f"
_CELL_END = re.compile(rb"\\(?:nest)?cell(?![a-z]) ?")
_FOOTNOTE = re.compile(rb"\\footnote(?![a-z]) ?")
_PICTURE = re.compile(rb"[0-9a-fA-F\r\n\t ]{4000,}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")
_WESTERN = re.compile(rb"\\fcharset[01](?!\d)")
_CHARSETS = {b"1250": b"238", b"1251": b"204", b"1253": b"161", b"1254": b"162", b"1257": b"186"}
_BRACE = re.compile(rb"\\[\\{}]|([{}])")


class RichText:
    """Reads .rtf; pictures are passed over, footnotes are kept where they hang."""

    name = "rich_text"
    suffixes: tuple[str, ...] = (".rtf",)
    description = N_("Rich text (RTF), with “Name:” speakers and time stamps if there are any")

    def sniff(self, head: bytes, path: Path) -> float:
        """The signature, or the name."""
        return 0.9 if head.startswith(_BEGINNING) else sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the document as one text."""
        data = read_bytes(path)
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_BEGINNING):
            raise damaged(path)
        lines = [
            line
            for raw in _plain_text(data, path).split("\n")
            for line in (row_lines(_cells(raw)) if _CELL in raw else [raw])
        ]
        text = "\n".join(lines)
        turns = read_turns(lines_of(text))
        if not turns:
            raise empty(path)
        imported = ImportedText(path.stem, turns, language=language or guess_language(text))
        return ImportedBatch((imported,), _cut_short(data, path))


def _plain_text(data: bytes, path: Path) -> str:
    from striprtf.striprtf import rtf_to_text

    convert: Any = rtf_to_text  # its parameters are not annotated
    data = _PICTURE.sub(b" ", data)
    data = _CELL_END.sub(b"\\\\'1f", data)
    data = _FOOTNOTE.sub(b" ", data)
    page = _CODE_PAGE.search(data)
    if page and page[1] in _CHARSETS:  # fonts that call themselves Western hold the page's letters
        data = _WESTERN.sub(b"\\\\fcharset" + _CHARSETS[page[1]], data)
    try:
        text = convert(_seven_bits(data), errors="replace")
    except Exception as trouble:  # it trusts the numbers of a damaged file
        raise damaged(path) from trouble
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _seven_bits(data: bytes) -> str:
    """Write the letters that stand there as bytes in the way that RTF prescribes."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _NOT_ASCII.sub(lambda byte: b"\\'%02x" % byte[0][0], data).decode("ascii")
    return re.sub(r"[^\x00-\x7f]", lambda letter: _escaped(letter[0]), text.removeprefix("\ufeff"))


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-le")
    codes = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    return "{\\uc1" + "".join(f"\\u{code}?" for code in codes) + "}"


def _cells(line: str) -> list[list[str]]:
    return [[cell.strip()] if cell.strip() else [] for cell in line.split(_CELL)]


def _cut_short(data: bytes, path: Path) -> tuple[Note, ...]:
    """Return a note when a group is still open at the end, so that a person looks for what is missing."""
    depth = sum({b"{": 1, b"}": -1}.get(match[1] or b"", 0) for match in _BRACE.finditer(data))
    if depth <= 0:
        return ()
    return (
        Note(
            "cut-short",
            N_("{file} ends in the middle; check that nothing is missing."),
            {"file": path.name},
        ),
    )


IMPORTER = RichText()
