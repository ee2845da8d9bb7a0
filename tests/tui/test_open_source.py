"""The open source follows the database row by row and is at every moment what reading it anew would be."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from coding_project import make_project
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.models.drafts import CodingDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.text.spans import Span
from workbench.tui.coding.open_source import OpenSource

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["apply", "remove", "favourite", "edit", "undo", "undo", "redo", "other"]),
        st.integers(0, 200),
        st.integers(1, 60),
        st.integers(0, 4),
    ),
    min_size=3,
    max_size=25,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("followed"))


@contextmanager
def copied(folder: Path) -> Iterator[Project]:
    """The project as it was made, for one run."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / folder.name
        shutil.copytree(folder, copy)
        with Workspace(copy.parent, coder="Anna").open(copy.name) as project:
            yield project


def done(project: Project) -> int:
    return sum(entry.state == "done" for entry in project.history.entries(10_000))


def step(source: OpenSource, what: str, place: int, length: int, number: int) -> None:
    """Do one thing as the coding screen does it."""
    project = source.project
    codings = list(source.index)
    if what == "apply":
        code = list(source.codes)[number]
        source.apply([Span(place, min(place + length, len(source.text)))], [code])
    elif what == "other":  # in another source
        code = list(source.codes)[number]
        project.coding.apply(
            CodingDraft(source="Interview 04", start=0, end=10 + number, code=code)
        )
        source.read_codes()
    elif what in ("undo", "redo"):
        entry = getattr(project.history, what)()
        source.catch_up(entry.rows)
    elif codings:
        coding = codings[place % len(codings)]
        if what == "remove":
            source.remove(coding.id)
        elif what == "edit":
            source.edit(coding.id, emotion=number - 2)
        else:
            source.favourite(coding, favourite=not coding.favourite)


@settings(
    max_examples=15,
    deadline=None,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # each example makes a project: no shrinking
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_followed_row_by_row_or_read_anew_it_is_the_same(folder: Path, steps) -> None:
    with copied(folder) as project:
        base = done(project)
        source = OpenSource(project, "Interview 03")
        for what, *details in steps:
            if what == "undo" and done(project) <= base:
                continue
            try:
                step(source, what, *details)
            except WorkbenchError as error:
                assert error.code in {"span-empty", "nothing-to-undo", "nothing-to-redo"}
            same(source, OpenSource(project, "Interview 03"))


def same(followed: OpenSource, anew: OpenSource) -> None:
    assert list(followed.index) == list(anew.index)
    assert followed.index.quotes == anew.index.quotes
    assert followed.index.covered() == anew.index.covered()
    for line in range(len(followed.lines)):
        assert {c.id for c in followed.index.on_line(line)} == {
            c.id for c in anew.index.on_line(line)
        }
    counted = {code.id: replace(code, persons=0, all_persons=0) for code in followed.codes.values()}
    assert counted == {
        code.id: replace(code, persons=0, all_persons=0) for code in anew.codes.values()
    }


def test_an_undo_of_the_codebook_reads_everything(folder: Path) -> None:
    with copied(folder) as project:
        source = OpenSource(project, "Interview 03")
        code = next(iter(source.codes.values()))
        project.codebook.edit(code.id, name="Another name")
        entry = project.history.undo()
        assert source.catch_up(entry.rows) is None
        assert source.codes[code.id].name == code.name


def test_an_undo_says_which_lines_look_different(folder: Path) -> None:
    with copied(folder) as project:
        source = OpenSource(project, "Interview 03")
        code = next(iter(source.codes))
        (applied,) = source.apply([Span(0, 10)], [code])
        lines = set(source.index.lines_of(applied.coding))
        assert source.catch_up(project.history.undo().rows) == lines
        assert applied.coding.id not in source.index
        assert source.catch_up(project.history.redo().rows) == lines
        assert source.index[applied.coding.id] == applied.coding
