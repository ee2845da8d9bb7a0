"""Divides the quotes of a code: those that are ticked go to a new code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView, QuoteView
from workbench.tui.dialogs.confirm import leave_if_nothing_is_lost
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.widgets.fields import ChoiceEditor
from workbench.tui.widgets.press import Press
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable


@dataclass(frozen=True, slots=True)
class Division:
    """Which quotes go to which new code."""

    quotes: tuple[str, ...]
    draft: CodeDraft


class _Quotes(RowTable):
    """Quotes to tick."""

    HELP = N_("The quotes of the code. Space ticks those that go to the new code, * ticks all.")
    BINDINGS = [Binding("space", "open", show=False)]

    def on_click(self, event: events.Click) -> None:
        """A click on the mark ticks at once."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x < 4 and event.chain == 1:  # noqa: PLR2004 - the mark's cells
            self.call_after_refresh(self.action_open)


class SplitCode(Dialog[Division | None]):
    """The new code's name and place, and the quotes; answers what was divided."""

    BINDINGS = [
        Binding("ctrl+s", "save", priority=True, show=False),
        Binding("asterisk", "tick_all", show=False),
    ]
    DEFAULT_CSS = """
    SplitCode {
        #window { width: 100; height: 90%; padding: 0 1; }
        .label { color: $foreground-muted; height: 1; margin-top: 1; }
        Input, Input:focus { border: none; height: 1; padding: 0 1; background: $panel; }
        RowTable { background: $surface; }
        #trouble { display: none; }
        #save { margin-top: 1; }
    }
    """

    def __init__(
        self, code: CodeView, quotes: Sequence[QuoteView], save: Callable[[Division], object]
    ) -> None:
        """Ask how to divide a code.

        Args:
            code: the one that is divided.
            quotes: what it is on.
            save: does it; raises what is wrong, which is shown here.
        """
        super().__init__()
        self._code = code
        self._quotes = list(quotes)
        self._save = save
        self._ticked: set[str] = set()

    def title_text(self) -> str:
        """What is divided."""
        return _("Split “{name}”").format(name=self._code.name)

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Space ticks · Tab next · ^s split · Esc back")

    def body(self) -> ComposeResult:
        """The new code, its place, the quotes."""
        yield Words(_("Name of the new code"), classes="label")
        yield Input(id="name")
        yield Words(_("Where it stands"), classes="label")
        yield ChoiceEditor(
            ((False, N_("beside the old one")), (True, N_("under the old one"))), False
        )
        yield Words(id="ticked", classes="label")
        yield _Quotes(
            (Column(width=1), Column(N_("Quote")), Column(N_("Source"), width=24, least=70))
        )
        yield Words(id="trouble", classes="trouble")
        yield Press(_("Split"), id="save")

    def on_mount(self) -> None:
        """Begin at the name."""
        self._show()
        self.query_one("#name").focus()

    def _show(self) -> None:
        rows = [
            Row(
                quote.id,
                (
                    "✓" if quote.id in self._ticked else "·",
                    quote.text,
                    quote.person or quote.source,
                ),
            )
            for quote in self._quotes
        ]
        table = self.query_one(_Quotes)
        table.source = ListSource(rows)
        table.reload()
        count = len(self._ticked)
        said = _("To the new code go: {n} of {all}").format(n=count, all=len(self._quotes))
        self.query_one("#ticked", Words).say(said)

    @on(RowTable.Opened)
    def _tick(self, event: RowTable.Opened) -> None:
        self._ticked ^= {event.row.key}
        self._show()

    def action_tick_all(self) -> None:
        """Tick all quotes, or none when all are."""
        every = {quote.id for quote in self._quotes}
        self._ticked = set() if self._ticked == every else every
        self._show()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(_Quotes).focus()

    @on(Press.Pressed)
    def _pressed(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Divide the code, or say what is wrong."""
        code, trouble = self._code, self.query_one("#trouble", Words)
        under = self.query_one(ChoiceEditor).value
        try:
            draft = CodeDraft.read(
                {
                    "name": self.query_one("#name", Input).value,
                    "kind": code.kind,
                    "parent": code.id if under else code.parent_id,
                }
            )
            chosen = tuple(quote.id for quote in self._quotes if quote.id in self._ticked)
            division = Division(chosen, draft)
            self._save(division)
        except InputError as error:
            trouble.say(f"! {error}")
            trouble.display = True
            return
        self.dismiss(division)

    def action_cancel(self) -> None:
        """Leave; a name and ticks are thrown away only if that is said."""
        changed = bool(self._ticked or self.query_one("#name", Input).value)
        leave_if_nothing_is_lost(self, changed=changed)
