"""``workbench export`` and ``workbench import``: transcripts out and in at the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def talk(cli, tmp_path, monkeypatch):
    """A project with one interview."""
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(tmp_path / "work"))
    path = tmp_path / "talk.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Interviewer>How was it, um, then?\n\n"
        "00:03.500 --> 00:06.000\n<v Anna>We we waited.\n\n"
        "00:06.000 --> 00:07.000\n<v.suspected Anna>Thanks for watching!\n",
        encoding="utf-8",
    )
    assert cli("project", "new", "Bank").code == 0
    result = cli("import", path, "--title", "First talk", "--format", "json")
    assert result.code == 0, result.err
    assert json.loads(result.out)[0]["title"] == "First talk"
    return "1"


def test_export_says_where_and_what_is_left_out(cli, talk, tmp_path):
    result = cli("export", "txt", talk, "-o", tmp_path / "out.txt", "--format", "json")
    assert result.code == 0
    assert json.loads(result.out) == [
        {
            "source": "First talk",
            "file": str(tmp_path / "out.txt"),
            "turns": 2,
            "left_out": 1,
        }
    ]
    assert "1 turn that was perhaps never said is left out" in result.err
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == (
        "[00:00:01] Interviewer: How was it, um, then?\n\n[00:00:03] Anna: We we waited.\n"
    )
    bare = ("--clean", "--no-timestamps", "--no-speakers", "--with-suspected", "--force")
    result = cli("export", "txt", talk, "-o", tmp_path / "out.txt", *bare)
    assert result.code == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == (
        "How was it then?\n\nWe waited.\n\nThanks for watching! [perhaps invented by the recogniser]\n"
    )


def test_all_into_the_projects_exports(cli, talk, tmp_path):
    for name in ("docx", "vtt", "srt", "json"):
        result = cli("export", name, "--all", "--format", "json")
        assert result.code == 0, result.err
        (row,) = json.loads(result.out)
        assert row["file"] == str(tmp_path / "work" / "bank" / "exports" / f"01 First talk.{name}")
    result = cli("export", "docx", "--all")
    assert result.code == 1
    assert "--force" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["docx"], 2, "--all"),
        (["docx", "1", "--all"], 2, "--all"),
        (["pdf", "1"], 1, "docx"),
        (["txt", "1", "--convention", "elan"], 1, "maxqda"),
        (["srt", "1", "--no-timestamps"], 1, "times"),
        (["docx", "7"], 1, "7"),
        (["docx", "1", "-o", "no/such/folder/x.docx"], 1, "x.docx"),
    ],
)
def test_refusals(cli, talk, arguments, code, said):
    result = cli("export", *arguments)
    assert result.code == code
    assert said in result.err
    assert "Traceback" not in result.err


def test_import_names_what_it_cannot_read(cli, talk, tmp_path):
    (tmp_path / "bad.json").write_text('{"segments": [', encoding="utf-8")
    result = cli("import", tmp_path / "bad.json")
    assert result.code == 1
    assert "bad.json" in result.err
