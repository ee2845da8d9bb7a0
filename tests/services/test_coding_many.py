"""Several codes, several spans, several sources: one action."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.services.project import Project


@pytest.fixture
def second(project: Project, tmp_path: Path) -> str:
    path = tmp_path / "second.txt"
    path.write_text("R02: Ждали час. Ждали ещё.\n", encoding="utf-8")
    return project.sources.add(path)[0].id


def draft(source: str, start: int, end: int, code: str, **more: object) -> CodingDraft:
    return CodingDraft.read({"source": source, "start": start, "end": end, "code": code, **more})


def test_many_are_one_action_with_new_codes_and_come_back_together(
    project: Project, interview: str, second: str
) -> None:
    project.codebook.add(CodeDraft(name="Ожидание"))
    entries = len(project.history.entries())
    applied = project.coding.apply_many(
        [
            draft(interview, 0, 3, "Ожидание", emotion=-1),
            draft(interview, 0, 3, "new"),
            draft(second, 0, 10, "new"),
            draft(second, 11, 16, "Ожидание"),
            draft(second, 0, 10, "new"),
        ],
        new_codes={"new": CodeDraft(name="Час", kind="barrier", parent="Ожидание")},
    )
    assert [each.existed for each in applied] == [False, False, False, False, True]
    assert [each.coding.code for each in applied] == ["Ожидание", "Час", "Час", "Ожидание", "Час"]
    assert applied[0].coding.emotion == -1
    assert len(project.history.entries()) == entries + 1
    assert project.codebook.code("Час").path == "Ожидание / Час"
    assert [q.text for q in project.coding.quotes(source=second)] == ["Ждали час.", "Ждали"]
    entry = project.history.undo()
    assert entry.subject == "Ожидание, Час: Что (+2)"
    assert project.coding.quotes() == []
    assert [code.name for code in project.codebook.codes()] == ["Ожидание"]
    project.history.redo()
    assert len(project.coding.quotes()) == 3


def test_one_wrong_span_or_name_and_nothing_is_applied(project: Project, interview: str) -> None:
    project.codebook.add(CodeDraft(name="A"))
    good = draft(interview, 0, 3, "A")
    length = len(project.sources.source(interview).text)
    for bad, code in (
        (draft(interview, 0, length + 1, "A"), "span-outside"),
        (draft(interview, 5, 4, "A"), "span-outside"),
        (draft(interview, 3, 4, "A"), "span-empty"),
        (draft(interview, 0, 3, "B"), "not-found"),
        (draft("нет", 0, 3, "A"), "not-found"),
    ):
        for drafts in ([good, bad], [bad]):
            with pytest.raises(InputError) as caught:
                project.coding.apply_many(drafts)
            assert caught.value.code == code
    assert project.coding.quotes() == []
    assert project.coding.apply_many([]) == []


def test_a_thousand_at_once_are_found_again(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("R: " + "слово " * 1_200, encoding="utf-8")
    source = project.sources.add(path)[0].id
    project.codebook.add(CodeDraft(name="A"))
    text = project.sources.source(source).text
    drafts = [draft(source, n * 6, n * 6 + 5, "A") for n in range(1_100)]
    assert {text[d.start : d.end] for d in drafts} == {"слово"}
    assert not any(each.existed for each in project.coding.apply_many(drafts))
    again = project.coding.apply_many(drafts)
    assert all(each.existed for each in again)
    assert len({each.coding.id for each in again}) == 1_100
    assert project.coding.clear(project.coder) == 1_100
    assert project.coding.quotes() == []
    project.history.undo()
    assert len(project.coding.quotes()) == 1_100


def test_frozen_codes_are_applied_and_a_frozen_codebook_takes_no_new_one(
    project: Project, interview: str
) -> None:
    project.codebook.add(CodeDraft(name="A"))
    project.codebook.freeze("A")
    project.codebook.freeze()
    assert project.coding.apply(draft(interview, 0, 3, "A")).coding.code == "A"
    with pytest.raises(InputError) as caught:
        project.coding.apply_many(
            [draft(interview, 5, 8, "A"), draft(interview, 5, 8, "new")],
            new_codes={"new": CodeDraft(name="B")},
        )
    assert caught.value.code == "codebook-frozen"
    assert len(project.coding.quotes()) == 1


def test_words_that_were_corrected_are_coded_as_they_are_now(
    project: Project, interview: str
) -> None:
    project.codebook.add(CodeDraft(name="A"))
    project.coding.apply(draft(interview, 0, 3, "A"))  # the text is at hand from now on
    project.transcript.edit_turn(interview, 0, "Иначе сказано")
    assert project.coding.apply(draft(interview, 0, 5, "A")).coding.text == "Иначе"
    project.history.undo()
    project.history.undo()
    text = project.sources.source(interview).text
    assert project.coding.apply(draft(interview, 0, 7, "A")).coding.text == text[:7].strip()
