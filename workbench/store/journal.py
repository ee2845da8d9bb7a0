"""The journal's rows: what a transaction changed, written down, undone and redone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, event, insert, inspect, update
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, SQLModel, col, func, select

from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.models.tables import JournalEntry, metadata
from workbench.store.long_texts import restored_texts, with_differences
from workbench.store.query import columns
from workbench.store.shifts import Shift, replay

Change = dict[str, Any]
"""A row made, changed or removed: ``table``, ``id``, and its columns ``before`` and ``after``; long texts are kept
as ``texts`` (:mod:`workbench.store.long_texts`). Or many rows moved at once: ``table`` and ``shift``
(:mod:`workbench.store.shifts`)."""


class Recorder:
    """Listens to one session and writes down every row it makes, changes or removes."""

    def __init__(self, session: Session) -> None:
        """Start listening."""
        self._session = session
        self.changes: list[Change] = []
        self._pending: list[tuple[SQLModel, dict[str, Any]]] = []
        event.listen(session, "before_flush", self._before)
        event.listen(session, "after_flush", self._after)

    def _before(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        """Keep what changed and deleted rows were: after the flush their old values are gone."""
        for row in session.dirty:
            if not isinstance(row, JournalEntry) and session.is_modified(row):
                self._pending.append((row, _old_values(row)))

    def _after(self, session: Session, _context: UOWTransaction) -> None:
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

    def shift(self, table: type[SQLModel], move: Shift) -> None:
        """Move the positions of many rows at once and write that down as one change."""
        self._session.flush()
        kept = move.move(self._session, metadata.tables[str(table.__tablename__)])
        if kept is not None:
            self.changes.append({"table": table.__tablename__, "shift": kept})


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


def write_entry(
    session: Session,
    *,
    project_id: str,
    verb: str,
    actor: str,
    subject: str,
    changes: Sequence[Change],
    undoable: bool,
) -> JournalEntry:
    """Add the entry of one action; what had been undone before it can no longer be redone."""
    if undoable:
        session.execute(
            update(JournalEntry)
            .where(col(JournalEntry.project_id) == project_id, col(JournalEntry.state) == "undone")
            .values(state="dropped")
        )
    last = session.exec(
        select(func.max(JournalEntry.number)).where(JournalEntry.project_id == project_id)
    ).one()
    entry = JournalEntry(
        project_id=project_id,
        number=(last or 0) + 1,
        verb=verb,
        actor=actor,
        subject=subject[:200],
        undoable=undoable,
        changes=list(changes) if undoable else [],
    )
    session.add(entry)
    return entry


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


def apply_changes(session: Session, changes: Sequence[Change], *, backwards: bool) -> None:
    """Bring rows to what they were before (``backwards``) or after the changes.

    Raises:
        ProjectError: ``undo-conflict`` when a row was changed by something else since.
    """
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for change in reversed(changes) if backwards else changes:
        table = metadata.tables[change["table"]]
        if "shift" in change:
            if not replay(session, table, change["shift"], backwards=backwards):
                raise _conflict()
            continue
        here, there = ("after", "before") if backwards else ("before", "after")
        if change[here] is None:
            session.execute(insert(table).values(_from_json(table, change[there])))
            continue
        _check_row(session, table, change["id"], change[here])
        if change[there] is None:
            session.execute(delete(table).where(table.c.id == change["id"]))
        else:
            restored = _from_json(table, change[there])
            restored |= _long_texts(session, table, change, backwards=backwards)
            session.execute(update(table).where(table.c.id == change["id"]).values(restored))
    broken = session.connection().exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise _conflict()


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
    columns = [table.c[name] for name in expected]
    row = session.execute(select(*columns).where(table.c.id == row_id)).first()
    if row is None or {name: _to_json(value) for name, value in row._mapping.items()} != expected:  # noqa: SLF001 - SQLAlchemy's documented name
        raise _conflict()


def _conflict() -> ProjectError:
    return ProjectError(
        "undo-conflict",
        N_("This cannot be undone: later work depends on it."),
        N_("Undo or remove the later work first."),
    )


def entries(session: Session, project_id: str, *, limit: int) -> list[Any]:
    """Return the newest entries without their changes."""
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
    return list(session.exec(statement).all())
