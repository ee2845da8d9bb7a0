"""The key card as a page over the coding screen."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.i18n import _
from workbench.tui.dialogs.dialog import Dialog
from workbench.tui.key_card import CardGroup, coding_card, in_columns

_MOST_COLUMNS = 4
_GAP = 3
"""Cells between two columns."""

_FRAME = 6
"""Cells that the window and the scroll bar take."""


class KeyCard(Dialog[None]):
    """Every key of the coding screen on one page, where the terminal has room for it."""

    BINDINGS = [
        Binding("f1", "explain", show=False),
        Binding("question_mark,q", "cancel", show=False),
    ]
    DEFAULT_CSS = """
    KeyCard {
        #window { width: auto; max-width: 100%; padding: 0 1; }
        VerticalScroll { width: auto; height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        Horizontal { width: auto; height: auto; }
        Static { width: auto; height: auto; margin-right: 3; }
    }
    """

    def __init__(self, explain: Callable[[], object]) -> None:
        """Show the card.

        Args:
            explain: shows what has the focus and what each command does, in sentences.
        """
        super().__init__()
        self._explain = explain

    def title_text(self) -> str:
        """What this is."""
        return _("Keys")

    def hint_text(self) -> str:
        """What the keys do."""
        return _("F1 explains · ↑↓ scrolls · Esc back")

    def body(self) -> ComposeResult:
        """As many columns as fit side by side."""
        groups, room = coding_card(paired=True), self.app.size.width - _FRAME
        for count in range(_MOST_COLUMNS, 0, -1):
            columns = [_written(column) for column in in_columns(groups, count)]
            if sum(_width(column) + _GAP for column in columns) <= room:
                break
        with VerticalScroll(), Horizontal():
            for column in columns:
                yield Static(column)

    def action_explain(self) -> None:
        """Show the commands in sentences instead."""
        self.dismiss(None)
        self._explain()


def _width(column: Content) -> int:
    return max(cell_len(line) for line in column.plain.split("\n"))


def _written(groups: list[CardGroup]) -> Content:
    lines: list[Content] = []
    for group in groups:
        if lines:
            lines.append(Content(""))
        lines.append(Content.styled(group.title, "bold $primary"))
        width = max(cell_len(line.keys) for line in group.lines)
        for line in group.lines:
            keys = line.keys + " " * (width - cell_len(line.keys))
            lines.append(Content.assemble((f"{keys}  ", "bold"), (line.label, "$foreground-muted")))
    return Content("\n").join(lines)
