"""The workspace: projects made, listed, found, restored, destroyed; what is wrong is said."""

from __future__ import annotations

import pytest

from workbench.errors import InputError, ProjectError
from workbench.models.drafts import GoalDraft, ProjectDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace


def test_titles_become_folders_and_are_found_again(workspace: Workspace) -> None:
    workspace.create(ProjectDraft(title="Ипотека: «Волга»")).close()
    workspace.create(ProjectDraft(title="Ипотека: «Волга»")).close()
    assert {card.slug for card in workspace.projects()} == {"ipoteka-volga", "ipoteka-volga-2"}
    assert workspace.find("Ипотека: «Волга»").name.startswith("ipoteka-volga")
    with pytest.raises(ProjectError) as caught:
        workspace.open("нет такого")
    assert caught.value.code == "project-missing"


def test_damaged_project_is_listed_with_its_trouble(workspace: Workspace) -> None:
    workspace.create(ProjectDraft(title="Good")).close()
    workspace.create(ProjectDraft(title="Bad")).close()
    (workspace.folder / "bad" / "project.db").write_bytes(b"rubbish" * 1000)
    problems = {card.slug: card.problem for card in workspace.projects()}
    assert not problems["good"]
    assert "workbench project restore" in problems["bad"]


def test_damaged_project_is_restored_from_its_backup(workspace: Workspace) -> None:
    with workspace.create(ProjectDraft(title="Study")) as project:
        project.plan.edit(client="Bank")
        project.back_up()
    (workspace.folder / "study" / "project.db").write_bytes(b"")
    with pytest.raises(ProjectError):
        workspace.open("study")
    kept = workspace.restore("study")
    assert kept.is_file()
    with workspace.open("study") as project:
        assert project.plan.project().client == "Bank"


def test_open_project_is_not_destroyed(workspace: Workspace) -> None:
    project = workspace.create(ProjectDraft(title="Study"))
    with pytest.raises(ProjectError) as caught:
        workspace.delete("study")
    assert caught.value.code == "project-locked"
    project.close()
    workspace.delete("study")
    assert workspace.projects() == []


def test_goal_without_number_or_date_is_refused(project: Project) -> None:
    for missing in ("target", "due"):
        values = {"name": "NPS", "metric": "NPS", "target": "40", "due": "2026-12-31"}
        del values[missing]
        with pytest.raises(InputError) as caught:
            GoalDraft.read(values)
        assert missing in str(caught.value)
    project.plan.add_goal(
        GoalDraft.read({"name": "NPS", "metric": "NPS", "target": "40", "due": "2026-12-31"})
    )
    assert project.plan.goals()[0].target == 40


def test_overview_says_the_next_step_of_an_empty_project(project: Project) -> None:
    steps = {step.name: step for step in project.insight.overview().steps}
    assert list(steps) == ["goals", "data", "analysis", "decisions", "monitoring"]
    assert steps["goals"].hints[0][0] == "goals-none"
    assert all(step.state == "empty" for step in steps.values())
