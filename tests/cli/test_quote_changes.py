"""Coding many passages and changing quotes from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

TALK = """Interviewer: How long did you wait?
Anna: An hour in the queue. The queue did not move.
Boris: Longer!
Interviewer: And then?
Anna: We left the queue.
Boris: So did I.
"""


@pytest.fixture
def bank(data, cli, tmp_path: Path) -> None:
    data("project", "new", "Bank")
    text = tmp_path / "talk.txt"
    text.write_text(TALK, encoding="utf-8")
    data("source", "add", text)
    assert cli("code", "add", "Waiting").code == 0


def texts(rows) -> list[str]:
    return [row["text"] for row in rows]


def test_everything_found_is_coded_after_a_look(bank, data, cli) -> None:
    seen = cli("quote", "add-found", "QUEUE", "--dry-run", "--format", "json")
    assert seen.code == 0
    assert "3 quotes would be coded" in seen.err
    assert data("quote", "list") == []
    made = data("quote", "add-found", "QUEUE", "--code", "Waiting", "--new-code", "Queue")
    assert [(row["code"], row["text"]) for row in made][:2] == [
        ("Waiting", "An hour in the queue."),
        ("Queue", "An hour in the queue."),
    ]
    assert len(data("quote", "list")) == 3
    again = cli("quote", "add-found", "queue", "--code", "Waiting", "--format", "json")
    assert "3 of these codings were there already" in again.err
    assert cli("history", "undo").code == 0
    assert data("quote", "list") == []


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("words", ["queue", "queue", "queue"]),
        ("turn", ["An hour in the queue. The queue did not move.", "We left the queue."]),
    ],
)
def test_more_or_less_is_coded_around_what_was_found(bank, data, unit, found) -> None:
    rows = data("quote", "add-found", "queue", "--unit", unit, "--dry-run")
    assert texts(rows) == found
    assert rows[0]["speaker"] == "Anna"


def test_a_speakers_turns_and_the_answers_to_a_question(bank, data) -> None:
    seen = data("quote", "add-turns", "1", "--answers-to", "0", "--dry-run")
    assert texts(seen) == ["An hour in the queue. The queue did not move.", "Longer!"]
    made = data("quote", "add-turns", "1", "--speaker", "Anna", "--code", "Waiting")
    assert texts(made) == [
        "An hour in the queue. The queue did not move.",
        "We left the queue.",
    ]


def test_borders_splitting_merging_recoding_and_clearing(bank, data, cli) -> None:
    quote = data("quote", "add", "1", "--text", "An hour", "--code", "Waiting", "--emotion", "-2")
    name = quote[0]["id"]
    wide = data("quote", "borders", name, "--text", "An hour in the queue. The queue did not move.")
    assert wide[0]["id"] == name
    parts = data("quote", "split", name[-8:], "--before", "The queue")
    assert texts(parts) == ["An hour in the queue.", "The queue did not move"]
    assert [row["emotion"] for row in parts] == [-2, -2]
    one = data("quote", "merge", *[row["id"] for row in parts])
    assert texts(one) == ["An hour in the queue. The queue did not move"]
    new = data("quote", "recode", one[0]["id"], "--new-code", "Queue", "--kind", "barrier")
    assert new[0]["code"] == "Queue"
    assert data("quote", "recode", one[0]["id"], "Waiting")[0]["code"] == "Waiting"
    assert data("quote", "edit", one[0]["id"], "--no-emotion")["emotion"] is None
    coder = one[0]["coder"]
    refused = cli("quote", "clear", coder)
    assert refused.code == 2
    done = cli("quote", "clear", coder, "--source", "1", "--yes")
    assert "1 coding is taken off" in done.err
    assert data("quote", "list") == []


def test_what_is_wrong_is_said_and_nothing_changes(bank, data, cli) -> None:
    quote = data("quote", "add", "1", "--text", "An hour", "--code", "Waiting")[0]["id"]
    for arguments, said in (
        (("add-found", "nowhere", "--code", "Waiting"), "do not stand in these texts"),
        (("add-found", "queue"), "which code to apply"),
        (("add-found", "queue", "--unit", "page", "--code", "Waiting"), "not an amount of text"),
        (("add-turns", "1", "--speaker", "Nobody", "--code", "Waiting"), "no such turns"),
        (("add-turns", "1", "--code", "Waiting"), "which turns to code"),
        (("split", quote), "where to cut"),
        (("split", quote, "--at", "0"), "cannot be cut at its edge"),
        (("merge", quote, quote), "not two quotes"),
        (("recode", quote), "which code the quote gets"),
        (("clear", "Nobody", "--yes"), "no coder"),
    ):
        result = cli("quote", *arguments)
        assert result.code in (1, 2), arguments
        assert said in result.err, arguments
    assert len(data("quote", "list")) == 1
