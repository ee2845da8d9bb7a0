"""A screen that shows recordings and steers their transcription: what its keys do to the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from workbench.errors import WorkbenchError
from workbench.tui.commands import Command
from workbench.tui.order_fields import ask_order, ask_vocabulary
from workbench.tui.project_screen import OpenProjectScreen
from workbench.tui.source_rows import can

if TYPE_CHECKING:
    from workbench.models.views import SourceCard


class QueueScreen(OpenProjectScreen[None]):
    """The part of the screen of interviews that has to do with the queue."""

    # repeated for mypy: it compares a subclass with Textual's attribute of this name otherwise
    COMMANDS: ClassVar[tuple[Command, ...]] = ()

    _cards: dict[str, SourceCard]

    @property
    def card(self) -> SourceCard | None:
        """The source under the cursor."""
        raise NotImplementedError

    def action_transcribe(self) -> None:
        """Put the recording into the queue."""
        if self.card is not None:
            self._order(self.card)
            self.workbench.jobs.wake(self.project)

    def action_transcribe_all(self) -> None:
        """Put every recording without a transcript into the queue; one that cannot be is said."""
        for card in self._untranscribed():
            try:
                self._order(card)
            except WorkbenchError as error:
                self.show_error(error)
        self.workbench.jobs.wake(self.project)

    def _untranscribed(self) -> list[SourceCard]:
        """The recordings that have no transcript and do not wait for one."""
        return [card for card in self._cards.values() if can("transcribe", card)]

    def _order(self, card: SourceCard) -> None:
        from workbench.services.orders import Order

        settings = self.workbench.settings
        self.project.queue.add(card.id, Order(engine=settings.engine, model=settings.model))

    def action_options(self) -> None:
        """Ask how, then put the recording into the queue."""
        if self.card is not None:
            ask_order(self, self.card)

    def action_vocabulary(self) -> None:
        """Change the project's list of names."""
        ask_vocabulary(self)

    def action_pause(self) -> None:
        """Let the recording wait."""
        self._do(self.project.queue.pause)

    def action_resume(self) -> None:
        """Let the recording go on."""
        self._do(self.project.queue.resume)

    def action_cancel(self) -> None:
        """Take the recording out of the queue."""
        self._do(self.project.queue.cancel)

    def action_earlier(self) -> None:
        """Let the recording have its turn earlier."""
        self._do(lambda source: self.project.queue.move(source, "up"))

    def action_later(self) -> None:
        """Let the recording have its turn later."""
        self._do(lambda source: self.project.queue.move(source, "down"))

    def action_first(self) -> None:
        """Let the recording be the next."""
        self._do(lambda source: self.project.queue.move(source, "first"))

    def _do(self, action: Callable[[str], object]) -> None:
        """Change the queue at the source under the cursor."""
        if self.card is not None:
            action(self.card.id)
            self.workbench.jobs.wake(self.project)
