"""What all tables share: identifiers, timestamps and names of constraints."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, because a migration can only change what it can name."""

SQLModel.metadata = MetaData(naming_convention=NAMING)


_MOST = 0xFFF  # identifiers within one millisecond


class _Clock:
    """The last identifier's time and counter, so that identifiers of one millisecond stay in order."""

    lock = threading.Lock()
    millisecond = 0
    counter = 0


def new_id() -> str:
    """Return a UUID version 7 as 32 hex digits (RFC 9562 §5.7): sortable by the time it was made."""
    with _Clock.lock:
        now = time.time_ns() // 1_000_000
        if now > _Clock.millisecond:
            _Clock.millisecond, _Clock.counter = now, 0
        else:
            _Clock.counter += 1
            if _Clock.counter > _MOST:  # the 12 bits are used up: borrow from the clock
                _Clock.millisecond, _Clock.counter = _Clock.millisecond + 1, 0
        stamp, counter = _Clock.millisecond, _Clock.counter
    tail = (0b10 << 62) | secrets.randbits(62)
    return f"{(stamp << 80) | (0x7 << 76) | (counter << 64) | tail:032x}"


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment: stored as UTC, read back as UTC. SQLite itself forgets the time zone."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What the column holds in Python."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Turn an aware moment into the naive UTC that is stored."""
        if value is None:
            return None
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Turn what was stored back into an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)


class Row(SQLModel):
    """A row with an identifier and the moment it was made."""

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ProjectRow(Row):
    """A row that belongs to a project directly, so that several projects may share a database."""

    project_id: str = Field(foreign_key="project.id", index=True, max_length=32)
