"""The codebook beside the words: which code is meant, and what is shown anew after it was changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager

from textual import events, on

from workbench.models.views import CodeView
from workbench.tui.codebook.exchange import CodeExchange
from workbench.tui.coding.moves import CodingMoves
from workbench.tui.reading.screen import Acting
from workbench.tui.widgets.code_tree import CodeTree
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.row_table import RowTable


class CodingCodebook(CodeExchange, CodingMoves):
    """The code under the codebook's cursor is meant, else the code of the quote at the cursor."""

    def codes_here(self) -> Collection[str]:
        """Return the codes that are used in the open source."""
        return {coding.code_id for coding in self.source.index} if self.source else ()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of what has the focus now, and below the words what it stands on."""
        self.refresh_shell()
        if self.source is not None:
            self.say()
        if event.widget is self.code_tree:
            self.say_code()

    @on(RowTable.Moved, "#codes")
    def say_code(self) -> None:
        """Write out the code under the codebook's cursor while the keys go to the codebook."""
        code = self.code_tree.code
        if code is not None and self.focused is self.code_tree:
            self.query_one(QuoteLine).say_code(code)

    def codes(self) -> Mapping[str, CodeView]:
        """Return the codebook as it is shown.

        Raises:
            InputError: there is no source.
        """
        return self.open_source().codes

    def with_code(self, title: str, act: Callable[[CodeView], None]) -> None:
        """Do something with the code that is meant; where that is not clear, ask which.

        Args:
            title: what is asked, translated.
            act: gets the code.

        Raises:
            InputError: there is no source or no code.
        """
        codes = self.codes()
        if isinstance(self.focused, CodeTree) and self.focused.code is not None:
            act(self.focused.code)
            return
        here = list(dict.fromkeys(coding.code_id for coding in self.view.codings_here))
        if len(here) == 1:
            act(codes[here[0]])
        else:
            self.pick_code([codes[code] for code in here] or codes.values(), title, act)

    def show_changed(self, code_id: str | None = None) -> None:
        """Show the codebook and the margin anew, with the codebook's cursor on a code."""
        self.reload(text=False)
        if code_id is not None:
            self.code_tree.reveal(code_id)
            self.say_part()

    def changing(self) -> AbstractContextManager[object]:
        """Return what tells this screen that it knows of the change already."""
        return Acting(self)
