"""The codebook's verbs on a real project: shape, freezing, counts, history, files, other projects."""

from __future__ import annotations

import pytest

from workbench.coding.code_records import Fate
from workbench.errors import InputError, ProjectError
from workbench.models.codebook_views import CodeChange
from workbench.models.drafts import (
    BarrierDraft,
    CodeDraft,
    CodingDraft,
    PersonDraft,
    ProjectDraft,
    RecommendationDraft,
    SourceDraft,
)
from workbench.models.filters import QuoteFilter
from workbench.services.codebook import code_views
from workbench.services.workspace import Workspace


@pytest.fixture
def book(project, interview):
    """A small codebook; ``apply`` puts a code on words of the interview."""
    for name, kind, parent in (
        ("Ожидание", "theme", None),
        ("Очередь", "barrier", "Ожидание"),
        ("Звонок", "need", "Ожидание"),
        ("Ставка", "barrier", None),
        ("Советы", "strength", None),
    ):
        project.codebook.add(CodeDraft(name=name, kind=kind, parent=parent))
    return project.codebook


@pytest.fixture
def apply(project, interview):
    def put(code, words, source=interview, **details):
        text = project.sources.source(source).text
        start = text.index(words)
        draft = CodingDraft(
            source=source, start=start, end=start + len(words), code=code, **details
        )
        return project.coding.apply(draft).coding

    return put


def paths(project):
    return [code.path for code in project.codebook.codes()]


def refused(code, act, *arguments, **details):
    with pytest.raises(InputError) as trouble:
        act(*arguments, **details)
    assert trouble.value.code == code
    return trouble.value


# -- shape -----------------------------------------------------------------------------------


def test_steps_walk_a_code_through_the_tree_and_back(project, book):
    before = paths(project)
    assert book.step("Ставка", "up").path == "Ставка"
    assert paths(project)[0] == "Ставка"
    assert book.step("Ставка", "up") is None
    book.step("Ставка", "down")
    assert book.step("Ставка", "under").path == "Ожидание / Ставка"
    assert book.step("Ставка", "up").path == "Ожидание / Ставка"
    assert paths(project)[:4] == [
        "Ожидание",
        "Ожидание / Очередь",
        "Ожидание / Ставка",
        "Ожидание / Звонок",
    ]
    assert book.step("Ставка", "out").path == "Ставка"
    assert paths(project) == before
    for _step in range(5):
        project.history.undo()
    assert paths(project) == before
    assert project.history.entries(1)[0].verb == "code.move"


def test_codes_are_sorted_by_name_use_and_kind_in_one_action(project, book, apply):
    apply("Советы", "Злость")
    apply("Звонок", "меня обманывают")
    before = paths(project)
    entries = len(project.history.entries())
    book.sort(by="name", deep=True)
    assert paths(project) == [
        "Ожидание",
        "Ожидание / Звонок",
        "Ожидание / Очередь",
        "Советы",
        "Ставка",
    ]
    assert len(project.history.entries()) == entries + 1
    project.history.undo()
    assert paths(project) == before
    book.sort("Ожидание", by="use")
    assert paths(project)[:3] == ["Ожидание", "Ожидание / Звонок", "Ожидание / Очередь"]
    book.sort(by="kind")
    assert [p for p in paths(project) if "/" not in p] == ["Ожидание", "Ставка", "Советы"]
    refused("sort-unknown", book.sort, by="size")


def test_a_split_divides_quotes_with_all_that_was_coded(project, book, apply):
    one = apply("Очередь", "Злость", emotion=-2, stance="contradicts")
    apply("Очередь", "меня обманывают")
    made = book.split(
        "Очередь", [one.quote_id], CodeDraft(name="Гнев", kind="barrier", parent="Ожидание")
    )
    assert paths(project)[:4] == [
        "Ожидание",
        "Ожидание / Очередь",
        "Ожидание / Гнев",
        "Ожидание / Звонок",
    ]
    assert (made.quotes, book.code("Очередь").quotes) == (1, 1)
    moved = next(c for c in project.coding.codings("1") if c.code == "Гнев")
    assert (moved.text, moved.emotion, moved.stance) == ("Злость", -2, "contradicts")
    assert project.history.entries(1)[0].subject == "Очередь → Гнев"
    project.history.undo()
    assert book.code("Очередь").quotes == 2
    assert "Ожидание / Гнев" not in paths(project)
    project.history.redo()
    assert book.code("Гнев").quotes == 1
    under = book.split("Гнев", [one.quote_id], CodeDraft(name="Ярость", parent="Гнев"))
    assert under.path == "Ожидание / Гнев / Ярость"


