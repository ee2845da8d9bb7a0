"""Memos: what a researcher thinks of a quote, a code, a source or the project."""

from __future__ import annotations

from sqlmodel import Session, SQLModel, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.services.base import Service, existing, verb

_SHOWN = 60  # letters in the journal


class Memos(Service):
    """Writing and reading memos."""

    @verb("memo.write")
    def write_memo(self, subject: str, subject_id: str, text: str) -> None:
        """Write, change or (with no text) remove the memo of a ``quote``, ``code``, ``source`` or ``project``."""
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
        with self.acting("memo.write", text[:_SHOWN]) as act:
            existing(act.session.get(kinds[subject], subject_id), N_("object"), subject_id)
            memo = next(iter(memos_on(act.session, subject, subject_id)), None)
            if memo is not None and not text.strip():
                act.session.delete(memo)
            elif text.strip():
                memo = memo or tables.Memo(
                    project_id=self.project_id, subject=subject, subject_id=subject_id, text=""
                )
                memo.text = text.strip()
                act.session.add(memo)

    def memo(self, subject: str, subject_id: str) -> str:
        """Return the memo's text, or nothing."""
        with self.reading() as session:
            return "".join(memo.text for memo in memos_on(session, subject, subject_id)[:1])


def memos_on(session: Session, subject: str, subject_id: str) -> list[tables.Memo]:
    """Return what is noted on something: one memo, or none."""
    statement = select(tables.Memo).where(
        tables.Memo.subject == subject, tables.Memo.subject_id == subject_id
    )
    return list(session.exec(statement).all())


def hand_memo(session: Session, subject: str, old: str, new: str, *, keep: bool = False) -> None:
    """Put the memo of one quote or code on another one, below what is noted there.

    Args:
        session: where to write.
        subject: ``quote`` or ``code``.
        old: what the memo is on.
        new: what it comes to.
        keep: whether the first one keeps it, too.
    """
    noted = memos_on(session, subject, new)
    for memo in memos_on(session, subject, old):
        if noted:
            if memo.text not in noted[0].text:
                noted[0].text = f"{noted[0].text}\n\n{memo.text}"
                session.add(noted[0])
            if not keep:
                session.delete(memo)
        elif keep:
            copied = memo.model_dump(include={"project_id", "subject", "text"})
            session.add(tables.Memo(**copied, subject_id=new))
        else:
            memo.subject_id = new
            session.add(memo)
    session.flush()
