"""A real project in a workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.models.drafts import ProjectDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace

INTERVIEW = """Интервьюер: Что вы почувствовали в этот момент?
R01: Честно? Злость. Я думал, меня обманывают: на сайте одна ставка, в отделении другая.
Интервьюер: И что вы сделали?
R01: Мы ушли в другой банк [вздыхает], хотя ставка там была чуть выше.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "work", coder="Анна К.")


@pytest.fixture
def project(workspace: Workspace) -> Iterator[Project]:
    with workspace.create(ProjectDraft(title="Ипотека", language="ru")) as opened:
        yield opened


@pytest.fixture
def interview(project: Project, tmp_path: Path) -> str:
    """The identifier of a source with four turns."""
    path = tmp_path / "interview.txt"
    path.write_text(INTERVIEW, encoding="utf-8")
    return project.sources.add(path)[0].id
