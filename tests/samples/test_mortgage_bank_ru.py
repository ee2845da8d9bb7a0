"""The Russian sample project holds together: every reference resolves and every quote is real."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import av
import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

from workbench.models.kinds import BarrierStatus, RecommendationStatus, SourceKind, VisitStatus
from workbench.shopping.answers import NOT_APPLICABLE, Answer, read_answer, shown_questions
from workbench.shopping.checklist import (
    QUESTION_TYPES,
    Band,
    Checklist,
    Condition,
    Option,
    Question,
    Scale,
    Section,
)
from workbench.shopping.completeness import missing
from workbench.shopping.scoring import score_visit
from workbench.shopping.validation import validate_checklist

SAMPLE = Path(__file__).resolve().parents[2] / "sample_projects" / "mortgage_bank_ru"
RECORDED = ("interview_01", "interview_02", "interview_03")
COMPLETE = {"submitted", "approved"}


@cache
def load(name: str) -> Any:
    text = (SAMPLE / name).read_text(encoding="utf-8")
    return tomllib.loads(text) if name.endswith(".toml") else yaml.safe_load(text)


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def walk(codes: list[dict[str, Any]], depth: int = 1) -> Iterator[tuple[dict[str, Any], int]]:
    for code in codes:
        yield code, depth
        yield from walk(code.get("children", []), depth + 1)


@cache
def codes() -> dict[str, dict[str, Any]]:
    return {code["name"]: code for code, _ in walk(load("codebook.yaml")["codes"])}


def barriers() -> dict[str, dict[str, Any]]:
    return {name: code["barrier"] for name, code in codes().items() if code["kind"] == "barrier"}


def squeeze(text: str) -> str:
    return " ".join(text.split())


def decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def question(raw: dict[str, Any]) -> Question:
    known = ("critical", "bonus", "scored", "na_allowed", "comment_required_when")
    given: dict[str, Any] = {key: raw[key] for key in (*known, "evidence_required") if key in raw}
    if "points_yes" in raw:
        given |= {key: decimal(raw[key]) for key in ("points_yes", "points_no")}
    if condition := raw.get("shown_when"):
        given["shown_when"] = Condition(condition["question"], (condition["equals"],))
    if scale := raw.get("scale"):
        given["scale"] = Scale(*(decimal(scale[key]) for key in ("min", "max", "points")))
    given["options"] = tuple(
        Option(item["key"], item["text"], decimal(item.get("points", 0)), item.get("na", False))
        for item in raw.get("options", [])
    )
    given["bands"] = tuple(
        Band(*(decimal(band[key]) for key in ("from", "to", "points")))
        for band in raw.get("bands", [])
    )
    weight = decimal(raw.get("weight", 1))
    return Question(raw["key"], raw["text"], raw["type"], weight=weight, **given)


@cache
def checklist() -> Checklist:
    raw = load("shopping/checklist.yaml")
    sections = tuple(
        Section(
            part["key"],
            part["title"],
            tuple(question(item) for item in part["questions"]),
            decimal(part["weight"]),
        )
        for part in raw["sections"]
    )
    return Checklist(
        raw["key"],
        raw["title"],
        sections,
        total_mode=raw["total_mode"],
        critical_policy=raw["critical_policy"],
        pass_mark=decimal(raw["pass_mark"]),
    )


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


@cache
def source_texts() -> dict[str, str]:
    """Every codable text by the name codings.yaml uses; recordings by their scripts."""
    texts = {}
    for source in load("sources.yaml")["sources"]:
        path = SAMPLE / source["file"]
        if path.suffix == ".docx":
            text = " ".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        elif path.suffix == ".ogg":
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            text = re.sub(r"^[IR]: ", "", text, flags=re.MULTILINE)
        else:
            text = path.read_text(encoding="utf-8")
        texts[source["file"]] = squeeze(text)
    for number, review in enumerate(rows("reviews.csv"), start=1):
        texts[f"reviews.csv#{number}"] = squeeze(review["text"])
    for visit in visits():
        texts[f"visit:{visit['id']}"] = squeeze(visit["comment"])
    return texts


def test_every_file_of_the_layout_is_there() -> None:
    names = (
        *("README.md", "project.toml", "goals.csv", "waves.csv", "journey.yaml", "people.csv"),
        *("codebook.yaml", "sources.yaml", "reviews.csv", "codings.yaml", "metrics.csv"),
        *("recommendations.yaml", "shopping/checklist.yaml", "shopping/checklist.xlsx"),
        *("shopping/locations.yaml", "shopping/shoppers.csv", "shopping/scenarios.yaml"),
        *("shopping/visits.yaml", "scripts/make_audio.py", "scripts/make_files.py"),
    )
    assert [name for name in names if not (SAMPLE / name).is_file()] == []


def test_readme_says_that_voices_are_synthetic_in_both_languages() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "Голоса синтетические" in readme
    assert "voices are\nsynthetic" in readme.replace("*", "")


def test_project_has_policies_and_answers_that_point_to_barriers() -> None:
    project = load("project.toml")
    assert project["language"] == "ru"
    assert project["staff_identity_policy"] in {"none", "role", "badge"}
    assert date.fromisoformat(project["retention_date"]) > date(2026, 12, 31)
    assert project["brief"].count("\n") >= 5
    assert {answer["code"] for answer in project["answers"].values()} <= set(barriers())
    assert set(project["answers"]) == {"unhappy", "lose", "love"}


def test_goals_have_numbers_and_dates() -> None:
    goals = rows("goals.csv")
    assert {goal["category"] for goal in goals} == {"loyalty", "reputation", "revenue", "advantage"}
    for goal in goals:
        assert float(goal["baseline"]) != float(goal["target"])
        date.fromisoformat(goal["due"])


def test_everything_collected_lies_within_its_wave() -> None:
    spans = {
        int(wave["ordinal"]): (date.fromisoformat(wave["start"]), date.fromisoformat(wave["end"]))
        for wave in rows("waves.csv")
    }
    assert sorted(spans) == [1, 2]
    sources = load("sources.yaml")["sources"]
    days = [(source["wave"], date.fromisoformat(source["date"])) for source in sources]
    days += [(visit["wave"], date.fromisoformat(visit["planned_date"])) for visit in visits()]
    days += [
        (int(row["wave"]), date.fromisoformat(row["date"]))
        for row in rows("metrics.csv")
        if row["wave"]
    ]
    assert [item for item in days if not spans[item[0]][0] <= item[1] <= spans[item[0]][1]] == []


def test_people_are_pseudonyms_and_every_one_is_heard() -> None:
    people = {person["pseudonym"] for person in rows("people.csv")}
    assert len(people) >= 6
    assert all(re.fullmatch(r"R\d\d", name) for name in people)
    sources = load("sources.yaml")["sources"]
    assert {source["person"] for source in sources} == people
    for source in sources:
        roles = {speaker["label"]: speaker for speaker in source["speakers"]}
        assert roles["Интервьюер"]["role"] == "interviewer"
        assert roles[source["person"]] == {
            "label": source["person"],
            "role": "respondent",
            "person": source["person"],
        }


def test_sources_exist_and_stand_at_known_stages() -> None:
    stages = {stage["key"] for stage in load("journey.yaml")["stages"]}
    for source in load("sources.yaml")["sources"]:
        assert (SAMPLE / source["file"]).is_file()
        assert source["kind"] in set(SourceKind)
        assert source["stage"] is None or source["stage"] in stages


def test_codebook_is_a_tree_with_unique_names_and_definitions() -> None:
    every = list(walk(load("codebook.yaml")["codes"]))
    names = Counter(code["name"] for code, _ in every)
    assert len(names) >= 25
    assert max(names.values()) == 1
    assert max(depth for _, depth in every) >= 3
    assert {code["kind"] for code, _ in every} == {"theme", "barrier", "strength", "need"}
    for code, _ in every:
        for field in ("definition", "when_to_use", "when_not", "example"):
            assert code[field].strip(), (code["name"], field)


def test_barriers_are_complete_and_placed_on_the_journey() -> None:
    touchpoints = {
        stage["key"]: {point["key"] for point in stage["touchpoints"]}
        for stage in load("journey.yaml")["stages"]
    }
    assert len(barriers()) >= 8
    assert all(("barrier" in code) == (code["kind"] == "barrier") for code in codes().values())
    for barrier in barriers().values():
        assert barrier["kind"] in {"barrier", "gap"}
        assert barrier["effects"]
        assert set(barrier["effects"]) <= {"choose", "love", "recommend"}
        assert barrier["touchpoint"] in touchpoints[barrier["stage"]]
        assert 1 <= barrier["severity"] <= 5
        assert barrier["severity_reason"]
        assert barrier["cause"]
        assert barrier["known_inside"] in {"yes", "partly", "no"}
        assert barrier["status"] in set(BarrierStatus)


@pytest.mark.parametrize("name", RECORDED)
def test_recordings_last_as_long_as_an_interview_of_the_sample(name: str) -> None:
    with av.open(str(SAMPLE / "recordings" / f"{name}.ogg")) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name in {"opus", "libopus"}
        assert stream.codec_context.channels == 1
        seconds = container.duration / av.time_base
        heard = sum(frame.samples / frame.sample_rate for frame in container.decode(stream))
    assert 90 <= seconds <= 240
    assert heard == pytest.approx(seconds, abs=0.5)


def test_recordings_are_small() -> None:
    size = sum((SAMPLE / "recordings" / f"{name}.ogg").stat().st_size for name in RECORDED)
    assert size <= 1_500_000


@pytest.mark.parametrize("name", RECORDED)
def test_scripts_alternate_speakers_and_write_numbers_as_words(name: str) -> None:
    lines = (SAMPLE / "recordings" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [line[:3] for line in lines] == ["I: ", "R: "] * (len(lines) // 2)
    assert not re.search(r"[0-9A-Za-z]", " ".join(line[3:] for line in lines))


@pytest.mark.parametrize("name", ["interview_04.docx", "interview_05.vtt", "interview_06.txt"])
def test_transcripts_are_of_the_promised_length_and_form(name: str) -> None:
    text = source_texts()[f"transcripts/{name}"]
    assert 500 <= len(re.findall(r"[а-яё]+", text.lower())) <= 900
    stamps = {
        "interview_04.docx": r"#\d\d:\d\d:\d\d-\d#",
        "interview_05.vtt": r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3} <v (Интервьюер|R05)>",
        "interview_06.txt": r"\[\d\d:\d\d:\d\d\] (Интервьюер|R06): ",
    }[name]
    assert len(re.findall(stamps, text)) >= 20


def test_word_transcript_is_what_its_text_says() -> None:
    lines = (SAMPLE / "scripts" / "interview_04.txt").read_text(encoding="utf-8").splitlines()
    document = Document(str(SAMPLE / "transcripts" / "interview_04.docx"))
    assert [paragraph.text for paragraph in document.paragraphs] == lines


def test_reviews_are_mixed_and_hold_awkward_characters() -> None:
    reviews = rows("reviews.csv")
    assert len(reviews) >= 22
    assert {review["rating"] for review in reviews} == {"1", "2", "3", "4", "5"}
    text = " ".join(review["text"] for review in reviews)
    assert all(sign in text for sign in ("«", "»", "&", "<", "\N{TURTLE}"))
    assert [review for review in reviews if not date.fromisoformat(review["date"])] == []


def test_codings_use_known_codes_and_real_words() -> None:
    codings = load("codings.yaml")["codings"]
    assert len(codings) >= 70
    for coding in codings:
        assert set(coding) <= {"source", "quote", "codes", "stance", "emotion", "memo", "favourite"}
        assert coding["codes"]
        assert set(coding["codes"]) <= set(codes())
        assert coding["stance"] in {"supports", "contradicts"}
        assert -2 <= coding["emotion"] <= 2
        text, quote = source_texts()[coding["source"]], squeeze(coding["quote"])
        if coding["source"].startswith("recordings/"):
            assert 6 <= len(quote.split()) <= 20, quote
            assert plain(quote) in plain(text), quote
        else:
            assert text.count(quote) == 1, quote


def plain(text: str) -> str:
    """Words without case and punctuation: recorded quotes follow Whisper's commas, not ours."""
    return squeeze(re.sub(r"[^\w\s]", " ", text.casefold().replace("ё", "е")))


