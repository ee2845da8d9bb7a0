"""What is made ready while the overview is looked at, and garbage that waits for a pause."""

from __future__ import annotations

import gc

import pytest
from coded_by_two import make
from projects import on_screen, program, told, until

from workbench.errors import InputError
from workbench.tui import garbage
from workbench.tui.coding import open_source


@pytest.mark.parametrize("removed", [False, True])
async def test_the_source_coded_last_is_read_and_a_trouble_is_not_told(
    tmp_path, monkeypatch, removed
) -> None:
    project = make(tmp_path)
    source = project.sources.cards()[0].id
    project.close()
    read = []

    def record(_project, name: str) -> None:
        read.append(name)
        if removed:
            raise InputError("not-found", "gone", "look elsewhere")

    monkeypatch.setattr(open_source, "OpenSource", record)
    app = program(project.folder.parent, "bank")
    app.state.remember("coding", "bank", "source", value=source)
    async with app.run_test(size=(120, 30)) as pilot:
        await on_screen(pilot, "project")
        await until(pilot, lambda: read)
        await pilot.pause(0.1)
        assert read == [source]
        assert not told(pilot)


@pytest.mark.parametrize(("looks", "collected"), [(0, 0), (4, 0), (5, 1), (60, 1)])
def test_a_pause_is_used_when_much_was_left_behind(monkeypatch, looks, collected) -> None:
    found = []
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, looks))
    monkeypatch.setattr(gc, "collect", lambda: found.append(True))
    garbage.use_pause()
    assert len(found) == collected


def test_python_looks_through_everything_rarely_while_the_interface_runs() -> None:
    before = gc.get_threshold()
    try:
        garbage.wait_for_pauses()
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] > before[2]
    finally:
        gc.set_threshold(*before)
