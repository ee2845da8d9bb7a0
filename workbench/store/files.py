"""Files of the project folder: whole or not at all, readable by their owner only."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from workbench.atomic import PART, replacing
from workbench.errors import InputError, ProjectError, system_reason
from workbench.i18n import N_

_CHUNK = 1 << 20
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_LONGEST_STEM = 80


def make_folder(path: Path) -> Path:
    """Make a folder that only its owner can read, with its parents."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error, path) from None
    return path


def disk_error(error: OSError, path: Path) -> ProjectError:
    """Turn the operating system's refusal into a sentence with a remedy."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ProjectError(
            "disk-full",
            N_("There is no room left on the disk for {path}."),
            N_("Free some space and do it again; nothing was lost."),
            path=path,
        )
    return ProjectError(
        "not-writable",
        N_("{path} cannot be written: {reason}."),
        N_("Check that the folder exists and that you may write there."),
        path=path,
        reason=system_reason(error),
    )


@contextlib.contextmanager
def atomic_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file beside the target; it replaces the target only when all went well.

    The data are on the disk (fsync) before the name changes, so that a power cut leaves either the old file or the
    new one.
    """
    try:
        with replacing(target) as temporary, temporary.open("wb") as stream:
            yield stream
    except OSError as error:
        raise disk_error(error, target) from None


def check_targets(paths: Iterable[Path], *, force: bool) -> None:
    """Refuse before anything is written what cannot be written, or what would be lost.

    Raises:
        InputError: ``output-not-writable``, or ``export-exists`` for a file that may not be replaced.
    """
    for path in paths:
        if path.is_dir() or not path.parent.is_dir():
            raise InputError(
                "output-not-writable",
                N_("{file} cannot be written."),
                N_("Name a file in a folder that exists."),
                file=path,
            )
        if path.exists() and not force:
            raise InputError(
                "export-exists",
                N_("{file} is already there."),
                N_("Name another file, or say that it may be replaced (--force)."),
                file=path,
            )


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def keep_media(source: Path, media: Path) -> tuple[str, str]:
    """Copy a recording into the media folder under its hash and return the hash and the suffix.

    A file that is already there is not copied again.

    Raises:
        InputError: ``file-unreadable`` when the source cannot be read.
        ProjectError: ``disk-full`` or ``not-writable`` when the copy cannot be made.
    """
    try:
        digest = hash_file(source)
    except OSError as error:
        raise unreadable(source, error) from None
    suffix = source.suffix.lower()
    target = make_folder(media) / f"{digest}{suffix}"
    if not os.path.exists(target):  # noqa: PTH110 - Path.exists raises where the folder is barred
        with atomic_file(target) as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy, _CHUNK)
    return digest, suffix


def unreadable(path: Path, error: OSError) -> InputError:
    """A file the user named cannot be read."""
    if isinstance(error, FileNotFoundError):
        return InputError(
            "file-missing",
            N_("{file} does not exist."),
            N_("Check the name and the folder."),
            file=path,
        )
    return InputError(
        "file-unreadable",
        N_("{file} cannot be read: {reason}."),
        N_("Check that it is a file and that you may read it."),
        file=path,
        reason=system_reason(error),
    )


def check_given(path: Path) -> None:
    """Refuse a file a person named that is missing, a folder, empty, or may not be read.

    Raises:
        InputError: ``file-missing``, ``file-unreadable`` or ``file-empty``.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            raise (
                IsADirectoryError(errno.EISDIR, "") if path.is_dir() else OSError(errno.EINVAL, "")
            )
        with path.open("rb") as stream:
            first = stream.read(1)
    except OSError as error:
        raise unreadable(path, error) from None
    if not first:
        raise InputError(
            "file-empty", N_("{file} is empty."), N_("Export or record it again."), file=path
        )


def sweep_parts(folder: Path) -> int:
    """Remove temporary files that a killed program left behind; return how many."""
    removed = 0
    for part in folder.rglob(f".*{PART}"):
        with contextlib.suppress(OSError):  # what cannot be removed does no harm
            part.unlink(missing_ok=True)
            removed += 1
    return removed


def file_stem(title: str) -> str:
    """Return a title as the beginning of a file's name that every system accepts; it may be empty."""
    return " ".join(_UNFIT.sub(" ", title).split())[:_LONGEST_STEM].strip(" .")
