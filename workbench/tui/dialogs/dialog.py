"""What every dialog shares: the look, Esc to leave, one typed answer."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ScreenResultType
from textual.widgets import Static

from workbench.i18n import N_
from workbench.tui.compat import ForgivingModal
from workbench.tui.display import content
from workbench.tui.garbage import use_pause

_SETTLED_S = 0.1
"""After so long what lay beneath a dialog has been drawn."""


class Dialog(ForgivingModal[ScreenResultType]):
    """A window over a screen; Esc leaves it with None.

    A subclass yields its widgets in ``body``, says in ``title_text`` what is asked and in
    ``hint_text`` what the keys do, and calls ``dismiss`` with its answer.
    """

    BINDINGS = [Binding("escape", "cancel", N_("Cancel"), show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        &:ansi { background: transparent; }
        #window {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 0 2;
            background: $surface;
            border: round $border;
            border-title-color: $primary;
            border-title-style: bold;
            border-subtitle-color: $foreground-muted;
        }
        #window * {
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-background-active: $surface;
            scrollbar-corner-color: $surface;
        }
    }
    """

    def title_text(self) -> str:
        """What is asked."""
        return ""

    def hint_text(self) -> str:
        """What the keys do."""
        return ""

    def body(self) -> ComposeResult:
        """Compose the window's inside."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Put the body into the window."""
        with Vertical(id="window") as window:
            window.border_title = content(self.title_text()).markup
            window.border_subtitle = content(self.hint_text()).markup
            yield from self.body()

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Look for what dialogs left behind while one reads what this one changed, not while keys are drawn."""
        self.app.set_timer(_SETTLED_S, use_pause)


class Words(Static):
    """A piece of text in a dialog; nothing in it is markup."""

    DEFAULT_CSS = """
    Words { width: 1fr; height: auto; }
    Words.quiet { color: $foreground-muted; }
    Words.trouble { color: $error; }
    Words.heading { color: $primary; text-style: bold; }
    """

    def __init__(
        self,
        text: str = "",
        *,
        classes: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Take the text as it is."""
        super().__init__(content(text, lines=True), classes=classes, id=id, markup=False)

    def say(self, text: str) -> None:
        """Show another text."""
        self.update(content(text, lines=True))
