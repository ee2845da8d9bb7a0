"""Explains what has the focus and lists the commands of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.i18n import _
from workbench.tui.commands import Command, key_shown
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import content

if TYPE_CHECKING:
    from workbench.tui.screen import WorkbenchScreen


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
        .command { height: auto; }
        .keys { color: $primary; text-style: bold; }
        .what { width: 1fr; }
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
                with Horizontal(classes="command"):
                    shown = Static(content(keys), classes="keys")
                    shown.styles.width = width + 2
                    yield shown
                    what = (f"  {command.shown_help()}", "$foreground-muted")
                    yield Static(Content.assemble(command.shown_label(), what), classes="what")


def _keys(command: Command) -> str:
    """Return all keys of a command as a person reads them."""
    return " ".join(key_shown(key.strip()) for key in command.keys.split(",") if key.strip())


def show_help(screen: WorkbenchScreen[Any]) -> None:
    """Show the key card over a text that is coded; elsewhere explain what has the focus and list the keys."""
    from workbench.tui.widgets.transcript_canvas import TranscriptCanvas

    def explain() -> None:
        screen.app.push_screen(HelpDialog(screen.help_texts(), screen.offered()))

    if screen.NAME == "coding" and isinstance(screen.focused, TranscriptCanvas):
        from workbench.tui.dialogs.key_card import KeyCard

        screen.app.push_screen(KeyCard(explain))
    else:
        explain()
