"""Bad input: a sentence with the remedy on stderr, a declared exit code, nothing on stdout, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import locations
from workbench.services.workspace import Workspace

ROOT = Path(__file__).parents[2]

BAD = [
    (("source", "add", "no_such_file.mp3"), 1, "no_such_file.mp3"),
    (("source", "show", "999"), 1, "999"),
    (("source", "edit", "4", "--kind", "song"), 1, "kind"),
    (("source", "edit", "4", "--date", "31.05.26"), 1, "collected_on"),
    (("source", "add", "{audio}"), 4, "broken.mp3"),
    (("source", "add", "{empty}"), 1, "empty.txt"),
    (("--project", "nothing", "source", "list"), 3, "nothing"),
    (("--project", "{folder}", "source", "list"), 3, "not_a_project"),
    (("-w", "{empty}", "project", "list"), 3, "not a folder"),
    (("code", "add", "X", "--parent", "Nowhere"), 1, "Nowhere"),
    (("code", "move", "Nothing", "--top"), 1, "Nothing"),
    (("code", "move", "App says ready before it is"), 2, "--top"),
    (("code", "remove", "Nothing"), 1, "Nothing"),
    (("code", "merge", "Nothing", "Other"), 1, "Nothing"),
    (("quote", "add", "4", "--code", "X"), 2, "--text"),
    (("quote", "add", "4", "--text", "espresso"), 2, "--code"),
    (("quote", "add", "4", "--span", "x", "--code", "X"), 2, "span"),
    (("quote", "add", "4", "--span", "0:99999", "--code", "Order ahead works"), 1, "99999"),
    (("quote", "add", "4", "--text", "words nobody said", "--new-code", "X"), 1, "does not hold"),
    (("quote", "add", "4", "--text", "the", "--new-code", "X"), 1, "times"),
    (("quote", "remove", "ffff"), 1, "ffff"),
    (("memo", "write", "x", "--code", "A", "--source", "1"), 2, "one thing"),
    (("person", "add", "P1", "-a", "city"), 1, "city"),
    (("person", "add", "R01"), 1, "R01"),
    (("goal", "add", "A wish"), 1, "metric"),
    (
        ("goal", "add", "A", "--metric", "NPS", "--target", "many", "--due", "2027-01-01"),
        1,
        "target",
    ),
    (("goal", "remove", "Nothing"), 1, "Nothing"),
    (("wave", "add", "Again", "--number", "1"), 1, "1"),
    (("barrier", "describe", "App says ready before it is", "--severity", "9"), 1, "severity"),
    (("barrier", "describe", "App says ready before it is", "--hinders", "flying"), 1, "flying"),
    (("answer", "write", "why", "Because"), 1, "unhappy, lose, love"),
    (("recommendation", "edit", "99", "--impact", "1"), 1, "99"),
    (("metric", "add", "NPS", "a lot"), 1, "value"),
    (("shop", "visit", "answer", "V01", "x", "yes"), 1, "V01"),
    (("shop", "visit", "plan", "Nowhere"), 1, "Nowhere"),
    (("shop", "visit", "status", "V01", "dance"), 1, "dance"),
    (("shop", "checklist", "add", "{empty}"), 1, "empty.txt"),
    (("report", "check", "no_template"), 5, "no_template"),
    (("report", "build", "missing.docx"), 5, "missing.docx"),
    (("report", "build", "--language", "de"), 5, "de"),
    (("report", "build", "{template}"), 5, "broken.docx"),
    (("transcribe",), 2, "--all"),
    (("transcribe", "4"), 1, "no recording"),
    (("transcribe", "1", "--engine", "parrot"), 4, "parrot"),
    (("transcribe", "1", "--model", "gigantic"), 4, "gigantic"),
    (("queue", "cancel", "1"), 1, "not being transcribed"),
    (("settings", "set", "language", "de"), 1, "de"),
    (("settings", "set", "colour", "red"), 1, "colour"),
    (("sample", "create", "moon"), 1, "moon"),
    (("project", "new", " "), 1, "title"),
    (("project", "restore", "--yes", "--project", "{sample}", "{empty}"), 3, ""),
]


@pytest.fixture
def places(tmp_path: Path, sample: Path) -> dict[str, str]:
    """Files that are not what they should be."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "broken.mp3").write_bytes(b"this is no sound" * 100)
    (tmp_path / "broken.docx").write_bytes(b"this is no document" * 100)
    (tmp_path / "not_a_project").mkdir()
    return {
        "{empty}": str(tmp_path / "empty.txt"),
        "{audio}": str(tmp_path / "broken.mp3"),
        "{template}": str(tmp_path / "broken.docx"),
        "{folder}": str(tmp_path / "not_a_project"),
        "{sample}": "coffee_chain_en",
    }


