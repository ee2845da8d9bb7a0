"""Finding one row by what a person calls it: an identifier, a number, a name, a key."""

from __future__ import annotations

from sqlmodel import Session, col, select

from workbench.coding.codebook import Codebook, Node
from workbench.models.tables import (
    Checklist,
    ChecklistVersion,
    Code,
    Location,
    Person,
    Scenario,
    Shopper,
    Source,
    Stage,
    Touchpoint,
    Visit,
    Wave,
)
from workbench.store import asked_often
from workbench.store.query import columns


def find_source(session: Session, project_id: str, name: str) -> Source | None:
    """Find a source by identifier, number in the list, or title."""
    found = session.get(Source, name)
    if found is None and name.isdecimal():
        found = session.exec(
            select(Source).where(Source.project_id == project_id, Source.ordinal == int(name))
        ).first()
    if found is None:
        found = session.exec(
            select(Source).where(Source.project_id == project_id, Source.title == name)
        ).first()
    return found


def source_key(session: Session, project_id: str, name: str) -> tuple[str, str] | None:
    """Find a source as :func:`find_source` does and return its identifier and title.

    Its text stays unread: that of a long one takes more time than all the rest of an action.
    """
    known = asked_often.source_key(session, project_id, name)
    if known is not None:
        return known
    ways = [col(Source.title) == name]
    if name.isdecimal():
        ways.insert(0, col(Source.ordinal) == int(name))
    for way in ways:
        found = session.exec(
            select(Source.id, Source.title).where(Source.project_id == project_id, way)
        ).first()
        if found is not None:
            return found[0], found[1]
    return None


def find_person(session: Session, project_id: str, pseudonym: str) -> Person | None:
    """Find a person by identifier or pseudonym."""
    return (
        session.get(Person, pseudonym)
        or session.exec(
            select(Person).where(Person.project_id == project_id, Person.pseudonym == pseudonym)
        ).first()
    )


def find_wave(session: Session, project_id: str, ordinal: int) -> Wave | None:
    """Find a wave by its number."""
    return session.exec(
        select(Wave).where(Wave.project_id == project_id, Wave.ordinal == ordinal)
    ).first()


def current_wave(session: Session, project_id: str) -> Wave | None:
    """Return the newest wave."""
    return session.exec(
        select(Wave).where(Wave.project_id == project_id).order_by(col(Wave.ordinal).desc())
    ).first()


def find_stage(session: Session, project_id: str, key: str) -> Stage | None:
    """Find a journey stage by key or name."""
    return session.exec(
        select(Stage).where(
            Stage.project_id == project_id, (col(Stage.key) == key) | (col(Stage.name) == key)
        )
    ).first()


def find_touchpoint(session: Session, project_id: str, key: str) -> Touchpoint | None:
    """Find a touchpoint by key or name."""
    return session.exec(
        select(Touchpoint)
        .join(Stage, col(Stage.id) == col(Touchpoint.stage_id))
        .where(
            Stage.project_id == project_id,
            (col(Touchpoint.key) == key) | (col(Touchpoint.name) == key),
        )
    ).first()


def codes(session: Session, project_id: str) -> list[Code]:
    """Return the codebook in its stored order."""
    return list(
        session.exec(
            select(Code)
            .where(Code.project_id == project_id)
            .order_by(col(Code.ordinal), col(Code.id))
        ).all()
    )


def codebook(session: Session, project_id: str) -> Codebook:
    """Return the codebook as a tree; whole rows of its codes take four times as long to make."""
    places = (Code.id, Code.parent_id, Code.name, Code.kind, Code.ordinal, Code.colour)
    statement = columns(*places).where(Code.project_id == project_id)
    return Codebook(Node(*row) for row in session.connection().execute(statement))


def find_location(session: Session, project_id: str, key: str) -> Location | None:
    """Find a location by identifier, key or name."""
    return (
        session.get(Location, key)
        or session.exec(
            select(Location).where(
                Location.project_id == project_id,
                (col(Location.key) == key) | (col(Location.name) == key),
            )
        ).first()
    )


def find_shopper(session: Session, project_id: str, code: str) -> Shopper | None:
    """Find a shopper by code."""
    return session.exec(
        select(Shopper).where(Shopper.project_id == project_id, Shopper.code == code)
    ).first()


def find_scenario(session: Session, project_id: str, key: str) -> Scenario | None:
    """Find a scenario by key."""
    return session.exec(
        select(Scenario).where(Scenario.project_id == project_id, Scenario.key == key)
    ).first()


def find_visit(session: Session, project_id: str, code: str) -> Visit | None:
    """Find a visit by identifier or code."""
    return (
        session.get(Visit, code)
        or session.exec(
            select(Visit).where(Visit.project_id == project_id, Visit.code == code)
        ).first()
    )


def newest_version(session: Session, project_id: str, key: str | None) -> ChecklistVersion | None:
    """Return the newest version of a checklist: the one named, else the newest in the project."""
    statement = (
        select(ChecklistVersion)
        .join(Checklist, col(Checklist.id) == col(ChecklistVersion.checklist_id))
        .where(Checklist.project_id == project_id)
        .order_by(col(Checklist.id).desc(), col(ChecklistVersion.number).desc())
    )
    if key is not None:
        statement = statement.where(Checklist.key == key)
    return session.exec(statement).first()
