"""Searching while words are typed: the query, what is found so far, and running it beside the interface."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import _, language, ngettext
from workbench.models.filters import QuoteFilter, SourceQuery
from workbench.models.views import FoundIn, FoundPlace, PlaceOrder
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.finding.rows import PlaceRows
from workbench.tui.garbage import spare
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.quote_filter import filter_text
from workbench.tui.widgets.row_table import ListSource, RowTable

_PAUSE_S = 0.15
"""How long nobody must have typed before a search begins."""
_FIRST_S = 0.05
_NEXT_S = 0.4
"""How soon what is found is shown: at first quickly, then now and then."""

_ORDER_WORDS = {
    PlaceOrder.SOURCE: lambda: _("by source"),
    PlaceOrder.LEFT: lambda: _("by the words before"),
    PlaceOrder.RIGHT: lambda: _("by the words behind"),
}


class SearchingSources(OpenProjectScreen[None]):
    """Has a line ``#query``, a line ``#note`` and a table ``#places``."""

    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    def __init__(self) -> None:
        """Nothing is looked for yet."""
        super().__init__()
        self.wanted = QuoteFilter()
        self.forms = True
        self.order = PlaceOrder.SOURCE
        self.found: list[FoundIn] = []
        self.places: list[FoundPlace] = []
        self.query_run: SourceQuery | None = None
        """The search whose places are shown."""
        self._run = 0
        self._run_shown = 0
        self._to_top = False
        self._then_go = False
        self._timer: Timer | None = None
        self._trouble = ""
        self._going: tuple[int, int] | None = None
        self._filter_said: tuple[object, str] = (None, "")

    @property
    def line(self) -> Input:
        """The line that words are typed into."""
        return self.query_one("#query", Input)

    @property
    def place_table(self) -> RowTable:
        """The places found."""
        return self.query_one("#places", RowTable)

    @property
    def blind_coder(self) -> str | None:
        """Whose codings alone may be known of: one's own in blind mode."""
        return self.project.coder if self.workbench.settings.blind else None

    @property
    def allowed(self) -> QuoteFilter:
        """What is wanted; in blind mode it asks for quotes only among one's own."""
        return self.wanted.among(self.blind_coder)

    # -- while typing --------------------------------------------------------------------------

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        """Search when nobody has typed for a moment."""
        self._stop_timer()
        self._timer = self.set_timer(_PAUSE_S, self.search)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        """Go to what was found; search first if that has not happened yet."""
        self._stop_timer()
        self.search(then_go=True)

    # -- running -------------------------------------------------------------------------------

    def search(self, *, then_go: bool = False, again: bool = False) -> None:
        """Search for what stands in the line; the places of the last search stay until there are new ones.

        Args:
            then_go: move to the list once something is found.
            again: search anew although the words and the filter are the same.
        """
        text = self.line.value
        if not text.strip():
            self._forget()
            return
        try:
            query = SourceQuery.read(
                {**self.allowed.model_dump(), "text": text, "forms": self.forms}
            )
        except InputError as error:
            self._failed(self._run, error)
            return
        self._then_go = then_go
        there = query == self.query_run and self._run == self._run_shown and not self._trouble
        if there and not again:
            self._go()
            return
        self._run += 1
        run = self._run
        self._going = (0, 0)
        self.run_in_thread(
            partial(self._look, run, query),
            failed=partial(self._failed, run),
            group="search",
            exclusive=True,
        )

    def _go(self) -> None:
        """Go to the list, if that is wanted and there is something in it."""
        if self._then_go and self.places:
            self._then_go = False
            self.place_table.focus()

    def _look(self, run: int, query: SourceQuery) -> None:
        """Search beside the interface; hand over now and then what is found."""
        waiting: list[FoundIn] = []
        due = monotonic() + _FIRST_S

        def told(done: int, total: int) -> None:
            nonlocal due
            if run != self._run:
                raise _Overtaken
            self._going = (done, total)
            if not waiting and monotonic() >= due:
                self.call_later(self.say)
                due = monotonic() + _NEXT_S

        try:
            for found in self.project.search.find(query, on_progress=told):
                waiting.append(found)
                if monotonic() >= due:
                    self.call_later(self._take, run, query, waiting)
                    waiting, due = [], monotonic() + _NEXT_S
        except _Overtaken:
            return
        self.call_later(self._take, run, query, waiting, last=True)

    def _take(
        self, run: int, query: SourceQuery, found: Sequence[FoundIn], *, last: bool = False
    ) -> None:
        """Show more places; the first ones of a search take the place of those before."""
        if run != self._run or not self.is_attached:
            return
        if run != self._run_shown:
            self._to_top = query != self.query_run
            self.query_run, self.found, self.places = query, [], []
            self._run_shown = run
        self._trouble = ""
        self.found += found
        self.places += [
            FoundPlace(group.source_id, span.start, span.end)
            for group in found
            for span in group.spans
        ]
        if last:
            self._going = None
            self.keep()
            spare()
        self.show_places()
        self._go()

    def _failed(self, run: int, error: WorkbenchError) -> None:
        """Say what is wrong with the words, without a window in the way of typing."""
        if run == self._run:
            self._going = None
            self._trouble = str(error)
            self.say()

    def stop(self) -> None:
        """Let a search that goes on beside the interface end, and what was found go."""
        self._run += 1
        self.found, self.places = [], []

    def _forget(self) -> None:
        self._run += 1
        self.query_run, self.found, self.places = None, [], []
        self._trouble, self._going = "", None
        self.show_places()

    # -- showing -------------------------------------------------------------------------------

    def show_places(self) -> None:
        """Show the places in the order that is wanted."""
        places, order, run = self.places, self.order, self._run
        if order == PlaceOrder.SOURCE or self._going is not None:
            self._show(places)
            return

        def sorted_now(places: list[FoundPlace]) -> None:
            if (run, order) == (self._run, self.order):
                self._show(places)

        search = self.project.search
        self.run_in_thread(
            lambda: search.ordered(places, order), sorted_now, group="order", exclusive=True
        )

    def _show(self, places: Sequence[FoundPlace]) -> None:
        table = self.place_table
        counts = {group.source_id: len(group.spans) for group in self.found}
        rows = PlaceRows(
            self.project, places, counts, self.order, lambda: table.scrollable_content_region.width
        )
        standing = table.current
        table.show(ListSource())  # else it would read page after page to find where it stood
        if places:
            table.show(rows)
        if standing is not None and not self._to_top and standing.key in places:
            table.cursor = places.index(standing.key)
        self._to_top = False
        self.say()
        self.refresh_shell()

    def say(self) -> None:
        """Say below the line how much was found, or what is wrong."""
        if self.is_mounted:
            note = self.query_one("#note", Words)
            note.set_class(bool(self._trouble), "trouble")
            note.say(f"! {self._trouble}" if self._trouble else self.note())

    def note(self) -> str:
        """Say how much was found, in what order, and what the filter lets through."""
        parts = [self._count_note(), self.filter_note()]
        if self.places:
            parts.insert(1, _ORDER_WORDS[self.order]())
        return " · ".join(part for part in parts if part)

    def filter_note(self) -> str:
        """Say what the filter lets through; worked out once for each filter."""
        key = self.wanted, self.forms, language()
        if self._filter_said[0] != key:
            self._filter_said = key, self.describe(self.wanted, forms=self.forms)
        return self._filter_said[1]

    def describe(self, wanted: QuoteFilter, *, forms: bool) -> str:
        """Say what a filter lets through; empty for one that lets everything through."""
        codes = {c.id: c.path for c in self.project.codebook.codes()} if wanted.codes else {}
        titles, stages = {}, {}
        if wanted.sources or wanted.stages:
            found = self.project.quotes.choices()
            titles, stages = dict(found.sources), dict(found.stages)
        parts = (
            filter_text(wanted, codes, titles, stages),
            "" if forms else _("words as they are written"),
        )
        return " · ".join(part for part in parts if part)

    def _count_note(self) -> str:
        count = len(self.places)
        if self._going is not None:
            done, total = self._going
            percent = 100 * done // total if total else 0
            return _("searching, {percent} %: {n} so far").format(percent=percent, n=count)
        if self.query_run is None:
            return ""
        if not count:
            return _("nothing found")
        places = ngettext("{n} place", "{n} places", count).format(n=count)
        sources = ngettext("{n} source", "{n} sources", len(self.found)).format(n=len(self.found))
        return _("{places} in {sources}").format(places=places, sources=sources)

    # -- what is remembered --------------------------------------------------------------------

    def keep(self) -> None:
        """Remember the search for the next time."""
        values: dict[str, Any] = self.wanted.model_dump(mode="json", exclude_defaults=True)
        value = {
            "text": self.line.value,
            "filter": values,
            "forms": self.forms,
            "order": self.order.value,
        }
        self.workbench.state.remember("search", self.project.slug, value=value)

    def recall_last(self) -> str:
        """Take up the filter and the order of the last time and return its words."""
        kept = self.workbench.state.recall("search", self.project.slug, default={})
        try:
            self.wanted = QuoteFilter.read(dict(kept.get("filter", {})))
            self.order = PlaceOrder(kept.get("order", PlaceOrder.SOURCE))
        except (InputError, TypeError, ValueError):
            self.wanted = QuoteFilter()
        self.forms = bool(kept.get("forms", True))
        return str(kept.get("text", ""))


class _Overtaken(Exception):
    """Another search has begun; this one may end."""
