"""The voices of a transcribed recording: who is heard how much, and counting them anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.views import SpeakerView
from workbench.services.base import Service, existing, verb
from workbench.services.orders import check_speakers
from workbench.services.transcript_writing import turns_of, voices_of, window_of
from workbench.services.voices import is_unnamed, settle_voices
from workbench.store import lookup, transcripts
from workbench.store import speakers as stored
from workbench.store.sources import speaker_views
from workbench.text.turns import compose
from workbench.transcription.diarization import Voices
from workbench.transcription.turns import RecognisedTurn, recognised_text, speaker_prints

_FIRST_WORDS = 80  # codepoints


@dataclass(frozen=True, slots=True)
class HeardView:
    """A voice of a source, and what a person recognises it by."""

    speaker: SpeakerView
    share: float
    """Of all that is said; by time where it is known, else by length of text."""
    first_words: str
    first_ms: int | None


class Speakers(Service):
    """Voices."""

    def heard(self, source: str) -> list[HeardView]:
        """Return the voices of a source in order, with how much and what they say first."""
        with self.reading() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
            turns = transcripts.turns(session, row.id)
            views = speaker_views(session, row.id)
        timed = all(turn.start_ms is not None and turn.end_ms is not None for turn in turns)
        lengths = {view.id: 0 for view in views}
        first: dict[str, tables.Turn] = {}
        for turn in turns:
            if turn.speaker_id in lengths:
                length = (
                    (turn.end_ms or 0) - (turn.start_ms or 0) if timed else turn.end - turn.start
                )
                lengths[turn.speaker_id] += max(0, length)
                if not turn.suspected:
                    first.setdefault(turn.speaker_id, turn)
        total = sum(lengths.values())
        return [
            HeardView(
                view,
                lengths[view.id] / total if total else 0.0,
                _beginning(row.text, first.get(view.id)),
                first[view.id].start_ms if view.id in first else None,
            )
            for view in views
        ]

    def countable(self, source: str) -> bool:
        """Tell whether a source was recognised from a recording, so that its voices can be counted anew."""
        with self.reading() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
            return bool(row.text) and bool(stored.recognised_windows(session, row.id))

    @verb("source.recount")
    def recount(self, source: str, speakers: int) -> list[SpeakerView]:
        """Tell the voices of a transcribed recording apart anew, as so many; its words stay as they are.

        Where the words are still those that were recognised, turns are cut where the voices change now. Once they
        were edited, each turn as it stands is given to the voice that is heard in it most.

        Args:
            source: identifier, number or title.
            speakers: how many voices there are; 0 when nobody knows.

        Raises:
            InputError: ``speakers-invalid``, ``not-recognised`` for a text that no recogniser wrote,
                ``voices-unknown`` when the recording's voices were never measured.
        """
        check_speakers(speakers)
        with self.acting("source.recount") as act:
            row = existing(
                lookup.find_source(act.session, self.project_id, source), N_("source"), source
            )
            act.subject = row.title
            turns, voices = _told_apart(act.session, row, speakers)
            ids = settle_voices(act.session, row, turns, speaker_prints(turns, voices))
            if row.text.replace("\n", " ") == recognised_text(turns):
                _recut(act.session, row, turns, ids)
            else:
                _reassign(act.session, row, turns, ids)
            act.session.flush()
            _forget_unheard(act.session, row)
            act.session.flush()
            return speaker_views(act.session, row.id)


def _told_apart(
    session: Session, source: tables.Source, speakers: int
) -> tuple[list[RecognisedTurn], Voices]:
    """Build the turns once more from what was recognised, with another number of voices."""
    windows = [window_of(row) for row in stored.recognised_windows(session, source.id)]
    if not windows or not source.text:
        raise InputError(
            "not-recognised",
            N_("“{source}” was not transcribed by the program."),
            N_("Say who speaks turn by turn instead."),
            source=source.title,
        )
    turns = turns_of(windows, speakers)
    if all(turn.speaker is None for turn in turns):
        raise InputError(
            "voices-unknown",
            N_("The voices of “{source}” cannot be told apart by what was measured of them."),
            N_(
                "Transcribe it again as so many speakers; the extra speakers tells voices apart best: pip install 'qual-workbench[speakers]'."
            ),
            source=source.title,
        )
    return turns, voices_of(windows)


def _recut(
    session: Session,
    source: tables.Source,
    turns: Sequence[RecognisedTurn],
    ids: Mapping[int, str],
) -> None:
    """Cut the unchanged words into the new turns.

    Only line feeds become spaces and spaces line feeds, so every quote stays on its words. What a person has said
    about a word (its time, that it is right, that its turn is invented) stays as well.
    """
    rows = transcripts.turns(session, source.id)
    kept = {row.start + int(word[0]): (word, row) for row in rows for word in row.word_times}
    cut: list[tuple[RecognisedTurn, bool, list[list[float]]]] = []
    place = 0
    for turn in turns:
        begins = True
        for word in turn.words:
            before, row = kept.get(place + word.start, (word.row(), None))
            suspected = row.suspected if row is not None else turn.suspected
            if begins or suspected != cut[-1][1]:
                cut.append((turn, suspected, []))
            cut[-1][2].append([place + word.start, place + word.end, *before[2:]])
            begins = False
        place += len(turn.text) + 1
    plain = source.text.replace("\n", " ")
    source.text, spans = compose(plain[int(w[0][0]) : int(w[-1][1])] for _turn, _s, w in cut)
    for ordinal, ((turn, suspected, words), span) in enumerate(zip(cut, spans, strict=True)):
        row = (
            rows[ordinal]
            if ordinal < len(rows)
            else tables.Turn(source_id=source.id, ordinal=ordinal, start=0, end=0)
        )
        same = (row.start, row.end) == (span.start, span.end)
        row.start, row.end, row.suspected = span.start, span.end, suspected
        if not same or row.start_ms is None:
            row.start_ms, row.end_ms = int(words[0][2]), int(max(word[3] for word in words))
        row.word_times = [[w[0] - span.start, w[1] - span.start, *w[2:]] for w in words]
        row.speaker_id = ids[turn.speaker] if turn.speaker is not None else None
        session.add(row)
    for row in rows[len(cut) :]:
        session.delete(row)
    session.add(source)
    for quote in stored.quotes_of(session, source.id):
        quote.text = source.text[quote.start : quote.end]
        session.add(quote)


def _reassign(
    session: Session,
    source: tables.Source,
    turns: Sequence[RecognisedTurn],
    ids: Mapping[int, str],
) -> None:
    """Give each turn as it stands to the voice that is heard in it most; one without times stays as it is."""
    for row in transcripts.turns(session, source.id):
        if row.start_ms is None or row.end_ms is None:
            continue
        shares: dict[int, int] = {}
        for turn in turns:
            if turn.speaker is None or turn.end_ms <= row.start_ms or turn.start_ms >= row.end_ms:
                continue
            for word in turn.words:
                shared = min(word.end_ms, row.end_ms) - max(word.start_ms, row.start_ms)
                if shared > 0:
                    shares[turn.speaker] = shares.get(turn.speaker, 0) + shared
        if shares:
            row.speaker_id = ids[max(shares, key=lambda number: shares[number])]
            session.add(row)


def _forget_unheard(session: Session, source: tables.Source) -> None:
    """Remove voices that say nothing any more and that nobody has named."""
    speaking = {turn.speaker_id for turn in transcripts.turns(session, source.id)}
    for row in stored.speakers_of(session, source.id):
        if row.id not in speaking and is_unnamed(row.label):
            session.delete(row)


def _beginning(text: str, turn: tables.Turn | None) -> str:
    """Return the first words of a turn."""
    if turn is None:
        return ""
    said = text[turn.start : turn.end].replace("\n", " ")
    if len(said) <= _FIRST_WORDS:
        return said
    return said[:_FIRST_WORDS].rsplit(" ", 1)[0] + " …"
