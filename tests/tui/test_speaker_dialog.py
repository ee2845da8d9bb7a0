"""The dialog of voices: who is who, and counting them anew."""

from __future__ import annotations

from projects import make_project, on_screen, program, shown, until, write_wav
from two_voices import TALK, VERA, add_talk

from workbench.tui.dialogs.form import DraftForm

THREE = [*TALK, (VERA, "And I am her sister, I came along because of the cake they have.")]


async def test_voices_are_known_by_what_they_say_and_counted_anew(tmp_path) -> None:
    with make_project(tmp_path) as project:
        add_talk(project, write_wav(tmp_path / "talk.wav"), "Talk", THREE)
    app = program(tmp_path, "bank")
    async with app.run_test(size=(120, 30)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("i")
        await on_screen(pilot, "interviews")
        await pilot.press("s")
        await until(pilot, lambda: "Whose voice?" in shown(pilot))
        text = shown(pilot)
        assert "interviewer: “Hello and welcome. Which" in text
        assert " %" in text
        await pilot.press(*"count", "enter")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        assert "Count voices anew" in shown(pilot)
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, DraftForm))
        labels = [voice.label for voice in app.project.sources.source("1").speakers]
        assert labels == ["S1", "S2", "S3"]
        await pilot.press("s")
        await until(pilot, lambda: "And I am her sister" in shown(pilot))


async def test_a_text_offers_no_counting(tmp_path) -> None:
    with make_project(tmp_path) as project:
        path = tmp_path / "talk.txt"
        path.write_text("Interviewer: How was it?\nAnna: We waited.\n", encoding="utf-8")
        project.sources.add(path)
    app = program(tmp_path, "bank")
    async with app.run_test(size=(120, 30)) as pilot:
        await on_screen(pilot, "project")
        await pilot.press("i")
        await on_screen(pilot, "interviews")
        await pilot.press("s")
        await until(pilot, lambda: "Whose voice?" in shown(pilot))
        assert "Anna" in shown(pilot)
        assert "Count voices anew" not in shown(pilot)
        assert not app.screen_stack[-2].available("interviews.recount")
