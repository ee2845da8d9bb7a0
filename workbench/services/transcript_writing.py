"""Writing what was recognised as a source's text, turns and speakers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from workbench.models import tables
from workbench.models.kinds import SpeakerRole
from workbench.text.counts import word_count
from workbench.text.turns import compose
from workbench.transcription.protocol import WindowDone
from workbench.transcription.turns import RecognisedTurn, turns_from_segments


def turns_of(windows: Sequence[WindowDone], speakers: int) -> list[RecognisedTurn]:
    """Build the turns of a recording from its windows; ``speakers`` is how many voices there are, 0 if unknown."""
    return turns_from_segments(
        (segment for window in windows for segment in window.segments),
        voices=[voice for window in windows for voice in window.voices],
        speakers=speakers,
    )


def write_transcript(
    session: Session, source: tables.Source, turns: Sequence[RecognisedTurn]
) -> None:
    """Replace a recording's text and turns by what was recognised; named voices keep their names."""
    for old in session.exec(select(tables.Turn).where(tables.Turn.source_id == source.id)):
        session.delete(old)
    session.flush()
    source.text, spans = compose(turn.text for turn in turns)
    source.words = word_count(source.text)
    voices = _voices(session, source, turns)
    filled = [(turn, span) for turn, span in zip(turns, spans, strict=True) if span]
    for ordinal, (turn, span) in enumerate(filled):
        session.add(
            tables.Turn(
                source_id=source.id,
                ordinal=ordinal,
                start=span.start,
                end=span.end,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                speaker_id=voices[turn.speaker] if turn.speaker is not None else None,
                word_times=[word.row() for word in turn.words],
                suspected=turn.suspected,
            )
        )
    session.add(source)
    session.flush()


def _voices(
    session: Session, source: tables.Source, turns: Sequence[RecognisedTurn]
) -> dict[int, str]:
    """Return the speaker row of each voice number, in the order the voices are first heard.

    The first voice of an interview is the interviewer's: who asks speaks first.
    """
    rows = list(
        session.exec(
            select(tables.Speaker)
            .where(tables.Speaker.source_id == source.id)
            .order_by(col(tables.Speaker.ordinal))
        )
    )
    heard = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None))
    for place in range(len(rows), len(heard)):
        role = SpeakerRole.INTERVIEWER if place == 0 else SpeakerRole.RESPONDENT
        row = tables.Speaker(source_id=source.id, ordinal=place, label=f"S{place + 1}", role=role)
        if role == SpeakerRole.RESPONDENT:
            row.person_id = source.person_id
        session.add(row)
        rows.append(row)
    session.flush()
    return {number: rows[place].id for place, number in enumerate(heard)}
