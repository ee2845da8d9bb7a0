"""All quotes of the project: filtered, sorted, grouped; many changed at once; copied and exported."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import QuoteGroup, QuoteOrder
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import clean_for_terminal, shorten_end
from workbench.tui.quote_commands import QUOTE_COMMANDS
from workbench.tui.quote_filter import FilterForm, filter_fields, filter_of, filter_text
from workbench.tui.quote_rows import QuoteRows, columns_for
from workbench.tui.quote_saved import SavedFilters
from workbench.tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from enum import StrEnum

    from workbench.services.quotes import QuoteList

ORDERS = {
    QuoteOrder.SOURCE: N_("by source"),
    QuoteOrder.CODE: N_("by code"),
    QuoteOrder.PERSON: N_("by person"),
    QuoteOrder.NEWEST: N_("newest first"),
    QuoteOrder.EMOTION: N_("by emotion, worst first"),
}
GROUPS = {
    QuoteGroup.NONE: N_("not in groups"),
    QuoteGroup.CODE: N_("grouped by code"),
    QuoteGroup.SOURCE: N_("grouped by source"),
    QuoteGroup.PERSON: N_("grouped by person"),
}


class QuotesScreen(SavedFilters):
    """One line for each code and coder of a quote."""

    NAME = "quotes"
    HELP = N_(
        "All quotes of the project, one line for each code and coder. / shows only some of them, S "
        "keeps that filter under a name and l shows a kept one; s sorts, b puts them together in groups. Space marks lines, a marks all that are shown; then "
        "E gives them another code, d takes their codes off, f marks them for the report, y copies "
        "them with who said them and where. Enter goes to the place in its source."
    )
    COMMANDS = QUOTE_COMMANDS
    DEFAULT_CSS = """
    QuotesScreen {
        #which { height: 1; padding: 0 1; color: $foreground-muted; }
        #whole { height: 20%; min-height: 4; padding: 0 1; border-top: solid $border-blurred; }
    }
    """

    def __init__(self, code: str | None = None, source: str | None = None) -> None:
        """Show all quotes, or those of a code with all below it, or of a source.

        Args:
            code: its identifier, path or name.
            source: its identifier, number or title.
        """
        super().__init__()
        self.wanted = QuoteFilter(
            codes=(code,) if code else (), sources=(source,) if source else ()
        )

    def body(self) -> ComposeResult:
        """Which quotes these are, the table, and the quote under the cursor in full."""
        yield Words(id="which")
        yield RowTable(
            columns_for(self.group),
            empty=N_("No quotes: code some on the Coding screen (g, then c), or press r."),
        )
        yield Words(id="whole")

    def fill(self, *, from_top: bool = False) -> None:
        """Count the quotes and show the page one stands on, or the first one."""
        self.order = _kept(QuoteOrder, self.recall("order"), QuoteOrder.SOURCE)
        self.group = _kept(QuoteGroup, self.recall("group"), QuoteGroup.NONE)
        self.show_quotes(from_top=from_top)
        if self.focused is None:
            self.table.focus()

    def recall(self, name: str) -> str:
        """Return how the list was looked at last."""
        return str(self.workbench.state.recall(self.NAME, self.project.slug, name, default=""))

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    def show_quotes(self, *, from_top: bool = False) -> None:
        """Ask for the quotes again; the cursor stays on its line where that is still there."""
        try:
            self.quotes = self.find(self.wanted)
        except InputError as error:  # what the filter names was removed meanwhile
            self.show_error(error)
            self.wanted = QuoteFilter()
            self.quotes = self.find(self.wanted)
        self.rows = QuoteRows(
            self.quotes, marked=self.marked, colour=self.workbench.code_colour, group=self.group
        )
        self.table.columns = columns_for(self.group)
        self.table.show(self.rows)
        if from_top:
            self.table.cursor = 0
        if self.table.cursor == 0 and self.rows.heading(0) is not None:
            self.table.cursor = 1
        self.ready = True
        self._say_which()
        self.say_whole()

    def find(self, wanted: QuoteFilter) -> QuoteList:
        """Ask for quotes in the order and groups in force."""
        return self.project.quotes.find(
            wanted, order=self.order, group=self.group, coder=self.coder
        )

    def _say_which(self) -> None:
        n = len(self.quotes)
        parts = [ngettext("{n} coding", "{n} codings", n).format(n=n)]
        if self.marked:
            parts.append(_("{n} marked").format(n=len(self.marked)))
        parts.append(_("blind: only yours") if self.coder is not None else "")
        parts += [self.describe(self.wanted), _(ORDERS[self.order])]
        parts += [_(GROUPS[self.group])] if self.group != QuoteGroup.NONE else []
        self.query_one("#which", Words).say(" · ".join(part for part in parts if part))

    def describe(self, wanted: QuoteFilter) -> str:
        """Say which quotes a filter means; empty for all."""
        if wanted == QuoteFilter():
            return ""
        codes = {code.id: code.path for code in self.project.codebook.codes()}
        found = self.project.quotes.choices()
        return filter_text(wanted, codes, dict(found.sources), dict(found.stages))

    @on(RowTable.Moved)
    def say_whole(self) -> None:
        """Write out the quote under the cursor: its words, where it comes from, its memo."""
        line = self.line
        words = self.query_one("#whole", Words)
        if line is None:
            words.say("")
            return
        memo = _("memo: {text}").format(text=line.memo) if line.memo else ""
        more = " · ".join(part for part in (line.reference(), line.code, line.coder) if part)
        below = [part for part in (more, memo) if part]
        size = words.content_size
        room = max(1, size.height - len(below)) if size.height else 1
        written = Content(clean_for_terminal(" ".join(line.text.split()))).wrap(max(1, size.width))
        shown = [row.plain.rstrip() for row in written[:room]]
        if len(written) > room:
            shown[-1] = shorten_end(f"{shown[-1]} …", max(1, size.width))
        words.say("\n".join([*shown, *below]))

    def marks_changed(self) -> None:
        """Draw the marks, and say how many there are."""
        self.table.reload()
        self._say_which()

    def available(self, command_id: str) -> bool:
        """What is done to a quote needs one; what is done to groups needs groups."""
        name = command_id.removeprefix("quotes.")
        if not self.ready or name == command_id:
            return super().available(command_id)
        if name in ("next-group", "previous-group") and self.group == QuoteGroup.NONE:
            return False
        if name in ("all", "save") and self.wanted == QuoteFilter():
            return False
        needs_one = ("open", "mark", "recode", "favourite", "export", "copy", "take-off")
        if name in (*needs_one, "mark-all", "memo") and not self.quotes:
            return False
        return super().available(command_id)

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_open()

    # -- looking -------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Go to the place in its source; from a heading to the first quote below it."""
        line = self.line
        if line is None:
            self.table.cursor += 1
            return
        self.workbench.open_screen("coding", source=line.source_id, start=line.start, end=line.end)

    def action_filter(self) -> None:
        """Ask which quotes to show."""
        fields = filter_fields(
            self.wanted, self.project.codebook.codes(), self.project.quotes.choices()
        )

        def done(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.look(filter_of(values))

        self.app.push_screen(FilterForm(_("Which quotes?"), fields, save_label=N_("Show")), done)

    def action_all(self) -> None:
        """Show all quotes."""
        self.look(QuoteFilter())

    def look(self, wanted: QuoteFilter) -> None:
        """Show other quotes; marks that nobody would see are taken away."""
        self.wanted = wanted
        self.marked.clear()
        self.show_quotes(from_top=True)
        self.refresh_shell()

    def action_sort(self) -> None:
        """Choose what comes first."""
        self._choose(_("What comes first?"), ORDERS, "order", self.order)

    def action_group(self) -> None:
        """Choose what quotes are put together by."""
        self._choose(_("Put quotes together?"), GROUPS, "group", self.group)

    def _choose(self, title: str, names: dict[Any, str], what: str, now: StrEnum) -> None:
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        choices = [
            Choice(value=str(value), label=_(name), key="✓" if value == now else "")
            for value, name in names.items()
        ]

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                state = self.workbench.state
                state.remember(self.NAME, self.project.slug, what, value=answer)
                self.fill(from_top=True)
                self.refresh_shell()

        self.app.push_screen(PickDialog[str](choices, title=title), picked)

    def action_next_group(self) -> None:
        """Go to the next group."""
        self._go_group(1)

    def action_previous_group(self) -> None:
        """Go to the group before."""
        self._go_group(-1)

    def _go_group(self, step: int) -> None:
        place = self.rows.neighbour(self.table.cursor, step)
        if place is not None:
            self.table.cursor = place


def _kept(kind: type[Any], value: str, default: Any) -> Any:
    """Return what was remembered, if it is still one of a kind."""
    with suppress(ValueError):
        return kind(value)
    return default
