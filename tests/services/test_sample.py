"""Sample projects: complete, coded where there is text, safe to make twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import InputError, ProjectError
from workbench.models.drafts import CodeDraft
from workbench.services.sample import code_sample, create_sample, sample_for, sample_names
from workbench.services.workspace import Workspace


def test_each_language_has_a_sample() -> None:
    assert {sample_for("ru"), sample_for("en")} == set(sample_names())


@pytest.mark.parametrize("name", sample_names())
def test_sample_has_everything_a_demonstration_needs(workspace: Workspace, name: str) -> None:
    with create_sample(workspace, name) as project:
        kinds = [card.kind for card in project.sources.cards()]
        recordings = [card for card in project.sources.cards() if card.is_recording]
        assert len(recordings) >= 3
        assert all(90_000 <= card.duration_ms <= 240_000 for card in recordings)
        assert kinds.count("interview") >= 6
        assert kinds.count("review") >= 20
        assert len(project.shopping.visits()) >= 12
        assert len(project.plan.waves()) == 2
        locations = project.shopping.locations()
        assert len([place for place in locations if place.kind == "region"]) >= 2
        assert len([place for place in locations if place.kind == "branch"]) >= 4
        assert {code.kind for code in project.codebook.codes()} >= {"theme", "barrier", "strength"}
        assert project.decisions.recommendations()
        coded = code_sample(project)
        assert coded.applied > 50
        assert coded.waiting > 0  # the recordings are not transcribed
        assert coded.missing == ()
        again = code_sample(project)
        assert (again.applied, again.present) == (0, coded.applied)
        for quote in project.coding.quotes():
            assert (
                project.sources.source(quote.source_id).text[quote.start : quote.end] == quote.text
            )


def test_making_a_sample_twice_opens_the_first(workspace: Workspace) -> None:
    with create_sample(workspace, sample_names()[0]) as project:
        project.plan.edit(client="Changed")
    with create_sample(workspace, sample_names()[0]) as project:
        assert project.plan.project().client == "Changed"
    assert len(workspace.projects()) == 1


def test_undo_does_not_take_a_sample_apart(workspace: Workspace) -> None:
    with create_sample(workspace, sample_names()[0]) as project:
        with pytest.raises(ProjectError) as caught:
            project.history.undo()
        assert caught.value.code == "nothing-to-undo"
        project.codebook.add(CodeDraft(name="Mine"))
        assert project.history.undo().subject == "Mine"


def test_unknown_sample_names_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(InputError) as caught:
        create_sample(workspace, "nothing")
    assert sample_names()[0] in str(caught.value)


def test_broken_sample_leaves_no_half_project(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from workbench import locations

    folder = tmp_path / "samples"
    shutil.copytree(locations.sample_projects_folder(), folder)
    monkeypatch.setattr("workbench.services.sample.sample_projects_folder", lambda: folder)
    recording = next(folder.glob("*/recordings/*.ogg"))
    recording.write_bytes(b"OggS is not enough")
    name = recording.parent.parent.name
    with pytest.raises(Exception, match=recording.name):
        create_sample(workspace, name)
    assert workspace.projects() == []
