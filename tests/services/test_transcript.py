"""Editing a transcript: each verb, what it does to quotes and times, and what it refuses."""

from __future__ import annotations

import json

import pytest
from sqlmodel import select
from transcript_project import Made, check, content, make, quote_rows, turn_rows

from workbench.errors import InputError, ProjectError
from workbench.models import tables
from workbench.models.views import SourceView
from workbench.services.project import Project

SAID = [
    ("Как всё прошло?", "Интервьюер"),
    ("Долго ждали, потом ушли в другой банк, рога и капыта.", "R1"),
    ("А дальше?", "Интервьюер"),
    ("Не вернёмся. Банк нас обманул 😀, это банк мечты.", "R1"),
]
TEXT = "\n".join(words for words, _label in SAID)


def spans(*words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]


def made_with(project: Project, *quotes: str, **how) -> Made:
    return make(project, SAID, quotes=spans(*quotes), **how)


def said(view: SourceView) -> list[str]:
    return [view.text[turn.start : turn.end] for turn in view.turns]


def quoted(project: Project, made: Made) -> list[str]:
    """The words of the quotes in the order they were made; None for one that is gone."""
    rows = quote_rows(project, made)
    return [rows[key].text if key in rows else None for key in made.quotes]


def refused(code: str, call, *arguments, **named) -> InputError:
    with pytest.raises(InputError) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    assert caught.value.problem
    return caught.value


def undone_exactly(project: Project, call) -> None:
    """Do something, take it back and do it again; the rows are exactly what they were."""
    before = content(project)
    call()
    after = content(project)
    assert after != before
    project.history.undo()
    assert content(project) == before
    project.history.redo()
    assert content(project) == after


def test_a_turn_is_typed_anew(project: Project) -> None:
    made = made_with(project, "Долго ждали", "другой банк", "вернёмся", "прошло", "капыта")
    view = project.transcript.edit_turn(
        made.id, 1, "Мы очень долго ждали, потом уехали в другой банк — Рога и Копыта!"
    )
    assert said(view)[1] == "Мы очень долго ждали, потом уехали в другой банк — Рога и Копыта!"
    assert quoted(project, made) == ["долго ждали", "другой банк", "вернёмся", "прошло", "Копыта"]
    check(project, made)
    row = turn_rows(project, made)[1]
    words = said(view)[1]
    times = {words[int(s) : int(e)]: (a, b, p) for s, e, a, b, p in row.word_times}
    assert times["ждали,"] == (3600, 4000, 0.9), "an untouched word keeps its time"
    assert times["уехали"] == (4400, 4800, 1.0), "a typed one takes the time of the one it replaces"
    assert times["Мы"][2] == 1.0


def test_the_quotes_times_follow(project: Project) -> None:
    made = made_with(project, "ушли в другой")
    project.transcript.edit_turn(made.id, 1, SAID[1][0].replace("ушли", "мы ушли"))
    before = quote_rows(project, made)[made.quotes[0]]
    project.transcript.edit_turn(made.id, 1, SAID[1][0].replace("ушли", "убежали"))
    after = quote_rows(project, made)[made.quotes[0]]
    assert before.start_ms is None, "its words were untouched"
    assert (after.start_ms, after.end_ms) == (4400, 5600)


def test_editing_is_undone_exactly(project: Project) -> None:
    made = made_with(project, "Долго ждали", "другой банк", "обманул 😀")
    t = project.transcript
    undone_exactly(project, lambda: t.edit_turn(made.id, 1, "Долго ждали банк"))
    undone_exactly(project, lambda: t.replace(made.id, 0, 3, "Ну и как"))
    undone_exactly(project, lambda: t.replace_all(made.id, "банк", "кредит", whole_words=False))
    undone_exactly(project, lambda: t.split_turn(made.id, 30, speaker="Новый"))
    undone_exactly(project, lambda: t.merge_turns(made.id, 0))
    undone_exactly(project, lambda: t.retime(made.id, 0, 10, 3_000))
    undone_exactly(project, lambda: t.assign_speaker(made.id, [0, 2], "X"))
    undone_exactly(project, lambda: t.alternate(made.id, 1, ["A", "B"]))
    undone_exactly(project, lambda: t.mark_suspected(made.id, 2, True))
    undone_exactly(project, lambda: t.edit_turn(made.id, 0, ""))


