"""Edits the words of one turn below the transcript, while its recording can go on."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from workbench.i18n import _
from workbench.tui.dialogs.confirm import leave_if_nothing_is_lost
from workbench.tui.dialogs.dialog import Dialog


class TurnEditor(Dialog[str | None]):
    """The words of a turn; answers them, or None when nothing changes."""

    BINDINGS = [
        Binding("enter,ctrl+s,f9", "save", priority=True, show=False),
        Binding("f4", "play", priority=True, show=False),
    ]
    DEFAULT_CSS = """
    TurnEditor {
        align: center bottom;
        background: transparent;
        #window { width: 100%; max-width: 120; padding: 0 1; margin-bottom: 1; }
        TextArea, TextArea:focus { border: none; height: auto; min-height: 3; max-height: 10; padding: 0 1; background: $panel; }
    }
    """

    def __init__(self, title: str, text: str, offset: int, *, play: Callable[[], None]) -> None:
        """Edit words.

        Args:
            title: which turn it is.
            text: its words.
            offset: where to begin.
            play: plays the recording, or stops it.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._offset = min(max(0, offset), len(text))
        self._play = play

    def title_text(self) -> str:
        """Which turn it is."""
        return self._title

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter keeps · F4 plays · Esc back")

    def body(self) -> ComposeResult:
        """The words."""
        yield TextArea(self._text, soft_wrap=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Begin at the word the cursor was on."""
        area = self.query_one(TextArea)
        area.focus()
        before = self._text[: self._offset].split("\n")
        area.move_cursor((len(before) - 1, len(before[-1])))

    def action_save(self) -> None:
        """Answer what is written."""
        self.dismiss(self.query_one(TextArea).text)

    def action_play(self) -> None:
        """Play the recording, or stop it."""
        self._play()

    def action_cancel(self) -> None:
        """Leave; what was typed is thrown away only if that is said."""
        changed = self.query_one(TextArea).text != self._text
        leave_if_nothing_is_lost(self, changed=changed)
