"""Keeping searches under a name, running and forgetting them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.widgets import Input

from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter, SourceQuery
from workbench.models.views import SavedQueryView
from workbench.tui.commands import Command
from workbench.tui.finding.suggesting import PLACES, SuggestingScreen
from workbench.tui.saved_queries import pick_saved
from workbench.tui.undoing import step_sentence
from workbench.tui.widgets.fields import Field


class SavedSearches(SuggestingScreen):
    """Keeps searches, and runs those that were kept."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    def action_save(self) -> None:
        """Ask for a name and keep the search."""
        query = self.query_run
        if query is None:
            return

        def save(values: dict[str, Any]) -> None:
            name = self.project.queries.save(values["name"] or "", query).name
            self.workbench.tell(_("“{name}” is kept; l lists saved searches.").format(name=name))

        self.ask(_("Keep the search"), [Field("name", N_("Name"), value=query.text)], save)

    def action_saved(self) -> None:
        """Choose a saved search and run it."""
        self._pick(_("Saved searches"), self._run_saved)

    def action_remove(self) -> None:
        """Choose a saved search and forget it."""

        def forget(view: SavedQueryView) -> None:
            self.project.queries.remove(view.id)
            self.workbench.tell(_("“{name}” is forgotten.").format(name=view.name))

        self._pick(_("Forget a saved search"), forget)

    def action_undo(self) -> None:
        """Take the last action back and say what it was."""
        entry = self.project.history.undo()
        self.workbench.tell(step_sentence(entry, _("Undone: {action}")))
        self.search(again=True)

    def _pick(self, title: str, use: Callable[[SavedQueryView], None]) -> None:
        none = _("No search is saved yet. Search, then press s.")
        pick_saved(self, "search", title, use, describe=self._describe, none=none)

    def _describe(self, view: SavedQueryView) -> str:
        if not isinstance(view.query, SourceQuery):
            return ""
        said = self.describe(view.query, forms=view.query.forms)
        return " · ".join(part for part in (view.query.text, said) if part)

    def _run_saved(self, view: SavedQueryView) -> None:
        query = view.query
        if isinstance(query, SourceQuery):
            values = query.model_dump(exclude={"text", "forms"})
            self.wanted, self.forms = QuoteFilter.read(values), query.forms
            with self.prevent(Input.Changed):
                self.line.value = query.text
            self.show_tab(PLACES)
            self.search(then_go=True)
