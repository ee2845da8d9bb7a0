"""Finding words in the open transcript: the line to search by, the places found, going through them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from textual import on
from textual.widgets import Input

from workbench.i18n import _, ngettext
from workbench.text.spans import Span
from workbench.tui.coding.text_search import nearest
from workbench.tui.reading.screen import ReadingScreen


class SearchingScreen(ReadingScreen):
    """Has a line ``#search``, which is shown while the screen has the class ``-searching``."""

    _found_by = ""
    """What the marked places were found by."""

    @property
    def hits_shown(self) -> bool:
        """Whether places that were found are marked."""
        return self.source is not None and self.is_mounted and bool(self.view.hits)

    def action_search(self) -> None:
        """Ask for words to find."""
        self.open_source()
        self.add_class("-searching")
        if not self.view.hits:
            self._found_by = ""
        line = self.query_one("#search", Input)
        self.set_focus(line)  # at once: what is typed next are the words
        line.action_select_all()

    def end_search(self) -> None:
        """Mark nothing any more."""
        self.remove_class("-searching")
        self.view.hits = ()
        self.view.refresh()
        if self.source is not None:
            self.view.focus()
            self.view.codings_changed([])

    def show_hits(self, hits: Sequence[Span], found_by: str) -> None:
        """Mark places found in this text, here or by a search over all; n and N go through them.

        Args:
            hits: where they stand, in order.
            found_by: what they were found by, for the counter.
        """
        self._found_by = found_by
        self.view.hits = [hit for hit in hits if not self.view.hides(hit)]
        self.view.codings_changed([])

    @on(Input.Changed, "#search")
    def _searching(self, event: Input.Changed) -> None:
        self.show_hits(self.open_source().search.find(event.value), event.value.strip())

    @on(Input.Submitted, "#search")
    def _search_ends(self, event: Input.Submitted) -> None:
        self.remove_class("-searching")
        self.show_hits(self.open_source().search.find_query(event.value), event.value.strip())
        self.view.focus()
        if self.view.hits:
            self._go_hit(1, from_here=True)
        elif event.value.strip():
            self.workbench.tell(_("These words are not in the text."))
        self.refresh_shell()

    def action_next_hit(self) -> None:
        """Go to the next place that was found."""
        self._go_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the place found before."""
        self._go_hit(-1)

    def _go_hit(self, step: int, *, from_here: bool = False) -> None:
        view = self.view
        offset = view.selection.start if view.selection else view.caret.offset
        hit = view.hits[nearest(view.hits, offset - from_here, step=step)]
        view.go(hit.start, center=True)
        view.select(hit)

    def search_note(self) -> str:
        """Say how many places were found and which of them this is."""
        view = self.view
        typing = self.has_class("-searching")
        if not view.hits:
            nothing = typing and self._found_by
            said = _("/ {words}: no place · Enter looks for forms, Esc ends")
            return said.format(words=self._found_by) if nothing else ""
        count = len(view.hits)
        selection = view.selection
        place = selection.start if selection is not None else view.caret.offset
        number = bisect_right(view.hits, place, key=lambda hit: hit.start)
        here = view.hits[number - 1] if number else None
        if here is not None and not typing and here.start <= place < here.end:
            return _("/ {words}: {number} of {count} · n next, N back, Esc ends").format(
                words=self._found_by, number=number, count=count
            )
        return ngettext(
            "/ {words}: {count} place · Enter goes there, Esc ends",
            "/ {words}: {count} places · Enter goes there, Esc ends",
            count,
        ).format(words=self._found_by, count=count)
