"""How far coding is: a line a source with what is coded, what is left, and how long that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.display import bar, duration
from workbench.tui.labels import SOURCE_KINDS, label
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

if TYPE_CHECKING:
    from workbench.models.progress_views import CodingProgress, SourceProgress

_BAR = 12


class ProgressScreen(OpenProjectScreen[None]):
    """One line a source with a text."""

    NAME = "progress"
    HELP = N_(
        "How much of each source is under quotes, about how many words are still to be read, and how "
        "long that takes at your pace: words you read in a minute, told from when you put codes; "
        "more than five minutes without one are a break. A short stretch between two quotes counts "
        "as read. Enter goes to the next words without a quote."
    )
    COMMANDS = (
        Command("progress.open", "enter", N_("Go on"), N_("Go on coding where no quote is yet.")),
        Command(
            "progress.next", "n", N_("Next source"), N_("Go to the next source with words left.")
        ),
        Command(
            "progress.mine",
            "m",
            N_("Mine or all"),
            N_("Count only your own codings, or everybody's."),
        ),
    )
    COLUMNS = (
        Column(N_("No."), width=4, align="right"),
        Column(N_("Source"), cut="middle"),
        Column(N_("Kind"), width=20, least=120),
        Column(N_("Person"), width=8, cut="middle", least=90),
        Column(width=_BAR, least=80),
        Column(N_("Coded"), width=12, align="right"),
        Column(N_("Quotes"), width=7, align="right", least=60),
        Column(N_("Words left"), width=13, align="right"),
        Column(N_("Time left"), width=11, align="right", least=60),
    )
    DEFAULT_CSS = """
    ProgressScreen {
        #whole { height: auto; padding: 0 1; color: $foreground-muted; }
        RowTable { margin-top: 1; }
    }
    """

    def __init__(self) -> None:
        """Count everybody's codings at first."""
        super().__init__()
        self._mine = False
        self._found: CodingProgress | None = None

    def body(self) -> ComposeResult:
        """The project as a whole, and the table."""
        yield Words(id="whole")
        yield RowTable(
            self.COLUMNS, empty=N_("Nothing to code yet. Add sources on Interviews: g, then i.")
        )

    def fill(self) -> None:
        """Count beside the interface."""
        project = self.project
        self._mine = self._mine or self.workbench.settings.blind
        coder = project.coder if self._mine else None
        self.run_in_thread(
            lambda: project.progress.sources(coder=coder),
            self._show,
            group="progress",
            exclusive=True,
        )
        if self.focused is None:
            self.table.focus()

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    def _show(self, found: CodingProgress) -> None:
        self._found = found
        row = self.table.current
        rows = [_row(source) for source in found.sources]
        self.table.columns = self.COLUMNS if found.pace is not None else self.COLUMNS[:-1]
        self.table.show(ListSource(rows), key=row.key if row is not None else None)
        self.query_one("#whole", Words).say(self._summary(found) if rows else "")

    def _summary(self, found: CodingProgress) -> str:
        words = sum(source.words for source in found.sources)
        coded = sum(source.coded_share * source.words for source in found.sources)
        parts = [
            _("your codings") if self._mine else _("everybody's codings"),
            _("{n} % coded").format(n=round(100 * coded / words) if words else 0),
            _("about {n} words left").format(n=_number(found.words_left)),
        ]
        if found.pace is None or found.seconds_left is None:
            parts.append(_("your pace is not known yet"))
        else:
            parts.append(_("{time} at your pace").format(time=duration(found.seconds_left)))
            parts.append(_("{n} words a minute").format(n=round(found.pace)))
        return " · ".join(parts)

    def available(self, command_id: str) -> bool:
        """Where there is no source, there is nowhere to go."""
        if command_id in ("progress.open", "progress.next") and not (
            self._found and self._found.sources
        ):
            return False
        return super().available(command_id)

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Go to the next words of the source that no quote covers."""
        row = self.table.current
        if row is None:
            return
        start = self.project.progress.next_uncoded(row.key)
        if start is None:
            self.workbench.tell(_("Everything is coded."))
            self.workbench.open_screen("coding", source=row.key)
        else:
            self.workbench.open_screen("coding", source=row.key, start=start)

    def action_next(self) -> None:
        """Go to the next source with words left."""
        row = self.table.current
        found = self._found.next_source(row.key if row else None) if self._found else None
        if found is None:
            self.workbench.tell(_("Everything is coded."))
            return
        place = self.table.find(found.source_id)
        if place is not None:
            self.table.cursor = place

    def action_mine(self) -> None:
        """Count one's own codings, or everybody's."""
        self._mine = not self._mine
        self.fill()


def _row(source: SourceProgress) -> Row:
    percent = round(source.coded_share * 100)
    if 0 < source.coded_share < 1:  # a first quote is never 0 and a gap never 100
        percent = min(99, max(1, percent))
    left = source.seconds_left if source.words_left else 0.0
    return Row(
        source.source_id,
        (
            str(source.number),
            source.title,
            label(SOURCE_KINDS, source.kind),
            source.person or "",
            bar(source.coded_share, 1, _BAR),
            _("{n} %").format(n=percent),
            _number(source.quotes),
            _number(source.words_left) if source.words_left else "✓",
            "" if left is None or not source.words_left else duration(left),
        ),
        quiet=not source.words_left,
    )


def _number(n: int) -> str:
    """Write a number so that thousands are seen, in every language alike."""
    return f"{n:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
