"""The list of quotes, read page by page: only what is looked at leaves the database.

The list is cut into strips (a source, a person, a code, a value of emotion) whose lengths one query counts. A page then
looks only into the strips it touches, which an index finds.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any, Final

from sqlmodel import Session, col, func, select

from workbench.coding.codebook import Codebook, Node
from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import CodedQuote, QuoteGroup, QuoteHeading, QuoteOrder
from workbench.models.tables import Coder, Coding, Memo, Person, Quote, Source
from workbench.store import lookup
from workbench.store.filtering import coding_conditions, quote_conditions
from workbench.store.query import columns
from workbench.store.sources import attributes_of_people
from workbench.text.fold import fold

_ORDERS: Final[Mapping[QuoteOrder, tuple[str, ...]]] = {
    QuoteOrder.SOURCE: ("source", "text"),
    QuoteOrder.PERSON: ("person", "source", "text"),
    QuoteOrder.CODE: ("code", "source", "text"),
    QuoteOrder.EMOTION: ("emotion", "source", "text"),
    QuoteOrder.NEWEST: ("newest",),
}
"""What lines are compared by, one after the other."""

_COLUMNS = (
    Quote.id,
    Coding.id,
    Quote.source_id,
    Coding.code_id,
    Coding.coder_id,
    Coding.stance,
    Coding.emotion,
    Quote.start,
    Quote.end,
    Quote.start_ms,
    Quote.text,
    Quote.favourite,
)


@dataclass(frozen=True, slots=True)
class _Strip:
    """Lines that follow each other: those whose column has one of these values."""

    values: tuple[Any, ...]
    count: int
    label: str = ""
    kind: str = ""
    colour: int = 0


@dataclass(frozen=True, slots=True)
class _SourceFacts:
    number: int
    title: str
    kind: str
    collected_on: date | None
    person_id: str | None
    person: str | None


class QuotePages:
    """Quotes in an order, as many as there were when they were counted."""

    def __init__(
        self,
        session: Session,
        project_id: str,
        wanted: QuoteFilter,
        *,
        order: QuoteOrder = QuoteOrder.SOURCE,
        group: QuoteGroup = QuoteGroup.NONE,
        coder: str | None = None,
    ) -> None:
        """Count.

        Args:
            session: what reads.
            project_id: the project.
            wanted: which quotes.
            order: what comes first.
            group: what quotes are put together by.
            coder: only codings by this coder, who may have none yet.

        Raises:
            InputError: ``not-found`` for a name in the filter that does not exist, ``code-ambiguous``.
        """
        codings = coding_conditions(session, project_id, wanted)
        if coder is not None:
            known = select(Coder.id).where(Coder.project_id == project_id, Coder.name == coder)
            codings.append(col(Coding.coder_id).in_(known))
        self._where = [*quote_conditions(session, project_id, wanted), *codings]
        self._only_coded = bool(codings)
        self._frame = _Frame(session, project_id)
        cut = order.value if group == QuoteGroup.NONE else group.value
        self._order = tuple(dict.fromkeys((cut, *_ORDERS[order])))
        self._column, strips = self._cut(session, cut)
        self._strips = [strip for strip in strips if strip.count]
        self._ends = list(accumulate(strip.count for strip in self._strips))
        self.headings = () if group == QuoteGroup.NONE else tuple(self._headings())

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._ends[-1] if self._ends else 0

    def rows(self, session: Session, offset: int, limit: int) -> list[CodedQuote]:
        """Return a page of lines."""
        first = bisect_right(self._ends, offset)
        last = bisect_left(self._ends, offset + limit) + 1
        strips = self._strips[first:last]
        if not strips:
            return []
        statement = self._ordered(self._from(*_COLUMNS))
        if self._column is not None:
            values = [value for strip in strips for value in strip.values]
            statement = statement.where(_one_of(self._column, values))
        begun = self._ends[first] - strips[0].count
        found = session.exec(statement.offset(offset - begun).limit(limit)).all()
        return self._frame.lines(session, found)

    def ids(self, session: Session) -> list[tuple[str, str | None]]:
        """Return the quote and the coding of every line, in no order."""
        return [(quote, coding) for quote, coding in session.exec(self._from(Quote.id, Coding.id))]

    # -- cutting -------------------------------------------------------------------------------

    def _cut(self, session: Session, by: str) -> tuple[Any, list[_Strip]]:
        """Return the strips in their order, and the column that tells them apart."""
        if by == "newest":
            return None, [_Strip((), session.exec(self._from(func.count())).one()[0])]
        column = {"code": Coding.code_id, "emotion": Coding.emotion}.get(by, Quote.source_id)
        statement = self._from(column, func.count()).group_by(column)
        counts: dict[Any, int] = dict(session.exec(statement).all())
        frame = self._frame
        if by == "source":
            strips = [
                _Strip((id_,), counts.get(id_, 0), facts.title, facts.kind)
                for id_, facts in frame.sources.items()
            ]
        elif by == "person":
            strips = [
                _Strip(tuple(ids), sum(counts.get(id_, 0) for id_ in ids), person)
                for person, ids in frame.people.items()
            ]
        elif by == "code":
            strips = [
                _Strip((id_,), counts.get(id_, 0), *code) for id_, code in frame.codes.items()
            ]
            strips.append(_Strip((None,), counts.get(None, 0)))
        else:
            values = sorted(counts, key=lambda emotion: (emotion is None, emotion))
            strips = [_Strip((value,), counts[value]) for value in values]
        return column, strips

    def _headings(self) -> Iterator[QuoteHeading]:
        for strip, end in zip(self._strips, self._ends, strict=True):
            yield QuoteHeading(
                strip.label, strip.kind, strip.colour, end - strip.count, strip.count
            )

    # -- asking --------------------------------------------------------------------------------

    def _from(self, *chosen: Any) -> Any:
        """Return a SELECT over the lines that are meant."""
        on = col(Coding.quote_id) == col(Quote.id)
        lines = columns(*chosen).select_from(Quote).join(Coding, on, isouter=not self._only_coded)
        return lines.where(*self._where)

    def _ordered(self, statement: Any) -> Any:
        """Put lines in order."""
        for key in self._order:
            if key == "newest":
                statement = statement.order_by(func.coalesce(Coding.id, Quote.id).desc())
            elif key == "text":
                statement = statement.order_by(Quote.start, col(Quote.end).desc(), Coding.id)
            elif key == "emotion":
                felt = col(Coding.emotion)
                statement = statement.order_by(felt.is_(None), felt)
            else:
                place = _places(key, self._frame.places(key))
                owner = Coding.code_id if key == "code" else Quote.source_id
                statement = statement.join(place, place.c.id == owner, isouter=True)
                statement = statement.order_by(place.c.place.is_(None), place.c.place)
        return statement


class _Frame:
    """What lines need besides their own row, read once: sources, codes and coders are few."""

    def __init__(self, session: Session, project_id: str) -> None:
        statement = (
            columns(
                Source.id,
                Source.ordinal,
                Source.title,
                Source.kind,
                Source.collected_on,
                Source.person_id,
                Person.pseudonym,
            )
            .join(Person, col(Person.id) == col(Source.person_id), isouter=True)
            .where(Source.project_id == project_id)
            .order_by(Source.ordinal, Source.id)
        )
        self.sources = {row[0]: _SourceFacts(*row[1:]) for row in session.exec(statement)}
        rows = {row.id: row for row in lookup.codes(session, project_id)}
        tree = Codebook(Node(r.id, r.parent_id, r.name, r.kind, r.ordinal) for r in rows.values())
        self.codes = {
            node.id: (tree.path(node.id), rows[node.id].kind, rows[node.id].colour)
            for node, _depth in tree.walk()
        }
        coders = select(Coder.id, Coder.name).where(Coder.project_id == project_id)
        self._coders = dict(session.exec(coders).all())
        self._attributes = attributes_of_people(session, project_id)

    @property
    def people(self) -> dict[str, list[str]]:
        """The sources of each person, by pseudonym; those of nobody come last."""
        found: dict[str, list[str]] = {}
        for source_id, facts in self.sources.items():
            found.setdefault(facts.person or "", []).append(source_id)
        return dict(sorted(found.items(), key=lambda item: (not item[0], fold(item[0]), item[0])))

    def places(self, key: str) -> dict[str, int]:
        """Return which place sources (by themselves or by their person) or codes have."""
        if key == "person":
            people = enumerate(self.people.values())
            return {source_id: place for place, ids in people for source_id in ids}
        return {
            id_: place for place, id_ in enumerate(self.codes if key == "code" else self.sources)
        }

    def lines(self, session: Session, rows: Sequence[Any]) -> list[CodedQuote]:
        """Assemble lines."""
        statement = select(Memo.subject_id, Memo.text).where(
            col(Memo.subject_id).in_({row[0] for row in rows}), Memo.subject == "quote"
        )
        memos = dict(session.exec(statement).all())
        return [self._line(row, memos.get(row[0], "")) for row in rows]

    def _line(self, row: Sequence[Any], memo: str) -> CodedQuote:
        quote_id, coding_id, source_id, code_id, coder_id, stance, emotion, *rest = row
        start, end, start_ms, text, favourite = rest
        source = self.sources[source_id]
        path, kind, colour = self.codes.get(code_id, ("", "", 0))
        return CodedQuote(
            quote_id=quote_id,
            coding_id=coding_id,
            source_id=source_id,
            source=source.title,
            source_kind=source.kind,
            source_number=source.number,
            collected_on=source.collected_on,
            person=source.person,
            attributes=self._attributes.get(source.person_id or "", {}),
            code_id=code_id,
            code=path,
            kind=kind,
            colour=colour,
            coder=self._coders.get(coder_id, ""),
            stance=stance or "",
            emotion=emotion,
            start=start,
            end=end,
            start_ms=start_ms,
            text=text,
            favourite=favourite,
            memo=memo,
        )


def _one_of(column: Any, values: Sequence[Any]) -> Any:
    """Return that a column has one of some values, of which one may be nothing."""
    some = column.in_([value for value in values if value is not None])
    return some | column.is_(None) if None in values else some


def _places(key: str, places: Mapping[str, int]) -> Any:
    """Return places by identifier as a table to order by."""
    listed = func.json_each(json.dumps(places)).table_valued("key", "value", name=f"{key}s")
    return columns(listed.c.key.label("id"), listed.c.value.label("place")).cte(f"{key}_place")
