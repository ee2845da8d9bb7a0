"""The shape of the codebook: moving, sorting, merging, splitting and freezing codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from workbench.coding.codebook import KINDS, Direction, Node
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView
from workbench.services.base import Service, verb
from workbench.services.code_rows import (
    add_code,
    code_row,
    code_tree,
    find_code,
    give_codings,
    hand_over,
    quotes_of_code,
    refuse_frozen,
    refuse_frozen_codebook,
    remove_code,
)
from workbench.services.code_views import code_views
from workbench.text.fold import fold

ORDERS = ("name", "use", "kind")
"""What codes can be sorted by."""


class CodeShaping(Service):
    """Verbs that change where codes stand and which quotes are theirs."""

    def code(self, name: str) -> CodeView:
        """Return one code by identifier, path or name."""
        with self.reading() as session:
            row = find_code(session, self.project_id, name)
            views = code_views(session, self.project_id, coder=self.seen())
            return next(view for view in views if view.id == row.id)

    # -- places --------------------------------------------------------------------------------

    @verb("code.move")
    def move(self, name: str, parent: str | None, *, place: int | None = None) -> CodeView:
        """Move a code with its children under another code, or to the top with no parent.

        Args:
            name: which code.
            parent: the code it goes under.
            place: where among the codes there, from 0; behind them by default.
        """
        with self.acting("code.move") as act:
            row = find_code(act.session, self.project_id, name)
            target = find_code(act.session, self.project_id, parent).id if parent else None
            self._move(act.session, row, target, place)
            act.subject = row.name
            code_id = row.id
        return self.code(code_id)

    def step(self, name: str, direction: Direction) -> CodeView | None:
        """Move a code one step: ``up`` or ``down`` among its siblings, ``out`` behind its parent, or ``under`` the one above.

        Returns:
            The code at its new place, or None when it cannot go there.
        """
        with self.reading() as session:
            row = find_code(session, self.project_id, name)
            wanted = code_tree(session, self.project_id).step(row.id, direction)
        if wanted is None:
            return None
        parent, place = wanted
        return self.move(row.id, parent, place=place)

    def _move(
        self, session: Session, row: tables.Code, target: str | None, place: int | None
    ) -> None:
        refuse_frozen_codebook(session, self.project_id)
        refuse_frozen(row)
        tree = code_tree(session, self.project_id)
        tree.check_move(row.id, parent_id=target)
        siblings = [node.id for node in tree.children(target) if node.id != row.id]
        siblings.insert(len(siblings) if place is None else place, row.id)
        row.parent_id = target
        _number(session, siblings)

    @verb("code.sort")
    def sort(self, under: str | None = None, *, by: str = "name", deep: bool = False) -> None:
        """Put the codes under one (or those at the top) in order; one action.

        The order says nothing about what a code means, so frozen codes are put in order with the others.

        Args:
            under: whose children; None means the top of the codebook.
            by: ``name``, ``use`` (most quotes first, with those below) or ``kind``.
            deep: also everything below.

        Raises:
            InputError: ``sort-unknown``, or the codebook is frozen.
        """
        if by not in ORDERS:
            raise InputError(
                "sort-unknown",
                N_("Codes cannot be sorted by “{by}”."),
                N_("Choose one of: {orders}."),
                by=by,
                orders=", ".join(ORDERS),
            )
        with self.acting("code.sort") as act:
            session = act.session
            refuse_frozen_codebook(session, self.project_id)
            row = find_code(session, self.project_id, under) if under else None
            act.subject = row.name if row else ""
            tree = code_tree(session, self.project_id)
            views = code_views(session, self.project_id, coder=self.seen())
            used = {code.id: code.all_quotes for code in views}
            parents = [row.id if row else None]
            if deep:
                parents += [node.id for node, _depth in tree.walk(parents[0])]
            for parent in parents:
                found = sorted(tree.children(parent), key=lambda node: _rank(node, by, used))
                _number(session, [node.id for node in found])

    # -- quotes --------------------------------------------------------------------------------

    @verb("code.merge")
    def merge(self, name: str, into: str) -> CodeView:
        """Give all quotes and children of one code to another, with its memo, and remove the first; namesakes below merge too."""
        with self.acting("code.merge") as act:
            session = act.session
            row = find_code(session, self.project_id, name)
            target = find_code(session, self.project_id, into)
            tree = code_tree(session, self.project_id)
            plan = tree.merge_plan(row.id, into_id=target.id)
            refuse_frozen_codebook(session, self.project_id)
            for code_id in (*plan.recode, *plan.recode.values(), *plan.moves):
                refuse_frozen(code_row(session, code_id))
            act.subject = f"{row.name} → {target.name}"
            for code_id, parent_id in plan.moves.items():
                moved = code_row(session, code_id)
                moved.parent_id = parent_id
                session.add(moved)
            for old, new in plan.recode.items():
                give_codings(session, old, new)
                hand_over(session, code_row(session, old), code_row(session, new))
            session.flush()
            for old in reversed(plan.removed):
                remove_code(session, code_row(session, old))
            code_id = target.id
        return self.code(code_id)

    @verb("code.split")
    def split(self, name: str, quotes: Sequence[str], draft: CodeDraft) -> CodeView:
        """Give some quotes of a code, as all coders have coded them, to a new code and return that.

        Args:
            name: the code that is divided.
            quotes: identifiers of the quotes that go.
            draft: the new code; its parent says whether it stands beside the old one or under it.

        Raises:
            InputError: ``split-nothing``, ``split-not-its-quote``, the name is taken, or something is frozen.
        """
        with self.acting("code.split") as act:
            session = act.session
            row = find_code(session, self.project_id, name)
            refuse_frozen(row)
            chosen = set(quotes)
            if not chosen:
                raise InputError(
                    "split-nothing",
                    N_("No quote was chosen that goes to the new code."),
                    N_("Choose at least one quote of “{name}”."),
                    name=row.name,
                )
            strange = chosen - quotes_of_code(session, row.id)
            if strange:
                raise InputError(
                    "split-not-its-quote",
                    N_("The quote {quote} does not bear the code “{name}”."),
                    N_("See its quotes with: workbench quote list --code CODE."),
                    quote=min(strange),
                    name=row.name,
                )
            made = add_code(session, self.project_id, draft)
            if made.parent_id == row.parent_id:
                self._put_behind(session, made, row)
            give_codings(session, row.id, made.id, quotes=chosen)
            act.subject = f"{row.name} → {made.name}"
            code_id = made.id
        return self.code(code_id)

    def _put_behind(self, session: Session, made: tables.Code, row: tables.Code) -> None:
        """Put a new code directly behind its sister."""
        tree = code_tree(session, self.project_id)
        siblings = [node.id for node in tree.children(row.parent_id) if node.id != made.id]
        siblings.insert(siblings.index(row.id) + 1, made.id)
        _number(session, siblings)

    # -- freezing ------------------------------------------------------------------------------

    @verb("code.freeze")
    def freeze(self, name: str | None = None, *, frozen: bool = True) -> None:
        """Freeze a code, or without a name the whole codebook, or unfreeze it.

        What is frozen can be put on words, but not changed, moved, merged, split or removed; a frozen codebook takes
        no new codes. What a barrier says, such as how far the company is with it, can still be written down.
        """
        with self.acting("code.freeze") as act:
            row: Any
            if name is None:
                row = act.session.get_one(tables.Project, self.project_id)
                row.codebook_frozen = frozen
            else:
                row = find_code(act.session, self.project_id, name)
                row.frozen = frozen
                act.subject = row.name
            act.session.add(row)

    @property
    def is_frozen(self) -> bool:
        """Whether the whole codebook is frozen."""
        with self.reading() as session:
            return session.get_one(tables.Project, self.project_id).codebook_frozen


def _number(session: Session, codes: Sequence[str]) -> None:
    """Let codes stand in this order."""
    for ordinal, code_id in enumerate(codes):
        row = code_row(session, code_id)
        row.ordinal = ordinal
        session.add(row)


def _rank(node: Node, by: str, used: dict[str, int]) -> tuple[int, str]:
    """Return what decides about a code's place; among equals it is the name."""
    first = {"name": 0, "use": -used[node.id], "kind": _kind_rank(node)}[by]
    return first, fold(node.name)


def _kind_rank(node: Node) -> int:
    return KINDS.index(node.kind) if node.kind in KINDS else len(KINDS)
