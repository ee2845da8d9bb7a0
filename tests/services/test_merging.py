"""Merging copies of a project: nothing is lost, nothing is doubled, the copy stays as it was."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from coded_by_two import CODES, as_coder, code, codings, make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import InputError, ProjectError, WorkbenchError
from workbench.models import tables
from workbench.models.drafts import CodeDraft, PersonDraft, ProjectDraft, SourceDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which Anna coded two quotes."""
    project = make(tmp_path_factory.mktemp("coded"))
    code(project, "I was annoyed.", "Waiting")
    code(project, "We waited an hour.", "Waiting", source="other")
    project.close()
    return project.folder


@pytest.fixture
def pair(coded: Path, tmp_path: Path):
    """The project, and a copy of it that Boris has."""
    for name in ("anna", "boris"):
        shutil.copytree(coded, tmp_path / name / "bank")
    mine = Workspace(tmp_path / "anna", coder="Anna").open("bank")
    theirs = Workspace(tmp_path / "boris", coder="Boris").open("bank")
    yield mine, theirs
    mine.close()
    theirs.close()


def outcomes(report, outcome: str) -> list[tuple[str, str]]:
    return [(item.what, item.name) for item in report.items if item.outcome == outcome]


def test_everything_a_colleague_made_comes_once(pair) -> None:
    mine, theirs = pair
    theirs.codebook.add(CodeDraft(name="Anger", parent="Waiting", definition="Being furious"))
    coded = code(theirs, "Nobody called me back.", "Anger", emotion=-1)
    code(theirs, "I was annoyed.", "Anger")
    theirs.coding.favourite(coded.quote_id)
    theirs.coding.write_memo("quote", coded.quote_id, "Ask about the call centre")
    theirs.coding.write_memo("project", theirs.plan.project().id, "Second round")
    theirs.plan.add_person(PersonDraft(pseudonym="R07", attributes={"city": "Kazan"}))
    before = codings(mine)
    preview = mine.merging.preview(theirs.folder)
    assert codings(mine) == before, "looking changes nothing"
    report = mine.merging.merge(theirs.folder)
    assert preview == report
    assert codings(mine) == before | codings(theirs)
    assert outcomes(report, "added") == [
        ("coder", "Boris"),
        ("person", "R07"),
        ("attribute", "city: Kazan"),
        ("code", "Anger"),
        ("coding", "Anger · Nobody called me back. · Boris"),
        ("coding", "Anger · I was annoyed. · Boris"),
        ("memo", "Ask about the call centre"),
        ("memo", "Second round"),
    ]
    assert mine.codebook.code("Waiting / Anger").definition == "Being furious"
    quote = next(q for q in mine.coding.quotes() if q.text == "Nobody called me back.")
    assert (quote.favourite, quote.memo) == (True, "Boris: Ask about the call centre")
    assert mine.history.entries()[0].verb == "project.merge"
    again = mine.merging.merge(theirs.folder)
    assert again.items == ()
    assert len([e for e in mine.history.entries() if e.verb == "project.merge"]) == 1
    mine.history.undo()
    assert codings(mine) == before
    assert [view.name for view in mine.codebook.codes()] == list(CODES)
    assert mine.plan.people() == []
    mine.history.redo()
    assert codings(mine) == before | codings(theirs)


def test_the_same_code_quote_and_coder_made_on_both_sides_are_one(pair) -> None:
    mine, theirs = pair
    for project, coder in ((mine, "Anna"), (theirs, "Boris")):
        project.codebook.add(CodeDraft(name="Anger" if coder == "Anna" else "anger"))
        code(project, "Nobody called me back.", "Anger")
    report = mine.merging.merge(theirs.folder)
    assert len([v for v in mine.codebook.codes() if v.name.casefold() == "anger"]) == 1
    anger = [c for c in mine.coding.codings("talk") if c.code == "Anger"]
    assert sorted(c.coder for c in anger) == ["Anna", "Boris"]
    assert len({c.quote_id for c in anger}) == 1
    assert ("code", "anger") in outcomes(report, "conflict"), "written in another way: told of"


