"""Searching, counting words and saved queries at the command line."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from workbench.cli.plain import width
from workbench.text.query import split_words


@pytest.fixture
def ok(cli):
    """Run a command line that must succeed and return what it said."""

    def run(*arguments: object) -> str:
        result = cli(*arguments)
        assert result.code == 0, result.err
        return result.err

    return run


@pytest.fixture
def coded(cli, sample) -> str:
    """A code of the sample that has quotes."""
    return "Speed and waiting"


def test_all_forms_of_words_are_found(data, sample) -> None:
    hits = data("search", "wait")
    assert {hit["words"].casefold() for hit in hits} > {"wait", "waiting"}
    exact = data("search", "wait", "--exact")
    assert {hit["words"].casefold() for hit in exact} == {"wait"}
    assert len(exact) < len(hits)


def test_words_stand_below_each_other(cli, sample) -> None:
    result = cli("search", "wait", "--kwic", "--limit", 5)
    assert result.code == 0
    lines = result.out.splitlines()
    assert len(lines) == 5
    columns = [
        {n for n in range(len(line)) if line.lower().startswith("wait", n)} for line in lines
    ]
    assert set.intersection(*columns)
    assert all(width(line) < 200 for line in lines)


def test_order_and_limit(data, cli, sample) -> None:
    hits = data("search", "wait", "--sort", "right")
    behind = [split_words(hit["after"])[:3] for hit in hits]
    assert len(behind) > 3
    assert behind == sorted(behind)
    result = cli("search", "wait", "--limit", 1)
    assert "--limit" in result.err


def test_tables_for_other_programs(cli, sample, tmp_path) -> None:
    result = cli("search", "wait", "--kwic", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert {"source", "before", "words", "after"} <= set(rows[0])
    path = tmp_path / "places.xlsx"
    assert cli("search", "wait", "-o", path).code == 0
    sheet = load_workbook(path).active
    assert sheet.max_row == len(rows) + 1
    assert [cell.value for cell in sheet[1]][:2] == ["Source", "Time"]


def test_what_is_wrong_with_a_query_is_said(cli, sample) -> None:
    result = cli("search", '"open')
    assert result.code == 1
    assert "quotation mark" in result.err
    assert cli("search").code == 2
    assert cli("search", "a", "--like", "b").code == 2
    result = cli("search", "wait", "--code", "No such code")
    assert result.code == 1
    assert "No such code" in result.err


def test_filters(data, sample, coded) -> None:
    everywhere = data("search", "wait", "--limit", 1000)
    coded_only = data("search", "wait", "--code", coded, "--limit", 1000)
    assert 0 < len(coded_only) < len(everywhere)
    reviews = data("search", "wait", "--source-kind", "review", "--limit", 1000)
    assert len(reviews) < len(everywhere)


def test_similar_passages(data, cli, sample, coded) -> None:
    found = data("search", "--like", coded, "--limit", 5)
    assert 0 < len(found) <= 5
    assert all(row["shared_words"] and 0 < row["score"] <= 1 for row in found)


def test_frequent_words(data, sample) -> None:
    counts = data("words", "--limit", 20)
    assert len(counts) == 20
    assert counts[0]["count"] >= counts[-1]["count"] > 0
    assert not {"the", "and", "it"} & {row["word"] for row in counts}
    small = data("words", "--small-words", "--by-form", "--limit", 20)
    assert "the" in {row["word"] for row in small}


def test_saved_queries(data, cli, ok, sample) -> None:
    ok("query", "save", "Waits", "wait", "--source-kind", "review", "--exact")
    ok("query", "save", "Barriers", "--kind", "barrier")
    rows = data("query", "list")
    assert [(row["name"], row["kind"], row["query"]) for row in rows] == [
        ("Barriers", "quotes", ""),
        ("Waits", "search", "wait"),
    ]
    assert rows[1]["filter"] == {"source_kinds": ["review"], "forms": False}
    assert data("search", "--saved", "waits") == data(
        "search", "wait", "--exact", "--source-kind", "review"
    )
    assert cli("search", "--saved", "Barriers").code == 2
    ok("query", "remove", "Waits")
    assert [row["name"] for row in data("query", "list")] == ["Barriers"]
    assert cli("query", "remove", "Waits").code == 1
