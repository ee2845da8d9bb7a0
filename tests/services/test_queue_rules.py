"""The queue of transcriptions: its order, what is done to it, what survives, how long it may take."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from recognisers import InThread, Recogniser, recogniser, spoken, write_wav

from workbench.errors import InputError, ProjectError, TranscriptionError
from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft, SourceDraft
from workbench.models.kinds import SourceState
from workbench.services.orders import Order
from workbench.services.project import Project
from workbench.services.workspace import Workspace

__all__ = ["recogniser"]


@pytest.fixture
def three(project: Project, tmp_path: Path) -> Project:
    """A project with the recordings one, two and three."""
    for n, name in enumerate(("one", "two", "three"), 1):
        project.sources.add(write_wav(tmp_path / f"{name}.wav", tone=n), SourceDraft(title=name))
    return project


def order_of(project: Project) -> list[str]:
    return [job.title for job in project.queue.progress().waiting]


def states(project: Project) -> list[str]:
    return [card.state for card in project.sources.cards()]


def work_off(project: Project) -> list[str]:
    """Do what waits, as the front ends do it; return the titles in the order they were done."""
    done = []
    while (job := project.queue.next_job()) is not None:
        done.append(job.title)
        try:
            project.transcription.run_job(job.id)
        except TranscriptionError:
            continue
    return done


def test_recordings_wait_in_the_order_they_were_put_there(three: Project) -> None:
    for name in ("two", "one", "three"):
        assert three.queue.add(name).status == "queued"
    assert order_of(three) == ["two", "one", "three"]
    assert states(three) == ["queued"] * 3
    three.queue.add("two")
    assert order_of(three) == ["two", "one", "three"], "asking again costs nobody a place"


def test_a_higher_priority_has_its_turn_first(three: Project) -> None:
    three.queue.add("one")
    three.queue.add("two", Order(priority=5))
    three.queue.add("three")
    assert order_of(three) == ["two", "one", "three"]


@pytest.mark.parametrize(
    ("name", "where", "expected"),
    [
        ("three", "first", ["three", "one", "two"]),
        ("three", "up", ["one", "three", "two"]),
        ("one", "up", ["one", "two", "three"]),
        ("one", "down", ["two", "one", "three"]),
        ("one", "last", ["two", "three", "one"]),
        ("three", "down", ["one", "two", "three"]),
    ],
)
def test_a_waiting_recording_is_moved(
    three: Project, name: str, where: str, expected: list[str]
) -> None:
    for title in ("one", "two", "three"):
        three.queue.add(title)
    three.queue.move(name, where)
    assert order_of(three) == expected


def test_moving_again_and_again_keeps_every_order(three: Project) -> None:
    for title, priority in (("one", 3), ("two", 3), ("three", 0)):
        three.queue.add(title, Order(priority=priority))
    three.queue.move("three", "up")
    assert order_of(three) == ["one", "three", "two"]
    three.queue.move("one", "last")
    assert order_of(three) == ["three", "two", "one"]
    three.queue.move("two", "first")
    assert order_of(three) == ["two", "three", "one"]


def test_only_what_waits_is_moved(three: Project) -> None:
    three.queue.add("one")
    with pytest.raises(InputError) as caught:
        three.queue.move("two", "first")
    assert caught.value.code == "not-waiting"
    with pytest.raises(InputError) as caught:
        three.queue.move("one", "sideways")
    assert caught.value.code == "move-unknown"


def test_one_failure_does_not_stop_the_rest(three: Project, recogniser: Recogniser) -> None:
    with three.file.session() as session:
        media = session.exec(tables.Source.__table__.select()).all()
    recogniser.fails = {next(row.media_hash for row in media if row.title == "two")}
    for name in ("one", "two", "three"):
        three.queue.add(name)
    assert work_off(three) == ["one", "two", "three"]
    assert states(three) == ["ready", "failed", "ready"]
    failed = three.sources.cards()[1].job
    assert failed is not None
    assert failed.problem.startswith("It is damaged.")
    recogniser.fails.clear()
    three.queue.resume("two")
    assert work_off(three) == ["two"]
    assert states(three) == ["ready"] * 3


def test_a_paused_recording_lets_the_others_pass_and_keeps_its_place(
    three: Project, recogniser: Recogniser
) -> None:
    for name in ("one", "two", "three"):
        three.queue.add(name)
    three.queue.pause("one")
    assert order_of(three) == ["two", "three"]
    assert [job.title for job in three.queue.progress().paused] == ["one"]
    three.queue.resume("one")
    assert order_of(three) == ["one", "two", "three"]
    three.queue.pause("two")
    assert work_off(three) == ["one", "three"]
    assert states(three) == ["ready", "queued", "ready"]


@pytest.mark.parametrize(
    ("stop", "status", "state"),
    [
        ("pause", "paused", "queued"),
        ("cancel", "cancelled", "recorded"),
        ("all", "queued", "queued"),
    ],
)
def test_a_running_recording_is_stopped_and_goes_on_where_it_was(
    three: Project, recogniser: Recogniser, stop: str, status: str, state: str
) -> None:
    reached, go = threading.Event(), threading.Event()

    def halt(ordinal: int) -> None:
        if ordinal == 1 and not go.is_set():
            reached.set()
            go.wait(10)

    recogniser.before = halt
    job = three.queue.add("one")
    thread = InThread(lambda: three.transcription.run_job(job.id))
    assert reached.wait(10)
    if stop == "all":
        three.queue.stop_all()
    else:
        getattr(three.queue, stop)("one")
    go.set()
    thread.ended()
    card = three.sources.cards()[0]
    assert card.job is not None
    assert (card.job.status, card.state) == (status, state)
    assert card.job.done_ms == 10_000
    three.queue.add("one")
    three.transcription.run_job(job.id)
    assert recogniser.asked[-1].skip_windows == {0}
    assert three.sources.source("one").text.split() == [
        "word0",
        "said.",
        "word1",
        "said.",
        "word2",
        "said.",
    ]


def test_nothing_is_stopped_that_does_not_run(three: Project) -> None:
    for action in (three.queue.pause, three.queue.cancel):
        with pytest.raises(InputError) as caught:
            action("one")
        assert caught.value.code == "not-transcribing"
    with pytest.raises(InputError) as caught:
        three.queue.resume("one")
    assert caught.value.code == "nothing-to-resume"


def test_what_is_done_is_not_begun_again_by_resuming(
    three: Project, recogniser: Recogniser
) -> None:
    three.transcription.run("one")
    with pytest.raises(InputError) as caught:
        three.queue.resume("one")
    assert caught.value.code == "nothing-to-resume"


def test_a_second_run_of_the_same_recording_is_refused(
    three: Project, recogniser: Recogniser
) -> None:
    caught: list[str] = []

    def again(_ordinal: int) -> None:
        with pytest.raises(ProjectError) as refused:
            three.transcription.run("one")
        caught.append(refused.value.code)

    recogniser.before = again
    three.transcription.run("one")
    assert set(caught) == {"already-transcribing"}


def test_a_killed_program_leaves_its_recording_in_the_queue(
    three: Project, workspace: Workspace
) -> None:
    three.queue.add("one")
    three.queue.add("two")
    with three.file.transaction() as session:  # as a kill leaves it
        job = session.exec(tables.TranscriptionJob.__table__.select()).first()
        row = session.get(tables.TranscriptionJob, job.id)
        row.status, row.done_ms = "running", 10_000
        source = session.get(tables.Source, row.source_id)
        source.state = SourceState.TRANSCRIBING
        session.add_all([row, source])
    three.close()
    with workspace.open(three.slug) as again:
        assert order_of(again) == ["one", "two"], "what ran is the first to go on"
        assert states(again)[:2] == ["queued", "queued"]


def test_another_program_sees_the_queue(
    three: Project, workspace: Workspace, recogniser: Recogniser
) -> None:
    seen = []

    def look(ordinal: int) -> None:
        if ordinal == 1:
            with workspace.open(three.slug, write=False) as reader:
                seen.append(reader.queue.progress())

    recogniser.before = look
    three.queue.add("one")
    three.queue.add("two")
    work_off(three)
    assert seen[0].running is not None
    assert (seen[0].running.title, seen[0].running.done_ms) == ("one", 10_000)
    assert [job.title for job in seen[0].waiting] == ["two"]


def test_a_reader_cannot_change_the_queue(three: Project, workspace: Workspace) -> None:
    with (
        workspace.open(three.slug, write=False) as reader,
        pytest.raises(ProjectError) as caught,
    ):
        reader.queue.add("one")
    assert caught.value.code == "project-locked"


def test_no_time_is_promised_before_anything_was_measured(
    three: Project, recogniser: Recogniser
) -> None:
    for name in ("one", "two", "three"):
        three.queue.add(name)
    assert three.queue.progress().left_s is None
    during = []
    recogniser.before = lambda ordinal: during.append(three.queue.progress())
    three.transcription.run_job(three.queue.progress().waiting[0].id)
    assert during[0].left_s is None
    assert during[1].running_left_s == pytest.approx(2.0, abs=0.5)
    # two recordings of half a second wait, at ten seconds of sound a second
    assert during[1].left_s == pytest.approx(2.1, abs=0.5)
    assert during[2].left_s < during[1].left_s
    assert three.queue.progress().left_s is not None, "the speed is remembered"


def test_the_speed_of_another_model_or_machine_promises_nothing(
    three: Project, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.transcription.run("one")
    three.queue.add("two")
    assert three.queue.progress().left_s is not None
    three.queue.add("three", Order(model="large-v3"))
    assert three.queue.progress().left_s is None
    three.queue.cancel("three")
    monkeypatch.setattr("workbench.services.queue.machine_mark", lambda: "another")
    assert three.queue.progress().left_s is None


@pytest.mark.parametrize(
    "other",
    [
        Order(model="large-v3"),
        Order(engine="openai-whisper"),
        Order(language="ru"),
        Order(vocabulary="MoveFlow"),
        Order(speakers=1),
    ],
)
def test_another_order_begins_afresh_and_its_end_forgets_the_first(
    three: Project, recogniser: Recogniser, other: Order
) -> None:
    recogniser.gives = 2
    with pytest.raises(TranscriptionError) as caught:
        three.transcription.run("one", Order(language="en"))
    assert caught.value.code == "transcript-incomplete"
    assert states(three)[0] == "failed"
    assert three.sources.source("one").text == "", "half a transcript is none"
    recogniser.gives = None
    language = other.language or "en"
    fresh = Order(other.engine, other.model, language, other.vocabulary, other.speakers)
    three.transcription.run("one", fresh)
    assert recogniser.asked[-1].skip_windows == frozenset()
    with three.file.session() as session:
        windows = session.exec(tables.TranscriptionWindow.__table__.select()).all()
    assert len(windows) == 3


def test_another_number_of_speakers_goes_on_from_what_is_recognised(
    three: Project, recogniser: Recogniser
) -> None:
    recogniser.gives = 2
    with pytest.raises(TranscriptionError):
        three.transcription.run("one", Order(speakers=2))
    recogniser.gives = None
    job = three.transcription.run("one", Order(speakers=3))
    assert recogniser.asked[-1].skip_windows == {0, 1}
    assert (job.speakers, recogniser.asked[-1].speakers) == (3, 3)


def test_windows_of_another_cut_are_not_gone_on_with(
    three: Project, recogniser: Recogniser
) -> None:
    recogniser.gives = 1
    with pytest.raises(TranscriptionError):
        three.transcription.run("one")
    recogniser.gives = None
    with three.file.transaction() as session:
        row = session.exec(tables.TranscriptionWindow.__table__.select()).one()
        window = session.get(tables.TranscriptionWindow, row.id)
        window.end_ms += 500
        session.add(window)
    assert three.transcription.run("one").status == "done"
    assert [request.skip_windows for request in recogniser.asked[1:]] == [{0}, frozenset()]


def test_speakers_are_two_in_an_interview_and_unknown_in_a_focus_group(
    three: Project, recogniser: Recogniser
) -> None:
    three.sources.edit("two", kind="focus_group")
    assert three.queue.add("one").speakers == 2
    assert three.queue.add("two").speakers == 0
    assert three.queue.add("three", Order(speakers=4)).speakers == 4
    with pytest.raises(InputError) as caught:
        three.queue.add("three", Order(speakers=50))
    assert caught.value.code == "speakers-invalid"


def test_the_projects_names_reach_the_recogniser_before_those_of_the_order(
    three: Project, recogniser: Recogniser
) -> None:
    three.plan.set_vocabulary(["Альфа-Кредит", "MoveFlow"])
    three.transcription.run("one", Order(vocabulary="Sky, moveflow"))
    assert recogniser.asked[0].vocabulary == "Альфа-Кредит, MoveFlow, Sky"


def test_what_waits_takes_the_new_list_of_names_and_keeps_its_own(
    three: Project, recogniser: Recogniser
) -> None:
    three.plan.set_vocabulary(["Old"])
    three.queue.add("one", Order(vocabulary="Own"))
    three.plan.set_vocabulary(["New"])
    work_off(three)
    assert recogniser.asked[0].vocabulary == "New, Own"
    three.history.undo()
    assert three.plan.vocabulary() == ["Old"]


def test_a_coded_transcript_is_not_replaced_even_if_it_is_coded_meanwhile(
    three: Project, recogniser: Recogniser
) -> None:
    three.transcription.run("one")
    three.codebook.add(CodeDraft(name="A"))
    three.queue.add("one", Order(model="other"))

    def code(ordinal: int) -> None:
        if ordinal == 2:
            three.coding.apply(CodingDraft(source="one", start=0, end=5, code="A"))

    recogniser.before = code
    with pytest.raises(InputError) as caught:
        three.transcription.run("one", Order(model="other"))
    assert caught.value.code == "already-coded"
    source = three.sources.source("one")
    assert (source.card.state, source.transcribed_by) == ("ready", "fake model")
    assert source.text.startswith("word0")


def test_a_full_disk_fails_the_job_and_leaves_nothing_half(
    three: Project, recogniser: Recogniser
) -> None:
    def fill(ordinal: int) -> None:
        if ordinal == 1:
            limit(three, 0)

    recogniser.before = fill
    recogniser.say = lambda n: spoken(n, "word " * 20_000 if n == 1 else "word")
    with pytest.raises(ProjectError) as caught:
        three.transcription.run("one")
    assert caught.value.code == "disk-full"
    assert three.sources.source("one").text == ""
    limit(three, 1_000_000)
    three.queue.add("two")
    card = three.sources.cards()[0]
    assert card.state == "failed"
    assert card.job is not None
    assert card.job.problem
    assert card.job.done_ms == 10_000
    recogniser.before = lambda _ordinal: None
    three.queue.resume("one")
    assert work_off(three) == ["two", "one"]
    assert recogniser.asked[-1].skip_windows == {0}


def limit(project: Project, more: int) -> None:
    """Let the database grow by so many pages and no more, as a disk that fills up does."""
    with project.file.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


def test_a_recording_without_speech_is_ready_and_says_so(
    three: Project, recogniser: Recogniser
) -> None:
    recogniser.windows = 0
    three.transcription.run("one")
    source = three.sources.source("one")
    assert (source.card.state, source.card.words, source.text) == ("ready", 0, "")
    assert source.card.job is not None
    assert source.card.job.report["windows"] == 0


def test_a_missing_recording_fails_alone(three: Project, recogniser: Recogniser) -> None:
    three.queue.add("one")
    three.queue.add("two")
    three.sources.media_path("one").unlink()
    with pytest.raises(InputError):
        three.transcription.run_job(three.queue.next_job().id)
    assert work_off(three) == ["two"]
    assert states(three)[:2] == ["failed", "ready"]


def test_what_wants_an_ear_is_counted_in_places(three: Project, recogniser: Recogniser) -> None:
    recogniser.say = lambda n: spoken(n, probability=0.2 if n == 1 else 0.9)
    job = three.transcription.run("one")
    assert job.report["doubtful"] == 2
    assert three.queue.to_review("one") == 1, "words that follow each other are one place"
