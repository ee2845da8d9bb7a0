"""The lines of the lists of found places, similar passages and frequent words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from workbench.i18n import N_, decimal_text
from workbench.models.views import (
    FoundPlace,
    PlaceOrder,
    SearchHit,
    SimilarPassage,
    WordCount,
)
from workbench.tui.display import bar, clean_for_terminal, clock, shorten_end
from workbench.tui.widgets.row_layout import column_widths
from workbench.tui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from workbench.services.project import Project

SIMILAR_COLUMNS = (
    Column(N_("Likeness"), width=8, align="right"),
    Column(N_("Passage")),
    Column(N_("Shared words"), width=28, share=20, least=72),
    Column(N_("Source"), width=24, share=16, least=110),
)
PLACE_COLUMNS = (
    Column(N_("Source"), width=18, share=20, least=60),
    Column(N_("Time"), width=8, least=110),
    Column(N_("Who"), width=10, cut="middle", least=120),
    Column(N_("Words in their context")),
)
WORD_COLUMNS = (
    Column(N_("Word"), width=28),
    Column(N_("How often"), width=9, align="right"),
    Column(N_("Sources"), width=9, align="right"),
    Column(),
)
_BAR_MOST = 100
"""Cells of the longest bar at most."""
_KEYWORD = 14
"""Cells that the words found are expected to take; both sides get half of the rest."""


class PlaceRows:
    """Found places as lines with the words found below each other; a page is read when it is shown."""

    def __init__(
        self,
        project: Project,
        places: Sequence[FoundPlace],
        counts: dict[str, int],
        order: PlaceOrder,
        width: Callable[[], int],
    ) -> None:
        """Show places.

        Args:
            project: where they are.
            places: in the order to be shown.
            counts: how many each source has.
            order: what they are sorted by.
            width: how wide the table is now.
        """
        self._project = project
        self._places = places
        self._counts = counts
        self._order = order
        self._width = width

    def count(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return a page of places."""
        places = self._places[offset : offset + limit]
        width = self._width()
        title, *_rest, room = column_widths(PLACE_COLUMNS, width)
        hits = self._project.search.lines(places, around=max(40, room))
        by_place = {FoundPlace(hit.source_id, hit.start, hit.end): hit for hit in hits}
        before = self._places[offset - 1] if offset else None
        rows = []
        for place in places:
            hit = by_place.get(place)
            if hit is None:  # its source is gone; the next search will not find it
                rows.append(Row(place, ("", "", "", "")))
                continue
            begins = before is None or before.source_id != place.source_id
            rows.append(Row(place, self._cells(hit, (title, room), begins=begins)))
            before = place
        return rows

    def _cells(
        self, hit: SearchHit, rooms: tuple[int, int], *, begins: bool
    ) -> tuple[str | Content, ...]:
        count = self._counts.get(hit.source_id, 0)
        said = f" · {count}" if begins and count > 1 and self._order == PlaceOrder.SOURCE else ""
        name = shorten_end(clean_for_terminal(hit.source), max(0, rooms[0] - cell_len(said)))
        quiet = self._order == PlaceOrder.SOURCE and not begins
        title = Content.styled(name + said, "$foreground-muted" if quiet else "")
        time = clock(hit.start_ms) if hit.start_ms is not None else ""
        return title, time, hit.speaker, in_context(hit, rooms[1])


def in_context(hit: SearchHit, room: int) -> Content:
    """Return the words found with what stands around them; they begin at the same column in every line."""
    left = max(0, (room - _KEYWORD) // 2)
    before = end_of(clean_for_terminal(hit.before).rstrip(" "), max(0, left - 1))
    gap = " " if hit.before[-1:].isspace() or not before else ""
    padding = " " * (left - cell_len(before) - len(gap))
    quiet = "$foreground-muted"
    return Content.assemble(
        (padding + before + gap, quiet),
        (clean_for_terminal(hit.words), "bold $warning"),
        (clean_for_terminal(hit.after), quiet),
    )


def end_of(text: str, cells: int) -> str:
    """Return the end of a text that fits."""
    text = text[-cells:] if cells else ""
    while cell_len(text) > cells:
        text = text[1:]
    return text


def similar_rows(passages: Sequence[SimilarPassage]) -> list[Row]:
    """Return a line for each similar passage."""
    return [
        Row(
            FoundPlace(passage.source_id, passage.start, passage.end),
            (
                decimal_text(f"{passage.score:.2f}"),
                passage.text.replace("\n", " "),
                ", ".join(passage.words),
                passage.source,
            ),
        )
        for passage in passages
    ]


class WordRows:
    """Words as lines with a bar, which is as long as there is room."""

    def __init__(self, counts: Sequence[WordCount], width: Callable[[], int]) -> None:
        """Show words.

        Args:
            counts: how often each was said.
            width: how wide the table is now.
        """
        self._counts = counts
        self._width = width
        self._most = max((row.count for row in counts), default=1)

    def count(self) -> int:
        """Return how many words there are."""
        return len(self._counts)

    def rows(self, offset: int, limit: int) -> list[Row]:
        """Return a page of words."""
        room = min(_BAR_MOST, column_widths(WORD_COLUMNS, self._width())[-1])
        return [self._row(row, room) for row in self._counts[offset : offset + limit]]

    def _row(self, row: WordCount, room: int) -> Row:
        drawn = bar(row.count, self._most, room).rstrip("─")
        shown = Content.styled(drawn, "$foreground-muted")
        return Row(row.word, (row.word, str(row.count), str(row.sources), shown))
