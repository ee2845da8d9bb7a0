"""Moving the positions of many rows by the same distance: one statement, however long the transcript is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, Self

from sqlalchemy import ColumnElement, Table, and_, select, update
from sqlmodel import Session

_BYTES = 16
_FAR = 1_000_000_000
"""Further than any text is long, and still a number of 32 bits."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Which rows move, and how far.

    Attributes:
        columns: the numbers that move together; rows are chosen by the first of them.
        where: the columns and values that the rows have in common.
        least: only rows whose first such number is at least this move.
        by: how far.
    """

    columns: tuple[str, ...]
    where: Mapping[str, Any]
    least: int
    by: int

    @classmethod
    def read(cls, kept: Mapping[str, Any], *, backwards: bool) -> Self:
        """Return what the journal kept, or what takes it back."""
        found = cls(tuple(kept["columns"]), kept["where"], kept["least"], kept["by"])
        return replace(found, least=found.least + found.by, by=-found.by) if backwards else found

    def move(self, session: Session, table: Table) -> dict[str, Any] | None:
        """Move the rows and return what the journal keeps of it; None when there was nothing to move."""
        before = self._digest(session, table) if self.by else None
        if before is None:
            return None
        self._update(session, table)
        after = self._there()._digest(session, table)  # noqa: SLF001 - its own kind
        return {
            "columns": list(self.columns),
            "where": dict(self.where),
            "least": self.least,
            "by": self.by,
            "before": before,
            "after": after,
        }

    def _there(self) -> Self:
        """Return the same rows where they stand after the move."""
        return replace(self, least=self.least + self.by)

    def _rows(self, table: Table) -> ColumnElement[bool]:
        same = [table.c[name] == value for name, value in self.where.items()]
        return and_(*same, table.c[self.columns[0]] >= self.least)

    def _update(self, session: Session, table: Table) -> None:
        """Move in two steps by way of a place far away: on the way no row stands where another one still is."""
        first = table.c[self.columns[0]]
        away = {name: table.c[name] + _FAR for name in self.columns}
        session.execute(update(table).where(self._rows(table)).values(away))
        same = [table.c[name] == value for name, value in self.where.items()]
        back = {name: table.c[name] + (self.by - _FAR) for name in self.columns}
        session.execute(update(table).where(*same, first >= _FAR).values(back))

    def _digest(self, session: Session, table: Table) -> str | None:
        """Return what tells the chosen rows from any others; None when there are none."""
        chosen = select(table.c.id, *(table.c[name] for name in self.columns))
        rows = session.execute(chosen.where(self._rows(table)).order_by(table.c.id)).all()
        if not rows:
            return None
        return blake2b(repr([tuple(row) for row in rows]).encode(), digest_size=_BYTES).hexdigest()


def replay(session: Session, table: Table, kept: Mapping[str, Any], *, backwards: bool) -> bool:
    """Move rows back or forth again; tell whether they were what the change left behind."""
    here = kept["after" if backwards else "before"]
    done = Shift.read(kept, backwards=backwards)
    if done._digest(session, table) != here:  # noqa: SLF001 - its own kind
        return False
    done._update(session, table)  # noqa: SLF001 - its own kind
    return True
