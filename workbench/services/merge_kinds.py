"""Which rows of a colleague's copy are merged, by what they are known, and what of them is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from workbench.i18n import N_
from workbench.models import tables
from workbench.text.fold import fold

Values = dict[str, Any]
"""The columns of a row."""


@dataclass(frozen=True, slots=True)
class RowKind:
    """A table whose rows are merged."""

    model: type[SQLModel]
    what: str
    """Marked with ``N_``."""
    compared: tuple[str, ...]
    """Columns in which a row is changed or in conflict."""
    key: Callable[[Values], tuple[Any, ...]]
    """By what two rows with different identifiers are the same thing."""
    refers: Mapping[str, str]
    """Columns that hold identifiers of rows of another table."""
    name: Callable[[Values], str]
    """What a person calls the row."""
    taken: tuple[str, ...] = ()
    """Columns that follow when the compared ones are taken over."""

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.model.__tablename__)


CODERS = RowKind(
    tables.Coder,
    N_("coder"),
    ("name",),
    lambda row: (row["name"],),
    {},
    lambda row: str(row["name"]),
)
PERSONS = RowKind(
    tables.Person,
    N_("person"),
    ("pseudonym",),
    lambda row: (row["pseudonym"],),
    {},
    lambda row: str(row["pseudonym"]),
)
ATTRIBUTES = RowKind(
    tables.PersonAttribute,
    N_("attribute"),
    ("value", "kind"),
    lambda row: (row["person_id"], row["name"]),
    {"person_id": "person"},
    lambda row: f"{row['name']}: {row['value']}",
)
CODES = RowKind(
    tables.Code,
    N_("code"),
    (
        "name",
        "parent_id",
        "kind",
        "definition",
        "when_to_use",
        "when_not",
        "example",
        "frozen",
    ),
    lambda row: (row["parent_id"], fold(row["name"])),
    {"parent_id": "code"},
    lambda row: str(row["name"]),
)
BARRIERS = RowKind(
    tables.Barrier,
    N_("barrier"),
    (
        "statement",
        "kind",
        "hinders_choosing",
        "hinders_loving",
        "hinders_recommending",
        "cause",
        "severity",
        "severity_reason",
        "known_inside",
        "status",
    ),
    lambda row: (row["code_id"],),
    {"code_id": "code"},
    lambda row: str(row["statement"]),
    taken=("stage_id", "touchpoint_id"),
)
QUOTES = RowKind(
    tables.Quote,
    N_("quote"),
    ("start", "end", "favourite"),
    lambda row: (row["source_id"], row["start"], row["end"]),
    {"source_id": "source"},
    lambda row: str(row["text"])[:80],
    taken=("text", "start_ms", "end_ms"),
)
CODINGS = RowKind(
    tables.Coding,
    N_("coding"),
    ("quote_id", "code_id", "coder_id", "stance", "emotion", "settled"),
    lambda row: (row["quote_id"], row["code_id"], row["coder_id"]),
    {"quote_id": "quote", "code_id": "code", "coder_id": "coder"},
    lambda row: str(row["id"]),
)
MEMOS = RowKind(
    tables.Memo,
    N_("memo"),
    ("text",),
    lambda row: (
        row["subject"],
        row["subject_id"],
        row["coder_id"] if row["subject"] == "quote" else None,  # there each coder has one
    ),
    {"coder_id": "coder"},
    lambda row: str(row["text"])[:80],
    taken=("coder_id",),
)
QUERIES = RowKind(
    tables.SavedQuery,
    N_("saved query"),
    ("name", "kind", "query"),
    lambda row: (row["name"],),
    {},
    lambda row: str(row["name"]),
)

NOT_MERGED: tuple[tuple[type[SQLModel], str], ...] = (
    (tables.Goal, N_("goal")),
    (tables.Wave, N_("wave")),
    (tables.Stage, N_("stage")),
    (tables.Touchpoint, N_("touchpoint")),
    (tables.MetricReading, N_("measured value")),
    (tables.Answer, N_("answer")),
    (tables.Recommendation, N_("recommendation")),
    (tables.Location, N_("location")),
    (tables.Checklist, N_("checklist")),
    (tables.Visit, N_("visit")),
)
"""What is told of, but not brought over: it is decided on in one place."""