def test_changed_there_alone_is_taken_and_changed_on_both_sides_is_told_of(pair) -> None:
    mine, theirs = pair
    theirs.codebook.edit("No news", definition="Nobody says anything")
    theirs.codebook.edit("Waiting", name="Standing in line")
    mine.codebook.edit("Waiting", name="Queue")
    mine.codebook.edit("Clear terms", example="All on one page")
    coding = theirs.coding.codings("talk")[0]
    theirs.coding.edit(coding.id, stance="contradicts", emotion=-2)
    report = mine.merging.merge(theirs.folder)
    assert [view.name for view in mine.codebook.codes()] == ["Queue", "No news", "Clear terms"]
    assert mine.codebook.code("No news").definition == "Nobody says anything"
    assert mine.codebook.code("Clear terms").example == "All on one page"
    assert (mine.coding.codings("talk")[0].stance, mine.coding.codings("talk")[0].emotion) == (
        "contradicts",
        -2,
    )
    conflicts = [(i.what, i.note) for i in report.items if i.outcome == "conflict"]
    assert conflicts == [("code", "Queue ≠ Standing in line")]
    assert [w for w, _n in outcomes(report, "changed")] == ["code", "coding"]


def test_what_was_removed_here_stays_away_and_ones_own_work_is_never_removed(pair) -> None:
    mine, theirs = pair
    gone = mine.coding.codings("other")[0]
    mine.coding.remove(gone.id)
    theirs.coding.remove(theirs.coding.codings("talk")[0].id)
    report = mine.merging.merge(theirs.folder)
    assert [c.text for c in mine.coding.codings("other")] == []
    assert [c.text for c in mine.coding.codings("talk")] == ["I was annoyed."]
    assert sorted(w for w, _n in outcomes(report, "kept")) == ["coding", "coding"]
    code(theirs, "We waited an hour.", "Clear terms", source="other")
    mine.merging.merge(theirs.folder)
    assert [(c.text, c.code) for c in mine.coding.codings("other")] == [
        ("We waited an hour.", "Clear terms")
    ], "a quote that was removed here comes back with what stands on it"


def test_a_coding_its_coder_took_back_goes_here_too(pair) -> None:
    mine, theirs = pair
    code(theirs, "Nobody called me back.", "No news")
    mine.merging.merge(theirs.folder)
    theirs.coding.remove(theirs.coding.codings("talk")[1].id)
    report = mine.merging.merge(theirs.folder)
    assert [w for w, _n in outcomes(report, "removed")] == ["coding"]
    assert {q.text for q in mine.coding.quotes()} == {"I was annoyed.", "We waited an hour."}
    mine.history.undo()
    assert len(mine.coding.codings("talk")) == 2


def test_a_source_with_another_text_is_left_out_by_name(pair, tmp_path) -> None:
    mine, theirs = pair
    turn = theirs.sources.source("talk").turns[1].id
    theirs.transcript.edit_turn("talk", turn, "I was very annoyed. Nobody called.", force=True)
    code(theirs, "very annoyed", "No news")
    code(theirs, "They never called back.", "No news", source="other")
    extra = tmp_path / "extra.txt"
    extra.write_text("C: Something else entirely.", encoding="utf-8")
    theirs.sources.add(extra, SourceDraft(title="extra"))
    code(theirs, "Something else", "No news", source="extra")
    report = mine.merging.merge(theirs.folder)
    assert outcomes(report, "left_out") == [("source", "talk"), ("source", "extra")]
    assert [c.text for c in mine.coding.codings("talk")] == ["I was annoyed."]
    assert len(mine.coding.codings("other")) == 2


def test_a_frozen_codebook_takes_no_codes(pair) -> None:
    from workbench.models.tables import Project as ProjectTable

    mine, theirs = pair
    with mine.file.transaction() as session:
        row = session.get(ProjectTable, mine.plan.project().id)
        row.codebook_frozen = True
        session.add(row)
    theirs.codebook.add(CodeDraft(name="Anger"))
    code(theirs, "Nobody called me back.", "Anger")
    code(theirs, "Nobody called me back.", "No news")
    report = mine.merging.merge(theirs.folder)
    assert outcomes(report, "left_out") == [
        ("code", "Anger"),
        ("coding", "Anger · Nobody called me back. · Boris"),
    ]
    assert [c.code for c in mine.coding.codings("talk")] == ["Waiting", "No news"]


def test_the_copy_is_not_touched(pair) -> None:
    mine, theirs = pair
    code(theirs, "Nobody called me back.", "No news")
    folder = theirs.folder
    theirs.close()
    (folder / "project.lock").unlink(missing_ok=True)

    def state() -> dict[str, str]:
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    before = state()
    mine.merging.merge(folder)
    assert state() == before


