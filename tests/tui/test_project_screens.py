from __future__ import annotations

import os
import pkgutil
from importlib import import_module

import pytest
from projects import add_text, add_visit, make_project, on_screen, program, shown, told, until
from textual.widgets import Input

import workbench.services
from workbench.models.drafts import BarrierDraft, CodeDraft, CodingDraft
from workbench.services.base import VERBS
from workbench.tui.app import import_all_screens
from workbench.tui.commands import REGISTRY
from workbench.tui.registry import SCREENS
from workbench.tui.widgets.cycle import Cycle, CycleStep, Entry
from workbench.tui.widgets.row_table import RowTable

MINE = tuple(
    f"{name}."
    for name in (
        *("project", "sample", "source", "transcription", "goal", "wave", "stage", "touchpoint"),
        *("person", "reading", "answer", "recommendation", "barrier", "location", "checklist"),
        *("visit", "report"),
    )
)


def coded_project(folder):
    project = make_project(folder)
    source = add_text(project, folder)
    text = project.sources.source(source).text
    start = text.index("waited")
    project.codebook.add(CodeDraft(name="Queue", kind="barrier"))
    project.coding.apply(CodingDraft(source=source, start=start, end=start + 18, code="Queue"))
    project.codebook.describe_barrier(
        "Queue", BarrierDraft(statement="An hour in spite of an appointment", hinders_loving=True)
    )
    add_visit(project, folder)
    project.close()
    return project


def test_each_verb_of_these_screens_has_a_command() -> None:
    import_all_screens()
    for module in pkgutil.iter_modules(workbench.services.__path__):
        import_module(f"workbench.services.{module.name}")

    offered = {command.verb for command in REGISTRY if command.verb}
    wanted = {verb for verb in VERBS if verb.startswith(MINE)}
    assert len(wanted) > 30
    assert wanted <= offered, wanted - offered
    assert {verb for verb in offered if verb.startswith(MINE)} <= set(VERBS), "no invented verbs"


def test_letters_of_the_screens_are_all_different() -> None:
    letters = [entry.letter for entry in SCREENS.values() if entry.letter]
    assert len(letters) == len(set(letters))


@pytest.fixture
async def bank(tmp_path):
    coded_project(tmp_path)
    app = program(tmp_path, "bank")
    async with app.run_test(size=(100, 32)) as pilot:
        await on_screen(pilot, "project")
        await until(pilot, lambda: app.screen.query_one(Cycle).steps)
        yield pilot


async def test_the_overview_counts_and_every_number_opens(bank) -> None:
    pilot, app = bank, bank.app
    assert "1 source" in shown(pilot)
    assert "1 barrier" in shown(pilot)
    assert "An hour in spite of an appointment" in shown(pilot)
    await pilot.press("down")
    assert app.screen.query_one(Cycle).entry.text == "1 source"
    await pilot.press("right", "enter")
    await on_screen(pilot, "shopping")
    await pilot.press("escape")
    await on_screen(pilot, "project")


async def test_a_question_is_answered_from_the_overview(bank) -> None:
    pilot, app = bank, bank.app
    for _step in range(12):
        await pilot.press("down")
        if app.focused.id == "answers":
            break
    await pilot.press("enter")
    await pilot.pause()
    assert "Why are my customers unhappy?" in shown(pilot)
    await pilot.press(*"They wait", "tab", "right", "ctrl+s")
    await until(pilot, lambda: "They wait" in shown(pilot))
    text, barrier = app.project.decisions.answers()["unhappy"]
    assert text == "They wait"
    assert barrier == app.project.codebook.code("Queue").id


async def test_the_title_changes_everywhere(bank) -> None:
    pilot, app = bank, bank.app
    await pilot.press("e")
    await pilot.pause()
    await pilot.press(*" of Kazan", "ctrl+s")
    await until(pilot, lambda: "Bank of Kazan" in shown(pilot))
    assert app.project_title == "Bank of Kazan"


async def fill_form(pilot, **values: str) -> None:
    from workbench.tui.widgets.fields import FieldRow

    await pilot.pause()
    for name, value in values.items():
        pilot.app.screen.query_one(f"#field-{name}", FieldRow).set_value(value)
    await pilot.pause()
    await pilot.press("ctrl+s")
    await pilot.pause()


async def open_list(pilot, name: str) -> RowTable:
    pilot.app.open_screen(name)
    await on_screen(pilot, name)
    await pilot.pause()
    return pilot.app.screen.query_one(RowTable)


async def test_a_goal_needs_a_number_and_a_date(bank) -> None:
    pilot, app = bank, bank.app
    table = await open_list(pilot, "goals")
    await pilot.press("a")
    await fill_form(pilot, name="More advice", metric="NPS", target="thirty", due="2027-06-30")
    assert "A number is needed here." in shown(pilot)
    await fill_form(pilot, target="30,5")
    assert [(goal.name, goal.target) for goal in app.project.plan.goals()] == [
        ("More advice", 30.5)
    ]
    assert table.row_count == 1
    await pilot.press("m")
    await on_screen(pilot, "metrics")
    await pilot.press("a")
    await fill_form(pilot, value="22", n="40")
    assert app.project.plan.goals()[0].latest == 22
    await pilot.press("escape")
    await on_screen(pilot, "goals")
    await pilot.press("delete", "y")
    await pilot.pause()
    assert app.project.plan.goals() == []


