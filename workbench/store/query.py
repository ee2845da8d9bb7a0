"""Selecting plain columns: SQLModel's own ``select`` is typed for at most four of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy


def columns(*chosen: Any) -> Any:
    """Return a SELECT of columns and expressions; its rows are tuples, also for a single column."""
    return sqlalchemy.select(*chosen)