def test_a_split_that_makes_no_sense_changes_nothing(project, book, apply):
    quote = apply("Очередь", "Злость").quote_id
    other = apply("Ставка", "меня обманывают").quote_id
    entries = len(project.history.entries())
    refused("split-nothing", book.split, "Очередь", [], CodeDraft(name="X"))
    refused("split-not-its-quote", book.split, "Очередь", [quote, other], CodeDraft(name="X"))
    refused(
        "code-name-taken",
        book.split,
        "Очередь",
        [quote],
        CodeDraft(name="звонок", parent="Ожидание"),
    )
    assert len(project.history.entries()) == entries
    assert len(paths(project)) == 5


# -- freezing --------------------------------------------------------------------------------


def test_a_frozen_code_is_applied_but_not_changed(project, book, apply):
    quote = apply("Очередь", "Злость").quote_id
    book.freeze("Очередь")
    assert book.code("Очередь").frozen
    trouble = refused("code-frozen", book.edit, "Очередь", name="x")
    assert "Очередь" in str(trouble)
    assert "--off" in str(trouble)
    refused("code-frozen", book.move, "Очередь", None)
    refused("code-frozen", book.step, "Очередь", "down")
    refused("code-frozen", book.merge, "Очередь", "Ставка")
    refused("code-frozen", book.merge, "Ставка", "Очередь")
    refused("code-frozen", book.merge, "Ожидание", "Советы")
    refused("code-frozen", book.remove, "Очередь")
    refused("code-frozen", book.split, "Очередь", [quote], CodeDraft(name="x"))
    apply("Очередь", "меня обманывают")
    book.describe_barrier("Очередь", BarrierDraft(statement="s", hinders_choosing=True))
    book.add(CodeDraft(name="По записи", parent="Очередь"))
    book.sort("Ожидание", by="kind")
    project.history.undo()
    book.freeze("Очередь", frozen=False)
    book.edit("Очередь", name="Очереди")


def test_a_frozen_codebook_takes_no_new_codes(project, book, apply, interview):
    book.freeze()
    assert book.is_frozen
    refused("codebook-frozen", book.add, CodeDraft(name="New"))
    refused("codebook-frozen", book.edit, "Ставка", definition="x")
    refused("codebook-frozen", book.sort, by="name")
    refused("codebook-frozen", book.move, "Очередь", None)
    refused("codebook-frozen", book.merge, "Ставка", "Советы")
    refused("codebook-frozen", book.remove, "Ставка")
    draft = CodingDraft(source=interview, start=0, end=11, code="New")
    refused("codebook-frozen", project.coding.apply, draft, new_code=CodeDraft(name="New"))
    assert not project.coding.codings(interview)
    apply("Ставка", "одна ставка")
    project.history.undo()
    project.history.undo()
    assert not book.is_frozen
    book.add(CodeDraft(name="New"))


# -- counts and parts ------------------------------------------------------------------------


def test_counts_with_children_count_each_quote_and_person_once(
    project, book, apply, tmp_path, interview
):
    project.plan.add_person(PersonDraft(pseudonym="P1"))
    second = tmp_path / "second.txt"
    second.write_text("R: Мы ждали час, а потом ушли.\n", "utf-8")
    other = project.sources.add(second, SourceDraft(title="Second", person="P1"))[0].id
    project.sources.edit(interview, person="P1")
    apply("Ожидание", "Злость")
    apply("Очередь", "Злость")
    apply("Звонок", "Злость")
    apply("Звонок", "меня обманывают")
    apply("Очередь", "ждали час", source=other)
    counts = {
        c.name: (c.quotes, c.persons, c.all_quotes, c.all_persons) for c in project.codebook.codes()
    }
    assert counts["Ожидание"] == (1, 1, 3, 1)
    assert counts["Очередь"] == (2, 1, 2, 1)
    assert counts["Звонок"] == (2, 1, 2, 1)
    assert counts["Ставка"] == (0, 0, 0, 0)
    assert [c.name for c in book.used_in(other)] == ["Очередь"]


