"""What coding costs the database: how many statements, none of them reading more as the project grows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from workbench.errors import ProjectError
from workbench.models import tables
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace

APPLY_MOST = 14
UNDO_MOST = 12
GROWING = {"source", "turn", "quote", "coding", "memo", "journal_entry"}
"""Tables that become long."""

Statement = tuple[str, Any]


@contextmanager
def statements(project: Project) -> Iterator[list[Statement]]:
    """Write down what the database is asked."""
    found: list[Statement] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        found.append((statement, parameters))

    event.listen(project.file.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(project.file.engine, "before_cursor_execute", note)


def scans(project: Project, found: list[Statement]) -> list[str]:
    """Return the statements that would look at every row of a table that becomes long."""
    bad = []
    with project.file.session() as session:
        connection = session.connection().connection.driver_connection
        for statement, parameters in found:
            if not statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            for *_numbers, step in plan:
                words = step.split()
                if words[0] == "SCAN" and words[1] in GROWING:
                    bad.append(f"{step}: {statement}")
    return bad


def drafts(project: Project, source: str, count: int, *, first: int = 0) -> list[CodingDraft]:
    """Codings on as many different stretches of whole words."""
    code = project.codebook.codes()[0].id
    words = [found.span() for found in re.finditer(r"\w+", project.sources.source(source).text)]
    spans = [(start, end) for n, (start, _end) in enumerate(words) for _start, end in words[n:]]
    assert len(spans) >= first + count
    return [
        CodingDraft(source=source, start=start, end=end, code=code)
        for start, end in spans[first : first + count]
    ]


@pytest.fixture
def coded(project: Project, interview: str) -> str:
    """A source with a few codings; the coder is known."""
    project.codebook.add(CodeDraft(name="Злость"))
    for draft in drafts(project, interview, 3):
        project.coding.apply(draft)
    return interview


def test_an_apply_asks_the_same_few_things_however_much_is_coded(
    project: Project, coded: str
) -> None:
    counts = []
    for first in (3, 60, 120):
        *more, last = drafts(project, coded, 40, first=first)
        for draft in more:
            project.coding.apply(draft)
        with statements(project) as asked:
            assert not project.coding.apply(last).existed
        counts.append(len(asked))
        assert scans(project, asked) == []
    assert len(set(counts)) == 1
    assert counts[0] <= APPLY_MOST, asked


def test_a_step_back_asks_the_same_few_things_however_long_the_journal_is(
    project: Project, coded: str
) -> None:
    counts: dict[str, set[int]] = {"undo": set(), "redo": set()}
    for first in (3, 60):
        for draft in drafts(project, coded, 40, first=first):
            project.coding.apply(draft)
        for step, found in counts.items():
            with statements(project) as asked:
                getattr(project.history, step)()
            found.add(len(asked))
            assert scans(project, asked) == []
    for (count,) in counts.values():
        assert count <= UNDO_MOST


def test_nothing_reads_a_whole_text_to_code_a_few_words(project: Project, coded: str) -> None:
    (draft,) = drafts(project, coded, 1, first=30)
    with statements(project) as asked:
        project.coding.apply(draft)
        project.history.undo()
    for statement, _parameters in asked:
        chosen = statement.partition("FROM")[0].replace("substr(source.text", "")
        assert "source.text" not in chosen, statement


def test_what_others_need_cannot_be_undone_and_nothing_changes(
    workspace: Workspace, project: Project, interview: str
) -> None:
    code = project.codebook.add(CodeDraft(name="Злость"))
    start, end = 0, 20
    text = project.sources.source(interview).text
    with project.file.transaction() as session:  # as another program would, past the journal
        coder = tables.Coder(project_id=project.plan.project_id, name="B")
        quote = tables.Quote(source_id=interview, start=start, end=end, text=text[start:end])
        session.add_all([coder, quote])
        session.flush()
        session.add(tables.Coding(quote_id=quote.id, code_id=code.id, coder_id=coder.id))
    with pytest.raises(ProjectError) as caught:
        project.history.undo()
    assert caught.value.code == "undo-conflict"
    assert [found.name for found in project.codebook.codes()] == ["Злость"]
    assert [found.code for found in project.coding.codings(interview)] == ["Злость"]
    assert project.history.entries(1)[0].state == "done"
    with project.file.session() as session:
        broken = session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    assert broken == []


def test_more_than_two_hundred_steps_over_restarts(
    workspace: Workspace, project: Project, interview: str
) -> None:
    project.codebook.add(CodeDraft(name="Злость"))
    slug = project.slug
    depth = 230
    for draft in drafts(project, interview, depth):
        project.coding.apply(draft)
    done = [(c.id, c.start, c.end) for c in project.coding.codings(interview)]
    assert len(done) == depth
    for steps in (depth // 2, depth - depth // 2):
        project.close()
        project = workspace.open(slug)
        for _step in range(steps):
            assert project.history.undo().verb == "coding.apply"
    assert project.coding.codings(interview) == []
    assert project.coding.quotes() == []
    project.close()
    project = workspace.open(slug)
    for _step in range(depth):
        project.history.redo()
    assert [(c.id, c.start, c.end) for c in project.coding.codings(interview)] == done
    project.close()
