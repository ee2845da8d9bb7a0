"""Asks what is to stand in the place of words, and shows every place before anything changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input

from workbench.i18n import _, ngettext
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.dialogs.dialog import Dialog, Words
from workbench.tui.display import clean_for_terminal, clock, shorten_middle
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

_BEFORE = 28
_BEHIND = 60
"""Letters shown on both sides of the words."""


class ReplaceWords(Dialog[str | None]):
    """A line for the new words over the list of places; answers the words, or None."""

    BINDINGS = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("f4", "play", priority=True, show=False),
    ]
    DEFAULT_CSS = """
    ReplaceWords {
        align: center bottom;
        background: transparent;
        #window { width: 100%; max-width: 120; padding: 0 1; margin-bottom: 1; }
        #count { margin: 1 1 0 1; }
        RowTable { height: auto; max-height: 8; background: $surface; }
        &.-here RowTable, &.-here #count { display: none; }
    }
    """

    def __init__(
        self,
        source: OpenSource,
        old: str,
        places: Sequence[Span],
        *,
        everywhere: bool,
        play: Callable[[], None],
    ) -> None:
        """Ask for new words.

        Args:
            source: the open source.
            old: the words that stand there now.
            places: where.
            everywhere: whether all these places are meant; else there is one, seen above.
            play: plays the recording, or stops it.
        """
        super().__init__(classes="" if everywhere else "-here")
        self._source = source
        self._old = old
        self._places = places
        self._everywhere = everywhere
        self._play = play

    def title_text(self) -> str:
        """What is replaced."""
        old = shorten_middle(clean_for_terminal(self._old), 40)
        if self._everywhere:
            return _("Instead of “{words}”, everywhere").format(words=old)
        return _("Instead of “{words}”, here").format(words=old)

    def hint_text(self) -> str:
        """What the keys do."""
        return _("Enter replaces · F4 plays · Esc back")

    def body(self) -> ComposeResult:
        """The line and the places."""
        yield Input(self._old, id="new")
        count = len(self._places)
        said = ngettext("{n} place:", "{n} places:", count).format(n=count)
        yield Words(said, id="count", classes="quiet")
        table = RowTable([Column(width=8), Column()], ListSource(self._rows()))
        table.can_focus = False
        yield table

    def _rows(self) -> list[Row]:
        rows = []
        for place in self._places:
            time = self._source.time_at(place.start)
            before = self._source.text[max(0, place.start - _BEFORE) : place.start]
            words = self._source.text[place.start : place.end]
            behind = self._source.text[place.end : place.end + _BEHIND]
            line = Content.assemble(
                (clean_for_terminal(before).rjust(_BEFORE), "$foreground-muted"),
                (clean_for_terminal(words), "bold $warning"),
                (clean_for_terminal(behind), "$foreground-muted"),
            )
            rows.append(Row(place, (clock(time) if time is not None else "", line)))
        return rows

    def on_mount(self) -> None:
        """Begin with the old words selected: typing replaces them, an arrow corrects them."""
        line = self.query_one("#new", Input)
        line.focus()
        line.action_select_all()
        self.query_one(RowTable).show(ListSource(self._rows()))

    @on(Input.Submitted, "#new")
    def _typed(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_move(self, step: int) -> None:
        """Look at other places while the line keeps the focus."""
        table = self.query_one(RowTable)
        table.cursor = min(max(0, table.cursor + step), max(0, len(self._places) - 1))

    def action_play(self) -> None:
        """Play the recording, or stop it."""
        self._play()
