"""What every coding asks the database: put into words once, as building a statement takes longer than its answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Table, bindparam, select
from sqlmodel import Session, func

from workbench.models.tables import metadata


def _table(name: str) -> Table:
    return metadata.tables[name]


_source, _turn, _quote, _coder = map(_table, ("source", "turn", "quote", "coder"))

_SOURCE_KEY = select(_source.c.id, _source.c.title).where(
    _source.c.id == bindparam("source"), _source.c.project_id == bindparam("project")
)
_CODER = select(_coder.c.id).where(
    _coder.c.project_id == bindparam("project"), _coder.c.name == bindparam("name")
)
_QUOTE = select(_quote.c.id).where(
    _quote.c.source_id == bindparam("source"),
    _quote.c.start == bindparam("start"),
    _quote.c.end == bindparam("end"),
)
# turns follow each other, so none that begins before the last one to begin before the span reaches into it
_BEFORE = (
    select(func.max(_turn.c.start))
    .where(_turn.c.source_id == bindparam("source"), _turn.c.start <= bindparam("start"))
    .scalar_subquery()
)
_TURNS = (
    select(
        _turn.c.ordinal,
        _turn.c.start,
        _turn.c.end,
        _turn.c.start_ms,
        _turn.c.end_ms,
        _turn.c.word_times,
    )
    .where(
        _turn.c.source_id == bindparam("source"),
        _turn.c.start < bindparam("end"),
        _turn.c.start >= func.coalesce(_BEFORE, 0),
        _turn.c.end > bindparam("start"),
    )
    .order_by(_turn.c.start)
)


def source_key(session: Session, project_id: str, source_id: str) -> tuple[str, str] | None:
    """Return the identifier and the title of a source, by identifier."""
    found = session.connection().execute(_SOURCE_KEY, {"source": source_id, "project": project_id})
    row = found.first()
    return None if row is None else (row[0], row[1])


def coder_key(session: Session, project_id: str, name: str) -> str | None:
    """Return the identifier of a coder."""
    values = {"project": project_id, "name": name}
    found: str | None = session.connection().execute(_CODER, values).scalar()
    return found


def quote_key(session: Session, source_id: str, start: int, end: int) -> str | None:
    """Return the identifier of the quote at a place."""
    values = {"source": source_id, "start": start, "end": end}
    found: str | None = session.connection().execute(_QUOTE, values).scalar()
    return found


def turns_around(session: Session, source_id: str, start: int, end: int) -> list[Row[Any]]:
    """Return the turns a span touches, to tell when it was said; however long the source is, no others are read."""
    values = {"source": source_id, "start": start, "end": end}
    return list(session.connection().execute(_TURNS, values))
