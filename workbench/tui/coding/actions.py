"""The verbs of the coding screen: each changes the project and what is shown of it."""

from __future__ import annotations

from abc import abstractmethod

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft
from workbench.models.kinds import Stance
from workbench.models.views import CodingView
from workbench.text.fold import fold
from workbench.text.spans import Span
from workbench.tui.reading.listening import ListeningScreen
from workbench.tui.reading.screen import Acting
from workbench.tui.theme import code_colour

_IN_VIVO_MOST = 80
"""Letters of words that can be a name; more is a quote, not a name."""

_EMOTION = 2


class CodingActions(ListeningScreen):
    """Everything that changes something; ``CodingScreen`` adds looking and moving."""

    chosen: str | None = None
    """The coding that stance and emotion keys change, where several meet."""

    @abstractmethod
    def show_codes(self) -> None:
        """Show the codebook with its counts and the recent codes as they are now."""

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
        source = self.open_source()
        self.refuse_hidden(span)
        with Acting(self):
            applied = source.apply(span, code, new_code=new_code)
        coding = applied.coding
        self.chosen = coding.id
        if applied.existed:
            said = _("“{code}” is already on these words.").format(code=coding.code)
            self.workbench.tell(said)
        self.view.caret.go(coding.start)
        self.view.codings_changed(source.index.lines_of(coding))
        self.view.show_caret()
        self.show_codes()

    def action_code(self) -> None:
        """Choose a code for the words."""
        self._pick(self.open_source().recent, title="")

    def _pick(self, recent: list[str], *, title: str, only: bool = False) -> None:
        from workbench.tui.dialogs.pick_code import PickCode

        source, span = self.open_source(), self.target()
        self.refuse_hidden(span)
        had = self.view.selection
        self.view.select(span)

        def picked(answer: str | CodeDraft | None) -> None:
            if answer is None:
                if had is None:
                    self.view.unselect()
            elif isinstance(answer, CodeDraft):
                self.attempt(lambda: self.apply(span, answer.name, answer))
            else:
                self.attempt(lambda: self.apply(span, answer))
            self.refresh_shell()

        codes = [source.codes[code] for code in recent] if only else source.codes.values()
        words = source.text[span.start : span.end]
        dialog = PickCode(codes, words=words, recent=recent, title=title, can_create=not only)
        self.app.push_screen(dialog, picked)

    def action_recent(self) -> None:
        """Choose one of the recent codes; the digits do it without asking."""
        self._pick(self.open_source().recent, title=_("Recent codes"), only=True)

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
        name = " ".join(source.text[span.start : span.end].split()).strip(" .,;:!?…—–-«»“”\"'()")
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

    # -- changing what is coded ----------------------------------------------------------------

    def action_remove(self) -> None:
        """Take a code off; where several meet, ask which."""
        coding, here = self.coding_here(), self.view.codings_here
        if len(here) == 1:
            self._remove(coding.id)
            return
        from workbench.coding.codebook import MARKS
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        app = self.workbench
        choices = [
            Choice(
                value=c.id,
                label=c.code,
                note=c.text,
                key=c.coder if c.coder != self.project.coder else "",
                mark=MARKS.get(c.kind, "●"),
                colour=code_colour(c.colour, dark=app.dark, ansi=app.theme == "ansi"),
            )
            for c in sorted(here, key=lambda c: c.id != coding.id)
        ]

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.attempt(lambda: self._remove(answer))

        self.app.push_screen(PickDialog[str](choices, title=_("Take off which code?")), picked)

    def _remove(self, coding_id: str) -> None:
        source = self.open_source()
        with Acting(self):
            coding = source.remove(coding_id)
        self.view.codings_changed(source.index.lines_of(coding))
        self.show_codes()

    def action_choose(self) -> None:
        """Choose the next of the codes that meet here."""
        coding, here = self.coding_here(), self.view.codings_here
        place = [c.id for c in here].index(coding.id)
        self.chosen = here[(place + 1) % len(here)].id
        self.view.codings_changed([])

    def action_against(self) -> None:
        """Say that the quote contradicts the code, or supports it."""
        coding = self.coding_here()
        supports = coding.stance == Stance.SUPPORTS
        self._edit(coding, stance=Stance.CONTRADICTS if supports else Stance.SUPPORTS)

    def action_warmer(self) -> None:
        """Raise the emotion."""
        self._feel(1)

    def action_colder(self) -> None:
        """Lower the emotion."""
        self._feel(-1)

    def _feel(self, step: int) -> None:
        coding = self.coding_here()
        emotion = max(-_EMOTION, min(_EMOTION, (coding.emotion or 0) + step))
        if emotion != coding.emotion:
            self._edit(coding, emotion=emotion)

    def _edit(
        self, coding: CodingView, *, stance: str | None = None, emotion: int | None = None
    ) -> None:
        source = self.open_source()
        with Acting(self):
            source.edit(coding.id, stance=stance, emotion=emotion)
        self.view.codings_changed(source.index.lines_of(coding))

    def action_favourite(self) -> None:
        """Mark the quote for the report, or take the mark away."""
        source, coding = self.open_source(), self.coding_here()
        with Acting(self):
            source.favourite(coding, favourite=not coding.favourite)
        self.view.codings_changed(source.index.lines_of(coding))

    def action_memo(self) -> None:
        """Write a memo on the quote."""
        from workbench.tui.dialogs.memo import MemoDialog

        coding = self.coding_here()
        before = self.project.coding.memo("quote", coding.quote_id)

        def keep(text: str) -> None:
            with Acting(self):
                self.project.coding.write_memo("quote", coding.quote_id, text)
            self.memo_changed()

        def written(text: str | None) -> None:
            if text is not None and text.strip() != before:
                self.attempt(lambda: keep(text))

        self.app.push_screen(MemoDialog(coding.text, before), written)

    @abstractmethod
    def memo_changed(self) -> None:
        """Show the memo at the cursor anew."""
