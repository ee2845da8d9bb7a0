"""Rows of the codebook as parts of larger actions: finding, adding and removing codes, and who may change them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, func, select

from workbench.coding.codebook import SEPARATOR, Node, code_frozen, codebook_frozen
from workbench.coding.codebook import Codebook as Tree
from workbench.coding.palette import CODE_COLOURS
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import CodeDraft
from workbench.models.kinds import CodeKind
from workbench.services.base import existing
from workbench.services.memos import hand_memos
from workbench.store import lookup
from workbench.store.memos import memos_on
from workbench.store.query import portions


def code_tree(session: Session, project_id: str) -> Tree:
    """Return the codebook as a tree."""
    return lookup.codebook(session, project_id)


def tree_of(rows: Iterable[tables.Code]) -> Tree:
    """Return codes as a tree."""
    return Tree(
        Node(row.id, row.parent_id, row.name, row.kind, row.ordinal, row.colour) for row in rows
    )


def find_code(session: Session, project_id: str, name: str) -> tables.Code:
    """Find a code by path, name, or identifier or the end of it.

    Raises:
        InputError: ``not-found``, or ``code-ambiguous`` when several codes bear the name.
    """
    found = session.get(tables.Code, name)
    if found is not None:
        return found
    one = code_tree(session, project_id).one_named(name)
    return existing(session.get(tables.Code, one) if one else None, N_("code"), name)


def code_row(session: Session, code_id: str) -> tables.Code:
    """Return a code by identifier."""
    return existing(session.get(tables.Code, code_id), N_("code"), code_id)


def add_code(session: Session, project_id: str, draft: CodeDraft) -> tables.Code:
    """Add a row for a new code after checking its name and parent; part of a larger action.

    ``A / B`` becomes B under A.

    Raises:
        InputError: ``codebook-frozen``, or the name or the parent cannot be used.
    """
    refuse_frozen_codebook(session, project_id)
    parent_id = find_code(session, project_id, draft.parent).id if draft.parent else None
    tree, name = code_tree(session, project_id), draft.name
    above, separator, last = name.rpartition(SEPARATOR)
    under = tree.named(above) if separator and parent_id is None else ()
    if len(under) == 1:
        parent_id, name = under[0].id, last
    name = tree.check_name(name, parent_id=parent_id)
    ordinal, colour = next_in_turn(session, project_id)
    row = tables.Code(
        project_id=project_id,
        parent_id=parent_id,
        name=name,
        ordinal=ordinal,
        colour=colour if draft.colour is None else draft.colour,
        **draft.model_dump(exclude={"parent", "colour", "name"}),
    )
    session.add(row)
    session.flush()
    return row


def next_in_turn(session: Session, project_id: str) -> tuple[int, int]:
    """Return the place behind all codes and the number of the colour that comes next."""
    mine = tables.Code.project_id == project_id
    count, last = session.exec(
        select(func.count(), func.max(tables.Code.ordinal)).where(mine)
    ).one()
    return 0 if last is None else last + 1, count % len(CODE_COLOURS)


def remove_code(session: Session, row: tables.Code) -> None:
    """Remove a code that has no codings and no codes below it, with what hangs on it."""
    for table in (tables.Barrier, tables.RecommendationBarrier):
        for related in session.exec(select(table).where(table.code_id == row.id)):
            session.delete(related)
    for memo in memos_on(session, "code", row.id):
        session.delete(memo)
    for answer in session.exec(select(tables.Answer).where(tables.Answer.code_id == row.id)):
        answer.code_id = None
        session.add(answer)
    session.flush()
    session.delete(row)


def hand_over(session: Session, row: tables.Code, target: tables.Code) -> None:
    """Give what hangs on a code that is merged to the one that stays: its memo, and as a barrier what answers it.

    Where both are described as barriers, the description of the one that stays is kept.
    """
    hand_memos(session, "code", row.id, target.id)
    if not row.kind == target.kind == CodeKind.BARRIER:
        return
    described = select(tables.Barrier.id).where(tables.Barrier.code_id == target.id)
    if session.exec(described).first() is None:
        _point(session, select(tables.Barrier).where(tables.Barrier.code_id == row.id), target)
    link = tables.RecommendationBarrier
    answered = select(link.recommendation_id).where(link.code_id == target.id)
    mine = select(link).where(link.code_id == row.id, col(link.recommendation_id).not_in(answered))
    _point(session, mine, target)
    _point(session, select(tables.Answer).where(tables.Answer.code_id == row.id), target)
    session.flush()


def _point(session: Session, related: Any, target: tables.Code) -> None:
    """Let rows that name a code name another one."""
    for each in session.exec(related).all():
        each.code_id = target.id
        session.add(each)


def remove_bare_quotes(session: Session, quote_ids: set[str]) -> None:
    """Remove those quotes that no coding is left on, with their memos, unless they are favourites."""
    for some in portions(sorted(quote_ids)):
        coded = select(tables.Coding.quote_id).where(col(tables.Coding.quote_id).in_(some))
        statement = select(tables.Quote).where(
            col(tables.Quote.id).in_(some),
            col(tables.Quote.id).not_in(coded),
            col(tables.Quote.favourite).is_(False),
        )
        bare = session.exec(statement).all()
        memos = select(tables.Memo).where(
            tables.Memo.subject == "quote",
            col(tables.Memo.subject_id).in_([quote.id for quote in bare]),
        )
        for row in (*session.exec(memos), *bare):
            session.delete(row)


def give_codings(
    session: Session, code_id: str, target_id: str, *, quotes: Iterable[str] | None = None
) -> int:
    """Give codings of one code to another and return how many; what is coded so already is not doubled.

    Args:
        session: of the action.
        code_id: whose codings.
        target_id: who gets them.
        quotes: only those on these quotes; all by default.
    """
    taken = set(
        session.exec(
            select(tables.Coding.quote_id, tables.Coding.coder_id).where(
                tables.Coding.code_id == target_id
            )
        ).all()
    )
    chosen = None if quotes is None else set(quotes)
    given = 0
    for coding in session.exec(select(tables.Coding).where(tables.Coding.code_id == code_id)).all():
        if chosen is not None and coding.quote_id not in chosen:
            continue
        given += 1
        if (coding.quote_id, coding.coder_id) in taken:
            session.delete(coding)
        else:
            coding.code_id = target_id
            session.add(coding)
    return given


def refuse_frozen(row: tables.Code) -> None:
    """Refuse to change a code that is agreed upon.

    Raises:
        InputError: ``code-frozen``.
    """
    if row.frozen:
        raise code_frozen(row.name)


def refuse_frozen_codebook(session: Session, project_id: str) -> None:
    """Refuse to change a codebook that is agreed upon.

    Raises:
        InputError: ``codebook-frozen``.
    """
    if session.get_one(tables.Project, project_id).codebook_frozen:
        raise codebook_frozen()


def quotes_of_code(session: Session, code_id: str) -> set[str]:
    """Return the quotes that bear a code."""
    statement = select(tables.Coding.quote_id).where(col(tables.Coding.code_id) == code_id)
    return set(session.exec(statement))
