"""The Russian sample's mystery shopping: a valid checklist, complete visits, telling scores."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from workbench.interchange.checklist_file import read_checklist
from workbench.models.kinds import VisitStatus
from workbench.shopping.answers import NOT_APPLICABLE, Answer, read_answer, shown_questions
from workbench.shopping.checklist import QUESTION_TYPES, Checklist
from workbench.shopping.completeness import missing
from workbench.shopping.scoring import score_visit
from workbench.shopping.validation import validate_checklist

SAMPLE = Path(__file__).resolve().parents[2] / "sample_projects" / "mortgage_bank_ru"
COMPLETE = {"submitted", "approved"}


@cache
def load(name: str) -> Any:
    return yaml.safe_load((SAMPLE / name).read_text(encoding="utf-8"))


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def checklist() -> Checklist:
    return read_checklist(SAMPLE / "shopping" / "checklist.yaml")


def visits() -> list[dict[str, Any]]:
    return load("shopping/visits.yaml")["visits"]


def branches() -> dict[str, dict[str, Any]]:
    regions = load("shopping/locations.yaml")["regions"]
    return {branch["key"]: branch for region in regions for branch in region["branches"]}


def read_answers(visit: dict[str, Any]) -> dict[str, Answer]:
    found = {}
    for key, raw in visit["answers"].items():
        given = raw if isinstance(raw, dict) else {"value": raw}
        assert set(given) <= {"value", "comment", "na"}, (visit["id"], key)
        wanted = NOT_APPLICABLE if given.get("na") else given["value"]
        value = read_answer(checklist().question(key), wanted)
        na = value is NOT_APPLICABLE
        found[key] = Answer(None if na else value, given.get("comment", ""), na)
    return found


def test_checklist_is_valid_and_shows_every_type_of_question() -> None:
    assert validate_checklist(checklist()) == ()
    questions = list(checklist().questions())
    assert 24 <= len(questions) <= 32
    assert {item.type for item in questions} == set(QUESTION_TYPES)
    assert sum(section.weight for section in checklist().sections) == 100
    for flag in ("critical", "bonus", "na_allowed", "evidence_required", "shown_when"):
        assert any(getattr(item, flag) for item in questions), flag
    for item in questions:
        texts = [item.text, *(option.text for option in item.options)]
        assert all(set(text) == {"ru", "en"} and all(text.values()) for text in texts)


def test_checklist_workbook_agrees_with_the_yaml() -> None:
    book = read_checklist(SAMPLE / "shopping" / "checklist.xlsx")
    assert list(book.questions()) == list(checklist().questions())
    assert book.sections == checklist().sections


def test_locations_are_four_branches_in_two_regions_and_a_competitor() -> None:
    regions = load("shopping/locations.yaml")["regions"]
    assert [region["kind"] for region in regions] == ["region", "region"]
    owners = Counter(branch["owner"] for branch in branches().values())
    assert owners == {"own": 4, "competitor": 1}
    for region in regions:
        assert {branch["parent"] for branch in region["branches"]} == {region["key"]}


def test_visits_refer_to_what_exists_and_start_in_order() -> None:
    shoppers = {shopper["code"] for shopper in rows("shopping/shoppers.csv")}
    scenarios = {scenario["key"] for scenario in load("shopping/scenarios.yaml")["scenarios"]}
    assert max(Counter(visit["id"] for visit in visits()).values()) == 1
    for visit in visits():
        assert visit["location"] in branches()
        assert visit["shopper"] in shoppers
        assert visit["scenario"] in scenarios
        assert visit["status"] in set(VisitStatus)
        if visit["status"] in COMPLETE:
            start = datetime.fromisoformat(visit["started"])
            end = datetime.fromisoformat(visit["finished"])
            assert start.tzinfo is not None
            assert 15 * 60 <= (end - start).total_seconds() <= 2 * 3600
            assert start.date() == date.fromisoformat(visit["planned_date"])
            assert 2 <= len(re.findall(r"[.!?](?:\s|$)", visit["comment"])) <= 6
    statuses = Counter(visit["status"] for visit in visits())
    assert statuses["in_progress"] == statuses["planned"] == 1
    assert sum(statuses[status] for status in COMPLETE) >= 13


def test_finished_visits_lack_nothing_and_answer_only_what_is_asked() -> None:
    for visit in visits():
        answers = read_answers(visit)
        assert set(answers) <= shown_questions(checklist(), answers), visit["id"]
        lacking = missing(checklist(), answers)
        assert (lacking == ()) == (visit["status"] in COMPLETE), (visit["id"], lacking)


def test_visits_tell_branches_and_waves_apart() -> None:
    shares: dict[tuple[str, int], list[float]] = defaultdict(list)
    failed = 0
    for visit in visits():
        if visit["status"] in COMPLETE:
            score = score_visit(checklist(), read_answers(visit))
            shares[visit["location"], visit["wave"]].append(float(score.share))
            failed += bool(score.failed_critical)
    means = {place: sum(values) / len(values) for place, values in shares.items()}
    own = {place for place, branch in branches().items() if branch["owner"] == "own"}
    assert {place for place, _ in means} == set(branches())
    assert all((place, wave) in means for place in own for wave in (1, 2))
    assert means["kazan_baumana", 1] - means["samara_leningradskaya", 1] > 0.3
    assert means["samara_leningradskaya", 2] - means["samara_leningradskaya", 1] > 0.3
    assert means["kazan_baumana", 2] < means["kazan_baumana", 1]
    assert 3 <= failed <= 6


def test_visit_score_readings_are_the_means_of_the_visits() -> None:
    for row in rows("metrics.csv"):
        if row["metric"] != "visit_score":
            continue
        owner = "own" if row["segment"] == "Свои отделения" else "competitor"
        shares = [
            score_visit(checklist(), read_answers(visit)).share
            for visit in visits()
            if visit["status"] in COMPLETE
            and visit["wave"] == int(row["wave"])
            and branches()[visit["location"]]["owner"] == owner
        ]
        assert len(shares) == int(row["n"])
        assert float(sum(shares) / len(shares) * 100) == pytest.approx(float(row["value"]), abs=0.1)
