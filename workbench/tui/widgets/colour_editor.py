"""Choosing a colour of the palette: all of them in a row, each in its own colour."""

from __future__ import annotations

from textual import events
from textual.content import Content

from workbench.i18n import N_, _
from workbench.tui.theme import code_colour
from workbench.tui.widgets.fields import ChoiceEditor

_SWATCH = 3
"""Cells of one colour: room for the marks around the chosen one."""


class ColourEditor(ChoiceEditor):
    """Numbers of colours as dots; the chosen one stands between marks, its number or name behind all of them."""

    HELP = N_("Colours. ← and → choose one, a click too, Enter lists them all.")

    def render(self) -> Content:
        """Show every colour."""
        parts: list[Content | tuple[str, str]] = []
        for place, (value, _label) in enumerate(self.choices):
            dot = ("●", self._style(value)) if isinstance(value, int) else ("○", "")
            around = ("‹", "›") if place == self.index else (" ", " ")
            parts += [Content(around[0]), dot, Content(around[1])]
        label = _(self.choices[self.index][1]) if self.choices else ""
        return Content.assemble(*parts, f" {label}")

    def _style(self, value: int) -> str:
        app = self.app
        return code_colour(value, dark=app.current_theme.dark, ansi=app.theme == "ansi")

    def on_click(self, event: events.Click) -> None:
        """Take the colour that was clicked on."""
        event.prevent_default()  # the field below would list them
        offset = event.get_content_offset(self)
        place = offset.x // _SWATCH if offset is not None else len(self.choices)
        if place < len(self.choices):
            self.index = place

    def action_list(self) -> None:
        """Show all colours to pick from."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        def take(number: int | NewName | None) -> None:
            if isinstance(number, int):
                self.index = number

        choices = [
            Choice(
                value=place,
                label=_(label),
                mark="●" if isinstance(value, int) else "○",
                colour=self._style(value) if isinstance(value, int) else "",
            )
            for place, (value, label) in enumerate(self.choices)
        ]
        self.app.push_screen(PickDialog[int](choices, title=_("Colour")), take)
