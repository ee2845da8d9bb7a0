"""A list of one kind of record with add, edit and remove: goals, waves, people and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.row_layout import cut_cells
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable


class RecordListScreen(OpenProjectScreen[None]):
    """A table of records; a subclass gives columns and rows, and the actions its commands name."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    EMPTY: ClassVar[str] = ""
    """What belongs here and which key begins, marked with ``N_``."""

    DEFAULT_CSS = """
    RecordListScreen {
        RowTable { margin-top: 1; }
        #whole { padding: 0 1; margin-top: 1; max-height: 5; color: $foreground-muted; display: none; }
    }
    """

    def rows(self) -> Sequence[Row]:
        """Return the records as rows."""
        return ()

    def body(self) -> ComposeResult:
        """The table, and below it what its line had to cut."""
        yield RowTable(self.COLUMNS, empty=self.EMPTY)
        yield Words(id="whole")

    def fill(self) -> None:
        """Read the records again."""
        self.table.show(ListSource(self.rows()), key=self.current)
        if self.focused is None:
            self.table.focus()
        self.call_after_refresh(self.show_whole)

    @on(RowTable.Moved)
    def show_whole(self) -> None:
        """Write out what the line under the cursor shows only in part."""
        row, words = self.table.current, self.query_one("#whole", Words)
        cut = cut_cells(self.COLUMNS, row.cells, self.table.size.width) if row is not None else []
        words.display = bool(cut)
        words.say(" · ".join(cut))

    def on_resize(self) -> None:
        """Another width cuts elsewhere."""
        self.call_after_refresh(self.show_whole)

    @property
    def table(self) -> RowTable:
        """The table."""
        return self.query_one(RowTable)

    @property
    def current(self) -> Any:
        """The key of the record under the cursor, or None in an empty list."""
        row = self.table.current
        return row.key if row is not None else None

    def available(self, command_id: str) -> bool:
        """What is changed or removed must be there."""
        needs = command_id.endswith((".edit", ".remove")) and command_id.startswith(self.NAME)
        if needs and self.is_mounted and self.current is None:
            return False
        return super().available(command_id)

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.open_current()

    def open_current(self) -> None:
        """Do what Enter does: edit, where this kind can be edited."""
