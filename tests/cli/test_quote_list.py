"""``workbench quote list|export|favourite|take-off`` and ``workbench progress``."""

from __future__ import annotations

import json

import pytest
from quote_project import make_quotes

from workbench.services.quotes import QuoteList


@pytest.fixture
def quotes(tmp_path, monkeypatch):
    folder = tmp_path / "Quotes"
    make_quotes(folder, sources=6, quotes=60).close()
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(folder))
    return folder


def test_a_quote_is_one_line_a_coding_is_one_line_when_asked(data, quotes) -> None:
    plain, codings = data("quote", "list"), data("quote", "list", "--codings")
    assert len({row["id"] for row in plain}) == len(plain) < len(codings)
    assert {row["id"] for row in codings} == {row["id"] for row in plain}
    assert {row["coder"] for row in codings} == {"Anna", "Борис", "Vera", ""}


def test_filters_are_put_together(data, quotes) -> None:
    rows = data(
        "quote", "list", "--codings", "--coder", "Anna", "--kind", "barrier", "--kind", "need",
        "--attribute", "city=Kazan", "--sort", "emotion",
    )  # fmt: skip
    assert rows
    assert {row["coder"] for row in rows} == {"Anna"}
    assert {row["kind"] for row in rows} <= {"barrier", "need"}
    assert {row["attributes"]["city"] for row in rows} == {"Kazan"}
    felt = [row["emotion"] for row in rows]
    assert felt == sorted(felt, key=lambda value: (value is None, value))


def test_codes_below_count_unless_they_are_left_out(data, quotes) -> None:
    paths = {row["code"] for row in data("quote", "list", "--codings")}
    parent = next(path for path in paths if any(p.startswith(f"{path} / ") for p in paths))
    with_all = data("quote", "list", "--codings", "--code", parent)
    alone = data("quote", "list", "--codings", "--code", parent, "--without-children")
    assert len(alone) < len(with_all)
    assert len({row["code"] for row in alone}) == 1


def test_a_saved_filter_is_run(cli, data, quotes, tmp_path) -> None:
    assert cli("query", "save", "Anna's", "--coder", "Anna").code == 0
    assert cli("query", "save", "Banks", "банк").code == 0
    assert data("quote", "list", "--saved", "anna's") == data("quote", "list", "--coder", "Anna")
    target = tmp_path / "quotes.csv"
    assert cli("quote", "export", "-o", target, "--saved", "Anna's").code == 0
    assert "Борис" not in target.read_text(encoding="utf-8-sig")
    for wrong, said in ((("Anna's", "--kind", "need"), "options"), (("Banks",), "search")):
        result = cli("quote", "list", "--saved", *wrong)
        assert result.code == 2
        assert said in result.err
    assert cli("quote", "list", "--saved", "No such").code == 1


def test_a_part_of_the_list(cli, quotes) -> None:
    result = cli("quote", "list", "--limit", "3", "--format", "jsonl")
    assert result.code == 0
    assert len(result.out.splitlines()) == 3
    assert "3 of" in result.err


def test_blind_mode_knows_only_of_ones_own_codings(cli, data, quotes, tmp_path) -> None:
    codings = data("quote", "list", "--codings")
    assert cli("settings", "set", "coder", "Anna").code == 0
    assert cli("settings", "set", "blind", "true").code == 0
    mine = [row for row in codings if row["coder"] == "Anna"]
    assert data("quote", "list", "--codings") == mine
    rows = {row["id"]: row for row in data("quote", "list")}
    assert rows.keys() == {row["id"] for row in mine}
    for id_, row in rows.items():
        names = {line["code"].split(" / ")[-1] for line in mine if line["id"] == id_}
        assert set(row["codes"]) == names
    assert "your own" in cli("quote", "list").err
    target = tmp_path / "quotes.csv"
    assert cli("quote", "export", "-o", target).code == 0
    written = target.read_text(encoding="utf-8-sig")
    assert "Anna" in written
    assert "Борис" not in written
    assert cli("quote", "take-off", "--yes").code == 0
    assert cli("settings", "set", "blind", "false").code == 0
    assert {row["coder"] for row in data("quote", "list", "--codings")} == {"Борис", "Vera", ""}