def test_a_backup_file_can_be_merged(pair) -> None:
    mine, theirs = pair
    code(theirs, "Nobody called me back.", "No news")
    backup = theirs.back_up()
    mine.merging.merge(backup)
    assert codings(mine) == codings(theirs)


def test_what_is_no_copy_is_refused_and_nothing_changes(pair, tmp_path) -> None:
    mine, theirs = pair
    stranger = Workspace(tmp_path / "strangers", coder="Eve").create(ProjectDraft(title="Other"))
    stranger.close()
    newer = tmp_path / "newer"
    shutil.copytree(theirs.folder, newer)
    with closing(sqlite3.connect(newer / "project.db")) as database:
        database.execute("PRAGMA user_version=99")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "project.db").write_bytes(b"not a database at all, not even nearly" * 40)
    text = tmp_path / "text.txt"
    text.write_text("no database", encoding="utf-8")
    before = codings(mine)
    for path, kind, said in (
        (stranger.folder, InputError, "merge-other-project"),
        (mine.folder, InputError, "merge-itself"),
        (newer, ProjectError, "project-newer"),
        (broken, ProjectError, None),
        (text, WorkbenchError, None),
        (tmp_path / "nowhere", ProjectError, "project-missing"),
        (tmp_path, ProjectError, "not-a-project"),
    ):
        with pytest.raises(kind) as trouble:
            mine.merging.merge(path)
        assert said in (None, trouble.value.code)
        assert trouble.value.remedy
    assert codings(mine) == before


def test_an_older_copy_is_brought_up_to_date_in_a_copy_of_it(pair) -> None:
    from workbench.store.migrating import alembic_config
    from workbench.store.project_file import make_engine

    mine, theirs = pair
    code(theirs, "Nobody called me back.", "No news")
    folder = theirs.folder
    theirs.close()
    engine = make_engine(folder / "project.db", read_only=False)
    from alembic import command

    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.downgrade(alembic_config(connection), "0002")
            connection.exec_driver_sql("PRAGMA user_version=2")
    engine.dispose()
    mine.merging.merge(folder)
    assert len(mine.coding.codings("talk")) == 2
    with closing(sqlite3.connect(folder / "project.db")) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == 2


@pytest.mark.parametrize("again", ["Waiting", "No news"])
def test_words_that_were_coded_anew_elsewhere_keep_their_quote(tmp_path, again) -> None:
    mine = make(tmp_path)
    mine = as_coder(mine, "Boris")
    first = code(mine, "I was annoyed.", "Waiting")
    folder = tmp_path / "copies" / "bank"
    mine.close()
    shutil.copytree(mine.folder, folder)
    mine = Workspace(mine.folder.parent, coder="Anna").open("bank")
    with Workspace(folder.parent, coder="Boris").open("bank") as theirs:
        code(theirs, "I was annoyed.", "Clear terms")
        theirs.coding.remove(first.id)
        code(theirs, "I was annoyed.", again)
        wanted = codings(theirs)
    mine.merging.merge(folder)
    assert codings(mine) == wanted
    mine.history.undo()
    assert [c.code for c in mine.coding.codings("talk")] == ["Waiting"]
    mine.close()


def test_memos_of_two_coders_on_one_quote_stay_two(pair) -> None:
    mine, theirs = pair
    code(theirs, "I was annoyed.", "No news")
    quote = mine.coding.codings("talk")[0].quote_id
    mine.coding.write_memo("quote", quote, "Anna's")
    theirs.coding.write_memo("quote", quote, "Boris's")
    for project in pair:
        project.coding.write_memo("source", project.coding.codings("talk")[0].source_id, "both")
    report = mine.merging.merge(theirs.folder)
    assert outcomes(report, "conflict") == []
    assert sorted(notes(mine)) == [
        ("I was annoyed.", "Anna", "Anna's"),
        ("I was annoyed.", "Boris", "Boris's"),
    ]
    assert mine.coding.memo("quote", quote) == "Anna's"
    theirs.coding.write_memo("quote", quote, "Boris's, changed")
    mine.merging.merge(theirs.folder)
    assert mine.coding.noted("quote", quote) == "Anna's\n\nBoris: Boris's, changed"
    assert mine.merging.merge(theirs.folder).items == ()
    mine.history.undo()
    mine.history.undo()
    assert notes(mine) == [("I was annoyed.", "Anna", "Anna's")]


