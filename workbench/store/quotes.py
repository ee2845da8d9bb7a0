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
from itertools import accumulate, groupby
from typing import Any, Final

from sqlalchemy import null
from sqlmodel import Session, col, func, select

from workbench.coding.memos import told_memos
from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import CodedQuote, QuoteGroup, QuoteHeading, QuoteOrder
from workbench.models.tables import Coder, Coding, Person, Quote, Source
from workbench.store import lookup
from workbench.store.filtering import look_up, one_of
from workbench.store.memos import memo_views
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

_NO_CODE: Final = ("", "", 0)
"""Path, kind and colour of what has no code."""

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
_NO_CODING = (Quote.id, null(), Quote.source_id, *(null() for _ in range(4)), *_COLUMNS[7:])
"""The same columns of a quote without a code."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """Lines that follow each other: those whose column has one of these values."""

    values: tuple[Any, ...]
    count: int
    label: str = ""
    kind: str = ""
    colour: int = 0
    bare: bool = False
    """Whether these are the favourites that no code is left on."""


@dataclass(frozen=True, slots=True)
class _SourceFacts:
    number: int
    title: str
    kind: str
    collected_on: date | None
    person_id: str | None
    person: str | None


class QuotePages:
    """Quotes in an order, as many as there were when they were counted.

    A line is a coding, or a favourite that no code is left on; such favourites stand among the codings of their source,
    or at the end where there is no place for them.
    """

    def __init__(
        self,
        session: Session,
        project_id: str,
        wanted: QuoteFilter,
        *,
        order: QuoteOrder = QuoteOrder.SOURCE,
        group: QuoteGroup = QuoteGroup.NONE,
        coder: str | None = None,
        reader: str = "",
    ) -> None:
        """Count.

        Args:
            session: what reads.
            project_id: the project.
            wanted: which quotes.
            order: what comes first.
            group: what quotes are put together by.
            coder: only codings and memos by this coder, who may have none yet.
            reader: whose memos bear no name.

        Raises:
            InputError: ``not-found`` for a name in the filter that does not exist, ``code-ambiguous``.
        """
        self._frame = _Frame(session, project_id, coder, reader)
        if coder is not None:
            wanted = wanted.model_copy(update={"only_coder": coder})
        self._meant = look_up(session, project_id, wanted)
        self._cut_by = order.value if group == QuoteGroup.NONE else group.value
        self._order = tuple(dict.fromkeys((self._cut_by, *_ORDERS[order])))
        self._strips = [strip for strip in self._cut(session) if strip.count]
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
        touched = list(zip(self._strips, self._ends, strict=True))[first:last]
        found: list[Any] = []
        for bare, same in groupby(touched, lambda item: item[0].bare):
            strips = list(same)
            begun = strips[0][1] - strips[0][0].count
            values = [value for strip, _end in strips for value in strip.values]
            page = self._ordered(self._page(session, values, bare=bare), bare=bare)
            page = page.offset(max(0, offset - begun)).limit(limit - len(found))
            found += session.connection().execute(page).all()  # rows as they are: half the work
        return self._frame.lines(session, found)

    def ids(self, session: Session) -> list[tuple[str, str | None]]:
        """Return the quote and the coding of every line, in no order."""
        mine = one_of(Coding.coder_id, list(self._frame.coders), indexed=False)
        coded = session.exec(self._coded(session, Coding.quote_id, Coding.id).where(mine)).all()
        bare = session.exec(self._bare(session, Quote.id)).all() if self._has_bare else ()
        return [(quote, coding) for quote, coding in coded] + [(quote, None) for (quote,) in bare]

    # -- cutting -------------------------------------------------------------------------------

    @property
    def _has_bare(self) -> bool:
        """Whether favourites without a code can be meant."""
        return not self._meant.asks_for_codings

    @property
    def _mixed(self) -> bool:
        """Whether favourites without a code stand among the codings of their source."""
        return self._cut_by in ("source", "person")

    def _cut(self, session: Session) -> list[_Strip]:
        """Return the strips in their order."""
        frame, by = self._frame, self._cut_by
        column = {"code": Coding.code_id, "emotion": Coding.emotion, "newest": None}.get(
            by, func.coalesce(Quote.source_id, "")
        )
        counts = self._counted(session, self._coded, column)
        bare = self._counted(session, self._bare, column if self._mixed else None)
        if self._mixed:
            for source_id, count in bare.items():
                counts[source_id] = counts.get(source_id, 0) + count
        if by == "source":
            return [
                _Strip((id_,), counts.get(id_, 0), facts.title, facts.kind)
                for id_, facts in frame.sources.items()
            ]
        if by == "person":
            return [
                _Strip(tuple(ids), sum(counts.get(id_, 0) for id_ in ids), person)
                for person, ids in frame.people.items()
            ]
        if by == "code":
            strips = [
                _Strip((id_,), counts.get(id_, 0), *code) for id_, code in frame.codes.items()
            ]
        else:
            values = sorted(counts, key=lambda value: (value is None, value))
            strips = [_Strip((value,), counts[value]) for value in values]
        return [*strips, _Strip((), bare.get(None, 0), bare=True)]

    def _counted(self, session: Session, lines: Any, column: Any) -> dict[Any, int]:
        """Count lines by the values of a column, or all together under None."""
        if lines == self._bare and not self._has_bare:
            return {}
        if column is None:
            return {None: session.exec(lines(session, func.count())).one()[0]}
        return dict(session.exec(lines(session, column, func.count()).group_by(column)).all())

    def _headings(self) -> Iterator[QuoteHeading]:
        for strip, end in zip(self._strips, self._ends, strict=True):
            yield QuoteHeading(
                strip.label, strip.kind, strip.colour, end - strip.count, strip.count
            )

    # -- asking --------------------------------------------------------------------------------

    def _coded(self, session: Session, *chosen: Any) -> Any:
        """Return a SELECT over the codings that are meant; the database begins with the codes."""
        meant = self._meant
        statement = columns(*chosen).select_from(Coding)
        if meant.asks_for_quotes or self._mixed:
            statement = statement.join(Quote, col(Quote.id) == col(Coding.quote_id))
        return statement.where(
            *self._scope(),
            *meant.of_coding(),
            *meant.of_quote(session, source_first=not meant.asks_for_codings),
        )

    def _bare(self, session: Session, *chosen: Any) -> Any:
        """Return a SELECT over the favourites without a code that are meant."""
        statement = columns(*chosen).select_from(Quote)
        coded = select(Coding.id).where(Coding.quote_id == Quote.id).exists()
        sources = () if self._meant.sources is not None else (self._of_project(),)
        return statement.where(
            *self._meant.of_quote(session), *sources, col(Quote.favourite).is_(True), ~coded
        )

    def _page(self, session: Session, values: Sequence[Any], *, bare: bool) -> Any:
        """Return a SELECT over the lines of strips that follow each other."""
        meant, by = self._meant, self._cut_by
        if bare:
            return self._bare(session, *_NO_CODING)
        if self._mixed:  # the database begins with the sources of these strips
            on = col(Coding.quote_id) == col(Quote.id)
            inner = meant.asks_for_codings
            statement = columns(*_COLUMNS).select_from(Quote).join(Coding, on, isouter=not inner)
            return statement.where(
                one_of(Quote.source_id, values),
                *meant.of_quote(session, source_first=False),
                *meant.of_coding(code_first=False),
                *(() if inner else (col(Coding.id).is_not(None) | col(Quote.favourite).is_(True),)),
            )
        statement = columns(*_COLUMNS).select_from(Coding)
        statement = statement.join(Quote, col(Quote.id) == col(Coding.quote_id)).where(
            *self._scope(),
            *meant.of_coding(code_first=False),
            *meant.of_quote(session, source_first=False),
        )
        if by == "code":
            statement = statement.where(one_of(Coding.code_id, values))
        elif by == "emotion":
            some = col(Coding.emotion).in_([value for value in values if value is not None])
            none = col(Coding.emotion).is_(None)
            statement = statement.where(some | none if None in values else some)
        return statement

    def _scope(self) -> tuple[Any, ...]:
        """Return that a coding is of this project; not asked where strips or the filter say so already."""
        meant = self._meant
        named = (meant.codes, meant.coders, meant.sources)
        if self._cut_by in ("source", "person", "code") or any(ids is not None for ids in named):
            return ()
        return (one_of(Coding.coder_id, list(self._frame.coders), indexed=False),)

    def _of_project(self) -> Any:
        """Return that a quote is of this project."""
        return one_of(Quote.source_id, list(self._frame.sources), indexed=False)

    def _ordered(self, statement: Any, *, bare: bool) -> Any:
        """Put lines in order; what has no coding cannot be ordered by it."""
        for key in self._order:
            if key == "source" and self._frame.is_natural:
                statement = statement.order_by(Quote.source_id)
            elif key in ("source", "person") or (key == "code" and not bare):
                place = _places(key, self._frame.places(key))
                owner = Coding.code_id if key == "code" else Quote.source_id
                statement = statement.join(place, place.c.id == owner, isouter=True)
                statement = statement.order_by(place.c.place.is_(None), place.c.place)
            elif key == "text":
                statement = statement.order_by(Quote.start, col(Quote.end).desc())
                statement = statement if bare else statement.order_by(Coding.id)
            elif key == "newest":
                statement = statement.order_by(col(Quote.id if bare else Coding.id).desc())
            elif key == "emotion" and not bare:
                felt = col(Coding.emotion)
                statement = statement.order_by(felt.is_(None), felt)
        return statement


class _Frame:
    """What lines need besides their own row, read once: sources, codes and coders are few."""

    def __init__(self, session: Session, project_id: str, coder: str | None, reader: str) -> None:
        self._coder, self._reader = coder, reader
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
        tree = lookup.codebook(session, project_id)
        self.codes = {
            node.id: (tree.path(node.id), node.kind, node.colour) for node, _depth in tree.walk()
        }
        coders = select(Coder.id, Coder.name).where(Coder.project_id == project_id)
        self.coders = dict(session.exec(coders).all())
        attributes = attributes_of_people(session, project_id)
        self._facts = {
            id_: (
                facts.title,
                facts.kind,
                facts.number,
                facts.collected_on,
                facts.person,
                attributes.get(facts.person_id or "", {}),
            )
            for id_, facts in self.sources.items()
        }

    @property
    def people(self) -> dict[str, list[str]]:
        """The sources of each person, by pseudonym; those of nobody come last."""
        found: dict[str, list[str]] = {}
        for source_id, facts in self.sources.items():
            found.setdefault(facts.person or "", []).append(source_id)
        return dict(sorted(found.items(), key=lambda item: (not item[0], fold(item[0]), item[0])))

    @property
    def is_natural(self) -> bool:
        """Whether sources stand in the order they were added in, which their identifiers tell."""
        return list(self.sources) == sorted(self.sources)

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
        noted = memo_views(session, "quote", ids={row[0] for row in rows}, coder=self._coder)
        memos = {id_: told_memos(some, reader=self._reader) for id_, some in noted.items()}
        return [self._line(row, memos.get(row[0], "")) for row in rows]

    def _line(self, row: Sequence[Any], memo: str) -> CodedQuote:
        quote_id, coding_id, source_id, code_id, coder_id, stance, emotion, *rest = row
        start, end, start_ms, text, favourite = rest
        path, kind, colour = self.codes.get(code_id, _NO_CODE)
        coder = self.coders.get(coder_id, "")
        return CodedQuote(
            quote_id,
            coding_id,
            source_id,
            *self._facts[source_id],
            code_id,
            path,
            kind,
            colour,
            coder,
            stance or "",
            emotion,
            start,
            end,
            start_ms,
            text,
            bool(favourite),
            memo,
        )


def _places(key: str, places: Mapping[str, int]) -> Any:
    """Return places by identifier as a table to order by."""
    listed = func.json_each(json.dumps(places)).table_valued("key", "value", name=f"{key}s")
    return columns(listed.c.key.label("id"), listed.c.value.label("place")).cte(f"{key}_place")
