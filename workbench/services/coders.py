"""Coders: who coded, giving one another name, joining two names of one person."""

from __future__ import annotations

from sqlmodel import Session, col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.agreement_views import CoderView
from workbench.models.views import CodeView
from workbench.services.base import Service, blind_error, existing, verb
from workbench.services.codebook import code_views
from workbench.services.memos import give_memos
from workbench.store.coders import (
    coder_names,
    coder_views,
    find_coder,
)
from workbench.text.normalize import normalise

_LONGEST = 300


class Coders(Service):
    """The researchers who code."""

    def coders(self) -> list[CoderView]:
        """Return who coded, the one with most codings first; in blind mode oneself at most."""
        with self.reading() as session:
            views = coder_views(session, self.project_id)
        whose = self.seen()
        return [view for view in views if whose in (None, view.name)]

    def names(self) -> list[str]:
        """Return the coders' names."""
        with self.reading() as session:
            return coder_names(session, self.project_id)

    def codes(self, name: str | None, *, counted: bool = True) -> list[CodeView]:
        """Return the codebook, its counts as one coder alone makes them, or everybody for None.

        Args:
            name: the coder.
            counted: without it the counts are 0, which is sooner there.
        """
        with self.reading() as session:
            return code_views(session, self.project_id, coder=self.seen(name), counted=counted)

    @verb("coder.rename")
    def rename(self, name: str, new: str, *, join: bool = False) -> CoderView:
        """Give a coder another name; all their codings show it.

        Args:
            name: the coder's name now.
            new: the name to have.
            join: when another coder has that name, whether both are one person. Then all codings go to that coder;
                where both put the same code on the same words, one coding stays.

        Raises:
            InputError: ``not-found``, ``coder-name``, ``coder-taken`` without ``join``, or ``blind-mode`` for another coder
                in blind mode: their codings are counted in the answer.
        """
        wanted = _checked(new)
        with self.acting("coder.rename") as act:
            session = act.session
            row = existing(find_coder(session, self.project_id, name), N_("coder"), name)
            acting = row.name == self._context.coder
            if not acting and self.seen() is not None:
                raise blind_error()
            act.subject = f"{row.name} → {wanted}"
            other = find_coder(session, self.project_id, wanted)
            if other is None or other.id == row.id:
                row.name = wanted
                session.add(row)
                stays = row.id
            elif join:
                _give_codings(session, row, other)
                stays = other.id
            else:
                raise InputError(
                    "coder-taken",
                    N_("There is already a coder “{name}”."),
                    N_("Choose another name, or say that both are one person."),
                    name=other.name,
                )
        if acting:
            self._context.coder = wanted  # what is coded from now on is that person's, too
        return next(view for view in self.coders() if view.id == stays)


def _checked(name: str) -> str:
    clean = " ".join(normalise(name).split())
    if not clean or len(clean) > _LONGEST:
        raise InputError(
            "coder-name",
            N_("“{name}” cannot be a coder's name."),
            N_("Type one to {most} characters."),
            name=clean[:60],
            most=_LONGEST,
        )
    return clean


def _give_codings(session: Session, row: tables.Coder, other: tables.Coder) -> None:
    """Give all codings and memos of one coder to another and remove the first."""
    taken = set(
        session.exec(
            select(tables.Coding.quote_id, tables.Coding.code_id).where(
                tables.Coding.coder_id == other.id
            )
        ).all()
    )
    for coding in session.exec(
        select(tables.Coding)
        .where(tables.Coding.coder_id == row.id)
        .order_by(col(tables.Coding.id))
    ).all():
        if (coding.quote_id, coding.code_id) in taken:
            session.delete(coding)
        else:
            coding.coder_id = other.id
            session.add(coding)
    session.flush()
    give_memos(session, row.id, other.id)
    session.delete(row)
