"""The codes of REFI-QDA files: the element ``CodeBook`` of a codebook (.qdc) and of a project (.qde).

Written is version 1.0 of Codebook.xsd; read is what programs really write: other namespaces such as
``urn:QDA-XML:codebook:0:4`` (ATLAS.ti), an empty ``Sets`` (Taguette), categories that no words can be given
(``isCodable="false"``), and elements of other kinds between the codes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from workbench.coding.code_records import CodeRecord
from workbench.coding.palette import nearest_colour, paper_colour
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.code_description import taken_apart, written
from workbench.interchange.code_words import known_kind
from workbench.interchange.codebook_format import ReadCodebook, clean_name, clean_text
from workbench.interchange.files import damaged
from workbench.interchange.importer import Note
from workbench.text.normalize import normalise

LARGEST: Final = 32 * 1024 * 1024
"""Bytes of an XML file; ten thousand codes with long descriptions are about 10 MB."""

_NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"
_SCHEMA: Final = "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"
_DEEPEST: Final = 50
_GUID: Final = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?", re.IGNORECASE)


def parse_codes(data: bytes, path: Path) -> ReadCodebook:
    """Return the codes of an XML file; a document type or an entity of its own is refused.

    Raises:
        InputError: ``file-damaged``, ``codebook-not-refi``, ``codebook-deep``, ``code-cycle-in-file``, or a code cannot be used.
    """
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except Exception as trouble:  # the XML reader and its guard fail in many ways
        raise damaged(path) from trouble
    book = root if _local(root) == "CodeBook" else _child(root, "CodeBook")
    if book is None:
        raise InputError(
            "codebook-not-refi",
            N_("{file} is no codebook of REFI-QDA."),
            N_("Export the codebook again as REFI-QDA codebook (.qdc) or project (.qdpx)."),
            file=path.name,
        )
    holder = _child(book, "Codes")
    codes: list[CodeRecord] = []
    categories = 0
    for element, names in _walk(holder, path.name) if holder is not None else ():
        codes.append(_record(element, names, path.name))
        categories += element.get("isCodable", "true").strip() in ("false", "0")
    return ReadCodebook(tuple(codes), _notes(root, book, path.name, categories))


def _local(element: Any) -> str:
    """Return the name of an element without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _local(child) == name), None)


def _walk(holder: Any, file: str) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield every code with its path, depth first."""
    waiting: list[tuple[Any, tuple[str, ...], tuple[str, ...]]] = [
        (child, (), ()) for child in reversed(holder) if _local(child) == "Code"
    ]
    while waiting:
        element, above, guids_above = waiting.pop()
        names = (*above, clean_name(element.get("name", ""), file))
        guid = element.get("guid", "").strip(" {}").lower()
        if guid and guid in guids_above:
            raise InputError(
                "code-cycle-in-file",
                N_("{file}: these codes stand under each other in a circle: {codes}."),
                N_("They have one guid; give the inner one its own, or take it out."),
                file=file,
                codes=" → ".join(names[guids_above.index(guid) :]),
            )
        if len(names) > _DEEPEST:
            raise InputError(
                "codebook-deep",
                N_("{file}: more than {most} codes stand under each other."),
                N_("Look at “{name}”, and flatten the codebook there."),
                file=file,
                most=_DEEPEST,
                name=names[0],
            )
        yield element, names
        guids = (*guids_above, guid)
        inner = (child for child in reversed(element) if _local(child) == "Code")
        waiting.extend((child, names, guids) for child in inner)


def _record(element: Any, names: tuple[str, ...], file: str) -> CodeRecord:
    said = _child(element, "Description")
    text = "" if said is None else normalise("".join(said.itertext()))
    parts = taken_apart(text)
    guid = _GUID.fullmatch(element.get("guid", "").strip())
    return CodeRecord(
        names,
        kind=known_kind(parts.get("kind", "")) or "",
        colour=nearest_colour(element.get("color", "")),
        definition=clean_text(parts.get("definition"), file),
        when_to_use=clean_text(parts.get("when_to_use"), file),
        when_not=clean_text(parts.get("when_not"), file),
        example=clean_text(parts.get("example"), file),
        id=guid[1].replace("-", "").lower() if guid else "",
    )


def _notes(root: Any, book: Any, file: str, categories: int) -> tuple[Note, ...]:
    """Return what of the file is not as it was there."""
    notes = []
    if categories:
        sentence = N_("{file}: groups that no words could be given became codes ({count}).")
        notes.append(Note("categories", sentence, {"file": file, "count": categories}))
    sets = [child for child in (_child(book, "Sets"), _child(root, "Sets")) if child is not None]
    count = sum(
        any(_local(member) == "MemberCode" for member in each)
        for child in dict.fromkeys(sets)
        for each in child
    )
    if count:
        sentence = N_("{file}: sets of codes are not taken over ({count}).")
        notes.append(Note("sets", sentence, {"file": file, "count": count}))
    return tuple(notes)


def codebook_xml(codes: Sequence[CodeRecord], origin: str) -> bytes:
    """Return a file that is valid by the official Codebook.xsd.

    Args:
        codes: every parent before those below it; at least one, as the schema wants.
        origin: the program that writes.
    """
    head = (
        f'<CodeBook xmlns="{_NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{_NAMESPACE} {_SCHEMA}" origin="{escape(origin)}">'
    )
    lines = ['<?xml version="1.0" encoding="utf-8"?>', head, "  <Codes>"]
    depth = 0
    for code in codes:
        lines += [f"{'  ' * (level + 1)}</Code>" for level in range(depth, len(code.path) - 1, -1)]
        depth = len(code.path)
        indent = "  " * (depth + 1)
        colour = "" if code.colour is None else f' color="{paper_colour(code.colour)}"'
        lines.append(
            f'{indent}<Code guid="{_guid(code)}" name="{escape(code.name)}" isCodable="true"{colour}>'
        )
        said = written(code)
        if said:
            lines.append(f"{indent}  <Description>{escape(said, quote=False)}</Description>")
    lines += [f"{'  ' * (level + 1)}</Code>" for level in range(depth, 0, -1)]
    lines += ["  </Codes>", "</CodeBook>", ""]
    return "\n".join(lines).encode()


def _guid(code: CodeRecord) -> str:
    """Return the identifier of a code: its own, else one that is the same for the same path."""
    return str(uuid.UUID(code.id) if code.id else uuid.uuid5(uuid.NAMESPACE_OID, code.shown_path))
