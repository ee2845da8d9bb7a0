"""``workbench code``: the shape of the codebook, parts of it, files and other projects."""

from __future__ import annotations

import pytest


@pytest.fixture
def ok(cli):
    """Run a command line that must succeed and return what it did."""

    def run(*arguments: object):
        result = cli(*arguments)
        assert result.code == 0, result.err
        return result

    return run


@pytest.fixture
def book(ok, sample):
    """The sample's codes with one more at the top; returns nothing, the sample is the only project."""
    ok("code", "add", "Zebra", "--kind", "need")


def paths(data) -> list[str]:
    return [row["code"] for row in data("code", "list")]


def test_parts_of_the_codebook(data, ok, book) -> None:
    everything = data("code", "list")
    assert {"all_quotes", "all_persons", "frozen"} <= set(everything[0])
    unused = [row["code"] for row in data("code", "list", "--unused")]
    assert "Zebra" in unused
    assert unused == [row["code"] for row in everything if not row["all_quotes"]]
    used = data("code", "list", "--used-in", 4)
    assert 0 < len(used) < len(everything)
    ok("code", "add", "Zebras", "--parent", everything[0]["code"])
    pairs = data("code", "list", "--alike")
    assert ("Zebra", 100) in [
        (row["code"].rpartition(" / ")[2], row["likeness"]) for row in pairs
    ] or (
        "Zebra",
        100,
    ) in [(row["other"].rpartition(" / ")[2], row["likeness"]) for row in pairs]


def test_freezing_sorting_and_undo(data, ok, cli, book) -> None:
    assert "is frozen" in ok("code", "freeze", "Zebra").err
    refused = cli("code", "edit", "Zebra", "--name", "x")
    assert refused.code == 1
    assert "--off" in refused.err
    ok("code", "freeze", "Zebra", "--off")
    ok("code", "freeze")
    assert cli("code", "add", "New").code == 1
    ok("code", "freeze", "--off")
    before = paths(data)
    ok("code", "sort", "--by", "name", "--deep")
    tops = [path for path in paths(data) if " / " not in path]
    assert tops == sorted(tops, key=str.casefold)
    ok("history", "undo")
    assert paths(data) == before
    assert cli("code", "sort", "--by", "size").code == 1


def test_a_split_by_words(data, ok, cli, sample) -> None:
    code = max(data("code", "list"), key=lambda row: row["quotes"])
    quote = data("quote", "list", "--code", code["code"])[0]
    word = max(quote["text"].split(), key=len).strip(".,!?").lower()
    made = data("code", "split", code["id"], "Split off", "--words", word, "--under")
    assert made["code"] == f"{code['code']} / Split off"
    assert made["kind"] == code["kind"]
    assert 1 <= made["quotes"] <= code["quotes"]
    assert word in data("quote", "list", "--code", "Split off")[0]["text"].lower()
    assert cli("code", "split", "Split off", "x", "--words", "no such words").code == 1
    assert cli("code", "split", "Split off", "x").code == 1
    ok("history", "undo")
    assert "Split off" not in str(paths(data))


def test_the_history_of_a_code(data, ok, book) -> None:
    ok("code", "edit", "Zebra", "--name", "Okapi")
    assert [
        (row["change"], row["before"], row["after"]) for row in data("code", "history", "Okapi")
    ] == [
        ("made", "", "Zebra"),
        ("renamed", "Zebra", "Okapi"),
    ]


@pytest.mark.parametrize("form", ["csv", "md", "qdc", "xlsx"])
def test_a_codebook_goes_out_and_comes_in(data, ok, cli, book, tmp_path, form) -> None:
    path = tmp_path / f"book.{form}"
    before = paths(data)
    assert data("code", "export", form, "-o", path) == {"file": str(path), "codes": len(before)}
    assert cli("code", "export", form, "-o", path).code == 1
    ok("code", "remove", "Zebra", "--yes")
    dry = cli("code", "import", path, "--dry-run", "--format", "json")
    assert "1 new, 0 changed" in dry.err
    assert '"new"' in dry.out
    assert "Zebra" not in paths(data)
    ok("code", "import", path)
    assert paths(data) == before
    ok("history", "undo")
    assert "Zebra" not in paths(data)


def test_a_bad_codebook_is_refused_by_name(cli, sample, tmp_path) -> None:
    path = tmp_path / "circle.csv"
    path.write_text("code,parent\nA,B\nB,A\n", encoding="utf-8")
    result = cli("code", "import", path)
    assert result.code == 1
    assert "circle.csv" in result.err
    assert "A → B → A" in result.err


def test_the_codes_of_another_project(data, ok, cli, book) -> None:
    slug = data("project", "list")[0]["project"]
    ok("project", "new", "Other")
    before = [row["code"] for row in data("code", "list", "--project", slug)]
    dry = cli("code", "reuse", slug, "--project", "other", "--dry-run")
    assert f"{len(before)} new" in dry.err
    ok("code", "reuse", slug, "--project", "other")
    assert [row["code"] for row in data("code", "list", "--project", "other")] == before
    assert cli("code", "reuse", "other", "--project", "other").code == 1
