"""Go to another screen by one letter."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from workbench.i18n import _
from workbench.tui.dialogs.dialog import Dialog
from workbench.tui.registry import SCREENS, ScreenEntry


class GoTo(Dialog[str | None]):
    """The screens with their letters; answers a screen's name."""

    DEFAULT_CSS = """
    GoTo {
        align: center bottom;
        #window { width: 78; margin-bottom: 1; }
        GoToLine { height: 1; width: 1fr; }
        GoToLine:hover { background: $block-cursor-blurred-background; }
    }
    """

    def __init__(self, *, has_project: bool) -> None:
        """Offer what makes sense.

        Args:
            has_project: whether a project is open; without one its screens are not offered.
        """
        super().__init__()
        self._entries = [
            entry
            for entry in SCREENS.values()
            if entry.letter and (has_project or not entry.needs_project)
        ]

    def title_text(self) -> str:
        """What is asked."""
        return _("Go to")

    def hint_text(self) -> str:
        """What the keys do."""
        return _("letter opens · Esc back")

    def body(self) -> ComposeResult:
        """One line a screen."""
        for entry in self._entries:
            yield GoToLine(entry)

    def on_key(self, event: events.Key) -> None:
        """Go where the letter says."""
        for entry in self._entries:
            if event.key.lower() == entry.letter:
                event.stop()
                self.dismiss(entry.name)


class GoToLine(Static):
    """One screen: its letter, its name, what it is."""

    def __init__(self, entry: ScreenEntry) -> None:
        """Show a screen of the registry."""
        self._entry = entry
        super().__init__(
            Content.assemble(
                (f"{entry.letter}  ", "bold $primary"),
                (f"{entry.shown_label():<22}", "$foreground"),
                (_(entry.help), "$foreground-muted"),
            ).truncate(72, ellipsis=True)
        )

    def on_click(self) -> None:
        """Go there."""
        if isinstance(self.screen, GoTo):
            self.screen.dismiss(self._entry.name)
