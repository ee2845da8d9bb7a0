"""Coding: quotes, codes, what the journal remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import InputError, ProjectError
from workbench.models.drafts import BarrierDraft, CodeDraft, CodingDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace


def span(project: Project, source: str, words: str) -> tuple[int, int]:
    start = project.sources.source(source).text.index(words)
    return start, start + len(words)


def apply(project: Project, source: str, words: str, code: str, **more: object):
    start, end = span(project, source, words)
    draft = CodingDraft.read({"source": source, "start": start, "end": end, "code": code, **more})
    return project.coding.apply(draft)


def test_text_becomes_turns_and_speakers(project: Project, interview: str) -> None:
    source = project.sources.source(interview)
    assert [turn.speaker.label for turn in source.turns if turn.speaker] == [
        "Интервьюер",
        "R01",
        "Интервьюер",
        "R01",
    ]
    assert source.speakers[0].role == "interviewer"
    for turn in source.turns:
        assert source.text[turn.start : turn.end] in source.text
    assert "[вздыхает]" in source.text


def test_code_applied_twice_changes_nothing(project: Project, interview: str) -> None:
    project.codebook.add(CodeDraft(name="Разные ответы"))
    first = apply(project, interview, "на сайте одна ставка, в отделении другая", "Разные ответы")
    entries = len(project.history.entries())
    again = apply(project, interview, "на сайте одна ставка, в отделении другая", "разные ОТВЕТЫ")
    assert not first.existed
    assert again.existed
    assert again.coding.id == first.coding.id
    assert len(project.history.entries()) == entries


def test_selection_is_trimmed_and_checked(project: Project, interview: str) -> None:
    project.codebook.add(CodeDraft(name="Злость"))
    text = project.sources.source(interview).text
    start = text.index(" Злость.")
    draft = CodingDraft(source=interview, start=start, end=start + 8, code="Злость")
    assert project.coding.apply(draft).coding.text == "Злость."
    newline = text.index("\n")
    for bad, code in (
        ((0, len(text) + 1), "span-outside"),
        ((newline, newline + 1), "span-empty"),
    ):
        with pytest.raises(InputError) as caught:
            project.coding.apply(
                CodingDraft(source=interview, start=bad[0], end=bad[1], code="Злость")
            )
        assert caught.value.code == code
    with pytest.raises(InputError) as caught:
        project.coding.apply(CodingDraft(source=interview, start=0, end=5, code="нет такого"))
    assert caught.value.code == "not-found"


def test_new_code_and_its_coding_are_one_action(project: Project, interview: str) -> None:
    start, end = span(project, interview, "Мы ушли в другой банк")
    project.coding.apply(
        CodingDraft(source=interview, start=start, end=end, code="-"),
        new_code=CodeDraft(name="Ушли к конкуренту", kind="barrier"),
    )
    assert [code.name for code in project.codebook.codes()] == ["Ушли к конкуренту"]
    project.history.undo()
    assert project.codebook.codes() == []
    assert project.coding.quotes() == []
    project.history.redo()
    assert [quote.text for quote in project.coding.quotes()] == ["Мы ушли в другой банк"]


def test_overlapping_codings_are_free_and_listed(project: Project, interview: str) -> None:
    for name in ("A", "B"):
        project.codebook.add(CodeDraft(name=name))
    apply(project, interview, "Злость. Я думал", "A", emotion=-2)
    apply(project, interview, "Я думал, меня обманывают", "B", stance="contradicts")
    codings = project.coding.codings(interview)
    assert [(item.code, item.stance, item.emotion) for item in codings] == [
        ("A", "supports", -2),
        ("B", "contradicts", None),
    ]
    assert project.coding.recent_codes()[0] == codings[1].code_id
    card = project.sources.cards()[0]
    assert card.quotes == 2
    assert 0 < card.coded_share < 1


def test_removing_the_last_code_removes_the_quote_but_not_a_favourite(
    project: Project, interview: str
) -> None:
    project.codebook.add(CodeDraft(name="A"))
    coding = apply(project, interview, "Злость", "A").coding
    project.coding.remove(coding.id)
    assert project.coding.quotes() == []
    kept = apply(project, interview, "Злость", "A").coding
    project.coding.favourite(kept.quote_id)
    project.coding.remove(kept.id)
    assert [quote.favourite for quote in project.coding.quotes()] == [True]


def test_codebook_moves_merges_and_refuses_cycles(project: Project, interview: str) -> None:
    project.codebook.add(CodeDraft(name="Ожидание"))
    project.codebook.add(CodeDraft(name="Очередь", parent="Ожидание"))
    with pytest.raises(InputError) as caught:
        project.codebook.move("Ожидание", "Очередь")
    assert caught.value.code == "code-cycle"
    with pytest.raises(InputError):
        project.codebook.add(CodeDraft(name="очередь", parent="Ожидание"))
    project.codebook.add(CodeDraft(name="Скука"))
    apply(project, interview, "Злость", "Очередь")
    apply(project, interview, "Злость", "Скука")
    merged = project.codebook.merge("Очередь", "Скука")
    assert merged.quotes == 1
    assert [code.path for code in project.codebook.codes()] == ["Ожидание", "Скука"]
    project.history.undo()
    assert [code.path for code in project.codebook.codes()] == [
        "Ожидание",
        "Ожидание / Очередь",
        "Скука",
    ]
    assert len(project.coding.codings(interview)) == 2


def test_barrier_needs_an_effect_and_the_right_kind(project: Project) -> None:
    project.codebook.add(CodeDraft(name="Тема"))
    project.codebook.add(CodeDraft(name="Разные ответы", kind="barrier"))
    with pytest.raises(InputError) as caught:
        BarrierDraft.read({"statement": "Сайт и отделение называют разные ставки"})
    assert caught.value.code == "barrier-without-effect"
    draft = BarrierDraft(statement="Разные ставки", hinders_choosing=True, severity=5)
    with pytest.raises(InputError) as caught:
        project.codebook.describe_barrier("Тема", draft)
    assert caught.value.code == "not-a-barrier"
    assert project.codebook.describe_barrier("Разные ответы", draft).severity == 5


def test_removing_a_source_can_be_undone_with_its_codings(project: Project, interview: str) -> None:
    project.codebook.add(CodeDraft(name="A"))
    apply(project, interview, "Злость", "A")
    project.sources.remove(interview)
    assert project.sources.cards() == []
    project.history.undo()
    assert [quote.text for quote in project.coding.quotes()] == ["Злость"]


def test_same_file_is_not_added_twice(project: Project, interview: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        project.sources.add(tmp_path / "interview.txt")
    assert caught.value.code == "already-added"
    assert interview


def test_two_hundred_steps_survive_closing(workspace: Workspace, tmp_path: Path) -> None:
    from workbench.models.drafts import ProjectDraft

    project = workspace.create(ProjectDraft(title="Long"))
    for number in range(210):
        project.codebook.add(CodeDraft(name=f"code {number}"))
    project.close()
    project = workspace.open("long")
    for _step in range(205):
        project.history.undo()
    assert len(project.codebook.codes()) == 5
    project.close()
    project = workspace.open("long")
    for _step in range(205):
        project.history.redo()
    assert len(project.codebook.codes()) == 210
    with pytest.raises(ProjectError) as caught:
        project.history.redo()
    assert caught.value.code == "nothing-to-redo"
    project.close()


def test_new_action_drops_what_was_undone(project: Project) -> None:
    project.codebook.add(CodeDraft(name="A"))
    project.history.undo()
    project.codebook.add(CodeDraft(name="B"))
    with pytest.raises(ProjectError):
        project.history.redo()
    assert [code.name for code in project.codebook.codes()] == ["B"]
