"""Opening files that somebody gave us: missing, empty, huge, damaged, in any encoding."""

from __future__ import annotations

import codecs
import re
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from workbench.errors import InputError, system_reason
from workbench.i18n import N_

LARGEST_TEXT: Final = 64 * 1024 * 1024
"""Bytes; a hundred interviews of two hours are about 20 MB."""

MOST_ENTRIES: Final = 2_000
LARGEST_UNPACKED: Final = 200 * 1024 * 1024
LARGEST_RATIO: Final = 100
_RATIO_FROM: Final = 1024 * 1024  # smaller files may shrink as much as they like: no harm in 1 MB

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE: Final = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "cp1252")
_COMMON: Final = frozenset("оеаинтсрвлкмдпу")
_SAMPLE: Final = 100_000  # bytes looked at to tell one-byte encodings apart
_MOST_CONTROLS: Final = 0.02  # of the characters; more is not a text
_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""What tells a terminal about colours and titles (ECMA-48, 5.4 and 5.6): no words, also when its first character goes."""
_ALLOWED_CONTROLS: Final = frozenset("\n\r\t\f\v\x1c\x1d\x1e\x85")


def damaged(path: Path) -> InputError:
    """Return the trouble of a file that is not what its name says."""
    return InputError(
        "file-damaged",
        N_("{file} is damaged or is not what its name says."),
        N_("Open it in the program it comes from, save it again, and import the new file."),
        file=path.name,
    )


def empty(path: Path) -> InputError:
    """Return the trouble of a file without any text."""
    return InputError(
        "file-empty",
        N_("{file} holds no text."),
        N_("Check that it is the right file; a scan or a picture has no text to import."),
        file=path.name,
    )


def read_bytes(path: Path, *, limit: int = LARGEST_TEXT) -> bytes:
    """Return what is in a file, or say why that is not possible."""
    head = _opened(path, partial(_read_up_to, limit=limit + 1))
    if len(head) > limit:
        raise InputError(
            "file-too-large",
            N_("{file} is larger than {limit} MB."),
            N_("Split it into smaller files."),
            file=path.name,
            limit=limit // (1024 * 1024),
        )
    if not head.strip():
        raise empty(path)
    return head


def read_head(path: Path, size: int = 4096) -> bytes:
    """Return the beginning of a file, enough to recognise its format."""
    return _opened(path, partial(_read_up_to, limit=size))


def _read_up_to(path: Path, *, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit)


def _opened(path: Path, read: Callable[[Path], bytes]) -> bytes:
    try:
        return read(path)
    except FileNotFoundError:
        raise InputError(
            "file-missing",
            N_("There is no file {file}."),
            N_("Check the name and the folder."),
            file=str(path),
        ) from None
    except (OSError, ValueError) as trouble:
        raise InputError(
            "file-unreadable",
            N_("{file} cannot be read: {reason}."),
            N_("Check that it is a file, that you may read it, and that its disk is connected."),
            file=str(path),
            reason=system_reason(trouble),
        ) from None


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file, without what colours it in a terminal, and the encoding it was found to be in."""
    text, encoding = decode(read_bytes(path))
    text = _ESCAPES.sub("", text)
    controls = sum(
        unicodedata.category(character) == "Cc" and character not in _ALLOWED_CONTROLS
        for character in text[:_SAMPLE]
    )
    if controls > _MOST_CONTROLS * min(len(text), _SAMPLE) + 1:
        raise damaged(path)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise empty(path)
    return text, encoding


def decode(data: bytes) -> tuple[str, str]:
    """Return the text that bytes mean and the encoding they are in; every byte means something."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as trouble:
        # a file cut off inside its last letter is still UTF-8
        if trouble.start >= len(data) - 3 and trouble.start > 0:
            return data.decode("utf-8", errors="replace"), "utf-8"
    sample = data[:_SAMPLE]
    best = max(_ONE_BYTE, key=lambda encoding: _likeness(sample, encoding))
    return data.decode(best, errors="replace"), best


def _wide_encoding(data: bytes) -> str | None:
    """Recognise UTF-16 without its mark by the zeros (English) or fours (Russian) in every second byte."""
    sample = data[:_SAMPLE]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(high) > 1 and sum(byte in (0, 4) for byte in high) > 0.7 * len(high):
            return encoding
    return None


def _likeness(sample: bytes, encoding: str) -> float:
    """Return how much a decoding looks like Russian or Western European writing."""
    text = sample.decode(encoding, errors="replace")
    score = 0.0
    for match in re.finditer(r"[^\W\d_]+|[^\x00-\x7f]", text):
        word = match[0]
        foreign = sum(character > "\x7f" for character in word)
        if not foreign:
            continue
        cyrillic = sum("\u0400" <= character <= "\u04ff" for character in word)
        if cyrillic == len(word):
            shaped = word.islower() or word.istitle() or (word.isupper() and len(word) < 12)  # noqa: PLR2004
            russian = sum(c in _COMMON for c in word.lower()) + 0.5 * word.islower()
            score += russian if shaped else -len(word)
            score -= 2 * sum(not "а" <= c <= "я" and c != "ё" for c in word.lower())
        elif cyrillic or not word[0].isalpha():
            score += 0.1 if word in "«»—–№…“”„’•° " else -2.0
        else:
            score += 1.5 if foreign * 2 <= len(word) else -float(foreign)
    return score


def check_archive(path: Path) -> None:
    """Refuse an Office file that is no archive, or that would unpack into something enormous."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except FileNotFoundError:
        read_head(path)
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        if not read_head(path):
            raise empty(path) from None
        raise damaged(path) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > LARGEST_UNPACKED
        or (unpacked > _RATIO_FROM and unpacked / packed > LARGEST_RATIO)
    ):
        raise InputError(
            "file-suspicious",
            N_("{file} would unpack into far more than a document holds."),
            N_("Do not open it; ask whoever sent it for the document itself."),
            file=path.name,
        )
