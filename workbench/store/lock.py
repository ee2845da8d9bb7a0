"""One writer at a time: an operating-system lock that dies with its process, and who holds it."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.store import files

_LOCK = "project.lock"
_WRITER = "project.writer.json"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes to a project."""

    user: str
    host: str
    process: int
    since: str
    """The moment the project was opened, ISO 8601 in UTC."""


class WriterLock:
    """The right to write to one project folder."""

    def __init__(self, folder: Path) -> None:
        """Prepare the lock; nothing is taken yet."""
        self._lock = FileLock(folder / _LOCK, mode=0o600, thread_local=False)
        self._note = folder / _WRITER
        self.unclean = False
        """Whether the writer before us ended without closing the project."""

    def acquire(self) -> bool:
        """Take the lock if it is free and leave a note of who holds it; return whether it was taken.

        Raises:
            ProjectError: ``not-writable`` where no lock can be made.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise files.disk_error(error, self._note.parent) from None
        self.unclean = self._note.exists()
        writer = Writer(
            user=_user(),
            host=socket.gethostname(),
            process=os.getpid(),
            since=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        with contextlib.suppress(OSError):  # on a full disk a project can still be read and deleted
            self._note.write_text(json.dumps(asdict(writer)), encoding="utf-8")
        return True

    def holder(self) -> Writer | None:
        """Return who left the note, if it can be read."""
        try:
            return Writer(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def release(self) -> None:
        """Give the lock back and take the note away: the mark of a clean close."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()


def _user() -> str:
    """Return the name of the person at the keyboard, where the system knows one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
