"""Changing the span of quotes on the coding screen: their borders, one cut into two, several made one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on

from workbench.i18n import _
from workbench.models.views import CodingView
from workbench.text.spans import Span
from workbench.text.turns import word_at
from workbench.tui.coding.passage_actions import PassageActions
from workbench.tui.display import shorten_end
from workbench.tui.reading.screen import Acting
from workbench.tui.widgets.transcript_canvas import TranscriptCanvas

if TYPE_CHECKING:
    from workbench.services.quote_editing import Regrouped

_WHILE_ADJUSTING = frozenset(
    f"coding.{name}"
    for name in (
        *("word", "sentence", "turn", "word-back", "sentence-back", "turn-back"),
        *("keep-borders", "other-end", "play", "suspected"),
    )
)
"""What keys do while the borders of a quote are being changed."""

_SHOWN = 40
"""Cells of a quote in a sentence."""


class BorderActions(PassageActions):
    """While ``adjusted`` is set, the selection is what that quote will be."""

    adjusted: CodingView | None = None
    """A coding of the quote whose borders are being changed."""

    def available(self, command_id: str) -> bool:
        """While borders are changed, keys do nothing else."""
        if command_id in ("coding.keep-borders", "coding.other-end"):
            return self.adjusted is not None
        if self.adjusted is not None and command_id.startswith("coding."):
            return command_id in _WHILE_ADJUSTING
        return super().available(command_id)

    def search_note(self) -> str:
        """Say what the keys do while borders are changed."""
        if self.adjusted is None:
            return super().search_note()
        return _("Borders: Shift+arrows, w s t, W S T · k other end · Enter keeps, Esc leaves")

    def action_apply_recent(self, digit: int) -> None:
        """Put a recent code on, but not while borders are changed."""
        if self.adjusted is None:
            super().action_apply_recent(digit)

    # -- borders -------------------------------------------------------------------------------

    def action_borders(self) -> None:
        """Give a quote the borders of the selection; without one, begin to change them."""
        self.open_source()
        selection = self.view.selection
        if selection is None:
            coding = self._own_or_any(self.coding_here())
            self.adjusted = coding
            self.view.select(Span(coding.start, coding.end))
            self.refresh_shell()
            return
        self._with_quote(
            self._quotes_in(selection),
            _("Which quote gets these borders?"),
            lambda coding: self._set_borders(coding, selection),
        )

    def action_keep_borders(self) -> None:
        """Let the quote be what is selected now."""
        coding, selection = self.adjusted, self.view.selection
        self.adjusted = None
        if coding is not None and selection is not None:
            self._set_borders(coding, selection)

    def action_other_end(self) -> None:
        """Change the other end of the selection from now on."""
        caret = self.view.caret
        if caret.anchor is not None:
            anchor, offset = caret.anchor, caret.offset
            caret.go(offset)
            caret.anchor, caret.offset = offset, anchor
            self.view.show_caret()
            self.view.codings_changed([])

    @on(TranscriptCanvas.Moved)
    def _selection_left(self) -> None:
        if self.adjusted is not None and self.view.selection is None:
            self.adjusted = None
            self.workbench.tell(_("The borders stay as they were."))
            self.say()
            self.refresh_shell()

    def _set_borders(self, coding: CodingView, span: Span) -> None:
        self.refuse_hidden(span)
        self._regroup(
            lambda: self.project.coding.set_borders(coding.quote_id, span.start, span.end), coding
        )

    # -- one into two, two into one ------------------------------------------------------------

    def action_split_quote(self) -> None:
        """Cut the quote at the cursor into two, before the word there."""
        source = self.open_source()
        coding = self._own_or_any(self.coding_here())
        offset = self.view.caret.offset
        word = word_at(source.text, offset)
        if word is not None and word.start < offset < word.end:
            offset = word.start
        self._regroup(lambda: self.project.coding.split(coding.quote_id, offset), coding)

    def action_merge_quotes(self) -> None:
        """Make the quotes that the selection reaches into one; without one, those at the cursor."""
        source, selection = self.open_source(), self.view.selection
        if selection is not None:
            found = self._quotes_in(selection)
        else:
            offset = self.view.caret.offset
            found = self._quotes_in(Span(max(offset - 1, 0), min(offset + 1, len(source.text))))
        quotes = [coding.quote_id for coding in found]
        at = found[0] if found else self.coding_here()
        self._regroup(lambda: self.project.coding.merge(quotes), at)

    # -- which quote ---------------------------------------------------------------------------

    def _own_or_any(self, coding: CodingView) -> CodingView:
        """Return a coding here that is one's own, if there is one."""
        here = self.view.codings_here
        own = [c for c in (coding, *here) if c.coder == self.project.coder]
        return own[0] if own else coding

    def _quotes_in(self, span: Span) -> list[CodingView]:
        """Return a coding of each quote that shares words with a span; only one's own, if there are any."""
        found = self.open_source().index.between(span.start, span.end)
        own = [coding for coding in found if coding.coder == self.project.coder]
        return list({coding.quote_id: coding for coding in own or found}.values())

    def _with_quote(
        self, found: Sequence[CodingView], title: str, act: Callable[[CodingView], None]
    ) -> None:
        """Do something with the quote that is meant; where several are, ask which."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        if not found:
            act(self.coding_here())  # which says that there is none
            return
        if len(found) == 1:
            act(found[0])
            return
        text = self.open_source().text
        choices = [
            Choice(
                value=coding.quote_id,
                label=shorten_end(" ".join(text[coding.start : coding.end].split()), _SHOWN),
                note=coding.code,
            )
            for coding in found
        ]
        known = {coding.quote_id: coding for coding in found}

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: act(known[answer]))

        self.app.push_screen(PickDialog[str](choices, title=title), picked)

    # -- showing -------------------------------------------------------------------------------

    def _regroup(self, change: Callable[[], Regrouped], at: CodingView) -> None:
        """Change quotes, show it, and stand on the first of them.

        Raises:
            InputError: what the service refuses.
        """
        source = self.open_source()
        with Acting(self):
            done = change()
        before = source.take_in(done.moved, done.codings)
        self.chosen = done.codings[0].id
        self.view.caret.go(min(coding.start for coding in done.codings))
        self.show_coded([at, *before, *done.codings])
        self.memo_changed()
        self.view.show_caret()
