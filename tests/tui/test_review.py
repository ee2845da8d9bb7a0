"""The review screen on a real project: each command does what it says, to the database and to the eye."""

from __future__ import annotations

import importlib.util
import shutil
import threading

import pytest
from projects import until
from review_project import ReviewApp, make_project
from textual.widgets import Input, TextArea

from workbench.services.workspace import Workspace
from workbench.transcription.engine import Segment, Word
from workbench.transcription.job import BatchDone, Progress, Result, WindowDone
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.form import DraftForm
from workbench.tui.dialogs.pick import PickDialog
from workbench.tui.dialogs.places import PlacesDialog
from workbench.tui.dialogs.replace_words import ReplaceWords
from workbench.tui.dialogs.turn_editor import TurnEditor
from workbench.tui.screens.coding import CodingScreen
from workbench.tui.screens.review import ReviewScreen
from workbench.tui.widgets.review_line import ReviewLine
from workbench.tui.widgets.row_table import RowTable
from workbench.tui.widgets.shell import KeyLine, TopLine

SIZE = (120, 30)
needs_library = pytest.mark.skipif(
    importlib.util.find_spec("miniaudio") is None, reason="needs the extra audio"
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("template"))


@pytest.fixture
def project(template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "workspace" / template.name)
    opened = Workspace(folder.parent, coder="Anna").open(folder.name)
    yield opened
    opened.close()


@pytest.fixture
def app(project, monkeypatch):
    monkeypatch.setattr(ReviewScreen, "backends", ("NULL",))
    monkeypatch.setattr(CodingScreen, "backends", ("NULL",))
    return ReviewApp(project)


def line(app, kind) -> str:
    return app.review.query_one(kind).render().plain


