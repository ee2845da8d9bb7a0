"""Files are written whole or not at all: a temporary file beside the target takes its place when all went well."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

PART = ".part"
"""How names of unfinished files end; what a killed program left behind is found by it."""


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path in the target's folder; when the block ends well, it becomes the target.

    The data reach the disk (fsync) before the name changes, so that a power cut leaves the old file or the new one.

    Raises:
        OSError: the system refuses; the old file is as it was.
    """
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=target.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename durable where the system can (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
