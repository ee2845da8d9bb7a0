"""Codebooks come in from files and other projects and go out as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_, _
from workbench.tui.codebook.shaping import CodeShaping
from workbench.tui.dialogs.confirm import ask_to_replace

if TYPE_CHECKING:
    from workbench.services.codebook_exchange import CodebookImport


class CodeExchange(CodeShaping):
    """Import, export, and the codebooks of other projects."""

    # -- in ------------------------------------------------------------------------------------

    def action_code_import(self) -> None:
        """Choose a file, show what importing it would do, and do it."""
        from workbench.tui.dialogs.open_file import OpenFile

        exchange = self.project.codebook_exchange
        suffixes = tuple(suffix for each in exchange.formats() for suffix in each.suffixes)

        def chosen(path: Path | None) -> None:
            if path is not None:
                self._bring_in(lambda: exchange.preview(path), lambda: exchange.import_file(path))

        dialog = OpenFile(title=_("Import codebook"), suffixes=suffixes, purpose="codebook")
        self.app.push_screen(dialog, chosen)

    def action_code_reuse(self) -> None:
        """Choose another project, show what taking over its codes would do, and do it."""
        from workbench.services.workspace import Workspace
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        exchange, here = self.project.codebook_exchange, self.project.folder
        cards = Workspace(here.parent).projects()
        choices = [
            Choice(value=card.slug, label=card.title, note=card.slug)
            for card in cards
            if card.slug != here.name and not card.problem
        ]
        if not choices:
            raise InputError(
                "no-other-project",
                N_("There is no other project in this workspace."),
                N_("Import a file instead: i in the codebook."),
            )

        def picked(name: str | NewName | None) -> None:
            if isinstance(name, str):
                self._bring_in(lambda: exchange.preview_reuse(name), lambda: exchange.reuse(name))

        title = _("Reuse the codes of which project?")
        self.app.push_screen(PickDialog[str](choices, title=title), picked)

    def _bring_in(
        self, look: Callable[[], CodebookImport], act: Callable[[], CodebookImport]
    ) -> None:
        """Show what would happen, beside the interface; then do it when that is wanted."""

        def looked(found: CodebookImport) -> None:
            from workbench.tui.dialogs.import_codes import ImportCodes

            def answered(wanted: bool | None) -> None:
                if wanted:
                    self.attempt(enter)

            self.app.push_screen(ImportCodes(found), answered)

        def enter() -> None:
            from workbench.tui.dialogs.import_codes import summary

            with self.changing():
                done = act()
            self.show_changed()
            self.workbench.tell(summary(done))

        self.run_in_thread(look, looked, group="codebook")

    # -- out -----------------------------------------------------------------------------------

    def action_code_export(self) -> None:
        """Choose a format and write the codebook into the exports of the project."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        choices = [
            Choice(value=each.name, label=_(each.description), search=each.name)
            for each in self.project.codebook_exchange.formats()
            if each.writes
        ]

        def picked(name: str | NewName | None) -> None:
            if isinstance(name, str):
                self._export(name, force=False)

        self.app.push_screen(PickDialog[str](choices, title=_("Export codebook")), picked)

    def _export(self, name: str, *, force: bool) -> None:
        """Write the file beside the interface; one that is there is replaced only when that is wanted."""
        exchange = self.project.codebook_exchange

        def failed(error: WorkbenchError) -> None:
            if error.code == "export-exists" and not force:
                again = partial(self._export, name, force=True)
                ask_to_replace(self.app, Path(error.params["file"]), again)
            else:
                self.show_error(error)

        self.run_in_thread(
            partial(exchange.export, name, force=force),
            lambda path: self.workbench.tell(_("Exported: {file}").format(file=path)),
            failed=failed,
            group="export",
        )
