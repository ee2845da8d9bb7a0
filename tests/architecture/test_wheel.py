"""The wheel alone, in a clean environment, has its templates, samples and translations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_holds_templates_samples_and_translations(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for expected in (
        "workbench/_data/templates/ru/client_report.docx",
        "workbench/_data/templates/en/client_report.docx",
        "workbench/_data/sample_projects/mortgage_bank_ru/project.toml",
        "workbench/_data/sample_projects/mortgage_bank_ru/recordings/interview_01.ogg",
        "workbench/_data/sample_projects/coffee_chain_en/project.toml",
        "workbench/translations/ru/LC_MESSAGES/workbench.mo",
    ):
        assert expected in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


@pytest.mark.slow
@pytest.mark.model
def test_demo_runs_from_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    """Only the wheel is installed anew; its dependencies are those of this environment."""
    home = tmp_path / "clean"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "-q"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    site = Path(_in(python, "import sysconfig; print(sysconfig.get_path('purelib'))", tmp_path))
    # a .pth file inside a folder that another .pth names is not read: this checkout stays out
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    assert str(site) in _in(python, "import workbench; print(workbench.__file__)", tmp_path)
    facts = _demo(python, tmp_path)
    assert facts["transcribed"] == 3
    assert facts["transcribed_by"] == "faster-whisper base"
    assert facts["sources_waiting"] == facts["codings_waiting"] == 0
    assert facts["codings_not_found"] < 0.1 * facts["codings"]
    assert facts["peak_memory_mb"]["recogniser"] < 2_500
    assert (tmp_path / facts["report"]).is_file()
    repeated = _demo(python, tmp_path)  # a second time nothing is left to do
    assert repeated["transcribed"] == 0
    assert repeated["report"] == facts["report"]
    for count in ("sources", "quotes", "codings", "barriers", "visits", "recommendations"):
        assert repeated[count] == facts[count]


def _demo(python: Path, folder: Path) -> dict[str, Any]:
    """Run the demo and return what it says it made."""
    run = subprocess.run(
        [python, "-m", "workbench", "demo", "work", "--no-tui", "--lang", "en", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
        cwd=folder,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": "", "WORKBENCH_LANG": "en"}


def _in(python: Path, statement: str, folder: Path) -> str:
    """Return what a statement prints in another environment."""
    command = [python, "-c", statement]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env=_environment(), cwd=folder
    )
    return run.stdout.strip()
