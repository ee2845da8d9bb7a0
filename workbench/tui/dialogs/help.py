"""Explains what has the focus and lists the commands of the screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.i18n import _
from workbench.tui.commands import Command, key_shown
from workbench.tui.dialogs.dialog import Dialog, Words


class HelpDialog(Dialog[None]):
    """Help texts, then every command with its keys and what it does."""

    BINDINGS = [
        Binding("question_mark,f1,q", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    HelpDialog {
        #window { width: 78; }
        VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        Words { margin-bottom: 1; }
        Static.command { width: 1fr; height: auto; }
    }
    """

    def __init__(self, texts: Iterable[str], commands: Iterable[Command]) -> None:
        """Take what to show.

        Args:
            texts: help of the focused widget first, the screen's last, already translated.
            commands: what can be done here.
        """
        super().__init__()
        self._texts = list(texts)
        self._commands = list(commands)

    def title_text(self) -> str:
        """What this is."""
        return _("Help")

    def hint_text(self) -> str:
        """What the keys do."""
        return _("↑↓ scrolls · Esc back")

    def body(self) -> ComposeResult:
        """Texts and keys, scrolled together."""
        with VerticalScroll():
            for text in self._texts:
                yield Words(text)
            rows = [(_keys(command), command) for command in self._commands]
            width = max((cell_len(keys) for keys, _command in rows), default=0)
            for keys, command in rows:
                gap = " " * (width - cell_len(keys) + 2)
                yield Static(
                    Content.assemble(
                        (keys + gap, "bold $primary"),
                        (command.shown_label(), ""),
                        (f"  {command.shown_help()}", "$foreground-muted"),
                    ),
                    classes="command",
                )


def _keys(command: Command) -> str:
    """Return all keys of a command as a person reads them."""
    return " ".join(key_shown(key.strip()) for key in command.keys.split(",") if key.strip())
