"""Several coders on a real project: figures, differences, settling them, names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from coded_by_two import as_coder, code, codings, make

from workbench.errors import InputError
from workbench.models.drafts import CodeDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.text.spans import Span


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna and Boris agree on one quote, differ on borders of another, and each coded one alone."""
    mine = make(tmp_path_factory.mktemp("template"))
    code(mine, "I was annoyed.", "Waiting", emotion=-2)
    code(mine, "Nobody called me back.", "No news")
    code(mine, "They answered at once.", "Clear terms")
    code(mine, "We waited an hour.", "Waiting", source="other")
    opened = as_coder(mine, "Boris")
    code(opened, "I was annoyed.", "Waiting")
    code(opened, "Nobody called me back. We left", "No news")
    code(opened, "Everything was clear.", "Clear terms", emotion=1)
    opened.close()
    return opened.folder


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of that project, open for Anna."""
    shutil.copytree(template, tmp_path / "work" / template.name)
    with Workspace(tmp_path / "work", coder="Anna").open(template.name) as opened:
        yield opened


PAIR = ("Anna", "Boris")


def test_a_code_of_sources_that_are_left_out_makes_nobody_agree(project: Project) -> None:
    before = project.agreement.table()
    project.codebook.add(CodeDraft(name="Advice"))
    code(project, "We waited an hour.", "Advice", source="other")
    after = project.agreement.table()
    assert [row.code for row in after.rows] == [row.code for row in before.rows]
    assert after.sums == before.sums


def test_coders_are_listed_with_what_they_did(project: Project) -> None:
    listed = [(c.name, c.codings, c.codes, c.sources) for c in project.coders.coders()]
    assert listed == [("Anna", 4, 3, 2), ("Boris", 3, 3, 1)]


def test_figures_count_the_sources_that_both_worked_on(project: Project) -> None:
    table = project.agreement.table()
    length = len(project.sources.source("talk").text)
    assert (table.coders, table.units, table.left_out) == (PAIR, length, ("other",))
    rows = {row.code: row for row in table.rows}
    waiting = rows["Waiting"]
    assert (waiting.coded, waiting.both) == ((14, 14), 14)
    assert waiting.figures.kappa.value == 1
    assert waiting.figures.alpha.value == 1
    news = rows["No news"]
    assert (news.coded, news.both) == ((22, 30), 22)
    observed, n = (length - 8) / length, length * length
    expected = (22 * 30 + (length - 22) * (length - 30)) / n
    assert news.figures.kappa.value == pytest.approx((observed - expected) / (1 - expected))
    assert rows["Clear terms"].both == 0
    assert rows["Clear terms"].figures.kappa.value < 0
    anything, everything = table.sums
    assert anything.coded == (58, 65)
    assert everything.figures.percent.value == pytest.approx(
        sum(row.figures.percent.value for row in table.rows) / 3
    )
    assert len(table.definitions) == 6


def test_sentences_and_turns_are_units_too(project: Project) -> None:
    sentences = project.agreement.table(unit="sentences")
    assert sentences.units == 7
    news = next(row for row in sentences.rows if row.code == "No news")
    assert (news.coded, news.both) == ((1, 2), 1)
    turns = project.agreement.table(unit="turns", code="Clear terms")
    assert (turns.units, turns.rows[0].both, turns.sums) == (4, 1, ())
    assert turns.rows[0].figures.kappa.value == 1


def test_a_code_that_nobody_used_has_no_figures(project: Project, tmp_path: Path) -> None:
    from workbench.models.drafts import CodeDraft

    project.codebook.add(CodeDraft(name="Empty"))
    assert "Empty" not in {row.code for row in project.agreement.table().rows}
    row = project.agreement.table(code="Empty").rows[0]
    assert row.figures.percent.value is None
    assert row.figures.percent.why


def test_what_cannot_be_compared_is_refused(project: Project) -> None:
    for wrong, said in (
        ({"coders": ("Anna",)}, "coders-needed"),
        ({"coders": ("Anna", "Nobody")}, "not-found"),
        ({"unit": "words"}, "unit-unknown"),
        ({"source": "nowhere"}, "not-found"),
        ({"code": "nothing"}, "not-found"),
    ):
        with pytest.raises(InputError) as trouble:
            project.agreement.table(**wrong)
        assert trouble.value.code == said
        assert trouble.value.remedy


def test_differences_are_listed_in_the_order_of_the_text(project: Project) -> None:
    found = project.agreement.differences(PAIR)
    assert [(d.kind, d.code, d.source) for d in found] == [
        ("borders", "No news", "talk"),
        ("only_first", "Clear terms", "talk"),
        ("only_second", "Clear terms", "talk"),
    ]
    assert found[0].text == "Nobody called me back. We left"
    assert [len(found[0].first), len(found[0].second)] == [1, 1]
    same = project.agreement.differences(PAIR, same=True, code="Waiting")
    assert [d.kind for d in same] == ["same"]
    swapped = project.agreement.differences(PAIR[::-1], code="Clear terms")
    assert [d.kind for d in swapped] == ["only_second", "only_first"]


def test_agreeing_with_one_makes_the_others_codings_the_same(project: Project) -> None:
    before = codings(project)
    borders, mine, theirs = project.agreement.differences(PAIR)
    project.agreement.agree(borders.id, PAIR, right="Boris")
    project.agreement.agree(mine.id, PAIR, right="Anna")
    project.agreement.agree(theirs.id, PAIR, right="Anna")
    assert project.agreement.differences(PAIR) == []
    now = {(c[3], c[4]): c for c in codings(project) if c[0] == "talk"}
    assert now["No news", "Anna"][1:3] == now["No news", "Boris"][1:3]
    assert now["Clear terms", "Boris"][1:3] == now["Clear terms", "Anna"][1:3]
    quotes = {q.text for q in project.coding.quotes(source="talk")}
    assert "Everything was clear." not in quotes, "nothing is left on it"
    assert "Nobody called me back." not in quotes
    entry = project.history.entries()[0]
    assert (entry.verb, entry.actor) == ("coding.agree", "Anna")
    for _step in range(3):
        project.history.undo()
    assert codings(project) == before
    for _step in range(3):
        project.history.redo()
    assert project.agreement.differences(PAIR) == []
    kept = next(c for c in project.coding.codings("talk") if c.code == "Waiting")
    assert kept.emotion in (-2, None)


def test_a_coding_brought_over_keeps_stance_and_emotion(project: Project) -> None:
    theirs = project.agreement.differences(PAIR)[2]
    project.agreement.agree(theirs.id, PAIR, right="Boris")
    brought = [c for c in project.coding.codings("talk") if c.text == "Everything was clear."]
    assert {(c.coder, c.emotion) for c in brought} == {("Anna", 1), ("Boris", 1)}


def test_what_is_let_stand_is_not_listed_again(project: Project) -> None:
    borders = project.agreement.differences(PAIR)[0]
    project.agreement.settle(borders.id, PAIR)
    assert [d.kind for d in project.agreement.differences(PAIR)] == ["only_first", "only_second"]
    again = project.agreement.differences(PAIR, settled=True)
    assert [d.settled for d in again] == [True, False, False]
    project.agreement.settle(borders.id, PAIR, settled=False)
    assert len(project.agreement.differences(PAIR)) == 3
    project.history.undo()
    assert len(project.agreement.differences(PAIR)) == 2


def test_where_both_agree_nothing_can_be_settled(project: Project) -> None:
    same = project.agreement.differences(PAIR, same=True, code="Waiting")[0]
    for act in (
        lambda: project.agreement.settle(same.id, PAIR),
        lambda: project.agreement.agree(same.id, PAIR, right="Anna"),
    ):
        with pytest.raises(InputError) as trouble:
            act()
        assert trouble.value.code == "no-difference"
    with pytest.raises(InputError) as trouble:
        project.agreement.agree("nothing", PAIR, right="Anna")
    assert trouble.value.code == "not-found"


def test_a_coder_gets_another_name_and_codes_on_under_it(project: Project) -> None:
    project.coders.rename("Anna", " Anna  K. ")
    assert project.coder == "Anna K."
    code(project, "And there?", "Waiting")
    assert {c.name for c in project.coders.coders()} == {"Anna K.", "Boris"}
    assert project.coding.recent_codes()


def test_two_names_of_one_person_are_joined(project: Project) -> None:
    before = codings(project)
    with pytest.raises(InputError) as trouble:
        project.coders.rename("Boris", "Anna")
    assert trouble.value.code == "coder-taken"
    view = project.coders.rename("Boris", "Anna", join=True)
    assert (view.name, view.codings) == ("Anna", 6)
    assert [c.name for c in project.coders.coders()] == ["Anna"]
    project.history.undo()
    assert codings(project) == before
    for wrong in ("", "   ", "x" * 301):
        with pytest.raises(InputError) as trouble:
            project.coders.rename("Boris", wrong)
        assert trouble.value.code == "coder-name"
    with pytest.raises(InputError):
        project.coders.rename("Nobody", "Somebody")


def test_one_coders_counts_tell_nothing_of_the_other(project: Project) -> None:
    codes = project.coders.codes("Boris")
    counts = {view.name: (view.quotes, view.persons) for view in codes}
    assert counts == {"Waiting": (1, 1), "No news": (1, 1), "Clear terms": (1, 1)}
    assert [view.all_quotes for view in codes] == [1, 1, 1]
    assert [view.quotes for view in project.coders.codes("Nobody")] == [0, 0, 0]


def test_hidden_turns_are_no_text_that_could_be_coded(project: Project) -> None:
    with project.file.transaction() as session:
        from sqlmodel import select

        from workbench.models.tables import Turn

        turn = session.exec(select(Turn).where(Turn.ordinal == 2)).first()
        turn.suspected = True
        session.add(turn)
    length = len(project.sources.source("talk").text)
    assert project.agreement.table().units == length - len("And there?")
    assert project.agreement.table(unit="sentences").units == 6


def test_a_passage_begins_and_ends_with_whole_words(project: Project) -> None:
    text = project.sources.source("talk").text
    start = text.index("called")
    source = project.sources.source("talk").card.id
    found = project.agreement.passage(source, Span(start, start + 6), before=12, behind=12)
    assert found.text == "Nobody called me back."
    assert text[found.offset :].startswith(found.text)
    whole = project.agreement.passage(source, Span(start, start + 6), before=10_000, behind=10_000)
    assert (whole.text, whole.offset) == (text, 0)


def test_three_coders_have_alpha_but_no_kappa(project: Project) -> None:
    project._context.coder = "Vera"
    code(project, "I was annoyed.", "Waiting")
    code(project, "They never called back.", "No news", source="other")
    table = project.agreement.table(["Anna", "Boris", "Vera"])
    assert (table.sources, table.left_out) == (2, ())
    waiting = next(row for row in table.rows if row.code == "Waiting")
    assert waiting.coded == (32, 14, 14)
    assert waiting.both == 14
    assert waiting.figures.kappa.why == "Cohen's kappa is for two coders."
    assert 0 < waiting.figures.alpha.value < 1
    with pytest.raises(InputError) as trouble:
        project.agreement.differences(["Anna", "Boris", "Vera"])
    assert trouble.value.code == "coders-two"


def test_who_took_another_name_codes_under_the_old_one_after_an_undo(project: Project) -> None:
    project.coders.rename("Anna", "Anna K.")
    project.history.undo()
    assert project.coder == "Anna"
    project.history.redo()
    assert project.coder == "Anna K."
    code(project, "And there?", "Waiting")
    assert {c.name for c in project.coders.coders()} == {"Anna K.", "Boris"}
    project.history.undo()
    project.history.undo()
    project.coders.rename("Anna", "Boris", join=True)
    project.history.undo()
    assert project.coder == "Anna"
    project.coders.rename("Boris", "Boris K.")
    project.history.undo()
    assert project.coder == "Anna"
