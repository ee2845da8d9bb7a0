"""The command line run in this process, and a sample project for each test."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.__main__ import main
from workbench.cli import tree
from workbench.services.sample import code_sample, create_sample
from workbench.services.workspace import Workspace
from workbench.settings import system_user

SAMPLE = "coffee_chain_en"


@dataclass(frozen=True)
class Result:
    """What a command line did."""

    code: int
    out: str
    err: str


Cli = Callable[..., Result]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command line; nobody is at the keyboard."""
    monkeypatch.delenv("WORKBENCH_PROJECT", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object, stdin: str = "") -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        tree.load.cache_clear()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the English sample, coded as far as it goes without transcribing."""
    folder = tmp_path_factory.mktemp("sample") / "Workbench"
    with create_sample(Workspace(folder, coder=system_user()), SAMPLE) as project:
        code_sample(project)
    return folder


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that workspace, which is the default one in this test."""
    folder = tmp_path / "Workbench"
    shutil.copytree(made_sample, folder)
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def data(cli):
    """Run a command line that must succeed and return its data."""

    def run(*arguments: object, stdin: str = "") -> Any:
        result = cli(*arguments, "--format", "json", stdin=stdin)
        assert result.code == 0, result.err
        return json.loads(result.out)

    return run
