"""Two programs on one project: the first one codes, the second one reads and is told who writes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from coding_project import CodingApp, make_project
from projects import until

from workbench.services.workspace import Workspace
from workbench.tui.widgets.shell import TopLine

COLLEAGUE = """
import sys
from pathlib import Path
from workbench.models.drafts import CodingDraft
from workbench.services.workspace import Workspace
with Workspace(Path(sys.argv[1]), coder="Boris").open(sys.argv[2]) as project:
    print("open", flush=True)
    sys.stdin.readline()
    source = project.sources.source("Interview 03")
    start = source.text.index("Forty")
    project.coding.apply(CodingDraft(source=source.card.id, start=start, end=start + 13, code="Waiting"))
    print("coded", flush=True)
    sys.stdin.readline()
print("closed", flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def colleague(folder):
    """Another process that has the project open for writing."""
    process = subprocess.Popen(
        [sys.executable, "-c", COLLEAGUE, str(folder.parent), folder.name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LOGNAME": "boris"},
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.stdin.close()
    process.wait(timeout=20)


def say(colleague, answer: str) -> None:
    colleague.stdin.write("\n")
    colleague.stdin.flush()
    assert colleague.stdout.readline() == f"{answer}\n"


async def test_the_second_one_reads_is_told_who_writes_and_may_write_afterwards(folder, colleague):
    reader = Workspace(folder.parent, coder="Anna").open(folder.name, or_read=True)
    app = CodingApp(reader)
    try:
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            before = app.codings()
            view = app.coding.view
            view.go(view.source.text.index("Frankly"))
            keys = ("c", "1", "r", "v", "x", "a", "plus", "0", "f", "m")
            for key in (*keys, "E", "B", "Y", "K", "V", "R", "ctrl+e", "u", "U"):
                app.clear_notifications()
                await pilot.press(key)
                assert app.screen is app.coding, key
                assert "boris" in app.notes()[-1], key
            assert app.codings() == before
            line = app.coding.query_one(TopLine).render().plain
            assert "reading only" in line
            say(colleague, "coded")

            def theirs() -> list[str]:
                return [c.coder for c in app.coding.source.index if c.text == "Forty minutes"]

            await pilot.pause(1.1)
            assert not theirs()
            app._look_for_pause()  # this app has no Home, where the looks begin
            await until(pilot, theirs)
            assert theirs() == ["Boris"], "what the other one codes is seen in the next pause"
            assert view.caret.offset == view.source.text.index("Frankly")
            assert len(app.codings()) == len(before) + 1
    finally:
        reader.close()
    say(colleague, "closed")
    with Workspace(folder.parent, coder="Anna").open(folder.name) as mine:
        assert not mine.read_only
