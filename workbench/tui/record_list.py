"""A list of one kind of record with add, edit and remove: goals, waves, people and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from workbench.tui.commands import Command
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable


class RecordListScreen(OpenProjectScreen[None]):
    """A table of records; a subclass gives columns and rows, and the actions its commands name."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    EMPTY: ClassVar[str] = ""
    """What belongs here and which key begins, marked with ``N_``."""

    DEFAULT_CSS = """
    RecordListScreen RowTable { margin-top: 1; }
    """

    def rows(self) -> Sequence[Row]:
        """Return the records as rows."""
        return ()

    def body(self) -> ComposeResult:
        """The table alone."""
        yield RowTable(self.COLUMNS, empty=self.EMPTY)

    def fill(self) -> None:
        """Read the records again."""
        self.table.show(ListSource(self.rows()), key=self.current)
        if self.focused is None:
            self.table.focus()

    @property
    def table(self) -> RowTable:
        """The table."""
        return self.query_one(RowTable)

    @property
    def current(self) -> Any:
        """The key of the record under the cursor, or None in an empty list."""
        row = self.table.current
        return row.key if row is not None else None

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.open_current()

    def open_current(self) -> None:
        """Do what Enter does: edit, where this kind can be edited."""
