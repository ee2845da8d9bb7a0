"""Which sources and quotes a filter means, as SQL; the names in it are looked up first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, SQLModel, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from workbench.coding.codebook import Codebook, Node
from workbench.errors import InputError, Phrase
from workbench.i18n import N_
from workbench.models.filters import QuoteFilter, SourceFilter
from workbench.models.tables import Coder, Coding, Person, PersonAttribute, Quote, Source
from workbench.store import lookup
from workbench.text.fold import fold

Condition = ColumnElement[bool]
_Row = TypeVar("_Row", bound=SQLModel)
_HOLDS = "holds_words"


def filtered_sources(session: Session, project_id: str, wanted: SourceFilter) -> list[str]:
    """Return the identifiers of the sources that are meant, in their order.

    Raises:
        InputError: ``not-found`` for a name that does not exist.
    """
    statement = select(Source.id).where(*source_conditions(session, project_id, wanted))
    return list(session.exec(statement.order_by(col(Source.ordinal), col(Source.id))).all())


def filtered_quotes(session: Session, project_id: str, wanted: QuoteFilter) -> SelectOfScalar[str]:
    """Return the SELECT of the identifiers of the quotes that are meant, in no order.

    Raises:
        InputError: ``not-found`` for a name that does not exist, ``code-ambiguous``.
    """
    statement = select(Quote.id).where(*quote_conditions(session, project_id, wanted))
    codings = coding_conditions(session, project_id, wanted)
    if codings:
        statement = statement.where(
            col(Quote.id).in_(select(Coding.quote_id).where(*codings).distinct())
        )
    return statement


def source_conditions(session: Session, project_id: str, wanted: SourceFilter) -> list[Condition]:
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


def quote_conditions(session: Session, project_id: str, wanted: QuoteFilter) -> list[Condition]:
    """Return what must be true of a quote itself, whatever codes are on it."""
    sources = select(Source.id).where(*source_conditions(session, project_id, wanted))
    found: list[Condition] = [col(Quote.source_id).in_(sources)]
    if wanted.favourites:
        found.append(col(Quote.favourite).is_(True))
    words = fold(wanted.words).split()
    if words:
        _teach_holds(session)
        found.append(getattr(func, _HOLDS)(Quote.text, " ".join(words)) == 1)
    return found


def coding_conditions(session: Session, project_id: str, wanted: QuoteFilter) -> list[Condition]:
    """Return what must be true of one coding of a quote; nothing for a filter that does not ask."""
    found: list[Condition] = []
    if wanted.codes or wanted.code_kinds:
        found.append(col(Coding.code_id).in_(chosen_codes(session, project_id, wanted)))
    if wanted.coders:
        ids = [
            _there(_coder(session, project_id, name), N_("coder"), name).id
            for name in wanted.coders
        ]
        found.append(col(Coding.coder_id).in_(ids))
    if wanted.stance is not None:
        found.append(col(Coding.stance) == wanted.stance)
    return found


def chosen_codes(session: Session, project_id: str, wanted: QuoteFilter) -> list[str]:
    """Return the codes that are meant, in the order of the codebook.

    Raises:
        InputError: ``not-found`` or ``code-ambiguous``.
    """
    tree = Codebook(
        Node(row.id, row.parent_id, row.name, row.kind, row.ordinal)
        for row in lookup.codes(session, project_id)
    )
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
    if name in tree.nodes:
        return name
    found = tree.named(name)
    if len(found) > 1:
        raise InputError(
            "code-ambiguous",
            N_("Several codes are called “{name}”: {paths}."),
            N_("Name the one you mean by its path."),
            name=name,
            paths="; ".join(tree.path(node.id) for node in found),
        )
    if not found:
        raise not_found(N_("code"), name)
    return found[0].id


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
