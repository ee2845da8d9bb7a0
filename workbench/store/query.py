"""Asking the database for what SQLModel has no words for: many plain columns, many values, whether others wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy
from sqlmodel import Session

T = TypeVar("T")

_AT_ONCE = 500
"""Values in one statement: every database takes so many."""


def columns(*chosen: Any) -> Any:
    """Return a SELECT of columns and expressions; its rows are tuples, also for a single column."""
    return sqlalchemy.select(*chosen)


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield as many values at a time as one statement may name."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def data_version(session: Session) -> int:
    """Return a number that changes when another program has written to the database."""
    return int(session.connection().exec_driver_sql("PRAGMA data_version").scalar_one())
