"""The history of a code, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from workbench.i18n import N_, _, ngettext
from workbench.models.codebook_views import CodeChange, CodeEvent
from workbench.tui.dialogs.dialog import Dialog
from workbench.tui.dialogs.pick_code import KIND_NAMES
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable


class CodeHistory(Dialog[None]):
    """When, who, and what happened."""

    DEFAULT_CSS = """
    CodeHistory {
        #window { width: 100; height: 70%; padding: 0 1; }
        RowTable { background: $surface; }
    }
    """

    def __init__(self, path: str, events: Sequence[CodeEvent]) -> None:
        """Show what happened.

        Args:
            path: the code.
            events: the oldest first.
        """
        super().__init__()
        self._path = path
        self._rows = [
            Row(number, (f"{event.at.astimezone():%Y-%m-%d %H:%M}", event.actor, sentence(event)))
            for number, event in enumerate(reversed(events))
        ]

    def title_text(self) -> str:
        """Whose history it is."""
        return _("History: {code}").format(code=self._path)

    def hint_text(self) -> str:
        """What the keys do."""
        return _("↑↓ moves · Esc back")

    def body(self) -> ComposeResult:
        """The table."""
        yield RowTable(
            (
                Column(N_("When"), width=16),
                Column(N_("Who"), width=16, cut="middle", least=60),
                Column(N_("What happened")),
            )
        )

    def on_mount(self) -> None:
        """Show the newest first."""
        table = self.query_one(RowTable)
        table.show(ListSource(self._rows))
        table.focus()


def sentence(event: CodeEvent) -> str:
    """Say what happened."""
    before, after, n = event.before, event.after, event.count
    match event.change:
        case CodeChange.KIND:
            before, after = _kind(before), _kind(after)
            said = _("kind changed from {before} to {after}")
        case CodeChange.MOVED if not after:
            said = _("moved to the top")
        case CodeChange.MERGED:
            said = ngettext(
                "“{before}” merged into it, with {n} coding",
                "“{before}” merged into it, with {n} codings",
                n,
            )
        case CodeChange.SPLIT:
            said = ngettext("{n} coding went to “{after}”", "{n} codings went to “{after}”", n)
        case CodeChange.USED:
            said = ngettext("put on {n} quote", "put on {n} quotes", n)
        case change:
            said = _(_PLAIN[change])
    return said.format(before=before, after=after, n=n)


_PLAIN = {
    CodeChange.MADE: N_("made as “{after}”"),
    CodeChange.RENAMED: N_("renamed from “{before}” to “{after}”"),
    CodeChange.MOVED: N_("moved under “{after}”"),
    CodeChange.DESCRIBED: N_("description changed"),
    CodeChange.COLOURED: N_("colour changed"),
    CodeChange.FROZEN: N_("frozen"),
    CodeChange.UNFROZEN: N_("unfrozen"),
    CodeChange.BARRIER: N_("described as a barrier"),
}


def _kind(kind: str) -> str:
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind
