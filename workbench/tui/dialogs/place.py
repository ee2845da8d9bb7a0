"""Asks where in the text to go: to a time of the recording or to a turn."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench.errors import InputError
from workbench.i18n import _
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.reading.places import find_place


class PlaceDialog(Dialog[int | None]):
    """A line for a time or a number; stays open until it names a place, and answers its offset."""

    DEFAULT_CSS = """
    PlaceDialog {
        #window { width: 62; padding: 0 2; }
        #trouble { display: none; }
    }
    """

    def __init__(self, source: OpenSource) -> None:
        """Ask for a place of this text."""
        super().__init__()
        self._source = source

    def title_text(self) -> str:
        """What is asked."""
        return _("Go where?")

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter goes there · Esc back")

    def body(self) -> ComposeResult:
        """The line, what may stand in it, what is wrong with it."""
        if self._source.has_times:
            hint = _("A time: 12:31 or 1:02:03. A turn: #45 or just 45.")
        else:
            hint = _("The number of a turn, from 1 to {count}.").format(
                count=len(self._source.turns)
            )
        yield Input(id="place")
        yield Words(hint, id="hint", classes="quiet")
        yield Words(id="trouble", classes="trouble")

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.dismiss(None)
            return
        try:
            self.dismiss(find_place(self._source, event.value))
        except InputError as error:
            trouble = self.query_one("#trouble", Words)
            trouble.say(f"{error.problem} {error.remedy}")
            trouble.display = True
            self.query_one("#hint").display = False

    @on(Input.Changed)
    def _changed(self) -> None:
        self.query_one("#trouble").display = False
        self.query_one("#hint").display = True