def test_the_journal_names_each_edit(project: Project) -> None:
    from workbench.models.deeds import DONE
    from workbench.services.base import VERBS

    made = made_with(project, "Долго ждали")
    project.transcript.edit_turn(made.id, 2, "А потом?")
    entry = project.history.entries(1)[0]
    assert (entry.verb, entry.subject) == ("transcript.edit", "Interview: А потом?")
    edits = ("workbench.services.transcript.", "workbench.services.recognising.")
    verbs = {verb for verb, place in VERBS.items() if place.startswith(edits)}
    assert len(verbs) > 10
    assert verbs <= set(DONE)


def test_the_journal_stays_small(project: Project) -> None:
    """An edit at the beginning of a long transcript with many quotes is a short entry."""
    turns = [(f"реплика {n} " + "слово " * 25, "R") for n in range(400)]
    text = "\n".join(words.strip() for words, _label in turns)
    places = [text.index(f"реплика {n} ") for n in range(400)]
    made = make(project, turns, quotes=[(at, at + 7) for at in places])
    before = content(project)
    project.transcript.edit_turn(made.id, 0, "другое начало, реплика 0 и всё")
    with project.file.session() as session:
        entry = session.exec(select(tables.JournalEntry)).one()
        assert len(json.dumps(entry.changes)) < 8_000
    check(project, made)
    project.history.undo()
    assert content(project) == before


def test_undo_refuses_what_something_else_changed(project: Project) -> None:
    made = made_with(project, "обманул")
    project.transcript.edit_turn(made.id, 0, "Совсем другое начало, длиннее.")
    with project.file.transaction() as session:
        quote = session.get(tables.Quote, made.quotes[0])
        quote.start += 1
        session.add(quote)
    before = content(project)
    with pytest.raises(ProjectError) as caught:
        project.history.undo()
    assert caught.value.code == "undo-conflict"
    assert content(project) == before


def test_an_edit_that_changes_nothing_leaves_no_entry(project: Project) -> None:
    made = made_with(project, "ждали")
    project.transcript.edit_turn(made.id, 0, f"  {SAID[0][0]} ")
    assert project.transcript.replace_all(made.id, "нетакого", "x") == 0
    project.transcript.accept(made.id, 0, 5)
    assert project.history.entries() == []


def test_quotes_are_not_lost_silently(project: Project) -> None:
    made = made_with(project, "рога и капыта", "ждали", "Долго ждали")
    before = content(project)
    error = refused(
        "quotes-lost", project.transcript.edit_turn, made.id, 1, "Долго, потом ушли в другой банк."
    )
    assert "рога и капыта" in error.problem
    assert "Долго ждали" not in error.problem
    assert content(project) == before
    project.transcript.edit_turn(made.id, 1, "Долго, потом ушли в другой банк.", force=True)
    assert quoted(project, made) == [None, None, "Долго"]
    with project.file.session() as session:
        assert len(session.exec(select(tables.Coding)).all()) == 1
        assert len(session.exec(select(tables.Memo)).all()) == 1
    project.history.undo()
    assert content(project) == before


def test_quotes_on_the_same_words_become_one(project: Project) -> None:
    made = make(
        project, SAID, quotes=[*spans("ждали, потом", "потом"), *spans("Долго ждали, потом")]
    )
    project.coding.favourite(made.quotes[2])
    project.transcript.edit_turn(made.id, 1, SAID[1][0].replace("Долго ждали, потом", "Потом"))
    rows = quote_rows(project, made)
    assert [row.text for row in rows.values()] == ["Потом"]
    kept = next(iter(rows.values()))
    assert kept.favourite
    with project.file.session() as session:
        codings = session.exec(select(tables.Coding)).all()
        assert {coding.quote_id for coding in codings} == {kept.id}
        assert len(codings) == 2, "two codes, the double of one of them dropped"
        memo = session.exec(select(tables.Memo)).one()
        assert memo.subject_id == kept.id
        assert {"memo 0", "memo 1", "memo 2"} == set(memo.text.split("\n\n"))
    check(project, made)


def test_what_is_left_of_a_quote_joins_the_one_on_the_same_words(project: Project) -> None:
    """A quote over two turns loses the words of one; another quote is on the rest already."""
    said_so = [("раз два", "A"), ("три четыре", "B"), ("пять", "A")]
    for gone, over, rest in ((0, (4, 11), (8, 11)), (1, (4, 11), (4, 7))):
        made = make(project, said_so, quotes=[over, rest], title=f"Talk {gone}")
        undone_exactly(
            project, lambda made=made, gone=gone: project.transcript.edit_turn(made.id, gone, "")
        )
        check(project, made)
        assert quoted(project, made) == [None, "три" if gone == 0 else "два"]
        with project.file.session() as session:
            codings = session.exec(select(tables.Coding)).all()
            assert {coding.quote_id for coding in codings} == {made.quotes[1]}
        project.sources.remove(made.id)


