"""A codebook as Markdown, to read, print and keep under version control.

Headings are codes, each with the shape of its kind; what is under a heading is what is said of the code. The first
heading of the highest level names the codebook, if it is the only one of its level.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from workbench.coding.code_records import CodeRecord
from workbench.coding.codebook import MARKS
from workbench.i18n import N_, _
from workbench.interchange.code_words import KINDS, LABELS, kind_word, known_kind, label_words
from workbench.interchange.codebook_format import ReadCodebook, clean_name, clean_text
from workbench.interchange.files import read_text
from workbench.interchange.importer import encoding_note
from workbench.text.fold import fold
from workbench.text.normalize import normalise

_HEADING: Final = re.compile(r"(#+)\s+(.*?)(?:\s+#+)?\s*")
_LABEL: Final = re.compile(r"\*\*([^*:]{1,40}):\*\* ?(.*)")
_SPECIAL: Final = re.compile(r"([\\`*_#\[\]<>|])")
_FIRST: Final = re.compile(r"[#+=~-]")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_COLOUR: Final = re.compile(r"<!-- colour: (\d{1,2}) -->")


class Markdown:
    """Reads and writes .md."""

    name = "md"
    suffixes: tuple[str, ...] = (".md", ".markdown")
    description = N_("Markdown, to read and print")
    writes = True

    def read(self, path: Path) -> ReadCodebook:
        """Return the headings as codes."""
        raw, encoding = read_text(path)
        return ReadCodebook(
            _Reading(path.name).codes(normalise(raw)), encoding_note(path, encoding)
        )

    def render(self, codes: Sequence[CodeRecord], title: str) -> bytes:
        """Return the codebook, its title, and what the shapes mean."""
        legend = " · ".join(f"{mark} {kind_word(kind)}" for kind, mark in MARKS.items())
        blocks = [f"# {_escaped(title)}", _escaped(legend)]
        for code in codes:
            blocks.append(_heading(code))
            if code.colour is not None:
                blocks.append(f"<!-- colour: {code.colour} -->")
            blocks.append(_body(code.definition))
            for field, label in LABELS.items():
                said = "" if field == "kind" else getattr(code, field)
                if said:
                    first, newline, rest = said.partition("\n")
                    line = f"**{_(label)}:** {_inline(first)}"
                    blocks.append(line + newline + _body(rest))
        return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _heading(code: CodeRecord) -> str:
    mark = MARKS[code.kind or "theme"]
    return f"{'#' * (len(code.path) + 1)} {mark} {_escaped(code.name)}"


def _inline(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _escaped(line: str) -> str:
    """Return a line that Markdown shows as it is."""
    line = _inline(line)
    return f"\\{line}" if _FIRST.match(line) else line


def _body(text: str) -> str:
    return "\n".join(_escaped(line) for line in text.split("\n"))


def _plain(line: str) -> str:
    """Return the words of a line without the backslashes of Markdown."""
    return _ESCAPED.sub(r"\1", line)


class _Reading:
    """Goes through the lines of a file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._codes: list[tuple[tuple[str, ...], dict[str, list[str]]]] = []

    def codes(self, text: str) -> tuple[CodeRecord, ...]:
        """Return the codes of a text."""
        lines = text.split("\n")
        skipped = self._title_line(lines)
        above: list[tuple[int, str]] = []
        field = ""
        for number, line in enumerate(lines):
            found = _HEADING.fullmatch(line)
            if number == skipped or (found is None and not self._codes):
                continue
            if found is not None:
                level = len(found[1])
                above = [(depth, name) for depth, name in above if depth < level]
                kind, name = _kind_and_name(found[2])
                above.append((level, clean_name(name, self._file)))
                self._codes.append((tuple(name for _d, name in above), {"kind": [kind]}))
                field = "definition"
                continue
            field = self._take(line, field)
        return tuple(self._record(path, parts) for path, parts in self._codes)

    def _title_line(self, lines: Sequence[str]) -> int | None:
        """Return which line names the whole codebook, if one does."""
        levels = [
            (number, len(found[1]))
            for number, line in enumerate(lines)
            if (found := _HEADING.fullmatch(line))
        ]
        if len(levels) < 2:  # noqa: PLR2004 - a title and a code
            return None
        first, level = levels[0]
        return first if all(other > level for _number, other in levels[1:]) else None

    def _take(self, line: str, field: str) -> str:
        """Keep a line in the part it belongs to and return that part."""
        parts = self._codes[-1][1]
        colour = _COLOUR.fullmatch(line)
        if colour is not None and "colour" not in parts:
            parts["colour"] = [colour[1]]
            return field
        found = _LABEL.fullmatch(line)
        named = label_words().get(fold(found[1].strip())) if found else None
        if found is None or named is None:
            parts.setdefault(field, []).append(_plain(line))
            return field
        if named == "kind":
            parts[named] = [_plain(found[2])]
        else:
            parts.setdefault(named, []).append(_plain(found[2]))
        return named

    def _record(self, path: tuple[str, ...], parts: dict[str, list[str]]) -> CodeRecord:
        said = {name: "\n".join(lines) for name, lines in parts.items()}
        kind = said.get("kind", "").strip()
        return CodeRecord(
            path,
            kind=kind if kind in KINDS else known_kind(kind) or "",
            colour=int(said["colour"]) if "colour" in said else None,
            definition=clean_text(said.get("definition"), self._file),
            when_to_use=clean_text(said.get("when_to_use"), self._file),
            when_not=clean_text(said.get("when_not"), self._file),
            example=clean_text(said.get("example"), self._file),
        )


def _kind_and_name(heading: str) -> tuple[str, str]:
    """Take the shape of a kind off a heading."""
    for kind, mark in MARKS.items():
        if heading.startswith(f"{mark} "):
            return kind, _plain(heading.removeprefix(f"{mark} "))
    return "", _plain(heading)


FORMAT = Markdown()
