"""The queue at work beside the interface: one recording after another, whatever screen is shown."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.signal import Signal

from workbench.errors import WorkbenchError
from workbench.i18n import _, decimal_text, ngettext
from workbench.tui.compat import write_error_log
from workbench.tui.display import duration

if TYPE_CHECKING:
    from workbench.models.views import JobView, QueueView
    from workbench.services.project import Project
    from workbench.tui.app import WorkbenchApp

_PATIENCE_S = 5.0
"""How long quitting waits for a child process that was told to stop."""
_LOOK_S = 0.1
_TICK_S = 3.0
"""How often the time left is said anew while nothing is heard of the recogniser."""


@dataclass(eq=False, slots=True)
class Job:
    """The recording that is being transcribed."""

    project: Project
    id: str
    source: str
    title: str
    total_ms: int
    done_ms: int = 0
    speed: float = 0.0
    left_s: float | None = None
    begun: float = field(default_factory=monotonic)
    """When it began, by the monotonic clock."""
    noted: float = 0.0
    """When it told how long it may take."""
    stopping: bool = False

    @property
    def elapsed(self) -> float:
        """Seconds it has run."""
        return monotonic() - self.begun

    @property
    def left(self) -> float | None:
        """Seconds it may still take: what it said last, less the time since."""
        if self.left_s is None:
            return None
        return max(1.0, self.left_s - (monotonic() - self.noted))

    def speed_text(self) -> str:
        """How fast it goes, such as “9 × real time”; empty while nobody knows."""
        if self.speed <= 0:
            return ""
        speed = f"{self.speed:.0f}" if self.speed >= 3 else f"{self.speed:.1f}"  # noqa: PLR2004 - a digit more where it tells
        return _("{n} × real time").format(n=decimal_text(speed))

    def state_text(self) -> str:
        """How far it is, in few words: “◐ 43 %, 6 min”."""
        if self.stopping:
            return _("stopping…")
        if not self.done_ms or not self.total_ms:
            return _("◐ preparing")
        if self.done_ms >= self.total_ms:
            return _("◐ finishing")
        percent = percent_of(self.done_ms, self.total_ms)
        if self.left is None:
            return _("◐ {percent} %").format(percent=percent)
        return _("◐ {percent} %, {time}").format(percent=percent, time=duration(self.left))


def percent_of(done_ms: int, total_ms: int) -> int:
    """Return how much of something unfinished is done: never 0 once it has begun, never 100."""
    return max(1, min(99, int(100 * done_ms / total_ms))) if total_ms else 0


class JobRunner:
    """Works off the queues of the open projects; lives as long as the program, so a job outlives its screen."""

    def __init__(self, app: WorkbenchApp) -> None:
        """Nothing runs yet."""
        self._app = app
        self._projects: list[Project] = []
        self._stuck: set[str] = set()
        self._ended = 0
        self._waiting = 0
        self._closing = False
        self._idle = asyncio.Event()
        self._idle.set()
        self.running: Job | None = None
        """What is transcribed now."""
        self.overall: QueueView | None = None
        """The queue that it belongs to, as it stood when it last came further."""
        self.changed: Signal[bool] = Signal(app, "jobs-changed")
        """Published when a job came further (False), or the queue itself changed (True); screens subscribe."""

    @property
    def busy(self) -> bool:
        """Whether anything runs or is about to."""
        return self.running is not None or bool(self._projects)

    def uses(self, project: Project) -> bool:
        """Whether a job still writes to a project."""
        return project in self._projects

    def open_in(self, folder: Path) -> Project | None:
        """Return the project of a folder that a job holds open, so that it is not opened twice."""
        return next((one for one in self._projects if one.folder == folder), None)

    def job(self, source: str) -> Job | None:
        """Return the running job, if it is that of a source."""
        return self.running if self.running is not None and self.running.source == source else None

    # -- what a user does ----------------------------------------------------------------------

    def wake(self, project: Project) -> None:
        """Work off the queue of a project; called after anything was done to it."""
        job = self.running
        if job is not None and job.project is project:
            run = project.queue.runs.get(job.source)
            job.stopping = run is not None and run.stop.is_set()
        self._stuck.clear()
        if not project.read_only and project not in self._projects and project.queue.next_job():
            self._projects.append(project)
        self._count()
        if self._projects and self._idle.is_set():
            self._idle.clear()
            self._app.run_worker(self._work(), group="jobs", exit_on_error=False)
        self._tell(changed=True)

    def take_up(self, project: Project) -> None:
        """Go on with what waits in a project that was just opened, and say so."""
        if project.read_only or self.uses(project):
            return
        n = len(project.queue.progress().waiting)
        if n:
            said = ngettext(
                "{n} recording goes on being transcribed.",
                "{n} recordings go on being transcribed.",
                n,
            )
            self._app.tell(said.format(n=n))
            self.wake(project)

    def stop(self) -> None:
        """Stop what runs; it stays in the queue, and nothing else begins."""
        self._closing = True
        for project in self._projects:
            project.queue.stop_all()

    async def finish(self) -> None:
        """Stop what runs and wait until nothing writes any more."""
        end = monotonic() + _PATIENCE_S
        while not self._idle.is_set() and monotonic() < end:
            self.stop()
            if self.running is not None:
                self.running.stopping = True
                self._tell()
            await asyncio.sleep(_LOOK_S)

    # -- how it works --------------------------------------------------------------------------

    async def _work(self) -> None:
        self._ended = 0
        tick = self._app.set_interval(_TICK_S, self._tell)
        while self._projects and not self._closing:
            project = self._projects[0]
            waiting = project.queue.next_job(without=self._stuck)
            if waiting is None:
                self._projects.remove(project)
                self._let_go(project)
                continue
            await self._run(project, waiting)
        left, self._projects = self._projects, []
        for project in left:
            self._let_go(project)
        tick.stop()
        self._idle.set()
        self._tell(changed=True)

    async def _run(self, project: Project, waiting: JobView) -> None:
        """Do one job; its failure is said and written on its line, and is the end of nothing else."""
        job = self.running = Job(
            project,
            waiting.id,
            waiting.source_id,
            waiting.title,
            waiting.total_ms,
            waiting.done_ms,
        )
        self._stuck.add(
            job.id
        )  # until it ended well: what cannot even begin gives way to the others
        try:
            ended = await asyncio.to_thread(self._transcribe, job, asyncio.get_running_loop())
        except WorkbenchError as error:
            self._app.show_error(error)
        except Exception as error:  # noqa: BLE001 - the boundary of long work: said, logged, survived
            write_error_log(error)
            self._app.show_unexpected()
        else:
            self._stuck.discard(job.id)
            if ended.status == "done":
                self._app.tell(_("“{title}” is transcribed.").format(title=job.title))
        self.running = None
        self._ended += 1
        self._count()
        self._tell(changed=True)

    def _transcribe(self, job: Job, loop: asyncio.AbstractEventLoop) -> JobView:
        """Run one recording in a thread of its own; the recogniser is a process besides."""
        queue = job.project.queue

        def begun() -> None:
            loop.call_soon_threadsafe(self._begun)

        def heard(event: Any) -> None:
            overall = queue.progress()
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._note, job, event, overall)

        settings = self._app.settings
        return job.project.transcription.run_job(
            job.id,
            device=settings.device,
            threads=settings.threads,
            on_begin=begun,
            on_event=heard,
        )

    def _begun(self) -> None:
        """Show the queue without the one that has left it."""
        self._count()
        self._tell(changed=True)

    def _note(self, job: Job, event: Any, overall: QueueView) -> None:
        """Keep how far a job is; events of other kinds only show that it lives."""
        job.done_ms = max(job.done_ms, getattr(event, "done_ms", 0))
        job.total_ms = getattr(event, "total_ms", 0) or job.total_ms
        job.speed = getattr(event, "speed", 0.0) or job.speed
        if hasattr(event, "eta_s"):
            job.left_s, job.noted = event.eta_s, monotonic()
        self.overall = overall
        self._tell()

    def _let_go(self, project: Project) -> None:
        if project is not self._app.project:
            project.close()

    def _count(self) -> None:
        """Count what waits; the running one's own queue is what the overall time is said of."""
        views = {one: one.queue.progress() for one in self._projects}
        self._waiting = sum(len(view.waiting) for view in views.values())
        self.overall = views.get(self.running.project) if self.running is not None else None

    def _tell(self, *, changed: bool = False) -> None:
        self._app.set_note(self.note())
        self.changed.publish(changed)

    def note(self) -> str:
        """What goes on, for the top line; empty when nothing does."""
        job = self.running
        if job is None:
            return ""
        state = job.state_text().removeprefix("◐ ")
        total = self._ended + 1 + self._waiting
        if total == 1:
            return _("◐ transcribing · {state}").format(state=state)
        return _("◐ transcribing {n} of {total} · {state}").format(
            n=self._ended + 1, total=total, state=state
        )
