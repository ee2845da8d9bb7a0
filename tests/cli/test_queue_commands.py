"""``workbench transcribe`` and ``workbench queue``: order, pauses, failures, Ctrl+C, what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from recognisers import Recogniser, recogniser, spoken, write_wav

from workbench.services.workspace import Workspace

__all__ = ["recogniser"]


@pytest.fixture
def bank(cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recogniser: Recogniser) -> Path:
    """A project with the recordings one, two and three in the default workspace."""
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(tmp_path / "work"))
    assert cli("project", "new", "Bank").code == 0
    for n, name in enumerate(("one", "two", "three"), 1):
        assert cli("source", "add", write_wav(tmp_path / f"{name}.wav", tone=n)).code == 0
    return tmp_path / "work"


@pytest.fixture
def data(cli):
    """Run a command and return its data."""

    def run(*arguments: object):
        result = cli(*arguments, "--format", "json")
        assert result.code == 0, result.err
        return json.loads(result.out)

    return run


def media(folder: Path, title: str) -> str:
    with Workspace(folder).open("bank", write=False) as project:
        return project.sources.media_path(title).name


def titles(rows) -> list[str]:
    return [row["title"] for row in rows]


def test_all_that_waits_is_transcribed_and_told(bank: Path, cli, data) -> None:
    result = cli("transcribe", "--all", "--format", "json")
    assert result.code == 0
    rows = json.loads(result.out)
    assert titles(rows) == ["one", "two", "three"]
    assert {row["words"] for row in rows} == {6}
    assert "“one”: 6 words in 0:02." in result.err
    assert "2 more wait, 0:" in result.err, "how long all of it may take"
    assert "All recordings have their transcripts." in cli("transcribe", "--all").err


def test_one_failure_does_not_stop_the_rest_and_is_the_exit_code(
    bank: Path, cli, recogniser: Recogniser
) -> None:
    recogniser.fails = {media(bank, "two")}
    result = cli("transcribe", "--all", "--format", "json")
    assert result.code == 4
    assert titles(json.loads(result.out)) == ["one", "three"]
    assert "It is damaged." in result.err
    assert "1 recording could not be transcribed." in result.err


def test_one_named_recording_runs_alone_and_its_trouble_is_the_commands(
    bank: Path, cli, data, recogniser: Recogniser
) -> None:
    cli("queue", "add", "one")
    assert titles(data("transcribe", "three")) == ["three"]
    assert titles(data("queue", "list")) == ["one"]
    recogniser.fails = {media(bank, "two")}
    result = cli("transcribe", "two")
    assert (result.code, result.out) == (4, "")
    assert result.err.count("It is damaged.") == 1


def test_ctrl_c_keeps_everything_in_the_queue_and_says_so(
    bank: Path, cli, data, recogniser: Recogniser
) -> None:
    def interrupt(ordinal: int) -> None:
        if len(recogniser.asked) == 2 and ordinal == 1:
            raise KeyboardInterrupt

    recogniser.before = interrupt
    result = cli("transcribe", "--all")
    assert result.code == 130
    assert "2 recordings stay in the queue; go on with: workbench queue run" in result.err
    rows = data("queue", "list")
    assert [(row["title"], row["status"], row["done_percent"]) for row in rows] == [
        ("two", "queued", 33),
        ("three", "queued", 0),
    ]
    recogniser.before = lambda _ordinal: None
    assert titles(data("queue", "run")) == ["two", "three"]
    assert recogniser.asked[-2].skip_windows == {0}


def test_the_queue_is_ordered_and_paused(bank: Path, cli, data) -> None:
    rows = data("queue", "add", "--all", "--speakers", "3")
    assert [(row["title"], row["speakers"]) for row in rows] == [
        ("one", 3),
        ("two", 3),
        ("three", 3),
    ]
    assert cli("queue", "move", "three", "first").code == 0
    assert cli("queue", "pause", "one").code == 0
    rows = data("queue", "list")
    assert [(row["title"], row["status"]) for row in rows] == [
        ("three", "queued"),
        ("two", "queued"),
        ("one", "paused"),
    ]
    assert cli("queue", "cancel", "two").code == 0
    result = cli("transcribe", "--all", "--format", "json")
    assert titles(json.loads(result.out)) == ["three", "two"]
    assert "1 recording is paused" in result.err
    assert cli("queue", "resume", "--all").code == 0
    assert titles(data("queue", "run")) == ["one"]
    assert "Nothing waits" in cli("queue", "list").err


def test_a_priority_lets_a_recording_pass(bank: Path, cli, data) -> None:
    cli("queue", "add", "one", "two")
    cli("queue", "add", "three", "--priority", "1")
    assert titles(data("queue", "list")) == ["three", "one", "two"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("transcribe",), 2, "It is not clear what to transcribe."),
        (("transcribe", "one", "--all"), 2, "It is not clear what to transcribe."),
        (("queue", "pause"), 2, "It is not clear what to transcribe."),
        (("queue", "pause", "one"), 1, "“one” is not being transcribed."),
        (("queue", "move", "one", "first"), 1, "does not wait in the queue"),
        (("transcribe", "one", "--speakers", "99"), 1, "cannot have 99 speakers"),
        (("transcribe", "one", "--language", "klingon"), 1, "does not know the language"),
        (("transcribe", "nine"), 1, "There is no source “nine”"),
    ],
)
def test_what_cannot_be_done_is_said(bank: Path, cli, arguments, code: int, said: str) -> None:
    result = cli(*arguments)
    assert said in result.err
    assert result.code == code


def test_what_a_transcription_found_is_said(bank: Path, cli, recogniser: Recogniser) -> None:
    recogniser.say = lambda n: spoken(n, probability=0.1)
    recogniser.heard = "de"
    result = cli("transcribe", "one", "--language", "ru")
    assert "sounds like “de”, but “ru” was asked for" in result.err
    assert "6 words are doubtful." in result.err
    recogniser.windows = 0
    assert "No speech was found in the recording." in cli("transcribe", "two").err


def test_the_list_of_names(bank: Path, cli, data, tmp_path: Path, recogniser: Recogniser) -> None:
    def names(*arguments: object) -> list[str]:
        return [row["name"] for row in data("project", "vocabulary", *arguments)]

    assert names() == []
    assert names("--add", "North Bank, MoveFlow") == ["North Bank", "MoveFlow"]
    file = tmp_path / "names.txt"
    file.write_bytes("Альфа\nmoveflow\n".encode("cp1251"))
    assert names("--file", file) == ["North Bank", "MoveFlow", "Альфа"]
    assert names("--remove", "north bank") == ["MoveFlow", "Альфа"]
    assert cli("transcribe", "one", "--vocabulary", "Sky").code == 0
    assert recogniser.asked[0].vocabulary == "MoveFlow, Альфа, Sky"
    result = cli("project", "vocabulary", "--set", ",".join(f"Brand {n}" for n in range(200)))
    assert "The list is too long by" in result.err
    assert "it up to “Brand " in result.err
    assert cli("history", "undo").code == 0
    assert names() == ["MoveFlow", "Альфа"]
