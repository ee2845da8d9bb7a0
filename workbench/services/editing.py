"""What all edits of a transcript share: a source that may be edited, its turns and speakers by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import SpeakerDraft
from workbench.models.kinds import SourceState
from workbench.models.views import SourceView
from workbench.services.base import Act, Service, existing
from workbench.services.source_turns import voice_called
from workbench.services.sources import source_view
from workbench.store import lookup, transcripts
from workbench.text.normalize import normalise

_BUSY = (SourceState.QUEUED, SourceState.TRANSCRIBING)
_SHOWN = 60  # letters of the words in the journal


class Editing(Service):
    """Services that change the transcript of a source."""

    @contextmanager
    def editing(self, verb_name: str, source: str) -> Iterator[tuple[Act, tables.Source]]:
        """Open one action on a source that may be edited.

        Raises:
            InputError: ``not-found``, ``source-transcribing``, ``not-transcribed``.
        """
        with self.acting(verb_name) as act:
            row = editable_source(act.session, self.project_id, source)
            act.subject = row.title
            yield act, row

    def view(self, act: Act, row: tables.Source) -> SourceView:
        """Return the source as the action leaves it."""
        act.session.flush()
        return source_view(act.session, row, coder=self.seen())


def editable_source(session: Session, project_id: str, name: str) -> tables.Source:
    """Return a source whose words may be changed.

    Raises:
        InputError: ``not-found``, ``source-transcribing``, ``not-transcribed``.
    """
    row = existing(lookup.find_source(session, project_id, name), N_("source"), name)
    if row.state in _BUSY:
        raise InputError(
            "source-transcribing",
            N_("“{source}” is being transcribed."),
            N_("Wait until it is done, or cancel it."),
            source=row.title,
        )
    if not row.text:
        raise InputError(
            "not-transcribed",
            N_("“{source}” has no transcript yet."),
            N_("Transcribe it first."),
            source=row.title,
        )
    return row


def turn_called(session: Session, source: tables.Source, turn: int | str) -> tables.Turn:
    """Return a turn of a source by its number or identifier.

    Raises:
        InputError: ``not-found``.
    """
    found: tables.Turn | None
    if isinstance(turn, int) or turn.isdecimal():
        found = transcripts.turn_at(session, source.id, int(turn))
    else:
        found = session.get(tables.Turn, turn)
    if found is not None and found.source_id != source.id:
        found = None
    return existing(found, N_("turn"), turn)


def turn_of(session: Session, source: tables.Source, start: int, end: int) -> tables.Turn:
    """Return the one turn that a span lies in.

    Raises:
        InputError: ``span-outside`` or ``span-crosses-turns``.
    """
    check_span(source, start, end)
    for row in transcripts.turns_within(session, source.id, start, end):
        if row.start <= start and end <= row.end:
            return row
    raise InputError(
        "span-crosses-turns",
        N_("The span {start}–{end} of “{source}” lies in more than one turn."),
        N_("Change one turn after the other, or merge them first."),
        start=start,
        end=end,
        source=source.title,
    )


def check_span(source: tables.Source, start: int, end: int) -> None:
    """Refuse a span that is not within a source's text.

    Raises:
        InputError: ``span-outside``.
    """
    if not 0 <= start <= end <= len(source.text):
        raise InputError(
            "span-outside",
            N_("The span {start}–{end} is not within “{source}” (0–{length})."),
            N_("Choose a span of its text."),
            start=start,
            end=end,
            source=source.title,
            length=len(source.text),
        )


def speaker_id(session: Session, source: tables.Source, speaker: str) -> str | None:
    """Return the speaker with an identifier or label, making one for an unknown label; None for no name."""
    if not speaker.strip():
        return None
    known = session.get(tables.Speaker, speaker)
    if known is not None and known.source_id == source.id:
        return known.id
    label = normalise(SpeakerDraft.read({"label": speaker}).label)
    voices = transcripts.speakers_by_label(session, source.id)
    return voice_called(session, source.id, voices, label).id


def subject(source: tables.Source, words: str) -> str:
    """Return what the journal calls an edit: the source and the first words."""
    line = " ".join(words.split())
    return f"{source.title}: {line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}"