@pytest.mark.parametrize(("arguments", "code", "named"), BAD, ids=lambda value: str(value)[:60])
def test_bad_input_is_explained(cli, places, arguments, code, named) -> None:
    result = cli(*[places.get(argument, argument) for argument in arguments])
    assert result.code == code, result.err
    assert named in result.err
    assert "Error: " in result.err
    assert "Traceback" not in result.err
    assert result.out == ""


@pytest.mark.parametrize(("arguments", "code", "named"), BAD, ids=lambda value: str(value)[:60])
def test_and_in_russian_too(cli, places, arguments, code, named) -> None:
    result = cli("--lang", "ru", *[places.get(argument, argument) for argument in arguments])
    assert result.code == code
    assert "Ошибка: " in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("source", "remove", "4"),
        ("code", "remove", "App says ready before it is"),
        ("project", "delete"),
        ("project", "delete", "coffee_chain_en"),
    ],
)
def test_nobody_is_asked_where_nobody_can_answer(cli, sample, arguments) -> None:
    before = cli("project", "info", "-f", "json").out
    result = cli(*arguments, stdin="y\n" * 9)
    assert result.code == 2
    assert "--yes" in result.err
    assert cli("project", "info", "-f", "json").out == before


def test_a_project_that_is_written_elsewhere_is_locked(cli, sample) -> None:
    program = (
        "from pathlib import Path; from workbench.services.workspace import Workspace\n"
        f"with Workspace(Path({str(sample)!r})).open('coffee_chain_en'):\n"
        "    print('open', flush=True); input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        refused = cli("person", "add", "P99")
        assert refused.code == 3
        assert f"process {writer.pid}" in refused.err
        assert cli("person", "list").code == 0
        assert cli("project", "delete", "--yes").code == 3
        writer.communicate("\n", timeout=30)
    assert cli("person", "add", "P99").code == 0


def test_which_project_is_asked_for_when_there_are_several(cli, sample, monkeypatch) -> None:
    assert cli("project", "new", "Second").code == 0
    refused = cli("person", "list")
    assert refused.code == 3
    assert "coffee_chain_en" in refused.err
    assert "second" in refused.err
    assert cli("person", "list", "-p", "Second").out == ""
    state = locations.state_folder() / "interface.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text(json.dumps({"project": "coffee_chain_en"}), encoding="utf-8")
    assert "R01" in cli("person", "list").out
    monkeypatch.setenv("WORKBENCH_PROJECT", "second")
    assert cli("person", "list").out == ""


def test_no_project_at_all(cli) -> None:
    result = cli("source", "list")
    assert result.code == 3
    assert "project new" in result.err


def test_the_unexpected_is_calm_and_its_log_holds_no_content(cli, sample, monkeypatch) -> None:
    def fail(_self: Workspace) -> None:
        raise RuntimeError("the respondent said something private")

    monkeypatch.setattr(Workspace, "projects", fail)
    result = cli("project", "list")
    assert result.code == 1
    assert "private" not in result.err
    assert "Traceback" not in result.err
    log = locations.state_folder() / "errors.log"
    assert str(log) in result.err
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert "private" not in log.read_text(encoding="utf-8")


def test_control_characters_do_not_reach_the_terminal(cli) -> None:
    result = cli("-w", "none\x1b[2J", "source", "list")
    assert result.code == 3
    assert "\x1b" not in result.err


def test_ctrl_c_is_130(cli, sample, monkeypatch) -> None:
    def stop(_self: Workspace) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "projects", stop)
    result = cli("project", "list")
    assert result.code == 130
    assert result.err == "Stopped.\n"
    assert "Traceback" not in result.err
