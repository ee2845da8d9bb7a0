"""Undo, redo and the journal."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workbench.errors import ProjectError
from workbench.i18n import N_
from workbench.models.tables import JournalEntry
from workbench.models.views import CodingView, JournalView
from workbench.services.base import Service, verb
from workbench.store import journal
from workbench.store.codings import coding_views

_TELLING = ("coding.", "quote.", "memo.")
"""How the verbs begin whose entries tell what somebody coded or noted."""


class History(Service):
    """What was done in the project, and taking it back."""

    @verb("history.undo")
    def undo(self) -> JournalView:
        """Take back the newest action that can be taken back and return it.

        Raises:
            ProjectError: ``nothing-to-undo`` or ``undo-conflict``.
        """
        return self._step(backwards=True)

    @verb("history.redo")
    def redo(self) -> JournalView:
        """Do again what was undone last and return it.

        Raises:
            ProjectError: ``nothing-to-redo`` or ``undo-conflict``.
        """
        return self._step(backwards=False)

    def entries(self, limit: int = 200) -> list[JournalView]:
        """Return the newest entries of the journal, newest first; in blind mode not what others coded and noted."""
        whose = self.seen()
        hidden = () if whose is None else _TELLING
        with self.reading() as session:
            rows = journal.entries(
                session, self.project_id, limit=limit, not_telling=hidden, but_of=whose or ""
            )
        return [JournalView(*row) for row in rows]

    def changed_codings(
        self, source_id: str, rows: Mapping[str, Collection[str]]
    ) -> list[CodingView]:
        """Return those codings of a source that an undo or redo has touched, as they are now.

        Args:
            source_id: the source.
            rows: what the step touched, as its :class:`JournalView` says.
        """
        with self.reading() as session:
            found = coding_views(session, source_id=source_id, among=rows)
        whose = self.seen()
        return [coding for coding in found if whose in (None, coding.coder)]

    def _step(self, *, backwards: bool) -> JournalView:
        with journal.checked(), self._context.file.transaction() as session:
            find = journal.next_undo if backwards else journal.next_redo
            entry = find(session, self.project_id)
            if entry is None:
                raise _nothing(backwards=backwards)
            journal.apply_changes(session, entry.changes, backwards=backwards)
            self._context.note_changes(entry.changes)
            entry.state = "undone" if backwards else "done"
            name = _name_of_actor(entry, backwards=backwards)
            session.add(entry)
            view = JournalView(
                entry.number,
                entry.created_at,
                entry.verb,
                entry.actor,
                self._told(entry),
                entry.state,
                entry.undoable,
                journal.touched_rows(entry.changes),
            )
        if name is not None and name[0] == self._context.coder:
            self._context.coder = name[1]
        self._context.tell("history.undo" if backwards else "history.redo")
        return view

    def _told(self, entry: JournalEntry) -> str:
        """Return what an entry says it was done to; in blind mode not the words that others coded."""
        hidden = self.seen() not in (None, entry.actor) and entry.verb.startswith(_TELLING)
        return "" if hidden else entry.subject


def _name_of_actor(entry: JournalEntry, *, backwards: bool) -> tuple[str, str] | None:
    """Return the name whoever did this had until now and has from now on, where they named themselves anew."""
    old, _arrow, new = entry.subject.partition(" → ")
    if entry.verb != "coder.rename" or entry.actor != old:
        return None
    return (new, old) if backwards else (old, new)


def _nothing(*, backwards: bool) -> ProjectError:
    if backwards:
        return ProjectError("nothing-to-undo", N_("There is nothing to undo."))
    return ProjectError("nothing-to-redo", N_("There is nothing to redo."))
