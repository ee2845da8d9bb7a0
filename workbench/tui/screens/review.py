"""The review screen: a transcript beside its recording, to be listened to and corrected."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.views import SourceCard
from workbench.tui.coding.look import Look
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.commands import Command
from workbench.tui.dialogs.dialog import Words
from workbench.tui.garbage import leave, spare
from workbench.tui.reading.screen import Rows
from workbench.tui.review.commands import REVIEW_COMMANDS, SPEAKER_BINDINGS
from workbench.tui.review.status import ReviewStatus
from workbench.tui.widgets.review_line import ReviewLine
from workbench.tui.widgets.transcript_view import TranscriptView


class ReviewScreen(ReviewStatus):
    """Listen, correct, say who speaks; every edit keeps quotes on their words."""

    NAME = "review"
    AUTO_FOCUS = ""  # the line to search by would be first, and take every key
    HELP = N_(
        "Space plays from the cursor and stops; going on steps two seconds back. n goes to the next "
        "words the recogniser was unsure of: Enter says that they are right, c corrects them, r "
        "corrects them wherever they stand. e edits the turn, s cuts it at the cursor, m joins it "
        "with the next one. 1 to 9 say who speaks, a gives the turns to two speakers in turn. u takes "
        "everything back. The text of a quote follows its words."
    )
    COMMANDS: ClassVar[tuple[Command, ...]] = REVIEW_COMMANDS  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [*SPEAKER_BINDINGS]
    DEFAULT_CSS = """
    ReviewScreen {
        #words { height: 1fr; }
        #search { display: none; }
        &.-searching #search { display: block; }
        #guide { display: none; margin: 2 4; }
        &.-empty #guide { display: block; }
        &.-empty #words, &.-empty ReviewLine { display: none; }
    }
    """
    look = Look(pauses=True, suspected=True, names=False)

    def __init__(self, source: str | None = None, *, start: int | None = None) -> None:
        """Open a source.

        Args:
            source: its identifier, number or title; without it, the one that was open last.
            start: where to stand; without it, where one stood last.
        """
        super().__init__()
        self._wanted = source
        self._begin_at = start

    # -- composing and opening -----------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The transcript and the lines about the place one stands at."""
        with Vertical(id="words"):
            yield TranscriptView(id="transcript")
            yield Input(placeholder=_("Words to find"), id="search")
        yield Words(
            _(
                "No transcript yet. Add a recording on the Interviews screen and transcribe it: g, "
                "then i."
            ),
            id="guide",
            classes="quiet",
        )
        yield ReviewLine()

    @property
    def view(self) -> TranscriptView:
        """The transcript."""
        return self.query_one(TranscriptView)

    def fill(self) -> None:
        """Show the source that was asked for, or that was open last, where one stood."""
        if self.workbench.project is None:
            self.set_class(True, "-empty")
            return
        self.follow_project()
        if self.source is None:
            self._open_first()
        elif self._stale:
            self.refresh_stale()
        else:
            self._show_source()

    def _open_first(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.open_text(wanted)
            return
        coded = self.workbench.state.recall("coding", self.project.slug, "source", default="")
        cards = [card.id for card in self._cards()]
        for name in (self.recall("source", default=""), coded, *cards[:1]):
            if name in cards:
                self.open_text(name)
                return
        self.set_class(True, "-empty")

    def _cards(self) -> list[SourceCard]:
        return [card for card in self.project.sources.cards() if card.words]

    def open_text(self, name: str) -> None:
        """Open a source, at the place that was asked for or where one stood last."""
        self.keep_place()
        self.close_player()
        self.source = OpenSource(self.project, name)
        self.end_search()
        self._show_source()
        spare()
        start, self._begin_at = self._begin_at, None
        if start is not None:
            self.view.go(start, center=True)
        self.refresh_shell()

    def _show_source(self) -> None:
        source = self.open_source()
        self.set_class(not source.text, "-empty")
        cursor, top = self.kept_place(source)
        self.view.show(source, cursor=cursor, top=top, look=self.kept_look())
        self.read_words()
        if self.view.look.pauses:
            self.view.change_look(self.view.look)
        if self.focused is None:
            self.view.focus()
        self.say()

    def reload(self, *, text: bool, rows: Rows | None = None) -> None:
        """Read the source again, for its text or its quotes were changed elsewhere."""
        source = self.open_source()
        if not text:
            self.view.codings_changed(source.catch_up(rows))
            return
        try:
            self.show_edited()
        except InputError:  # removed meanwhile
            self.close_player()
            self.source = None
            self._open_first()

    def on_unmount(self) -> None:
        """Stop listening to the project, and let the text go."""
        self.stop_following()
        self.source = None
        leave()

    # -- commands ------------------------------------------------------------------------------

    def available(self, command_id: str) -> bool:
        """While something was found, n and N walk through it; otherwise through doubtful places."""
        name = command_id.removeprefix("review.")
        if name != command_id and self.source is None and name != "source":
            return False
        if name in ("next-hit", "previous-hit"):
            return self.hits_shown
        if name in ("next-doubt", "previous-doubt"):
            return not self.hits_shown
        if name == "recognise" and self.source is not None:
            return self.source.card.is_recording
        return super().available(command_id)

    async def action_back(self) -> None:
        """Leave, in this order: the search, the selection, the screen."""
        if self.has_class("-searching") or self.hits_shown:
            self.end_search()
        elif self.source is not None and self.view.selection is not None:
            self.view.unselect()
        else:
            await super().action_back()

    async def refresh_language(self) -> None:
        """Rebuild in the other language; place and selection stay."""
        caret = self.view.caret
        self.keep_place()
        await super().refresh_language()
        if self.source is not None:
            self.view.caret = caret
            self.view.refresh()
            self.say()

    def action_places(self) -> None:
        """List what asks to be listened to."""
        from workbench.tui.dialogs.places import PlacesDialog

        def go(offset: int | None) -> None:
            if offset is not None:
                self.view.go(offset, center=True)
                self.view.focus()

        self.app.push_screen(PlacesDialog(self.open_source(), self.view.caret.offset), go)

    def action_pauses(self) -> None:
        """Show silences of more than a second, or do not."""
        self.switch_look("pauses")

    def action_times(self) -> None:
        """Show when each turn was said, or do not."""
        self.switch_look("times")

    def action_clean(self) -> None:
        """Leave hesitations out of sight, or show every sound."""
        clean = self.switch_look("clean")
        said = _("Clean view: hesitations are out of sight.") if clean else _("Every sound shown.")
        self.workbench.tell(said)

    def action_coding(self) -> None:
        """Code the quotes of this text, at the same place."""
        source, offset = self.open_source(), self.view.caret.offset
        self.workbench.open_screen("coding", source=source.id, start=offset)

    def action_source(self) -> None:
        """Choose another source."""
        from workbench.tui.dialogs.pick import Choice, NewName, PickDialog

        def picked(answer: str | NewName | None) -> None:
            if isinstance(answer, str):
                self.open_text(answer)

        choices = [Choice(card.id, f"{card.ordinal}  {card.title}") for card in self._cards()]
        title = _("Listen to which source?")
        self.app.push_screen(PickDialog[str](choices, title=title), picked)
