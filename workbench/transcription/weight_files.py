"""Files of weights: their hashes, one process at a time preparing them, and what a disk may refuse."""

from __future__ import annotations

import contextlib
import errno
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from workbench.errors import TranscriptionError, system_reason
from workbench.i18n import N_

Progress = Callable[[int, int], None]
"""Gets how many bytes are done, and of how many (0 when nobody knows)."""

CHUNK = 1 << 22
_LOCK_SECONDS = (
    300  # joining takes 1 s and converting 5 s; five minutes mean that the other process hangs
)


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def sha256_of(*paths: Path, on_progress: Progress = silent) -> str:
    """Return the SHA-256 of files taken as one."""
    digest = hashlib.sha256()
    total = sum(path.stat().st_size for path in paths)
    done = 0
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                done += len(chunk)
                on_progress(done, total)
    return digest.hexdigest()


@contextlib.contextmanager
def alone(name: str, folder: Path, *, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
    """Let one process at a time prepare weights in a folder; the lock dies with its process.

    Raises:
        TranscriptionError: ``weights-busy``, or the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f"{name}.lock", timeout=seconds):
            yield
    except Timeout as error:
        raise TranscriptionError(
            "weights-busy",
            N_("Another program is preparing or downloading weights for {folder}."),
            N_("Wait until it has finished, or close other copies of the workbench."),
            folder=str(folder),
        ) from error
    except OSError as error:
        raise disk_trouble(error, folder) from error


def disk_trouble(error: OSError, folder: Path, *, megabytes: int = 300) -> TranscriptionError:
    """Tell a full disk from a folder that cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(folder, megabytes)
    return TranscriptionError(
        "cache-unwritable",
        N_("The model's weights cannot be written to {folder}: {reason}."),
        N_("Make the folder writable, or name other ones in WORKBENCH_CACHE and WORKBENCH_MODELS."),
        folder=str(folder),
        reason=system_reason(error),
    )


def disk_full(folder: Path, megabytes: int) -> TranscriptionError:
    """There is no room for weights of this size."""
    return TranscriptionError(
        "disk-full",
        N_("There is no space left for the model's weights in {folder}."),
        N_("Free {megabytes} MB, or name other folders in WORKBENCH_CACHE and WORKBENCH_MODELS."),
        folder=str(folder),
        megabytes=megabytes,
    )