def test_codes_named_alike(project, book):
    book.add(CodeDraft(name="Очереди", parent="Ставка"))
    assert [(a.path, b.path) for a, b, _score in book.alike()] == [
        ("Ожидание / Очередь", "Ставка / Очереди")
    ]


# -- history ---------------------------------------------------------------------------------


def test_the_history_tells_what_happened_by_whom(project, book, apply):
    book.edit("Очередь", name="Очереди")
    book.edit("Очереди", definition="Люди ждут.", kind="theme")
    book.move("Очереди", "Ставка")
    book.edit("Очереди", colour=7)
    project.history.undo()
    apply("Очереди", "Злость")
    one = apply("Очереди", "меня обманывают")
    apply("Звонок", "одна ставка")
    book.merge("Звонок", "Очереди")
    book.split("Очереди", [one.quote_id], CodeDraft(name="Обман"))
    book.freeze("Очереди")
    events = book.history("Очереди")
    assert [
        (e.change, e.before, e.after, e.count) for e in events if e.change != CodeChange.USED
    ] == [
        (CodeChange.MADE, "", "Очередь", 0),
        (CodeChange.RENAMED, "Очередь", "Очереди", 0),
        (CodeChange.KIND, "barrier", "theme", 0),
        (CodeChange.DESCRIBED, "", "", 0),
        (CodeChange.MOVED, "Ожидание", "Ставка", 0),
        (CodeChange.MERGED, "Звонок", "", 1),
        (CodeChange.SPLIT, "", "Обман", 1),
        (CodeChange.FROZEN, "", "", 0),
    ]
    assert {e.actor for e in events} == {"Анна К."}
    assert sum(e.count for e in events if e.change == CodeChange.USED) == 2
    made = project.coding.apply(
        CodingDraft(source="1", start=0, end=11, code="x"), new_code=CodeDraft(name="На ходу")
    )
    assert [e.change for e in book.history(made.coding.code_id)] == [
        CodeChange.MADE,
        CodeChange.USED,
    ]


# -- files and other projects ----------------------------------------------------------------


