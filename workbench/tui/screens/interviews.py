"""The sources of the project and the transcription queue."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.display import clean_for_terminal
from workbench.tui.jobs import Job
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.source_fields import describe_and_add, source_fields
from workbench.tui.source_rows import source_row
from workbench.tui.widgets.progress import Progress
from workbench.tui.widgets.row_table import Column, ListSource, Row, RowTable

if TYPE_CHECKING:
    from workbench.models.views import SourceCard


class InterviewsScreen(OpenProjectScreen[None]):
    """One line a source: kind, title, person, date, length, how far it is."""

    NAME = "interviews"
    HELP = N_(
        "Everything that can be coded: recordings, transcripts, reviews, survey answers. Add a file "
        "with a; a recording is transcribed with t, and goes on while you work elsewhere."
    )
    COMMANDS = (
        Command(
            "interviews.add",
            "a",
            N_("Add"),
            N_("Add a recording, a transcript, reviews or answers from a file."),
            verb="source.add",
        ),
        Command("interviews.open", "enter", N_("Open"), N_("Read and code the source.")),
        Command(
            "interviews.transcribe",
            "t",
            N_("Transcribe"),
            N_("Turn the recording into words; several wait for each other."),
            verb="transcription.run",
        ),
        Command(
            "interviews.cancel",
            "x",
            N_("Cancel"),
            N_("Stop the transcription; what is done is kept."),
            verb="transcription.cancel",
        ),
        Command(
            "interviews.edit",
            "e",
            N_("Edit"),
            N_("Change title, kind, language, person and wave of the source."),
            verb="source.edit",
        ),
        Command(
            "interviews.speakers",
            "s",
            N_("Speakers"),
            N_("Say who the voices are; every turn shows it."),
            verb="source.speaker",
        ),
        Command(
            "interviews.review",
            "v",
            N_("Transcript"),
            N_("Listen to the recording and correct its words."),
        ),
        Command(
            "interviews.transcribe_all",
            "T",
            N_("Transcribe all"),
            N_("Put every recording without a transcript into the queue."),
            verb="transcription.run",
            show=False,
        ),
        Command(
            "interviews.remove",
            "delete",
            N_("Remove"),
            N_("Remove the source with its quotes and codings."),
            verb="source.remove",
        ),
    )
    DEFAULT_CSS = """
    InterviewsScreen {
        RowTable { margin-top: 1; }
        Progress { display: none; margin: 1 0; }
    }
    """
    COLUMNS = (
        Column(width=1),
        Column(N_("Source"), cut="middle"),
        Column(N_("Kind"), width=20, least=110),
        Column(N_("Person"), width=8, least=70),
        Column(N_("Date"), width=10, least=90),
        Column(N_("Length"), width=8, align="right", least=60),
        Column(N_("State"), width=20),
    )

    def body(self) -> ComposeResult:
        """The list, and the running job below it."""
        yield RowTable(
            self.COLUMNS,
            empty=N_(
                "Here interviews and other sources will stand. Press a to add a recording or a text."
            ),
        )
        yield Progress()

    def on_mount(self) -> None:
        """Follow the queue."""
        super().on_mount()
        self.workbench.jobs.changed.subscribe(self, lambda _nothing: self._follow())

    def fill(self) -> None:
        """Read the sources."""
        self._cards = {card.id: card for card in self.project.sources.cards()}
        self._show()
        if self.focused is None:
            self.table.focus()

    def _show(self) -> None:
        rows = []
        for card in self._cards.values():
            rows.append(source_row(card, self.workbench.jobs.job(card.id)))
            if card.state == "failed" and card.job is not None and card.job.problem:
                problem = clean_for_terminal(card.job.problem)
                rows.append(Row(card.id, ("", Content.styled(f"! {problem}", "$error"))))
        self.table.show(ListSource(rows))

    def _follow(self) -> None:
        """Show how far the running job is; when one ended, read its source again."""
        job = self.workbench.jobs.running
        line = self.query_one(Progress)
        line.display = job is not None
        if job is not None:
            line.follow(job.elapsed)
            line.update(
                job.done_ms,
                job.total_ms,
                what=job.title,
                speed=job.speed_text(),
                left=job.left_s,
            )
        if {source for source in self._cards if self.workbench.jobs.job(source)} != self._with_job:
            self._with_job = {source for source in self._cards if self.workbench.jobs.job(source)}
            self.fill()
        else:
            self._show()
        self.refresh_shell()

    _cards: dict[str, SourceCard] = {}
    _with_job: set[str] = set()

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
        if name in ("open", "edit", "remove", "speakers", "transcribe", "cancel", "review"):
            card = self.card
            if card is None:
                return False
            has_job = self.workbench.jobs.job(card.id) is not None
            fits = {
                "transcribe": card.is_recording and card.state != "ready" and not has_job,
                "cancel": has_job,
                "remove": not has_job,
                "speakers": card.state == "ready",
                "review": card.state == "ready",
            }
            if not fits.get(name, True):
                return False
        return super().available(command_id)

    # -- events --------------------------------------------------------------------------------

    @on(RowTable.Moved)
    def _moved(self) -> None:
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

    def action_review(self) -> None:
        """Listen to the recording and correct its words."""
        if self.card is not None:
            self.workbench.open_screen("review", source=self.card.id)

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

    def action_transcribe(self) -> None:
        """Put the recording into the queue."""
        card = self.card
        if card is not None:
            self._queue(card)

    def action_transcribe_all(self) -> None:
        """Put every recording without a transcript into the queue."""
        for card in self._cards.values():
            if card.is_recording and card.state != "ready":
                self._queue(card)

    def _queue(self, card: SourceCard) -> None:
        settings = self.workbench.settings
        job = Job(
            self.project, card.id, card.title, settings.engine, settings.model, card.duration_ms
        )
        self.workbench.jobs.add(job)

    def action_cancel(self) -> None:
        """Stop the transcription under the cursor."""
        card = self.card
        if card is not None:
            self.workbench.jobs.cancel(card.id)

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

    def action_remove(self) -> None:
        """Remove the source under the cursor."""
        card = self.card
        if card is not None:
            question = _("Remove “{title}”?").format(title=card.title)
            details = _("Its text, {n} quotes and their codings go with it. Undo brings them back.")
            self.confirm(
                question,
                partial(self.project.sources.remove, card.id),
                details=details.format(n=card.quotes) if card.quotes else "",
            )
