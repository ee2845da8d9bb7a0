"""The coding screen: a transcript, its codes in the margin, the codebook beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.text.spans import Span
from workbench.tui.coding.commands import CODING_COMMANDS, RECENT_BINDINGS
from workbench.tui.coding.panes import CodingPanes
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.garbage import leave
from workbench.tui.reading.screen import Rows
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.panes import Panes, TextHead
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.transcript_view import TranscriptView

if TYPE_CHECKING:
    from workbench.tui.dialogs.quotes import QuotePlace

_NARROW = 100
"""Columns below which the codebook lies over the transcript instead of beside it."""


class CodingScreen(CodingPanes):
    """Read a transcript, select words, put codes on them."""

    NAME = "coding"
    AUTO_FOCUS = ""  # without a text the line to search by would be first, and take every key
    HELP = N_(
        "Select words and press c to choose a code; a name that is not in the codebook becomes a "
        "new code. w, s and t select the word, the sentence, the turn; again, one more; W, S and T "
        "grow backwards. 1 to 9 put the recent codes on, r the last one, v makes the words themselves a "
        "code. Without a selection the quote at the cursor is meant, else its sentence. + and − say "
        "how it felt, a whether it speaks against the code. i goes to a time or a turn, d to the next quote "
        "of the same code, y opens a second text. Space plays the recording, l opens the "
        "transcript to correct it. u takes everything back."
    )
    COMMANDS: ClassVar[tuple[Command, ...]] = CODING_COMMANDS  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [*RECENT_BINDINGS]
    DEFAULT_CSS = """
    CodingScreen {
        #desk { height: 1fr; layers: below above; }
        #codebook { width: 32; border-right: solid $border-blurred; }
        #codebook:focus-within { border-right: solid $border; }
        #codebook .heading { height: 1; padding: 0 1; color: $foreground-muted; text-style: none; }
        #codes-filter { display: none; }
        #codebook.-filtering #codes-filter { display: block; }
        #codebook.-filtering .heading { display: none; }
        #words { width: 1fr; }
        .pane.second { display: none; }
        &.-two .pane.second { display: block; }
        #search { display: none; }
        &.-searching #search { display: block; }
        &.-folded #codebook { display: none; }
        &.-wide #codebook { width: 30%; max-width: 66; }
        #guide { display: none; margin: 2 4; }
        &.-empty #guide { display: block; }
        &.-empty #desk { display: none; }
        &.-empty QuoteLine { display: none; }
        &.-narrow #codebook {
            display: none; layer: above; dock: left; width: 55%; background: $surface;
        }
        &.-narrow #codebook CodeTree { background: $surface; }
        &.-narrow #codebook.-over { display: block; }
    }
    """

    def __init__(
        self,
        source: str | None = None,
        *,
        start: int | None = None,
        end: int | None = None,
        found: Sequence[tuple[int, int]] = (),
        found_by: str = "",
    ) -> None:
        """Open a source.

        Args:
            source: its identifier, number or title; without it, the one that was open last.
            start: where to stand; without it, where one stood last.
            end: select from ``start`` to here.
            found: places to mark in the text, in order; n and N go through them.
            found_by: the words they were found by.
        """
        super().__init__()
        self._wanted = source
        self._go_to = Span(start, max(start, end or start)) if start is not None else None
        self._found = ([Span(*place) for place in found], found_by)

    # -- composing -----------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The codebook, the transcript, the line about the quote."""
        with Horizontal(id="desk"):
            with Vertical(id="codebook"):
                yield Words(_("Codebook"), classes="heading")
                yield Input(placeholder=_("filter…"), id="codes-filter")
                yield CodeTree(id="codes")
            with Vertical(id="words"):
                with Panes(), Vertical(classes="pane"):
                    yield TextHead(id="transcript-head")
                    yield TranscriptView(id="transcript")
                yield Input(placeholder=_("Words to find"), id="search")
        yield Words(
            _(
                "Nothing to code yet. Add an interview, a review or another text on the Interviews "
                "screen: g, then i."
            ),
            id="guide",
            classes="quiet",
        )
        yield QuoteLine(id="quote")

    @property
    def code_tree(self) -> CodeTree:
        """The codebook."""
        return self.query_one(CodeTree)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the codebook beside the transcript where there is room."""
        self.set_class(event.size.width < _NARROW, "-narrow")
        self.lay_codebook()
        self.set_class(event.size.width >= 140, "-wide")  # noqa: PLR2004 - room for longer names

    def fill(self) -> None:
        """Show the source that was asked for, or that was open last, where one stood."""
        project = self.workbench.project
        if project is None:
            self.set_class(True, "-empty")
            return
        self.follow_project()
        self.set_class(bool(self.recall("folded", default=False)), "-folded")
        self.code_tree.folded = set(self.recall("folded-codes", default=[]))
        if self.source is None:
            self._open_first()
        else:
            self._show_source()
        self._fill_second()

    def _fill_second(self) -> None:
        """Show the second text again, after a language switch or from the last time."""
        if self._other is not None:
            self.other_view.show(self._other, look=self.kept_look())
        elif self.recall("two", default=False) and self.source is not None and self.source.text:
            self.open_second()

    def _open_first(self) -> None:
        place, self._go_to = self._go_to, None
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.open_text(wanted, place=place)
            if self._found[0]:
                self.show_hits(*self._found)
            return
        last = self.recall("source", default="")
        if last and self._opened_again(last):
            return
        cards = [card for card in self.project.sources.cards() if card.words]
        if cards:
            self.open_text(cards[0].id)
        else:
            self.set_class(True, "-empty")

    def _opened_again(self, name: str) -> bool:
        """Open what was open last; it may have been removed since."""
        try:
            self.open_text(name)
        except InputError:
            return False
        return self.source is not None and bool(self.source.text)

    def open_text(self, name: str, *, place: Span | None = None) -> None:
        """Open a source, at a place or where one stood last."""
        self.keep_place()
        taken = self.read_source(name)
        if taken is self._other and self.source is not None:
            taken.take_codes(self.source)
        self.source = taken
        self.end_search()
        self._show_source()
        if place is not None:
            self.view.bring(place)
        self.refresh_shell()

    def _show_source(self) -> None:
        source = self.open_source()
        self.set_class(not source.text, "-empty")
        self._say_guide()
        cursor, top = self.kept_place(source)
        self.show_codes()
        self.view.show(source, cursor=cursor, top=top, look=self.kept_look())
        self.read_words()
        self.say_heads()
        if self.focused is None:
            self.view.focus()
        self.say()
        self.call_after_refresh(self.count_codes, source)

    def _say_guide(self) -> None:
        source = self.open_source()
        if not source.text:
            said = _("“{title}” has no words yet. o opens another source.")
            self.query_one("#guide", Words).say(said.format(title=source.card.title))

    def show_codes(self) -> None:
        """Show the codebook with its counts and the recent codes as they are now."""
        source = self.open_source()
        self.code_tree.show_codes(source.codes, source.recent)

    def on_unmount(self) -> None:
        """Stop listening to the project, and let the texts go."""
        self.stop_following()
        self.source = self._other = self._coded = None
        leave()

    def reload(self, *, text: bool, rows: Rows | None = None) -> None:
        """Read the codings and the codebook again, and the text if it may have changed."""
        source = self.open_source()
        if text:
            marks = source.mark(self.view.caret.offset), source.mark(self.view.top)
            self.keep_place()
            self.source, other, self._other = None, self._other, None
            if not self._opened_again(source.id):
                self._open_first()
            elif self.source is not None:
                cursor, top = (self.open_source().place(mark) for mark in marks)
                self.view.show(self.open_source(), cursor=cursor, top=top)
                self.say()
            self._other = other
        else:
            lines = source.catch_up(rows)
            self.show_codes()
            self.view.codings_changed(lines)
            self.memo_changed()
        self.reload_other(text=text)

    async def refresh_language(self) -> None:
        """Rebuild in the other language; places, selections and searches stay."""
        places = (
            self.places
        )  # filling again may open a second text, which has nothing to be put back
        before = [(v.caret, v.hits, v.top) for v in (self.view_of(second=s) for s in places)]
        self.keep_place()
        await super().refresh_language()
        for second, (caret, hits, top) in zip(places, before, strict=True):
            source = self.source_in(second=second)
            if source is not None:
                view = self.view_of(second=second)
                view.show(source, cursor=caret.offset, top=top)
                view.caret, view.hits = caret, hits
                view.refresh()
        self.say()

    # -- going back and elsewhere --------------------------------------------------------------

    async def action_back(self) -> None:
        """Leave, in this order: the search, the codebook, the selection, the screen."""
        if self.has_class("-searching") or self.hits_shown:
            self.end_search()
        elif self.leave_codebook():
            self.view.focus()
        elif self.source is not None and self.view.selection is not None:
            self.view.unselect()
        else:
            await super().action_back()

    def go_to_quote(self, place: QuotePlace) -> None:
        """Go to a quote, in another source if it stands there."""
        if self.source is None or place.source_id != self.source.id:
            self.open_text(place.source_id, place=Span(place.start, place.start))
        else:
            self.view.go(place.start, center=True)
        self.view.focus()

    @on(RowTable.Opened, "#codes")
    def _code_opened(self, event: RowTable.Opened) -> None:
        if self.view.selection is not None:
            if not self.refuse_reading():
                self.apply(self.view.selection, event.row.key)
                self.leave_codebook()
                self.view.focus()
        else:
            self.action_quotes()

    @on(CodeTree.Folded)
    def _folded(self, event: CodeTree.Folded) -> None:
        self.remember("folded-codes", value=sorted(event.tree.folded))
