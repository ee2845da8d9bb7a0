"""Selecting plain columns: SQLModel's own ``select`` is typed for at most four of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy

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
