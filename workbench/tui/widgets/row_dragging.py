"""A table whose rows can be dragged onto each other with the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import events
from textual.message import Message

from workbench.tui.widgets.row_table import RowTable


class DraggableRows(RowTable):
    """While a row is dragged, the cursor stands on the row it would be dropped on."""

    ALLOW_SELECT = False

    @dataclass
    class Dragged(Message):
        """A row is held over another one, or over the empty room below all of them."""

        table: DraggableRows
        key: Any
        onto: Any
        """The key of the row below the mouse; None below all rows."""

        @property
        def control(self) -> DraggableRows:
            """The table, for ``@on`` selectors."""
            return self.table

    @dataclass
    class Dropped(Message):
        """A row was let go over another one, or over the empty room below all of them."""

        table: DraggableRows
        key: Any
        onto: Any

        @property
        def control(self) -> DraggableRows:
            """The table, for ``@on`` selectors."""
            return self.table

    _held: int | None = None
    """The row the mouse button went down on."""
    _over: int | None = None
    """The row a held one is over; None while it has not left its place."""

    @property
    def dragging(self) -> bool:
        """Whether a row has left its place."""
        return self._over is not None

    def _row_below(self, event: events.MouseEvent) -> int:
        """Return the number of the row below the mouse; the number of rows stands for the room below them."""
        place = event.screen_y - self.content_region.y - self._heading_height
        place = max(0, min(place, self.content_region.height)) + int(self.scroll_offset.y)
        return min(place, self.row_count)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a row."""
        number = self._row_below(event)
        self._over = None
        self._held = number if event.button == 1 and number < self.row_count else None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Carry the row."""
        if self._held is None:
            return
        number = self._row_below(event)
        if number == (self._held if self._over is None else self._over):
            return
        if not self.dragging:
            self.capture_mouse()
        self._over = number
        self.cursor = number
        self.post_message(self.Dragged(self, *self._keys()))

    def on_mouse_up(self) -> None:
        """Let the row go."""
        if self.dragging:
            self.release_mouse()
            self.post_message(self.Dropped(self, *self._keys()))
        self._held = None

    def _keys(self) -> tuple[Any, Any]:
        held = self.row_at(self._held if self._held is not None else -1)
        onto = self.row_at(self._over if self._over is not None else -1)
        return held and held.key, onto and onto.key

    def on_click(self, event: events.Click) -> None:
        """A row that was dragged is not clicked on."""
        was_dragged, self._over = self.dragging, None
        if was_dragged:
            event.prevent_default()
