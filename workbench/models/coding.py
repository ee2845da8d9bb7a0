"""Codes, barriers, quotes and codings, memos, recommendations: the chain from words to decisions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from workbench.models.base import ProjectRow, Row


class Code(ProjectRow, table=True):
    """A node of the codebook: a theme, barrier, strength or need."""

    parent_id: str | None = Field(default=None, foreign_key="code.id", index=True, max_length=32)
    name: str
    kind: str
    ordinal: int = 0
    colour: int = 0
    """An index into the palette, so that every theme can show it with enough contrast."""
    definition: str = ""
    when_to_use: str = ""
    when_not: str = ""
    example: str = ""
    frozen: bool = False
    """Agreed upon: name, kind, place and description stay as they are; it can be applied, not changed."""


class Barrier(Row, table=True):
    """What a code of kind barrier says: the obstacle, its place, cause, severity and effects."""

    __table_args__ = (UniqueConstraint("code_id"),)

    code_id: str = Field(foreign_key="code.id", max_length=32)
    statement: str
    kind: str = "barrier"
    hinders_choosing: bool = False
    hinders_loving: bool = False
    hinders_recommending: bool = False
    stage_id: str | None = Field(default=None, foreign_key="stage.id", max_length=32)
    touchpoint_id: str | None = Field(default=None, foreign_key="touchpoint.id", max_length=32)
    cause: str = ""
    severity: int = 3
    severity_reason: str = ""
    known_inside: str = "no"
    status: str = "found"


class Quote(Row, table=True):
    """A span ``[start, end)`` of a source's text that somebody found worth keeping."""

    __table_args__ = (UniqueConstraint("source_id", "start", "end"),)

    source_id: str = Field(foreign_key="source.id", max_length=32)
    start: int
    end: int
    text: str
    """The words as they stood when the quote was made, to check the span against."""
    start_ms: int | None = None
    end_ms: int | None = None
    favourite: bool = False


class Coding(Row, table=True):
    """One coder's judgement that a quote is about a code."""

    __table_args__ = (
        UniqueConstraint("quote_id", "code_id", "coder_id"),
        Index(None, "code_id", "quote_id"),  # counting the quotes of codes reads nothing else
        Index(None, "coder_id", "code_id", "id"),  # so does finding the codes used last
    )

    quote_id: str = Field(foreign_key="quote.id", max_length=32)
    code_id: str = Field(foreign_key="code.id", max_length=32)
    coder_id: str = Field(foreign_key="coder.id", max_length=32)
    stance: str = "supports"
    emotion: int | None = None
    settled: bool = False
    """Coders compared their work and let this coding stand although another did not make it."""


class Memo(ProjectRow, table=True):
    """A note on anything: ``subject`` names the table and ``subject_id`` the row.

    On a quote every coder may have one; anything else has one memo, of whoever wrote on it last.
    """

    subject: str
    subject_id: str = Field(index=True, max_length=32)
    text: str
    coder_id: str | None = Field(default=None, foreign_key="coder.id", max_length=32)
    """None where it is older than this column and nobody knows who wrote it."""


class SavedQuery(ProjectRow, table=True):
    """A search or a filter of quotes that is kept under a name."""

    __tablename__ = "saved_query"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    name: str
    kind: str
    """``search`` (words in sources) or ``quotes`` (the list of quotes)."""
    query: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The fields of a ``models.filters.SourceQuery`` or ``QuoteFilter``."""


class Recommendation(ProjectRow, table=True):
    """What the company should change, and who, by when and how it will be measured again."""

    title: str
    text: str = ""
    kind: str
    owner_role: str = ""
    effort: str = "M"
    impact: int = 3
    due: date | None = None
    status: str = "proposed"
    ordinal: int = 0
    remeasure_wave_id: str | None = Field(default=None, foreign_key="wave.id", max_length=32)


class RecommendationBarrier(Row, table=True):
    """A barrier that a recommendation answers."""

    __tablename__ = "recommendation_barrier"
    __table_args__ = (UniqueConstraint("recommendation_id", "code_id"),)

    recommendation_id: str = Field(foreign_key="recommendation.id", index=True, max_length=32)
    code_id: str = Field(foreign_key="code.id", index=True, max_length=32)
