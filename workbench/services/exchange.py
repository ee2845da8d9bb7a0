"""Transcripts leave the project in formats that other programs and people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_
from workbench.interchange.exporter import (
    ExportedSpeaker,
    ExportedTranscript,
    ExportedTurn,
    ExportedWord,
    Exporter,
    ExportOptions,
    all_exporters,
    check_options,
    find_exporter,
    prepared,
)
from workbench.models import tables
from workbench.models.kinds import SourceKind
from workbench.services.base import Service, existing, verb
from workbench.store import files, lookup
from workbench.store.sources import (
    DOUBTFUL_BELOW,
    source_cards,
    speaker_views,
    turn_views,
    words_by_turn,
)

_SPOKEN = (SourceKind.INTERVIEW, SourceKind.FOCUS_GROUP)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A transcript that was exported."""

    source: str
    """The source's title."""
    path: Path
    turns: int
    suspected_left_out: int


@dataclass(frozen=True, slots=True)
class Export:
    """What came of an export: the files, and the sources that this format cannot hold."""

    files: tuple[WrittenFile, ...]
    skipped: tuple[tuple[str, WorkbenchError], ...] = ()


class Exchange(Service):
    """Transcripts in other programs' formats."""

    def formats(self) -> tuple[Exporter, ...]:
        """Return the formats a transcript can be exported to."""
        return all_exporters()

    def transcript(self, name: str) -> ExportedTranscript:
        """Return a source as exporters want it: its particulars, turns, speakers and words.

        Raises:
            InputError: ``no-transcript`` for a recording that was not transcribed yet.
        """
        with self.reading() as session:
            return _transcript(session, self.project_id, self._row(session, name))

    @verb("transcript.export")
    def export(
        self,
        format_name: str,
        sources: Sequence[str] = (),
        *,
        target: Path | None = None,
        options: ExportOptions | None = None,
        force: bool = False,
    ) -> Export:
        """Write transcripts as files; nothing in the project changes.

        Args:
            format_name: the name of a format.
            sources: identifiers, numbers or titles; none of them means all interviews and focus groups with a text,
                of which those the format cannot hold are skipped and named.
            target: the file to make, or a folder; the project's exports by default.
            options: what to write and what to leave out.
            force: replace files that are there.

        Raises:
            InputError: the format, an option, a source or the target cannot be used; then nothing is written.
        """
        exporter = find_exporter(format_name)
        chosen = check_options(exporter, options or ExportOptions())
        made: list[tuple[WrittenFile, bytes]] = []
        skipped: list[tuple[str, WorkbenchError]] = []
        with self.reading() as session:
            rows = [self._row(session, name) for name in sources] or self._spoken(session)
            folder = self._folder(target, several=len(rows) > 1 or not sources)
            for row in rows:
                path = _target(folder, target, row, exporter)
                try:
                    transcript = prepared(_transcript(session, self.project_id, row), chosen)
                    content = exporter.render(transcript, chosen)
                except InputError as error:
                    if sources:
                        raise
                    skipped.append((row.title, error))
                    continue
                written = WrittenFile(
                    row.title, path, len(transcript.turns), transcript.suspected_left_out
                )
                made.append((written, content))
        files.check_targets([written.path for written, _content in made], force=force)
        for written, content in made:
            with files.atomic_file(written.path) as stream:
                stream.write(content)
        return Export(tuple(written for written, _content in made), tuple(skipped))

    def _row(self, session: Session, name: str) -> tables.Source:
        return existing(lookup.find_source(session, self.project_id, name), N_("source"), name)

    def _spoken(self, session: Session) -> list[tables.Source]:
        """Return the sources in which people speak and that have their text."""
        rows = [
            session.get(tables.Source, card.id)
            for card in source_cards(session, self.project_id)
            if card.kind in _SPOKEN
        ]
        return [row for row in rows if row is not None and row.text]

    def _folder(self, target: Path | None, *, several: bool) -> Path | None:
        """Return the folder that names are made up in; None when the target is the file itself."""
        if target is None:
            return files.make_folder(self._context.file.folder / "exports")
        if several and not target.is_dir():
            if target.exists():
                raise InputError(
                    "export-target-no-folder",
                    N_("{file} is a file, and several transcripts need a folder."),
                    N_("Name a folder."),
                    file=target,
                )
            return files.make_folder(target)
        return target if target.is_dir() else None


def _target(
    folder: Path | None, target: Path | None, row: tables.Source, exporter: Exporter
) -> Path:
    """Return the file of one source."""
    if folder is None and target is not None:
        return target if target.suffix else target.with_name(target.name + exporter.suffix)
    stem = f"{row.ordinal:02d} {files.file_stem(row.title)}".strip()
    return (folder or Path()) / f"{stem}{exporter.suffix}"


def _transcript(session: Session, project_id: str, row: tables.Source) -> ExportedTranscript:
    if not row.text:
        raise InputError(
            "no-transcript",
            N_("“{source}” has no transcript yet."),
            N_("Transcribe it first."),
            source=row.title,
        )
    card = source_cards(session, project_id, source_id=row.id)[0]
    times = words_by_turn(session, row.id)
    turns = tuple(
        ExportedTurn(
            row.text[turn.start : turn.end],
            turn.speaker.label if turn.speaker else None,
            turn.start_ms,
            turn.end_ms,
            tuple(_word(word) for word in times.get(turn.id, ())),
            turn.suspected,
        )
        for turn in turn_views(session, row.id)
    )
    return ExportedTranscript(
        row.title,
        turns or (ExportedTurn(row.text),),
        tuple(
            ExportedSpeaker(voice.label, voice.role, voice.person)
            for voice in speaker_views(session, row.id)
        ),
        row.kind,
        row.language,
        row.collected_on,
        card.person,
        row.duration_ms,
        row.transcribed_by,
        row.attributes,
    )


def _word(row: Sequence[float]) -> ExportedWord:
    start, end, start_ms, end_ms, probability = row
    return ExportedWord(
        int(start),
        int(end),
        int(start_ms),
        int(end_ms),
        probability,
        doubtful=probability < DOUBTFUL_BELOW,
    )
