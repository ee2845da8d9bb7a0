"""The models in the interface: what is here, using, adding, checking, removing, and downloads that cannot happen."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from projects import on_screen, program, shown, told, until
from textual.widgets import Input

from workbench.settings import Settings
from workbench.tui.dialogs.add_model import AddModel
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.widgets.row_table import RowTable

sys.path.insert(0, str(Path(__file__).parents[1] / "transcription"))
from small_models import write_ctranslate2


@pytest.fixture(autouse=True)
def empty_caches(tmp_path, monkeypatch):
    """No models but those of this test."""
    from workbench.transcription import base_weights

    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr(base_weights, "_PARTS", ("no_such_package_1", "no_such_package_2"))


async def opened(pilot) -> RowTable:
    await on_screen(pilot, "home")
    pilot.app.open_screen("models")
    await on_screen(pilot, "models")
    table = pilot.app.screen.query_one(RowTable)
    await until(pilot, lambda: table.row_count)
    return table


async def standing_on(pilot, name: str) -> None:
    table = pilot.app.screen.query_one(RowTable)
    await until(pilot, lambda: table.find(name) is not None)
    table.cursor = table.find(name)
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_every_model_is_a_line_with_what_one_should_know(tmp_path, size) -> None:
    async with program(tmp_path).run_test(size=size) as pilot:
        await opened(pilot)
        text = shown(pilot)
        assert "This machine: cores" in text
        assert "★ recommended for Russian:" in text
        for name in ("turbo", "large-v3", "base", "tiny.en"):
            assert name in text
        await standing_on(pilot, "base")
        assert "A demonstration model" in shown(pilot)
        keys = pilot.app.screen.query_one("KeyLine").render().plain
        assert "Download" in keys
        assert "Use" not in keys, "it is not here"


async def test_a_model_that_is_not_here_is_not_taken(tmp_path) -> None:
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await standing_on(pilot, "turbo")
        await pilot.press("enter")
        await until(pilot, lambda: "turbo is not on this machine yet" in told(pilot))
        assert app.settings.model == "base"


async def test_a_model_is_added_used_checked_and_removed(tmp_path) -> None:
    folder = write_ctranslate2(tmp_path / "ours")
    app = program(tmp_path)
    app.settings = app.settings.model_copy(update={"engine": "openai-whisper"})
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("ф")  # the key a on a Russian layout
        await until(pilot, lambda: isinstance(app.screen, AddModel))
        line = app.screen.query_one("#field-path", None).query_one(Input)
        line.value = str(tmp_path / "nothing")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "There is no file or folder" in shown(pilot)
        line.value = str(folder)
        app.screen.query_one("#field-name", None).query_one(Input).value = "turbo"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "There is a model called turbo already" in shown(pilot)
        app.screen.query_one("#field-name", None).query_one(Input).value = "podlodka"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "podlodka is here" in told(pilot))
        await standing_on(pilot, "podlodka")
        assert "✓ added" in shown(pilot)

        await pilot.press("enter")
        await until(pilot, lambda: app.settings.model == "podlodka")
        assert app.settings.engine == "auto", "the engine chosen before cannot read it"
        assert Settings.load().model == "podlodka"
        await pilot.press("v")
        await until(pilot, lambda: "✓ podlodka is whole" in told(pilot))

        from workbench.transcription.model_store import find_added

        weights = find_added("podlodka").weights
        content = bytearray(weights.read_bytes())
        content[-10] ^= 255
        weights.write_bytes(content)
        await until(pilot, lambda: app.model_work.current is None)
        await pilot.press("v")
        await until(pilot, lambda: "have changed" in told(pilot))

        await standing_on(pilot, "podlodka")
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "podlodka is removed" in told(pilot))
        await until(pilot, lambda: app.screen.query_one(RowTable).find("podlodka") is None)


async def test_a_download_without_a_network_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await standing_on(pilot, "tiny")
        await pilot.press("d")
        await until(pilot, lambda: "Downloading tiny" in shown(pilot))
        await until(pilot, lambda: "its server cannot be reached" in told(pilot), seconds=60)
        assert app.model_work.current is None


async def test_work_goes_on_elsewhere_and_is_stopped(tmp_path) -> None:
    app = program(tmp_path)
    going = threading.Event()

    def work(came, stopped) -> str:
        done = 0
        while not stopped():
            done += 1
            going.set()
            came(done, 1000)
            threading.Event().wait(0.01)
        return "never"

    got: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.model_work.begin("Copying ours", work, got.append)
        await until(pilot, lambda: going.is_set() and "Copying ours" in shown(pilot))
        await pilot.press("escape")
        await on_screen(pilot, "home")
        assert app.model_work.current is not None
        app.open_screen("models")
        await on_screen(pilot, "models")
        await until(pilot, lambda: "Copying ours" in shown(pilot))
        assert "Stop" in app.screen.query_one("KeyLine").render().plain
        await pilot.press("x")
        await until(pilot, lambda: app.model_work.current is None)
    assert got in ([], ["never"])


async def test_the_program_ends_while_something_goes_on(tmp_path) -> None:
    app = program(tmp_path)
    ended = threading.Event()

    def work(_came, stopped) -> None:
        while not stopped():
            threading.Event().wait(0.01)
        ended.set()

    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "home")
        app.model_work.begin("Copying ours", work, lambda _nothing: None)
        await pilot.pause()
    assert ended.wait(5)


async def test_threads_and_device_are_preferences(tmp_path) -> None:
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "home")
        app.open_screen("settings")
        await on_screen(pilot, "settings")
        line = app.screen.query_one("#field-threads", None).query_one(Input)
        line.focus()
        line.value = "999"
        await pilot.press("enter")
        await pilot.pause()
        assert "at most 256" in shown(pilot)
        line.value = "3"
        await pilot.press("enter")
        await until(pilot, lambda: Settings.load().threads == 3)
        app.screen.query_one("#field-device", None).query_one("ChoiceEditor").focus()
        await pilot.press("right")
        await until(pilot, lambda: Settings.load().device == "cpu")
