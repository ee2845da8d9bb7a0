"""Writing what was recognised as a source's text, turns and speakers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from workbench.models import tables
from workbench.services.voices import settle_voices
from workbench.text.counts import word_count
from workbench.text.turns import compose
from workbench.transcription.protocol import WindowDone, segment_from_dict
from workbench.transcription.turns import RecognisedTurn, speaker_prints, turns_from_segments


def window_of(row: tables.TranscriptionWindow) -> WindowDone:
    """Return a stored window as it was recognised."""
    voices: Any = row.voices
    return WindowDone(
        row.ordinal,
        row.start_ms,
        row.end_ms,
        tuple(segment_from_dict(segment) for segment in row.segments),
        tuple(row.redone),
        tuple((start, end, voice) for start, end, voice in voices),
        tuple((start, end) for start, end in row.speech),
    )


def turns_of(windows: Sequence[WindowDone], speakers: int) -> list[RecognisedTurn]:
    """Build the turns of a recording from its windows; ``speakers`` is how many voices there are, 0 if unknown."""
    segments = [segment for window in windows for segment in window.segments]
    return turns_from_segments(segments, voices=voices_of(windows), speakers=speakers)


def voices_of(windows: Sequence[WindowDone]) -> list[tuple[int, int, str]]:
    """Return what was measured of the voices of a recording."""
    return [voice for window in windows for voice in window.voices]


def write_transcript(
    session: Session, source: tables.Source, windows: Sequence[WindowDone], speakers: int
) -> None:
    """Replace a recording's text and turns by what was recognised; named voices keep their names.

    Args:
        session: of the action under way.
        source: the recording.
        windows: all that was recognised of it.
        speakers: how many voices there are; 0 when nobody knows.
    """
    turns = turns_of(windows, speakers)
    for old in session.exec(select(tables.Turn).where(tables.Turn.source_id == source.id)):
        session.delete(old)
    session.flush()
    source.text, spans = compose(turn.text for turn in turns)
    source.words = word_count(source.text)
    prints = speaker_prints(turns, voices_of(windows))
    voices = settle_voices(session, source, turns, prints)
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
