"""Word files as files: read with suspicion, read back word for word, written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from lxml import etree

from workbench.atomic import replacing
from workbench.errors import ReportError, system_reason
from workbench.i18n import N_
from workbench.reports.cleaning import clean, squeeze

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_UNPACKED = 300_000_000  # bytes; a template with many pictures has some 30 million
_MAX_ENTRIES = 10_000
_TEXT_PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: equal content, equal bytes


def read_template(path: Path) -> bytes:
    """Return the bytes of a template after checking that it is a Word file of sane size.

    Raises:
        ReportError: it is missing, unreadable, not a Word file, or unpacks to too much.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as trouble:
        raise ReportError(
            "template-not-found",
            N_("The template {template} is not there."),
            N_("Check the path, or name one of the templates that come with the program."),
            template=str(path),
        ) from trouble
    except OSError as trouble:
        raise ReportError(
            "template-unreadable",
            N_("The template {template} cannot be read: {reason}."),
            N_("Close it in Word and check that you may read it."),
            template=str(path),
            reason=system_reason(trouble),
        ) from trouble
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as trouble:
        raise not_word(path) from trouble
    if not {"word/document.xml", "[Content_Types].xml"} <= names:
        raise not_word(path)
    if size > _MAX_UNPACKED or len(entries) > _MAX_ENTRIES:
        raise ReportError(
            "template-too-big",
            N_("The template {template} unpacks to {size} MB, which no template needs."),
            N_("Take pictures out of it, or save it anew from Word."),
            template=str(path),
            size=size // 1_000_000,
        )
    return content


def not_word(path: Path) -> ReportError:
    """Return the trouble of a template that is something else than a .docx file."""
    return ReportError(
        "template-not-word",
        N_("The template {template} is not a Word document (.docx), or it is damaged."),
        N_("Open it in Word and save it as “Word document (.docx)”."),
        template=str(path),
    )


def texts(content: bytes) -> str:
    """Return all words of a Word file, one paragraph a line, with single spaces."""
    lines: list[str] = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(_TEXT_PARTS) and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name), parser)
                lines += (_paragraph(element) for element in root.iter(f"{_W}p"))
    return "\n".join(lines)


def _paragraph(paragraph: etree._Element) -> str:
    """Return the words of one paragraph as Word shows them."""
    pieces = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("\u2011")
        elif element.getparent() is not None and element.getparent().tag == f"{_W}r":
            pieces.append(" ")
    return squeeze("".join(pieces))


def missing_quotes(content: bytes, quotes: Iterable[str]) -> list[str]:
    """Return the quotes that cannot be found word for word in a Word file."""
    written = texts(content)
    paragraphs = set(written.split("\n"))
    wanted = [(quote, squeeze(clean(quote))) for quote in quotes]
    return [quote for quote, words in wanted if words not in paragraphs and words not in written]


def repack(content: bytes) -> bytes:
    """Return the same Word file with fixed times inside: equal content makes equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def write_whole(target: Path, content: bytes, *, check: Callable[[bytes], None]) -> None:
    """Write a file under its final name only when it is complete, checked and on the disk.

    Args:
        target: the file to make or replace; what was there stays until the new one is whole.
        content: what to write.
        check: called with the bytes read back from the disk; an error leaves the old file alone.

    Raises:
        ReportError: the folder is missing, the file is locked, the disk is full.
    """
    target = Path(os.path.realpath(target))
    if target.is_dir():
        raise ReportError(
            "target-is-folder",
            N_("{target} is a folder, not a file."),
            N_("Give a file name that ends in .docx."),
            target=str(target),
        )
    if not target.parent.is_dir():
        raise ReportError(
            "target-folder-missing",
            N_("The folder {folder} for the report is not there."),
            N_("Create the folder or choose another place."),
            folder=str(target.parent),
        )
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with replacing(target) as draft:
            draft.write_bytes(content)
            check(draft.read_bytes())
    except OSError as trouble:
        raise _not_written(target, trouble) from trouble


def _not_written(target: Path, trouble: OSError) -> ReportError:
    """Return what to say when the disk or the system refuses to write the report."""
    if trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ReportError(
            "disk-full",
            N_("The disk is full: the report {target} was not written; an older one is unchanged."),
            N_("Free some space or choose another disk."),
            target=str(target),
        )
    if isinstance(trouble, PermissionError):
        return ReportError(
            "target-locked",
            N_("The report {target} cannot be replaced: it is open elsewhere or write-protected."),
            N_("Close it in Word or choose another file name."),
            target=str(target),
        )
    return ReportError(
        "target-not-written",
        N_("The report {target} was not written: {reason}."),
        N_("Choose another place for it."),
        target=str(target),
        reason=system_reason(trouble),
    )
