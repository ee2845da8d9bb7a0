"""Reading evidence: which source speaks for or against which code, and which sources could have."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, select

from workbench.insight.counting import Evidence
from workbench.models import tables
from workbench.models.kinds import SourceState
from workbench.store.query import columns


def exposed_sources(session: Session, project_id: str) -> list[Evidence]:
    """Return every source with a text: everybody who could have spoken of a code."""
    statement = columns(
        tables.Source.id, tables.Source.kind, tables.Source.person_id, tables.Source.visit_id
    ).where(tables.Source.project_id == project_id, tables.Source.state == SourceState.READY)
    return [Evidence(*row) for row in session.exec(statement)]


def evidence_by_code(
    session: Session, project_id: str, *, coder: str | None = None
) -> dict[str, list[Evidence]]:
    """Return the evidence of each code: its own codings and those of codes below it that are no barriers.

    Args:
        session: where to read.
        project_id: whose codes.
        coder: only codings by this coder; everybody's by default.
    """
    statement = (
        columns(
            tables.Coding.code_id,
            tables.Source.id,
            tables.Source.kind,
            tables.Source.person_id,
            tables.Source.visit_id,
            tables.Coding.stance,
        )
        .join(tables.Quote, tables.Quote.id == tables.Coding.quote_id)
        .join(tables.Source, tables.Source.id == tables.Quote.source_id)
        .where(tables.Source.project_id == project_id)
        .distinct()
    )
    if coder is not None:
        whose = select(tables.Coder.id).where(tables.Coder.name == coder)
        statement = statement.where(col(tables.Coding.coder_id).in_(whose))
    found: dict[str, list[Evidence]] = defaultdict(list)
    above = _codes_above(session, project_id)
    for code_id, source_id, kind, person, visit, stance in session.exec(statement):
        for receiver in above[code_id]:
            found[receiver].append(Evidence(source_id, kind, person, visit, stance=stance))
    return found


def code_family(session: Session, project_id: str) -> dict[str, list[str]]:
    """Return for each code the codes whose quotes are its evidence: itself and what lies below it."""
    family: dict[str, list[str]] = defaultdict(list)
    for code_id, receivers in _codes_above(session, project_id).items():
        for receiver in receivers:
            family[receiver].append(code_id)
    return family


def _codes_above(session: Session, project_id: str) -> dict[str, list[str]]:
    """Return for each code itself and the codes above it, up to and including the nearest barrier."""
    rows = session.exec(
        select(tables.Code.id, tables.Code.parent_id, tables.Code.kind).where(
            tables.Code.project_id == project_id
        )
    ).all()
    parents = {code_id: parent_id for code_id, parent_id, _kind in rows}
    kinds = {code_id: kind for code_id, _parent, kind in rows}
    above: dict[str, list[str]] = {}
    for code_id in parents:
        chain = [code_id]
        while (
            kinds[chain[-1]] != "barrier" and (parent := parents[chain[-1]]) and parent not in chain
        ):
            chain.append(parent)
        above[code_id] = chain
    return above


def answered_barriers(session: Session, project_id: str) -> set[str]:
    """Return the codes of barriers that a recommendation answers."""
    statement = (
        select(tables.RecommendationBarrier.code_id)
        .join(
            tables.Recommendation,
            col(tables.Recommendation.id) == col(tables.RecommendationBarrier.recommendation_id),
        )
        .where(tables.Recommendation.project_id == project_id)
    )
    return set(session.exec(statement).all())
