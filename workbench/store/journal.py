"""The journal's rows: what a transaction changed, written down, undone and redone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Delete,
    Insert,
    Select,
    Table,
    bindparam,
    delete,
    event,
    insert,
    inspect,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, SQLModel, col, func, select

from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.models.base import new_id, now
from workbench.models.tables import JournalEntry, metadata
from workbench.store.long_texts import restored_texts, with_differences
from workbench.store.query import columns
from workbench.store.shifts import Shift, replay

Change = dict[str, Any]
"""A row made, changed or removed: ``table``, ``id``, and its columns ``before`` and ``after``; long texts are kept
as ``texts`` (:mod:`workbench.store.long_texts`). Or many rows moved at once: ``table`` and ``shift``
(:mod:`workbench.store.shifts`)."""


_RECORDER = "recorder"
"""Where a session keeps who writes down what it does; listening is arranged once, as that takes longer than a flush."""


class Recorder:
    """Listens to one session and writes down every row it makes, changes or removes."""

    def __init__(self, session: Session) -> None:
        """Start listening."""
        self._session = session
        self.changes: list[Change] = []
        self._pending: list[tuple[SQLModel, dict[str, Any]]] = []
        session.info[_RECORDER] = self

    def before_flush(self, session: Session) -> None:
        """Keep what changed and deleted rows were: after the flush their old values are gone."""
        for row in session.dirty:
            if not isinstance(row, JournalEntry) and session.is_modified(row):
                self._pending.append((row, _old_values(row)))

    def after_flush(self, session: Session) -> None:
        """Write down what this flush did."""
        for row in session.new:
            if not isinstance(row, JournalEntry):
                self.changes.append(_change(row, before=None, after=_values(row)))
        for row, before in self._pending:
            after = {key: _to_json(getattr(row, key)) for key in before}
            self.changes.append(with_differences(_change(row, before=before, after=after)))
        self._pending.clear()
        for row in session.deleted:
            self.changes.append(_change(row, before=_values(row), after=None))

    def insert(self, row: SQLModel) -> None:
        """Write a new row at once and write that down: it takes a third of the time of a flush.

        For what a person does all day; the row stays unknown to the session.
        """
        self._session.flush()  # what was changed before is written before
        values = {column.name: getattr(row, column.name) for column in _table(row).columns}
        self._session.connection().execute(_insert_into(_table(row)), values)
        self.changes.append(_change(row, before=None, after=_values(row)))

    def insert_all(self, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
        """Write many new rows of a table, each with all its columns, as ``insert`` writes one."""
        if not rows:
            return
        self._session.flush()
        made: Table = table.__table__  # type: ignore[attr-defined]
        self._session.connection().execute(_insert_into(made), list(rows))
        for row in rows:
            after = {name: _to_json(value) for name, value in row.items()}
            change: Change = {"table": made.name, "id": row["id"], "before": None, "after": after}
            self.changes.append(change)

    def shift(self, table: type[SQLModel], move: Shift) -> None:
        """Move the positions of many rows at once and write that down as one change."""
        self._session.flush()
        kept = move.move(self._session, metadata.tables[str(table.__tablename__)])
        if kept is not None:
            self.changes.append({"table": table.__tablename__, "shift": kept})


def recorder_of(session: Session) -> Recorder:
    """Return who writes down what a session does; there is one while an action is under way."""
    recorder: Recorder = session.info[_RECORDER]
    return recorder


@event.listens_for(Session, "before_flush")
def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if _RECORDER in session.info:
        session.info[_RECORDER].before_flush(session)


@event.listens_for(Session, "after_flush")
def _after_flush(session: Session, _context: UOWTransaction) -> None:
    if _RECORDER in session.info:
        session.info[_RECORDER].after_flush(session)


def _change(
    row: SQLModel, *, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> Change:
    return {"table": _table(row).name, "id": row.id, "before": before, "after": after}  # type: ignore[attr-defined]


def _table(row: SQLModel) -> Table:
    table: Table = type(row).__table__  # type: ignore[attr-defined]
    return table


def _values(row: SQLModel) -> dict[str, Any]:
    """Return a row as JSON values."""
    return {column.name: _to_json(getattr(row, column.name)) for column in _table(row).columns}


def _old_values(row: SQLModel) -> dict[str, Any]:
    """Return the former values of the columns that changed."""
    state = inspect(row)
    former = {}
    for column in _table(row).columns:
        history = state.attrs[column.name].history
        if history.has_changes():
            former[column.name] = _to_json(history.deleted[0] if history.deleted else None)
    return former


def _to_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _from_json(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """Turn JSON values back into what the columns hold."""
    restored: dict[str, Any] = {}
    for name, value in values.items():
        python_type = table.columns[name].type.python_type
        if value is not None and python_type is datetime:
            restored[name] = datetime.fromisoformat(value)
        elif value is not None and python_type is date:
            restored[name] = date.fromisoformat(value)
        else:
            restored[name] = value
    return restored


_ENTRIES: Table = JournalEntry.__table__  # type: ignore[attr-defined]
_OF_PROJECT = _ENTRIES.c.project_id == bindparam("of_project")

_DROP_UNDONE = (
    update(_ENTRIES).where(_OF_PROJECT, _ENTRIES.c.state == "undone").values(state="dropped")
)
_ADD_ENTRY = insert(_ENTRIES).values(
    number=select(func.coalesce(func.max(_ENTRIES.c.number), 0) + 1)
    .where(_OF_PROJECT)
    .scalar_subquery()
)


def write_entry(
    session: Session,
    *,
    project_id: str,
    verb: str,
    actor: str,
    subject: str,
    changes: Sequence[Change],
    undoable: bool,
) -> None:
    """Add the entry of one action; what had been undone before it can no longer be redone."""
    connection = session.connection()
    if undoable:
        connection.execute(_DROP_UNDONE, {"of_project": project_id})
    entry = {
        "id": new_id(),
        "created_at": now(),
        "project_id": project_id,
        "verb": verb,
        "actor": actor,
        "subject": subject[:200],
        "state": "done",
        "undoable": undoable,
        "changes": list(changes) if undoable else [],
    }
    connection.execute(_ADD_ENTRY, entry | {"of_project": project_id})


def next_undo(session: Session, project_id: str) -> JournalEntry | None:
    """Return the newest entry that can be undone."""
    return session.exec(
        select(JournalEntry)
        .where(
            JournalEntry.project_id == project_id,
            JournalEntry.state == "done",
            col(JournalEntry.undoable).is_(True),
        )
        .order_by(col(JournalEntry.number).desc())
        .limit(1)
    ).first()


def next_redo(session: Session, project_id: str) -> JournalEntry | None:
    """Return the oldest entry that was undone and can be redone."""
    return session.exec(
        select(JournalEntry)
        .where(JournalEntry.project_id == project_id, JournalEntry.state == "undone")
        .order_by(col(JournalEntry.number))
        .limit(1)
    ).first()


def settle(session: Session, project_id: str) -> None:
    """Make everything done so far the ground that cannot be undone; its changes are dropped."""
    session.execute(
        update(JournalEntry)
        .where(col(JournalEntry.project_id) == project_id)
        .values(undoable=False, changes=[])
    )


@contextlib.contextmanager
def checked() -> Iterator[None]:
    """Say in a user's words that a row is in the way of an undo, or that one is missed when it is kept.

    Raises:
        ProjectError: ``undo-conflict``.
    """
    try:
        yield
    except IntegrityError:
        raise _conflict() from None


def apply_changes(session: Session, changes: Sequence[Change], *, backwards: bool) -> None:
    """Bring rows to what they were before (``backwards``) or after the changes; to be done inside :func:`checked`.

    Rows may refer to others that are made later; the database looks at that when all is kept.

    Raises:
        ProjectError: ``undo-conflict`` when a row was changed by something else since.
    """
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for change in reversed(changes) if backwards else changes:
        table = metadata.tables[change["table"]]
        if "shift" in change:
            if not replay(session, table, change["shift"], backwards=backwards):
                raise _conflict()
            continue
        here, there = ("after", "before") if backwards else ("before", "after")
        if change[here] is None:
            connection.execute(_insert_into(table), _from_json(table, change[there]))
            continue
        _check_row(session, table, change["id"], change[here])
        if change[there] is None:
            connection.execute(_delete_from(table), {"row_id": change["id"]})
        else:
            restored = _from_json(table, change[there])
            restored |= _long_texts(session, table, change, backwards=backwards)
            session.execute(update(table).where(table.c.id == change["id"]).values(restored))


def touched_rows(changes: Sequence[Change]) -> dict[str, frozenset[str]] | None:
    """Return the identifiers of the rows that changes make, change or remove, by table; None when some moved at once."""
    if any("shift" in change for change in changes):
        return None
    found: dict[str, set[str]] = {}
    for change in changes:
        found.setdefault(change["table"], set()).add(change["id"])
    return {table: frozenset(ids) for table, ids in found.items()}


@cache
def _insert_into(table: Table) -> Insert:
    return insert(table)


@cache
def _delete_from(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("row_id"))


@cache
def _select_from(table: Table, names: tuple[str, ...]) -> Select[Any]:
    return columns(*(table.c[name] for name in names)).where(table.c.id == bindparam("row_id"))  # type: ignore[no-any-return]


def _long_texts(
    session: Session, table: Table, change: Change, *, backwards: bool
) -> dict[str, str]:
    """Return the long texts of a row as they were on the other side of a change."""
    kept = change.get("texts")
    if not kept:
        return {}
    chosen = [table.c[name] for name in kept]
    row = session.execute(select(*chosen).where(table.c.id == change["id"])).one()
    restored = restored_texts(dict(row._mapping), kept, backwards=backwards)  # noqa: SLF001 - SQLAlchemy's documented name
    if restored is None:
        raise _conflict()
    return restored


def _check_row(session: Session, table: Table, row_id: str, expected: dict[str, Any]) -> None:
    """Refuse to touch a row that is not what this entry left behind."""
    if not expected:  # only long texts changed, which check themselves
        expected = {"id": row_id}
    statement = _select_from(table, tuple(expected))
    row = session.connection().execute(statement, {"row_id": row_id}).first()
    if row is None or {name: _to_json(value) for name, value in row._mapping.items()} != expected:  # noqa: SLF001 - SQLAlchemy's documented name
        raise _conflict()


def _conflict() -> ProjectError:
    return ProjectError(
        "undo-conflict",
        N_("This cannot be undone: later work depends on it."),
        N_("Undo or remove the later work first."),
    )


def entries(
    session: Session,
    project_id: str,
    *,
    limit: int,
    not_telling: Sequence[str] = (),
    but_of: str = "",
) -> list[Any]:
    """Return the newest entries without their changes.

    Args:
        session: where to read.
        project_id: whose journal.
        limit: how many at most.
        not_telling: beginnings of verbs whose entries are left out.
        but_of: who did those that are not left out all the same.
    """
    statement = (
        columns(
            JournalEntry.number,
            JournalEntry.created_at,
            JournalEntry.verb,
            JournalEntry.actor,
            JournalEntry.subject,
            JournalEntry.state,
            JournalEntry.undoable,
        )
        .where(JournalEntry.project_id == project_id)
        .order_by(col(JournalEntry.number).desc())
        .limit(limit)
    )
    for beginning in not_telling:
        telling = col(JournalEntry.verb).startswith(beginning)
        statement = statement.where(~telling | (col(JournalEntry.actor) == but_of))
    return list(session.exec(statement).all())