def test_quotes_that_change_places_do_not_collide(project: Project) -> None:
    """Every quote comes to stand where the next one was."""
    made = make(
        project, [("аа бб аа бб аа бб", None)], quotes=[(n, n + 2) for n in range(0, 17, 3)]
    )
    undone_exactly(project, lambda: project.transcript.replace(made.id, 0, 0, "вв "))
    check(project, made)
    assert sorted(r.start for r in quote_rows(project, made).values()) == list(range(3, 20, 3))
    undone_exactly(project, lambda: project.transcript.replace(made.id, 0, 3, ""))
    assert sorted(r.start for r in quote_rows(project, made).values()) == list(range(0, 17, 3))


def test_a_turn_without_words_goes(project: Project) -> None:
    made = made_with(project, "вернёмся", "прошло?", "Долго")
    view = project.transcript.edit_turn(made.id, 2, " \n ")
    assert said(view) == [SAID[0][0], SAID[1][0], SAID[3][0]]
    refused("quotes-lost", project.transcript.edit_turn, made.id, 0, "")
    view = project.transcript.edit_turn(made.id, 0, "", force=True)
    assert said(view)[0] == SAID[1][0]
    project.transcript.edit_turn(made.id, 1, "", force=True)
    refused("text-emptied", project.transcript.edit_turn, made.id, 0, "", force=True)
    check(project, made)


def test_long_lines_are_broken(project: Project) -> None:
    made = made_with(project, "ждали", "вернёмся")
    view = project.transcript.edit_turn(made.id, 1, SAID[1][0] + " слово" * 800)
    assert max(map(len, view.text.split("\n"))) <= 2_000
    check(project, made)
    assert quoted(project, made) == ["ждали", "вернёмся"]


def test_words_are_replaced_at_one_place(project: Project) -> None:
    made = made_with(project, "рога и капыта", "капыта", "вернёмся", "другой банк")
    start = TEXT.index("капыта")
    view = project.transcript.replace(made.id, start + 1, start + 2, "о")
    assert "рога и копыта." in view.text
    assert quoted(project, made) == ["рога и копыта", "копыта", "вернёмся", "другой банк"]
    view = project.transcript.replace(made.id, start, start, "большие ")
    assert quoted(project, made)[:2] == ["рога и большие копыта", "копыта"]
    check(project, made)


def test_a_place_must_lie_in_one_turn(project: Project) -> None:
    made = made_with(project, "ждали")
    refused("span-crosses-turns", project.transcript.replace, made.id, 5, 20, "x")
    refused("span-outside", project.transcript.replace, made.id, 5, 9_000, "x")
    refused("span-outside", project.transcript.replace, made.id, 9, 5, "x")


def test_a_letter_that_composes_with_its_mark(project: Project) -> None:
    made = make(project, [("еж и еж", None)], quotes=[(5, 7)])
    view = project.transcript.replace(made.id, 6, 6, "\u0308")
    assert view.text == "еж и ёж"
    assert quoted(project, made) == ["ёж"]
    check(project, made)


def test_words_are_replaced_everywhere(project: Project) -> None:
    made = made_with(project, "другой банк", "Банк нас", "обманул", "это банк мечты")
    assert project.transcript.replace_all(made.id, "БАНК", "«Север-банк»") == 3
    assert quoted(project, made) == [
        "другой «Север-банк»",
        "«Север-банк» нас",
        "обманул",
        "это «Север-банк» мечты",
    ]
    check(project, made)
    assert project.transcript.replace_all(made.id, "север", "Юг", match_case=True) == 0
    assert project.transcript.replace_all(made.id, "ждал", "Ждал", match_case=True) == 0
    assert project.transcript.replace_all(made.id, "ждал", "Ждал", whole_words=False) == 1
    assert project.transcript.replace_all(made.id, "вернемся", "вернулись") == 1, "е is ё"
    refused("words-missing", project.transcript.replace_all, made.id, " ", "x")
    project.transcript.replace_all(made.id, "и", "")
    assert "рога капыта" in project.sources.source(made.id).text
    check(project, made)


