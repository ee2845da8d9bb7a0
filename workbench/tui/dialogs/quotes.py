"""The list of quotes of a source or of a code; Enter goes to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from workbench.coding.codebook import SEPARATOR
from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter
from workbench.models.views import CodeView, CodingView
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.dialogs.dialog import Dialog
from workbench.tui.display import clock
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowSource, RowTable

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.services.quotes import QuoteList as Quotes


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """Where a quote stands."""

    source_id: str
    start: int
    end: int


class QuoteList(Dialog[QuotePlace | None]):
    """Quotes with time and codes, or with their source; answers the one to go to."""

    DEFAULT_CSS = """
    QuoteList {
        #window { width: 112; height: 80%; padding: 0 1; }
        RowTable { background: $surface; }
    }
    """

    def __init__(
        self,
        title: str,
        rows: RowSource,
        *,
        columns: Sequence[Column],
        start: QuotePlace | None,
    ) -> None:
        """Show quotes.

        Args:
            title: whose quotes they are, translated.
            rows: where they come from; each key is a ``QuotePlace``.
            columns: what the rows hold.
            start: the quote to stand on at first.
        """
        super().__init__()
        self._title = title
        self._rows = rows
        self._columns = columns
        self._start = start

    def title_text(self) -> str:
        """Whose quotes they are."""
        return self._title

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter goes there · ↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """The table."""
        yield RowTable(self._columns, empty=N_("No quotes yet: select words and press c."))

    def on_mount(self) -> None:
        """Stand on the quote the cursor was in."""
        table = self.query_one(RowTable)
        table.show(self._rows, key=self._start)
        table.focus()

    @on(RowTable.Opened)
    def _opened(self, event: RowTable.Opened) -> None:
        self.dismiss(event.row.key)


def quotes_of_source(source: OpenSource, start: QuotePlace | None) -> QuoteList:
    """Return the list of a source's quotes."""
    codes: dict[QuotePlace, list[str]] = {}
    quotes: dict[QuotePlace, CodingView] = {}
    for coding in source.index:
        place = QuotePlace(source.id, coding.start, coding.end)
        codes.setdefault(place, []).append(coding.code)
        quotes[place] = coding
    rows = []
    for place, quote in quotes.items():
        time = [clock(quote.start_ms or 0)] if source.has_times else []
        rows.append(Row(place, (*time, quote.text, ", ".join(codes[place]))))
    columns = (
        *([Column(N_("Time"), width=8)] if source.has_times else []),
        Column(N_("Quote")),
        Column(N_("Codes"), width=32, cut="middle", least=60),
    )
    title = _("Quotes: {source}").format(source=source.card.title)
    return QuoteList(title, ListSource(rows), columns=columns, start=start)


def quotes_with_code(project: Project, code: CodeView, start: QuotePlace | None) -> QuoteList:
    """Return the list of the quotes of a code and of all below it, in all sources, page by page."""
    wanted = QuoteFilter(codes=(code.id,))
    rows = _CodeRows(project.quotes.find(wanted, coder=project.shown_coder))
    columns = (
        Column(N_("Quote")),
        Column(N_("Code"), width=22, cut="middle", least=100),
        Column(N_("Source"), width=22, cut="middle", least=60),
        Column(N_("Who"), width=10, cut="middle", least=90),
    )
    return QuoteList(_("Quotes: {code}").format(code=code.path), rows, columns=columns, start=start)


class _CodeRows:
    """Lines of the list of a code, read when they are looked at."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes

    def count(self) -> int:
        """Return how many there are."""
        return len(self._quotes)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return a page of them."""
        return [
            Row(
                QuotePlace(line.source_id, line.start, line.end),
                (
                    line.text,
                    line.code.rpartition(SEPARATOR)[2],
                    line.source,
                    line.person or line.coder,
                ),
            )
            for line in self._quotes.rows(offset, limit)
        ]
