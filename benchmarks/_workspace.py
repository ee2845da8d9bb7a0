"""A project with one recording, and ``workbench transcribe`` on it as a person would start it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import IO

from benchmarks._recordings import ROOT, Recording

PROJECT = "measured"


def make_project(workspace: Path, recording: Recording) -> None:
    """Make a project that holds the recording."""
    from workbench.models.drafts import ProjectDraft, SourceDraft
    from workbench.services.workspace import Workspace

    project = Workspace(workspace, coder="A").create(
        ProjectDraft(title="Measured"), folder_name=PROJECT
    )
    try:
        project.sources.add(
            recording.path, SourceDraft(title="Recording", language=recording.language)
        )
    finally:
        project.close()


def start(
    workspace: Path, *, log: Path | None = None, said: IO[str] | int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    """Start ``workbench transcribe 1`` in a group of processes of its own; ``log`` gets a line for each event."""
    module = ["benchmarks._listening", str(log)] if log else ["workbench"]
    variables = {
        "WORKBENCH_CONFIG": str(workspace / "config"),
        "WORKBENCH_WORKSPACE": str(workspace),
        "WORKBENCH_LANG": "en",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    return subprocess.Popen(
        [sys.executable, "-m", *module, "transcribe", "1", "--project", PROJECT, "--model", "base"],
        cwd=ROOT,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
        text=True,
        start_new_session=True,
    )


def transcript(workspace: Path) -> str:
    """Return all that a person sees of the transcript, to be compared: text, turns, speakers, words with times."""
    database = sqlite3.connect(workspace / PROJECT / "project.db")
    try:
        source = database.execute("SELECT text, state FROM source").fetchall()
        turns = database.execute(
            "SELECT turn.start, turn.end, turn.start_ms, turn.end_ms, turn.suspected, turn.word_times, "
            "speaker.ordinal, speaker.label, speaker.role "
            "FROM turn LEFT JOIN speaker ON speaker.id = turn.speaker_id ORDER BY turn.ordinal"
        ).fetchall()
    finally:
        database.close()
    return json.dumps([source, turns], ensure_ascii=False)