def test_a_memo_of_nobody_that_both_went_on_with_becomes_two(pair) -> None:
    mine, theirs = pair
    quote = mine.coding.codings("talk")[0].quote_id
    for project in pair:
        with project.file.transaction() as session:
            memo = tables.Memo(
                id="f" * 32,
                project_id=project.plan.project_id,
                subject="quote",
                subject_id=quote,
                text="old",
            )
            session.add(memo)
    mine.coding.write_memo("quote", quote, "old, Anna")
    theirs.coding.write_memo("quote", quote, "old, Boris")
    mine.merging.merge(theirs.folder)
    wanted = [("I was annoyed.", "Anna", "old, Anna"), ("I was annoyed.", "Boris", "old, Boris")]
    assert sorted(notes(mine)) == wanted
    assert mine.merging.merge(theirs.folder).items == ()
    assert sorted(notes(mine)) == wanted


# -- random sessions ---------------------------------------------------------------------------------

PLACES = (
    "I was annoyed.",
    "Nobody called",
    "called me back. We left",
    "They answered",
    "Everything",
)
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["Anna", "Boris"]),
        st.sampled_from(["apply", "remove", "edit", "note", "code", "undo"]),
        st.integers(0, 4),
        st.sampled_from([*CODES, "New"]),
    ),
    max_size=14,
)


def act(project: Project, coder: str, kind: str, place: int, name: str) -> None:
    """Do something a coder does, to their own work."""
    own = [c for c in project.coding.codings("talk") if c.coder == coder]
    known = [view.name for view in project.codebook.codes()]
    if kind == "apply" and name in known:
        code(project, PLACES[place], name)
    elif kind == "remove" and own:
        project.coding.remove(own[place % len(own)].id)
    elif kind == "edit" and own:
        project.coding.edit(own[place % len(own)].id, emotion=place - 2)
    elif kind == "note" and own:
        project.coding.write_memo("quote", own[place % len(own)].quote_id, f"{coder}: {name}")
    elif kind == "code" and name not in known:
        project.codebook.add(CodeDraft(name=name))
    elif kind == "undo":
        done = [entry for entry in project.history.entries() if entry.state == "done"]
        if done and done[0].actor == coder:
            project.history.undo()


def notes(project: Project) -> list[tuple[str, str, str]]:
    """What is noted on quotes: the words, the author, the memo."""
    return [
        (quote.text, memo.coder, memo.text)
        for quote in project.coding.quotes()
        for memo in project.coding.memos("quote", quote.id)
    ]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make(tmp_path_factory.mktemp("template"))
    code(project, "I was annoyed.", "Waiting")
    project = as_coder(project, "Boris")
    code(project, "They answered", "Clear terms")
    project.close()
    return project.folder


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=ACTIONS)
def test_a_session_split_between_two_copies_comes_together_the_same_both_ways(
    template: Path, tmp_path_factory: pytest.TempPathFactory, actions
) -> None:
    root = tmp_path_factory.mktemp("split")
    copies = {}
    for coder in ("Anna", "Boris"):
        shutil.copytree(template, root / coder / "bank")
        copies[coder] = Workspace(root / coder, coder=coder).open("bank")
    for coder, *rest in actions:
        act(copies[coder], coder, *rest)
    mine, theirs = copies.values()
    kept = root / "kept" / "bank"
    mine.close()
    shutil.copytree(mine.folder, kept)
    mine = Workspace(mine.folder.parent, coder="Anna").open("bank")
    own, noted = codings(mine), notes(mine)
    mine.merging.merge(theirs.folder)
    theirs.merging.merge(kept)
    assert codings(mine) == codings(theirs)
    assert {c for c in own if c[4] == "Anna"} <= codings(mine)
    assert {note for note in noted if note[1] == "Anna"} <= set(notes(mine))
    assert len({note[:2] for note in notes(mine)}) == len(notes(mine)), (
        "one memo of each on a quote"
    )
    assert not mine.merging.merge(theirs.folder).counts()["added"]
    before = mine.history.entries(1)[0].number if mine.history.entries(1) else 0
    mine.merging.merge(theirs.folder)
    after = mine.history.entries(1)[0].number if mine.history.entries(1) else 0
    assert before == after, "merging again changes nothing"
    mine.close()
    theirs.close()
    shutil.rmtree(root)
