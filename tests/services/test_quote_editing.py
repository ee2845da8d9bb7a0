"""Borders, splitting, merging and recoding of quotes, and what happens to others' work and to notes."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from workbench.errors import InputError
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.services.coding import Coding
from workbench.services.project import Project

ME, YOU = "Анна К.", "Борис"
LONG = "Я думал, меня обманывают: на сайте одна ставка, в отделении другая."


@pytest.fixture
def coded(project: Project, interview: str) -> str:
    for name in ("A", "B", "C"):
        project.codebook.add(CodeDraft(name=name))
    return interview


@pytest.fixture
def colleague(project: Project, coded: str) -> SimpleNamespace:
    """Somebody else who codes the same project."""
    context = project.coding._context
    theirs = Coding(replace(context, coder=YOU))
    return SimpleNamespace(coding=theirs, sources=project.sources)


def span(project: Project | SimpleNamespace, source: str, words: str) -> tuple[int, int]:
    start = project.sources.source(source).text.index(words)
    return start, start + len(words)


def apply(project: Project | SimpleNamespace, source: str, words: str, code: str, **more: object):
    start, end = span(project, source, words)
    draft = CodingDraft.read({"source": source, "start": start, "end": end, "code": code, **more})
    return project.coding.apply(draft).coding


def shown(project: Project, source: str) -> list[tuple[str, str, str]]:
    return [(c.text, c.code, c.coder) for c in project.coding.codings(source)]


def refused(action) -> str:
    with pytest.raises(InputError) as caught:
        action()
    return caught.value.code


def test_borders_take_codes_memo_and_mark_along_and_come_back(project: Project, coded: str) -> None:
    coding = apply(project, coded, "меня обманывают", "A", stance="contradicts", emotion=-2)
    apply(project, coded, "меня обманывают", "B")
    project.coding.write_memo("quote", coding.quote_id, "спросить")
    project.coding.favourite(coding.quote_id)
    done = project.coding.set_borders(coding.quote_id, *span(project, coded, f" {LONG}"))
    assert done.quotes == (coding.quote_id,), "the quote stays the same one"
    assert shown(project, coded) == [(LONG, "A", ME), (LONG, "B", ME)]
    (quote,) = project.coding.quotes()
    assert (quote.memo, quote.favourite, quote.text) == ("спросить", True, LONG)
    kept = project.coding.codings(coded)[0]
    assert (kept.id, kept.stance, kept.emotion) == (coding.id, "contradicts", -2)
    assert project.history.undo().verb == "quote.borders"
    assert project.coding.codings(coded)[0].text == "меня обманывают"
    project.history.redo()
    assert project.coding.codings(coded)[0].text == LONG


def test_the_borders_a_quote_has_already_change_nothing(
    project: Project, colleague: SimpleNamespace, coded: str
) -> None:
    mine = apply(project, coded, "меня обманывают", "A")
    apply(colleague, coded, LONG, "A")
    pair = (ME, YOU)
    (difference,) = project.agreement.differences(pair, source=coded)
    project.agreement.settle(difference.id, pair)
    entries = len(project.history.entries())
    done = project.coding.set_borders(mine.quote_id, mine.start, mine.end)
    assert [coding.id for coding in done.codings] == [mine.id]
    assert project.agreement.differences(pair, source=coded) == [], "it is still settled"
    assert len(project.history.entries()) == entries
    project.coding.set_borders(mine.quote_id, mine.start, mine.end + 1)
    assert len(project.agreement.differences(pair, source=coded)) == 1, "these are other words"


def test_a_quote_that_comes_to_stand_on_another_becomes_one_with_it(
    project: Project, coded: str
) -> None:
    first = apply(project, coded, "меня обманывают", "A")
    second = apply(project, coded, "Злость", "A", emotion=-1)
    apply(project, coded, "Злость", "B")
    project.coding.write_memo("quote", first.quote_id, "один")
    project.coding.write_memo("quote", second.quote_id, "два")
    project.coding.set_borders(second.quote_id, first.start, first.end)
    (quote,) = project.coding.quotes()
    assert quote.memo == "один\n\nдва"
    assert shown(project, coded) == [("меня обманывают", "A", ME), ("меня обманывают", "B", ME)]
    assert project.coding.codings(coded)[0].id == first.id


def test_others_codings_stay_where_they_are(
    project: Project, colleague: SimpleNamespace, coded: str
) -> None:
    mine = apply(project, coded, "меня обманывают", "A")
    theirs = apply(colleague, coded, "меня обманывают", "A")
    assert mine.quote_id == theirs.quote_id
    project.coding.write_memo("quote", mine.quote_id, "спросить")
    colleague.coding.write_memo("quote", mine.quote_id, "ясно")
    project.coding.favourite(mine.quote_id)
    done = project.coding.set_borders(mine.quote_id, *span(project, coded, LONG))
    assert done.quotes != (mine.quote_id,)
    assert shown(project, coded) == [(LONG, "A", ME), ("меня обманывают", "A", YOU)]
    assert [(q.memo, q.favourite) for q in project.coding.quotes()] == [
        ("спросить", True),
        (f"{YOU}: ясно", True),
    ], "everybody's memo goes with their codings"
    assert refused(lambda: project.coding.set_borders(theirs.quote_id, 0, 5)) == "quote-of-others"
    assert refused(lambda: project.coding.split(theirs.quote_id, theirs.start + 5)) == (
        "quote-of-others"
    )
    project.history.undo()
    assert shown(project, coded) == [("меня обманывают", "A", ME), ("меня обманывают", "A", YOU)]


def test_a_quote_is_cut_at_a_place_and_both_parts_keep_the_codes(
    project: Project, coded: str
) -> None:
    coding = apply(project, coded, LONG, "A", emotion=1)
    apply(project, coded, LONG, "B")
    project.coding.write_memo("quote", coding.quote_id, "спросить")
    place = span(project, coded, " на сайте")[0]
    done = project.coding.split(coding.quote_id, place)
    first, second = "Я думал, меня обманывают:", "на сайте одна ставка, в отделении другая."
    assert [(c.text, c.code, c.emotion) for c in done.codings] == [
        (first, "A", 1),
        (first, "B", None),
        (second, "A", 1),
        (second, "B", None),
    ]
    assert [q.memo for q in project.coding.quotes()] == ["спросить", ""]
    for bad in (coding.start, coding.start - 3, place, coding.end):
        assert refused(lambda at=bad: project.coding.split(done.quotes[0], at)) == "split-at-edge"
    project.history.undo()
    assert [q.text for q in project.coding.quotes()] == [LONG]


def test_a_part_that_is_a_quote_already_takes_the_codes_in(project: Project, coded: str) -> None:
    apply(project, coded, "Честно?", "A")
    whole = apply(project, coded, "Честно? Злость.", "A")
    apply(project, coded, "Честно? Злость.", "C")
    project.coding.split(whole.quote_id, span(project, coded, "Злость")[0])
    assert shown(project, coded) == [
        ("Честно?", "A", ME),
        ("Честно?", "C", ME),
        ("Злость.", "A", ME),
        ("Злость.", "C", ME),
    ]


def test_quotes_that_touch_become_one_with_all_codes(project: Project, coded: str) -> None:
    one = apply(project, coded, "Честно?", "A", emotion=-1)
    two = apply(project, coded, "Злость.", "B")
    three = apply(project, coded, "Злость. Я думал", "A", emotion=2)
    project.coding.write_memo("quote", one.quote_id, "один")
    project.coding.write_memo("quote", three.quote_id, "три")
    project.coding.favourite(two.quote_id)
    done = project.coding.merge([three.quote_id, one.quote_id, two.quote_id])
    assert [(c.text, c.code, c.emotion) for c in done.codings] == [
        ("Честно? Злость. Я думал", "A", -1),
        ("Честно? Злость. Я думал", "B", None),
    ]
    (quote,) = project.coding.quotes()
    assert (quote.memo, quote.favourite) == ("один\n\nтри", True)
    project.history.undo()
    assert [q.text for q in project.coding.quotes()] == ["Честно?", "Злость.", "Злость. Я думал"]
    assert [q.memo for q in project.coding.quotes()] == ["один", "", "три"]


def test_quotes_apart_or_of_others_are_not_merged(
    project: Project, colleague: SimpleNamespace, coded: str
) -> None:
    one = apply(project, coded, "Честно?", "A")
    far = apply(project, coded, "меня обманывают", "A")
    theirs = apply(colleague, coded, "Злость.", "A")
    merge = project.coding.merge
    assert refused(lambda: merge([one.quote_id, far.quote_id])) == "quotes-apart"
    assert refused(lambda: merge([one.quote_id, theirs.quote_id])) == "merge-too-few"
    assert refused(lambda: merge([one.quote_id, one.quote_id])) == "merge-too-few"
    near = apply(project, coded, "Злость.", "B")
    merge([one.quote_id, near.quote_id])
    assert shown(project, coded)[:3] == [
        ("Честно? Злость.", "A", ME),
        ("Честно? Злость.", "B", ME),
        ("Злость.", "A", YOU),
    ]


def test_another_code_takes_the_place_and_twins_become_one(project: Project, coded: str) -> None:
    one = apply(project, coded, "Злость", "A", stance="contradicts", emotion=-2)
    two = apply(project, coded, "Честно", "A")
    twin = apply(project, coded, "Честно", "B", emotion=1)
    now = project.coding.recode([one.id, two.id], "B")
    assert [c.id for c in now] == [one.id, twin.id]
    assert [(c.text, c.code, c.emotion) for c in project.coding.codings(coded)] == [
        ("Честно", "B", 1),
        ("Злость", "B", -2),
    ]
    new = project.coding.recode([one.id], "-", new_code=CodeDraft(name="D", kind="barrier"))
    assert (new[0].code, new[0].stance) == ("D", "contradicts")
    assert project.history.undo().subject == "B → D: Злость"
    assert "D" not in [code.name for code in project.codebook.codes()]
    assert project.history.undo().subject == "A → B: Злость (+1)"
    assert len(project.coding.codings(coded)) == 3


def test_one_coders_work_is_taken_off_and_nobody_elses(
    project: Project, colleague: SimpleNamespace, coded: str
) -> None:
    apply(project, coded, "Злость", "A")
    apply(project, coded, "Злость", "B")
    kept = apply(project, coded, "Честно", "A")
    apply(colleague, coded, "Злость", "A")
    project.coding.favourite(kept.quote_id)
    service = project.coding
    assert service.coder_names() == [ME, YOU]
    assert [service.coded_by(ME), service.coded_by(ME, code="A"), service.coded_by(YOU)] == [
        3,
        2,
        1,
    ]
    assert service.clear(ME, code="B") == 1
    assert service.clear(ME, source=coded) == 2
    assert shown(project, coded) == [("Злость", "A", YOU)]
    assert [(q.text, q.favourite) for q in project.coding.quotes()] == [
        ("Честно", True),
        ("Злость", False),
    ]
    assert project.history.undo().subject == f"{ME} · interview (2)"
    assert service.coded_by(ME) == 2
    assert refused(lambda: service.clear("Никто")) == "not-found"


def test_an_emotion_can_be_taken_away(project: Project, coded: str) -> None:
    coding = apply(project, coded, "Злость", "A", emotion=-2)
    assert project.coding.edit(coding.id, no_emotion=True).emotion is None
    project.history.undo()
    assert project.coding.codings(coded)[0].emotion == -2
