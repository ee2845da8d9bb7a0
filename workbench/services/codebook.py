"""The codebook: codes in a tree, and what the barriers among them say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.codebook_views import CodeChange, CodeEvent
from workbench.models.drafts import BarrierDraft, CodeDraft
from workbench.models.kinds import CodeKind
from workbench.models.views import BarrierView, CodeView
from workbench.services.base import existing, verb
from workbench.services.code_rows import (
    add_code,
    code_tree,
    find_code,
    refuse_frozen,
    refuse_frozen_codebook,
    remove_bare_quotes,
    remove_code,
)
from workbench.services.code_shaping import CodeShaping
from workbench.services.code_views import code_views
from workbench.store import lookup
from workbench.store.code_counts import codes_in_source
from workbench.store.code_history import code_history

__all__ = ["Codebook", "add_code", "code_views", "find_code", "remove_bare_quotes"]


class Codebook(CodeShaping):
    """Codes and barriers."""

    # -- reading -------------------------------------------------------------------------------

    def codes(self) -> list[CodeView]:
        """Return the codebook, every parent before its children."""
        with self.reading() as session:
            return code_views(session, self.project_id, coder=self.seen())

    def used_in(self, source: str) -> list[CodeView]:
        """Return the codes that are used in a source."""
        with self.reading() as session:
            row = existing(
                lookup.find_source(session, self.project_id, source), N_("source"), source
            )
            used = codes_in_source(session, row.id, coder=self.seen())
            return [
                code
                for code in code_views(session, self.project_id, coder=self.seen())
                if code.id in used
            ]

    def alike(self) -> list[tuple[CodeView, CodeView, float]]:
        """Return pairs of codes with nearly the same name, the most alike first, with the likeness (0–100)."""
        from workbench.coding.alike import near_duplicates

        codes = {code.id: code for code in self.codes()}
        pairs = near_duplicates((code.id, code.name) for code in codes.values())
        return [(codes[pair.one], codes[pair.other], pair.score) for pair in pairs]

    def history(self, name: str, *, coder: str | None = None) -> list[CodeEvent]:
        """Return what happened to a code, the oldest first.

        Args:
            name: which code.
            coder: tell only of this coder's use of it; of everybody's by default.
        """
        whose = self.seen(coder)
        with self.reading() as session:
            events = code_history(session, find_code(session, self.project_id, name))
        if whose is None:
            return events
        # what came with a merge or went with a split was coded by everybody
        return [
            replace(event, count=event.count if event.change == CodeChange.USED else 0)
            for event in events
            if event.change != CodeChange.USED or event.actor == whose
        ]

    # -- codes ---------------------------------------------------------------------------------

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
            refuse_frozen_codebook(act.session, self.project_id)
            refuse_frozen(row)
            fields = [field for field in CodeDraft.model_fields if field != "parent"]
            draft = CodeDraft.read({**{field: getattr(row, field) for field in fields}, **changes})
            tree = code_tree(act.session, self.project_id)
            clean = tree.check_name(draft.name, parent_id=row.parent_id, node_id=row.id)
            for field in fields:
                setattr(row, field, getattr(draft, field))
            row.name = clean
            act.session.add(row)
            act.subject = row.name
            code_id = row.id
        return self.code(code_id)

    @verb("code.remove")
    def remove(self, name: str) -> None:
        """Remove a code without children, with its codings; quotes left without a code go too."""
        with self.acting("code.remove") as act:
            row = find_code(act.session, self.project_id, name)
            act.subject = row.name
            refuse_frozen_codebook(act.session, self.project_id)
            refuse_frozen(row)
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
            remove_code(act.session, row)

    # -- barriers ------------------------------------------------------------------------------

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
