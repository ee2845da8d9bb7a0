"""Moving, selecting, searching and listing on the coding screen: nothing here changes the project."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from workbench.i18n import _
from workbench.models.views import CodeView, CodingView, SourceCard
from workbench.text.spans import Span
from workbench.tui.coding.quote_actions import QuoteActions
from workbench.tui.coding.text_units import Unit
from workbench.tui.labels import SOURCE_KINDS

if TYPE_CHECKING:
    from workbench.tui.dialogs.quotes import QuotePlace
    from workbench.tui.widgets.code_tree import CodeTree


_IN_A_TEXT = frozenset(
    f"coding.{name}"
    for name in ("code", "recent", "repeat", "in-vivo", "next-uncoded", "search", "quotes", "memo")
)
"""What the key line does not offer while no text is open."""


class CodingMoves(QuoteActions):
    """Looks and moves; ``CodingScreen`` lays out, opens and remembers."""

    _walked: str | None = None
    """The code whose quotes were gone through last."""

    @property
    @abstractmethod
    def code_tree(self) -> CodeTree:
        """The codebook."""

    @abstractmethod
    def go_to_quote(self, place: QuotePlace) -> None:
        """Go to a quote, in another source if it stands there."""

    @abstractmethod
    def open_text(self, name: str, *, place: Span | None = None) -> None:
        """Open a source, at a place or where one stood last."""

    def available(self, command_id: str) -> bool:
        """While something was found, n and N walk through it; otherwise through uncoded words."""
        if self.source is None and command_id in _IN_A_TEXT:
            return False
        if command_id in ("coding.next-hit", "coding.previous-hit"):
            return self.hits_shown
        if command_id in ("coding.next-uncoded", "coding.previous-uncoded"):
            return not self.hits_shown
        return super().available(command_id)

    # -- selecting -----------------------------------------------------------------------------

    def action_word(self) -> None:
        """Select the word, or one more."""
        self._grow("word", 1)

    def action_sentence(self) -> None:
        """Select the sentence, or one more."""
        self._grow("sentence", 1)

    def action_turn(self) -> None:
        """Select the turn, or one more."""
        self._grow("turn", 1)

    def action_word_back(self) -> None:
        """Select one word more before."""
        self._grow("word", -1)

    def action_sentence_back(self) -> None:
        """Select one sentence more before."""
        self._grow("sentence", -1)

    def action_turn_back(self) -> None:
        """Select one turn more before."""
        self._grow("turn", -1)

    def _grow(self, unit: Unit, step: int) -> None:
        self.open_source()
        self.view.grow(unit, step)
        self.view.focus()

    # -- going ---------------------------------------------------------------------------------

    def action_next_quote(self) -> None:
        """Go to the next quote."""
        self._go_quote(1)

    def action_previous_quote(self) -> None:
        """Go to the quote before."""
        self._go_quote(-1)

    def _go_quote(self, step: int) -> None:
        quote = self.open_source().next_quote(self.view.caret.offset, step=step)
        if quote is None:
            self.workbench.tell(_("No further quote.") if step > 0 else _("No quote before."))
        else:
            self.view.go(quote.start, center=True)

    def action_next_uncoded(self) -> None:
        """Go to the next words that no quote covers."""
        self._go_uncoded(1)

    def action_previous_uncoded(self) -> None:
        """Go back to words that no quote covers."""
        self._go_uncoded(-1)

    def _go_uncoded(self, step: int) -> None:
        source = self.open_source()
        place = source.next_uncoded(self.view.caret.offset, step=step)
        if place is None:
            place = source.next_uncoded(-1 if step > 0 else len(source.text) + 1, step=step)
            begun = _("From the beginning.") if step > 0 else _("From the end.")
            self.workbench.tell(_("Everything is coded.") if place is None else begun)
        if place is not None:
            self.view.go(place, center=True)

    def action_next_of_code(self) -> None:
        """Go to the next quote of the code in question."""
        self._go_of_code(1)

    def action_previous_of_code(self) -> None:
        """Go to the quote before of the code in question."""
        self._go_of_code(-1)

    def _code_in_question(self) -> str | None:
        """The code chosen in the codebook, else of the quote here, else the one walked through last."""
        code = self.code_tree.code
        if code is not None and self.code_tree.has_focus:
            return code.id
        if self.view.codings_here:
            return self.coding_here().code_id
        return self._walked or (code.id if code is not None else None)

    def _go_of_code(self, step: int) -> None:
        source, here = self.open_source(), self.view.caret.offset
        code = source.codes.get(self._code_in_question() or "")
        if code is None:
            self.workbench.tell(_("Which code? Put the cursor on a quote or on a code."))
            return
        codings = source.index.of_code(code.id)
        if step > 0:
            further = (coding for coding in codings if coding.start > here)
            found = min(further, key=_place, default=None)
        else:
            before = (coding for coding in codings if coding.start < here)
            found = max(before, key=_place, default=None)
        if found is None:
            said = (
                _("No further quote of “{code}”.")
                if step > 0
                else _("No quote of “{code}” before.")
            )
            self.workbench.tell(said.format(code=code.name))
            return
        self._walked, self.chosen = code.id, found.id
        self.view.go(found.start, center=True)

    def action_place(self) -> None:
        """Ask for a time or the number of a turn and go there."""
        from workbench.tui.dialogs.place import PlaceDialog

        def go(offset: int | None) -> None:
            if offset is not None:
                self.view.go(offset, center=True)
                self.view.focus()

        self.app.push_screen(PlaceDialog(self.open_source()), go)

    def action_next_source(self) -> None:
        """Open the next source of the list."""
        self._open_neighbour(1)

    def action_previous_source(self) -> None:
        """Open the source before in the list."""
        self._open_neighbour(-1)

    def _open_neighbour(self, step: int) -> None:
        here = self.open_source().id
        names = [card.id for card in self.project.sources.cards() if card.words or card.id == here]
        place = names.index(here) + step
        if 0 <= place < len(names):
            self.open_text(names[place])
        else:
            self.workbench.tell(
                _("This is the last text.") if step > 0 else _("This is the first text.")
            )

    # -- searching -----------------------------------------------------------------------------

    def action_search(self) -> None:
        """Ask for words to find; from the codebook, filter it."""
        if self.code_tree.has_focus:
            self.query_one("#codebook").add_class("-filtering")
            self.query_one("#codes-filter", Input).focus()
        else:
            super().action_search()

    # -- the recording -------------------------------------------------------------------------

    def action_transcript(self) -> None:
        """Listen to the words here and correct them."""
        source, offset = self.open_source(), self.view.caret.offset
        self.workbench.open_screen("review", source=source.id, start=offset)

    # -- the codebook --------------------------------------------------------------------------

    def action_codebook(self) -> None:
        """Go to the codebook, or back to the words."""
        if self.leave_codebook():
            self.view.focus()
            return
        self.set_class(False, "-folded")
        self.lay_codebook(over=True)
        self.code_tree.focus()

    def lay_codebook(self, *, over: bool = False) -> None:
        """Lay the codebook over the words where it does not fit beside them and the keys go, or are to go, to it."""
        over = self.has_class("-narrow") and (over or self.in_codebook)
        self.query_one("#codebook").set_class(over, "-over")

    @property
    def in_codebook(self) -> bool:
        """Whether the keys go to the codebook."""
        focused = self.focused
        return focused is not None and self.query_one("#codebook") in focused.ancestors_with_self

    def leave_codebook(self) -> bool:
        """Take the codebook off the words and its filter away; tell whether one was in it."""
        panel, inside = self.query_one("#codebook"), self.in_codebook
        panel.remove_class("-over")
        if panel.has_class("-filtering"):
            panel.remove_class("-filtering")
            self.query_one("#codes-filter", Input).value = ""
            self.code_tree.filter("")
        return inside

    @on(Input.Changed, "#codes-filter")
    def _filtered(self, event: Input.Changed) -> None:
        self.code_tree.filter(event.value)

    @on(Input.Submitted, "#codes-filter")
    def _filter_ends(self) -> None:
        self.code_tree.focus()

    def action_fold_codebook(self) -> None:
        """Hide the codebook or show it; this is remembered."""
        if self.has_class("-narrow"):
            self.action_codebook()
            return
        self.leave_codebook()
        self.toggle_class("-folded")
        self.remember("folded", value=self.has_class("-folded"))
        self.view.focus()

    # -- lists ---------------------------------------------------------------------------------

    def action_quotes(self) -> None:
        """List the quotes of this source; from the codebook, of the code in all sources."""
        from workbench.tui.dialogs.quotes import QuotePlace, quotes_of_source, quotes_with_code

        source = self.open_source()
        here = self.view.codings_here
        start = QuotePlace(source.id, here[0].start, here[0].end) if here else None
        code: CodeView | None = self.code_tree.code if self.code_tree.has_focus else None
        if code is not None:
            dialog = quotes_with_code(self.project, code, start)
        else:
            dialog = quotes_of_source(source, start)

        def go(place: QuotePlace | None) -> None:
            if place is not None:
                self.leave_codebook()
                self.go_to_quote(place)

        self.app.push_screen(dialog, go)

    def action_source(self) -> None:
        """Choose another source to code."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        def label(card: SourceCard) -> str:
            return f"{card.ordinal}  {card.title}"

        cards = [card for card in self.project.sources.cards() if card.words]
        choices = [
            Choice(
                value=card.id,
                label=label(card),
                note=" · ".join(filter(None, (_(SOURCE_KINDS[card.kind]), card.person))),
                key=_("{n} % coded").format(n=round(card.coded_share * 100)),
            )
            for card in cards
        ]

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.open_text(answer)

        self.app.push_screen(PickDialog[str](choices, title=_("Code which source?")), picked)


def _place(coding: CodingView) -> tuple[int, int, str]:
    return coding.start, -coding.end, coding.id