def test_every_source_is_coded() -> None:
    counts = Counter(coding["source"] for coding in load("codings.yaml")["codings"])
    for source in load("sources.yaml")["sources"]:
        assert counts[source["file"]] >= 6, source["file"]
    complete = [visit["id"] for visit in visits() if visit["status"] in COMPLETE]
    assert [name for name in complete if not counts[f"visit:{name}"]] == []
    reviews = range(1, len(rows("reviews.csv")) + 1)
    assert [number for number in reviews if not counts[f"reviews.csv#{number}"]] == []


def test_every_barrier_has_witnesses_and_several_have_three_kinds_of_evidence() -> None:
    persons = {source["file"]: source["person"] for source in load("sources.yaml")["sources"]}
    witnesses: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    doubts: set[str] = set()
    for coding in load("codings.yaml")["codings"]:
        for code in coding["codes"]:
            if coding["stance"] == "contradicts":
                doubts.add(code)
                continue
            kinds[code].add(re.split(r"[/#:]", coding["source"])[0])
            if coding["source"] in persons:
                witnesses[code].add(persons[coding["source"]])
    assert [name for name in barriers() if len(witnesses[name]) < 2] == []
    rich = [
        name
        for name in barriers()
        if kinds[name] & {"recordings", "transcripts"} and {"reviews.csv", "visit"} <= kinds[name]
    ]
    assert len(rich) >= 5
    assert len(doubts & set(barriers())) >= 4, "sources that never disagree are not believable"


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
    book = load_workbook(SAMPLE / "shopping" / "checklist.xlsx", read_only=True)
    table = list(book["questions"].iter_rows(values_only=True))
    head = {name: index for index, name in enumerate(table[0])}
    asked = [
        (section["key"], item["key"], item["text"]["ru"], item["text"]["en"], item["type"])
        for section in load("shopping/checklist.yaml")["sections"]
        for item in section["questions"]
    ]
    columns = [head[name] for name in ("section", "key", "text_ru", "text_en", "type")]
    assert [tuple(row[index] for index in columns) for row in table[1:]] == asked


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


def test_recommendations_answer_every_barrier() -> None:
    recommendations = load("recommendations.yaml")
    assert len(recommendations) >= 6
    answered = {name for item in recommendations for name in item["barriers"]}
    assert answered == set(barriers())
    kinds = {item["kind"] for item in recommendations}
    assert kinds == {"process", "technology", "training"}
    last = max(date.fromisoformat(wave["end"]) for wave in rows("waves.csv"))
    for item in recommendations:
        assert item["owner_role"]
        assert item["effort"] in {"S", "M", "L"}
        assert 1 <= item["impact"] <= 5
        assert item["status"] in set(RecommendationStatus)
        assert (item["remeasure_wave"] is None) == (date.fromisoformat(item["due"]) > last)


def test_metrics_name_their_number_and_formula() -> None:
    readings = rows("metrics.csv")
    assert {row["metric"] for row in readings} == {"NPS", "CSAT", "CES", "visit_score", "custom"}
    for row in readings:
        float(row["value"])
        assert int(row["n"]) > 0
        assert row["formula"]
