"""What the review screen says about the place one stands at: breadcrumb, top line, lines below."""

from __future__ import annotations

from textual import on

from workbench.i18n import _, ngettext
from workbench.models.views import TurnView
from workbench.text.spans import Span
from workbench.tui.display import clock
from workbench.tui.review.turns import TurnsScreen
from workbench.tui.widgets.review_line import AtCursor, ReviewLine
from workbench.tui.widgets.shell import TopLine
from workbench.tui.widgets.transcript_canvas import TranscriptCanvas


class ReviewStatus(TurnsScreen):
    """Keeps the lines around the transcript true at every move."""

    def breadcrumb(self) -> tuple[str, ...]:
        """The project and the source."""
        if self.source is None:
            return super().breadcrumb()
        names = (_("Workbench"), self.workbench.project_title, self.source.card.title)
        return tuple(name for name in names if name)

    def status(self) -> str:
        """Turn and time at the cursor, what plays, how many places are left."""
        source = self.source
        if source is None or not self.query(TranscriptCanvas):
            return super().status()
        offset = self.view.caret.offset
        number, time = source.turn_number(offset), source.time_at(offset)
        left = len(source.doubts)
        parts = (
            _("reading only") if self.project.read_only else "",
            self.workbench.note,
            self.playing_text(),
            f"{number + 1}/{len(source.turns)}" if number >= 0 else "",
            clock(time) if time is not None else "",
            ngettext("{n} doubtful", "{n} doubtful", left).format(n=left) if left else "",
        )
        return " · ".join(part for part in parts if part)

    def turn_title(self, turn: TurnView) -> str:
        """Say which turn it is: its number, time and speaker."""
        times = [clock(ms) for ms in (turn.start_ms, turn.end_ms) if ms is not None]
        parts = (
            _("Turn {n}").format(n=turn.ordinal + 1),
            "–".join(dict.fromkeys(times)),
            turn.speaker.label if turn.speaker else "",
        )
        return " · ".join(part for part in parts if part)

    def doubt_here(self) -> Span | None:
        """Return the doubtful place at the cursor."""
        return self.source.doubt_at(self.view.caret.offset) if self.source is not None else None

    @on(TranscriptCanvas.Moved)
    def _moved(self) -> None:
        self.cursor_moved()
        self.keep_place()
        self.say()

    def say(self) -> None:
        """Show what is at the cursor, in the lines below and on top."""
        source = self.source
        if source is None or not self.query(TranscriptCanvas):
            return
        turn, doubt = source.turn_at(self.view.caret.offset), self.doubt_here()
        self.view.show_spot(doubt)
        title = self.turn_title(turn) if turn is not None else ""
        note = self.search_note() or self.recognising
        here = AtCursor(turn, title, doubt, self.view.selection, note)
        self.query_one(ReviewLine).say(source, here)
        for line in self.query(TopLine):
            line.status = self.status()
