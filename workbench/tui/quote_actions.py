"""What is done to the quotes of the list: marking, changing many at once, copying, exporting."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import QuoteGroup, QuoteOrder
from workbench.tui.commands import Command
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.undoing import step_sentence

if TYPE_CHECKING:
    from workbench.models.drafts import CodeDraft
    from workbench.models.quote_lists import CodedQuote
    from workbench.services.quotes import QuoteList
    from workbench.tui.quote_rows import QuoteRows
    from workbench.tui.widgets.row_table import RowTable

_COPIED_MOST = 200
"""Quotes in the clipboard at once: a terminal takes no more than some 70,000 signs."""


class QuoteListActions(OpenProjectScreen[None]):
    """The verbs of the list; ``QuotesScreen`` lays out and looks."""

    # repeated for mypy: it compares a subclass with Textual's attribute of this name otherwise
    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    wanted = QuoteFilter()
    order = QuoteOrder.SOURCE
    group = QuoteGroup.NONE
    quotes: QuoteList
    rows: QuoteRows
    ready = False
    """Whether the quotes are there."""

    def __init__(self) -> None:
        """Nothing is marked yet."""
        super().__init__()
        self.marked: dict[str, tuple[str, str | None]] = {}
        """The quote and the coding of each marked line, by its key."""

    @property
    def coder(self) -> str | None:
        """Whose codings alone may be seen: one's own in blind mode."""
        return self.project.coder if self.workbench.settings.blind else None

    @property
    @abstractmethod
    def table(self) -> RowTable:
        """The list."""

    @abstractmethod
    def show_quotes(self) -> None:
        """Ask for the quotes again."""

    @abstractmethod
    def marks_changed(self) -> None:
        """Draw the marks, and say how many there are."""

    @property
    def line(self) -> CodedQuote | None:
        """The quote under the cursor; None on a heading and in an empty list."""
        return self.rows.line(self.table.cursor)

    def line_here(self) -> CodedQuote:
        """Return the quote under the cursor.

        Raises:
            InputError: there is none.
        """
        line = self.line
        if line is None:
            raise InputError(
                "no-quote-here", N_("No quote here."), N_("Go to a line that is no heading.")
            )
        return line

    def meant(self) -> list[tuple[str, str | None]]:
        """Return the quotes and codings that a verb is for: the marked ones, else the one under the cursor."""
        if self.marked:
            return list(self.marked.values())
        line = self.line_here()
        return [(line.quote_id, line.coding_id)]

    # -- marking -------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the line and go on; on a heading, mark its group."""
        heading = self.rows.heading(self.table.cursor)
        lines = [self.line] if heading is None else self.rows.lines_of(heading)
        known = [line for line in lines if line is not None]
        unmark = all(line.key in self.marked for line in known)
        for line in known:
            if unmark:
                del self.marked[line.key]
            else:
                self.marked[line.key] = (line.quote_id, line.coding_id)
        self.marks_changed()
        if heading is None:
            self.table.cursor += 1

    def action_mark_all(self) -> None:
        """Mark everything that the filter shows; once all is marked, take the marks away."""
        keys = {coding or quote: (quote, coding) for quote, coding in self.quotes.ids()}
        if keys.keys() <= self.marked.keys():
            self.marked.clear()
        else:
            self.marked.update(keys)
        self.marks_changed()

    # -- changing ------------------------------------------------------------------------------

    def action_recode(self) -> None:
        """Choose the code that the quotes get instead of theirs."""
        from workbench.tui.dialogs.pick_code import PickCode

        codings = self._codings()

        def picked(answer: str | CodeDraft | None) -> None:
            if answer is None:
                return
            new = None if isinstance(answer, str) else answer

            def recode() -> int:
                name = answer if isinstance(answer, str) else answer.name
                self.project.coding.recode(codings, name, new_code=new)
                return len(codings)

            self._change(recode, lambda n: ngettext("{n} quote recoded.", "{n} quotes recoded.", n))

        n = len(codings)
        title = ngettext("Another code for {n} quote", "Another code for {n} quotes", n)
        codes = self.project.coders.codes(self.coder)
        recent = self.project.coding.recent_codes()
        dialog = PickCode(codes, words="", recent=recent, title=title.format(n=n))
        self.app.push_screen(dialog, picked)

    def action_take_off(self) -> None:
        """Take the codes off; many are asked about."""
        codings = self._codings()
        take = partial(
            self._change,
            partial(self.project.quotes.take_off, codings),
            lambda n: ngettext("{n} code taken off.", "{n} codes taken off.", n),
        )
        if len(codings) == 1:
            take()
            return
        from workbench.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                take()

        n = len(codings)
        question = ngettext("Take {n} code off its quote?", "Take {n} codes off their quotes?", n)
        details = _("Quotes left without a code go too. Undo brings all of them back.")
        dialog = Confirm(question.format(n=n), details=details, yes=N_("Take off"), no=N_("Keep"))
        self.app.push_screen(dialog, answered)

    def _codings(self) -> list[str]:
        """Return the codings that are meant.

        Raises:
            InputError: there is no code on these quotes.
        """
        codings = [coding for _quote, coding in self.meant() if coding is not None]
        if not codings:
            raise InputError(
                "no-coding-here",
                N_("There is no code on this quote."),
                N_("It is here because it is a favourite."),
            )
        return codings

    def action_favourite(self) -> None:
        """Mark the quotes for the report; the one under the cursor says which way."""
        line = self.line
        on = line is None or not line.favourite
        quotes = [quote for quote, _coding in self.meant()]
        self._change(
            partial(self.project.coding.favourite, *quotes, favourite=on),
            lambda n: (
                ngettext("{n} quote marked for the report.", "{n} quotes marked for the report.", n)
                if on
                else ngettext("{n} mark taken away.", "{n} marks taken away.", n)
            ),
        )

    def _change(self, act: Callable[[], int], sentence: Callable[[int], str]) -> None:
        """Change quotes beside the interface, show the list as it is then, and say how many it was."""

        def done(n: int) -> None:
            self.marked.clear()
            self.show_quotes()
            self.workbench.tell(sentence(n).format(n=n))

        self.run_in_thread(act, done, group="quotes")

    def action_memo(self) -> None:
        """Write one's own memo on the quote under the cursor."""
        from workbench.tui.dialogs.memo import MemoDialog

        line = self.line_here()
        own = self.project.coding.memo("quote", line.quote_id)

        def written(text: str | None) -> None:
            if text is not None and text.strip() != own:
                self.project.coding.write_memo("quote", line.quote_id, text)
                self.show_quotes()

        others = self.project.coding.noted_by_others("quote", line.quote_id)
        self.app.push_screen(MemoDialog(line.text, own, others=others), written)

    def action_undo(self) -> None:
        """Take the last action back and say what it was."""
        entry = self.project.history.undo()
        self.show_quotes()
        self.workbench.tell(step_sentence(entry, _("Undone: {action}")))

    def action_redo(self) -> None:
        """Do again what was undone and say what it was."""
        entry = self.project.history.redo()
        self.show_quotes()
        self.workbench.tell(step_sentence(entry, _("Done again: {action}")))

    # -- taking along --------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy words with who said them and where: of the marked quotes, else of this one."""
        if len(self.marked) > _COPIED_MOST:
            raise InputError(
                "too-many-to-copy",
                N_("That is too much for the clipboard: at most {most} quotes."),
                N_("Export them with x."),
                most=_COPIED_MOST,
            )
        if not self.marked:
            self._copy([self.line_here()])
            return
        quotes, marked = self.quotes, set(self.marked)
        self.run_in_thread(
            lambda: [line for line in quotes if line.key in marked], self._copy, group="quotes"
        )

    def _copy(self, lines: list[CodedQuote]) -> None:
        quoted = _("“{words}”")
        texts = [f"{quoted.format(words=line.text)}\n— {line.reference()}" for line in lines]
        self.app.copy_to_clipboard("\n\n".join(dict.fromkeys(texts)))
        n = len(dict.fromkeys(texts))
        said = ngettext(
            "{n} quote copied with its reference.", "{n} quotes copied with references.", n
        )
        self.workbench.tell(said.format(n=n))

    def action_export(self) -> None:
        """Write the quotes shown to a file."""
        from workbench.tui.quote_export import export_quotes

        export_quotes(self, self.wanted, self.order, self.group, coder=self.coder)
