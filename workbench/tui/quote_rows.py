"""Lines of the list of quotes: pages from the database, with a heading before each group."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.content import Content

from workbench.coding.codebook import MARKS, SEPARATOR
from workbench.i18n import N_, _
from workbench.models.kinds import Stance
from workbench.models.quote_lists import QuoteGroup
from workbench.tui.display import clean_for_terminal
from workbench.tui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from workbench.models.quote_lists import CodedQuote, QuoteHeading
    from workbench.services.quotes import QuoteList

_PAGE = 100
_PAGES_KEPT = 20

_COLUMNS = {
    "mark": Column(width=2),
    "quote": Column(N_("Quote")),
    "code": Column(N_("Code"), width=26, share=20, cut="middle", least=60),
    "felt": Column(width=4, least=60),
    "source": Column(N_("Source"), width=20, share=16, cut="middle", least=100),
    "person": Column(N_("Person"), width=8, cut="middle", least=76),
    "time": Column(N_("Time"), width=8, least=120),
    "coder": Column(N_("Coder"), width=10, share=8, cut="middle", least=140),
}


def columns_for(group: QuoteGroup) -> tuple[Column, ...]:
    """Return the columns of the list; what the headings of groups say is not said again in each line."""
    return tuple(column for name, column in _COLUMNS.items() if name != group)


class QuoteRows:
    """Where the table's rows come from; some of them are headings of groups."""

    def __init__(
        self,
        quotes: QuoteList,
        *,
        marked: Container[str],
        colour: Callable[[int], str],
        group: QuoteGroup = QuoteGroup.NONE,
    ) -> None:
        """Show a list.

        Args:
            quotes: the list.
            marked: the keys of the marked lines, as they are when a line is drawn.
            colour: gives the colour of a code by its number.
            group: what the list is grouped by.
        """
        self._quotes = quotes
        self._marked = marked
        self._colour = colour
        self._group = group
        headings = quotes.headings
        self._places = [heading.first + number for number, heading in enumerate(headings)]
        self._pages: LRUCache[int, list[CodedQuote]] = LRUCache(_PAGES_KEPT)

    def count(self) -> int:
        """Return how many rows there are, headings among them."""
        return len(self._quotes) + len(self._places)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return a page of rows."""
        return [self._row(number) for number in range(offset, min(offset + limit, self.count()))]

    def line(self, number: int) -> CodedQuote | None:
        """Return the quote in a row; None for a heading or where there is no such row."""
        if not 0 <= number < self.count() or self.heading(number) is not None:
            return None
        place = number - bisect_right(self._places, number)
        page = self._pages.get(place // _PAGE)
        if page is None:
            page = self._quotes.rows(place // _PAGE * _PAGE, _PAGE)
            self._pages.set(place // _PAGE, page)
        inside = place % _PAGE
        return page[inside] if inside < len(page) else None

    def heading(self, number: int) -> QuoteHeading | None:
        """Return the group that begins in a row."""
        place = bisect_right(self._places, number) - 1
        found = place >= 0 and self._places[place] == number
        return self._quotes.headings[place] if found else None

    def lines_of(self, heading: QuoteHeading) -> list[CodedQuote]:
        """Return the quotes of a group."""
        return self._quotes.rows(heading.first, heading.count)

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the row in which the next group begins, or the one before."""
        if step > 0:
            return next((place for place in self._places if place > number), None)
        return next((place for place in reversed(self._places) if place < number), None)

    def _row(self, number: int) -> Row:
        heading = self.heading(number)
        if heading is not None:
            return Row(("group", heading.first), ("", self._heading(heading)))
        line = self.line(number)
        if line is None:  # taken away meanwhile
            return Row(None, ())
        mark = "▪" if line.key in self._marked else " "
        star = "★" if line.favourite else " "
        cells: dict[str, str | Content] = {
            "mark": Content.styled(mark + star, "bold $primary"),
            "quote": " ".join(line.text.split()),
            "code": self._code(line),
            "felt": felt(line),
            "source": line.source,
            "person": line.person or "",
            "time": line.time,
            "coder": line.coder,
        }
        return Row(line.key, [cell for name, cell in cells.items() if name != self._group])

    def _heading(self, heading: QuoteHeading) -> Content:
        nobody = _("without a code") if self._group == QuoteGroup.CODE else _("without a person")
        label = clean_for_terminal(heading.label) or nobody
        mark = f"{MARKS[heading.kind]} " if heading.kind in MARKS else ""
        colour = self._colour(heading.colour) if mark else ""
        return Content.assemble(
            (mark, colour), (label, "bold"), (f"  {heading.count}", "$foreground-muted")
        )

    def _code(self, line: CodedQuote) -> Content:
        if not line.code:
            return Content("")
        name = clean_for_terminal(line.code.rpartition(SEPARATOR)[2])
        return Content.assemble((f"{MARKS.get(line.kind, '●')} {name}", self._colour(line.colour)))


def felt(line: CodedQuote) -> str:
    """Return stance and emotion in three signs: ``↓−2``."""
    against = "↓" if line.stance == Stance.CONTRADICTS else ""
    emotion = f"{line.emotion:+d}".replace("-", "−") if line.emotion else ""
    return against + emotion
