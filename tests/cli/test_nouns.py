"""What a person does at the command line, noun by noun, with the real services."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from workbench.settings import system_user

SAMPLE = Path(__file__).parents[2] / "sample_projects" / "coffee_chain_en"


@pytest.fixture
def ok(cli):
    """Run a command line that must succeed and return what it said."""

    def run(*arguments: object, stdin: str = "") -> str:
        result = cli(*arguments, stdin=stdin)
        assert result.code == 0, result.err
        return result.err

    return run


def test_a_project_from_its_making_to_its_end(data, ok, cli, tmp_path) -> None:
    made = data(
        "project", "new", "Mortgage clients", "--client", "North Bank", "--brief", "-", stdin="Why?"
    )
    assert (made["project"], made["language"], made["brief"]) == ("mortgage-clients", "en", "Why?")
    changed = data("project", "edit", "--client", "South Bank", "--keep-until", "2027-06-30")
    assert (changed["client"], changed["retention_date"]) == ("South Bank", "2027-06-30")
    assert changed["title"] == "Mortgage clients"
    backup = data("project", "backup")["file"]
    assert data("project", "backups")[0]["file"] == backup
    ok("project", "edit", "--client", "Third Bank")
    data("project", "restore", Path(backup).name, "--yes")
    assert data("project", "info")["client"] == "South Bank"
    assert [row["title"] for row in data("project", "list")] == ["Mortgage clients"]
    ok("project", "delete", "Mortgage clients", "--yes")
    assert data("project", "list") == []
    assert not Path(made["folder"]).exists()


def test_info_counts_what_a_project_holds(data, sample) -> None:
    row = data("project", "info")
    assert row["sources"] == len(data("source", "list"))
    assert row["quotes"] == len(data("quote", "list"))
    assert row["sources_waiting"] == 3


def test_sources(data, ok, cli, tmp_path) -> None:
    data("project", "new", "Bank")
    ok("person", "add", "P1")
    text = tmp_path / "talk.txt"
    said = ["Interviewer: How was it?", "Anna: I waited and nobody came."]
    said += ["Interviewer: And then?", "Anna: I left."]
    text.write_text("\n".join(said), encoding="utf-8")
    added = data("source", "add", text, "--kind", "focus_group", "--date", "2026-05-31")
    assert [(row["title"], row["kind"], row["state"]) for row in added] == [
        ("talk", "focus_group", "ready")
    ]
    assert added[0]["collected_on"] == "2026-05-31"
    again = cli("source", "add", text)
    assert again.code == 1
    assert "already" in again.err
    voices = data("source", "speaker", "1", "Anna", "--role", "respondent", "--person", "P1")
    assert {"speaker": "Anna", "role": "respondent", "person": "P1"} in voices
    renamed = data("source", "speaker", "1", "Anna", "--name", "Anna K.")
    assert {"speaker": "Anna K.", "role": "respondent", "person": "P1"} in renamed
    shown = cli("source", "show", "1")
    assert "Anna K.: I waited and nobody came." in shown.out
    whole = data("source", "show", "1")
    assert [turn["text"] for turn in whole["turns"]] == [
        "How was it?",
        "I waited and nobody came.",
        "And then?",
        "I left.",
    ]
    edited = data("source", "edit", "1", "--title", "First talk", "--language", "en")
    assert (edited["title"], edited["kind"], edited["collected_on"]) == (
        "First talk",
        "focus_group",
        "2026-05-31",
    )
    ok("source", "remove", "First talk", "--yes")
    assert data("source", "list") == []


def test_a_file_that_cannot_be_added_does_not_undo_those_before_it(cli, data, tmp_path) -> None:
    data("project", "new", "Bank")
    good = tmp_path / "good.txt"
    good.write_text("Anna: Fine.\n", encoding="utf-8")
    result = cli("source", "add", good, tmp_path / "missing.txt")
    assert result.code == 1
    assert "missing.txt" in result.err
    assert "good" in result.out
    assert len(data("source", "list")) == 1


def test_a_recording_waits_for_its_transcript(data, cli) -> None:
    data("project", "new", "Bank")
    speech = SAMPLE / "recordings" / "interview_01.ogg"
    row = data(
        "source", "add", speech, "--speaker", "Mia=interviewer", "--speaker", "R1=respondent"
    )[0]
    assert row["state"] == "recorded"
    assert row["duration_ms"] > 60_000
    shown = data("source", "show", "1")
    assert (shown["turns"], shown["text"]) == ([], "")


def test_the_codebook(data, ok, cli) -> None:
    data("project", "new", "Bank")
    ok("code", "add", "Waiting")
    made = data(
        "code", "add", "Queue", "--kind", "barrier", "--parent", "Waiting", "--use", "If seen"
    )
    assert (made["code"], made["kind"], made["when_to_use"]) == (
        "Waiting / Queue",
        "barrier",
        "If seen",
    )
    assert data("code", "edit", "Queue", "--name", "Long queue")["code"] == "Waiting / Long queue"
    assert data("code", "move", "Long queue", "--top")["code"] == "Long queue"
    ok("code", "add", "Slow service", "--kind", "barrier")
    assert [row["code"] for row in data("code", "list")] == [
        "Waiting",
        "Long queue",
        "Slow service",
    ]
    assert (
        data("code", "move", "Slow service", "--parent", "Waiting")["code"]
        == "Waiting / Slow service"
    )
    data("code", "merge", "Slow service", "Long queue")
    ok("code", "remove", "Waiting")
    assert [row["code"] for row in data("code", "list")] == ["Long queue"]


def test_quotes(data, ok, cli, sample) -> None:
    words = "Somebody there understands light"
    made = data(
        "quote",
        "add",
        "4",
        "--text",
        words,
        "--new-code",
        "A room to stay in",
        "--kind",
        "strength",
        "--emotion",
        "2",
    )
    assert [(row["text"], row["code"], row["emotion"]) for row in made] == [
        (words, "A room to stay in", 2)
    ]
    quote = made[0]["id"]
    again = cli(
        "quote",
        "add",
        "4",
        "--span",
        f"{made[0]['start']}:{made[0]['end']}",
        "--code",
        "A room to stay in",
    )
    assert again.code == 0
    assert "already" in again.err
    listed = data("quote", "list", "--code", "A room to stay in")
    assert [(row["id"], row["speaker"], row["person"]) for row in listed] == [(quote, "R04", "R04")]
    changed = data("quote", "edit", quote[-8:], "--stance", "contradicts", "--emotion", "-1")
    assert (changed["stance"], changed["emotion"]) == ("contradicts", -1)
    ok("quote", "favourite", quote)
    assert quote in [row["id"] for row in data("quote", "list", "--favourites")]
    ok("quote", "favourite", quote, "--off")
    ok("quote", "remove", quote, "--code", "A room to stay in")
    assert data("quote", "list", "--code", "A room to stay in") == []


def test_several_codes_at_once_and_all_off_again(data, ok, cli, sample) -> None:
    words = "Somebody there understands light"
    codes = ("--code", "Order ahead works", "--code", "The coffee itself is excellent")
    made = data("quote", "add", "4", "--text", words, *codes)
    assert len({row["id"] for row in made}) == 1
    assert len(made) == 2
    refused = cli("quote", "remove", made[0]["id"])
    assert refused.code == 2
    assert "--yes" in refused.err
    ok("quote", "remove", made[0]["id"], "--yes")
    assert made[0]["id"] not in [row["id"] for row in data("quote", "list", "--source", "4")]


def test_one_unknown_code_leaves_none_applied(data, cli, sample) -> None:
    before = data("quote", "list", "--source", "4")
    codes = ("--code", "Order ahead works", "--code", "Nothing of the kind")
    refused = cli("quote", "add", "4", "--text", "Somebody there understands light", *codes)
    assert refused.code == 1
    assert data("quote", "list", "--source", "4") == before


def test_words_heard_a_little_differently_are_found_and_said(cli, sample) -> None:
    result = cli(
        "quote", "add", "4", "--text", "Somebody there understand the light", "--new-code", "X"
    )
    assert result.code == 0
    assert "nearest" in result.err
    assert "Somebody there understands light" in result.out


def test_words_that_stand_several_times_are_named_with_their_times(cli, sample) -> None:
    result = cli("quote", "add", "4", "--text", "Campus Gate", "--new-code", "X")
    assert result.code == 1
    assert "0:12" in result.err
    assert "--span" in result.err
    assert cli("quote", "list", "--code", "X").code == 1  # the code was not made either


def test_search_and_memos(data, ok, sample) -> None:
    hits = data("search", '"UNDERSTANDS light"')
    assert [(hit["words"], hit["source"]) for hit in hits] == [
        ("understands light", "Interview 04: a customer who left")
    ]
    assert data("search", "no such words at all") == []
    ok("memo", "write", "Think of rooms", "--source", "4")
    assert data("memo", "show", "--source", "4") == {
        "subject": "source",
        "memo": "Think of rooms",
        "coder": [system_user()],
    }
    ok("memo", "write", "-", stdin="Of the whole")
    assert data("memo", "show")["memo"] == "Of the whole"
    ok("memo", "write", "", "--source", "4")
    assert data("memo", "show", "--source", "4")["memo"] == ""
    ok("memo", "write", "On a code", "--code", "Order ahead works")
    assert data("memo", "show", "--code", "Order ahead works")["memo"] == "On a code"


def test_the_frame_of_a_project(data, ok, cli) -> None:
    data("project", "new", "Bank")
    ok("person", "add", "P1", "-a", "city=Kazan", "-a", "age=35-44")
    assert data("person", "edit", "P1", "--name", "P01", "-a", "city=")["attributes"] == {
        "age": "35-44"
    }
    assert [row["pseudonym"] for row in data("person", "list")] == ["P01"]
    goal = data(
        *("goal", "add", "More promoters", "--metric", "NPS", "--target", "27,5".replace(",", ".")),
        *("--baseline", "18", "--due", "2027-06-30"),
    )
    assert (goal["target"], goal["due"]) == (27.5, "2027-06-30")
    ok("wave", "add", "Before", "--start", "2026-02-01")
    assert data("wave", "add", "After")["number"] == 2
    ok("metric", "add", "NPS", "23,5", "--n", "412", "--wave", "2", "--date", "2026-09-30")
    assert data("goal", "list")[0]["latest"] == 23.5
    ok("goal", "remove", "More promoters")
    assert data("goal", "list") == []
    ok("stage", "add", "signing", "Signing")
    ok("stage", "touchpoint", "signing", "office", "At the office", "--channel", "branch")
    assert data("stage", "list") == [
        {
            "key": "signing",
            "stage": "Signing",
            "touchpoint_key": "office",
            "touchpoint": "At the office",
            "channel": "branch",
        }
    ]
    assert [row["title"] for row in data("wave", "list")] == ["Before", "After"]


def test_barriers_answers_and_recommendations(data, ok) -> None:
    data("project", "new", "Bank")
    ok("stage", "add", "signing", "Signing")
    ok("code", "add", "Hidden fees", "--kind", "barrier")
    said = data(
        *("barrier", "describe", "Hidden fees", "--statement", "I learn the price last"),
        *("--hinders", "choosing", "--hinders", "loving", "--severity", "5", "--stage", "signing"),
    )
    assert (said["effects"], said["severity"], said["stage"]) == (
        ["choosing", "loving"],
        5,
        "Signing",
    )
    kept = data("barrier", "describe", "Hidden fees", "--status", "confirmed")
    assert (kept["effects"], kept["status"], kept["stage"]) == (
        said["effects"],
        "confirmed",
        "Signing",
    )
    assert [row["barrier"] for row in data("barrier", "list")] == ["Hidden fees"]
    ok("answer", "write", "lose", "At the signing", "--barrier", "Hidden fees")
    answers = {row["question"]: row for row in data("answer", "list")}
    assert answers["lose"]["answer"] == "At the signing"
    assert answers["lose"]["barrier"] == "I learn the price last"
    made = data(
        "recommendation", "add", "Say the price first", "--barrier", "Hidden fees", "--impact", "5"
    )
    assert (made["number"], made["barriers"]) == (1, ["Hidden fees"])
    done = data("recommendation", "edit", "1", "--status", "done", "--owner", "Head of sales")
    assert (done["status"], done["owner_role"], done["impact"]) == ("done", "Head of sales", 5)
    ok("recommendation", "remove", "1")
    assert data("recommendation", "list") == []


def test_a_visit_from_plan_to_rating(data, ok, cli, tmp_path) -> None:
    data("project", "new", "Coffee")
    ok("wave", "add", "First")
    ok("shop", "location", "add", "north", "North", "--kind", "region")
    assert (
        data("shop", "location", "add", "mill", "Mill Street", "--parent", "north")["parent"]
        == "north"
    )
    assert len(data("shop", "location", "list")) == 2
    checklist = data("shop", "checklist", "add", SAMPLE / "shopping" / "checklist.yaml")
    assert checklist["version"] == 1
    assert [row["key"] for row in data("shop", "checklist", "list")] == [checklist["key"]]
    visit = data("shop", "visit", "plan", "mill", "--shopper", "S1", "--date", "2026-05-31")[
        "visit"
    ]
    assert data("shop", "league") == []
    questions = data("shop", "visit", "show", visit)["questions_and_answers"]
    wrong = next(item for item in questions if item["type"] == "yes_no")
    refused = cli("shop", "visit", "answer", visit, wrong["key"], "perhaps")
    assert refused.code == 1
    assert wrong["key"] in refused.err
    incomplete = cli("shop", "visit", "submit", visit)
    assert incomplete.code == 1
    assert "not complete" in incomplete.err
    _fill(data, cli, visit)
    ok("shop", "visit", "comment", visit, "Quick, but nobody smiled.")
    receipt = tmp_path / "receipt.jpg"
    receipt.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    ok("shop", "visit", "evidence", visit, questions[0]["key"], receipt)
    assert data("shop", "visit", "submit", visit)["status"] == "submitted"
    assert cli("shop", "visit", "comment", visit, "Too late").code == 1
    assert data("shop", "visit", "status", visit, "approve")["status"] == "approved"
    league = data("shop", "league")
    assert [(row["rank"], row["location"], row["visits"]) for row in league] == [
        (1, "Mill Street", 1)
    ]
    assert data("shop", "visit", "list")[0]["percent"] == league[0]["percent"]
    assert "visit_comment" in [row["kind"] for row in data("source", "list")]


def _fill(data, cli, visit: str) -> None:
    """Answer whatever is asked until nothing is missing."""
    values = {
        "yes_no": "yes",
        "number": "3",
        "time": "2:30",
        "text": "Fine",
        "date": "2026-05-31",
        "scale": "4",
    }
    for _round in range(40):
        view = data("shop", "visit", "show", visit)
        if not view["missing"]:
            return
        asked = next(q for q in view["questions_and_answers"] if q["key"] == view["missing"][0])
        value = values.get(asked["type"]) or asked["options"][0]
        result = cli(
            "shop", "visit", "answer", visit, asked["key"], value, "--comment", "As it was"
        )
        assert result.code == 0, result.err
    pytest.fail("the visit cannot be filled in")


def test_an_answer_can_be_taken_back(data, cli, ok) -> None:
    data("project", "new", "Coffee")
    ok("shop", "location", "add", "mill", "Mill Street")
    ok("shop", "checklist", "add", SAMPLE / "shopping" / "checklist.xlsx")
    visit = data("shop", "visit", "plan", "mill")["visit"]
    key = next(
        item["key"]
        for item in data("shop", "visit", "show", visit)["questions_and_answers"]
        if item["type"] == "yes_no"
    )
    assert data("shop", "visit", "answer", visit, key, "no")["answer"] is False
    assert data("shop", "visit", "answer", visit, key, "--clear")["answer"] is None
    assert cli("shop", "visit", "answer", visit, key).code == 2


def test_reports(data, cli, sample, tmp_path) -> None:
    assert {row["language"] for row in data("report", "list")} == {"en", "ru"}
    assert data("report", "check", "client_report", "--language", "en") == []
    target = tmp_path / "report.docx"
    made = data("report", "build", "--language", "en", "-o", target)
    assert made["file"] == str(target)
    assert target.read_bytes()[:2] == b"PK"
    assert data("report", "list", "--built") == []
    inside = data("report", "build")["file"]
    assert [row["file"] for row in data("report", "list", "--built")] == [inside]


def test_a_template_can_be_checked_without_a_project(data) -> None:
    assert data("report", "check", "client_report", "--language", "ru") == []


def test_history_over_several_starts(data, ok, cli, sample) -> None:
    data("person", "add", "P99")
    assert data("history", "list", "--limit", "1")[0]["verb"] == "person.add"
    assert data("history", "undo")["subject"] == "P99"
    assert "P99" not in cli("person", "list").out
    assert data("history", "redo")["state"] == "done"
    assert "P99" in cli("person", "list").out
    assert "Taken back: person added — P99." in cli("history", "undo").err
    assert "Done again: person added — P99." in cli("history", "redo").err
    nothing = cli("history", "redo")
    assert nothing.code == 3
    assert "nothing to redo" in nothing.err


def test_settings(data, cli) -> None:
    assert cli("settings", "set", "coder", "Анна К.").code == 0
    assert cli("settings", "set", "language", "ru").code == 0
    shown = {row["name"]: row["value"] for row in data("settings", "show")}
    assert (shown["coder"], shown["language"]) == ("Анна К.", "ru")
    assert "Использование" in cli("--help").out
    assert cli("settings", "set", "language", "").code == 0
    assert "Usage" in cli("--help").out


def test_the_coder_of_the_settings_is_written_beside_each_coding(data, cli, sample) -> None:
    cli("settings", "set", "coder", "Boris")
    made = data("quote", "add", "4", "--text", "understands light", "--new-code", "Light")
    assert made[0]["coder"] == "Boris"
    assert data("history", "list", "--limit", "1")[0]["actor"] == "Boris"


def test_samples(data, cli, sample, monkeypatch, tmp_path) -> None:
    assert "coffee_chain_en" in [row["name"] for row in data("sample", "list")]
    again = data("sample", "create", "coffee_chain_en")
    assert again["sources_waiting"] == 3
    coded = data("sample", "code")
    assert (coded["applied"], coded["missing"]) == (0, 0)
    assert coded["present"] > 100
    data("project", "new", "Mine")
    assert cli("sample", "code", "-p", "mine").code == 1


def test_doctor_and_models(data, cli) -> None:
    report = data("doctor")
    checks = {item["check"]: item for item in report["checks"]}
    assert {"sqlite", "python", "workspace", "ffmpeg libraries", "encoding"} <= set(checks)
    assert {"engine faster-whisper", "engine openai-whisper"} <= set(checks)
    assert checks["sqlite"]["ok"]
    assert report["models"] == data("models", "list", "--here")
    assert {"processor cores", "memory", "graphics card", "model for ru"} <= set(checks)
    table = cli("doctor")
    assert table.code == 0
    assert "workbench" in table.out


def test_lists_are_the_same_in_every_format(cli, data, sample) -> None:
    whole = data("shop", "visit", "list")
    lines = cli("shop", "visit", "list", "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == whole
    rows = list(csv.DictReader(io.StringIO(cli("shop", "visit", "list", "-f", "csv").out)))
    assert [row["visit"] for row in rows] == [row["visit"] for row in whole]
    assert list(rows[0]) == list(whole[0])
    russian = cli("--lang", "ru", "shop", "visit", "list", "-f", "csv").out
    assert russian.splitlines()[0] == ",".join(whole[0])
