"""The list of places of a transcript that ask for an ear; Enter goes to one of them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.i18n import N_, _
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.dialogs.dialog import Dialog
from workbench.tui.display import clock
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

_AROUND = 24
"""Letters shown before doubtful words; they stand below each other."""
_BEHIND = 60


class PlacesDialog(Dialog[int | None]):
    """Doubtful words and suspected turns in the order of the text; answers where the chosen one begins."""

    DEFAULT_CSS = """
    PlacesDialog {
        #window { width: 112; padding: 0 1; }
        RowTable { height: auto; min-height: 4; max-height: 70vh; background: $surface; }
    }
    """

    def __init__(self, source: OpenSource, at: int) -> None:
        """List the places of a source.

        Args:
            source: the open source.
            at: where the cursor stands; the list begins at the next place.
        """
        super().__init__()
        self._source = source
        self._at = at

    def title_text(self) -> str:
        """Whose places they are."""
        return _("To listen to: {source}").format(source=self._source.card.title)

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter goes to the place · ↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """The table."""
        columns = (
            Column(N_("Time"), width=8),
            Column(N_("Words")),
            Column(N_("Why"), width=20, least=60),
        )
        yield RowTable(columns, empty=N_("Nothing here asks to be listened to."))

    def on_mount(self) -> None:
        """Stand on the next place."""
        rows = self._rows()
        following = next((row.key for row in rows if row.key >= self._at), None)
        table = self.query_one(RowTable)
        table.show(ListSource(rows), key=following)
        table.focus()

    def _rows(self) -> list[Row]:
        source = self._source
        rows = []
        for span in source.doubts:
            sure = source.sureness(span)
            why = _("doubtful") if sure is None else _("doubtful, {n} %").format(n=sure)
            rows.append(Row(span.start, (self._time(span.start), self._words(span), why)))
        for turn in source.turns:
            if turn.suspected:
                words = source.text[turn.start : turn.end].replace("\n", " ")
                rows.append(Row(turn.start, (self._time(turn.start), words, _("perhaps not said"))))
        return sorted(rows, key=lambda row: row.key)

    def _time(self, offset: int) -> str:
        time = self._source.time_at(offset)
        return clock(time) if time is not None else ""

    def _words(self, span: Span) -> Content:
        text = self._source.text
        before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
        behind = text[span.end : span.end + _BEHIND].partition("\n")[0]
        words = (text[span.start : span.end], "bold $warning")
        quiet = "$foreground-muted"
        return Content.assemble((before.rjust(_AROUND), quiet), words, (behind, quiet))

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        self.dismiss(event.row.key)