async def test_it_shows_times_speakers_pauses_and_what_was_perhaps_not_said(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        rows = app.rows()
        assert rows[0].startswith(" 00:00:01  I  What did you think of mooflow then?")
        assert "mooflow was (2\u00a0s) slow." in rows[1]
        assert rows[2].endswith("Subtitles by DimaTorzok !\u00a0perhaps\u00a0not\u00a0said")
        assert "(2 s)" not in app.text()
        assert "4 doubtful" in line(app, TopLine)
        assert "1 I   2 R" in line(app, ReviewLine)
        await pilot.press("p")
        assert "was slow." in app.rows()[1]
        await pilot.press("i")
        assert app.rows()[0].startswith(" I  What did")
        await pilot.press("v")
        assert "Well, mooflow was slow." in app.rows()[1]
        assert "And the branch?" in app.rows()[4]
        assert "Well, uh, mooflow" in app.text()
        await pilot.press("h")
        assert "2 turns hidden" in app.rows()[2]


async def test_how_one_looks_is_remembered(app, project):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("з", "ш", "м")  # p, i and v on a Russian layout
    again = ReviewApp(project)
    async with again.run_test(size=SIZE) as pilot:
        await pilot.pause()
        look = again.review.view.look
        assert (look.pauses, look.times, look.clean, look.suspected) == (False, False, True, True)


async def test_the_cursor_passes_what_a_clean_reading_leaves_out(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("v")
        app.go("Well, uh", behind=4)
        view = app.review.view
        stood = []
        for _step in range(4):
            stood.append(view.source.text[view.caret.offset])
            await pilot.press("right")
        assert "".join(stood) == ", mo"


async def test_doubtful_places_are_walked_accepted_and_end(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("n")
        said = line(app, ReviewLine)
        assert "“mooflow”" in said
        assert "21 %" in said
        assert "heard 3 times" in said
        assert "1 of 4" in said
        await pilot.press("т", "enter")  # n: the second one
        assert len(app.review.source.doubts) == 3
        assert "2 of 3" in line(app, ReviewLine)
        await pilot.press("N")
        assert "1 of 3" in line(app, ReviewLine)
        await pilot.press("enter", "enter", "enter")
        await until(pilot, lambda: app.review.source.doubts == ())
        assert app.notes()[-1] == "That was the last doubtful place."
        await pilot.press("u")
        assert len(app.review.source.doubts) == 1
        assert app.project.transcript.doubtful("1")[0].text == app.review.source.doubts[0].of(
            app.text()
        )


async def test_a_word_is_replaced_everywhere_after_its_places_were_shown(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("n", "к")  # r
        assert isinstance(app.screen, ReplaceWords)
        assert "3 places" in app.screen.query_one("#count").render().plain
        table = app.screen.query_one(RowTable)
        shown = [row.cells[1].plain for row in table.source.rows(0, 9)]
        assert all("mooflow" in row for row in shown)
        assert app.screen.query_one(Input).value == "mooflow"
        await pilot.press(*"MoveFlow", "enter")
        await pilot.pause()
        assert app.text().count("MoveFlow") == 3
        assert "mooflow" not in app.text()
        assert app.notes() == ["Replaced at 3 places."]
        assert app.quotes() == ["We waited"]
        await pilot.press("г")  # u
        assert app.text().count("mooflow") == 3


async def test_a_word_is_corrected_here_only(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("n", "с")  # c
        assert isinstance(app.screen, ReplaceWords)
        await pilot.press(*"MoveFlow", "enter")
        await pilot.pause()
        assert app.text().startswith("What did you think of MoveFlow then?")
        assert app.text().count("mooflow") == 2


async def test_a_turn_is_edited_and_its_quote_stays_on_its_words(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("Well, uh")
        await pilot.press("у")  # e
        assert isinstance(app.screen, TurnEditor)
        area = app.screen.query_one(TextArea)
        assert area.text.startswith("Well, uh, mooflow")
        await pilot.press(*"Oh ")
        await pilot.press("escape")
        assert isinstance(app.screen, Confirm), "what was typed is not lost by one key"
        await pilot.press("n")
        assert isinstance(app.screen, TurnEditor)
        await pilot.press("enter")
        await pilot.pause()
        assert "Oh Well, uh, mooflow was slow." in app.text()
        assert app.quotes() == ["We waited"]
        await pilot.press("e", "escape")
        assert app.screen is app.review


async def test_an_edit_that_costs_a_quote_its_words_asks_first(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("We waited")
        await pilot.press("e", "ctrl+a")
        area = app.screen.query_one(TextArea)
        area.text = "Slow."
        await pilot.press("enter")
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        assert "We waited" in app.text()
        await pilot.press("e")
        app.screen.query_one(TextArea).text = "Slow."
        await pilot.press("enter", "y")
        await pilot.pause()
        assert "We waited" not in app.text()
        assert app.quotes() == []
        await pilot.press("u")
        assert app.quotes() == ["We waited"]


async def test_turns_are_cut_and_joined(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("We waited")
        await pilot.press("ы")  # s
        assert ("R", "We waited for mooflow an hour.") in app.turns()
        assert app.review.source.turn_at(app.review.view.caret.offset).ordinal == 2
        await pilot.press("up", "ь")  # m
        assert len(app.turns()) == 6
        assert app.quotes() == ["We waited"]
        app.go("Nobody")
        await pilot.press("m")
        assert "No turn follows this one." in app.notes()[-1]


async def test_digits_say_who_speaks_and_go_on(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("What did")
        await pilot.press("2", "1", "3")
        assert [label for label, _words in app.turns()][:3] == ["R", "I", "S3"]
        assert "S3" in app.notes()[-1]
        assert app.review.source.turn_at(app.review.view.caret.offset).ordinal == 3
        app.go("What did")
        await pilot.press("shift+down", "shift+down", "3")
        assert [label for label, _words in app.turns()][:3] == ["S3", "S3", "S3"]
        await pilot.press("u")
        assert [label for label, _words in app.turns()][:3] == ["R", "I", "S3"]


async def test_two_speakers_alternate_without_a_question(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("Subtitles")
        await pilot.press("ф")  # a: a turn of nobody goes on after the turn before it
        assert [label for label, _words in app.turns()] == ["I", "R", "I", "R", "I", "R"]
        assert app.notes()[-1] == "4 turns given in turn."
        app.go("And the the")
        await pilot.press("3")
        app.go("What did")
        await pilot.press("a")
        assert isinstance(app.screen, PickDialog), "with three voices it asks which other one"


async def test_a_turn_gets_other_times(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("Nobody")
        before = app.project.sources.source("1").turns[5]
        await pilot.press("е")  # t
        assert isinstance(app.screen, DraftForm)
        fields = [field.value for field in app.screen.query(Input)]
        assert fields[0].startswith("00:00:1")
        await pilot.press(*["backspace"] * 12, *"soon", "ctrl+s")
        assert "“soon” is not a time." in str(
            app.screen.query_one("#field-start").query(".trouble").first().render()
        )
        await pilot.press(*["backspace"] * 12, *"0:14,5", "ctrl+s")
        await until(pilot, lambda: app.screen is app.review)
        after = app.project.sources.source("1").turns[5]
        assert (after.start_ms, after.end_ms) == (14_500, before.end_ms // 100 * 100)
        assert "00:00:14" in app.rows()[5]


async def test_a_turn_is_marked_and_unmarked_as_perhaps_never_said(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("Subtitles")
        await pilot.pause()
        assert "Perhaps never said" in line(app, ReviewLine)
        await pilot.press("ч")  # x
        assert [t.suspected for t in app.project.sources.source("1").turns][2:4] == [False, True]
        await pilot.press("x")
        assert [t.suspected for t in app.project.sources.source("1").turns][2:4] == [True, True]


async def test_the_list_leads_to_every_place(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("д")  # l
        assert isinstance(app.screen, PlacesDialog)
        rows = app.screen.query_one(RowTable).source.rows(0, 99)
        assert [row.cells[2] for row in rows] == [
            "doubtful, 21 %", "doubtful, 21 %", "doubtful, 21 %", "perhaps not said",
            "perhaps not said", "doubtful, 33 %",
        ]  # fmt: skip
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "“branch”" in line(app, ReviewLine)


async def test_search_walks_and_ends(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"mooflow", "enter", "n")
        assert "2 of 3" in line(app, ReviewLine)
        await pilot.press("escape", "n")
        assert "of 4" in line(app, ReviewLine)


async def test_to_coding_and_back_is_the_same_place(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("Nobody")
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, CodingScreen))
        coding = app.screen
        assert coding.view.source.text[coding.view.caret.offset :].startswith("Nobody")
        app.screen.view.go(coding.view.source.text.index("We waited"))
        await pilot.press("д")  # l
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await pilot.pause()
        view = app.screen.view
        assert view.source.text[view.caret.offset :].startswith("We waited")


async def test_hidden_turns_cannot_be_coded_and_do_not_count(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, CodingScreen))
        await pilot.pause()
        coding, text = app.screen, app.text()
        rows = ["".join(s.text for s in coding.view.render_line(y)) for y in range(6)]
        assert "— 2 turns hidden" in "".join(rows)
        assert "DimaTorzok" not in "".join(rows)
        assert "And the the branch?" in "".join(rows)
        view = coding.view
        view.go(text.index("Subtitles"))
        await pilot.press("c")
        assert app.screen is coding
        assert "hidden" in app.notes()[-1]
        view.go(text.index("DimaTorzok"))
        assert view.caret.offset == text.index("Subtitles"), "no way into the hidden words"
        view.go(text.index("hour."))
        await pilot.press("t", "t", "t", "1")
        assert "hidden" in app.notes()[-1]
        assert len(app.quotes()) == 1
        hidden = len("Subtitles by DimaTorzok") + len("Thanks for watching")
        assert coding.source.coded_share == pytest.approx(9 / (len(text) - hidden))
        card = app.project.sources.cards()[0]
        assert card.coded_share == pytest.approx(coding.source.coded_share)
        await pilot.press("escape", "р")  # h
        rows = ["".join(s.text for s in coding.view.render_line(y)) for y in range(6)]
        assert "Subtitles by DimaTorzok" in "".join(rows)
        view.go(text.index("Subtitles"))
        await pilot.press("1")
        assert len(app.quotes()) == 2
        await pilot.press("h")
        rows = ["".join(s.text for s in coding.view.render_line(y)) for y in range(6)]
        assert "Subtitles by DimaTorzok" in "".join(rows), "a person coded it, so it stays"
        assert "— 1 turn hidden" in "".join(rows)


class Recogniser:
    """Stands where the child process does, whose words would be another model's."""

    def __init__(self) -> None:
        self.requests = []
        self.go_on = threading.Event()

    def run(self, request, *, on_event, cancelled):
        self.requests.append(request)
        on_event(Progress(500, 1_000, 1.0, None))
        while not self.go_on.wait(0.02):
            if cancelled():
                return Result("en", 0.1, cancelled=True)
        start, end = request.only
        words = tuple(
            Word(start + 200 * n, start + 200 * n + 200, word, 0.95)
            for n, word in enumerate((" And", " the", " branch", " office?"))
        )
        segment = Segment(start, end, " And the branch office?", words)
        on_event(BatchDone((WindowDone(0, start, end, (segment,)),)))
        return Result("en", 0.1)


@pytest.fixture
def recogniser(monkeypatch) -> Recogniser:
    made = Recogniser()
    monkeypatch.setattr("workbench.services.recognising.child.run", made.run)
    return made


async def test_a_turn_is_recognised_again_beside_the_interface(app, recogniser):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.go("And the the")
        await pilot.press("R")
        assert isinstance(app.screen, DraftForm)
        model = app.screen.query_one("#field-model").query_one(Input)
        model.value = "turbo"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "50 %" in line(app, ReviewLine))
        await pilot.press("down")  # nothing waits for it
        assert app.screen is app.review
        recogniser.go_on.set()
        await until(pilot, lambda: "branch office" in app.text())
        await until(pilot, lambda: "recognising" not in line(app, ReviewLine))
        turn = app.project.sources.source("1").turns[4]
        request = recogniser.requests[0]
        assert (request.model, request.language) == ("turbo", "en")
        assert request.only[0] == turn.start_ms
        assert "And the branch office?" in "".join(app.rows())
        await pilot.press("u")
        assert "And the the branch?" in app.text()


async def test_recognising_again_is_stopped_and_nothing_changes(app, recogniser):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        before = app.text()
        await pilot.press("R", "ctrl+s")
        await until(pilot, lambda: "50 %" in line(app, ReviewLine))
        await pilot.press("R")
        await until(pilot, lambda: "recognising" not in line(app, ReviewLine))
        assert app.text() == before
        assert "nothing was changed" in app.notes()[-1]
        await pilot.press("R")
        assert isinstance(app.screen, DraftForm), "it can be begun anew"


@needs_library
async def test_the_recording_is_heard_word_by_word_and_the_cursor_follows(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        review, view = app.review, app.review.view
        app.go("We waited")
        await pilot.press("space")
        await until(pilot, lambda: review.playing)
        heard = set()
        while "mooflow" not in heard:
            await pilot.pause(0.05)
            if view.playing is not None:
                heard.add(view.playing.of(view.source.text))
                assert view.caret.offset == view.playing.start or "hour" in heard
        assert {"We", "waited", "for"} <= heard
        assert "►" in line(app, TopLine)
        await pilot.press("f4")
        assert not review.playing
        place = review.heard_ms
        await pilot.press("comma")
        assert review.heard_ms == place - 5_000
        await pilot.press("full_stop", "greater_than_sign")
        assert review.player.speed == 1.1
        assert "×1.1" in line(app, TopLine)
        await pilot.press("space")
        await until(pilot, lambda: review.playing)
        await pilot.press("ctrl+home")
        await pilot.pause(0.3)
        assert view.caret.offset == 0, "whoever moves the cursor is left alone"
        assert review.playing
        await pilot.press("escape")
        await pilot.pause()


@needs_library
async def test_it_plays_on_under_the_editor_and_stops_on_another_screen(app):
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("space")
        await until(pilot, lambda: app.review.playing)
        await pilot.press("e")
        assert isinstance(app.screen, TurnEditor)
        assert app.review.playing
        await pilot.press("f4")
        assert not app.review.playing
        await pilot.press("f4", "escape")
        assert app.review.playing
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, CodingScreen))
        await until(pilot, lambda: not app.review.playing)
        await pilot.press("space")
        await until(pilot, lambda: app.screen.playing)


async def test_without_a_device_it_says_so_and_all_else_goes_on(app, monkeypatch):
    monkeypatch.setattr(ReviewScreen, "backends", ("AUDIO4",))  # of NetBSD only
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("space")
        await until(pilot, lambda: bool(app.notes()))
        assert "cannot be played" in app.notes()[-1]
        await pilot.press("n", "enter")
        assert len(app.review.source.doubts) == 3


async def test_a_project_that_can_only_be_read_is_not_changed(template, tmp_path):
    folder = shutil.copytree(template, tmp_path / "workspace" / template.name)
    workspace = Workspace(folder.parent, coder="Anna")
    with workspace.open(folder.name), workspace.open(folder.name, write=False) as second:
        app = ReviewApp(second)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            for key in ("n", "enter", "1", "s", "x", "a"):
                await pilot.press(key)
            assert len(app.project.transcript.doubtful("1")) == 4
            assert "reading only" in line(app, TopLine)


async def test_an_empty_project_says_what_belongs_here(tmp_path):
    from workbench.models.drafts import ProjectDraft

    with Workspace(tmp_path, coder="Anna").create(ProjectDraft(title="Empty")) as project:
        app = ReviewApp(project)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "No transcript yet" in app.review.query_one("#guide").render().plain
            keys = [command.id for command in app.review.query_one(KeyLine).commands]
            assert not [key for key in keys if key.startswith("review.") and key != "review.source"]