def test_an_import_is_shown_first_and_then_one_action(project, book, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(
        "id,parent,code,kind,definition\n1,,ожидание,,Время\n2,1,очередь,need,\n3,1,Лифт,barrier,x\n4,,Советы,,\n",
        "utf-8",
    )
    book.freeze("Очередь")
    before = paths(project)
    planned = project.codebook_exchange.preview(path)
    fates = [Fate.CHANGED, Fate.FROZEN, Fate.NEW, Fate.SAME]
    assert [code.fate for code in planned.codes] == fates
    assert paths(project) == before
    done = project.codebook_exchange.import_file(path)
    assert [code.fate for code in done.codes] == fates
    assert book.code("Ожидание").definition == "Время"
    assert book.code("Очередь").kind == "barrier"
    new = book.code("Ожидание / Лифт")
    assert (new.kind, new.definition) == ("barrier", "x")
    assert project.history.entries(1)[0].verb == "code.import"
    assert project.history.entries(1)[0].subject == "book.csv"
    project.history.undo()
    assert paths(project) == before
    assert book.code("Ожидание").definition == ""
    project.history.redo()
    assert paths(project)[3] == "Ожидание / Лифт"
    assert not project.codebook_exchange.import_file(path).changes_anything
    assert project.history.entries(1)[0].verb == "code.import", (
        "what changes nothing leaves no entry"
    )


def test_a_frozen_codebook_refuses_an_import_that_would_change_it(project, book, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("code\nСоветы\n", "utf-8")
    book.freeze()
    project.codebook_exchange.import_file(path)
    path.write_text("code\nНовый\n", "utf-8")
    refused("codebook-frozen", project.codebook_exchange.import_file, path)
    assert "Новый" not in paths(project)


@pytest.mark.parametrize("name", ["csv", "xlsx", "qdc", "md"])
def test_an_exported_codebook_makes_the_same_one_elsewhere(project, book, workspace, name):
    book.edit(
        "Очередь",
        definition="Люди ждут.\nДолго.",
        when_to_use="u",
        when_not="n",
        example="«e»",
        colour=8,
    )
    path = project.codebook_exchange.export(name)
    assert path.parent == project.folder / "exports"
    refused("export-exists", project.codebook_exchange.export, name)
    project.codebook_exchange.export(name, force=True)
    with workspace.create(ProjectDraft(title="Other")) as other:
        other.codebook_exchange.import_file(path)
        assert _said(other) == _said(project)
        assert not other.codebook_exchange.import_file(path).changes_anything


def _said(project):
    return [
        (c.path, c.kind, c.colour, c.definition, c.when_to_use, c.when_not, c.example)
        for c in project.codebook.codes()
    ]


def test_an_export_goes_where_it_is_told(project, book, tmp_path):
    assert project.codebook_exchange.export("md", tmp_path).name == "Ипотека.md"
    assert project.codebook_exchange.export("qdc", tmp_path / "x").name == "x.qdc"
    refused(
        "output-not-writable", project.codebook_exchange.export, "csv", tmp_path / "no" / "x.csv"
    )
    refused("codebook-format-unknown", project.codebook_exchange.export, "docx")


def test_an_empty_codebook_is_not_exported(project):
    refused("codebook-without-codes", project.codebook_exchange.export, "qdc")


def test_the_codebook_of_another_project_is_taken_over(project, book, workspace):
    book.edit("Очередь", definition="Люди ждут.")
    book.describe_barrier("Очередь", BarrierDraft(statement="s", hinders_choosing=True))
    with workspace.create(ProjectDraft(title="Other")) as other:
        other.codebook.add(CodeDraft(name="Own"))
        planned = other.codebook_exchange.preview_reuse("Ипотека")
        assert planned.count(Fate.NEW) == 5
        assert paths(other) == ["Own"]
        other.codebook_exchange.reuse("Ипотека")
        assert paths(other) == ["Own", *paths(project)]
        assert other.codebook.code("Очередь").definition == "Люди ждут."
        assert other.codebook.code("Очередь").barrier is None
        other.history.undo()
        assert paths(other) == ["Own"]
        refused("reuse-itself", other.codebook_exchange.reuse, "Other")
        with pytest.raises(ProjectError) as trouble:
            other.codebook_exchange.reuse("nowhere")
        assert trouble.value.code == "project-missing"
    with workspace.create(ProjectDraft(title="Empty")):
        refused("reuse-empty", project.codebook_exchange.reuse, "Empty")


def test_counts_and_history_of_one_coder_alone(project, book, apply, workspace):
    apply("Очередь", "Злость")
    slug = project.slug
    project.close()
    with Workspace(workspace.folder, coder="Борис").open(slug) as other:
        text = other.sources.source("1").text
        for code, words in (("Звонок", "меня обманывают"), ("Очередь", "Злость")):
            start = text.index(words)
            draft = CodingDraft(source="1", start=start, end=start + len(words), code=code)
            other.coding.apply(draft)
        with other.codebook.reading() as session:
            project_id = other.codebook.project_id
            everybody = {c.name: c for c in code_views(session, project_id)}
            anna = {c.name: c for c in code_views(session, project_id, coder="Анна К.")}
        assert (everybody["Очередь"].quotes, everybody["Ожидание"].all_quotes) == (1, 2)
        assert (anna["Очередь"].quotes, anna["Ожидание"].all_quotes) == (1, 1)
        assert anna["Звонок"].quotes == 0
        used = [e for e in other.codebook.history("Очередь") if e.change == CodeChange.USED]
        assert {event.actor for event in used} == {"Анна К.", "Борис"}
        own = other.codebook.history("Очередь", coder="Борис")
        assert [e.actor for e in own if e.change == CodeChange.USED] == ["Борис"]


def test_a_merge_loses_nothing_that_hangs_on_the_code(project, book, apply):
    apply("Очередь", "Злость")
    queue, rate = book.code("Очередь"), book.code("Ставка")
    book.describe_barrier(queue.id, BarrierDraft(statement="Долго ждут", hinders_loving=True))
    project.coding.write_memo("code", queue.id, "Часто по пятницам")
    project.coding.write_memo("code", rate.id, "Только вклады")
    project.decisions.add(RecommendationDraft(title="Окна", barriers=(queue.id,)))
    project.decisions.write_answer("unhappy", "Ждут", barrier=queue.id)
    kept = project.history.entries(1)[0].number

    merged = book.merge(queue.id, rate.id)
    assert merged.barrier.statement == "Долго ждут"
    assert project.coding.memo("code", rate.id) == "Только вклады\n\nЧасто по пятницам"
    assert project.coding.memo("code", queue.id) == ""
    assert project.decisions.recommendations()[0].barriers == ("Ставка",)
    assert project.decisions.answers()["unhappy"] == ("Ждут", rate.id)

    project.history.undo()
    assert book.code(queue.id).barrier.statement == "Долго ждут"
    assert book.code(rate.id).barrier is None
    assert project.coding.memo("code", queue.id) == "Часто по пятницам"
    project.history.redo()
    assert project.decisions.answers()["unhappy"] == ("Ждут", rate.id)
    assert project.history.entries(1)[0].number == kept + 1


def test_two_described_barriers_and_their_recommendation_become_one(project, book):
    for name in ("Очередь", "Ставка"):
        book.describe_barrier(name, BarrierDraft(statement=name, hinders_loving=True))
    project.decisions.add(RecommendationDraft(title="Окна", barriers=("Очередь", "Ставка")))
    assert book.merge("Очередь", "Ставка").barrier.statement == "Ставка"
    assert project.decisions.recommendations()[0].barriers == ("Ставка",)


def test_the_memo_of_a_removed_code_goes_and_comes_back_with_it(project, book):
    code = book.code("Советы").id
    project.coding.write_memo("code", code, "Проверить")
    book.remove(code)
    assert project.coding.memo("code", code) == ""
    project.history.undo()
    assert project.coding.memo("code", code) == "Проверить"


def test_a_path_as_a_name_goes_under_the_code_there_is_and_is_no_name_otherwise(project, book):
    assert book.add(CodeDraft(name="ожидание / Талон")).path == "Ожидание / Талон"
    refused("code-name-path", book.add, CodeDraft(name="Нет такого / Талон"))
    refused("code-name-path", book.add, CodeDraft(name="Очередь / Талон", parent="Ожидание"))
    refused("code-name-path", book.edit, "Ставка", name="Ожидание / Ставка")
    assert book.add(CodeDraft(name="Цена/качество")).path == "Цена/качество"


def test_a_code_is_named_by_the_end_of_its_identifier(project, book):
    code = book.code("Ставка")
    assert book.code(code.id[-8:]).id == code.id
    assert len(project.quotes.find(QuoteFilter(codes=(code.id[-8:],)))) == 0
    refused("not-found", book.code, "0" * 8)


def test_codes_of_a_file_that_have_one_path_are_told_apart(project, book, tmp_path):
    file = tmp_path / "codes.csv"
    file.write_text("id,parent,code\n1,,Звук\n2,1,Шум\n3,,Звук / Шум\n", encoding="utf-8")
    project.codebook_exchange.import_file(file)
    twins = [code for code in book.codes() if code.path == "Звук / Шум"]
    assert len(twins) == 2
    trouble = refused("code-ambiguous", book.code, "Звук / Шум")
    assert all(code.id[-8:] in str(trouble.params) for code in twins)
    assert book.edit(twins[1].id[-8:], definition="…").name == twins[1].name
