"""OpenDocument texts (.odt) of LibreOffice: paragraphs, lists, tables, text boxes and footnotes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.i18n import N_
from workbench.interchange.files import check_archive, damaged, empty
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.rows import row_lines
from workbench.interchange.turn_lines import lines_of, read_turns

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_PASSED_OVER = frozenset(
    [f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation"]
)
_MOST_SPACES = 100
_SPACES = re.compile(r"[ \t\r\n]+")


class OpenDocument:
    """Reads .odt."""

    name = "open_document"
    suffixes: tuple[str, ...] = (".odt",)
    description = N_("OpenDocument text, with “Name:” speakers and time stamps if there are any")

    def sniff(self, head: bytes, path: Path) -> float:
        """The name; the contents are checked on reading, so that a damaged one is called damaged."""
        del head
        return sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the document as one text."""
        check_archive(path)
        text = "\n".join(_lines_of(path))
        turns = read_turns(lines_of(text))
        if not turns:
            raise empty(path)
        imported = ImportedText(path.stem, turns, language=language or guess_language(text))
        return ImportedBatch((imported,))


def _lines_of(path: Path) -> list[str]:
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(path) as archive:
            root = fromstring(archive.read("content.xml"), forbid_dtd=True)
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        return list(_lines(body if body is not None else _missing()))
    except (
        Exception
    ) as trouble:  # a damaged archive fails in zipfile, zlib or the XML reader in many ways
        raise damaged(path) from trouble


def _missing() -> Any:
    """Refuse a table or a drawing that calls itself a text."""
    raise ValueError


def _lines(parent: Any) -> Iterator[str]:
    for element in parent:
        if element.tag in _PASSED_OVER:
            continue
        if element.tag in _PARAGRAPHS:
            yield from _paragraph(element)
        elif element.tag == f"{_TABLE}table-row":
            yield from row_lines([list(_lines(cell)) for cell in element])
        else:
            yield from _lines(element)


def _paragraph(paragraph: Any) -> Iterator[str]:
    """Yield a paragraph's own words, then those of the boxes and notes that hang on it."""
    words: list[str] = []
    hanging: list[Any] = []
    _collect(paragraph, words, hanging)
    yield from "".join(words).split("\n")
    for box in hanging:
        yield from _lines(box)


def _collect(element: Any, words: list[str], hanging: list[Any]) -> None:
    words.append(_squeezed(element.text))
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            words.append(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
        elif child.tag == f"{_TEXT}tab":
            words.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            words.append("\n")
        elif child.tag == f"{_TEXT}note":
            hanging.extend(child.iter(f"{_TEXT}note-body"))
        elif child.tag == f"{_DRAW}frame":
            hanging.append(child)
        elif child.tag not in _PASSED_OVER:
            _collect(child, words, hanging)
        words.append(_squeezed(child.tail))


def _squeezed(text: str | None) -> str:
    """Return text as OpenDocument means it: line ends and runs of spaces in the file are one space."""
    return _SPACES.sub(" ", text) if text else ""


IMPORTER = OpenDocument()
