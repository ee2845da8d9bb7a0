"""The shape of the house: what is loaded when, how long files are, what names are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "workbench"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def loaded_by(statement: str) -> set[str]:
    """Return the modules a fresh process has after a statement."""
    run = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    return set(run.stdout.split())


HEAVY = {"textual", "typer", "sqlmodel", "sqlalchemy", "torch", "whisper", "faster_whisper", "docx"}


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("import workbench.text.turns, workbench.text.spans", set()),
        ("import workbench.coding.codebook, workbench.shopping.scoring", set()),
        ("import workbench.transcription.job", set()),
        ("import workbench.reports.report", {"docx"}),
        (
            "import workbench.services.workspace, workbench.services.project",
            {"sqlmodel", "sqlalchemy"},
        ),
    ],
)
def test_rooms_load_only_what_they_need(statement: str, allowed: set[str]) -> None:
    assert (HEAVY - allowed) & loaded_by(statement) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_short_and_say_what_belongs_in_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = 300 if {"screens", "widgets"} & set(path.parts) else 400
    assert len(text.splitlines()) <= limit
    assert ast.get_docstring(ast.parse(text)), "a module says in one sentence what belongs in it"


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {path.stem for path in FILES} & {"utils", "helpers", "common", "misc", "manager"}
