from __future__ import annotations

import pytest
from coding_project import CodingApp
from coding_project import make_project as make_coded
from projects import add_text, make_project, on_screen, program, shown, told, until

from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.tui.coding.session_goal import goal_text


async def progress(pilot):
    await on_screen(pilot, "project")
    await pilot.press("g", "x")
    await on_screen(pilot, "progress")
    await until(pilot, lambda: pilot.app.screen.table.row_count)
    return pilot.app.screen


async def test_a_source_goes_on_at_its_next_uncoded_words(tmp_path) -> None:
    project = make_project(tmp_path)
    first, second = add_text(project, tmp_path, "one"), add_text(project, tmp_path, "two")
    project.codebook.add(CodeDraft(name="A"))
    text = project.sources.source(second).text
    end = text.index("waited") + len("waited")
    project.coding.apply(CodingDraft(source=second, start=0, end=end, code="A"))
    project.close()
    async with program(tmp_path, "bank").run_test(size=(140, 40)) as pilot:
        screen = await progress(pilot)
        assert "not known yet" in shown(pilot)
        assert "Time left" not in shown(pilot), "no column for what nobody knows"
        assert screen.table.current.key == first
        await pilot.press("down", "enter")
        await on_screen(pilot, "coding")
        coding = pilot.app.screen
        assert coding.open_source().id == second
        assert coding.view.caret.offset == end + 1
        await pilot.press("escape")
        await on_screen(pilot, "progress")


async def test_n_goes_to_the_next_source_with_words_left(tmp_path) -> None:
    project = make_project(tmp_path)
    names = [add_text(project, tmp_path, name) for name in ("one", "two", "three")]
    project.codebook.add(CodeDraft(name="A"))
    length = len(project.sources.source(names[1]).text)
    project.coding.apply(CodingDraft(source=names[1], start=0, end=length, code="A"))
    project.close()
    async with program(tmp_path, "bank").run_test(size=(100, 30)) as pilot:
        screen = await progress(pilot)
        await pilot.press("n")
        assert screen.table.current.key == names[2]
        await pilot.press("up", "enter")
        await on_screen(pilot, "coding")
        assert "Everything is coded" in told(pilot)


async def test_m_counts_ones_own_codings_only(tmp_path) -> None:
    project = make_project(tmp_path)
    source = add_text(project, tmp_path)
    project.close()
    with Workspace(tmp_path, coder="Boris").open("bank") as other:
        other.codebook.add(CodeDraft(name="A"))
        other.coding.apply(CodingDraft(source=source, start=0, end=30, code="A"))
    async with program(tmp_path, "bank").run_test(size=(100, 30)) as pilot:
        screen = await progress(pilot)
        assert "everybody's codings" in shown(pilot)
        assert screen._found.sources[0].quotes == 1
        await pilot.press("m")
        await until(pilot, lambda: screen._found.sources[0].quotes == 0)
        assert "your codings" in shown(pilot)


def test_a_goal_is_shown_only_to_those_who_set_one(tmp_path) -> None:
    project = make_project(tmp_path)
    source = add_text(project, tmp_path)
    assert goal_text(project, Settings()) == ""
    goal = Settings(session_goal="quotes", session_goal_size=30)
    assert goal_text(project, goal) == "0 of 30"
    project.codebook.add(CodeDraft(name="A"))
    project.coding.apply(CodingDraft(source=source, start=0, end=30, code="A"))
    assert goal_text(project, goal) == "1 of 30"
    minutes = Settings(session_goal="minutes", session_goal_size=45)
    assert goal_text(project, minutes) == "0 of 45 min"
    project.close()


@pytest.mark.parametrize("goal", ["off", "quotes"])
async def test_the_coding_screen_shows_the_goal_quietly(tmp_path, goal) -> None:
    folder = make_coded(tmp_path)
    with Workspace(folder.parent, coder="Anna").open(folder.name) as project:
        app = CodingApp(project)
        app.settings = app.settings.model_copy(
            update={"session_goal": goal, "session_goal_size": 12}
        )
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            assert ("0 of 12" in shown(pilot)) == (goal == "quotes")
            if goal == "quotes":
                await pilot.press("n", "s", "r")
                await until(pilot, lambda: "1 of 12" in shown(pilot))
