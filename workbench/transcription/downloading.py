"""Downloading an official model in a child process, with progress, so that it can be stopped at any moment."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import workbench
from workbench.errors import TranscriptionError
from workbench.i18n import N_
from workbench.locations import cache_folder
from workbench.transcription.catalogue import OfficialModel
from workbench.transcription.downloaded import (
    Downloaded,
    checkpoints_folder,
    find_downloaded,
    hub_folder,
    remove_downloaded,
)
from workbench.transcription.model_files import look_into
from workbench.transcription.pipes import read_lines, send_line
from workbench.transcription.weight_files import (
    Progress,
    alone,
    disk_full,
    disk_trouble,
    sha256_of,
    silent,
)

_LOOK_S = 0.25
_WAIT_S = 5  # for another download of the same kind
_SPARE = 1.05  # the small files and what a file system adds


def download(
    model: OfficialModel,
    engine: str,
    *,
    on_progress: Progress = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Downloaded | None:
    """Bring an official model into an engine's cache; blocks until it is there or was cancelled.

    Args:
        model: which one.
        engine: who will load it; it decides from where and to where.
        on_progress: called a few times a second with the bytes that have come, and of how many.
        cancelled: asked as often; when it says yes, the download ends. faster-whisper's goes on there next time.

    Returns:
        Where it is, or None when it was cancelled.

    Raises:
        TranscriptionError: ``no-network``, ``download-refused``, ``disk-full``, ``download-damaged``, ``download-failed``.
    """
    folder = checkpoints_folder() if engine == "openai-whisper" else hub_folder()
    total = model.size_mb * 1_000_000
    with alone(f"download-{engine}", cache_folder() / "models", seconds=_WAIT_S):
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if free < total * _SPARE:
            raise disk_full(folder, round((total * _SPARE - free) / 1_000_000) + 1)
        ended = _watch(model.name, engine, folder, total, on_progress, cancelled)
        if ended is None:
            return None
        _check_end(ended, model, folder)
        found = find_downloaded(model, engine)
        if found is None:
            raise _failed(model.name, str(ended.get("done", "")))
        _check_files(found)
    on_progress(total, total)
    return found


def _watch(
    name: str,
    engine: str,
    folder: Path,
    total: int,
    on_progress: Progress,
    cancelled: Callable[[], bool],
) -> dict[str, Any] | None:
    """Run the child and follow what grows; return its last words, or None when it was cancelled."""
    package = str(Path(workbench.__file__).parents[1])
    path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    environment = (
        os.environ
        | {
            "PYTHONUTF8": "1",
            "PYTHONPATH": path,
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_DISABLE_XET": "1",  # plain HTTPS passes more proxies, and the file grows where it will lie
        }
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench.transcription.download_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
    )
    lines: queue.Queue[str | None] = queue.Queue()
    tail: deque[str | None] = deque(maxlen=20)
    grows: Path | None = None
    try:
        threading.Thread(target=read_lines, args=(child.stdout, lines.put), daemon=True).start()
        errors = threading.Thread(target=read_lines, args=(child.stderr, tail.append), daemon=True)
        errors.start()
        send_line(child, json.dumps({"engine": engine, "name": name, "folder": str(folder)}))
        while not cancelled():
            try:
                line = lines.get(timeout=_LOOK_S)
            except queue.Empty:
                if grows is not None:
                    on_progress(min(_size(grows), total), total)
                continue
            if line is None:
                errors.join(timeout=1)
                words = [word for word in tail if word]
                return {"failed": "other", "detail": words[-1] if words else str(child.wait())}
            said = json.loads(line)
            if "grows" not in said:
                return dict(said)
            grows = Path(said["grows"])
        return None
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            with contextlib.suppress(OSError, ValueError):
                pipe.close() if pipe else None
        if grows is not None and grows.suffix == ".part":
            with contextlib.suppress(OSError):
                grows.unlink(missing_ok=True)


def _size(path: Path) -> int:
    """Return how large a file or everything in a folder is; links count nothing."""
    with contextlib.suppress(OSError):
        if not path.is_dir():
            return path.stat().st_size
        return sum(
            file.lstat().st_size
            for file in path.rglob("*")
            if file.is_file() and not file.is_symlink()
        )
    return 0


def _check_end(ended: dict[str, Any], model: OfficialModel, folder: Path) -> None:
    """Turn what a download failed of into a sentence."""
    detail = str(ended.get("detail", ""))
    match ended.get("failed"):
        case None:
            return
        case "disk":
            raise disk_full(folder, model.size_mb)
        case "network":
            raise TranscriptionError(
                "no-network",
                N_("The model {model} could not be downloaded: its server cannot be reached."),
                N_(
                    "Connect to the internet and try again; or bring the model on a disk and add it: workbench models add PATH."
                ),
                model=model.name,
                detail=detail,
            )
        case "refused":
            raise TranscriptionError(
                "download-refused",
                N_("The model {model} could not be downloaded: its server refused ({detail})."),
                N_("Try again later, or bring the model on a disk: workbench models add PATH."),
                model=model.name,
                detail=detail,
            )
        case "hash":
            raise _damaged(model.name)
        case _:
            raise _failed(model.name, detail)


def _check_files(found: Downloaded) -> None:
    """Refuse a download that is not what was meant, and take it away."""
    try:
        look_into(found.path)
        good = not found.sha256 or sha256_of(found.weights) == found.sha256
    except TranscriptionError:
        good = False
    if not good:
        try:
            remove_downloaded(found)
        except OSError as error:
            raise disk_trouble(error, found.place) from error
        raise _damaged(found.model.name)


def _damaged(name: str) -> TranscriptionError:
    return TranscriptionError(
        "download-damaged",
        N_("What came as the model {model} is damaged and was thrown away."),
        N_("Try again; if it happens again, something between here and the server changes files."),
        model=name,
    )


def _failed(name: str, detail: str) -> TranscriptionError:
    return TranscriptionError(
        "download-failed",
        N_("The model {model} could not be downloaded: {detail}."),
        N_("Try again, or bring the model on a disk: workbench models add PATH."),
        model=name,
        detail=detail,
    )
