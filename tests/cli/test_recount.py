"""Counting the voices of a recording anew, at the command line."""

from __future__ import annotations

import json
import wave

import pytest
from two_voices import TALK, VERA, add_talk

from workbench.models.drafts import ProjectDraft
from workbench.services.workspace import Workspace


@pytest.fixture
def talk(tmp_path, monkeypatch):
    """A project with one transcribed recording of three people who were taken for two."""
    with wave.open(str(tmp_path / "talk.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(bytes(range(250)) * 64)
    folder = tmp_path / "Workbench"
    more = (VERA, "And I am her sister, I came along because of the cake they have.")
    with Workspace(folder, coder="A").create(ProjectDraft(title="Study")) as project:
        add_talk(project, tmp_path / "talk.wav", "Talk", [*TALK, more])
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(folder))
    return folder


def test_voices_are_counted_anew(cli, talk) -> None:
    result = cli("source", "recount", "1", "--speakers", "3", "--format", "json")
    assert result.code == 0, result.err
    rows = json.loads(result.out)
    assert [(row["speaker"], row["role"]) for row in rows] == [
        ("S1", "interviewer"),
        ("S2", "respondent"),
        ("S3", "respondent"),
    ]
    assert sum(row["share"] for row in rows) == pytest.approx(1, abs=0.01)
    assert rows[2]["first_words"].startswith("And I am her sister")
    assert "S3: And I am her sister" in cli("source", "show", "1").out


def test_a_number_nobody_has_is_refused(cli, talk) -> None:
    result = cli("source", "recount", "1", "--speakers", "-3")
    assert result.code != 0
    assert "-3" in result.err
    assert "Traceback" not in result.err
