"""One text or two on a screen, below each other or, where there is room, side by side; and what heads each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from workbench.tui.display import clean_for_terminal, shorten_middle

_BESIDE = 130
"""Columns from which two texts stand side by side: each keeps words, times and margin."""


_KNOWN_LEAST = 12
"""Cells below which what is known of a text is left out."""


class Panes(Container):
    """Lays out the panes in it by its own width."""

    DEFAULT_CSS = """
    Panes {
        height: 1fr;
        layout: vertical;
        &.-beside { layout: horizontal; }
        .pane { height: 1fr; width: 1fr; }
        &.-beside .pane.second { border-left: solid $border-blurred; }
    }
    """

    def on_resize(self, event: events.Resize) -> None:
        """Take what room there is."""
        self.set_class(event.size.width >= _BESIDE, "-beside")


class TextHead(Widget):
    """One line over a text: which it is, and what is known of it; not shown when it says nothing."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {
        "text-head--title",
        "text-head--here",
        "text-head--known",
        "text-head--rule",
    }
    DEFAULT_CSS = """
    TextHead {
        display: none;
        height: 1;
        padding: 0 1;
        .text-head--title { color: $foreground-muted; }
        .text-head--here { color: $primary; text-style: bold; }
        .text-head--known { color: $foreground-muted; }
        .text-head--rule { color: $border-blurred; }
    }
    """

    _title = ""
    _known: Sequence[str] = ()
    _here = False

    def say(self, title: str, known: Sequence[str], *, here: bool) -> None:
        """Show what heads the text.

        Args:
            title: its title, where two texts are open; else nothing.
            known: what else is known of it.
            here: whether the keys go to this text.
        """
        self._title, self._known, self._here = title, tuple(known), here
        self.display = bool(title or known)
        self.refresh()

    def render(self) -> Content:
        """Write the title, then the rest; what does not fit is cut."""
        width = max(1, self.content_size.width)
        title = shorten_middle(clean_for_terminal(self._title), width - 2)
        if title:
            title = f"▸ {title}" if self._here else f"  {title}"
        known = " · ".join(clean_for_terminal(part) for part in self._known)
        room = width - cell_len(title) - 3
        style = "text-head--here" if self._here else "text-head--title"
        parts = [Content.styled(title, self.get_visual_style(style, partial=True))] if title else []
        if known and (room > _KNOWN_LEAST or not title):
            known_style = self.get_visual_style("text-head--known", partial=True)
            gap = Content("   ") if title else Content("")
            parts += [gap, Content.styled(known, known_style)]
        line = Content("").join(parts).truncate(width, ellipsis=True)
        rule = "─" * max(0, width - line.cell_length - 1) if title else ""
        rule_style = self.get_visual_style("text-head--rule", partial=True)
        return Content("").join([line, Content.styled(f" {rule}" if rule else "", rule_style)])
