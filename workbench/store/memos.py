"""Reading memos: what is noted on quotes, codes, sources and the project, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, select

from workbench.models.memo_views import MemoView
from workbench.models.tables import Coder, Memo
from workbench.store.filtering import one_of
from workbench.store.query import columns


def memos_on(session: Session, subject: str, subject_id: str) -> list[Memo]:
    """Return what is noted on something: on a quote one memo of each coder, else one memo or none."""
    statement = select(Memo).where(Memo.subject == subject, Memo.subject_id == subject_id)
    return list(session.exec(statement.order_by(col(Memo.id))).all())


def memo_views(
    session: Session,
    subject: str,
    *,
    ids: Collection[str] | None = None,
    coder: str | None = None,
) -> dict[str, list[MemoView]]:
    """Return what is noted on things of one kind, by their identifiers.

    Args:
        session: where to read.
        subject: ``quote``, ``code``, ``source`` or ``project``.
        ids: only on these.
        coder: on quotes, only memos by this coder and those of which nobody knows who wrote them.
    """
    statement = (
        columns(Memo.subject_id, Coder.name, Memo.text)
        .join(Coder, col(Coder.id) == col(Memo.coder_id), isouter=True)
        .where(Memo.subject == subject)
        .order_by(col(Memo.id))
    )
    if ids is not None:
        statement = statement.where(one_of(Memo.subject_id, ids))
    if coder is not None and subject == "quote":
        statement = statement.where(col(Memo.coder_id).is_(None) | (col(Coder.name) == coder))
    found: dict[str, list[MemoView]] = defaultdict(list)
    for subject_id, name, text in session.exec(statement):
        found[subject_id].append(MemoView(name or "", text))
    return found
