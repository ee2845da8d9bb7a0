"""The codebook: codes in a tree, and what the barriers among them say."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from workbench.coding.codebook import Codebook as Tree
from workbench.coding.codebook import Node
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import BarrierDraft, CodeDraft
from workbench.models.kinds import CodeKind
from workbench.models.views import BarrierView, CodeView
from workbench.services.base import Service, existing, verb
from workbench.store import lookup
from workbench.store.codings import code_counts

PALETTE_SIZE = 10
"""Colours a code may have; new codes take the next one in turn."""


class Codebook(Service):
    """Codes and barriers."""

    def codes(self) -> list[CodeView]:
        """Return the codebook, every parent before its children."""
        with self.reading() as session:
            return code_views(session, self.project_id)

    def code(self, name: str) -> CodeView:
        """Return one code by identifier, path or name."""
        with self.reading() as session:
            row = find_code(session, self.project_id, name)
            return next(view for view in code_views(session, self.project_id) if view.id == row.id)

    @verb("code.add")
    def add(self, draft: CodeDraft) -> CodeView:
        """Add a code to the codebook."""
        with self.acting("code.add", draft.name) as act:
            row = add_code(act.session, self.project_id, draft)
        return self.code(row.id)

    @verb("code.edit")
    def edit(self, name: str, /, **changes: Any) -> CodeView:
        """Change a code's name, kind, colour or description; fields are those of :class:`CodeDraft`."""
        with self.acting("code.edit") as act:
            row = find_code(act.session, self.project_id, name)
            fields = [field for field in CodeDraft.model_fields if field != "parent"]
            draft = CodeDraft.read({**{field: getattr(row, field) for field in fields}, **changes})
            tree = _tree(act.session, self.project_id)
            tree.check_name(draft.name, parent_id=row.parent_id, node_id=row.id)
            for field in fields:
                setattr(row, field, getattr(draft, field))
            act.session.add(row)
            act.subject = row.name
            code_id = row.id
        return self.code(code_id)

    @verb("code.move")
    def move(self, name: str, parent: str | None, *, place: int | None = None) -> CodeView:
        """Move a code with its children under another code, or to the top with no parent."""
        with self.acting("code.move") as act:
            row = find_code(act.session, self.project_id, name)
            target = find_code(act.session, self.project_id, parent).id if parent else None
            tree = _tree(act.session, self.project_id)
            tree.check_move(row.id, parent_id=target)
            siblings = [node.id for node in tree.children(target) if node.id != row.id]
            siblings.insert(len(siblings) if place is None else place, row.id)
            row.parent_id = target
            for ordinal, code_id in enumerate(siblings):
                sibling = existing(act.session.get(tables.Code, code_id), N_("code"), code_id)
                sibling.ordinal = ordinal
                act.session.add(sibling)
            act.subject = row.name
            code_id = row.id
        return self.code(code_id)

    @verb("code.merge")
    def merge(self, name: str, into: str) -> CodeView:
        """Give all quotes and children of one code to another and remove the first; namesakes below merge too."""
        with self.acting("code.merge") as act:
            session = act.session
            row = find_code(session, self.project_id, name)
            target = find_code(session, self.project_id, into)
            plan = _tree(session, self.project_id).merge_plan(row.id, into_id=target.id)
            act.subject = f"{row.name} → {target.name}"
            for code_id, parent_id in plan.moves.items():
                moved = existing(session.get(tables.Code, code_id), N_("code"), code_id)
                moved.parent_id = parent_id
                session.add(moved)
            for old, new in plan.recode.items():
                _give_codings(session, old, new)
            session.flush()
            for old in reversed(plan.removed):
                _remove_code(session, existing(session.get(tables.Code, old), N_("code"), old))
            code_id = target.id
        return self.code(code_id)

    @verb("code.remove")
    def remove(self, name: str) -> None:
        """Remove a code without children, with its codings; quotes left without a code go too."""
        with self.acting("code.remove") as act:
            row = find_code(act.session, self.project_id, name)
            act.subject = row.name
            if act.session.exec(
                select(tables.Code.id).where(tables.Code.parent_id == row.id)
            ).first():
                raise InputError(
                    "code-has-children",
                    N_("The code “{name}” has codes below it."),
                    N_("Move or remove those first."),
                    name=row.name,
                )
            codings = act.session.exec(
                select(tables.Coding).where(tables.Coding.code_id == row.id)
            ).all()
            for coding in codings:
                act.session.delete(coding)
            act.session.flush()
            remove_bare_quotes(act.session, {coding.quote_id for coding in codings})
            _remove_code(act.session, row)

    @verb("barrier.describe")
    def describe_barrier(self, name: str, draft: BarrierDraft) -> BarrierView:
        """Say what a barrier is: statement, effects, place on the journey, cause, severity."""
        with self.acting("barrier.describe") as act:
            session = act.session
            code = find_code(session, self.project_id, name)
            if code.kind != CodeKind.BARRIER:
                raise InputError(
                    "not-a-barrier",
                    N_("The code “{name}” is not a barrier."),
                    N_("Change its kind to barrier first."),
                    name=code.name,
                )
            act.subject = code.name
            row = session.exec(
                select(tables.Barrier).where(tables.Barrier.code_id == code.id)
            ).first() or tables.Barrier(code_id=code.id, statement=draft.statement)
            for field, value in draft:
                if field not in ("stage", "touchpoint"):
                    setattr(row, field, value)
            row.stage_id = row.touchpoint_id = None
            if draft.stage:
                stage = lookup.find_stage(session, self.project_id, draft.stage)
                row.stage_id = existing(stage, N_("stage"), draft.stage).id
            if draft.touchpoint:
                point = lookup.find_touchpoint(session, self.project_id, draft.touchpoint)
                row.touchpoint_id = existing(point, N_("touchpoint"), draft.touchpoint).id
            session.add(row)
        return self.barrier(code.id)

    def barrier(self, name: str) -> BarrierView:
        """Return what a barrier says."""
        view = self.code(name).barrier
        if view is None:
            raise InputError(
                "barrier-not-described",
                N_("The barrier “{name}” has no description yet."),
                N_("Describe it: what it keeps customers from, where, how severe."),
                name=name,
            )
        return view

    def barriers(self) -> list[BarrierView]:
        """Return all described barriers in the codebook's order."""
        return [view.barrier for view in self.codes() if view.barrier is not None]


