"""The styles of a transcript's parts and the colours of its codes, in the theme in force."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from workbench.tui.theme import code_colour

PARTS = (
    "time",
    "speaker",
    "question",
    "suspected",
    "doubtful",
    "note",
    "pause",
    "folded",
    "playing",
    "current",
    "spot",
    "hit",
    "selection",
    "cursor",
    "edge",
    "coded",
)
"""Component classes without their prefix."""


class TranscriptStyles:
    """Looks a style up once a theme."""

    def __init__(self, widget: Widget) -> None:
        """Take the widget whose component classes they are."""
        self._widget = widget
        self._parts: dict[str, Style] = {}
        self._codes: dict[int, Style] = {}

    def clear(self) -> None:
        """Forget the former theme."""
        self._parts.clear()
        self._codes.clear()

    def part(self, name: str) -> Style:
        """Return what a part's own rules say; what they leave open shows what lies below.

        A ground of its own is never under dimmed letters, as grey on yellow is hard to read, nor turned over by what lies
        below it.
        """
        if name not in self._parts:
            rules = self._widget.get_component_styles(f"transcript-view--{name}")
            back = rules.background.rich_color if rules.has_rule("background") else None
            front = rules.color.rich_color if rules.has_rule("color") else None
            plain = Style(dim=False, reverse=False) if back is not None else Style()
            self._parts[name] = Style(color=front, bgcolor=back) + plain + rules.text_style
        return self._parts[name]

    def code(self, number: int) -> Style:
        """Return the colour of a code; where nobody wants colours none, as greys would only be hard to read."""
        app = self._widget.app
        if app.no_color:
            return Style()
        if number not in self._codes:
            name = code_colour(number, dark=app.current_theme.dark, ansi=app.theme == "ansi")
            self._codes[number] = Style(color=Color.parse(name).rich_color)
        return self._codes[number]
