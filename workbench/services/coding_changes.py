"""Changing codings that are there: stance and emotion, another code, one off a quote, all of one coder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.views import CodingView
from workbench.services.base import NotFoundError, Service, blind_error, existing, verb
from workbench.services.codebook import add_code, find_code, remove_bare_quotes
from workbench.services.quote_rows import SourceText
from workbench.store import lookup
from workbench.store.codings import coding_views
from workbench.store.query import portions

_WORDS = 60
"""Letters of a quote in the journal."""

_FEW = 40
"""Codings that are read one by one; more are read with their source."""


class CodingChanges(Service):
    """Judgements that are changed or taken back."""

    def source_key(self, session: Session, name: str) -> tuple[str, str]:
        """Return the identifier and the title of a source.

        Raises:
            InputError: ``not-found``.
        """
        found = lookup.source_key(session, self.project_id, name)
        if found is None:
            raise NotFoundError(N_("source"), name)
        return found

    def source_text(self, session: Session, name: str) -> SourceText:
        """Return a source with its text, which is kept at hand while it is coded.

        Raises:
            InputError: ``not-found``.
        """
        kept = self._context.text_at_hand
        if name in kept:
            return SourceText(name, *kept[name])
        source_id, title = self.source_key(session, name)
        if source_id not in kept:
            statement = select(tables.Source.text).where(tables.Source.id == source_id)
            kept.clear()
            kept[source_id] = title, session.exec(statement).one()
        return SourceText(source_id, *kept[source_id])

    @verb("coding.edit")
    def edit(
        self,
        coding: str,
        *,
        stance: str | None = None,
        emotion: int | None = None,
        no_emotion: bool = False,
    ) -> CodingView:
        """Change whether a quote supports or contradicts the code, and the emotion from −2 to +2.

        Args:
            coding: which one.
            stance: ``supports`` or ``contradicts``; without it, as it was.
            emotion: the emotion; without it, as it was.
            no_emotion: take the emotion away.
        """
        with self.acting("coding.edit") as act:
            row = existing(act.session.get(tables.Coding, coding), N_("coding"), coding)
            kept = row.emotion if emotion is None else emotion
            checked = CodingDraft.read(
                {
                    "source": "-",
                    "start": 0,
                    "end": 1,
                    "code": "-",
                    "stance": stance or row.stance,
                    "emotion": None if no_emotion else kept,
                }
            )
            row.stance, row.emotion = checked.stance, checked.emotion
            act.session.add(row)
            act.session.flush()
            view = coding_views(act.session, coding_id=row.id)[0]
            act.subject = told(view.code, view.text)
        return view

    @verb("coding.recode")
    def recode(
        self, codings: Sequence[str], code: str, *, new_code: CodeDraft | None = None
    ) -> list[CodingView]:
        """Put another code in the place of the one some codings have; stance and emotion stay.

        Where the coder has put that code on the quote already, the two become one.

        Args:
            codings: which ones.
            code: the code they get.
            new_code: a code to make on the way instead.

        Returns:
            The codings that stand for them now.
        """
        with self.acting("coding.recode") as act:
            session = act.session
            rows = [
                existing(session.get(tables.Coding, c), N_("coding"), c)
                for c in dict.fromkeys(codings)
            ]
            target = (
                find_code(session, self.project_id, code)
                if new_code is None
                else add_code(session, self.project_id, new_code)
            )
            first = next((coding_views(session, coding_id=row.id)[0] for row in rows), None)
            if first is not None:
                act.subject = told(f"{first.code} → {target.name}", first.text, len(rows))
            kept = list(dict.fromkeys(_recoded(session, row, target.id) for row in rows))
            session.flush()
            views = views_of(session, kept)
        return [views[coding_id] for coding_id in kept]

    @verb("coding.remove")
    def remove(self, coding: str) -> None:
        """Take a code off a quote; a quote left without a code goes too, unless it is a favourite."""
        with self.acting("coding.remove") as act:
            row = existing(act.session.get(tables.Coding, coding), N_("coding"), coding)
            view = coding_views(act.session, coding_id=row.id)[0]
            act.subject = told(view.code, view.text)
            act.session.delete(row)
            act.session.flush()
            remove_bare_quotes(act.session, {row.quote_id})

    # -- a coder's work ------------------------------------------------------------------------

    def coder_names(self) -> list[str]:
        """Return everybody who has coded something, in the order they began; in blind mode oneself at most."""
        statement = (
            select(tables.Coder.name)
            .where(
                tables.Coder.project_id == self.project_id,
                col(tables.Coder.id).in_(select(tables.Coding.coder_id)),
            )
            .order_by(col(tables.Coder.id))
        )
        with self.reading() as session:
            names = session.exec(statement).all()
        whose = self.seen()
        return [name for name in names if whose in (None, name)]

    def coded_by(self, coder: str, *, source: str | None = None, code: str | None = None) -> int:
        """Count the codings of a coder: all, in a source, with a code.

        Raises:
            InputError: ``blind-mode`` for another coder in blind mode.
        """
        with self.reading() as session:
            return len(self._codings_by(session, coder, source, code)[1])

    @verb("coding.clear")
    def clear(self, coder: str, *, source: str | None = None, code: str | None = None) -> int:
        """Take off all codes one coder has put: everywhere, in a source, or one code; return how many.

        Quotes left without a code go too, unless they are favourites.

        Raises:
            InputError: ``blind-mode`` for another coder in blind mode.
        """
        with self.acting("coding.clear") as act:
            session = act.session
            names, codings = self._codings_by(session, coder, source, code)
            act.subject = f"{' · '.join(names)} ({len(codings)})"
            quote_ids: set[str] = set()
            for some in portions(codings):
                statement = select(tables.Coding).where(col(tables.Coding.id).in_(some))
                for row in session.exec(statement).all():
                    quote_ids.add(row.quote_id)
                    session.delete(row)
            session.flush()
            remove_bare_quotes(session, quote_ids)
        return len(codings)

    def _codings_by(
        self, session: Session, coder: str, source: str | None, code: str | None
    ) -> tuple[list[str], list[str]]:
        """Return what is meant in words, and the identifiers of the codings."""
        if self.seen() not in (None, coder):
            raise blind_error()
        row = session.exec(
            select(tables.Coder).where(
                tables.Coder.project_id == self.project_id, tables.Coder.name == coder
            )
        ).first()
        names = [coder]
        statement = select(tables.Coding.id).where(
            tables.Coding.coder_id == existing(row, N_("coder"), coder).id
        )
        if source is not None:
            source_id, title = self.source_key(session, source)
            names.append(title)
            statement = statement.join(
                tables.Quote, col(tables.Quote.id) == col(tables.Coding.quote_id)
            ).where(tables.Quote.source_id == source_id)
        if code is not None:
            found = find_code(session, self.project_id, code)
            names.append(found.name)
            statement = statement.where(tables.Coding.code_id == found.id)
        return names, list(session.exec(statement.order_by(col(tables.Coding.id))).all())


def _recoded(session: Session, row: tables.Coding, code_id: str) -> str:
    """Give a coding another code and return the coding that stands for it now."""
    if row.code_id == code_id:
        return row.id
    twin = session.exec(
        select(tables.Coding.id).where(
            tables.Coding.quote_id == row.quote_id,
            tables.Coding.coder_id == row.coder_id,
            tables.Coding.code_id == code_id,
        )
    ).first()
    if twin is not None:
        session.delete(row)
        return twin
    row.code_id = code_id
    row.settled = False  # what was agreed upon was the other code
    session.add(row)
    return row.id


def views_of(session: Session, coding_ids: Iterable[str]) -> dict[str, CodingView]:
    """Return codings by their identifiers."""
    wanted = set(coding_ids)
    if len(wanted) <= _FEW:
        return {each: coding_views(session, coding_id=each)[0] for each in wanted}
    return {
        view.id: view
        for source_id in _sources_of(session, wanted)
        for view in coding_views(session, source_id=source_id)
        if view.id in wanted
    }


def _sources_of(session: Session, coding_ids: set[str]) -> set[str]:
    found: set[str] = set()
    for some in portions(list(coding_ids)):
        statement = (
            select(tables.Quote.source_id)
            .join(tables.Coding, col(tables.Coding.quote_id) == col(tables.Quote.id))
            .where(col(tables.Coding.id).in_(some))
            .distinct()
        )
        found.update(session.exec(statement))
    return found


def told(names: str, words: str, count: int = 1) -> str:
    """Return what the journal calls an action: the code, the first words, how many quotes more."""
    more = f" (+{count - 1})" if count > 1 else ""
    return f"{names}: {words[:_WORDS]}{more}"
