"""Reading parts of a transcript: some of its turns, and where its quotes are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from workbench.models.tables import Quote, Speaker, Turn
from workbench.text.spans import Span, SpanIndex


def turns(session: Session, source_id: str, *, first: int = 0, times: bool = True) -> list[Turn]:
    """Return the turns of a source from one on; the times of their words are read when they are needed."""
    statement = (
        select(Turn)
        .where(Turn.source_id == source_id, Turn.ordinal >= first)
        .order_by(col(Turn.ordinal))
    )
    if not times:
        statement = statement.options(defer(Turn.word_times))  # type: ignore[arg-type]
    return list(session.exec(statement).all())


def turn_at(session: Session, source_id: str, ordinal: int) -> Turn | None:
    """Return the turn with a number."""
    return session.exec(
        select(Turn).where(Turn.source_id == source_id, Turn.ordinal == ordinal)
    ).first()


def turns_within(session: Session, source_id: str, start: int, end: int) -> list[Turn]:
    """Return the turns that a span touches with at least its edge."""
    statement = (
        select(Turn)
        .where(Turn.source_id == source_id, Turn.start <= end, Turn.end >= start)
        .order_by(col(Turn.ordinal))
    )
    return list(session.exec(statement).all())


def turn_count(session: Session, source_id: str) -> int:
    """Count the turns of a source."""
    return session.exec(select(func.count()).where(col(Turn.source_id) == source_id)).one()


def quotes_in_turns(session: Session, source_id: str, rows: Sequence[Turn]) -> list[list[Span]]:
    """Return the parts of quotes that lie in each turn, in the turn's own offsets."""
    if not rows:
        return []
    found = session.exec(
        select(Quote.start, Quote.end).where(
            Quote.source_id == source_id, Quote.start < rows[-1].end, Quote.end > rows[0].start
        )
    ).all()
    spans = [Span(start, end) for start, end in found]
    index = SpanIndex(spans)
    parts = []
    for row in rows:
        window = Span(row.start, row.end)
        inside = (spans[n].intersection(window) for n in index.overlapping(row.start, row.end))
        parts.append([span.shifted(-row.start) for span in inside if span is not None])
    return parts


def speakers_by_label(session: Session, source_id: str) -> dict[str, Speaker]:
    """Return the voices of a source by what they are called."""
    statement = select(Speaker).where(Speaker.source_id == source_id).order_by(col(Speaker.ordinal))
    return {row.label: row for row in session.exec(statement)}