async def test_waves_people_and_the_journey(bank) -> None:
    pilot, app = bank, bank.app
    await open_list(pilot, "waves")
    await pilot.press("a")
    await fill_form(pilot, title="autumn", start="01.09.2026")
    assert [wave.title for wave in app.project.plan.waves()] == ["spring", "autumn"]
    await open_list(pilot, "people")
    await pilot.press("a")
    await fill_form(pilot, pseudonym="R07", attributes="city Kazan")
    assert "is not an attribute" in shown(pilot)
    await fill_form(pilot, attributes="city: Kazan\nage: 34")
    await pilot.press("enter")
    await fill_form(pilot, attributes="city: Samara")
    assert app.project.plan.people()[0].attributes == {"city": "Samara"}
    await open_list(pilot, "journey")
    await pilot.press("a")
    await fill_form(pilot, name="First Visit")
    await pilot.press("t")
    await fill_form(pilot, name="Desk", channel="branch")
    assert app.project.plan.stages()[0].touchpoints == (("desk", "Desk", "branch"),)


async def test_a_barrier_is_described_and_answered(bank) -> None:
    pilot, app = bank, bank.app
    await open_list(pilot, "barriers")
    await pilot.press("enter")
    await fill_form(pilot, statement="Queues", hinders_loving=False)
    assert "at least one" in shown(pilot), "a barrier that hinders nothing is refused"
    await fill_form(pilot, hinders_choosing=True, severity=5)
    assert app.project.codebook.barriers()[0].severity == 5
    await open_list(pilot, "recommendations")
    await pilot.press("a")
    await fill_form(pilot, title="Call back", barrier="Queue", impact=4, due="2026-12-01")
    view = app.project.decisions.recommendations()[0]
    assert (view.title, view.barriers, view.impact) == ("Call back", ("Queue",), 4)
    await pilot.press("e")
    await fill_form(pilot, owner_role="Head of service")
    assert app.project.decisions.recommendations()[0].barriers == ("Queue",)
    await pilot.press("delete", "y")
    await pilot.pause()
    assert app.project.decisions.recommendations() == []


async def test_a_location_taken_twice_is_said_in_the_form(bank) -> None:
    pilot = bank
    await open_list(pilot, "locations")
    await pilot.press("a")
    await fill_form(pilot, name="Lenina", key="lenina")
    assert "There is already a location" in shown(pilot)
    await fill_form(pilot, name="Mira 7", key="")
    assert "Mira 7" in shown(pilot)


async def test_a_report_is_built_and_said_where(bank, tmp_path) -> None:
    pilot, app = bank, bank.app
    await pilot.press("r")
    await on_screen(pilot, "report")
    await until(pilot, lambda: app.screen.query(Input))
    app.screen.row("own").set_value(str(tmp_path / "missing.docx"))
    await pilot.press("f9")
    await until(pilot, lambda: "Check the path" in shown(pilot))
    app.screen.row("own").set_value("")
    await pilot.press("k")
    await until(pilot, lambda: "The template is sound" in shown(pilot), seconds=60)
    await pilot.press("f9")
    await until(pilot, lambda: "✓ Built" in shown(pilot), seconds=60)
    assert "with 1 quote" in shown(pilot)
    built = app.project.reports.built()
    assert len(built) == 1
    assert built[0].stat().st_size > 10_000
    assert built[0].name in shown(pilot)


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="needs a folder that cannot be written"
)
async def test_a_report_that_cannot_be_written_says_so(bank, tmp_path) -> None:
    pilot, app = bank, bank.app
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    await pilot.press("r")
    await on_screen(pilot, "report")
    await until(pilot, lambda: app.screen.query(Input))
    app.screen.row("target").set_value(str(locked / "report.docx"))
    await pilot.press("f9")
    await until(pilot, lambda: "! " in shown(pilot), seconds=60)


@pytest.mark.parametrize("name", [n for n in SCREENS if n not in ("coding", "review", "settings")])
async def test_every_screen_fits_and_switches_language(tmp_path, name) -> None:
    coded_project(tmp_path)
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
        app.open_screen(name)
        await on_screen(pilot, name)
        await pilot.pause(0.2)
        assert app.focused is not None or name == "home"
        await pilot.press("f12")
        await until(pilot, lambda: " RU " in f" {shown(pilot)} " or name == "visit")
        await pilot.pause(0.2)
        lines = shown(pilot).splitlines()
        assert len(lines) == 24
        assert all(len(line) <= 80 for line in lines)
        assert "?" in lines[-1], "the help key is always there"
        await pilot.press("escape")
        await pilot.pause()
        assert told(pilot) == ""


def test_the_cursor_of_the_cycle_walks_as_it_is_seen() -> None:
    steps = (
        CycleStep(
            "a", "A", "done", (Entry("1", "x"), Entry("2", "x"), Entry("h", "x", is_hint=True))
        ),
        CycleStep("b", "B", "empty", (Entry("h", "x", is_hint=True),)),
    )
    cycle = Cycle()
    cycle.set_reactive(Cycle.steps, steps)
    assert cycle.rows(beside=False) == [[(0, 0), (0, 1)], [(0, 2)], [], [(1, 0)]]
    assert cycle.rows(beside=True) == [[(0, 0), (1, 0)], [(0, 1)], [(0, 2)]]
