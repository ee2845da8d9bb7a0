"""Transcripts as this program writes them in JSON; read back, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench.i18n import N_, _
from workbench.interchange.fields import Record
from workbench.interchange.files import damaged, empty
from workbench.interchange.importer import (
    ImportedBatch,
    ImportedSpeaker,
    ImportedText,
    ImportedTurn,
    Note,
    guess_language,
)
from workbench.interchange.json_file import milliseconds_of, read_json, share_of
from workbench.models.kinds import SourceKind, SpeakerRole
from workbench.text.normalize import normalise

FORMAT = "workbench-transcript"
"""What the field ``format`` says."""

VERSION = 1
"""The newest shape that is understood."""


class TranscriptJson:
    """Reads the JSON that ``export json`` writes."""

    name = "transcript_json"
    suffixes: tuple[str, ...] = (".json",)
    description = N_("Transcript exported by this program (JSON)")

    def sniff(self, head: bytes, path: Path) -> float:
        """The name of the format stands at the beginning."""
        marked = FORMAT.encode() in head and path.suffix.lower() in self.suffixes
        return 0.95 if marked else 0.0

    def read(self, path: Path, *, language: str | None) -> ImportedBatch:
        """Return the transcript with its particulars."""
        data = read_json(path)
        if not isinstance(data, Mapping):
            raise damaged(path)
        record = Record({str(key): value for key, value in data.items()}, path.name)
        if record.text("format") != FORMAT:
            raise record.wrong("format", FORMAT)
        if record.whole("version") > VERSION:
            raise record.wrong("version", str(VERSION))
        turns = tuple(_turn(turn) for turn in record.records("turns", named="number"))
        turns = tuple(turn for turn in turns if turn.text.strip())
        if not turns:
            raise empty(path)
        text = " ".join(turn.text for turn in turns)
        imported = ImportedText(
            record.text("title", "") or path.stem,
            turns,
            kind=record.choice("kind", [str(kind) for kind in SourceKind], "interview"),
            language=language or record.optional("language") or guess_language(text),
            date=record.optional_day("collected_on"),
            attributes=_attributes(record),
            speakers=tuple(_speaker(voice) for voice in record.records("speakers", named="label")),
            person=record.optional("person"),
            transcribed_by=record.text("transcribed_by", ""),
        )
        left_out = record.whole("suspected_left_out", 0)
        notes = (_left_out(path, left_out),) if left_out else ()
        return ImportedBatch((imported,), notes)


def _left_out(path: Path, count: int) -> Note:
    return Note(
        "suspected-left-out",
        N_("{file} was exported without the turns that were suspected to be invented: {count}."),
        {"file": path.name, "count": count},
    )


def _attributes(record: Record) -> dict[str, str]:
    inner = record.record("attributes")
    return {normalise(key): inner.text(key, "") for key in inner.data}


def _speaker(record: Record) -> ImportedSpeaker:
    role = record.choice("role", [str(role) for role in SpeakerRole], SpeakerRole.OTHER)
    return ImportedSpeaker(record.text("label"), role, record.optional("person"))


def _turn(record: Record) -> ImportedTurn:
    text = record.data.get("text")
    if not isinstance(text, str):
        raise record.wrong("text", _("words")) if record.has("text") else record.absent("text")
    start, end = _time(record, "start_ms"), _time(record, "end_ms")
    if start is not None and end is not None:
        end = max(start, end)
    return ImportedTurn(
        text,
        record.optional("speaker"),
        start,
        end,
        tuple(_word(word, len(text)) for word in record.records("words", named="text")),
        record.flag("suspected"),
    )


def _word(record: Record, length: int) -> tuple[float, ...]:
    start, end = record.whole("start"), record.whole("end")
    if not 0 <= start <= end <= length:
        raise record.wrong("end", _("a place in the turn's text"))
    start_ms, end_ms = record.whole("start_ms"), record.whole("end_ms")
    return (start, end, start_ms, end_ms, share_of(record.data.get("probability")))


def _time(record: Record, key: str) -> int | None:
    if not record.has(key):
        return None
    ms = milliseconds_of(record.data[key], unit=1.0)
    if ms is None:
        raise record.wrong(key, _("milliseconds"))
    return ms


IMPORTER = TranscriptJson()
