"""Recognising one stretch again: the new words take the place of the old, speakers and quotes stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from transcript_project import Made, check, content, make, quote_rows, turn_rows

from workbench import locations
from workbench.errors import InputError
from workbench.models import tables
from workbench.models.drafts import SourceDraft
from workbench.services.project import Project
from workbench.text.spans import Span
from workbench.transcription import job
from workbench.transcription.engine import Segment, Word
from workbench.transcription.stretches import dealt, heard_words, stretch_of

SAID = [
    ("Как всё прошло?", "Интервьюер"),  # 0–1200 ms
    ("Мы долго ждали рога и капыта там.", "R1"),  # 3200–6000
    ("А дальше?", "Интервьюер"),  # 8000–8800
    ("Не вернёмся.", "R1"),  # 10800–11600
]
TEXT = "\n".join(words for words, _label in SAID)


def heard(*words: tuple[str, int, int], suspected: bool = False) -> Segment:
    return Segment(
        words[0][1],
        words[-1][2],
        " ".join(word for word, _start, _end in words),
        tuple(Word(start, end, f" {text}", 0.8) for text, start, end in words),
        suspected=suspected,
    )


class Recogniser:
    """Stands in for the child process: answers with prepared segments and keeps what it was asked."""

    def __init__(self) -> None:
        self.segments: tuple[Segment, ...] = ()
        self.asked: list[job.Request] = []
        self.cancelled = False

    def run(self, request, *, on_event, cancelled) -> job.Result:
        self.asked.append(request)
        if self.cancelled:
            return job.Result(None, 0.0, cancelled=True)
        on_event(job.Started("faster-whisper", "base", 20_000, (), "ru"))
        start, end = request.only
        on_event(job.BatchDone((job.WindowDone(0, start, end, self.segments),)))
        on_event(job.Finished("ru", 1.0))
        return job.Result("ru", 1.0)


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    stand_in = Recogniser()
    monkeypatch.setattr(job, "run", stand_in.run)
    return stand_in


@pytest.fixture
def made(project: Project) -> Made:
    places = ["долго ждали", "капыта", "рога и капыта там", "дальше", "вернёмся"]
    quotes = [(TEXT.index(words), TEXT.index(words) + len(words)) for words in places]
    found = make(project, SAID, quotes=quotes)
    media = project.folder / "media"
    (media / "abc.wav").write_bytes(b"sound")
    with project.file.transaction() as session:
        source = session.get(tables.Source, found.id)
        source.media_hash, source.media_suffix = "abc", ".wav"
        source.duration_ms = 20_000
        source.transcribed_by = "faster-whisper base"
        source.language = "ru"
        session.add(source)
        owner = session.get(tables.Project, source.project_id)
        owner.vocabulary = "Рога и Копыта\n\n Сбер \n"
        session.add(owner)
    return found


def quoted(project: Project, made: Made) -> list[str | None]:
    rows = quote_rows(project, made)
    return [rows[key].text if key in rows else None for key in made.quotes]


def said(project: Project, made: Made) -> list[str]:
    view = project.sources.source(made.id)
    return [view.text[turn.start : turn.end] for turn in view.turns]


def test_new_words_take_the_place_of_the_old(project, made, recogniser) -> None:
    recogniser.segments = (
        heard(("Рога", 4_420, 4_800), ("и", 4_800, 5_100), ("Копыта", 5_100, 5_580)),
    )
    before = content(project)
    events = []
    view = project.transcript.recognise(made.id, 4_400, 5_600, on_event=events.append)
    assert said(project, made)[1] == "Мы долго ждали Рога и Копыта там."
    assert [turn.speaker.label for turn in view.turns] == [label for _words, label in SAID]
    assert quoted(project, made) == [
        "долго ждали",
        "Копыта",
        "Рога и Копыта там",
        "дальше",
        "вернёмся",
    ]
    rows = turn_rows(project, made)[1].word_times
    assert rows[3:6] == [
        [15, 19, 4_420, 4_800, 0.8],
        [20, 21, 4_800, 5_100, 0.8],
        [22, 28, 5_100, 5_580, 0.8],
    ]
    assert rows[2][2:] == [4_000, 4_400, 0.9]
    quote = quote_rows(project, made)[made.quotes[1]]
    assert (quote.start_ms, quote.end_ms) == (5_100, 5_580)
    check(project, made)
    assert len(events) == 3
    after = content(project)
    entry = project.history.undo()
    assert entry.verb == "transcript.recognise"
    assert content(project) == before
    project.history.redo()
    assert content(project) == after


def test_what_the_recogniser_is_asked(project, made, recogniser) -> None:
    recogniser.segments = (heard(("рога", 4_400, 4_800)),)
    project.transcript.recognise(made.id, 4_400, 4_800)
    project.transcript.recognise(
        made.id, 4_400, 4_800, model="large-v3", engine="openai-whisper", language="en"
    )
    first, second = recogniser.asked
    assert (first.engine, first.model, first.language) == ("faster-whisper", "base", "ru")
    assert first.vocabulary == "Рога и Копыта, Сбер"
    assert first.only == (4_400, 4_800)
    assert first.path == project.folder / "media" / "abc.wav"
    assert (second.engine, second.model, second.language) == ("openai-whisper", "large-v3", "en")


def test_a_stretch_over_several_turns_leaves_each_its_speaker(project, made, recogniser) -> None:
    recogniser.segments = (
        heard(("копыта", 5_200, 5_600), ("тут.", 5_600, 6_000)),
        heard(("А", 8_000, 8_300), ("что", 8_300, 8_500), ("дальше?", 8_500, 8_900)),
    )
    project.transcript.recognise(made.id, 5_200, 9_000)
    assert said(project, made) == [
        SAID[0][0],
        "Мы долго ждали рога и копыта тут.",
        "А что дальше?",
        SAID[3][0],
    ]
    assert quoted(project, made)[1:4] == ["копыта", "рога и копыта тут", "дальше"]
    turns = turn_rows(project, made)
    assert (turns[2].start_ms, turns[2].end_ms) == (8_000, 8_900)
    check(project, made)


def test_words_where_none_stood(project, made, recogniser) -> None:
    recogniser.segments = (heard(("Хорошо,", 6_500, 6_900), ("спасибо.", 6_900, 7_300)),)
    view = project.transcript.recognise(made.id, 6_400, 7_500)
    assert said(project, made)[2] == "Хорошо, спасибо."
    assert view.turns[2].speaker is None
    assert (view.turns[2].start_ms, view.turns[2].end_ms) == (6_500, 7_300)
    assert quoted(project, made)[3:] == ["дальше", "вернёмся"]
    check(project, made)
    project.history.undo()
    assert said(project, made) == [words for words, _label in SAID]


def test_a_suspected_turn_that_is_heard_anew_is_cleared(project, made, recogniser) -> None:
    project.transcript.mark_suspected(made.id, 3, True)
    recogniser.segments = (heard(("Не", 10_800, 11_100), ("вернёмся!", 11_100, 11_500)),)
    view = project.transcript.recognise(made.id, 10_700, 11_700)
    assert not view.turns[3].suspected
    assert quoted(project, made)[4] == "вернёмся"


def test_nothing_heard_changes_nothing(project, made, recogniser) -> None:
    before = content(project)
    for segments in ((), (heard(("Субтитры", 4_400, 5_000), suspected=True),)):
        recogniser.segments = segments
        with pytest.raises(InputError) as caught:
            project.transcript.recognise(made.id, 4_400, 5_600)
        assert caught.value.code == "nothing-recognised"
        assert content(project) == before
    recogniser.cancelled = True
    project.transcript.recognise(made.id, 4_400, 5_600)
    assert content(project) == before
    assert project.history.entries() == []


def test_quotes_are_kept_from_harm(project, made, recogniser) -> None:
    recogniser.segments = (heard(("ага", 4_420, 4_600)),)
    before = content(project)
    with pytest.raises(InputError) as caught:
        project.transcript.recognise(made.id, 4_400, 6_000)
    assert caught.value.code == "quotes-lost"
    assert content(project) == before
    project.transcript.recognise(made.id, 4_400, 6_000, force=True)
    assert said(project, made)[1] == "Мы долго ждали ага"
    check(project, made)


@pytest.mark.parametrize("stretch", [(5, 5), (9, 3), (-5, 10), (30_000, 40_000)])
def test_a_stretch_that_is_none(project, made, recogniser, stretch) -> None:
    with pytest.raises(InputError) as caught:
        project.transcript.recognise(made.id, *stretch)
    assert caught.value.code == "stretch-invalid"
    assert recogniser.asked == []


def test_refusals_before_anything_runs(project, made, recogniser, interview) -> None:
    with pytest.raises(InputError) as caught:
        project.transcript.recognise(interview, 0, 1_000)
    assert caught.value.code == "no-recording"
    with pytest.raises(InputError) as caught:
        project.transcript.recognise(made.id, 0, 1_000, language="klingon")
    assert caught.value.code == "language-unknown"
    with project.file.transaction() as session:
        session.get(tables.Source, made.id).state = "transcribing"
    with pytest.raises(InputError) as caught:
        project.transcript.recognise(made.id, 0, 1_000)
    assert caught.value.code == "source-transcribing"
    (project.folder / "media" / "abc.wav").unlink()
    with pytest.raises(InputError) as caught:
        project.transcript.recognise(made.id, 0, 1_000)
    assert caught.value.code == "recording-missing"
    assert recogniser.asked == []


def test_typed_turns_share_their_time_evenly() -> None:
    found = stretch_of("один два, три", [], (0, 1_200), (350, 900))
    assert found is not None
    assert found.span == Span(5, 9)
    assert stretch_of("один два", [], (None, None), (0, 100)) is None
    whole = stretch_of("раз два", [[0, 7, 0, 700, 1.0]], (0, 700), (400, 700))
    assert whole is not None
    assert whole.span == Span(4, 7)


def test_words_go_to_the_turn_they_were_said_in() -> None:
    first = stretch_of("раз", [[0, 3, 0, 400, 1.0]], (0, 400), (0, 2_000))
    second = stretch_of("два", [[0, 3, 1_000, 1_400, 1.0]], (1_000, 1_400), (0, 2_000))
    assert first is not None
    assert second is not None
    words = heard_words(
        [heard(("а", 0, 300), ("б", 600, 700), ("в", 800, 900), ("г", 1_300, 1_500))]
    )
    assert [[word.text for word in hand] for hand in dealt(words, [first, second])] == [
        ["а", "б"],
        ["в", "г"],
    ]


@pytest.mark.model
@pytest.mark.slow
def test_a_real_stretch_is_recognised_again(project: Project, tmp_path: Path) -> None:
    """The real recogniser hears the middle of a sample again; what was wrong there is right afterwards."""
    sample = locations.sample_projects_folder() / "coffee_chain_en" / "recordings"
    project.sources.add(sample / "interview_03.ogg", SourceDraft(title="Interview", language="en"))
    turns = [("This is what somebody typed before.", "S1"), ("And this stands behind it.", "S2")]
    made = make(project, turns, title="Typed")
    recording, rows = project.sources.source("Interview").card.id, turn_rows(project, made)
    with project.file.transaction() as session:
        recorded = session.get(tables.Source, recording)
        typed = session.get(tables.Source, made.id)
        for name in ("media_hash", "media_suffix", "duration_ms", "language"):
            setattr(typed, name, getattr(recorded, name))
        session.add(typed)
        for row, (start, end) in zip(rows, [(0, 9_000), (60_000, 62_000)], strict=True):
            mine = session.merge(row)
            mine.start_ms, mine.end_ms, mine.word_times = start, end, []
            session.add(mine)
    view = project.transcript.recognise(made.id, 0, 9_000, model="base", engine="faster-whisper")
    heard_now = view.text[: view.turns[0].end]
    assert "typed" not in heard_now
    assert len(heard_now.split()) > 5
    assert view.turns[0].speaker.label == "S1"
    assert view.text.endswith("And this stands behind it.")
    check(project, made)
