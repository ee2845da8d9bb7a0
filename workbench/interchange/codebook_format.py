"""What every format of codebooks gives and promises, and how the right one is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from workbench.coding.code_records import CodeRecord, joined
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange import codebooks
from workbench.interchange.files import read_head
from workbench.interchange.importer import Note
from workbench.text.normalize import normalise

LONGEST_NAME = 300
LONGEST_TEXT = 100_000
MOST_CODES = 20_000
"""Codes of one file; the largest real codebooks have some hundred."""


@dataclass(frozen=True, slots=True)
class ReadCodebook:
    """What a file holds: every code before those below it, and what a person should know about it."""

    codes: tuple[CodeRecord, ...]
    notes: tuple[Note, ...] = ()


class CodebookFormat(Protocol):
    """A format of codebooks. What it writes, it reads back to the same codes.

    Attributes:
        name: what a person calls the format.
        suffixes: how the names of its files end; files are written with the first.
        description: what it is for, marked with ``N_``.
        writes: whether it can be written, too.
    """

    name: str
    suffixes: tuple[str, ...]
    description: str
    writes: bool

    def read(self, path: Path) -> ReadCodebook:
        """Return what is in a file; troubles are InputErrors that name it."""
        ...

    def render(self, codes: Sequence[CodeRecord], title: str) -> bytes:
        """Return a file with these codes, every parent before those below it."""
        ...


@cache
def all_formats() -> tuple[CodebookFormat, ...]:
    """Return one format for every module of the ``codebooks`` folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(codebooks.__path__))
    found = (importlib.import_module(f"{codebooks.__name__}.{name}").FORMAT for name in names)
    return tuple(sorted(found, key=lambda each: each.name))


def find_format(name: str) -> CodebookFormat:
    """Return a format that can be written.

    Raises:
        InputError: ``codebook-format-unknown``.
    """
    wanted = name.casefold().removeprefix(".")
    writable = [each for each in all_formats() if each.writes]
    for each in writable:
        if each.name == wanted:
            return each
    raise InputError(
        "codebook-format-unknown",
        N_("A codebook cannot be exported as “{name}”."),
        N_("Choose one of: {formats}."),
        name=name,
        formats=", ".join(each.name for each in writable),
    )


def read_codebook(path: Path) -> ReadCodebook:
    """Read a file in the format its name says.

    Raises:
        InputError: ``codebook-suffix-unknown``, ``codebook-empty``, ``codebook-huge``, or the file cannot be read.
    """
    suffix = path.suffix.lower()
    chosen = next((each for each in all_formats() if suffix in each.suffixes), None)
    if chosen is None:
        read_head(path)  # a file that is not there is said first
        raise InputError(
            "codebook-suffix-unknown",
            N_("{file} is in no format that codebooks are read from."),
            N_("Such files end in: {suffixes}."),
            file=path.name,
            suffixes=", ".join(suffix for each in all_formats() for suffix in each.suffixes),
        )
    found = chosen.read(path)
    if not found.codes:
        raise InputError(
            "codebook-empty",
            N_("{file} holds no codes."),
            N_("Check that it is the right file."),
            file=path.name,
        )
    if len(found.codes) > MOST_CODES:
        raise InputError(
            "codebook-huge",
            N_("{file} holds more than {most} codes."),
            N_("Check that it is a codebook and not a table of quotes."),
            file=path.name,
            most=MOST_CODES,
        )
    codes, twice = joined(found.codes)
    notes = found.notes
    if twice:
        note = N_("Some codes are in {file} twice and become one: {codes}.")
        notes = (*notes, Note("codes-twice", note, {"file": path.name, "codes": _few(twice)}))
    return ReadCodebook(codes, notes)


def _few(names: Sequence[str]) -> str:
    """Return some names, and that there are more."""
    shown = 5
    return "; ".join(names[:shown]) + ("; …" if len(names) > shown else "")


def clean_name(name: str, file: str) -> str:
    """Return a code's name as the project keeps it.

    Raises:
        InputError: ``code-name-empty`` or ``code-name-long``; both name the file.
    """
    clean = " ".join(normalise(name).split())
    if not clean:
        raise InputError(
            "code-name-empty",
            N_("{file} has a code without a name."),
            N_("Give every code a name, or take the empty one out."),
            file=file,
        )
    if len(clean) > LONGEST_NAME:
        raise InputError(
            "code-name-long",
            N_("{file}: the code “{name}…” has a name of more than {most} letters."),
            N_("Shorten it, or move the words into the definition."),
            file=file,
            name=clean[:40],
            most=LONGEST_NAME,
        )
    return clean


def clean_text(text: str | None, file: str) -> str:
    """Return what is said about a code as the project keeps it.

    Raises:
        InputError: ``code-text-long``.
    """
    clean = normalise(text or "").strip()
    if len(clean) > LONGEST_TEXT:
        raise InputError(
            "code-text-long",
            N_("{file}: “{text}…” is longer than {most} letters."),
            N_("Shorten it."),
            file=file,
            text=clean[:40],
            most=LONGEST_TEXT,
        )
    return clean
