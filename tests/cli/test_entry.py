"""The way in: options that stand anywhere, language, version, streams, and what is not imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import __version__, i18n, locations
from workbench.cli.arguments import Anywhere, choose_language, take_out
from workbench.cli.entry import run

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlmodel", "sqlalchemy", "textual", "torch", "pydantic", "rich", "whisper", "docx")


@pytest.mark.parametrize(
    ("line", "shared", "rest"),
    [
        ("source list -p bank", ("", "bank", ""), "source list"),
        ("--project=bank source list", ("", "bank", ""), "source list"),
        ("source -pbank list --lang ru", ("", "bank", "ru"), "source list"),
        ("-w w/x source list --title x", ("w/x", "", ""), "source list --title x"),
        ("search -- -p", ("", "", ""), "search -- -p"),
        ("quote edit x --emotion -2", ("", "", ""), "quote edit x --emotion -2"),
    ],
)
def test_shared_options_stand_anywhere(line: str, shared: tuple[str, ...], rest: str) -> None:
    found, others = take_out(line.split())
    assert (found.workspace or "", found.project or "", found.language or "") == shared
    assert others == rest.split()
    assert found.problem is None


def test_an_option_without_its_value_is_a_usage_error(cli) -> None:
    result = cli("source", "list", "--project")
    assert result.code == 2
    assert "--project needs a value" in result.err
    assert result.out == ""


def test_an_unknown_language_is_a_usage_error(cli) -> None:
    result = cli("--lang", "de", "source", "list")
    assert result.code == 2
    assert "en, ru" in result.err


def test_the_option_beats_the_environment_and_that_the_settings(monkeypatch) -> None:
    file = locations.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('language = "ru"\n', encoding="utf-8")
    assert choose_language(Anywhere()) == "ru"
    monkeypatch.setenv("WORKBENCH_LANG", "en")
    assert choose_language(Anywhere()) == "en"
    assert choose_language(Anywhere(language="ru")) == "ru"


def test_damaged_settings_do_not_keep_help_from_showing(cli) -> None:
    file = locations.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"language = \xff\xfe[")
    assert cli("--help").code == 0
    result = cli("project", "list")
    assert result.code == 1
    assert str(file) in result.err


def test_no_command_without_a_terminal_is_explained(cli) -> None:
    result = cli()
    assert result.code == 2
    assert "--help" in result.err


def test_no_command_on_a_terminal_asks_for_the_interface(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    outcome = run(["-w", str(tmp_path), "-p", "bank", "--lang", "ru"])
    assert outcome.exit_code == 0
    assert outcome.interface is not None
    assert (outcome.interface.workspace, outcome.interface.project) == (tmp_path, "bank")
    assert i18n.language() == "ru"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["--lang", "ru", "--help"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys, json\n"
        "from workbench.__main__ import main\n"
        f"code = main({arguments!r})\n"
        f"print(json.dumps([code, [name for name in {HEAVY!r} if name in sys.modules]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]


def test_asking_for_the_interface_does_not_import_typer() -> None:
    program = (
        "import sys\n"
        "from workbench.cli.entry import run\n"
        "sys.stdin.isatty = sys.stdout.isatty = lambda: True\n"
        "assert run([]).interface is not None\n"
        "print('typer' in sys.modules)\n"
    )
    program = program.replace(
        "sys.stdin.isatty = sys.stdout.isatty = lambda: True\n",
        "import io\n"
        "class T(io.StringIO):\n    def isatty(self): return True\n"
        "sys.stdin = T()\nout = sys.stdout\nsys.stdout = T()\n",
    ).replace("print(", "print(", 1)
    program = program.replace("print('typer'", "sys.stdout = out\nprint('typer'")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_version(cli) -> None:
    result = cli("--version")
    assert (result.code, result.out) == (0, f"workbench {__version__}\n")


def test_output_is_utf8_in_a_locale_that_is_not(tmp_path) -> None:
    environment = os.environ | {
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "latin-1",
    }
    command = [sys.executable, "-m", "workbench", "-w", str(tmp_path)]
    made = [*command, "project", "new", "Bank", "--client", "Банк «Север»"]
    done = subprocess.run(
        made, cwd=ROOT, env=os.environ | {"LC_ALL": "C.UTF-8"}, capture_output=True, check=True
    )
    assert "Банк «Север»" in done.stdout.decode("utf-8")
    shown = subprocess.run(
        [*command, "project", "info"], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert "Банк «Север»" in shown.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_trouble(tmp_path) -> None:
    environment = os.environ | {"WORKBENCH_WORKSPACE": str(tmp_path)}
    child = subprocess.Popen(
        [sys.executable, "-m", "workbench", "settings", "show"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.close()
    _nothing, errors = child.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors
    assert child.returncode == 141
