"""Whose codings are shown on the coding screen."""

from __future__ import annotations

from workbench.i18n import _, ngettext
from workbench.tui.coding.codebook import CodingCodebook

_EVERYBODY = ""
"""The answer that means everybody's codings; no coder has an empty name."""


class CodingCoders(CodingCodebook):
    """One's own codings, another coder's, or everybody's; in blind mode only one's own."""

    # -- what is shown -------------------------------------------------------------------------

    def follow_project(self) -> None:
        """Hear of changes that are made elsewhere, and show whose codings were shown last."""
        self._show_coder()
        super().follow_project()

    def _show_coder(self) -> bool:
        """Tell the project whose codings are shown; tell whether that is new."""
        project = self.project
        chosen = str(self.recall("whose", default=_EVERYBODY))
        if self.workbench.settings.blind:
            chosen = project.coder
        elif chosen and chosen not in project.coders.names():
            chosen = _EVERYBODY  # renamed, or another copy of the project
        before, project.shown_coder = project.shown_coder, chosen or None
        return before != project.shown_coder

    def returned(self) -> None:
        """Show whose codings are to be shown now; another screen may have changed it."""
        if self.source is not None and self._show_coder():
            self.reload(text=False)
        super().returned()

    def whose_text(self) -> str:
        """Say in the top line whose codings are shown; nothing where they are everybody's."""
        whose = self.project.shown_coder
        if self.workbench.settings.blind:
            return _("blind")
        if whose is None:
            return ""
        return (
            _("only mine") if whose == self.project.coder else _("only {coder}").format(coder=whose)
        )

    # -- commands ------------------------------------------------------------------------------

    def action_whose(self) -> None:
        """Choose whose codings are shown."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        self.open_source()
        if self.workbench.settings.blind:
            self.workbench.tell(_("Blind mode shows only your own codings; I switches it off."))
            return
        known = self.project.coders.coders()
        counts = {view.name: view.codings for view in known}
        own = counts.pop(self.project.coder, 0)
        choices = [
            Choice(_EVERYBODY, _("Everybody's"), key=_codings(own + sum(counts.values()))),
            Choice(self.project.coder, _("Mine"), note=self.project.coder, key=_codings(own)),
            *(Choice(name, name, key=_codings(count)) for name, count in counts.items()),
        ]

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.remember("whose", value=answer)
                self.attempt(self._show_changed_coder)

        self.app.push_screen(PickDialog[str](choices, title=_("Show whose codings?")), picked)

    async def action_blind(self) -> None:
        """Hide what others coded, or show it again; this is kept in the settings."""
        now = self.workbench.settings
        await self.workbench.apply_settings(now.model_copy(update={"blind": not now.blind}))
        self._show_changed_coder()
        self.workbench.tell(
            _("Blind mode is off: everybody's codings can be seen again.")
            if now.blind
            else _("Blind mode is on: what others coded is hidden; I switches it off.")
        )

    def _show_changed_coder(self) -> None:
        self._show_coder()
        if self.source is not None:
            self.reload(text=False)
        self.refresh_shell()


def _codings(count: int) -> str:
    return ngettext("{n} coding", "{n} codings", count).format(n=count)
