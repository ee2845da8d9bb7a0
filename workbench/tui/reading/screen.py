"""A screen with an open transcript: the source, where one stands in it, how it is looked at, undo."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.views import JournalView
from workbench.tui.coding.look import Look
from workbench.tui.coding.open_source import OpenSource
from workbench.tui.commands import REGISTRY
from workbench.tui.opening import read_only_sentence
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.undoing import step_sentence

if TYPE_CHECKING:
    from workbench.text.spoken_words import WordTimes
    from workbench.tui.widgets.transcript_view import TranscriptView

_QUICK_VERBS = ("coding.", "quote.", "memo.", "code.", "barrier.")
"""Verbs that leave the text of a source as it is."""

Rows = Mapping[str, Collection[str]]
"""Identifiers of rows by table."""

_READ_AT_ONCE = 60_000
"""Letters of a text whose word times are read while it is opened; longer ones follow a little later."""


class ReadingScreen(OpenProjectScreen[None]):
    """Keeps a source open; what can be done with it is its subclasses'."""

    source: OpenSource | None = None
    acting = False
    """Whether a change comes from here and is shown already."""
    look = Look()
    """How the transcript is looked at when the screen is opened."""
    _stale = ""
    _forget: Callable[[], None] | None = None

    @property
    @abstractmethod
    def view(self) -> TranscriptView:
        """The transcript."""

    @abstractmethod
    def say(self) -> None:
        """Show what is at the cursor, in the line below and on top."""

    @abstractmethod
    def reload(self, *, text: bool, rows: Rows | None = None) -> None:
        """Read the codings and the codebook again, and the text if it may have changed.

        Args:
            text: whether it may have.
            rows: what else changed, where that is known: identifiers by table.
        """

    def open_source(self) -> OpenSource:
        """Return the open source.

        Raises:
            InputError: there is none.
        """
        if self.source is None:
            raise InputError(
                "no-source",
                N_("There is no text to code yet."),
                N_("Add an interview or open another source."),
            )
        return self.source

    # -- who may change ------------------------------------------------------------------------

    def available(self, command_id: str) -> bool:  # noqa: ARG002
        """Offer everything also in a project that can only be read: a verb says who writes."""
        return True

    def refuse_reading(self) -> bool:
        """Say who writes to a project that can only be read here; tell whether that was so."""
        if self.project.read_only:
            self.workbench.tell(read_only_sentence(self.project), severe=True)
        return self.project.read_only

    async def action_run_command(self, command_id: str) -> None:
        """Do a command, unless it would change what can only be read."""
        if REGISTRY[command_id].verb and self.workbench.project and self.refuse_reading():
            return
        await super().action_run_command(command_id)

    # -- what is remembered --------------------------------------------------------------------

    def recall(self, *names: str, default: Any) -> Any:
        """Return what was remembered about this project's texts on this screen."""
        return self.workbench.state.recall(self.NAME, self.project.slug, *names, default=default)

    def remember(self, *names: str, value: object) -> None:
        """Remember something about this project's texts on this screen."""
        self.workbench.state.remember(self.NAME, self.project.slug, *names, value=value)

    def keep_place(self) -> None:
        """Remember where one stands in the open source."""
        if self.source is not None and self.workbench.project is not None:
            view = self.view
            self.remember("places", self.source.id, value=[view.caret.offset, view.top])
            self.remember("source", value=self.source.id)

    def kept_place(self, source: OpenSource) -> tuple[int, int]:
        """Return the cursor and the first row in sight, as they were remembered."""
        place = self.recall("places", source.id, default=[])
        cursor, top = place if len(place) == 2 else (0, 0)  # noqa: PLR2004 - cursor and first row
        return int(cursor), int(top)

    # -- how it is looked at -------------------------------------------------------------------

    def kept_look(self) -> Look:
        """Return how transcripts were looked at last on this screen."""
        kept = self.recall("look", default={})
        names = [name for name in ("times", "pauses", "clean", "suspected") if name in kept]
        return replace(self.look, **{name: bool(kept[name]) for name in names})

    def switch_look(self, name: str) -> bool:
        """Look at the transcript the other way; the choice is remembered. Return how it is now."""
        self.open_source()
        value = not getattr(self.view.look, name)
        self.remember("look", name, value=value)
        self.view.change_look(replace(self.view.look, **{name: value}))
        self.say()
        return value

    def action_suspected(self) -> None:
        """Show the turns that the recogniser may have invented, or hide them."""
        from workbench.tui.coding.look import hidden_turns

        if not self.view.look.suspected and not hidden_turns(self.open_source()):
            self.workbench.tell(_("No turn of this text is suspected to be invented."))
            return
        if self.switch_look("suspected"):
            self.workbench.tell(_("Turns that were perhaps never said are shown; h hides them."))

    def read_words(self) -> None:
        """Bring in when each word was said: at once for a short text, else beside the interface once it is drawn."""
        source = self.open_source()
        if len(source.text) <= _READ_AT_ONCE:
            source.read_words()
            return

        def read(words: WordTimes) -> None:
            if self.source is source:
                source.read_words(words)
                if self.view.look.pauses:
                    self.view.change_look(self.view.look)
                self.say()

        project = self.project
        work = partial(project.sources.word_times, source.id)
        self.call_after_refresh(self.run_in_thread, work, read, group="words")

    # -- changes -------------------------------------------------------------------------------

    def follow_project(self) -> None:
        """Hear of changes that are made elsewhere."""
        if self._forget is None:
            self._forget = self.project.on_change(self._changed_elsewhere)

    def _changed_elsewhere(self, verb: str) -> None:
        """Note a change made by another screen or by a transcription; may come in another thread."""
        if not self.acting:
            self._stale = "text" if self.changes_text(verb) else self._stale or "codings"
            if self.is_current:
                self.call_later(self.refresh_stale)

    def refresh_stale(self) -> None:
        """Show what was changed elsewhere."""
        stale, self._stale = self._stale, ""
        if stale and self.source is not None:
            self.reload(text=stale == "text")

    def returned(self) -> None:
        """Show what another screen has changed."""
        if self.source is None:
            self.fill()
        else:
            self.refresh_stale()
        self.say()

    def stop_following(self) -> None:
        """Stop listening to the project."""
        if self._forget is not None:
            self._forget()
            self._forget = None

    @staticmethod
    def changes_text(verb: str) -> bool:
        """Tell whether an action may change the text of a source or its turns."""
        return not verb.startswith(_QUICK_VERBS)

    def action_undo(self) -> None:
        """Take the last action back and say what it was."""
        with Acting(self):
            entry = self.project.history.undo()
        self._stepped(entry, _("Undone: {action}"))

    def action_redo(self) -> None:
        """Do again what was undone and say what it was."""
        with Acting(self):
            entry = self.project.history.redo()
        self._stepped(entry, _("Done again: {action}"))

    def _stepped(self, entry: JournalView, sentence: str) -> None:
        self.reload(text=self.changes_text(entry.verb), rows=entry.rows)
        self.workbench.tell(step_sentence(entry, sentence))


class Acting:
    """While a change comes from this screen, its own listener has nothing to do."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def __enter__(self) -> None:
        self._screen.acting = True

    def __exit__(self, *_exception: object) -> None:
        self._screen.acting = False
