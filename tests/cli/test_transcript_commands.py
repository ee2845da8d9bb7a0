"""Correcting a transcript at the command line."""

from __future__ import annotations

import pytest

TALK = """Interviewer: How was it?
Anna: I waited an hour and nobody came to the horns and hoofs desk.
Interviewer: And then?
Anna: I left for another bank. That bank was better.
"""


@pytest.fixture
def said(cli):
    """Run a command line that must succeed and return what it said."""

    def run(*arguments: object, stdin: str = "") -> str:
        result = cli(*arguments, stdin=stdin)
        assert result.code == 0, result.err
        return result.err

    return run


@pytest.fixture
def talk(data, said, tmp_path):
    """A project with one coded source."""
    data("project", "new", "Bank")
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    data("source", "add", path)
    said("code", "add", "Waiting")
    data("quote", "add", "1", "--text", "waited an hour", "--code", "Waiting")
    data("quote", "add", "1", "--text", "hoofs", "--code", "Waiting")


@pytest.fixture
def words(data):
    """Return the words of all turns as they stand."""
    return lambda: [row["text"] for row in data("transcript", "show", "1")]


@pytest.mark.usefixtures("talk")
def test_turns_are_shown_and_typed_anew(data, cli, words) -> None:
    rows = data("transcript", "show", "1")
    assert [(row["number"], row["speaker"]) for row in rows] == [
        (0, "Interviewer"),
        (1, "Anna"),
        (2, "Interviewer"),
        (3, "Anna"),
    ]
    shown = data("transcript", "edit", "1", 1, "I waited over an hour, then the hoofs desk.")
    assert [row["text"] for row in shown] == ["I waited over an hour, then the hoofs desk."]
    assert {row["text"] for row in data("quote", "list")} == {"waited over an hour", "hoofs"}
    data("transcript", "edit", "1", 0, "-", stdin="How did it go?\n")
    assert words()[0] == "How did it go?"
    table = cli("transcript", "show", "1").out
    assert table.splitlines()[0].split()[:3] == ["No.", "Time", "Until"]


@pytest.mark.usefixtures("talk")
def test_quotes_go_only_by_force(data, cli) -> None:
    refused = cli("transcript", "edit", "1", 1, "I waited an hour.")
    assert refused.code == 1
    assert "hoofs" in refused.err
    assert len(data("quote", "list")) == 2
    done = cli("transcript", "edit", "1", 1, "I waited an hour.", "--force")
    assert done.code == 0
    assert "1 quote is gone" in done.err
    assert len(data("quote", "list")) == 1
    data("history", "undo")
    assert len(data("quote", "list")) == 2


@pytest.mark.usefixtures("talk")
def test_words_are_replaced(data, said, words, cli) -> None:
    shown = data("transcript", "replace", "1", "roofs", "--text", "hoofs")
    assert "horns and roofs desk" in shown[0]["text"]
    data("transcript", "replace", "1", "was that", "--span", "4:10")
    assert words()[0] == "How was that?"
    assert "Replaced at 2 places." in said("transcript", "replace-all", "1", "BANK", "café")
    assert words()[3] == "I left for another café. That café was better."
    assert "nowhere" in said("transcript", "replace-all", "1", "caf", "x")
    assert "2 places" in said("transcript", "replace-all", "1", "caf", "x", "--parts")
    assert cli("transcript", "replace", "1", "x", "--text", "not in it").code == 1


@pytest.mark.usefixtures("talk")
def test_turns_are_cut_and_joined(data, words, cli) -> None:
    rows = data("transcript", "split", "1", "--text", "That bank", "--speaker", "Boris")
    assert [(row["number"], row["speaker"], row["text"]) for row in rows] == [
        (3, "Anna", "I left for another bank."),
        (4, "Boris", "That bank was better."),
    ]
    assert data("transcript", "merge", "1", 3)[0]["text"] == TALK.splitlines()[3][6:]
    assert len(words()) == 4
    assert cli("transcript", "merge", "1", 3).code == 1


@pytest.mark.usefixtures("talk")
def test_speakers_by_hand(data, cli) -> None:
    rows = data("transcript", "speaker", "1", "Boris", 1, "2-3")
    assert [(row["number"], row["speaker"]) for row in rows] == [
        (1, "Boris"),
        (2, "Boris"),
        (3, "Boris"),
    ]
    rows = data("transcript", "alternate", "1", 1, "Anna", "Interviewer")
    assert [row["speaker"] for row in rows] == ["Anna", "Interviewer", "Anna"]
    assert cli("transcript", "speaker", "1", "Anna", "two").code == 1
    assert cli("transcript", "alternate", "1", 0, "Anna").code == 1


@pytest.mark.usefixtures("talk")
def test_times(data, cli) -> None:
    data("transcript", "retime", "1", 0, "0", "1.5")
    row = data("transcript", "retime", "1", 1, "0:02,5", "1:00:04")[0]
    assert (row["start_ms"], row["end_ms"]) == (2_500, 3_604_000)
    data("transcript", "retime", "1", 1, "3", "5")
    assert data("transcript", "pauses", "1") == [
        {"number": 0, "start_ms": 1_500, "length_ms": 1_500, "start": 11}
    ]
    assert data("transcript", "pauses", "1", "--least", "2") == []
    wrong = cli("transcript", "retime", "1", 1, "soon", "later")
    assert wrong.code == 2
    assert "soon" in wrong.err
    assert cli("transcript", "retime", "1", 1, "5", "3").code == 1


@pytest.mark.usefixtures("talk")
def test_what_is_to_be_listened_to(data, said, cli) -> None:
    assert data("transcript", "suspect", "1", 2)[0]["suspected"] is True
    assert [row["number"] for row in data("transcript", "suspected", "1")] == [2]
    data("transcript", "suspect", "1", 2, "--off")
    assert data("transcript", "suspected", "1") == []
    assert data("transcript", "doubtful", "1") == []
    assert "0 doubtful" in said("transcript", "accept", "1", "--text", "hoofs")
    refused = cli("transcript", "recognise", "1", "0", "5")
    assert refused.code == 1
    assert "has no recording" in refused.err
