"""Reading how far coding is: what is coded, when, by whom."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from workbench.coding.pace import Made
from workbench.models.tables import Coder, Coding, Person, Quote, Source
from workbench.store.query import columns
from workbench.text.spans import Span

_RECENT = 2_000
"""Codings that tell a pace: what somebody did years ago says little of today."""


def texts(
    session: Session, project_id: str
) -> list[tuple[str, int, str, str, str | None, int, int]]:
    """Return identifier, number, title, kind, person, words and length of each source with a text."""
    statement = (
        columns(
            Source.id,
            Source.ordinal,
            Source.title,
            Source.kind,
            Person.pseudonym,
            Source.words,
            func.length(Source.text),
        )
        .join(Person, col(Person.id) == col(Source.person_id), isouter=True)
        .where(Source.project_id == project_id, Source.words > 0)
        .order_by(Source.ordinal, Source.id)
    )
    return [tuple(row) for row in session.exec(statement)]


def recent_codings(session: Session, coder: str) -> list[Made]:
    """Return what a coder coded last."""
    statement = (
        columns(Coding.created_at, Quote.source_id, Quote.start, Quote.end)
        .join(Quote, col(Quote.id) == col(Coding.quote_id))
        .join(Coder, col(Coder.id) == col(Coding.coder_id))
        .where(Coder.name == coder)
        .order_by(col(Coding.id).desc())
        .limit(_RECENT)
    )
    return [
        Made(at, source, Span(start, end)) for at, source, start, end in session.exec(statement)
    ]


def codings_since(session: Session, coder: str, since: datetime) -> list[tuple[str, datetime]]:
    """Return the quote and the moment of each coding by one coder since a moment."""
    coders = select(Coder.id).where(Coder.name == coder)
    # identifiers begin with the time they were made at: an index finds the new ones among many
    first = f"{int(since.timestamp() * 1000):012x}"
    statement = select(Coding.quote_id, Coding.created_at, Coding.coder_id).where(
        col(Coding.id) >= first
    )
    mine = set(session.exec(coders).all())
    return [(quote, at) for quote, at, coder_id in session.exec(statement) if coder_id in mine]
