"""Searches and filters kept under a name, to be run again."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models.filters import QuoteFilter, SourceQuery
from workbench.models.search_views import SavedQueryView
from workbench.models.tables import SavedQuery
from workbench.services.base import Service, existing, verb
from workbench.text.fold import fold
from workbench.text.query import parse

SEARCH = "search"
QUOTES = "quotes"


class Queries(Service):
    """Saved queries; a ``SourceQuery`` is a search, a ``QuoteFilter`` a filter of quotes."""

    def saved(self, kind: str | None = None) -> list[SavedQueryView]:
        """Return the saved queries by name: all, or those of a kind (``search``, ``quotes``)."""
        with self.reading() as session:
            rows = session.exec(
                select(SavedQuery).where(SavedQuery.project_id == self.project_id)
            ).all()
            views = [_view(row) for row in rows if kind in (None, row.kind)]
        return sorted(views, key=lambda view: fold(view.name))

    def query(self, name: str) -> SavedQueryView:
        """Return one saved query by its name or identifier.

        Raises:
            InputError: ``not-found``.
        """
        with self.reading() as session:
            return _view(existing(_find(session, self.project_id, name), N_("saved query"), name))

    @verb("query.save")
    def save(self, name: str, query: QuoteFilter) -> SavedQueryView:
        """Keep a query under a name; one of the same kind and name is replaced.

        Raises:
            InputError: ``query-name-empty``, ``query-name-taken`` by one of the other kind, or
                ``query-…`` when its words cannot be read.
        """
        kind = SEARCH if isinstance(query, SourceQuery) else QUOTES
        if isinstance(query, SourceQuery):
            parse(query.text, forms=query.forms)
        clean = " ".join(name.split())
        if not clean:
            raise InputError(
                "query-name-empty",
                N_("A saved query needs a name."),
                N_("Type at least one letter."),
                field="name",
            )
        values: dict[str, Any] = query.model_dump(mode="json", exclude_defaults=True)
        with self.acting("query.save", clean) as act:
            row = _named(act.session, self.project_id, clean)
            if row is None:
                row = SavedQuery(project_id=self.project_id, name=clean, kind=kind, query=values)
            elif row.kind != kind:
                raise InputError(
                    "query-name-taken",
                    N_("“{name}” is the name of another kind of saved query."),
                    N_("Choose another name."),
                    field="name",
                    name=clean,
                )
            else:
                row.query = values
            act.session.add(row)
            act.session.flush()
        return _view(row)

    @verb("query.remove")
    def remove(self, name: str) -> None:
        """Forget a saved query.

        Raises:
            InputError: ``not-found``.
        """
        with self.acting("query.remove") as act:
            row = existing(_find(act.session, self.project_id, name), N_("saved query"), name)
            act.subject = row.name
            act.session.delete(row)


def _find(session: Session, project_id: str, name: str) -> SavedQuery | None:
    row = session.get(SavedQuery, name)
    return row or _named(session, project_id, " ".join(name.split()))


def _named(session: Session, project_id: str, name: str) -> SavedQuery | None:
    """Return the query of a name, whatever its case."""
    rows = session.exec(
        select(SavedQuery).where(SavedQuery.project_id == project_id).order_by(col(SavedQuery.id))
    )
    return next((row for row in rows if fold(row.name) == fold(name)), None)


def _view(row: SavedQuery) -> SavedQueryView:
    draft = SourceQuery if row.kind == SEARCH else QuoteFilter
    return SavedQueryView(row.id, row.name, row.kind, draft.read(dict(row.query)))
