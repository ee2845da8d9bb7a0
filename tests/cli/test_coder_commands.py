"""Several coders at the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from coded_by_two import as_coder, code, codings, make

from workbench.services.workspace import Workspace
from workbench.settings import Settings


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that Anna and Boris coded, in the default workspace of this test."""
    mine = make(tmp_path)
    code(mine, "I was annoyed.", "Waiting")
    code(mine, "Nobody called me back.", "No news")
    theirs = as_coder(mine, "Boris")
    code(theirs, "I was annoyed.", "Waiting")
    code(theirs, "Nobody called", "No news")
    theirs.close()
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(theirs.folder.parent))
    Settings(coder="Anna").save()
    return theirs.folder


def test_agreement_is_printed_with_its_definition(data, cli, bank) -> None:
    rows = {row["code"]: row for row in data("analyse", "agreement")}
    assert list(rows) == ["Waiting", "No news", "Anything coded", "All codes"]
    assert rows["Waiting"]["kappa"] == rows["Waiting"]["alpha"] == 1
    assert rows["No news"]["coded_by_each"] == [22, 13]
    assert 0 < rows["No news"]["kappa"] < 1
    said = cli("analyse", "agreement", "--unit", "sentences", "--coders", "Boris, Anna")
    assert said.code == 0
    assert "Boris, Anna" in said.err
    assert "(Po − Pe) / (1 − Pe)" in said.err
    assert "Every sentence is a unit" in said.err
    assert "Left out, coded by fewer than two: other." in said.err
    everywhere = data(
        "analyse", "agreement", "--unit", "turns", "--code", "Waiting", "--source", "1"
    )
    assert everywhere[0]["agreement_percent"] == 100


def test_blind_mode_hides_what_others_coded(cli, data, bank) -> None:
    every = data("progress")[0]["quotes"]
    whole = data("search", "called", "--code", "No news")
    assert [hit["words"] for hit in whole] == ["called"]
    assert data("coder", "compare")
    assert cli("settings", "set", "blind", "true").code == 0
    assert cli("settings", "set", "coder", "Boris").code == 0
    assert data("progress") == data("progress", "--mine")
    assert data("progress")[0]["quotes"] < every
    assert data("search", "called", "--code", "No news") == whole
    assert data("search", "back", "--code", "No news") == [], "only Anna coded this word"
    hidden = cli("coder", "compare")
    assert hidden.code == 1
    assert "Blind mode" in hidden.err
    assert cli("settings", "set", "blind", "false").code == 0
    assert len(data("search", "back", "--code", "No news")) == 1


def test_what_is_not_defined_is_no_number(data, bank) -> None:
    data("code", "add", "Empty")
    (row,) = data("analyse", "agreement", "--code", "Empty")
    assert (row["agreement_percent"], row["kappa"], row["alpha"]) == (None, None, None)
    assert row["not_defined"] == "Nobody used it."


def test_wrong_names_are_said(cli, bank) -> None:
    for arguments, said in (
        (("--coders", "Anna,Eve"), "Eve"),
        (("--coders", "Anna"), "Two coders are needed"),
        (("--unit", "words"), "characters, sentences, turns"),
    ):
        result = cli("analyse", "agreement", *arguments)
        assert (result.code, result.out) == (1, "")
        assert said in result.err


def test_differences_are_settled(data, cli, bank) -> None:
    listed = data("coder", "list")
    assert [(row["coder"], row["codings"]) for row in listed] == [("Anna", 2), ("Boris", 2)]
    (row,) = data("coder", "compare")
    assert (row["difference"], row["first_coder"], row["text"]) == (
        "borders",
        [f"{row['start']}:{row['start'] + 22}"],
        "Nobody called me back.",
    )
    assert cli("coder", "settle", row["id"][-8:]).code == 0
    assert data("coder", "compare") == []
    assert len(data("coder", "compare", "talk", "--settled", "--same")) == 2
    assert cli("coder", "settle", row["id"], "--off").code == 0
    result = cli("coder", "agree", row["id"][-8:], "--with", "Anna", "--coders", "Anna,Boris")
    assert result.code == 0, result.err
    assert "No news" in result.err
    assert data("coder", "compare") == []
    assert data("history", "list")[0]["verb"] == "coding.agree"
    assert cli("coder", "agree", "ffff", "--with", "Anna").code == 1


def test_a_coder_is_renamed(data, cli, bank) -> None:
    assert data("coder", "rename", "Anna", "Anna K.")["coder"] == "Anna K."
    assert Settings.load().coder == "Anna K."
    taken = cli("coder", "rename", "Boris", "Anna K.")
    assert taken.code == 1
    assert "already a coder" in taken.err
    cli("history", "undo")
    assert Settings.load().coder == "Anna"
    cli("history", "redo")
    assert Settings.load().coder == "Anna K."
    assert data("coder", "rename", "Boris", "Anna K.", "--join")["codings"] == 3


def test_a_copy_is_merged(data, cli, bank, tmp_path) -> None:
    copy = tmp_path / "copies" / "from-boris"
    shutil.copytree(bank, copy)
    with Workspace(copy.parent, coder="Boris").open("from-boris") as theirs:
        code(theirs, "They answered at once.", "Clear terms")
        expected = codings(theirs)
    would = data("project", "merge", copy, "--dry-run")
    assert [(row["outcome"], row["what"]) for row in would] == [("added", "coding")]
    assert len(data("quote", "list")) == 3
    merged = cli("project", "merge", copy)
    assert merged.code == 0
    assert "added: 1; the same on both sides" in merged.err
    with Workspace(bank.parent, coder="Anna").open(bank.name) as mine:
        assert codings(mine) == expected
    assert data("project", "merge", copy) == []
    wrong = cli("project", "merge", tmp_path / "nowhere")
    assert wrong.code == 3
    assert "no project folder" in wrong.err


def test_blind_mode_is_a_preference(cli) -> None:
    assert cli("settings", "set", "blind", "true").code == 0
    assert Settings.load().blind is True
    assert cli("settings", "set", "blind", "perhaps").code == 1
    assert cli("settings", "set", "blind", "").code == 0
    assert Settings.load().blind is False
