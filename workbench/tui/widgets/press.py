"""A quiet button: one line, for the mouse and for Enter."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Static

from workbench.tui.display import content


class Press(Static, can_focus=True):
    """Something to press, shown as a word between brackets."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Press { width: auto; height: 1; padding: 0 1; color: $primary; background: $panel; }
    Press:hover { background: $block-cursor-blurred-background; }
    Press:focus { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    Press:ansi:nocolor:focus { text-style: bold reverse; }
    """
    BINDINGS = [Binding("enter,space", "press", show=False)]

    @dataclass
    class Pressed(Message):
        """It was pressed."""

        press: Press

        @property
        def control(self) -> Press:
            """The button, for ``@on`` selectors."""
            return self.press

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Show a translated word."""
        super().__init__(content(f"[ {label} ]"), id=id)

    def action_press(self) -> None:
        """Press it."""
        self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        """Press it."""
        self.action_press()
