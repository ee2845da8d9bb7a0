"""Asks to type a name before something is destroyed."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench.i18n import _
from workbench.tui.dialogs.dialog import Dialog, Words


class TypeName(Dialog[bool]):
    """A line into which the name of the thing must be typed; answers True only then."""

    DEFAULT_CSS = """
    TypeName {
        #window { width: 66; padding: 1 2; }
        Input, Input:focus { border: none; height: 1; margin-top: 1; padding: 0 1; background: $panel; background-tint: transparent; }
    }
    """

    def __init__(self, question: str, expected: str, *, details: str = "") -> None:
        """Ask.

        Args:
            question: what is asked, translated.
            expected: what must be typed; case makes no difference.
            details: what will happen, translated.
        """
        super().__init__()
        self._question = question
        self._expected = expected
        self._details = details

    def title_text(self) -> str:
        """What is asked."""
        return self._question

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter deletes · Esc back")

    def body(self) -> ComposeResult:
        """What will happen, the line, and what is wrong with it."""
        if self._details:
            yield Words(self._details)
        yield Words(
            _("Type its name to go on: {name}").format(name=self._expected), classes="quiet"
        )
        yield Input(id="name")
        yield Words(id="trouble", classes="trouble")

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip().casefold() == self._expected.strip().casefold():
            self.dismiss(True)
        else:
            self.query_one("#trouble", Words).say(_("That is another name; nothing was deleted."))

    def action_cancel(self) -> None:
        """Not doing it is the answer."""
        self.dismiss(False)
