"""Transcriptions that run beside the interface, one after another, whatever screen is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.signal import Signal

from workbench.errors import WorkbenchError
from workbench.i18n import _
from workbench.tui.compat import write_error_log
from workbench.tui.display import duration

if TYPE_CHECKING:
    from workbench.services.project import Project
    from workbench.tui.app import WorkbenchApp

_PATIENCE_S = 5.0
"""How long quitting waits for a child process that was told to stop; it looks ten times a second."""


@dataclass(eq=False, slots=True)
class Job:
    """A recording that is being transcribed or waits for its turn."""

    project: Project
    source: str
    title: str
    engine: str
    model: str
    total_ms: int
    done_ms: int = 0
    speed: float = 0.0
    left_s: float | None = None
    begun: float | None = None
    """When it began, by the monotonic clock; None while it waits."""
    stopping: bool = False

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(1.0, self.done_ms / self.total_ms) if self.total_ms else 0.0

    @property
    def elapsed(self) -> float:
        """Seconds it has run."""
        return monotonic() - self.begun if self.begun is not None else 0.0

    def speed_text(self) -> str:
        """How fast it goes, such as “9 × real time”; empty while nobody knows."""
        if self.speed <= 0:
            return ""
        speed = f"{self.speed:.0f}" if self.speed >= 3 else f"{self.speed:.1f}"  # noqa: PLR2004 - a digit more where it tells
        return _("{n} × real time").format(n=speed)

    def state_text(self) -> str:
        """How far it is, in few words: “◐ 43 %, 6 min”."""
        if self.stopping:
            return _("stopping…")
        if self.begun is None:
            return _("waiting")
        if not self.done_ms and self.left_s is None:
            return _("◐ preparing")
        percent = int(self.share * 100)
        if self.left_s is None:
            return _("◐ {percent} %").format(percent=percent)
        return _("◐ {percent} %, {time}").format(percent=percent, time=duration(self.left_s))


@dataclass(eq=False, slots=True)
class _Queue:
    running: Job | None = None
    waiting: list[Job] = field(default_factory=list)
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    ended: int = 0
    """Jobs that ended since the queue was last empty."""


class JobRunner:
    """The queue of recordings; lives as long as the program, so a job outlives the screen it was begun on."""

    def __init__(self, app: WorkbenchApp) -> None:
        """Nothing waits yet."""
        self._app = app
        self._queue = _Queue()
        self.changed: Signal[None] = Signal(app, "jobs-changed")
        """Published when a job began, came further or ended; screens subscribe."""

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return self._queue.running is not None or bool(self._queue.waiting)

    @property
    def running(self) -> Job | None:
        """The job that runs now."""
        return self._queue.running

    @property
    def all(self) -> list[Job]:
        """The running job and those that wait, in their order."""
        running = [self._queue.running] if self._queue.running else []
        return running + self._queue.waiting

    def job(self, source: str) -> Job | None:
        """Return the job of a source, if it has one."""
        return next((job for job in self.all if job.source == source), None)

    def uses(self, project: Project) -> bool:
        """Whether a job still writes to a project."""
        return any(job.project is project for job in self.all)

    def open_in(self, folder: Path) -> Project | None:
        """Return the project of a folder that a job holds open, so that it is not opened twice."""
        return next((job.project for job in self.all if job.project.folder == folder), None)

    # -- what a user does ----------------------------------------------------------------------

    def add(self, job: Job) -> None:
        """Put a recording into the queue; one that is there already stays where it is."""
        if self.job(job.source) is not None:
            return
        begins = not self.busy
        self._queue.waiting.append(job)
        self._tell()
        if begins:
            self._app.run_worker(self._work(), group="jobs", exit_on_error=False)

    def cancel(self, source: str) -> bool:
        """Take a job out of the queue, or stop it; finished windows are kept. Return whether there was one."""
        job = self.job(source)
        if job is None:
            return False
        if job is self._queue.running:
            self._stop(job)
        else:
            self._queue.waiting.remove(job)
        self._tell()
        return True

    async def finish(self) -> None:
        """Stop everything and wait until nothing writes any more."""
        self._queue.waiting.clear()
        if self._queue.running is not None:
            self._stop(self._queue.running)
            self._tell()
            try:
                await asyncio.wait_for(self._queue.idle.wait(), _PATIENCE_S)
            except TimeoutError:
                return

    def _stop(self, job: Job) -> None:
        job.stopping = True
        if job.begun is not None:
            job.project.transcription.cancel(job.source)

    # -- how it works --------------------------------------------------------------------------

    async def _work(self) -> None:
        self._queue.idle.clear()
        self._queue.ended = 0
        while self._queue.waiting:
            job = self._queue.running = self._queue.waiting.pop(0)
            job.begun = monotonic()
            self._tell()
            try:
                await asyncio.to_thread(self._transcribe, job, asyncio.get_running_loop())
            except WorkbenchError as error:
                self._app.show_error(error)
            except Exception as error:  # noqa: BLE001 - the boundary of long work: said, logged, survived
                write_error_log(error)
                self._app.show_unexpected()
            else:
                if not job.stopping:
                    self._app.tell(_("“{title}” is transcribed.").format(title=job.title))
            self._queue.running = None
            self._queue.ended += 1
            self._let_go(job.project)
            self._tell()
        self._queue.idle.set()

    def _transcribe(self, job: Job, loop: asyncio.AbstractEventLoop) -> None:
        """Run one recording in a thread of its own; the recogniser is a process besides."""
        from workbench.services.transcription import Order

        def heard(event: Any) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._note, job, event)

        order = Order(engine=job.engine, model=job.model)
        job.project.transcription.run(job.source, order, on_event=heard)

    def _note(self, job: Job, event: Any) -> None:
        """Keep how far a job is; events of other kinds only show that it lives."""
        job.done_ms = max(job.done_ms, getattr(event, "done_ms", 0))
        job.total_ms = getattr(event, "total_ms", 0) or job.total_ms
        job.speed = getattr(event, "speed", 0.0) or job.speed
        job.left_s = getattr(event, "eta_s", job.left_s)
        if job.stopping:
            # the order to stop may have come before the run had begun to listen for it
            self._quietly(lambda: job.project.transcription.cancel(job.source))
        self._tell()

    def _quietly(self, action: Callable[[], None]) -> None:
        try:
            action()
        except WorkbenchError:
            return

    def _let_go(self, project: Project) -> None:
        if project is not self._app.project and not self.uses(project):
            project.close()

    def _tell(self) -> None:
        self._app.set_note(self.note())
        self.changed.publish(None)

    def note(self) -> str:
        """What goes on, for the top line; empty when nothing does."""
        job = self._queue.running
        if job is None:
            return ""
        state = job.state_text().removeprefix("◐ ")
        place = self._queue.ended + 1
        total = self._queue.ended + len(self.all)
        if total == 1:
            return _("◐ transcribing · {state}").format(state=state)
        return _("◐ transcribing {n} of {total} · {state}").format(
            n=place, total=total, state=state
        )
