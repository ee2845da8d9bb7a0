"""Plain text and Markdown: transcripts with "Name: …" and time stamps, or just paragraphs."""

from __future__ import annotations

from pathlib import Path

from workbench.i18n import N_
from workbench.interchange.files import empty, read_text
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    encoding_note,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.turn_lines import lines_of, read_turns
from workbench.text.normalize import normalise


class PlainText:
    """Reads .txt and .md in any usual encoding."""

    name = "plain_text"
    suffixes: tuple[str, ...] = (".txt", ".md")
    description = N_(
        "Plain text or Markdown, with “Name:” speakers and time stamps if there are any"
    )

    def sniff(self, head: bytes, path: Path) -> float:
        """Any file with the right name; an archive with such a name is still refused on reading."""
        return 0.0 if head.startswith(b"PK\x03\x04") else sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the file as one text."""
        raw, encoding = read_text(path)
        text = normalise(raw)
        turns = read_turns(lines_of(raw))
        if not turns:
            raise empty(path)
        imported = ImportedText(path.stem, turns, language=language or guess_language(text))
        return ImportedBatch((imported,), encoding_note(path, encoding))


IMPORTER = PlainText()
