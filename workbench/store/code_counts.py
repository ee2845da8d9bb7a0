"""How often each code was used: alone, and together with what lies below it, without counting anything twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from workbench.models.tables import Coder, Coding, Quote, Source
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
    session: Session,
    project_id: str,
    tree: Sequence[tuple[str, str | None]],
    *,
    coder: str | None = None,
) -> dict[str, CodeCounts]:
    """Return the counts of every code.

    Args:
        session: where to read.
        project_id: whose codes.
        tree: each code with the one it stands under, every parent before those below it.
        coder: whose codings count; everybody's by default.
    """
    # lists from the database, sets in memory: SQLite takes far longer to count 50,000 distinct quotes for each code
    # and all above it, and to hand them over one by one
    sources = columns(Source.id, func.coalesce(Source.person_id, Source.id))
    person_in = dict(session.exec(sources.where(Source.project_id == project_id)).all())
    # an index that lacks a column asked for leads to each row on its own, which takes twice the time of reading all;
    # ``coalesce`` keeps the database from it
    source_id = func.coalesce(Quote.source_id, "")
    by_source = columns(source_id, func.aggregate_strings(col(Quote.id), ",")).group_by(source_id)
    person_of: dict[str, str] = {}
    for source, quote_ids in session.exec(by_source):
        person_of |= dict.fromkeys(quote_ids.split(","), person_in.get(source, source))
    code_id = func.coalesce(Coding.code_id, "") if coder is not None else Coding.code_id
    by_code = columns(code_id, func.aggregate_strings(col(Coding.quote_id), ",")).group_by(code_id)
    if coder is not None:
        whose = select(Coder.id).where(Coder.project_id == project_id, Coder.name == coder)
        by_code = by_code.where(col(Coding.coder_id).in_(whose))
    quotes: dict[str, set[str]] = defaultdict(set)
    for code, quote_ids in session.exec(by_code):
        quotes[code] = set(quote_ids.split(","))
    persons = defaultdict(set, {code: set(map(person_of.get, ids)) for code, ids in quotes.items()})
    own = {code: (len(quotes[code]), len(persons[code])) for code, _parent in tree}
    for code, parent in reversed(tree):
        if parent is not None:
            quotes[parent] |= quotes[code]
            persons[parent] |= persons[code]
    return {code: CodeCounts(*own[code], len(quotes[code]), len(persons[code])) for code in own}


def codes_in_source(session: Session, source_id: str, *, coder: str | None = None) -> set[str]:
    """Return the codes that are used in a source: by anybody, or by one coder."""
    statement = (
        select(Coding.code_id)
        .join(Quote, col(Quote.id) == col(Coding.quote_id))
        .where(Quote.source_id == source_id)
        .distinct()
    )
    if coder is not None:
        whose = select(Coder.id).where(Coder.name == coder)
        statement = statement.where(col(Coding.coder_id).in_(whose))
    return set(session.exec(statement))
