"""A transcript is exported from the list of interviews."""

from __future__ import annotations

from projects import add_text, make_project, on_screen, program, shown, told, until

from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.form import DraftForm


async def test_a_transcript_is_exported_and_the_place_is_said(tmp_path) -> None:
    project = make_project(tmp_path)
    add_text(project, tmp_path)
    folder = project.folder / "exports"
    project.close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(120, 30)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("i")
        await on_screen(pilot, "interviews")
        await pilot.press("ц")  # w on a Russian layout
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        assert "Word, to read" in shown(pilot)
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: "Exported" in told(pilot))
        (made,) = folder.glob("*.txt")
        assert made.name in told(pilot).replace("\n", "")
        words = made.read_text(encoding="utf-8")
        assert "Anna: We waited" in words
        made.write_text("mine", encoding="utf-8")
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert made.read_text(encoding="utf-8") == "mine"
        await pilot.press("y")
        await until(pilot, lambda: made.read_text(encoding="utf-8") == words)


async def test_subtitles_of_a_text_without_times_are_refused_with_a_way_out(tmp_path) -> None:
    project = make_project(tmp_path)
    add_text(project, tmp_path)
    project.close()
    app = program(tmp_path, "bank")
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("i")
        await on_screen(pilot, "interviews")
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press("left", "left", "ctrl+s")  # from Word backwards: JSON, SubRip
        await until(pilot, lambda: "no times" in told(pilot))