def _tree(session: Session, project_id: str) -> Tree:
    return Tree(
        Node(row.id, row.parent_id, row.name, row.kind, row.ordinal)
        for row in lookup.codes(session, project_id)
    )


def code_views(session: Session, project_id: str) -> list[CodeView]:
    """Return the codebook in tree order with counts and barriers."""
    rows = {row.id: row for row in lookup.codes(session, project_id)}
    counts = code_counts(session, project_id)
    barriers = _barrier_views(session, project_id)
    tree = Tree(Node(r.id, r.parent_id, r.name, r.kind, r.ordinal) for r in rows.values())
    views = []
    for node, depth in tree.walk():
        row = rows[node.id]
        quotes, persons = counts.get(row.id, (0, 0))
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
                quotes,
                persons,
                barriers.get(row.id),
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


def find_code(session: Session, project_id: str, name: str) -> tables.Code:
    """Find a code by identifier, path or name.

    Raises:
        InputError: ``not-found``, or ``code-ambiguous`` when several codes bear the name.
    """
    found = session.get(tables.Code, name)
    if found is not None:
        return found
    tree = _tree(session, project_id)
    matches = [node.id for node in tree.named(name)]
    if len(matches) > 1:
        raise InputError(
            "code-ambiguous",
            N_("Several codes are called “{name}”: {paths}."),
            N_("Name the one you mean by its path."),
            name=name,
            paths="; ".join(tree.path(code_id) for code_id in matches),
        )
    return existing(session.get(tables.Code, matches[0]) if matches else None, N_("code"), name)


def add_code(session: Session, project_id: str, draft: CodeDraft) -> tables.Code:
    """Add a row for a new code after checking its name and parent; part of a larger action."""
    parent_id = find_code(session, project_id, draft.parent).id if draft.parent else None
    name = _tree(session, project_id).check_name(draft.name, parent_id=parent_id)
    count = len(
        session.exec(select(tables.Code.id).where(tables.Code.project_id == project_id)).all()
    )
    row = tables.Code(
        project_id=project_id,
        parent_id=parent_id,
        ordinal=count,
        colour=count % PALETTE_SIZE if draft.colour is None else draft.colour,
        name=name,
        **draft.model_dump(exclude={"parent", "colour", "name"}),
    )
    session.add(row)
    session.flush()
    return row


def remove_bare_quotes(session: Session, quote_ids: set[str]) -> None:
    """Remove those quotes that no coding is left on, with their memos, unless they are favourites."""
    for quote_id in quote_ids:
        coded = session.exec(
            select(tables.Coding.id).where(tables.Coding.quote_id == quote_id)
        ).first()
        quote = session.get(tables.Quote, quote_id)
        if coded is None and quote is not None and not quote.favourite:
            for memo in session.exec(
                select(tables.Memo).where(
                    tables.Memo.subject == "quote", tables.Memo.subject_id == quote_id
                )
            ):
                session.delete(memo)
            session.delete(quote)


def _give_codings(session: Session, code_id: str, target_id: str) -> None:
    taken = set(
        session.exec(
            select(tables.Coding.quote_id, tables.Coding.coder_id).where(
                tables.Coding.code_id == target_id
            )
        ).all()
    )
    for coding in session.exec(select(tables.Coding).where(tables.Coding.code_id == code_id)).all():
        if (coding.quote_id, coding.coder_id) in taken:
            session.delete(coding)
        else:
            coding.code_id = target_id
            session.add(coding)


def _remove_code(session: Session, row: tables.Code) -> None:
    for table in (tables.Barrier, tables.RecommendationBarrier):
        for related in session.exec(select(table).where(table.code_id == row.id)):
            session.delete(related)
    for answer in session.exec(select(tables.Answer).where(tables.Answer.code_id == row.id)):
        answer.code_id = None
        session.add(answer)
    session.flush()
    session.delete(row)
