"""Which sources and quotes a filter means, as SQL; the names in it are looked up first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, SQLModel, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from workbench.coding.codebook import Codebook
from workbench.errors import InputError, Phrase
from workbench.i18n import N_
from workbench.models.filters import QuoteFilter, SourceFilter
from workbench.models.tables import Coder, Coding, Person, PersonAttribute, Quote, Source
from workbench.store import lookup
from workbench.store.query import columns
from workbench.text.fold import fold

Condition = ColumnElement[bool]
_Row = TypeVar("_Row", bound=SQLModel)
_HOLDS = "holds_words"


@dataclass(frozen=True, slots=True)
class Meant:
    """A filter of quotes with its names looked up; None means all."""

    sources: tuple[str, ...] | None
    codes: tuple[str, ...] | None
    coders: tuple[str, ...] | None
    stance: str | None
    favourites: bool
    words: str
    """Folded words with single spaces between."""

    @property
    def asks_for_codings(self) -> bool:
        """Whether a quote needs a coding to fit."""
        return not (self.codes is None and self.coders is None and self.stance is None)

    @property
    def asks_for_quotes(self) -> bool:
        """Whether something is asked of the quotes themselves."""
        return self.sources is not None or self.favourites or bool(self.words)

    def of_quote(self, session: Session, *, source_first: bool = True) -> list[Condition]:
        """Return what must be true of a quote itself, whatever codes are on it.

        Args:
            session: what will ask.
            source_first: whether the database may begin with the sources.
        """
        found: list[Condition] = []
        if self.sources is not None:
            found.append(one_of(Quote.source_id, self.sources, indexed=source_first))
        if self.favourites:
            found.append(col(Quote.favourite).is_(True))
        if self.words:
            _teach_holds(session)
            found.append(getattr(func, _HOLDS)(Quote.text, self.words) == 1)
        return found

    def of_coding(self, *, code_first: bool = True) -> list[Condition]:
        """Return what must be true of one coding of a quote.

        Args:
            code_first: whether the database may begin with the codes or the coders.
        """
        found: list[Condition] = []
        if self.codes is not None:
            found.append(one_of(Coding.code_id, self.codes, indexed=code_first))
        if self.coders is not None:
            alone = self.codes is None
            found.append(one_of(Coding.coder_id, self.coders, indexed=code_first and alone))
        if self.stance is not None:
            found.append(col(Coding.stance) == self.stance)
        return found


def filtered_sources(session: Session, project_id: str, wanted: SourceFilter) -> list[str]:
    """Return the identifiers of the sources that are meant, in their order.

    Raises:
        InputError: ``not-found`` for a name that does not exist.
    """
    statement = select(Source.id).where(*_source_conditions(session, project_id, wanted))
    return list(session.exec(statement.order_by(col(Source.ordinal), col(Source.id))).all())


def filtered_quotes(session: Session, project_id: str, wanted: QuoteFilter) -> SelectOfScalar[str]:
    """Return the SELECT of the identifiers of the quotes that are meant, in no order.

    Raises:
        InputError: ``not-found`` for a name that does not exist, ``code-ambiguous``.
    """
    meant = look_up(session, project_id, wanted)
    statement = select(Quote.id).where(*meant.of_quote(session))
    if meant.sources is None:
        mine = select(Source.id).where(Source.project_id == project_id)
        statement = statement.where(col(Quote.source_id).in_(mine))
    if meant.asks_for_codings:
        coded = select(Coding.quote_id).where(*meant.of_coding())
        statement = statement.where(col(Quote.id).in_(coded.distinct()))
    return statement


def look_up(session: Session, project_id: str, wanted: QuoteFilter) -> Meant:
    """Look the names of a filter up.

    Raises:
        InputError: ``not-found`` for a name that does not exist, ``code-ambiguous``.
    """
    asks = any(getattr(wanted, name) for name in SourceFilter.model_fields)
    coders = [
        _there(_coder(session, project_id, name), N_("coder"), name).id for name in wanted.coders
    ]
    if wanted.only_coder:
        mine = _coder(session, project_id, wanted.only_coder)
        only = () if mine is None or (coders and mine.id not in coders) else (mine.id,)
    some_codes = wanted.codes or wanted.code_kinds
    return Meant(
        tuple(filtered_sources(session, project_id, wanted)) if asks else None,
        tuple(chosen_codes(session, project_id, wanted)) if some_codes else None,
        only if wanted.only_coder else tuple(coders) or None,
        wanted.stance,
        wanted.favourites,
        " ".join(fold(wanted.words).split()),
    )


def one_of(column: Any, values: Iterable[str], *, indexed: bool = True) -> Condition:
    """Return that a column has one of many values.

    Args:
        column: the column.
        values: in one parameter, however many there are.
        indexed: whether an index may be used: without statistics the database takes any it finds, also where it
            would look into it once for each value and row.
    """
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    asked = col(column) if indexed else func.coalesce(column, "")
    return asked.in_(columns(each.c.value))


def _source_conditions(session: Session, project_id: str, wanted: SourceFilter) -> list[Condition]:
    """Return what must be true of a source."""
    found: list[Condition] = [col(Source.project_id) == project_id]

    def named(
        column: Any, find: Callable[..., _Row | None], what: str, names: Iterable[Any]
    ) -> Condition:
        ids = [_there(find(session, project_id, name), what, name) for name in names]
        return col(column).in_([row.id for row in ids])  # type: ignore[attr-defined]

    if wanted.sources:
        found.append(named(Source.id, lookup.find_source, N_("source"), wanted.sources))
    if wanted.source_kinds:
        found.append(col(Source.kind).in_(wanted.source_kinds))
    if wanted.persons:
        found.append(named(Source.person_id, lookup.find_person, N_("person"), wanted.persons))
    if wanted.attributes:
        found.append(col(Source.person_id).in_(_people_with(session, project_id, wanted)))
    if wanted.waves:
        found.append(named(Source.wave_id, lookup.find_wave, N_("wave"), wanted.waves))
    if wanted.stages:
        found.append(named(Source.stage_id, lookup.find_stage, N_("stage"), wanted.stages))
    if wanted.since is not None:
        found.append(col(Source.collected_on) >= wanted.since)
    if wanted.until is not None:
        found.append(col(Source.collected_on) <= wanted.until)
    return found


def chosen_codes(session: Session, project_id: str, wanted: QuoteFilter) -> list[str]:
    """Return the codes that are meant, in the order of the codebook.

    Raises:
        InputError: ``not-found`` or ``code-ambiguous``.
    """
    tree = lookup.codebook(session, project_id)
    chosen = {node.id for node, _depth in tree.walk()}
    if wanted.codes:
        named = [_code_named(tree, name) for name in wanted.codes]
        chosen = set(named)
        if wanted.with_children:
            chosen = {code for top in named for code in tree.subtree(top)}
    kinds = wanted.code_kinds
    return [
        node.id
        for node, _depth in tree.walk()
        if node.id in chosen and (not kinds or node.kind in kinds)
    ]


def not_found(what: str, name: object) -> InputError:
    """Say that something a filter names does not exist; ``what`` is a kind of thing marked with ``N_``."""
    return InputError(
        "not-found",
        N_("There is no {what} “{name}” in this project."),
        N_("See what there is with the matching list command."),
        what=Phrase(what),
        name=name,
    )


def _there(row: _Row | None, what: str, name: object) -> _Row:
    if row is None:
        raise not_found(what, name)
    return row


def _code_named(tree: Codebook, name: str) -> str:
    found = tree.one_named(name)
    if found is None:
        raise not_found(N_("code"), name)
    return found


def _coder(session: Session, project_id: str, name: str) -> Coder | None:
    return session.exec(
        select(Coder).where(Coder.project_id == project_id, Coder.name == name)
    ).first()


def _people_with(session: Session, project_id: str, wanted: SourceFilter) -> list[str]:
    """Return the people all of whose wanted attributes have the wanted values, whatever their case."""
    rows = session.exec(
        select(PersonAttribute.person_id, PersonAttribute.name, PersonAttribute.value)
        .join(Person, col(Person.id) == col(PersonAttribute.person_id))
        .where(Person.project_id == project_id)
    ).all()
    people = {person for person, *_rest in rows}
    for name, value in wanted.attributes.items():
        having = {
            person
            for person, *fact in rows
            if [fold(part) for part in fact] == [fold(name), fold(value)]
        }
        if not having:
            raise not_found(N_("attribute"), f"{name}: {value}")
        people &= having
    return sorted(people)


def _teach_holds(session: Session) -> None:
    """Teach the database to look for words whatever their case; its own ``lower`` knows only ASCII."""
    connection: Any = session.connection().connection.driver_connection
    connection.create_function(_HOLDS, 2, _holds, deterministic=True)


def _holds(text: str, words: str) -> bool:
    folded = fold(text)
    return all(word in folded for word in words.split(" "))
