"""Word documents (.docx): paragraphs and table cells in order, with the conventions of transcripts."""

from __future__ import annotations

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
from workbench.interchange.word_styles import PARTICULAR, TITLE
from workbench.text.normalize import normalise

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTE_PARTS = ("/footnotes", "/endnotes")


class Word:
    """Reads .docx, with tracked insertions, content controls, text boxes and footnotes."""

    name = "word"
    suffixes: tuple[str, ...] = (".docx",)
    description = N_("Word document, with “Name:” speakers and time stamps if there are any")

    def sniff(self, head: bytes, path: Path) -> float:
        """The name; the contents are checked on reading, so that a damaged one is called damaged."""
        del head
        return sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the document as one text."""
        check_archive(path)
        document = _open(path)
        particulars = _particulars(document)
        lines = _lines_of(document, path)
        text = "\n".join(lines)
        turns = read_turns(lines_of(text))
        if not turns:
            raise empty(path)
        imported = ImportedText(
            particulars.pop("", path.stem),
            turns,
            language=language or guess_language(text),
            attributes=particulars,
        )
        return ImportedBatch((imported,))


def _open(path: Path) -> Any:
    from docx import Document

    try:
        document = Document(str(path))
        _refuse_doctype(document)
    except (
        Exception
    ) as trouble:  # a damaged package fails in zipfile, lxml or python-docx in many ways
        raise damaged(path) from trouble
    return document


def _lines_of(document: Any, path: Path) -> list[str]:
    from docx.oxml import parse_xml

    try:
        lines = list(_lines(document.element.body))
        for relation in document.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(_NOTE_PARTS):
                lines.extend(_lines(parse_xml(relation.target_part.blob)))
    except Exception as trouble:
        raise damaged(path) from trouble
    return lines


def _particulars(document: Any) -> dict[str, str]:
    """Take the title and the particulars of an exported transcript out; the title has an empty name."""
    found: dict[str, str] = {}
    for paragraph in list(document.element.body):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        key = style.get(f"{_W}val") if style is not None else None
        if key not in (TITLE.key, PARTICULAR.key):
            continue
        text = normalise(" ".join(_paragraph(paragraph))).strip()
        name, sign, value = text.partition(": ")
        if key == TITLE.key and "" not in found:
            found[""] = text
        elif sign and name not in found:
            found[name] = value
        else:
            continue  # not as we write it: let it be a paragraph like any other
        document.element.body.remove(paragraph)
    return {name: value for name, value in found.items() if value}


def _refuse_doctype(document: Any) -> None:
    """Word writes no document type; behind one, words could come from elsewhere or be lost."""
    if document.element.getroottree().docinfo.doctype:
        raise ValueError


def _lines(parent: Any) -> Iterator[str]:
    """Yield the lines of everything under an element, in order; a table row of two is "label: words"."""
    for element in parent:
        if element.tag == _FALLBACK:
            continue  # the same text box a second time, for old versions of Word
        if element.tag == f"{_W}p":
            yield from _paragraph(element)
        elif element.tag == f"{_W}tr":
            yield from _row(element)
        elif isinstance(element.tag, str):
            yield from _lines(element)


def _row(row: Any) -> Iterator[str]:
    cells = [list(_lines(cell)) for cell in row.iter(f"{_W}tc") if _owner(cell, f"{_W}tr") is row]
    yield from row_lines(cells)


def _owner(element: Any, tag: str) -> Any:
    above = element.getparent()
    while above is not None and above.tag != tag:
        above = above.getparent()
    return above


def _paragraph(paragraph: Any) -> Iterator[str]:
    """Yield a paragraph's own words, then those of the text boxes that hang on it."""
    words: list[str] = []
    boxes: list[Any] = []
    _collect(paragraph, words, boxes)
    yield from "".join(words).split("\n")
    for box in boxes:
        yield from _lines(box)


def _collect(element: Any, words: list[str], boxes: list[Any]) -> None:
    for child in element:
        if child.tag in {_FALLBACK, f"{_W}del"}:
            continue
        if child.tag == f"{_W}t":
            words.append(child.text or "")
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            words.append("\n")
        elif child.tag == f"{_W}tab":
            words.append("\t" if _owner(child, f"{_W}r") is not None else "")
        elif child.tag == f"{_W}noBreakHyphen":
            words.append("\u2011")
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        else:
            _collect(child, words, boxes)


IMPORTER = Word()
