"""The codebook as front ends and reports get it: in the order of the tree, with counts and barriers."""

from __future__ import annotations

from sqlmodel import Session, col, select

from workbench.models import tables
from workbench.models.views import BarrierView, CodeView
from workbench.services.code_rows import tree_of
from workbench.store import lookup
from workbench.store.code_counts import CodeCounts, code_counts


def code_views(
    session: Session, project_id: str, *, coder: str | None = None, counted: bool = True
) -> list[CodeView]:
    """Return the codebook in tree order with barriers and counts: everybody's, or as one coder alone makes them.

    Without counts, which are most of the work in a large project, they are all 0.
    """
    rows = {row.id: row for row in lookup.codes(session, project_id)}
    tree = tree_of(rows.values())
    order = list(tree.walk())
    places = [(node.id, tree.parent(node.id)) for node, _depth in order]
    counts = code_counts(session, project_id, places, coder=coder) if counted else {}
    barriers = _barrier_views(session, project_id)
    views = []
    for node, depth in order:
        row, used = rows[node.id], counts.get(node.id, CodeCounts())
        views.append(
            CodeView(
                row.id,
                row.parent_id,
                row.name,
                tree.path(row.id),
                depth,
                row.kind,
                row.colour,
                row.definition,
                row.when_to_use,
                row.when_not,
                row.example,
                used.quotes,
                used.persons,
                barriers.get(row.id),
                row.frozen,
                used.all_quotes,
                used.all_persons,
            )
        )
    return views


def _barrier_views(session: Session, project_id: str) -> dict[str, BarrierView]:
    statement = (
        select(tables.Barrier, tables.Code.name, tables.Stage.name, tables.Touchpoint.name)
        .join(tables.Code, col(tables.Code.id) == col(tables.Barrier.code_id))
        .join(tables.Stage, col(tables.Stage.id) == col(tables.Barrier.stage_id), isouter=True)
        .join(
            tables.Touchpoint,
            col(tables.Touchpoint.id) == col(tables.Barrier.touchpoint_id),
            isouter=True,
        )
        .where(tables.Code.project_id == project_id)
    )
    return {
        row.code_id: BarrierView(
            row.code_id,
            name,
            row.statement,
            row.kind,
            row.hinders_choosing,
            row.hinders_loving,
            row.hinders_recommending,
            stage,
            touchpoint,
            row.cause,
            row.severity,
            row.severity_reason,
            row.known_inside,
            row.status,
        )
        for row, name, stage, touchpoint in session.exec(statement)
    }
