"""The text of a source is written: its turns, their word times, and the voices that say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.importer import ImportedText, ImportedTurn
from workbench.models import tables
from workbench.models.base import new_id, now
from workbench.models.drafts import SourceDraft, SpeakerDraft
from workbench.models.kinds import SpeakerRole
from workbench.store import lookup
from workbench.store.journal import recorder_of
from workbench.text.counts import word_count
from workbench.text.normalize import normalise
from workbench.text.turns import compose
from workbench.text.word_times import carry_word_times

_INTERVIEWER_WORDS = frozenset(
    ["i", "interviewer", "moderator", "и", "интервьюер", "модератор", "в"]
)
"""Labels by which transcripts usually call the person who asks."""


def add_speakers(
    session: Session, project_id: str, source_id: str, speakers: Sequence[SpeakerDraft]
) -> None:
    """Add the voices a person named beforehand, in the order they will be heard."""
    for ordinal, draft in enumerate(speakers):
        person = lookup.find_person(session, project_id, draft.person) if draft.person else None
        session.add(
            tables.Speaker(
                source_id=source_id,
                ordinal=ordinal,
                label=normalise(draft.label),
                role=draft.role,
                person_id=person.id if person else None,
            )
        )
    session.flush()


def write_turns(
    session: Session,
    project_id: str,
    source: tables.Source,
    turns: Sequence[ImportedTurn],
    speakers: Sequence[SpeakerDraft],
) -> None:
    """Compose the text of a source from turns and store both; new voices become speakers."""
    source.text, spans = compose(normalise(turn.text) for turn in turns)
    if not source.text:
        raise InputError(
            "text-empty",
            N_("{file} holds no text."),
            N_("Check that it is the right file."),
            file=source.original_name or source.title,
        )
    source.words = word_count(source.text)
    add_speakers(session, project_id, source.id, speakers)
    voices = {
        row.label: row
        for row in session.exec(select(tables.Speaker).where(tables.Speaker.source_id == source.id))
    }
    rows: list[dict[str, Any]] = []
    for turn, span in zip(turns, spans, strict=True):
        if not span:
            continue
        voice = (
            voice_called(session, source.id, voices, normalise(turn.speaker))
            if turn.speaker
            else None
        )
        # as plain rows: a long interview has thousands, and objects would take most of the time
        rows.append(
            {
                "id": new_id(),
                "created_at": now(),
                "source_id": source.id,
                "ordinal": len(rows),
                "start": span.start,
                "end": span.end,
                "start_ms": turn.start_ms,
                "end_ms": turn.end_ms,
                "speaker_id": voice.id if voice else None,
                "word_times": carry_word_times(turn.word_times, turn.text, span.of(source.text))
                if turn.word_times
                else [],
                "suspected": turn.suspected,
            }
        )
    session.add(source)
    recorder_of(session).insert_all(tables.Turn, rows)


def speakers_of(text: ImportedText, draft: SourceDraft) -> list[SpeakerDraft]:
    """Return the voices a person named, and those the file says more of than their names."""
    named = list(draft.speakers)
    labels = {voice.label for voice in named}
    for voice in text.speakers:
        if normalise(voice.label) not in labels:
            labels.add(normalise(voice.label))
            named.append(
                SpeakerDraft(
                    label=normalise(voice.label),
                    role=SpeakerRole(voice.role),
                    person=voice.person,
                )
            )
    return named


def voice_called(
    session: Session, source_id: str, voices: dict[str, tables.Speaker], label: str
) -> tables.Speaker:
    """Return the speaker with a label, making it when it is new."""
    if label not in voices:
        role = SpeakerRole.RESPONDENT
        if label.casefold().strip(". ") in _INTERVIEWER_WORDS:
            role = SpeakerRole.INTERVIEWER
        voices[label] = tables.Speaker(
            source_id=source_id, ordinal=len(voices), label=label, role=role
        )
        session.add(voices[label])
        session.flush()
    return voices[label]
