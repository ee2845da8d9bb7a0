"""Memos: what a researcher thinks of a quote, a code, a source or the project.

On a quote every coder has a memo of their own, as it belongs to their coding; a code, a source and the project have one
memo, which all write on. Memos that are older than their authors' names belong to nobody: all read them, and who
writes on goes on with them.
"""

from __future__ import annotations

from sqlmodel import Session, SQLModel, select

from workbench.coding.memos import told_memos
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.memo_views import MemoView
from workbench.services.base import Service, existing, verb
from workbench.store import asked_often
from workbench.store.memos import memo_views, memos_on

_SHOWN = 60  # letters in the journal


class Memos(Service):
    """Writing and reading memos."""

    @verb("memo.write")
    def write_memo(self, subject: str, subject_id: str, text: str) -> None:
        """Write, change or (with no text) remove the memo of a ``quote``, ``code``, ``source`` or ``project``.

        On a quote it is one's own memo; those of others stay.
        """
        kinds: dict[str, type[SQLModel]] = {
            "quote": tables.Quote,
            "code": tables.Code,
            "source": tables.Source,
            "project": tables.Project,
        }
        if subject not in kinds:
            raise InputError(
                "memo-subject",
                N_("A memo cannot be written on “{subject}”."),
                N_("Write it on one of: quote, code, source, project."),
                subject=subject,
            )
        words = text.strip()
        with self.acting("memo.write", text[:_SHOWN]) as act:
            session = act.session
            existing(session.get(kinds[subject], subject_id), N_("object"), subject_id)
            memo = self._own(session, subject, subject_id)
            if words:
                memo = memo or tables.Memo(
                    project_id=self.project_id, subject=subject, subject_id=subject_id, text=""
                )
                memo.text, memo.coder_id = words, self.coder_id(session)
                session.add(memo)
            elif memo is not None:
                session.delete(memo)

    def memo(self, subject: str, subject_id: str) -> str:
        """Return the memo that one may write on, or nothing: on a quote it is one's own."""
        with self.reading() as session:
            memo = self._own(session, subject, subject_id)
            return "" if memo is None else memo.text

    def memos(self, subject: str, subject_id: str) -> list[MemoView]:
        """Return everybody's memos on something; in blind mode not those of others on a quote."""
        with self.reading() as session:
            found = memo_views(session, subject, ids=[subject_id], coder=self.seen())
        return found[subject_id]

    def noted(self, subject: str, subject_id: str) -> str:
        """Return as one text what :meth:`memos` finds: one's own first, others' on a quote with their names."""
        found = self.memos(subject, subject_id)
        if subject != "quote":
            return "".join(memo.text for memo in found)
        return told_memos(found, reader=self._context.coder)

    def noted_by_others(self, subject: str, subject_id: str) -> str:
        """Return as one text what others noted on a quote, with their names; on anything else there is one memo."""
        if subject != "quote":
            return ""
        reader, own = self._context.coder, self.memo(subject, subject_id)
        found = self.memos(subject, subject_id)
        others = [m for m in found if m.coder != reader and (m.coder or m.text != own)]
        return told_memos(others, reader=reader)

    def _own(self, session: Session, subject: str, subject_id: str) -> tables.Memo | None:
        """Return the memo one writes on: the only one, or on a quote one's own, else that of nobody."""
        memos = memos_on(session, subject, subject_id)
        if subject != "quote":
            return next(iter(memos), None)
        own = asked_often.coder_key(session, self.project_id, self._context.coder)
        writable = [memo for memo in memos if memo.coder_id in (own, None)]
        return max(writable, key=lambda memo: memo.coder_id is not None, default=None)


def hand_memos(
    session: Session, subject: str, old: str, new: str, *, of: str | None = None
) -> None:
    """Put what is noted on one quote or code on another one, each memo below what its author noted there.

    Args:
        session: where to write.
        subject: ``quote`` or ``code``.
        old: what the memos are on.
        new: what they come to.
        of: the one coder whose memo goes; the others' stay, and one that is nobody's is then on both. By default all go.
    """
    for memo in memos_on(session, subject, old):
        if of is not None and memo.coder_id not in (of, None):
            continue
        keep = of is not None and memo.coder_id is None
        there = next(
            (
                noted
                for noted in memos_on(session, subject, new)
                if subject != "quote" or noted.coder_id == memo.coder_id
            ),
            None,
        )
        if there is not None:
            _write_below(session, there, memo.text)
            if not keep:
                session.delete(memo)
        elif keep:
            copied = memo.model_dump(include={"project_id", "subject", "text"})
            session.add(tables.Memo(**copied, subject_id=new))
        else:
            memo.subject_id = new
            session.add(memo)
    session.flush()


def give_memos(session: Session, coder_id: str, other_id: str) -> None:
    """Give all memos of one coder to another; where both noted something on a quote, it becomes one memo."""
    theirs = {
        memo.subject_id: memo
        for memo in session.exec(
            select(tables.Memo).where(
                tables.Memo.coder_id == other_id, tables.Memo.subject == "quote"
            )
        )
    }
    for memo in session.exec(select(tables.Memo).where(tables.Memo.coder_id == coder_id)).all():
        there = theirs.get(memo.subject_id)
        if there is not None:
            _write_below(session, there, memo.text)
            session.delete(memo)
        else:
            memo.coder_id = other_id
            session.add(memo)
    session.flush()


def _write_below(session: Session, memo: tables.Memo, text: str) -> None:
    """Put a text below what a memo says, unless it says that already."""
    if text not in memo.text:
        memo.text = f"{memo.text}\n\n{text}"
        session.add(memo)
