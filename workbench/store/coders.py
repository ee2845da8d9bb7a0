"""Reading what coders did: who they are, and their codings as spans to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from workbench.models.agreement_views import CoderView, Passage
from workbench.models.tables import Code, Coder, Coding, Quote, Source
from workbench.store.query import columns
from workbench.text.spans import Span

_NAMED_AT_MOST = 400
"""Identifiers named in one request; SQLite takes 32,766, and it looks through them one by one."""


class CodingRow(NamedTuple):
    """A coding as it is compared."""

    id: str
    coder_id: str
    code_id: str
    quote_id: str
    source_id: str
    start: int
    end: int
    stance: str
    emotion: int | None
    settled: bool
    start_ms: int | None
    text: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def coder_views(session: Session, project_id: str) -> list[CoderView]:
    """Return the coders, the one with most codings first."""
    statement = (
        columns(
            Coder.id,
            Coder.name,
            func.count(col(Coding.id)),
            func.count(col(Coding.code_id).distinct()),
            func.count(col(Quote.source_id).distinct()),
        )
        .join(Coding, col(Coding.coder_id) == col(Coder.id), isouter=True)
        .join(Quote, col(Quote.id) == col(Coding.quote_id), isouter=True)
        .where(Coder.project_id == project_id)
        .group_by(Coder.id)
        .order_by(func.count(col(Coding.id)).desc(), col(Coder.name))
    )
    return [CoderView(*row) for row in session.exec(statement)]


def find_coder(session: Session, project_id: str, name: str) -> Coder | None:
    """Find a coder by identifier or name."""
    return (
        session.get(Coder, name)
        or session.exec(
            select(Coder).where(Coder.project_id == project_id, Coder.name == name)
        ).first()
    )


def codings_of(
    session: Session,
    project_id: str,
    coder_ids: Iterable[str],
    *,
    source_id: str | None = None,
    code_id: str | None = None,
) -> list[CodingRow]:
    """Return codings of some coders in the order of the text: all, of a source, of a code."""
    statement = (
        columns(
            Coding.id,
            Coding.coder_id,
            Coding.code_id,
            Coding.quote_id,
            Quote.source_id,
            Quote.start,
            Quote.end,
            Coding.stance,
            Coding.emotion,
            Coding.settled,
            Quote.start_ms,
            Quote.text,
        )
        .join(Quote, col(Quote.id) == col(Coding.quote_id))
        .join(Code, col(Code.id) == col(Coding.code_id))
        .where(Code.project_id == project_id, col(Coding.coder_id).in_(list(coder_ids)))
        .order_by(Quote.start, col(Quote.end).desc(), Coding.id)
    )
    if source_id is not None:
        statement = statement.where(Quote.source_id == source_id)
    if code_id is not None:
        statement = statement.where(Coding.code_id == code_id)
    return [CodingRow(*row) for row in session.exec(statement)]


def lengths(session: Session, project_id: str) -> list[tuple[str, str, int]]:
    """Return identifier, title and number of characters of each source that has a text."""
    statement = (
        columns(Source.id, Source.title, func.length(Source.text))
        .where(Source.project_id == project_id, Source.text != "")
        .order_by(col(Source.ordinal))
    )
    return [(row[0], row[1], row[2]) for row in session.exec(statement)]


def texts(session: Session, source_ids: Iterable[str]) -> dict[str, str]:
    """Return the texts of some sources."""
    wanted = list(source_ids)
    found: dict[str, str] = {}
    for place in range(0, len(wanted), _NAMED_AT_MOST):
        chosen = col(Source.id).in_(wanted[place : place + _NAMED_AT_MOST])
        found |= dict(session.exec(select(Source.id, Source.text).where(chosen)).all())
    return found


def passage(session: Session, source_id: str, start: int, end: int) -> Passage:
    """Return a stretch of a source's text; what lies outside the text is not there."""
    start = max(start, 0)
    chosen: Any = func.substr(Source.text, start + 1, max(end - start, 0))
    text = session.exec(columns(chosen).where(Source.id == source_id)).scalar_one_or_none()
    return Passage(text or "", start)


def coder_names(session: Session, project_id: str) -> list[str]:
    """Return the coders' names."""
    chosen = select(Coder.name).where(Coder.project_id == project_id).order_by(col(Coder.name))
    return list(session.exec(chosen).all())
