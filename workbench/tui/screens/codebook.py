"""The codebook on a screen of its own: all codes with their counts, and in full what one of them means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.views import CodeView, JournalView
from workbench.tui.codebook.about import about
from workbench.tui.codebook.exchange import CodeExchange
from workbench.tui.coding.codebook_commands import CODE_COMMANDS
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.undoing import step_sentence
from workbench.tui.widgets.code_filter import Part
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.row_table import RowTable

if TYPE_CHECKING:
    from workbench.tui.dialogs.quotes import QuotePlace

_NARROW = 100
"""Columns below which the description lies under the codes instead of beside them."""


class CodebookScreen(CodeExchange):
    """Codes on the left, the one under the cursor on the right."""

    NAME = "codebook"
    AUTO_FOCUS = ""  # the line to filter by would be first, and take every key
    PARTS = (Part.ALL, Part.UNUSED, Part.ALIKE)
    HELP = N_(
        "All codes of the project with the number of their quotes and persons: alone, and with the codes "
        "below, each quote and each person counted once. Enter lists the quotes of a code. What is done "
        "here can be taken back with u."
    )
    COMMANDS: ClassVar[tuple[Command, ...]] = (  # type: ignore[assignment]
        *CODE_COMMANDS,
        Command("codebook.quotes", "q", N_("Quotes"), N_("List the quotes of the code.")),
        Command(
            "codebook.filter", "slash,ctrl+f,full_stop", N_("Filter"), N_("Find codes by a part.")
        ),
        Command(
            "codebook.undo", "u", N_("Undo"), N_("Take the last action back."), verb="history.undo"
        ),
        Command(
            "codebook.redo",
            "U,ctrl+r",
            N_("Redo"),
            N_("Do again what was undone."),
            verb="history.redo",
            show=False,
        ),
    )
    DEFAULT_CSS = """
    CodebookScreen {
        #book { height: 1fr; }
        #codebook { width: 3fr; }
        #codebook .heading { height: 1; padding: 0 1; color: $foreground-muted; text-style: none; }
        #codes-filter { display: none; }
        #codebook.-filtering #codes-filter { display: block; }
        #codebook.-filtering .heading { display: none; }
        #side { width: 2fr; border-left: solid $border-blurred; padding: 0 2; scrollbar-size-vertical: 1; }
        #about { width: 1fr; height: auto; }
        &.-narrow #book { layout: vertical; }
        &.-narrow #codebook { width: 1fr; height: 1fr; }
        &.-narrow #side {
            width: 1fr; height: 9; border-left: none; border-top: solid $border-blurred; padding: 0 1;
        }
    }
    """

    _codes: Mapping[str, CodeView] = {}

    def body(self) -> ComposeResult:
        """The codes, and what one of them means."""
        with Horizontal(id="book"):
            with Vertical(id="codebook"):
                yield Words(_("Codebook"), classes="heading")
                yield Input(placeholder=_("filter…"), id="codes-filter")
                yield CodeTree(id="codes", counts=True)
            with VerticalScroll(id="side"):
                yield Static(id="about", markup=False)

    def status(self) -> str:
        """What goes on; first whose codings are counted, where they are not everybody's."""
        whose = self.project.shown_coder if self.workbench.project is not None else None
        only = _("only {coder}").format(coder=whose) if whose is not None else ""
        return " · ".join(part for part in (only, super().status()) if part)

    def on_resize(self, event: events.Resize) -> None:
        """Put the description beside the codes where there is room."""
        self.set_class(event.size.width < _NARROW, "-narrow")

    def fill(self) -> None:
        """Read the codebook."""
        if self.workbench.project is None:
            return
        tree = self.code_tree
        recall = self.workbench.state.recall
        tree.folded = set(recall("coding", self.project.slug, "folded-codes", default=[]))
        self._read()
        self.say_part()
        if self.focused is None:
            tree.focus()

    def _read(self) -> None:
        codes = self.project.coders.codes(self.project.shown_coder)
        self._codes = {code.id: code for code in codes}
        self.code_tree.show_codes(self._codes, ())
        self._show_about()

    # -- what the actions on codes need --------------------------------------------------------

    @property
    def code_tree(self) -> CodeTree:
        """The codebook."""
        return self.query_one(CodeTree)

    def codes(self) -> Mapping[str, CodeView]:
        """Return the codebook as it is shown."""
        return self._codes

    def with_code(self, title: str, act: Callable[[CodeView], None]) -> None:
        """Do something with the code under the cursor.

        Args:
            title: what would be asked where that is not clear; here it is.
            act: gets the code.

        Raises:
            InputError: there is no code.
        """
        del title
        code = self.code_tree.code
        if code is None:
            raise InputError(
                "no-codes", N_("There is no code to choose."), N_("Add one to the codebook first.")
            )
        act(code)

    def show_changed(self, code_id: str | None = None) -> None:
        """Show the codebook anew, with the cursor on a code."""
        self._read()
        if code_id is not None:
            self.code_tree.reveal(code_id)
        self.say_part()

    def changing(self) -> AbstractContextManager[object]:
        """Nothing has to be known of a change that comes from here."""
        return nullcontext()

    # -- looking -------------------------------------------------------------------------------

    @on(RowTable.Moved, "#codes")
    def _show_about(self) -> None:
        """Show what the code under the cursor means."""
        code = self.code_tree.code
        shown = self.query_one("#about", Static)
        if code is None:
            shown.update("")
        else:
            colour = self.workbench.code_colour(code.colour)
            shown.update(about(code, colour, roomy=not self.has_class("-narrow")))
        self.query_one("#side").scroll_home(animate=False)

    @on(CodeTree.Folded)
    def _folded(self, event: CodeTree.Folded) -> None:
        folded = sorted(event.tree.folded)
        state = self.workbench.state
        state.remember("coding", self.project.slug, "folded-codes", value=folded)

    @on(RowTable.Opened, "#codes")
    def action_quotes(self) -> None:
        """List the quotes of the code; Enter there goes to one."""
        self.with_code("", self._list_quotes)

    def _list_quotes(self, code: CodeView) -> None:
        from workbench.tui.dialogs.quotes import quotes_with_code

        def go(place: QuotePlace | None) -> None:
            if place is not None:
                self.workbench.open_screen(
                    "coding", source=place.source_id, start=place.start, end=place.end
                )

        self.app.push_screen(quotes_with_code(self.project, code, None), go)

    def action_filter(self) -> None:
        """Show only the codes that fit what is typed."""
        self.query_one("#codebook").add_class("-filtering")
        self.query_one("#codes-filter", Input).focus()

    @on(Input.Changed, "#codes-filter")
    def _filtered(self, event: Input.Changed) -> None:
        self.code_tree.filter(event.value)

    @on(Input.Submitted, "#codes-filter")
    def _filter_ends(self) -> None:
        self.code_tree.focus()

    async def action_back(self) -> None:
        """Leave, in this order: the filter, the part, the screen."""
        panel = self.query_one("#codebook")
        if panel.has_class("-filtering"):
            panel.remove_class("-filtering")
            self.query_one("#codes-filter", Input).value = ""
            self.code_tree.focus()
        elif self.code_tree.part != Part.ALL:
            self.code_tree.show_part(Part.ALL)
            self.say_part()
        else:
            await super().action_back()

    # -- taking back ---------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take the last action back and say what it was."""
        self._stepped(self.project.history.undo(), _("Undone: {action}"))

    def action_redo(self) -> None:
        """Do again what was undone and say what it was."""
        self._stepped(self.project.history.redo(), _("Done again: {action}"))

    def _stepped(self, entry: JournalView, sentence: str) -> None:
        self.show_changed()
        self.workbench.tell(step_sentence(entry, sentence))
