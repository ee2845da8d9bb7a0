"""Correcting words on the review screen: doubtful places, a turn's text, one word everywhere, cuts and joints."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from workbench.errors import InputError, WorkbenchError
from workbench.i18n import N_, _, ngettext
from workbench.text.editing import occurrences
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.reading.listening import ListeningScreen
from workbench.tui.reading.screen import Acting

if TYPE_CHECKING:
    from workbench.models.views import SourceView, TurnView

_T = TypeVar("_T")

_EDITOR_ROWS = 10
"""Rows of the transcript that a window below it may cover."""


class WordsScreen(ListeningScreen):
    """Everything that changes words; each edit is one action, and quotes stay on their words."""

    # -- doing and showing ---------------------------------------------------------------------

    def change(self, action: Callable[[bool], _T], done: Callable[[_T], object]) -> None:
        """Do an edit; if it would cost quotes all their words, ask first.

        Args:
            action: does it; gets whether quotes may be taken away.
            done: gets what the action returned.
        """
        try:
            with Acting(self):
                result = action(False)
        except InputError as error:
            if error.code != "quotes-lost":
                raise
            self._ask_quotes(error, lambda: self._force(action, done))
            return
        done(result)

    def _force(self, action: Callable[[bool], _T], done: Callable[[_T], object]) -> None:
        with Acting(self):
            result = action(True)
        done(result)

    def _ask_quotes(self, error: WorkbenchError, action: Callable[[], object]) -> None:
        from workbench.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.attempt(action)

        count = int(error.params.get("count", 1))
        question = ngettext(
            "Take {n} quote away with its words?",
            "Take {n} quotes away with their words?",
            count,
        ).format(n=count)
        dialog = Confirm(question, details=error.problem, yes=N_("Take away"), no=N_("Keep"))
        self.app.push_screen(dialog, answered)

    def show_edited(self, view: SourceView | None = None, *, cursor: int | None = None) -> None:
        """Show the source as it is after an edit; the cursor stays at its words or goes to a place."""
        before = self.open_source()
        marks = before.mark(self.view.caret.offset), before.mark(self.view.top)
        self.source = source = OpenSource(self.project, before.id, view)
        stands, top = (source.place(mark) for mark in marks)
        self.view.show(source, cursor=stands if cursor is None else cursor, top=top)
        self.read_words()
        self.keep_place()
        self.say()
        self.refresh_shell()

    def turn_here(self) -> TurnView:
        """Return the turn at the cursor.

        Raises:
            InputError: the text has no turns.
        """
        turn = self.open_source().turn_at(self.place())
        if turn is None:
            raise InputError(
                "no-turn", N_("There is no turn here."), N_("Open a text that has words.")
            )
        return turn

    def place(self) -> int:
        """Return where a command is meant: where the selection begins, else the cursor."""
        selection = self.view.selection
        return selection.start if selection else self.view.caret.offset

    @abstractmethod
    def doubt_here(self) -> Span | None:
        """Return the doubtful place at the cursor."""

    # -- doubtful places -----------------------------------------------------------------------

    def action_next_doubt(self) -> None:
        """Go to the next doubtful place."""
        self._go_doubt(1)

    def action_previous_doubt(self) -> None:
        """Go to the doubtful place before."""
        self._go_doubt(-1)

    def _go_doubt(self, step: int) -> None:
        doubts, offset = self.open_source().doubts, self.place()
        if not doubts:
            self.workbench.tell(_("No doubtful place: everything was accepted or corrected."))
            return
        if step > 0:
            number = bisect_right(doubts, offset, key=lambda span: span.start)
        else:
            number = bisect_left(doubts, offset, key=lambda span: span.start) - 1
        if not 0 <= number < len(doubts):
            number %= len(doubts)
            self.workbench.tell(_("From the beginning.") if step > 0 else _("From the end."))
        self.view.go(doubts[number].start, center=True)
        self.view.focus()

    def action_accept(self) -> None:
        """Say that the doubtful words here are right, and go to the next ones."""
        source, place = self.open_source(), self.view.selection or self.doubt_here()
        if place is None or not any(doubt.overlaps(place) for doubt in source.doubts):
            self.workbench.tell(_("No doubtful words here: n goes to the next ones."))
            return
        with Acting(self):
            view = self.project.transcript.accept(source.id, place.start, place.end)
        self.show_edited(view, cursor=place.start)
        if self.open_source().doubts:
            self._go_doubt(1)
        else:
            self.workbench.tell(_("That was the last doubtful place."))

    # -- words ---------------------------------------------------------------------------------

    def words_here(self) -> Span:
        """Return the words meant: selected, doubtful, or the one at the cursor.

        Raises:
            InputError: there is none.
        """
        source = self.open_source()
        doubt = self.doubt_here()
        words = self.view.selection or (source.bare(doubt) if doubt else None)
        words = words or source.units.at(self.view.caret.offset, "word")
        if words is None or not len(words):
            raise InputError(
                "span-empty", N_("The selection holds no words."), N_("Select at least one word.")
            )
        return words

    def action_edit(self) -> None:
        """Edit the words of the turn."""
        from workbench.tui.dialogs.turn_editor import TurnEditor

        source, turn = self.open_source(), self.turn_here()
        before = source.stored[turn.start : turn.end]

        def written(text: str | None) -> None:
            if text is not None and text != before:
                project = self.project
                self.attempt(
                    lambda: self.change(
                        lambda force: project.transcript.edit_turn(
                            source.id, turn.id, text, force=force
                        ),
                        self.show_edited,
                    )
                )

        title = self.turn_title(turn)
        self.view.lift(_EDITOR_ROWS)
        editor = TurnEditor(title, before, self.place() - turn.start, play=self.action_play)
        self.app.push_screen(editor, written)

    @abstractmethod
    def turn_title(self, turn: TurnView) -> str:
        """Say which turn it is: its number, time and speaker."""

    def action_correct(self) -> None:
        """Put other words in the place of those here."""
        self._ask_words(everywhere=False)

    def action_replace_all(self) -> None:
        """Put another word in the place of this one wherever it stands."""
        self._ask_words(everywhere=True)

    def _ask_words(self, *, everywhere: bool) -> None:
        from workbench.tui.dialogs.replace_words import ReplaceWords

        source, span = self.open_source(), self.words_here()
        old = source.stored[span.start : span.end]
        places = [
            place.shifted(turn.start)
            for turn in source.turns
            for place in occurrences(source.stored[turn.start : turn.end], old)
        ]

        def answered(new: str | None) -> None:
            if new is None or new == old:
                return
            self.attempt(lambda: self._replace(source, span, old, new, everywhere=everywhere))

        shown = places if everywhere else [span]
        self.view.lift(_EDITOR_ROWS)
        dialog = ReplaceWords(source, old, shown, everywhere=everywhere, play=self.action_play)
        self.app.push_screen(dialog, answered)

    def _replace(
        self, source: OpenSource, span: Span, old: str, new: str, *, everywhere: bool
    ) -> None:
        transcript = self.project.transcript

        def here(view: SourceView) -> None:
            self.show_edited(view, cursor=span.start)

        def replaced(count: int) -> None:
            self.show_edited(cursor=None)
            said = ngettext("Replaced at {n} place.", "Replaced at {n} places.", count)
            self.workbench.tell(said.format(n=count))

        if everywhere:
            self.change(lambda f: transcript.replace_all(source.id, old, new, force=f), replaced)
        else:
            self.change(
                lambda f: transcript.replace(source.id, span.start, span.end, new, force=f), here
            )

    # -- cuts and joints -----------------------------------------------------------------------

    def action_split(self) -> None:
        """Cut the turn in two before the word at the cursor."""
        source, offset = self.open_source(), self.place()
        turn = self.turn_here()
        with Acting(self):
            view = self.project.transcript.split_turn(source.id, offset)
        second = view.turns[turn.ordinal + 1]
        self.show_edited(view, cursor=second.start)

    def action_merge(self) -> None:
        """Make one turn of this one and the next."""
        source, turn = self.open_source(), self.turn_here()
        with Acting(self):
            view = self.project.transcript.merge_turns(source.id, turn.id)
        self.show_edited(view)
