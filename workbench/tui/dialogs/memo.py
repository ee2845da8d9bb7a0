"""Write a memo: what the researcher thinks of a quote."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import TextArea

from workbench.i18n import _
from workbench.tui.dialogs.confirm import leave_if_nothing_is_lost
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import clean_for_terminal, shorten_middle


class MemoDialog(Dialog[str | None]):
    """A few lines of text; answers them, empty to remove the memo, or None when nothing changes."""

    BINDINGS = [Binding("ctrl+s,f9", "save", priority=True, show=False)]
    DEFAULT_CSS = """
    MemoDialog {
        #window { padding: 0 1; }
        #words { color: $foreground-muted; margin-bottom: 1; padding: 0 1; height: auto; }
        TextArea, TextArea:focus { border: none; height: 8; padding: 0 1; background: $panel; }
        #others { height: auto; max-height: 8; margin-top: 1; }
        #others Words { color: $foreground-muted; padding: 0 1; }
    }
    """

    def __init__(self, words: str, text: str, *, others: str = "") -> None:
        """Write about some words.

        Args:
            words: the quote.
            text: the memo as it is.
            others: what others noted on the same, to be read below.
        """
        super().__init__()
        self._words = words
        self._text = text
        self._others = others

    def title_text(self) -> str:
        """What is asked."""
        return _("Memo")

    def hint_text(self) -> str:
        """What the keys do."""
        return _("^s keeps · Esc back")

    def body(self) -> ComposeResult:
        """The quote and the lines to write in."""
        shown = shorten_middle(clean_for_terminal(self._words), 130)
        yield Words(_("“{words}”").format(words=shown), id="words")
        yield TextArea(self._text, soft_wrap=True, tab_behavior="focus")
        if self._others:
            with VerticalScroll(id="others"):
                yield Words(self._others)

    def on_mount(self) -> None:
        """Write on where the memo ends."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)

    def action_save(self) -> None:
        """Answer what is written."""
        self.dismiss(self.query_one(TextArea).text)

    def action_cancel(self) -> None:
        """Leave; what was written is thrown away only if that is said."""
        changed = self.query_one(TextArea).text != self._text
        leave_if_nothing_is_lost(self, changed=changed)
