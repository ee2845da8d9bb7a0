"""A sample project for each test, made once: real files, a real database, no recogniser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.services.project import Project
from workbench.services.sample import code_sample, create_sample
from workbench.services.workspace import Workspace

SAMPLE = "coffee_chain_en"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample, coded as far as it goes without transcribing, and one backup."""
    folder = tmp_path_factory.mktemp("faults") / "Workbench"
    with create_sample(Workspace(folder, coder="Anna"), SAMPLE) as project:
        code_sample(project)
        project.back_up()
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    """A copy of that workspace, for one test to break."""
    shutil.copytree(made, tmp_path / "Workbench")
    return Workspace(tmp_path / "Workbench", coder="Anna")


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    """The sample's project folder."""
    return workspace.folder / SAMPLE


@pytest.fixture
def project(workspace: Workspace) -> Iterator[Project]:
    """The sample, open for writing."""
    with workspace.open(SAMPLE) as opened:
        yield opened
