"""The journal: one row for each thing a person did, with what it changed."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from workbench.models.base import ProjectRow


class JournalEntry(ProjectRow, table=True):
    """What one verb changed: rows before and after, so that it can be undone and redone."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index(None, "project_id", "state", "number"),  # finds what to undo among 50,000 entries
    )

    number: int
    verb: str
    actor: str = ""
    subject: str = ""
    """What it was done to, in the user's words: a title, a code's name."""
    state: str = "done"
    """``done``, ``undone`` (can be redone) or ``dropped`` (undone, then something else was done)."""
    undoable: bool = True
    changes: list[dict[str, object]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False)
    )
    """``{"table", "id", "before": row or null, "after": row or null}`` in the order they were made."""
