"""What every exporter of transcripts gives and promises, and how the right one is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from gettext import NullTranslations
from typing import Protocol

from workbench.errors import InputError
from workbench.i18n import LANGUAGES, N_, catalogue, language
from workbench.interchange import exporters
from workbench.text.disfluencies import disfluencies, without
from workbench.text.spans import Span

SUSPECTED_MARK = N_("[perhaps invented by the recogniser]")
"""Stands behind a turn that is exported although it may never have been said."""


@dataclass(frozen=True, slots=True)
class ExportedWord:
    """A word of a turn: the span of the turn's text, when it was said, and how sure the recogniser was."""

    start: int
    end: int
    start_ms: int
    end_ms: int
    probability: float = 1.0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ExportedTurn:
    """What one speaker said without interruption."""

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    words: tuple[ExportedWord, ...] = ()
    suspected: bool = False

    @property
    def line(self) -> str:
        """The words on one line, as most other programs want a turn."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class ExportedSpeaker:
    """A voice, who it is, and the person behind it if the project knows them."""

    label: str
    role: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class ExportedTranscript:
    """A source on its way out: its particulars and its turns."""

    title: str
    turns: tuple[ExportedTurn, ...]
    speakers: tuple[ExportedSpeaker, ...] = ()
    kind: str = "interview"
    language: str = ""
    date: date | None = None
    person: str | None = None
    duration_ms: int = 0
    transcribed_by: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    suspected_left_out: int = 0
    """How many turns were left out because they were perhaps invented."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person chose: as spoken with times and names, if they chose nothing."""

    timestamps: bool = True
    speakers: bool = True
    clean: bool = False
    """Without hesitations and stutters instead of verbatim."""
    with_suspected: bool = False
    convention: str = ""
    """How a text file is written; the format's first one by default."""
    language: str = ""
    """Language of the headings in the file; that of the transcript by default."""

    def spoken(self, transcript: ExportedTranscript) -> str:
        """Return the language of our own words in the file."""
        code = (self.language or transcript.language).partition("-")[0]
        return code if code in LANGUAGES else language()

    def wording(self, transcript: ExportedTranscript) -> NullTranslations:
        """Return what translates our own words into the language of the file."""
        return catalogue(self.spoken(transcript))


class Exporter(Protocol):
    """A format that can be written.

    Everything the options leave in must be in the file: no word, and no speaker's name, is lost.

    Attributes:
        name: what a person calls the format.
        suffix: how the names of its files end.
        description: what it is for, marked with ``N_``.
        needs_times: whether nothing can be written without times.
        conventions: the ways to write it, the usual one first; empty when there is one way.
    """

    name: str
    suffix: str
    description: str
    needs_times: bool
    conventions: tuple[str, ...]

    def render(self, transcript: ExportedTranscript, options: ExportOptions) -> bytes:
        """Return the file; ``transcript`` is what :func:`prepared` made of it."""
        ...


@cache
def all_exporters() -> tuple[Exporter, ...]:
    """Return one exporter for every module of the ``exporters`` folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(exporters.__path__))
    found = (importlib.import_module(f"{exporters.__name__}.{name}").EXPORTER for name in names)
    return tuple(sorted(found, key=lambda exporter: exporter.name))


def find_exporter(name: str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        InputError: ``export-format-unknown``.
    """
    wanted = name.casefold().removeprefix(".")
    for exporter in all_exporters():
        if exporter.name == wanted:
            return exporter
    raise InputError(
        "export-format-unknown",
        N_("Transcripts cannot be exported as “{name}”."),
        N_("Choose one of: {formats}."),
        name=name,
        formats=", ".join(exporter.name for exporter in all_exporters()),
    )


def check_options(exporter: Exporter, options: ExportOptions) -> ExportOptions:
    """Return the options with the format's usual convention where none was chosen.

    Raises:
        InputError: ``convention-unknown``, or ``times-needed`` for subtitles without times.
    """
    if options.convention and options.convention not in exporter.conventions:
        if not exporter.conventions:
            raise InputError(
                "convention-unknown",
                N_("The format {format} is always written in the same way."),
                N_("Leave the convention out, or choose the format txt."),
                format=exporter.name,
            )
        raise InputError(
            "convention-unknown",
            N_("There is no convention “{name}” for {format}."),
            N_("Choose one of: {names}."),
            name=options.convention,
            format=exporter.name,
            names=", ".join(exporter.conventions),
        )
    if exporter.needs_times and not options.timestamps:
        raise InputError(
            "times-needed",
            N_("The format {format} cannot do without times."),
            N_("Choose docx, txt or json to leave them out."),
            format=exporter.name,
        )
    usual = exporter.conventions[0] if exporter.conventions else ""
    return replace(options, convention=options.convention or usual)


def prepared(transcript: ExportedTranscript, options: ExportOptions) -> ExportedTranscript:
    """Return a transcript as the options want it, before any format is chosen."""
    turns = [turn for turn in transcript.turns if options.with_suspected or not turn.suspected]
    left_out = len(transcript.turns) - len(turns)
    if options.clean:
        turns = [cleaned(turn, transcript.language) for turn in turns]
    if not options.speakers:
        turns = [replace(turn, speaker=None) for turn in turns]
    if not options.timestamps:
        turns = [replace(turn, start_ms=None, end_ms=None, words=()) for turn in turns]
    return replace(
        transcript,
        turns=tuple(turns),
        speakers=transcript.speakers if options.speakers else (),
        suspected_left_out=left_out,
    )


def cleaned(turn: ExportedTurn, language: str) -> ExportedTurn:
    """Return a turn without its disfluencies; the words that stay keep their times."""
    cuts = disfluencies(turn.text, language)
    if not cuts:
        return turn
    words = [
        replace(word, start=_moved(word.start, cuts), end=_moved(word.end, cuts))
        for word in turn.words
    ]
    return replace(
        turn,
        text=without(turn.text, cuts),
        words=tuple(word for word in words if word.start < word.end),
    )


def _moved(place: int, cuts: Sequence[Span]) -> int:
    """Return where a place of a text is after the cuts."""
    return place - sum(min(place, cut.end) - cut.start for cut in cuts if cut.start < place)


def timed(transcript: ExportedTranscript) -> list[ExportedTurn]:
    """Return the turns so that all have times: what is not known lies between what is.

    Raises:
        InputError: ``no-times`` when not a single turn has one.
    """
    turns = transcript.turns
    if all(turn.start_ms is None for turn in turns):
        raise InputError(
            "no-times",
            N_("“{source}” has no times, and subtitles are made of them."),
            N_("Export it as docx, txt or json."),
            source=transcript.title,
        )
    found: list[ExportedTurn] = []
    at = 0
    for number, turn in enumerate(turns):
        start = at if turn.start_ms is None else turn.start_ms
        later = next((t.start_ms for t in turns[number + 1 :] if t.start_ms is not None), None)
        end = turn.end_ms
        if end is None:
            end = start + _reading_ms(turn.text)
            end = min(later, end) if later is not None and later > start else end
        at = max(end, start)
        found.append(replace(turn, start_ms=start, end_ms=at))
    return found


def _reading_ms(text: str) -> int:
    """Return about how long it takes to say a text."""
    return 500 + 65 * len(text)
