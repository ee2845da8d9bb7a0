"""What every importer gives and promises, and how the right one for a file is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.interchange import importers
from workbench.interchange.files import empty, read_head

_CYRILLIC = ("\u0400", "\u04ff")


@dataclass(frozen=True, slots=True)
class ImportedTurn:
    """What one speaker said without interruption, or one paragraph."""

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    word_times: tuple[tuple[float, ...], ...] = ()
    """``(start, end, start_ms, end_ms, probability)`` of each word; start and end are places in ``text``."""
    suspected: bool = False
    """Whether the speech recogniser perhaps invented it."""


@dataclass(frozen=True, slots=True)
class ImportedSpeaker:
    """A voice of which a file says more than its name."""

    label: str
    role: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about an import: a stable code and a sentence to fill."""

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def show(self) -> str:
        """Return the sentence in the language in force."""
        return _(self.sentence).format(**self.params)


@dataclass(frozen=True, slots=True)
class ImportedText:
    """One source to be: an interview, a review, a document."""

    title: str
    turns: tuple[ImportedTurn, ...]
    kind: str | None = None
    language: str | None = None
    date: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    speakers: tuple[ImportedSpeaker, ...] = ()
    person: str | None = None
    transcribed_by: str = ""


@dataclass(frozen=True, slots=True)
class ImportedBatch:
    """Everything that one file holds."""

    texts: tuple[ImportedText, ...]
    notes: tuple[Note, ...] = ()


class Importer(Protocol):
    """A format that can be read.

    No word of a file may be lost: what is not the text of a turn is a speaker, a time, an
    attribute or a note. Troubles are InputErrors that name the file. Heavy libraries are imported
    inside ``read``.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str

    def sniff(self, head: bytes, path: Path) -> float:
        """Return from 0 (surely not) to 1 (surely) whether a file is in this format."""
        ...

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return what is in a file; ``language`` is the one the user named, if any."""
        ...


@cache
def all_importers() -> tuple[Importer, ...]:
    """Return one importer for every module of the ``importers`` folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(importers.__path__))
    return tuple(importlib.import_module(f"{importers.__name__}.{name}").IMPORTER for name in names)


def choose_importer(path: Path) -> Importer:
    """Return the importer that fits a file best; an unknown format is an InputError listing all."""
    head = read_head(path)
    if not head:
        raise empty(path)
    best = max(all_importers(), key=lambda importer: importer.sniff(head, path))
    if best.sniff(head, path) > 0:
        return best
    raise InputError(
        "format-unknown",
        N_("{file} is in a format that cannot be imported."),
        N_("Importable formats: {formats}."),
        file=path.name,
        formats=", ".join(suffix for importer in all_importers() for suffix in importer.suffixes),
    )


def import_file(path: Path, *, language: str | None = None) -> ImportedBatch:
    """Read a file with the importer that fits it."""
    return choose_importer(path).read(path, language=language)


def sniff_by_suffix(importer: Importer, path: Path) -> float:
    """Return how sure the name alone makes an importer."""
    return 0.8 if path.suffix.lower() in importer.suffixes else 0.0


def guess_language(text: str) -> str | None:
    """Return ``ru`` or ``en`` by the letters of a text; None when it has none."""
    sample = [character for character in text[:20_000] if character.isalpha()]
    if not sample:
        return None
    cyrillic = sum(_CYRILLIC[0] <= character <= _CYRILLIC[1] for character in sample)
    return "ru" if cyrillic * 3 > len(sample) else "en"


def encoding_note(path: Path, encoding: str) -> tuple[Note, ...]:
    """Return a note when a file was not in UTF-8, so that a person looks at its letters."""
    if encoding.startswith("utf-8"):
        return ()
    return (
        Note(
            "encoding-guessed",
            N_("{file} was read as {encoding}; check that its letters are right."),
            {"file": path.name, "encoding": encoding},
        ),
    )
