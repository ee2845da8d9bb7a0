"""Asks yes or no before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from workbench.i18n import N_, _
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.widgets.press import Press


class Confirm(Dialog[bool]):
    """A question; answers True only for yes. Esc and the first focus are the safe answer."""

    BINDINGS = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    Confirm {
        #window { width: 60; padding: 1 2; }
        #buttons { height: 1; margin-top: 1; }
        Press { margin-right: 2; }
    }
    """

    def __init__(
        self, question: str, *, details: str = "", yes: str = N_("Yes"), no: str = N_("No")
    ) -> None:
        """Ask.

        Args:
            question: what is asked, translated.
            details: what will happen, translated.
            yes: the word for doing it, marked with ``N_``.
            no: the word for not doing it, marked with ``N_``.
        """
        super().__init__()
        self._question = question
        self._details = details
        self._yes = yes
        self._no = no

    def title_text(self) -> str:
        """What is asked."""
        return self._question

    def hint_text(self) -> str:
        """What the keys do."""
        return _("y yes · n no · Esc back")

    def body(self) -> ComposeResult:
        """What will happen, and the two answers."""
        if self._details:
            yield Words(self._details)
        with Horizontal(id="buttons"):
            yield Press(_(self._no), id="no")
            yield Press(_(self._yes), id="yes")

    def on_mount(self) -> None:
        """Begin at the safe answer."""
        self.query_one("#no").focus()

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        self.dismiss(event.press.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by a letter."""
        self.dismiss(yes)

    def action_cancel(self) -> None:
        """Not doing it is the answer."""
        self.dismiss(False)


def leave_if_nothing_is_lost(dialog: Dialog[Any], *, changed: bool) -> None:
    """Close a dialog without an answer; what was typed is thrown away only if that is said."""
    if not changed:
        dialog.dismiss(None)
        return

    def answered(discard: bool | None) -> None:
        if discard:
            dialog.dismiss(None)

    question = Confirm(_("Throw away what you typed?"), yes=N_("Throw away"), no=N_("Keep typing"))
    dialog.app.push_screen(question, answered)


def ask_to_replace(app: App[Any], path: Path, replace: Callable[[], None]) -> None:
    """Ask whether a file among the exports may be replaced, and do it when it may."""

    def answered(yes: bool | None) -> None:
        if yes:
            replace()

    question = Confirm(
        _("Replace “{file}”?").format(file=path.name),
        details=_("A file of that name is already in the folder “exports”."),
        yes=N_("Replace"),
        no=N_("Keep"),
    )
    app.push_screen(question, answered)
