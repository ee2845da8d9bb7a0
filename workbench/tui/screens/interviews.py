"""The sources of the project and the transcription queue."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult

from workbench.i18n import N_, _
from workbench.models.views import QueueView
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.queue_lines import QueueLines
from workbench.tui.queue_screen import QueueScreen
from workbench.tui.source_fields import describe_and_add, source_fields
from workbench.tui.source_keys import COMMANDS, ON_A_SOURCE
from workbench.tui.source_rows import COLUMNS, can, detail_text, source_rows
from workbench.tui.widgets.row_table import ListSource, RowTable

if TYPE_CHECKING:
    from workbench.models.views import SourceCard


_TICK_S = 3.0


class InterviewsScreen(QueueScreen):
    """One line a source: kind, title, person, date, length, how far it is."""

    NAME = "interviews"
    HELP = N_(
        "Everything that can be coded: recordings, transcripts, reviews, survey answers. Add a file "
        "with a; a recording is transcribed with t, and goes on while you work elsewhere."
    )
    COMMANDS = COMMANDS
    DEFAULT_CSS = """
    InterviewsScreen {
        RowTable { margin-top: 1; }
    }
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._cards: dict[str, SourceCard] = {}
        self._queue = QueueView(None, (), (), None, None)
        self._to_review: dict[str, int] = {}

    def body(self) -> ComposeResult:
        """The list, and the running job below it."""
        yield RowTable(
            COLUMNS,
            empty=N_(
                "Here interviews and other sources will stand. Press a to add a recording or a text."
            ),
        )
        yield QueueLines()

    def on_mount(self) -> None:
        """Follow the queue; where another program works it off, look again now and then."""
        super().on_mount()
        self.workbench.jobs.changed.subscribe(self, lambda changed: self._follow(changed=changed))
        self.set_interval(_TICK_S, self._tick)

    def fill(self) -> None:
        """Read the sources and the queue, and count what wants a person's ear beside the interface."""
        self._to_review.clear()
        self._read()
        if self.focused is None:
            self.table.focus()

    def _read(self) -> None:
        self._cards = {card.id: card for card in self.project.sources.cards()}
        self._queue = self.project.queue.progress()
        self._show()
        self._count_places()

    def _count_places(self) -> None:
        """Count what wants a person's ear in transcripts that nobody has coded yet."""
        queue = self.project.queue
        ready = [card for card in self._cards.values() if card.state == "ready" and not card.quotes]
        missing = [card.id for card in ready if card.id not in self._to_review]

        def count() -> dict[str, int]:
            return {source: queue.to_review(source) for source in missing}

        def counted(places: dict[str, int]) -> None:
            self._to_review |= places
            self._show()

        if missing:
            self._to_review |= dict.fromkeys(missing, 0)
            self.run_in_thread(count, counted, group="places")

    def _show(self) -> None:
        rows = source_rows(
            self._cards.values(), self.workbench.jobs.running, self._queue, self._to_review
        )
        self.table.show(ListSource(rows))
        jobs = self.workbench.jobs
        self.lines.show(jobs.running, jobs.overall or self._queue)
        self._show_detail()

    def _show_detail(self) -> None:
        self.lines.say_detail(detail_text(self.card) if self.card is not None else "")

    def _follow(self, *, changed: bool) -> None:
        """Show how far the running job is; when the queue itself changed, read the sources again."""
        if self.is_running:
            (self._read if changed else self._show)()
            self.refresh_shell()

    def _tick(self) -> None:
        """Read again what another program, which has the project, has done meanwhile."""
        if self.project.read_only:
            self._follow(changed=True)

    @property
    def lines(self) -> QueueLines:
        """What is said below the list."""
        return self.query_one(QueueLines)

    @property
    def table(self) -> RowTable:
        """The list."""
        return self.query_one(RowTable)

    @property
    def card(self) -> SourceCard | None:
        """The source under the cursor."""
        row = self.table.current
        return self._cards.get(row.key) if row is not None else None

    def available(self, command_id: str) -> bool:
        """What is done to a source needs one that it can be done to."""
        name = command_id.removeprefix("interviews.")
        if name == "transcribe_all" and not self._untranscribed():
            return False
        if name in ON_A_SOURCE:
            card = self.card
            if card is None or not can(name, card, waiting=len(self._queue.waiting)):
                return False
        return super().available(command_id)

    # -- events --------------------------------------------------------------------------------

    @on(RowTable.Moved)
    def _moved(self) -> None:
        self._show_detail()
        self.refresh_shell()

    @on(RowTable.Opened)
    def _opened(self) -> None:
        self.action_open()

    # -- commands ------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Read and code the source; one without a text offers to be transcribed."""
        card = self.card
        if card is None:
            return
        if card.state == "ready":
            self.workbench.open_screen("coding", source=card.id)
        elif self.available("interviews.transcribe"):

            def answered(yes: bool | None) -> None:
                if yes:
                    self.action_transcribe()

            self.app.push_screen(
                Confirm(
                    _("“{title}” has no transcript yet.").format(title=card.title),
                    details=_("Shall it be transcribed? It goes on while you work elsewhere."),
                    yes=N_("Transcribe"),
                    no=N_("Not now"),
                ),
                answered,
            )

    def action_add(self) -> None:
        """Choose a file, then say what is known about it."""

        def chosen(path: Path | None) -> None:
            if path is not None:
                describe_and_add(self, path, self._added)

        self.app.push_screen(OpenFile(title=_("Add a source"), purpose="sources"), chosen)

    def _added(self, cards: list[SourceCard]) -> None:
        self.fill()
        place = self.table.find(cards[0].id)
        if place is not None:
            self.table.cursor = place
        if cards[0].is_recording:
            self.workbench.tell(_("Added. Press t to transcribe it."))

    def action_edit(self) -> None:
        """Change what is known about the source."""
        card = self.card
        if card is None:
            return

        def save(values: dict[str, Any]) -> None:
            values["language"] = values["language"] or ""
            self.project.sources.edit(card.id, **values)

        self.ask(_("Source"), source_fields(self.project, card, title=card.title), save)

    def action_speakers(self) -> None:
        """Choose a voice of the source and say who it is."""
        from workbench.tui.speakers import choose_speaker

        if self.card is not None:
            choose_speaker(self, self.card.id)

    def action_review(self) -> None:
        """Listen to the recording and correct its words."""
        if self.card is not None:
            self.workbench.open_screen("review", source=self.card.id)

    def action_export(self) -> None:
        """Write the transcript under the cursor as a file."""
        from workbench.tui.exporting import export_transcript

        if self.card is not None:
            export_transcript(self, self.card.id)

    def action_recount(self) -> None:
        """Tell the voices of the recording apart anew."""
        from workbench.tui.speakers import ask_recount

        if self.card is not None:
            ask_recount(self, self.card.id)

    def action_remove(self) -> None:
        """Remove the source under the cursor."""
        card = self.card
        if card is not None:
            question = _("Remove “{title}”?").format(title=card.title)
            details = _("Its text, {n} quotes and their codings go with it. Undo brings them back.")
            if self.project.blind:  # how many others have is not told, but theirs go, too
                details = _(
                    "Its text, its quotes and their codings go with it. Undo brings them back."
                )
            self.confirm(
                question,
                partial(self.project.sources.remove, card.id),
                details=details.format(n=card.quotes) if card.quotes or self.project.blind else "",
            )
