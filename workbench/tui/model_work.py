"""Downloading, copying and checking a model beside the interface, whatever screen is shown; one at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.signal import Signal

from workbench.errors import WorkbenchError
from workbench.tui.compat import write_error_log

if TYPE_CHECKING:
    from workbench.tui.app import WorkbenchApp


class StoppedError(Exception):
    """The user stopped the work."""


@dataclass(eq=False, slots=True)
class Work:
    """What is being done to a model, and how far it is."""

    what: str
    """Translated, such as “Downloading turbo”."""
    done: int = 0
    total: int = 0
    begun: float = field(default_factory=monotonic)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def elapsed(self) -> float:
        """Seconds it has run."""
        return monotonic() - self.begun


Action = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]
"""Gets where to report bytes done and of how many, and whom to ask whether to stop."""


class ModelWork:
    """The one piece of work on models; it outlives the screen it was begun on."""

    def __init__(self, app: WorkbenchApp) -> None:
        """Nothing is done yet."""
        self._app = app
        self.current: Work | None = None
        self.changed: Signal[None] = Signal(app, "model-work-changed")
        """Published when the work began, came further or ended."""

    def begin(self, what: str, action: Action, done: Callable[[Any], None]) -> None:
        """Begin something; ``done`` gets its result in the interface's thread, unless it was stopped or failed."""
        if self.current is None:
            self.current = Work(what)
            self.changed.publish(None)
            self._app.run_worker(
                self._run(self.current, action, done), group="models", exit_on_error=False
            )

    def stop(self) -> None:
        """Stop what is being done."""
        if self.current is not None:
            self.current.stop.set()

    async def _run(self, work: Work, action: Action, done: Callable[[Any], None]) -> None:
        loop = asyncio.get_running_loop()

        def came(done_bytes: int, total: int) -> None:
            if work.stop.is_set():
                raise StoppedError
            work.done, work.total = done_bytes, total
            if not loop.is_closed():
                loop.call_soon_threadsafe(self.changed.publish, None)

        try:
            result = await asyncio.to_thread(action, came, work.stop.is_set)
        except StoppedError:
            result = None
        except WorkbenchError as error:
            result = None
            self._app.show_error(error)
        except Exception as error:  # noqa: BLE001 - the boundary of long work: said, logged, survived
            result = None
            write_error_log(error)
            self._app.show_unexpected()
        self.current = None
        if result is not None:
            done(result)
        self.changed.publish(None)
