"""Keeping filters of the list of quotes under a name, showing and forgetting them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter
from workbench.tui.commands import Command
from workbench.tui.quote_actions import QuoteListActions
from workbench.tui.saved_queries import pick_saved
from workbench.tui.widgets.fields import Field

if TYPE_CHECKING:
    from workbench.models.views import SavedQueryView


class SavedFilters(QuoteListActions):
    """Keeps what is shown as a saved query, and shows one that was kept."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    @abstractmethod
    def look(self, wanted: QuoteFilter) -> None:
        """Show other quotes."""

    @abstractmethod
    def describe(self, wanted: QuoteFilter) -> str:
        """Say which quotes a filter means."""

    def action_save(self) -> None:
        """Ask for a name and keep the filter."""
        wanted = self.wanted

        def save(values: dict[str, Any]) -> None:
            name = self.project.queries.save(values["name"] or "", wanted).name
            self.workbench.tell(_("“{name}” is kept; l lists saved filters.").format(name=name))

        rest = self.describe(wanted.model_copy(update={"words": ""}))
        name = " · ".join(part for part in (wanted.words, rest) if part)
        self.ask(_("Keep the filter"), [Field("name", N_("Name"), value=name)], save)

    def action_saved(self) -> None:
        """Choose a saved filter and show its quotes."""
        self._pick(_("Saved filters"), lambda view: self.look(view.query))

    def action_remove(self) -> None:
        """Choose a saved filter and forget it."""

        def forget(view: SavedQueryView) -> None:
            self.project.queries.remove(view.id)
            self.workbench.tell(_("“{name}” is forgotten.").format(name=view.name))

        self._pick(_("Forget a saved filter"), forget)

    def _pick(self, title: str, use: Callable[[SavedQueryView], None]) -> None:
        none = _("No filter is saved yet. Filter with /, then press S.")
        pick_saved(
            self, "quotes", title, use, describe=lambda view: self.describe(view.query), none=none
        )
