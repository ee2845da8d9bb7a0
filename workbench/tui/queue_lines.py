"""The lines below the list of sources: what a transcription found, the running one's bar, the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from workbench.tui.dialogs.dialog import Words
from workbench.tui.source_rows import queue_line
from workbench.tui.widgets.progress import Progress

if TYPE_CHECKING:
    from workbench.models.views import QueueView
    from workbench.tui.jobs import Job


class QueueLines(Vertical):
    """Up to four lines; each is there only when it has something to say."""

    DEFAULT_CSS = """
    QueueLines {
        height: auto;
        Words { height: auto; max-height: 2; padding: 0 1; display: none; }
        Progress { display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """The detail of the source under the cursor, the bar, the queue."""
        yield Words(id="detail", classes="quiet")
        yield Progress()
        yield Words(id="queue", classes="quiet")

    def say_detail(self, text: str) -> None:
        """Say what is known of the source under the cursor."""
        self._say("#detail", text)

    def show(self, job: Job | None, queue: QueueView) -> None:
        """Show how far the running job and the queue are."""
        line = self.query_one(Progress)
        line.display = job is not None
        if job is not None:
            # while it prepares nobody knows how much there is; before it is written it is not done
            begun = job.done_ms > 0 and job.total_ms > 0
            line.follow(job.elapsed)
            line.update(
                max(job.done_ms, job.total_ms / 100) if begun else 0,
                max(job.total_ms, job.done_ms + 1) if begun else 0,
                what=job.title,
                speed=job.speed_text(),
                left=job.left,
            )
        self._say("#queue", queue_line(queue))

    def _say(self, place: str, text: str) -> None:
        line = self.query_one(place, Words)
        line.display = bool(text)
        line.say(text)
