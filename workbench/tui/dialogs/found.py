"""The places that were found, in their context, to be looked through before they are coded."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from workbench.coding.passages import UNITS, Unit, widened
from workbench.i18n import N_, _, ngettext
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import clean_for_terminal, clock
from workbench.tui.widgets.row_table import Column, Row, RowTable

UNIT_NAMES = {
    "words": N_("the words alone"),
    "sentence": N_("the sentence"),
    "turn": N_("the whole turn"),
}

_BEFORE, _AFTER = 36, 200
"""Letters shown beside the words that were found."""


class FoundList(Dialog[list[Span] | None]):
    """Every place in one line; answers what is to be coded around those that were left in."""

    BINDINGS = [
        Binding("space", "mark", show=False),
        Binding("insert", "mark", show=False),
        Binding("asterisk,a", "mark_all", show=False),
        Binding("tab", "unit(1)", show=False, priority=True),
        Binding("shift+tab", "unit(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FoundList {
        #window { width: 112; height: 80%; padding: 0 1; }
        #count { height: 1; padding: 0 1; color: $primary; }
        RowTable { background: $surface; }
    }
    """

    def __init__(self, source: OpenSource, hits: Sequence[Span], *, start: int = 0) -> None:
        """Show what was found.

        Args:
            source: where.
            hits: the places, in order.
            start: the number of the place to stand on at first.
        """
        super().__init__()
        self._source = source
        self._hits = hits
        self._start = start
        self._out: set[int] = set()
        self._unit: Unit = "sentence"

    def title_text(self) -> str:
        """What is asked."""
        return _("Code what was found")

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter goes on · Space takes out · a all · Tab how much · Esc back")

    def body(self) -> ComposeResult:
        """The table, and how much would be coded."""
        timed = [Column(N_("Time"), width=8, least=60)] if self._source.has_times else []
        columns = (
            Column(width=1),
            *timed,
            Column(N_("Who"), width=10, cut="middle", least=60),
            Column(N_("Found")),
        )
        yield RowTable(columns, self)
        yield Words(id="count")

    def on_mount(self) -> None:
        """Stand on the place the cursor was on."""
        table = self.query_one(RowTable)
        table.focus()
        table.cursor = self._start
        self._say()

    # -- the rows ------------------------------------------------------------------------------

    def count(self) -> int:
        """Return how many places there are."""
        return len(self._hits)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Return some of the places."""
        last = min(offset + limit, len(self._hits))
        return [self._row(number) for number in range(offset, last)]

    def _row(self, number: int) -> Row:
        hit, source = self._hits[number], self._source
        turn = source.turn_at(hit.start)
        time = source.time_at(hit.start)
        line = source.lines.line(source.lines.position(hit.start)[0])
        before = source.text[max(line.start, hit.start - _BEFORE) : hit.start]
        cut = "…" if hit.start - _BEFORE > line.start else ""
        after = source.text[hit.end : min(line.end, hit.end + _AFTER)]
        shown = Content.assemble(
            clean_for_terminal(cut + before),
            (clean_for_terminal(hit.of(source.text)), "bold $warning"),
            clean_for_terminal(after),
        )
        who = turn.speaker.label if turn is not None and turn.speaker is not None else ""
        timed = [clock(time) if time is not None else ""] if source.has_times else []
        left_out = number in self._out
        mark = " " if left_out else "✓"
        return Row(number, (mark, *timed, who, shown), quiet=left_out)

    def spans(self) -> list[Span]:
        """Return what would be coded now."""
        kept = [hit for number, hit in enumerate(self._hits) if number not in self._out]
        return widened(self._source.text, self._source.turns, kept, self._unit)

    def _say(self) -> None:
        kept = len(self._hits) - len(self._out)
        number = len(self.spans())
        quotes = ngettext(
            "{n} quote from {kept} of {found} places",
            "{n} quotes from {kept} of {found} places",
            number,
        ).format(n=number, kept=kept, found=len(self._hits))
        self.query_one("#count", Words).say(f"{quotes} · {_(UNIT_NAMES[self._unit])}")

    # -- what a user does ----------------------------------------------------------------------

    def action_mark(self) -> None:
        """Take the place under the cursor out, or in again, and go to the next."""
        table = self.query_one(RowTable)
        place = table.cursor
        self._toggle(place)
        table.cursor = place + 1

    def _toggle(self, place: int) -> None:
        self._out ^= {place}
        self.query_one(RowTable).reload()
        self._say()

    def action_mark_all(self) -> None:
        """Take all places out, or all in again."""
        self._out = set() if self._out else set(range(len(self._hits)))
        self.query_one(RowTable).reload()
        self._say()

    def action_unit(self, step: int) -> None:
        """Code more or less around each place."""
        self._unit = UNITS[(UNITS.index(self._unit) + step) % len(UNITS)]
        self._say()

    def on_click(self, event: events.Click) -> None:
        """Take a place out or in with a click on its mark; a click on the count changes how much is coded."""
        table = self.query_one(RowTable)
        offset = event.get_content_offset(table) if event.widget is table else None
        if offset is not None and offset.x <= 1 and offset.y > 0:
            self._toggle(table.cursor)
        elif event.widget is self.query_one("#count"):
            self.action_unit(1)

    @on(RowTable.Opened)
    def _go_on(self) -> None:
        self.dismiss(self.spans())
