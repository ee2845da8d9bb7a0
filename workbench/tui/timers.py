"""Stop-watches of a visit: they run on while another question is answered, and over a restart."""

from __future__ import annotations

from datetime import UTC, datetime

from workbench.tui.state import UiState


class Timers:
    """The running stop-watches of one visit, kept in what the interface remembers."""

    def __init__(self, state: UiState, visit: str) -> None:
        """Take up what runs already.

        Args:
            state: what the interface remembers.
            visit: identifier of the visit.
        """
        self._state = state
        self._path = ("timers", visit)

    def running(self) -> dict[str, datetime]:
        """Return the questions whose stop-watch runs, with when it was started."""
        found = {}
        for question, since in self._state.recall(*self._path, default={}).items():
            try:
                found[question] = datetime.fromisoformat(str(since))
            except ValueError:
                continue
        return found

    def seconds(self, question: str) -> int | None:
        """Return how long a question's stop-watch runs; None when it does not."""
        since = self.running().get(question)
        return None if since is None else max(0, int((datetime.now(UTC) - since).total_seconds()))

    def start(self, question: str) -> None:
        """Start a question's stop-watch."""
        started = {key: since.isoformat() for key, since in self.running().items()}
        self._keep(started | {question: datetime.now(UTC).isoformat()})

    def stop(self, question: str) -> int:
        """Stop a question's stop-watch and return the seconds."""
        seconds = self.seconds(question) or 0
        self._keep({key: t.isoformat() for key, t in self.running().items() if key != question})
        return seconds

    def _keep(self, started: dict[str, str]) -> None:
        self._state.remember(*self._path, value=started)
        self._state.save()
