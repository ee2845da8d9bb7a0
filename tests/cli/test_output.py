"""Five formats, the same data in each; nothing in a cell can act on a terminal or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from workbench import i18n
from workbench.cli.output import show, show_one
from workbench.cli.plain import one_line, shorten, width

ROWS = [
    {
        "number": 1,
        "title": "Очередь | касса",
        "percent": Decimal("86.0"),
        "due": date(2026, 5, 31),
        "favourite": True,
        "codes": ("a", "b"),
        "start_ms": 83_400,
    },
    {
        "number": 12,
        "title": '=HYPERLINK("x")',
        "percent": None,
        "due": None,
        "favourite": False,
        "codes": (),
        "start_ms": None,
    },
]

GOLDEN = {
    "table": (
        "No.  Title            Score, %  Due         Favourite  Codes  Time\n"
        "  1  Очередь | касса      86.0  2026-05-31  yes        a, b   1:23\n"
        ' 12  =HYPERLINK("x")                        no\n'
    ),
    "csv": (
        "number,title,percent,due,favourite,codes,start_ms\n"
        "1,Очередь | касса,86.0,2026-05-31,true,a; b,83400\n"
        '12,"\'=HYPERLINK(""x"")",,,false,,\n'
    ),
    "json": json.dumps(
        [
            {
                "number": 1,
                "title": "Очередь | касса",
                "percent": 86.0,
                "due": "2026-05-31",
                "favourite": True,
                "codes": ["a", "b"],
                "start_ms": 83400,
            },
            {
                "number": 12,
                "title": '=HYPERLINK("x")',
                "percent": None,
                "due": None,
                "favourite": False,
                "codes": [],
                "start_ms": None,
            },
        ],
        ensure_ascii=False,
        indent=2,
    )
    + "\n",
    "jsonl": (
        '{"number": 1, "title": "Очередь | касса", "percent": 86.0, "due": "2026-05-31", "favourite": true, '
        '"codes": ["a", "b"], "start_ms": 83400}\n'
        '{"number": 12, "title": "=HYPERLINK(\\"x\\")", "percent": null, "due": null, "favourite": false, '
        '"codes": [], "start_ms": null}\n'
    ),
    "md": (
        "| No. | Title | Score, % | Due | Favourite | Codes | Time |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 1 | Очередь \\| касса | 86.0 | 2026-05-31 | yes | a, b | 1:23 |\n"
        '| 12 | =HYPERLINK("x") |  |  | no |  |  |\n'
    ),
}


@pytest.mark.parametrize("form", GOLDEN)
def test_each_format_is_as_it_was_agreed(form, capsys) -> None:
    show(ROWS, form=form)
    assert capsys.readouterr().out == GOLDEN[form]


@pytest.mark.parametrize("form", GOLDEN)
def test_a_file_holds_the_same_bytes_as_stdout(form, capsys, tmp_path) -> None:
    show(ROWS, form=form)
    show(ROWS, form=form, output=tmp_path / "data")
    assert (tmp_path / "data").read_bytes() == capsys.readouterr().out.encode()


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_data_are_the_same_in_every_language(form, capsys) -> None:
    show(ROWS, form=form)
    english = capsys.readouterr().out
    i18n.set_language("ru")
    show(ROWS, form=form)
    assert capsys.readouterr().out == english


def test_headings_of_a_table_follow_the_language(capsys) -> None:
    i18n.set_language("ru")
    show(ROWS)
    head, *_rest = capsys.readouterr().out.splitlines()
    assert "Title" not in head


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start, capsys) -> None:
    show([{"text": f"{start}1+1"}], form="csv")
    cells = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert cells[1][0].startswith("'")


def test_numbers_stay_numbers(capsys) -> None:
    show([{"delta": Decimal("-6.1"), "emotion": -2}], form="csv")
    assert capsys.readouterr().out == "delta,emotion\n-6.1,-2\n"


def test_nothing_in_a_table_acts_on_the_terminal(capsys) -> None:
    show([{"text": "a\x1b[31mred\nline\u202eback\x9b2J"}])
    out = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\x9b"} & set(out)
    assert len(out.splitlines()) == 2
    assert "[31mred line" in out


def test_one_thing_is_an_object_in_json_and_pairs_in_a_table(capsys) -> None:
    moment = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)
    row = {"title": "A", "changed_at": moment, "id": "0123456789abcdef"}
    show_one(row, form="json")
    assert json.loads(capsys.readouterr().out) == {
        "title": "A",
        "changed_at": "2026-05-31T12:00:00+00:00",
        "id": "0123456789abcdef",
    }
    show_one(row)
    assert capsys.readouterr().out.splitlines()[2].split() == ["Id", "89abcdef"]


def test_no_rows_are_an_empty_list(capsys) -> None:
    show([], form="json")
    assert capsys.readouterr().out == "[]\n"
    show([], form="csv")
    assert capsys.readouterr().out == ""


def test_a_terminal_gets_a_table_that_fits(monkeypatch, capsys) -> None:
    monkeypatch.setattr("workbench.cli.output._room", lambda _output: 40)
    show([{"number": 1, "text": "слово " * 30, "title": "x" * 50}])
    assert all(width(line) <= 40 for line in capsys.readouterr().out.splitlines())


def test_a_file_that_cannot_be_written_is_said(cli, sample, tmp_path) -> None:
    result = cli("source", "list", "-o", tmp_path / "no" / "such" / "file.csv")
    assert result.code == 1
    assert "cannot be written" in result.err
    assert cli("source", "list", "-o", tmp_path).code == 1


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("ёж", 2), ("界", 2), ("e\u0301", 1), ("", 0)]
)
def test_widths_are_those_of_a_terminal(text, cells) -> None:
    assert width(text) == cells


def test_shortening_keeps_within_the_cells() -> None:
    assert shorten("длинное название", 8) == "длинное…"
    assert width(shorten("世界世界世界", 6)) <= 6
    assert shorten("abc", 3) == "abc"
    assert one_line("a\r\nb\tc") == "a  b c"


def test_every_key_of_the_data_has_a_heading() -> None:
    """Keys are looked up where they are written: in the rows of the commands."""
    import ast
    from pathlib import Path

    import workbench.cli
    from workbench.cli.headers import _HEADERS

    folder = Path(workbench.cli.__file__).parent
    inner = {
        *("create", "transcribe", "score"),  # steps of the demonstration
        *("program", "recogniser", "argument", "option"),
        *("csv", "json", "jsonl", "md", "table"),
    }
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for key in node.keys if isinstance(node, ast.Dict) else ():
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    known = key.value in _HEADERS or key.value in inner
                    assert known or key.value.startswith("-"), (path.name, key.value)