def test_a_turn_is_cut_in_two(project: Project) -> None:
    made = made_with(project, "ждали, потом ушли", "другой банк")
    view = project.transcript.split_turn(made.id, TEXT.index("потом") + 2, speaker="Новый")
    assert said(view)[1:3] == ["Долго ждали,", "потом ушли в другой банк, рога и капыта."]
    assert [t.speaker.label for t in view.turns[1:3]] == ["R1", "Новый"]
    assert quoted(project, made) == ["ждали,\nпотом ушли", "другой банк"]
    assert (view.turns[1].end_ms, view.turns[2].start_ms) == (4000, 4000)
    check(project, made)
    same = project.transcript.split_turn(made.id, view.text.index("банк"))
    assert same.turns[3].speaker.label == "Новый"
    refused("split-at-edge", project.transcript.split_turn, made.id, 0)
    refused("split-at-edge", project.transcript.split_turn, made.id, len(same.text))


def test_cutting_without_word_times_shares_the_turns_time(project: Project) -> None:
    made = make(project, [("аааа бббб", None), ("вв", None)], timed=False)
    with project.file.transaction() as session:
        for row in session.exec(select(tables.Turn)):
            row.start_ms = row.ordinal * 900
            session.add(row)
    view = project.transcript.split_turn(made.id, 5)
    assert [(turn.start_ms, turn.end_ms) for turn in view.turns] == [
        (0, 400),
        (400, None),
        (900, None),
    ]


def test_turns_are_joined(project: Project) -> None:
    made = made_with(project, "банк, рога и капыта.", "дальше?")
    view = project.transcript.merge_turns(made.id, 1)
    assert said(view)[1] == f"{SAID[1][0]} {SAID[2][0]}"
    assert view.turns[1].speaker.label == "R1"
    assert (view.turns[1].start_ms, view.turns[1].end_ms) == (3200, 10000)
    assert view.card.words == project.sources.source(made.id).card.words
    check(project, made)
    again = project.transcript.split_turn(
        made.id, view.text.index("А дальше"), speaker="Интервьюер"
    )
    assert again.text == TEXT
    assert quoted(project, made) == ["банк, рога и капыта.", "дальше?"]
    refused("merge-last", project.transcript.merge_turns, made.id, 3)


def test_turns_that_overlap_in_time_are_joined_in_order(project: Project) -> None:
    made = made_with(project, "ждали")
    project.transcript.retime(made.id, 0, 0, 1_200 + 3_000)  # talks on while the other one begins
    with project.file.transaction() as session:
        first = session.exec(select(tables.Turn).where(tables.Turn.ordinal == 0)).one()
        first.word_times = [
            [*row[:2], row[2] + 3_000, row[3] + 3_000, row[4]] for row in first.word_times
        ]
        session.add(first)
    project.transcript.merge_turns(made.id, 0)
    check(project, made)


def test_long_turns_are_joined_by_a_line_feed(project: Project) -> None:
    made = make(project, [("слово " * 300, "A"), ("слово " * 300, "A")])
    view = project.transcript.merge_turns(made.id, 0)
    assert len(view.turns) == 1
    assert view.text.count("\n") == 1
    check(project, made)


def test_times_of_a_turn(project: Project) -> None:
    made = made_with(project, "Долго ждали")
    first = turn_rows(project, made)[1]
    view = project.transcript.retime(made.id, 1, first.start_ms + 500, first.end_ms + 500)
    assert (view.turns[1].start_ms, view.turns[1].end_ms) == (3700, 7700)
    moved = turn_rows(project, made)[1]
    assert [row[2] for row in moved.word_times] == [row[2] + 500 for row in first.word_times]
    assert quote_rows(project, made)[made.quotes[0]].start_ms == 3700
    project.transcript.retime(made.id, 1, 3_800, 7_600)
    cut = turn_rows(project, made)[1]
    assert cut.word_times[0][2] == 3_800
    assert cut.word_times[3][2] == moved.word_times[3][2], "words inside stay where they are"
    project.transcript.retime(made.id, 1, 5_000, 6_000)
    squeezed = turn_rows(project, made)[1]
    assert all(5_000 <= row[2] < row[3] <= 6_000 for row in squeezed.word_times)
    check(project, made)


@pytest.mark.parametrize(
    ("times", "part"),
    [
        ((-1, 5), "ends after"),
        ((4000, 4000), "ends after"),
        ((5000, 20_000_000), "recording ends"),
        ((-0, 100), "above it"),
        ((50_000, 60_000), "below it"),
    ],
)
def test_times_that_cannot_be(project: Project, times, part: str) -> None:
    made = made_with(project, "ждали")
    with project.file.transaction() as session:
        first = session.exec(select(tables.Turn).where(tables.Turn.ordinal == 0)).one()
        first.start_ms = 300
        session.add(first)
    error = refused("time-invalid", project.transcript.retime, made.id, 1, *times)
    assert part in error.problem


