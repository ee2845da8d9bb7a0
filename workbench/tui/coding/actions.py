"""Putting codes on words on the coding screen: what is meant, and the ways to choose a code."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence

from workbench.coding.codebook import SEPARATOR
from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodingView
from workbench.text.fold import fold
from workbench.text.spans import Span
from workbench.tui.reading.listening import ListeningScreen
from workbench.tui.reading.screen import Acting

_IN_VIVO_MOST = 80
"""Letters of words that can be a name; more is a quote, not a name."""

_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
"""Soft hyphens and the like: the words have them, the name of a code does not."""

_REDRAWN_MOST = 200
"""Lines that are drawn one by one; more are drawn as a whole."""


class CodingActions(ListeningScreen):
    """Applying codes; ``CodingScreen`` adds looking and moving."""

    chosen: str | None = None
    """The coding that stance and emotion keys change, where several meet."""

    @abstractmethod
    def show_codes(self) -> None:
        """Show the codebook with its counts and the recent codes as they are now."""

    @abstractmethod
    def memo_changed(self) -> None:
        """Show the memo at the cursor anew."""

    # -- what is meant -------------------------------------------------------------------------

    def target(self) -> Span:
        """Return what a code would go on: the selection, the quote at the cursor, the sentence.

        Raises:
            InputError: there are no words.
        """
        source, view = self.open_source(), self.view
        if view.selection is not None:
            return view.selection
        here = view.codings_here
        if here:
            return Span(here[0].start, here[0].end)
        sentence = source.units.at(view.caret.offset, "sentence")
        if sentence is None:
            raise InputError(
                "span-empty", N_("The selection holds no words."), N_("Select at least one word.")
            )
        return sentence

    def coding_here(self) -> CodingView:
        """Return the coding that keys change: the chosen one of those at the cursor, or the closest.

        Raises:
            InputError: nothing is coded here.
        """
        self.open_source()
        here = self.view.codings_here
        if not here:
            raise InputError(
                "no-coding-here",
                N_("No code here."),
                N_("Put the cursor on coded words; j goes to the next quote."),
            )
        return next((coding for coding in here if coding.id == self.chosen), here[0])

    def refuse_hidden(self, span: Span) -> None:
        """Refuse words that nobody sees.

        Raises:
            InputError: some of them are in turns that are hidden.
        """
        if self.view.hides(span):
            raise InputError(
                "words-hidden",
                N_("These words are hidden: perhaps they were never said."),
                N_("h shows them; listen to them before you code them."),
            )

    # -- applying ------------------------------------------------------------------------------

    def apply(self, span: Span, code: str, new_code: CodeDraft | None = None) -> None:
        """Put a code on words and stand on the quote, ready for another code.

        Raises:
            InputError: some of the words are hidden.
        """
        self.apply_all([span], [new_code or code])

    def apply_all(self, spans: Sequence[Span], codes: Sequence[str | CodeDraft]) -> None:
        """Put codes, known or new, on words in one action and stand on the first quote.

        Raises:
            InputError: some of the words are hidden.
        """
        source = self.open_source()
        for span in spans:
            self.refuse_hidden(span)
        with Acting(self):
            applied = source.apply(spans, codes)
        first = applied[0].coding
        self.chosen = first.id
        there = [each.coding.code for each in applied if each.existed]
        if len(there) == len(applied):
            names = ", ".join(dict.fromkeys(there))
            self.workbench.tell(_("“{code}” is already on these words.").format(code=names))
        self.view.caret.go(first.start)
        self.show_coded([each.coding for each in applied])
        self.view.show_caret()

    def show_coded(self, codings: Sequence[CodingView]) -> None:
        """Draw what was changed, and the counts of the codebook."""
        source = self.open_source()
        lines = {line for coding in codings for line in source.index.lines_of(coding)}
        self.view.codings_changed(lines if len(lines) <= _REDRAWN_MOST else None)
        self.show_codes()

    def action_code(self) -> None:
        """Choose one or several codes for the words."""
        self._pick_for_words(self.open_source().recent, title="")

    def action_recent(self) -> None:
        """Choose one of the recent codes; the digits do it without asking."""
        self._pick_for_words(self.open_source().recent, title=_("Recent codes"), only=True)

    def _pick_for_words(self, recent: list[str], *, title: str, only: bool = False) -> None:
        source, span = self.open_source(), self.target()
        self.refuse_hidden(span)
        had = self.view.selection
        self.view.select(span)

        def left() -> None:
            if had is None:
                self.view.unselect()

        self.pick_codes(
            [span],
            words=source.text[span.start : span.end],
            title=title,
            among=recent if only else None,
            left=left,
        )

    def pick_codes(
        self,
        spans: Sequence[Span],
        *,
        words: str,
        title: str,
        among: Sequence[str] | None = None,
        left: Callable[[], None] | None = None,
    ) -> None:
        """Ask for codes and put them on words.

        Args:
            spans: the words.
            words: what of them is shown.
            title: what is asked, translated.
            among: offer only these codes, and no new one.
            left: what to do when nothing was chosen.
        """
        from workbench.tui.dialogs.pick_code import PickCodes, Picked

        source = self.open_source()

        def picked(answer: tuple[Picked, ...] | None) -> None:
            if answer is not None:
                self.attempt(lambda: self.apply_all(spans, answer))
            elif left is not None:
                left()
            self.refresh_shell()

        codes = source.codes.values() if among is None else [source.codes[code] for code in among]
        dialog = PickCodes(
            codes, words=words, recent=source.recent, title=title, can_create=among is None
        )
        self.app.push_screen(dialog, picked)

    def action_apply_recent(self, digit: int) -> None:
        """Put the recent code with a digit on the words."""
        source = self.open_source()
        if self.refuse_reading():
            return
        if digit <= len(source.recent):
            self.apply(self.target(), source.recent[digit - 1])
        else:
            self.workbench.tell(_("No code has the key {digit} yet.").format(digit=digit))

    def action_repeat(self) -> None:
        """Put the code used last on the words."""
        code = self.open_source().last_code
        if code is None:
            self.workbench.tell(_("No code was used yet: c chooses one."))
        else:
            self.apply(self.target(), code)

    def action_in_vivo(self) -> None:
        """Make the words themselves a code and put it on them."""
        source, span = self.open_source(), self.target()
        words = source.stored[span.start : span.end].translate(_UNSEEN).replace(SEPARATOR, "/")
        name = " ".join(words.split()).strip(" .,;:!?…—–-«»“”\"'()")
        if not name or len(name) > _IN_VIVO_MOST:
            raise InputError(
                "in-vivo-long",
                N_("These words cannot be the name of a code."),
                N_("Select one word to a short sentence, at most {most} letters."),
                most=_IN_VIVO_MOST,
            )
        name = name[0].upper() + name[1:]
        known = [code for code in source.codes.values() if fold(code.name) == fold(name)]
        if known:
            self.apply(span, known[0].id)
        else:
            self.apply(span, name, CodeDraft(name=name))
