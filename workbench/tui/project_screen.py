"""What the screens of an open project share: the project, forms over it, and who may change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.screen import ScreenResultType

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_, _, decimal_text
from workbench.tui.commands import REGISTRY, Command
from workbench.tui.screen import WorkbenchScreen
from workbench.tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.tui.widgets.fields import Field


class OpenProjectScreen(WorkbenchScreen[ScreenResultType]):
    """A screen of the open project; with a project that can only be read its verbs are not offered."""

    # repeated for mypy: it compares a subclass with Textual's attribute of this name otherwise
    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    @property
    def project(self) -> Project:
        """The open project.

        Raises:
            InputError: none is open.
        """
        project = self.workbench.project
        if project is None:
            raise InputError("no-project", N_("No project is open."), N_("Open one first."))
        return project

    def available(self, command_id: str) -> bool:
        """Offer what changes the project only to the one who may write."""
        project = self.workbench.project
        if project is not None and project.read_only and REGISTRY[command_id].verb:
            return False
        return super().available(command_id)

    async def recompose(self) -> None:
        """Build anew, with every list standing where it stood."""
        before = list(self.query(RowTable))
        await super().recompose()
        after = list(self.query(RowTable))
        if len(before) == len(after):
            for old, new in zip(before, after, strict=True):
                new.take_place_of(old)

    def attempt(self, action: Callable[[], object]) -> None:
        """Do something in a dialog's answer, and say what went wrong there."""
        try:
            action()
        except WorkbenchError as error:
            self.show_error(error)
        self.refresh_shell()

    def status(self) -> str:
        """What goes on; that nothing can be changed here is said first."""
        project = self.workbench.project
        note = super().status()
        if project is not None and project.read_only:
            return " · ".join(part for part in (_("reading only"), note) if part)
        return note

    def ask(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[dict[str, Any]], object],
        *,
        intro: str = "",
        save_label: str = N_("Save"),
    ) -> None:
        """Ask for values in a form that stays open until they are saved; then show the new state.

        Args:
            title: what is asked, translated.
            fields: what to ask for.
            save: does the work; raises what is wrong, which is shown at its field.
            intro: a sentence before the fields, translated.
            save_label: the word on the button, marked with ``N_``.
        """
        from workbench.tui.dialogs.form import DraftForm

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.fill()
                self.refresh_shell()

        form = DraftForm(title, fields, validate=save, intro=intro, save_label=save_label)
        self.app.push_screen(form, done)

    def confirm(self, question: str, action: Callable[[], object], *, details: str = "") -> None:
        """Ask before something is removed; then do it and show the new state."""
        from workbench.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                action()
                self.fill()
                self.refresh_shell()

        dialog = Confirm(question, details=details, yes=N_("Remove"), no=N_("Keep"))
        self.app.push_screen(dialog, answered)


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a form with empty lines as nothing, as drafts have it for what is optional."""
    return {name: None if value == "" else value for name, value in values.items()}


def number_text(value: float | None) -> str:
    """Show a number the way it was typed: 7, not 7.0."""
    return "" if value is None else decimal_text(f"{value:g}")


def decimal_point(text: str | None) -> str | None:
    """Take a decimal comma for a point; an empty line is no number."""
    return (
        text.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace(" ", "") if text else None
    )
