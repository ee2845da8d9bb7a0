"""Large screens and dialogs that were closed do not stay in memory."""

from __future__ import annotations

import gc
import weakref

from coded_by_two import code, make
from coding_project import CodingApp, make_project
from projects import on_screen, program, until

from workbench.services.workspace import Workspace


async def left(pilot) -> None:
    for _key in range(6):
        if pilot.app.screen.NAME == "project":
            return
        await pilot.press("escape")
        await pilot.pause()
    await on_screen(pilot, "project")


async def test_closed_screens_go_with_their_texts(tmp_path) -> None:
    project = make(tmp_path)
    code(project, "I was annoyed.", "Waiting")
    project.close()
    app = program(project.folder.parent, "bank")
    texts, screens = [], []
    async with app.run_test(size=(120, 30)) as pilot:
        await on_screen(pilot, "project")
        for _time in range(4):
            app.open_screen("coding", source="talk")
            await on_screen(pilot, "coding")
            await until(pilot, lambda: app.screen.source is not None)
            texts.append(weakref.ref(app.screen.source))
            screens.append(weakref.ref(app.screen))
            await left(pilot)
            app.open_screen("search", text="bank")
            await on_screen(pilot, "search")
            await until(pilot, lambda: app.screen.places)
            screens.append(weakref.ref(app.screen))
            await left(pilot)
        # They are looked for after every fourth that is left, counted from the start of the program and so from other
        # tests too: of the last four, two were transcripts, and the one just being left is still in use.
        assert sum(screen() is not None for screen in screens) <= 4
        assert sum(text() is not None for text in texts) <= 2


async def test_closed_dialogs_go_with_what_they_drew(tmp_path) -> None:
    folder = make_project(tmp_path)
    drawn = []
    with Workspace(folder.parent, coder="Anna").open(folder.name) as project:
        app = CodingApp(project)
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            for _time in range(3):
                await pilot.press("s", "c")
                await pilot.pause()
                widgets = [app.screen, *app.screen.query("#choices")]
                assert len(widgets) == 2
                drawn += [weakref.ref(widget._styles_cache) for widget in widgets]
                del widgets
                await pilot.press("escape", "escape")
                await pilot.pause()
            gc.collect()
            assert [lines() for lines in drawn] == [None] * 6
