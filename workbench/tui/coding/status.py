"""What the coding screen says about the place one stands at: breadcrumb, top line, line of the quote."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual import on

from workbench.i18n import _
from workbench.tui.coding.coders import CodingCoders
from workbench.tui.coding.look import may_be_hidden
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.coding.session_goal import goal_text
from workbench.tui.display import clock
from workbench.tui.labels import SPEAKER_ROLES
from workbench.tui.widgets.quote_line import QuoteLine
from workbench.tui.widgets.shell import TopLine
from workbench.tui.widgets.transcript_canvas import TranscriptCanvas


class CodingStatus(CodingCoders):
    """Keeps the lines around the transcript true at every move."""

    _memo: tuple[object, str] = (None, "")
    """The quote at the cursor and its memos, so that they are read once a quote and not once a key."""
    _coded: tuple[OpenSource, int] | None = None
    """The coded share in percent, counted anew only when codings changed."""

    def breadcrumb(self) -> tuple[str, ...]:
        """The project and the source."""
        if self.source is None:
            return super().breadcrumb()
        names = (_("Workbench"), self.workbench.project_title, self._source_name())
        return tuple(name for name in names if name)

    def _source_name(self) -> str:
        card = self.open_source().card
        known = card.person and card.person not in card.title
        return f"{card.title} · {card.person}" if known else card.title

    def status(self) -> str:
        """Turn, time, speaker, coded share; first that nothing can be changed, or what goes on."""
        source = self.source
        if source is None or not self.is_mounted:
            return super().status()
        offset = self.view.caret.offset
        number, turn, time = (
            source.turn_number(offset),
            source.turn_at(offset),
            source.time_at(offset),
        )
        speaker = ""
        if turn is not None and turn.speaker is not None:
            role = _(SPEAKER_ROLES[turn.speaker.role])
            label = turn.speaker.label
            speaker = role if len(label) <= 2 and label.isalpha() else label  # noqa: PLR2004 - a letter is no name
        place = ""
        if len(source.turns) > 1:
            place = f"{number + 1}/{len(source.turns)}"
        elif self.view.max_scroll_y:  # a text of one piece that is longer than the screen
            place = _("at {n} %").format(n=round(offset / len(source.text) * 100))
        parts = [
            _("reading only") if self.project.read_only else "",
            self.whose_text(),
            self.workbench.note,
            self.playing_text(),
            goal_text(self.project, self.workbench.settings),
            place,
            clock(time) if time is not None else "",
            speaker,
            _("{n} % coded").format(n=self._percent(source)),
        ]
        room = self.query_one(TopLine).status_room
        for spare in (speaker, place):  # the text itself shows both
            if cell_len(_joined(parts)) > room:
                parts.remove(spare)
        return _joined(parts)

    def _percent(self, source: OpenSource) -> int:
        """Return the coded share; a first quote is never 0 and a gap never 100."""
        if self._coded is None or self._coded[0] is not source:
            share = source.coded_share
            whole = round(share * 100)
            self._coded = (source, min(99, max(1, whole)) if 0 < share < 1 else whole)
        return self._coded[1]

    @on(TranscriptCanvas.Recoded)
    def _recoded(self) -> None:
        self._coded = None

    @on(TranscriptCanvas.Moved)
    def _moved(self, event: TranscriptCanvas.Moved) -> None:
        if event.view is self.view:
            self.cursor_moved()
            self.keep_place()
            self.say()

    def say(self) -> None:
        """Show what is at the cursor, in the line below and on top."""
        source = self.source
        if source is None:
            return
        here = self.view.codings_here
        quote = here[0].quote_id if here else ""
        read = quote, self.project.blind
        if self._memo[0] != read:
            self._memo = (read, self.project.coding.noted("quote", quote) if quote else "")
        turn = source.turn_at(self.view.caret.offset)
        note = self.search_note()
        if not note and turn is not None and turn.suspected:
            note = _("! These words may be the recogniser's own: listen before you code them.")
            if not self.view.look.suspected and may_be_hidden(source, turn):
                note = _("Hidden: perhaps never said. h shows the words, Space plays them.")
        self.query_one(QuoteLine).say(
            source,
            here,
            self.view.selection,
            chosen=self.chosen if any(c.id == self.chosen for c in here) else quote and here[0].id,
            memo=self._memo[1],
            note=note,
        )
        for line in self.query(TopLine):
            line.status = self.status()

    def count_codes(self, source: OpenSource) -> None:
        """Show how often codes were used, where that takes long enough to let the words come first."""
        if self.source is source and not source.counted:
            source.read_codes()
            self.show_codes()

    def memo_changed(self) -> None:
        """Show the memo at the cursor anew."""
        self._memo = (None, "")
        self.say()


def _joined(parts: Iterable[str]) -> str:
    """Return what there is to say in one line."""
    return " · ".join(part for part in parts if part)
