"""An open project: all services over one database."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlmodel import select

from workbench.models import tables
from workbench.services.base import Context, verb
from workbench.services.codebook import Codebook
from workbench.services.coding import Coding
from workbench.services.decisions import Decisions
from workbench.services.history import History
from workbench.services.plan import Plan
from workbench.services.sources import Sources
from workbench.store import backup
from workbench.store.lock import Writer
from workbench.store.project_file import ProjectFile

if TYPE_CHECKING:
    from workbench.services.agreement import Agreement
    from workbench.services.codebook_exchange import CodebookExchange
    from workbench.services.coders import Coders
    from workbench.services.exchange import Exchange
    from workbench.services.merging import Merging
    from workbench.services.overview import Insight
    from workbench.services.passages import Passages
    from workbench.services.progress import Progress
    from workbench.services.queries import Queries
    from workbench.services.queue import Queue
    from workbench.services.quotes import Quotes
    from workbench.services.reports import Reports
    from workbench.services.search import Search
    from workbench.services.shopping import Shopping
    from workbench.services.speakers import Speakers
    from workbench.services.transcript import Transcript
    from workbench.services.transcription import Transcription


class Project:
    """A project that is open, for writing or for reading only."""

    def __init__(self, file: ProjectFile, *, coder: str, blind: bool = False) -> None:
        """Use :meth:`workbench.services.workspace.Workspace.open` instead."""
        self.file = file
        with file.session() as session:
            project_id = session.exec(select(tables.Project.id)).one()
        self._context = Context(file, project_id, coder, blind)
        self.plan = Plan(self._context)
        self.sources = Sources(self._context)
        self.codebook = Codebook(self._context)
        self.coding = Coding(self._context)
        self.decisions = Decisions(self._context)
        self.history = History(self._context)
        self.shown_coder: str | None = None
        """Whose codings the coding screen shows; None for everybody's."""

    # These bring in the recogniser, Word and the checklist rules; a screen that needs none of them
    # opens faster without.
    @cached_property
    def transcription(self) -> Transcription:
        """The recogniser."""
        from workbench.services.transcription import Transcription

        return Transcription(self._context, self.queue)

    @cached_property
    def queue(self) -> Queue:
        """The recordings that wait for the recogniser."""
        from workbench.services.queue import Queue

        return Queue(self._context)

    @cached_property
    def transcript(self) -> Transcript:
        """The words and turns of a source, and editing them."""
        from workbench.services.transcript import Transcript

        return Transcript(self._context)

    @cached_property
    def speakers(self) -> Speakers:
        """The voices of recordings."""
        from workbench.services.speakers import Speakers

        return Speakers(self._context)

    @cached_property
    def shopping(self) -> Shopping:
        """Visits and what they say."""
        from workbench.services.shopping import Shopping

        return Shopping(self._context)

    @cached_property
    def quotes(self) -> Quotes:
        """The list of all quotes."""
        from workbench.services.quotes import Quotes

        return Quotes(self._context)

    @cached_property
    def progress(self) -> Progress:
        """How far coding is."""
        from workbench.services.progress import Progress

        return Progress(self._context)

    @cached_property
    def reports(self) -> Reports:
        """Word reports."""
        from workbench.services.reports import Reports

        return Reports(self._context)

    @cached_property
    def codebook_exchange(self) -> CodebookExchange:
        """Codebooks of files and of other projects."""
        from workbench.services.codebook_exchange import CodebookExchange

        return CodebookExchange(self._context)

    @cached_property
    def exchange(self) -> Exchange:
        """Transcripts in other programs' formats."""
        from workbench.services.exchange import Exchange

        return Exchange(self._context)

    @cached_property
    def coders(self) -> Coders:
        """The researchers who code."""
        from workbench.services.coders import Coders

        return Coders(self._context)

    @cached_property
    def agreement(self) -> Agreement:
        """How far coders agree."""
        from workbench.services.agreement import Agreement

        return Agreement(self._context)

    @cached_property
    def merging(self) -> Merging:
        """Bringing in a colleague's copy of the project."""
        from workbench.services.merging import Merging

        return Merging(self._context)

    @cached_property
    def insight(self) -> Insight:
        """The cycle and the three questions."""
        from workbench.services.overview import Insight

        return Insight(self._context)

    @cached_property
    def search(self) -> Search:
        """Words in all sources."""
        from workbench.services.search import Search

        return Search(self._context)

    @cached_property
    def passages(self) -> Passages:
        """Passages like those that have a code."""
        from workbench.services.passages import Passages

        return Passages(self._context, self.search)

    @cached_property
    def queries(self) -> Queries:
        """Searches and filters kept under a name."""
        from workbench.services.queries import Queries

        return Queries(self._context)

    @property
    def folder(self) -> Path:
        """The project folder."""
        return self.file.folder

    @property
    def slug(self) -> str:
        """The project's name in the workspace."""
        return self.file.folder.name

    @property
    def read_only(self) -> bool:
        """Whether somebody else writes, so that nothing can be changed here."""
        return self.file.read_only

    @property
    def writer(self) -> Writer | None:
        """Who writes, when it is not we."""
        return self.file.writer

    @property
    def coder(self) -> str:
        """Who codes."""
        return self._context.coder

    def code_as(self, name: str) -> None:
        """Let what is coded from now on be somebody's."""
        self._context.coder = name or "?"

    @property
    def blind(self) -> bool:
        """Whether whatever is read here tells only of one's own codings and memos; Word reports tell of all."""
        return self._context.blind

    def see_only_own(self, *, only: bool) -> None:
        """Hide what other coders coded and noted, or show it again."""
        self._context.blind = only

    def on_change(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call a listener with the verb's name after each action; returns how to stop that."""
        self._context.listeners.append(listener)
        return lambda: self._context.listeners.remove(listener)

    def hear_writer(self) -> None:
        """Tell the listeners, as of a verb ``elsewhere``, when another program has written since the last time.

        To be asked now and then where one only reads; whoever writes is the only one who does.
        """
        if self.read_only and self.file.written_elsewhere():
            self._context.text_at_hand.clear()
            self._context.tell("elsewhere")

    @verb("project.backup")
    def back_up(self) -> Path:
        """Write a verified backup and return its path."""
        return backup.make_backup(self.folder)

    def close(self) -> None:
        """Close the project."""
        self.file.close()

    def __enter__(self) -> Self:
        """Use the project for a while."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close it whatever happened."""
        self.close()
