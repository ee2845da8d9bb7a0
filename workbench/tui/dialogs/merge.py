"""What merging a colleague's copy would do, to be looked at before it is done."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from workbench.i18n import N_, _
from workbench.models.agreement_views import MergeItem, MergeReport
from workbench.models.kinds import MergeOutcome
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

_OUTCOMES = {
    MergeOutcome.ADDED: ("+", N_("added")),
    MergeOutcome.CHANGED: ("~", N_("changed")),
    MergeOutcome.REMOVED: ("−", N_("removed")),
    MergeOutcome.CONFLICT: ("!", N_("in conflict")),
    MergeOutcome.KEPT: ("=", N_("left as here")),
    MergeOutcome.LEFT_OUT: ("·", N_("not merged")),
}
"""A sign and a word for what becomes of a thing."""

_ORDER = (
    MergeOutcome.CONFLICT,
    MergeOutcome.LEFT_OUT,
    MergeOutcome.KEPT,
    MergeOutcome.REMOVED,
    MergeOutcome.CHANGED,
    MergeOutcome.ADDED,
)
"""What wants attention comes first."""


class MergePreview(Dialog[bool]):
    """The list of what would happen; Enter does it."""

    DEFAULT_CSS = """
    MergePreview {
        #window { width: 112; height: 80%; padding: 0 1; }
        RowTable { background: $surface; margin-top: 1; }
    }
    """
    BINDINGS = [Binding("enter", "merge", show=False, priority=True)]

    def __init__(self, report: MergeReport) -> None:
        """Show a report of what would be done."""
        super().__init__()
        self._report = report
        order = {outcome: place for place, outcome in enumerate(_ORDER)}
        items = sorted(report.items, key=lambda item: order[MergeOutcome(item.outcome)])
        self._noted = any(item.note for item in items)
        self._rows = [Row(place, self._cells(item)) for place, item in enumerate(items)]

    def _cells(self, item: MergeItem) -> tuple[str, ...]:
        sign, word = _OUTCOMES[MergeOutcome(item.outcome)]
        cells = (f"{sign} {_(word)}", _(item.what), item.name)
        return (*cells, _(item.note) if item.note else "") if self._noted else cells

    def title_text(self) -> str:
        """What is asked."""
        return _("Merge the copy {folder}?").format(folder=self._report.other.name)

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter merges · ↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """What would happen in a sentence, then one by one."""
        from workbench.services.merging import merge_sentence

        yield Words(merge_sentence(self._report, done=False))
        notes = (Column(width=36, least=90),) if self._noted else ()
        yield RowTable(
            (Column(width=16), Column(width=18, least=60), Column(), *notes),
            ListSource(self._rows),
            empty=N_("Nothing in it is new."),
        )

    def on_mount(self) -> None:
        """Let the list be walked through."""
        self.query_one(RowTable).focus()

    @on(RowTable.Opened)
    def action_merge(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_cancel(self) -> None:
        """Not doing it is the answer."""
        self.dismiss(False)
