"""Web pages: the transcripts of noScribe with their times and speakers, and plain pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from workbench.i18n import N_
from workbench.interchange.files import empty, read_text
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedText,
    ImportedTurn,
    encoding_note,
    guess_language,
    sniff_by_suffix,
)
from workbench.interchange.turn_lines import known_speakers, lines_of, read_turns, split_label
from workbench.text.normalize import normalise

_ANCHOR = re.compile(r"ts_(\d{1,10})_(\d{1,10})_(.*)", re.DOTALL)
_STAMP = re.compile(r"\s*\[\d{1,2}:\d{2}:\d{2}\]\s*")
_BLOCKS = frozenset(
    ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ul", "ol", "body"]
)
_UNSEEN = frozenset(["script", "style", "head", "template"])


@dataclass
class _Paragraph:
    """The words of a paragraph and the times of the pieces of speech in it."""

    words: list[str] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    voice: str = ""

    @property
    def text(self) -> str:
        lines = "".join(self.words).split("\n")
        return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


class WebPage:
    """Reads .html of noScribe; any other page gives its paragraphs."""

    name = "web_page"
    suffixes: tuple[str, ...] = (".html", ".htm")
    description = N_("Web page, with the speakers and times of noScribe if there are any")

    def sniff(self, head: bytes, path: Path) -> float:
        """The name."""
        del head
        return sniff_by_suffix(self, path)

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the page as one text; what noScribe says of itself becomes the attribute ``note``."""
        raw, encoding = read_text(path)
        page = _Page()
        page.feed(raw)
        page.close()
        found = [paragraph for paragraph in page.paragraphs if paragraph.text]
        if any(paragraph.times for paragraph in found):
            turns, note = _speech(found)
        else:
            turns = read_turns(lines_of("\n".join(paragraph.text for paragraph in found)))
            note = ""
        if not turns:
            raise empty(path)
        text = " ".join(turn.text for turn in turns)
        imported = ImportedText(
            path.stem,
            turns,
            language=language or guess_language(text),
            attributes={"note": note} if note else {},
        )
        return ImportedBatch((imported,), encoding_note(path, encoding))


def _speech(paragraphs: list[_Paragraph]) -> tuple[tuple[ImportedTurn, ...], str]:
    """Return the turns and the words before them.

    The name a person sees before the words is the speaker, for noScribe leaves the old one in the
    anchor when a speaker is renamed.
    """
    first = next(place for place, paragraph in enumerate(paragraphs) if paragraph.times)
    note = normalise("\n".join(paragraph.text for paragraph in paragraphs[:first]))
    rest = paragraphs[first:]
    speakers = known_speakers([paragraph.text for paragraph in rest]) | {
        normalise(paragraph.voice).casefold() for paragraph in rest if paragraph.voice
    }
    turns = []
    for paragraph in rest:
        speaker, words = split_label(normalise(paragraph.text), frozenset(speakers))
        stamp = _STAMP.match(words)
        words = words[stamp.end() :] if stamp else words
        start = paragraph.times[0][0] if paragraph.times else None
        end = max(end for _start, end in paragraph.times) if paragraph.times else None
        if words:
            turns.append(ImportedTurn(words, speaker or paragraph.voice or None, start, end))
    return tuple(turns), note


class _Page(HTMLParser):
    """Collects the paragraphs of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[_Paragraph] = [_Paragraph()]
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, note the time of a piece of speech."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.paragraphs.append(_Paragraph())
            self._unseen = 0 if tag == "body" else self._unseen
        elif tag == "br":
            self.paragraphs[-1].words.append("\n")
        elif tag in ("td", "th"):
            self.paragraphs[-1].words.append(" ")
        elif tag == "a":
            anchor = _ANCHOR.fullmatch(dict(attrs).get("name") or "")
            if anchor:
                paragraph = self.paragraphs[-1]
                paragraph.times.append((int(anchor[1]), max(int(anchor[1]), int(anchor[2]))))
                if len(paragraph.times) == 1:
                    paragraph.voice = anchor[3].removeprefix("//").strip()

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph."""
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in _BLOCKS:
            self.paragraphs.append(_Paragraph())

    def handle_data(self, data: str) -> None:
        """Keep the words that are seen."""
        if not self._unseen:
            self.paragraphs[-1].words.append(data.replace("\n", " "))


IMPORTER = WebPage()
