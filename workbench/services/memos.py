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
            memo = _memo(act.session, subject, subject_id)
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
            memo = _memo(session, subject, subject_id)
            return memo.text if memo else ""


def _memo(session: Session, subject: str, subject_id: str) -> tables.Memo | None:
    return session.exec(
        select(tables.Memo).where(
            tables.Memo.subject == subject, tables.Memo.subject_id == subject_id
        )
    ).first()
