"""Shows what bringing in a codebook would do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from workbench.coding.code_records import Fate, Incoming
from workbench.coding.codebook import MARKS
from workbench.i18n import N_, _
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.widgets.press import Press
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

if TYPE_CHECKING:
    from workbench.services.codebook_exchange import CodebookImport

FATES = {
    Fate.NEW: N_("new"),
    Fate.CHANGED: N_("changed"),
    Fate.SAME: N_("as before"),
    Fate.FROZEN: N_("frozen, stays"),
}
FIELD_NAMES = {
    "kind": N_("Kind"),
    "colour": N_("Colour"),
    "definition": N_("Definition"),
    "when_to_use": N_("When to use"),
    "when_not": N_("When not to use"),
    "example": N_("Example"),
}


class ImportCodes(Dialog[bool]):
    """Every code that comes in and what becomes of it; answers whether that is wanted."""

    BINDINGS = [
        Binding("ctrl+s", "answer(True)", priority=True, show=False),
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]
    DEFAULT_CSS = """
    ImportCodes {
        #window { width: 100; height: 80%; padding: 0 1; }
        #summary { margin: 0 1 1 1; }
        #notes { margin: 0 1 1 1; max-height: 4; }
        RowTable { background: $surface; }
        #buttons { height: 1; margin: 1 1 0 1; }
        Press { margin-right: 2; }
    }
    """

    def __init__(self, planned: CodebookImport) -> None:
        """Show a plan."""
        super().__init__()
        self._planned = planned

    def title_text(self) -> str:
        """Where the codes come from."""
        return _("Codes from {origin}").format(origin=self._planned.origin)

    def hint_text(self) -> str:
        """What the keys do."""
        return _("y bring in · ↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """How many codes of each fate, notes on the file, the codes, and the two answers."""
        yield Words(summary(self._planned), id="summary")
        if self._planned.notes:
            notes = "\n".join(note.show() for note in self._planned.notes)
            yield Words(notes, id="notes", classes="quiet")
        columns = (
            Column(N_("Code"), cut="middle"),
            Column(N_("What happens"), width=14),
            Column(N_("Changes"), width=30, least=70),
        )
        yield RowTable(columns)
        with Horizontal(id="buttons"):
            yield Press(_("Bring in"), id="yes")
            yield Press(_("Leave"), id="no")

    def on_mount(self) -> None:
        """Show what changes first."""
        order = list(FATES)
        codes = sorted(self._planned.codes, key=lambda code: order.index(code.fate))
        table = self.query_one(RowTable)
        table.show(ListSource([_row(number, code) for number, code in enumerate(codes)]))
        table.focus()

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        self.dismiss(event.press.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by a letter."""
        self.dismiss(yes)

    def action_cancel(self) -> None:
        """Not doing it is the answer."""
        self.dismiss(False)


def _row(number: int, code: Incoming) -> Row:
    mark = MARKS.get(code.record.kind, "●")
    changes = ", ".join(_(FIELD_NAMES[field]).lower() for field in code.changes)
    cells = (f"{mark} {code.record.shown_path}", _(FATES[code.fate]), changes)
    return Row(number, cells, quiet=code.fate in (Fate.SAME, Fate.FROZEN))


def summary(planned: CodebookImport) -> str:
    """Say how many codes there are of each fate."""
    said = _("New: {new} · changed: {changed} · as before: {same}").format(
        new=planned.count(Fate.NEW),
        changed=planned.count(Fate.CHANGED),
        same=planned.count(Fate.SAME),
    )
    frozen = planned.count(Fate.FROZEN)
    return said + (" · " + _("frozen: {frozen}").format(frozen=frozen) if frozen else "")
