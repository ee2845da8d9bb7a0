"""Many quotes changed at once: all of them or none, in one action that can be undone."""

from __future__ import annotations

import pytest
from quote_project import make_quotes

from workbench.errors import InputError
from workbench.models.filters import QuoteFilter
from workbench.models.quote_lists import QuoteOrder


@pytest.fixture
def project(tmp_path):
    with make_quotes(tmp_path, sources=6, quotes=60) as made:
        yield made


def state(project) -> list[tuple]:
    return [
        (line.quote_id, line.coding_id, line.code_id, line.favourite, line.memo)
        for line in project.quotes.find()
    ]


def test_marks_of_many_are_one_action(project) -> None:
    before = state(project)
    quotes = [line.quote_id for line in project.quotes.find() if not line.favourite]
    n = project.coding.favourite(*quotes)
    assert n == len(set(quotes)) > 10
    assert all(line.favourite for line in project.quotes.find())
    assert len(project.history.entries()) == 1
    assert project.history.undo().subject.endswith(f"(+{n - 1})")
    assert state(project) == before


def test_a_mark_that_is_there_already_is_no_action(project) -> None:
    quotes = [line.quote_id for line in project.quotes.find(QuoteFilter(favourites=True))]
    assert project.coding.favourite(*quotes) == 0
    assert project.history.entries() == []


def test_a_quote_that_was_only_a_favourite_goes_with_its_mark(project) -> None:
    before = state(project)
    bare = [line.quote_id for line in project.quotes.find() if line.coding_id is None]
    assert bare
    project.coding.favourite(*bare, favourite=False)
    assert {line.quote_id for line in project.quotes.find()}.isdisjoint(bare)
    project.history.undo()
    assert state(project) == before


def test_codes_are_taken_off_many_quotes_at_once(project) -> None:
    before = state(project)
    mine = [line.coding_id for line in project.quotes.find(QuoteFilter(coders=("Anna",)))]
    assert project.quotes.take_off(mine) == len(mine)
    left = list(project.quotes.find())
    assert "Anna" not in {line.coder for line in left}
    assert all(line.coding_id or line.favourite for line in left)
    project.history.undo()
    assert state(project) == before
    project.history.redo()
    assert len(project.quotes.find(QuoteFilter(coders=("Anna",)))) == 0


def test_if_one_is_gone_nothing_changes(project) -> None:
    before = state(project)
    codings = [line.coding_id for line in project.quotes.find() if line.coding_id]
    plain = [line.quote_id for line in project.quotes.find() if not line.favourite]
    for call in (
        lambda: project.quotes.take_off([*codings[:3], "0" * 32]),
        lambda: project.coding.favourite(*plain[:3], "0" * 32),
    ):
        with pytest.raises(InputError) as trouble:
            call()
        assert trouble.value.code == "quotes-gone"
    assert state(project) == before
    assert project.history.entries() == []


def test_a_reference_says_who_and_where(project) -> None:
    line = next(line for line in project.quotes.find() if line.person and line.start_ms)
    said = line.reference()
    assert said.startswith(f"{line.person}, {line.attributes['age']}, {line.attributes['city']} · ")
    assert f" {line.source_number} · " in said
    assert said.endswith(line.time)
    nobody = next(line for line in project.quotes.find() if not line.person)
    assert nobody.reference().split(" · ")[0].endswith(str(nobody.source_number))


def test_choices_are_what_there_is(project) -> None:
    found = project.quotes.choices()
    assert found.coders == ("Anna", "Vera", "Борис")
    assert [number for number, _title in found.waves] == [1, 2]
    assert set(found.attributes) == {"age", "city"}
    assert len(found.sources) == 6


def test_an_export_without_quotes_is_refused_and_writes_nothing(project, tmp_path) -> None:
    target = tmp_path / "none.csv"
    with pytest.raises(InputError) as trouble:
        project.quotes.export(target, QuoteFilter(words="nowhere said"))
    assert trouble.value.code == "no-quotes"
    assert not target.exists()


def test_a_file_is_replaced_only_when_that_is_said(project, tmp_path) -> None:
    target = tmp_path / "quotes.md"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as trouble:
        project.quotes.export(target)
    assert trouble.value.code == "export-exists"
    assert target.read_text(encoding="utf-8") == "mine"
    done = project.quotes.export(target, order=QuoteOrder.SOURCE, force=True)
    assert done.quotes == len({line.quote_id for line in project.quotes.find()})
    assert target.read_text(encoding="utf-8").startswith("# Bank")
    with pytest.raises(InputError) as trouble:
        project.quotes.export(tmp_path / "quotes.pdf")
    assert trouble.value.code == "export-format-unknown"
