"""How often each code was used: alone, and together with what lies below it, without counting anything twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from workbench.models.tables import Coding, Quote, Source
from workbench.store.query import columns


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """Quotes and persons of a code. A source without a person (a review, a visit) counts as one of its own."""

    quotes: int = 0
    persons: int = 0
    all_quotes: int = 0
    """Quotes that bear the code or one below it; a quote with several of them counts once."""
    all_persons: int = 0


def code_counts(
    session: Session, project_id: str, tree: Sequence[tuple[str, str | None]]
) -> dict[str, CodeCounts]:
    """Return the counts of every code.

    Args:
        session: where to read.
        project_id: whose codes.
        tree: each code with the one it stands under, every parent before those below it.
    """
    person = func.coalesce(Source.person_id, Source.id)
    sources = columns(Source.id, person).where(Source.project_id == project_id)
    persons_of = dict(session.exec(sources).all())
    quotes: dict[str, set[str]] = defaultdict(set)
    persons: dict[str, set[str]] = defaultdict(set)
    # sets in memory: counting 50,000 distinct quotes for each code and all above it takes SQLite far longer
    statement = columns(Coding.code_id, Coding.quote_id, Quote.source_id).join(
        Quote, col(Quote.id) == col(Coding.quote_id)
    )
    for code, quote, source in session.exec(statement):
        if source in persons_of:
            quotes[code].add(quote)
            persons[code].add(persons_of[source])
    own = {code: (len(quotes[code]), len(persons[code])) for code, _parent in tree}
    for code, parent in reversed(tree):
        if parent is not None:
            quotes[parent] |= quotes[code]
            persons[parent] |= persons[code]
    return {code: CodeCounts(*own[code], len(quotes[code]), len(persons[code])) for code in own}


def codes_in_source(session: Session, source_id: str) -> set[str]:
    """Return the codes that are used in a source."""
    statement = (
        select(Coding.code_id)
        .join(Quote, col(Quote.id) == col(Coding.quote_id))
        .where(Quote.source_id == source_id)
        .distinct()
    )
    return set(session.exec(statement))
