"""Reading codings and quotes: of one source for the screen, of the whole project for lists and reports."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from workbench.coding.memos import told_memos
from workbench.models.tables import (
    Code,
    Coder,
    Coding,
    Person,
    Quote,
    Source,
    Speaker,
    Turn,
)
from workbench.models.views import CodingView, QuoteView
from workbench.store.memos import memo_views
from workbench.store.query import columns
from workbench.store.sources import attributes_of_people

_CODING_COLUMNS = (
    Coding.id,
    Coding.quote_id,
    Quote.source_id,
    Coding.code_id,
    Code.name,
    Code.kind,
    Code.colour,
    Coder.name,
    Quote.start,
    Quote.end,
    Quote.text,
    Quote.start_ms,
    Coding.stance,
    Coding.emotion,
    Quote.favourite,
)

_CODINGS = (
    columns(*_CODING_COLUMNS)
    .join(Quote, Quote.id == Coding.quote_id)
    .join(Code, Code.id == Coding.code_id)
    .join(Coder, Coder.id == Coding.coder_id)
    .order_by(Quote.start, col(Quote.end).desc(), Coding.id)
)
_ONE_CODING = _CODINGS.where(Coding.id == bindparam("coding"))


def coding_views(
    session: Session,
    *,
    source_id: str | None = None,
    coding_id: str | None = None,
    among: Mapping[str, Collection[str]] | None = None,
) -> list[CodingView]:
    """Return codings in the order of the text: of one source, a single one, or those among some rows.

    Args:
        session: where to read.
        source_id: only those of this source.
        coding_id: only this one.
        among: only those whose identifier is under ``coding`` or whose quote's is under ``quote``.
    """
    if source_id is not None and among is None:
        return _codings_of_source(session, source_id)
    statement = _CODINGS
    if source_id is not None:
        statement = statement.where(Quote.source_id == source_id)
    if coding_id is not None:
        found = session.connection().execute(_ONE_CODING, {"coding": coding_id})
        return [CodingView(*row) for row in found]
    if among is not None:
        these = col(Coding.id).in_(among.get("coding", ()))
        statement = statement.where(these | col(Coding.quote_id).in_(among.get("quote", ())))
    return [CodingView(*row) for row in session.exec(statement)]


def _codings_of_source(session: Session, source_id: str) -> list[CodingView]:
    """Return all codings of a source: there may be thousands, so what codes and coders are called is looked up here.

    Rows of the connection cost half of what a session's do.
    """
    codes = {
        row[0]: row[1:] for row in session.exec(columns(Code.id, Code.name, Code.kind, Code.colour))
    }
    coders: dict[str, str] = dict(session.exec(select(Coder.id, Coder.name)).all())
    statement = (
        columns(
            Coding.id,
            Coding.quote_id,
            Coding.code_id,
            Coding.coder_id,
            Quote.start,
            Quote.end,
            Quote.text,
            Quote.start_ms,
            Coding.stance,
            Coding.emotion,
            Quote.favourite,
        )
        .join(Coding, Coding.quote_id == Quote.id)
        .where(Quote.source_id == source_id)
    )
    views = [
        CodingView._make((id_, quote, source_id, code, *codes[code], coders[coder], *rest))
        for id_, quote, code, coder, *rest in session.connection().execute(statement).all()
    ]
    views.sort(key=lambda view: (view.start, -view.end, view.id))
    return views


def recent_code_ids(session: Session, coder: str, *, limit: int = 9) -> list[str]:
    """Return the codes a coder used last, newest first."""
    who = select(Coder.id).where(Coder.name == coder).scalar_subquery()
    # asked for each code, the index answers at once; grouping would go through all of the coder's codings
    newest = (
        select(func.max(Coding.id))
        .where(Coding.coder_id == who, Coding.code_id == Code.id)
        .correlate(Code)
        .scalar_subquery()
        .label("newest")
    )
    found = session.exec(columns(Code.id, newest)).all()
    used = sorted((last, code) for code, last in found if last is not None)
    return [code for _last, code in reversed(used)][:limit]


def quote_views(
    session: Session,
    project_id: str,
    *,
    source_id: str | None = None,
    code_ids: Sequence[str] | None = None,
    coder: str | None = None,
    reader: str = "",
) -> list[QuoteView]:
    """Return quotes with their codes in the order of sources and text.

    Args:
        session: where to read.
        project_id: whose quotes.
        source_id: only those of this source.
        code_ids: only those that bear one of these codes.
        coder: only those that this coder put a code on, one of these where codes are given; of them only what this
            coder said.
        reader: whose memos bear no name.
    """
    statement = (
        columns(
            Quote.id,
            Quote.source_id,
            Quote.text,
            Quote.start,
            Quote.end,
            Quote.start_ms,
            Quote.favourite,
            Source.title,
            Source.kind,
            Source.ordinal,
            Source.person_id,
            Person.pseudonym,
        )
        .join(Source, col(Source.id) == col(Quote.source_id))
        .join(Person, col(Person.id) == col(Source.person_id), isouter=True)
        .where(Source.project_id == project_id)
        .order_by(col(Source.ordinal), col(Quote.start), col(Quote.end))
    )
    if source_id is not None:
        statement = statement.where(Quote.source_id == source_id)
    if code_ids is not None or coder is not None:
        chosen = select(Coding.quote_id)
        if code_ids is not None:
            chosen = chosen.where(col(Coding.code_id).in_(list(code_ids)))
        if coder is not None:
            whose = select(Coder.id).where(Coder.project_id == project_id, Coder.name == coder)
            chosen = chosen.where(col(Coding.coder_id).in_(whose))
        statement = statement.where(col(Quote.id).in_(chosen))
    rows = session.exec(statement).all()
    details = _QuoteDetails(session, project_id, coder, reader)
    return [details.view(row) for row in rows]


class _QuoteDetails:
    """What quotes of a project need besides their own row, read once for all of them."""

    def __init__(self, session: Session, project_id: str, coder: str | None, reader: str) -> None:
        self.attributes = attributes_of_people(session, project_id)
        self.codings: dict[str, list[Any]] = defaultdict(list)
        statement = (
            columns(Coding.quote_id, Code.name, Code.id, Coding.stance, Coding.emotion)
            .join(Code, col(Code.id) == col(Coding.code_id))
            .where(Code.project_id == project_id)
            .order_by(col(Coding.id))
        )
        if coder is not None:
            whose = select(Coder.id).where(Coder.project_id == project_id, Coder.name == coder)
            statement = statement.where(col(Coding.coder_id).in_(whose))
        for row in session.exec(statement):
            self.codings[row[0]].append(row)
        self.memos = memo_views(session, "quote", coder=coder)
        self._reader = reader
        self.speakers = _speakers_by_source(session, project_id)

    def view(self, row: Any) -> QuoteView:
        """Assemble one quote."""
        codings = self.codings[row.id]
        emotions = [emotion for *_rest, emotion in codings if emotion is not None]
        return QuoteView(
            id=row.id,
            source_id=row.source_id,
            source=row.title,
            source_kind=row.kind,
            source_ordinal=row.ordinal,
            text=row.text,
            start=row.start,
            end=row.end,
            start_ms=row.start_ms,
            speaker=self._speaker(row.source_id, row.start),
            person=row.pseudonym,
            attributes=self.attributes.get(row.person_id, {}),
            codes=tuple(dict.fromkeys(name for _quote, name, *_rest in codings)),
            code_ids=tuple(dict.fromkeys(code_id for _quote, _name, code_id, *_rest in codings)),
            stance=codings[0][3] if codings else "supports",
            emotion=min(emotions, key=lambda value: -abs(value)) if emotions else None,
            favourite=row.favourite,
            memo=told_memos(self.memos.get(row.id, ()), reader=self._reader),
        )

    def _speaker(self, source_id: str, start: int) -> str:
        turns = self.speakers.get(source_id, [])
        place = bisect_right(turns, start, key=itemgetter(0)) - 1
        return turns[place][2] if place >= 0 and start < turns[place][1] else ""


def _speakers_by_source(session: Session, project_id: str) -> dict[str, list[tuple[int, int, str]]]:
    statement = (
        select(Turn.source_id, Turn.start, Turn.end, Speaker.label)
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id))
        .join(Source, col(Source.id) == col(Turn.source_id))
        .where(Source.project_id == project_id)
        .order_by(col(Turn.source_id), col(Turn.start))
    )
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for source_id, start, end, label in session.exec(statement):
        found[source_id].append((start, end, label))
    return found
