"""Sources: files become texts with turns, or recordings that wait for transcription."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_, _
from workbench.interchange.importer import ImportedText, ImportedTurn, choose_importer
from workbench.models import tables
from workbench.models.drafts import SourceDraft, SpeakerDraft
from workbench.models.kinds import SourceState
from workbench.models.views import SourceCard, SourceView, SpeakerView
from workbench.services.base import Service, existing, verb
from workbench.services.source_turns import add_speakers, speakers_of, write_turns
from workbench.store import files, lookup
from workbench.store.sources import (
    next_ordinal,
    source_cards,
    speaker_views,
    turn_views,
    word_times,
)
from workbench.text.normalize import normalise
from workbench.text.spoken_words import WordTimes
from workbench.transcription import audio

RECORDING_SUFFIXES = frozenset([
    ".wav", ".w64", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".mp4", ".m4v", ".mov",
    ".mkv", ".mka", ".webm", ".aac", ".amr", ".wma", ".wmv", ".aiff", ".aif", ".caf", ".au", ".3gp",
    ".3g2", ".avi", ".flv", ".mpg", ".mpeg", ".ts", ".mts", ".m2ts",
    ".m4p", ".aax", ".aaxc",  # protected ones, so that they are called that
])  # fmt: skip
"""Names of files that hold sound; what is really inside is checked when such a file is added."""


class Sources(Service):
    """Everything that can be coded."""

    def cards(self) -> list[SourceCard]:
        """Return one line per source in the order of the list."""
        with self.reading() as session:
            return source_cards(session, self.project_id, coder=self.seen())

    def any_transcribing(self) -> bool:
        """Tell whether a recording is being transcribed, or was when the program ended."""
        with self.reading() as session:
            statement = select(tables.Source.id).where(
                tables.Source.state == SourceState.TRANSCRIBING
            )
            return session.exec(statement).first() is not None

    def source(self, name: str) -> SourceView:
        """Return a source with its text and turns, by identifier, number or title."""
        with self.reading() as session:
            return source_view(session, self._row(session, name), coder=self.seen())

    def word_times(self, name: str) -> WordTimes:
        """Return when each word of a source was said and how sure the recogniser was of it."""
        with self.reading() as session:
            return word_times(session, self._row(session, name).id)

    @verb("source.add")
    def add(self, path: Path, draft: SourceDraft | None = None) -> list[SourceCard]:
        """Add a file: a recording to be transcribed, or one or more texts.

        The same recording or file is not added twice.

        Raises:
            InputError: the file is missing, empty, damaged, of no known format, or already in the project.
        """
        draft = draft or SourceDraft()
        files.check_given(path)
        if path.suffix.lower() in RECORDING_SUFFIXES:
            return [self._add_recording(path, draft)]
        return self._add_texts(path, draft)

    def _add_recording(self, path: Path, draft: SourceDraft) -> SourceCard:
        info = audio.probe(path)
        digest, suffix = files.keep_media(path, self._context.file.folder / "media")
        with self.acting("source.add") as act:
            twin = act.session.exec(
                select(tables.Source.title).where(tables.Source.media_hash == digest)
            ).first()
            if twin is not None:
                raise _already(path, twin)
            row = self._new(act.session, draft, title=path.stem, state=SourceState.RECORDED)
            row.media_hash = row.original_hash = digest
            row.media_suffix, row.duration_ms = suffix, info.duration_ms
            row.original_name = normalise(path.name)  # may hold bytes that are no letters
            if info.cut_short:
                note = _("{file} ends in the middle; if it is a copy, copy the recording again.")
                row.import_notes = note.format(file=normalise(path.name))
            add_speakers(act.session, self.project_id, row.id, draft.speakers)
            act.subject = row.title
            return source_cards(act.session, self.project_id, source_id=row.id)[0]

    def _add_texts(self, path: Path, draft: SourceDraft) -> list[SourceCard]:
        batch = choose_importer(path).read(path, language=draft.language or None)
        digest = files.hash_file(path)
        notes = normalise("\n".join(note.show() for note in batch.notes))
        with self.acting("source.add") as act:
            twin = act.session.exec(
                select(tables.Source.title).where(tables.Source.original_hash == digest)
            ).first()
            if twin is not None:
                raise _already(path, twin)
            ids = []
            for text in batch.texts:
                row = self._new(act.session, draft, title=text.title or path.stem, text=text)
                row.original_hash, row.original_name = digest, normalise(path.name)
                row.import_notes = notes
                row.transcribed_by = normalise(text.transcribed_by)
                self._link_person(act.session, row, text)
                voices = speakers_of(text, draft)
                write_turns(act.session, self.project_id, row, text.turns, voices)
                ids.append(row.id)
            act.subject = normalise(path.name)
            cards = {card.id: card for card in source_cards(act.session, self.project_id)}
            return [cards[source_id] for source_id in ids]

    def _new(
        self,
        session: Session,
        draft: SourceDraft,
        *,
        title: str,
        state: SourceState = SourceState.READY,
        text: ImportedText | None = None,
    ) -> tables.Source:
        """Make the row of a source; what the draft leaves open comes from the file."""
        told = "kind" in draft.model_fields_set or text is None or not text.kind
        kind = draft.kind if told or text is None else text.kind
        collected = draft.collected_on or (text.date if text is not None else None)
        row = tables.Source(
            project_id=self.project_id,
            title=normalise(draft.title or title),
            kind=str(kind),
            state=state,
            language=draft.language or (text.language if text and text.language else ""),
            collected_on=collected,
            ordinal=next_ordinal(session, self.project_id),
            attributes=dict(text.attributes) if text is not None else {},
        )
        self._place(session, row, draft)
        session.add(row)
        session.flush()
        return row

    def _place(self, session: Session, row: tables.Source, draft: SourceDraft) -> None:
        """Tie a source to its person, wave and stage; without a wave it belongs to the newest one."""
        if draft.person:
            person = lookup.find_person(session, self.project_id, draft.person)
            row.person_id = existing(person, N_("person"), draft.person).id
        if draft.stage:
            stage = lookup.find_stage(session, self.project_id, draft.stage)
            row.stage_id = existing(stage, N_("stage"), draft.stage).id
        if draft.wave is not None:
            wave = lookup.find_wave(session, self.project_id, draft.wave)
            row.wave_id = existing(wave, N_("wave"), draft.wave).id
        else:
            newest = lookup.current_wave(session, self.project_id)
            row.wave_id = newest.id if newest else None

    def _link_person(self, session: Session, row: tables.Source, text: ImportedText) -> None:
        """Tie a source to the person its file names, where the project knows them."""
        if not text.person or row.person_id:
            return
        person = lookup.find_person(session, self.project_id, text.person)
        if person is not None:
            row.person_id = person.id
            return
        note = _("The file names the person “{person}”, who is not in this project.")
        said = normalise(note.format(person=text.person))
        row.import_notes = "\n".join(filter(None, [row.import_notes, said]))

    def keep_text(
        self, session: Session, draft: SourceDraft, turns: Sequence[ImportedTurn]
    ) -> tables.Source:
        """Store a text that comes from inside the program (a visit's comment) as part of a larger action."""
        row = self._new(session, draft, title=draft.title)
        write_turns(session, self.project_id, row, turns, draft.speakers)
        return row

    @verb("source.edit")
    def edit(self, name: str, **changes: Any) -> SourceCard:
        """Change what is known about a source; fields are those of :class:`SourceDraft` except speakers."""
        with self.acting("source.edit") as act:
            row = self._row(act.session, name)
            current = {
                "title": row.title,
                "kind": row.kind,
                "language": row.language,
                "collected_on": row.collected_on,
                "wave": self._wave_of(act.session, row),
            }
            draft = SourceDraft.read({**current, **changes})
            row.title = normalise(draft.title) or row.title
            row.kind, row.language = draft.kind, draft.language
            row.collected_on = draft.collected_on
            self._place(act.session, row, draft)
            act.session.add(row)
            act.session.flush()
            act.subject = row.title
            return source_cards(act.session, self.project_id, source_id=row.id, coder=self.seen())[
                0
            ]

    @verb("source.speaker")
    def name_speaker(self, name: str, speaker: str, draft: SpeakerDraft) -> list[SpeakerView]:
        """Name a voice of a source once; every turn shows the new name and role."""
        with self.acting("source.speaker") as act:
            row = self._row(act.session, name)
            voice = (
                act.session.get(tables.Speaker, speaker)
                or act.session.exec(
                    select(tables.Speaker).where(
                        tables.Speaker.source_id == row.id, tables.Speaker.label == speaker
                    )
                ).first()
            )
            voice = existing(voice, N_("speaker"), speaker)
            voice.label, voice.role = normalise(draft.label), draft.role
            voice.person_id = None
            if draft.person:
                person = lookup.find_person(act.session, self.project_id, draft.person)
                voice.person_id = existing(person, N_("person"), draft.person).id
            act.session.add(voice)
            act.subject = f"{row.title}: {voice.label}"
            act.session.flush()
            return speaker_views(act.session, row.id)

    @verb("source.remove")
    def remove(self, name: str) -> None:
        """Remove a source with its quotes and codings; the recording's file stays until the project is cleaned."""
        with self.acting("source.remove") as act:
            row = self._row(act.session, name)
            act.subject = row.title
            _remove_all(act.session, row)

    def media_path(self, name: str) -> Path:
        """Return where a source's recording lies.

        Raises:
            InputError: ``no-recording`` for a source without one, ``recording-missing`` when the file is gone.
        """
        with self.reading() as session:
            row = self._row(session, name)
        if not row.media_hash:
            raise InputError(
                "no-recording",
                N_("“{source}” has no recording."),
                N_("Choose a source that was added as a recording."),
                source=row.title,
            )
        path = self._context.file.folder / "media" / f"{row.media_hash}{row.media_suffix}"
        if not path.is_file():
            raise InputError(
                "recording-missing",
                N_("The recording of “{source}” is gone: {file}."),
                N_("Put the file back, or add the recording again."),
                source=row.title,
                file=path,
            )
        return path

    def _row(self, session: Session, name: str) -> tables.Source:
        return existing(lookup.find_source(session, self.project_id, name), N_("source"), name)

    def _wave_of(self, session: Session, row: tables.Source) -> int | None:
        wave = session.get(tables.Wave, row.wave_id) if row.wave_id else None
        return wave.ordinal if wave else None


def source_view(session: Session, row: tables.Source, *, coder: str | None = None) -> SourceView:
    """Return a source with its text and turns as they stand in a session.

    Args:
        session: where to read.
        row: the source.
        coder: count only the quotes this coder put codes on; everybody's by default.
    """
    return SourceView(
        source_cards(session, row.project_id, source_id=row.id, coder=coder)[0],
        row.text,
        tuple(turn_views(session, row.id)),
        tuple(speaker_views(session, row.id)),
        row.attributes,
        row.transcribed_by,
        row.import_notes,
        row.original_name,
    )


def _remove_all(session: Session, row: tables.Source) -> None:
    """Remove a source and all that hangs on it, children first."""
    quotes = session.exec(select(tables.Quote).where(tables.Quote.source_id == row.id)).all()
    for quote in quotes:
        for coding in session.exec(select(tables.Coding).where(tables.Coding.quote_id == quote.id)):
            session.delete(coding)
    subjects = {row.id, *(quote.id for quote in quotes)}
    for memo in session.exec(select(tables.Memo).where(tables.Memo.project_id == row.project_id)):
        if memo.subject_id in subjects:
            session.delete(memo)
    session.flush()
    jobs = session.exec(
        select(tables.TranscriptionJob).where(tables.TranscriptionJob.source_id == row.id)
    ).all()
    for job in jobs:
        for window in session.exec(
            select(tables.TranscriptionWindow).where(tables.TranscriptionWindow.job_id == job.id)
        ):
            session.delete(window)
    for turn in session.exec(select(tables.Turn).where(tables.Turn.source_id == row.id)):
        session.delete(turn)
    session.flush()
    for child in (*quotes, *jobs):
        session.delete(child)
    for speaker in session.exec(select(tables.Speaker).where(tables.Speaker.source_id == row.id)):
        session.delete(speaker)
    session.flush()
    session.delete(row)


def _already(path: Path, title: str) -> WorkbenchError:
    return InputError(
        "already-added",
        N_("{file} is already in the project as “{title}”."),
        N_("Open that source."),
        file=path.name,
        title=title,
    )