def test_only_as_much_is_read_as_is_shown(cli, data, quotes, monkeypatch) -> None:
    everything = data("quote", "list")
    monkeypatch.setattr("workbench.services.quotes._PAGE", 4)  # a quote's codings on two pages
    assert data("quote", "list") == everything
    read = []
    rows = QuoteList.rows

    def counted(self, offset, limit):
        read.append(limit)
        return rows(self, offset, limit)

    monkeypatch.setattr(QuoteList, "rows", counted)
    assert data("quote", "list", "--limit", "2") == everything[:2]
    assert sum(read) <= 8 < len(everything)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--code", "Nothing"), 1, "Nothing"),
        (("--person", "R99"), 1, "R99"),
        (("--stance", "maybe"), 1, "stance"),
        (("--since", "yesterday"), 1, "since"),
        (("--attribute", "Kazan"), 1, "Kazan"),
        (("--sort", "colour"), 1, "sort"),
        (("--limit", "0"), 2, "limit"),
    ],
)
def test_what_cannot_be_meant_is_said(cli, quotes, options, code, said) -> None:
    result = cli("quote", "list", *options)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_quotes_are_written_by_the_ending_of_the_file(cli, quotes, tmp_path) -> None:
    for suffix in ("csv", "xlsx", "docx", "md"):
        target = tmp_path / f"quotes.{suffix}"
        result = cli("quote", "export", "-o", target, "--coder", "Anna")
        assert result.code == 0, result.err
        assert target.stat().st_size > 100
        assert str(target) in result.err
    again = cli("quote", "export", "-o", target)
    assert again.code == 1
    assert "--force" in again.err
    assert cli("quote", "export", "-o", target, "--force").code == 0
    assert cli("quote", "export", "-o", tmp_path / "quotes.odt").code == 1
    assert cli("quote", "export", "-o", tmp_path / "no" / "quotes.csv").code == 1
    assert cli("quote", "export").code == 2


def test_all_that_is_meant_is_marked_in_one_action(cli, data, quotes) -> None:
    before = len(data("quote", "list", "--favourites"))
    result = cli("quote", "favourite", "--coder", "Anna")
    assert result.code == 0
    assert len(data("quote", "list", "--favourites")) > before
    assert cli("history", "undo").code == 0
    assert len(data("quote", "list", "--favourites")) == before
    assert cli("quote", "favourite", "--words", "nowhere said").code == 1
    plain = [row["id"] for row in data("quote", "list") if not row["favourite"]][:2]
    assert "2 quotes changed" in cli("quote", "favourite", *plain).err
    assert len(data("quote", "list", "--favourites")) == before + 2
    assert cli("history", "undo").code == 0
    assert len(data("quote", "list", "--favourites")) == before
    assert cli("quote", "favourite").code == 2, "never all of them by mistake"
    assert cli("quote", "favourite", plain[0], "--coder", "Anna").code == 2


def test_codes_are_taken_off_only_when_somebody_says_yes(cli, data, quotes) -> None:
    refused = cli("quote", "take-off", "--coder", "Anna")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert data("quote", "list", "--coder", "Anna")
    assert cli("quote", "take-off", "--coder", "Anna", "--yes").code == 0
    assert data("quote", "list", "--coder", "Anna") == []
    assert cli("history", "undo").code == 0
    assert data("quote", "list", "--coder", "Anna")


def test_progress_says_what_is_left(cli, data, quotes) -> None:
    assert cli("settings", "set", "coder", "Anna").code == 0
    rows = data("progress")
    assert len(rows) == 6
    assert all(row["words"] == 400 and 0 < row["share"] < 1 for row in rows)
    assert sum(row["quotes"] for row in data("progress", "--mine")) > 0
    result = cli("progress")
    assert "not known yet" in result.err
    following = cli("progress", "--next", "--format", "json")
    if following.code == 0:
        assert json.loads(following.out)["words_left"] > 0
    else:
        assert "Everything is coded" in following.err


def test_who_has_coded_nothing_finds_nothing_in_blind_mode(cli, data, quotes) -> None:
    quote = next(row for row in data("quote", "list", "--codings") if row["coder"] == "Anna")
    word = max(quote["text"].split()[1:-1], key=len).strip(".,?!")  # the outer ones may be cut
    code = quote["code"]
    assert cli("settings", "set", "coder", "Newcomer").code == 0
    assert data("search", word)
    assert data("search", word, "--coder", "Anna")
    assert cli("settings", "set", "blind", "true").code == 0
    assert data("search", word)  # the words themselves are nobody's secret
    assert data("search", word, "--coder", "Anna") == []
    assert data("search", word, "--code", code) == []
    assert data("quote", "list") == []