def test_hand_labelling(project: Project) -> None:
    made = made_with(project, "ждали")
    view = project.transcript.assign_speaker(made.id, [1, 3], "Анна")
    assert [turn.speaker.label for turn in view.turns] == [
        "Интервьюер",
        "Анна",
        "Интервьюер",
        "Анна",
    ]
    anna = view.turns[1].speaker
    assert anna.role == "respondent"
    view = project.transcript.assign_speaker(made.id, [0], anna.id)
    assert view.turns[0].speaker == anna
    view = project.transcript.assign_speaker(made.id, [0], "")
    assert view.turns[0].speaker is None
    view = project.transcript.alternate(made.id, 1, ["R1", "Интервьюер", "Анна"])
    assert [turn.speaker and turn.speaker.label for turn in view.turns] == [
        None,
        "R1",
        "Интервьюер",
        "Анна",
    ]
    refused("speakers-few", project.transcript.alternate, made.id, 0, ["R1", "R1"])
    refused("not-found", project.transcript.assign_speaker, made.id, [99], "R1")


def test_doubtful_places(project: Project) -> None:
    made = made_with(project, "ждали", doubtful=("рога", "и", "капыта", "Банк", "банк"))
    t = project.transcript
    places = t.doubtful(made.id)
    assert [(place.text, place.turn) for place in places] == [
        ("банк, рога и капыта.", 1),
        ("Банк", 3),
        ("банк", 3),
    ]
    assert places[1].start_ms == turn_rows(project, made)[3].word_times[2][2]
    t.accept(made.id, TEXT.index("рога"), TEXT.index("капыта"))
    assert [place.text for place in t.doubtful(made.id)] == ["банк,", "капыта.", "Банк", "банк"]
    t.replace_all(made.id, "капыта", "копыта")
    t.mark_suspected(made.id, 3, True)
    assert [place.text for place in t.doubtful(made.id)] == ["банк,"]
    assert [turn.ordinal for turn in t.suspected(made.id)] == [3]
    t.mark_suspected(made.id, 3, False)
    assert t.suspected(made.id) == []


def test_pauses(project: Project) -> None:
    made = made_with(project, "ждали")
    found = project.transcript.pauses(made.id)
    assert [(pause.offset, pause.length_ms, pause.turn) for pause in found] == [
        (len(SAID[0][0]), 2000, 0),
        (TEXT.index("А дальше") - 1, 2000, 1),
        (TEXT.index("Не верн") - 1, 2000, 2),
    ]
    assert project.transcript.pauses(made.id, 2_001) == []
    untimed = make(project, SAID, timed=False, title="Other")
    assert project.transcript.pauses(untimed.id) == []


@pytest.mark.parametrize("state", ["queued", "transcribing"])
def test_a_source_that_is_being_transcribed_is_left_alone(project: Project, state: str) -> None:
    made = made_with(project, "ждали", doubtful=("ждали",))
    with project.file.transaction() as session:
        source = session.get(tables.Source, made.id)
        source.state = state
        session.add(source)
    t = project.transcript
    for call in (
        lambda: t.edit_turn(made.id, 0, "x"),
        lambda: t.replace(made.id, 0, 1, "x"),
        lambda: t.replace_all(made.id, "банк", "x"),
        lambda: t.split_turn(made.id, 5),
        lambda: t.merge_turns(made.id, 0),
        lambda: t.retime(made.id, 0, 0, 100),
        lambda: t.assign_speaker(made.id, [0], "x"),
        lambda: t.alternate(made.id, 0, ["x", "y"]),
        lambda: t.accept(made.id, 0, 50),
        lambda: t.mark_suspected(made.id, 0, True),
    ):
        refused("source-transcribing", call)
    assert project.history.entries() == []


def test_what_is_not_there(project: Project) -> None:
    made = made_with(project, "ждали")
    other = make(project, SAID, title="Other")
    refused("not-found", project.transcript.edit_turn, "nowhere", 0, "x")
    refused("not-found", project.transcript.edit_turn, made.id, 77, "x")
    elsewhere = turn_rows(project, other)[0].id
    refused("not-found", project.transcript.edit_turn, made.id, elsewhere, "x")
    own = turn_rows(project, made)[0].id
    assert said(project.transcript.edit_turn(made.id, own, "Ну?"))[0] == "Ну?"
    with project.file.transaction() as session:
        session.add(
            tables.Source(
                project_id=made_project_id(project),
                title="Empty",
                kind="interview",
                state="recorded",
            )
        )
    refused("not-transcribed", project.transcript.edit_turn, "Empty", 0, "x")


def made_project_id(project: Project) -> str:
    with project.file.session() as session:
        return session.exec(select(tables.Project.id)).one()
