"""The English sample project agrees with itself: references, types, counts, audio and quotes."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import openpyxl
import pytest
import yaml
from docx import Document

from workbench.interchange.checklist_file import read_checklist
from workbench.models.kinds import (
    BarrierKind,
    BarrierStatus,
    CodeKind,
    Effort,
    GoalCategory,
    KnownInside,
    LocationKind,
    LocationOwner,
    RecommendationKind,
    RecommendationStatus,
    SourceKind,
    SpeakerRole,
    StaffPolicy,
    Stance,
    VisitStatus,
)
from workbench.shopping.answers import NOT_APPLICABLE, Answer, Value, read_answer
from workbench.shopping.checklist import Checklist
from workbench.shopping.completeness import missing
from workbench.shopping.scoring import VisitScore, percent, score_visit
from workbench.shopping.validation import validate_checklist

PROJECT = Path(__file__).resolve().parents[2] / "sample_projects" / "coffee_chain_en"
RECORDINGS = sorted((PROJECT / "recordings").glob("interview_*.ogg"))
DONE = {"submitted", "approved"}
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


@cache
def read_yaml(name: str) -> Any:
    return yaml.safe_load((PROJECT / name).read_text(encoding="utf-8"))


@cache
def read_csv(name: str) -> list[dict[str, str]]:
    with (PROJECT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "project.toml").read_text(encoding="utf-8"))


def walk_codes(codes: list[dict[str, Any]], depth: int = 1) -> Iterator[tuple[int, dict[str, Any]]]:
    for code in codes:
        yield depth, code
        yield from walk_codes(code.get("children", []), depth + 1)


def all_codes() -> list[tuple[int, dict[str, Any]]]:
    return list(walk_codes(read_yaml("codebook.yaml")["codes"]))


def barriers() -> dict[str, dict[str, Any]]:
    return {code["name"]: code["barrier"] for _, code in all_codes() if code["kind"] == "barrier"}


def sources() -> dict[str, dict[str, Any]]:
    return {source["file"]: source for source in read_yaml("sources.yaml")["sources"]}


def codings() -> list[dict[str, Any]]:
    return list(read_yaml("codings.yaml")["codings"])


def visits() -> list[dict[str, Any]]:
    return list(read_yaml("shopping/visits.yaml")["visits"])


def touchpoints() -> dict[str, set[str]]:
    stages = read_yaml("journey.yaml")["stages"]
    return {stage["key"]: {point["key"] for point in stage["touchpoints"]} for stage in stages}


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def spoken_words(script: Path) -> str:
    lines = script.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.partition(": ")[2] for line in lines if line.strip())


@cache
def source_text(name: str) -> str:
    """The words a quote must be found in."""
    if name.startswith("reviews.csv#"):
        return read_csv("reviews.csv")[int(name.partition("#")[2]) - 1]["text"]
    if name.startswith("visit:"):
        return {v["id"]: str(v["comment"]) for v in visits()}[name.removeprefix("visit:")]
    path = PROJECT / name
    if path.suffix == ".ogg":
        return spoken_words(path.with_suffix(".txt"))
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    return path.read_text(encoding="utf-8")


def is_day(text: object) -> bool:
    return isinstance(text, str) and date.fromisoformat(text).isoformat() == text


@cache
def build_checklist() -> Checklist:
    return read_checklist(PROJECT / "shopping" / "checklist.yaml")


def read_one(checklist: Checklist, key: str, raw: object) -> Answer:
    """Reads one answer as it is written in the file; refuses what the question cannot take."""
    question = checklist.question(key)
    if not isinstance(raw, dict):
        value = read_answer(question, raw)
        assert value is not NOT_APPLICABLE, key
        return Answer(value)
    assert set(raw) <= {"value", "comment", "na"}, key
    comment = str(raw.get("comment", ""))
    if raw.get("na"):
        assert question.na_allowed, key
        return Answer(na=True, comment=comment)
    given: Value = read_answer(question, raw["value"])  # type: ignore[assignment]
    return Answer(given, comment=comment)


def read_answers(visit: dict[str, Any]) -> dict[str, Answer]:
    checklist = build_checklist()
    return {key: read_one(checklist, key, raw) for key, raw in visit["answers"].items()}


@cache
def scores() -> dict[str, VisitScore]:
    checklist = build_checklist()
    return {
        visit["id"]: score_visit(checklist, read_answers(visit))
        for visit in visits()
        if visit["status"] in DONE
    }


def own_branches() -> set[str]:
    regions = read_yaml("shopping/locations.yaml")["regions"]
    return {b["key"] for region in regions for b in region["branches"] if b["owner"] == "own"}


# --- the project and what frames it


def test_project_particulars() -> None:
    project = read_toml()
    assert project["language"] == "en"
    assert project["staff_identity_policy"] in set(StaffPolicy)
    assert project["purpose"] == "research"
    assert is_day(project["retention_date"])
    assert project["brief"].count("\n") >= 3
    assert project["report"]["authors"]
    assert project["report"]["period"]


def test_each_of_the_three_questions_is_answered_by_a_barrier() -> None:
    answers = read_toml()["answers"]
    assert set(answers) == {"unhappy", "lose", "love"}
    for answer in answers.values():
        assert answer["code"] in barriers()
        assert answer["text"].endswith(".")


def test_goals_have_a_number_and_a_date() -> None:
    goals = read_csv("goals.csv")
    assert {goal["category"] for goal in goals} == {str(category) for category in GoalCategory}
    for goal in goals:
        assert float(goal["target"]) != float(goal["baseline"])
        assert is_day(goal["due"])
        assert goal["metric"]
        assert goal["unit"]


def test_waves_follow_each_other() -> None:
    waves = read_csv("waves.csv")
    assert [wave["ordinal"] for wave in waves] == ["1", "2"]
    days = [wave[name] for wave in waves for name in ("start", "end")]
    assert all(is_day(day) for day in days)
    assert days == sorted(days)


def wave_holds(ordinal: int, day: str) -> bool:
    wave = read_csv("waves.csv")[ordinal - 1]
    return wave["start"] <= day <= wave["end"]


def test_metrics_belong_to_their_waves() -> None:
    metrics = read_csv("metrics.csv")
    assert {m["metric"] for m in metrics} == {"NPS", "CSAT", "CES", "visit_score", "custom"}
    for metric in metrics:
        float(metric["value"])
        assert int(metric["n"]) > 0
        assert metric["formula"]
        assert wave_holds(int(metric["wave"]), metric["date"]), metric


def test_journey_keys_are_unique() -> None:
    stages = read_yaml("journey.yaml")["stages"]
    keys = [s["key"] for s in stages] + [p["key"] for s in stages for p in s["touchpoints"]]
    assert max(Counter(keys).values()) == 1
    assert all(KEY.match(key) for key in keys)
    assert all(point["channel"] and point["name"] for s in stages for point in s["touchpoints"])
    assert len(stages) >= 5


def test_people_are_pseudonyms_with_attributes() -> None:
    people = read_csv("people.csv")
    assert len(people) >= 6
    assert [p["pseudonym"] for p in people] == [f"R{n:02d}" for n in range(1, len(people) + 1)]
    assert all(value for person in people for value in person.values())


# --- codebook


def test_codebook_is_rich_enough_and_names_are_unique() -> None:
    codes = all_codes()
    names = Counter(code["name"] for _, code in codes)
    assert len(codes) >= 25
    assert max(names.values()) == 1
    assert max(depth for depth, _ in codes) >= 3
    assert len(barriers()) >= 8
    assert {code["kind"] for _, code in codes} == {str(kind) for kind in CodeKind}
    for _, code in codes:
        for field in ("definition", "when_to_use", "when_not", "example"):
            assert code[field], (code["name"], field)
        assert ("barrier" in code) == (code["kind"] == "barrier"), code["name"]


@pytest.mark.parametrize("name", sorted(barriers()))
def test_barrier_is_complete_and_stands_on_the_journey(name: str) -> None:
    barrier = barriers()[name]
    assert barrier["kind"] in set(BarrierKind)
    assert barrier["effects"]
    assert set(barrier["effects"]) <= {"choose", "love", "recommend"}
    assert barrier["touchpoint"] in touchpoints()[barrier["stage"]]
    assert 1 <= barrier["severity"] <= 5
    assert barrier["known_inside"] in set(KnownInside)
    assert barrier["status"] in set(BarrierStatus)
    for field in ("statement", "cause", "severity_reason"):
        assert barrier[field].endswith(".")


def test_barriers_differ() -> None:
    found = barriers().values()
    assert {b["kind"] for b in found} == {"barrier", "gap"}
    assert {b["known_inside"] for b in found} == {"yes", "partly", "no"}
    assert len({b["severity"] for b in found}) >= 4


# --- sources


def test_sources_exist_and_their_references_resolve() -> None:
    people = {person["pseudonym"] for person in read_csv("people.csv")}
    for name, source in sources().items():
        assert (PROJECT / name).is_file(), name
        assert source["kind"] in set(SourceKind)
        assert source["language"] == "en"
        assert wave_holds(source["wave"], source["date"]), name
        assert source["stage"] is None or source["stage"] in touchpoints()
        assert source["person"] is None or source["person"] in people
        assert source["speakers"][0]["role"] == "interviewer"
        for speaker in source["speakers"]:
            assert speaker["role"] in set(SpeakerRole)
            assert speaker["role"] != "respondent" or speaker["person"] in people
    kinds = {Path(name).suffix for name in sources()}
    assert kinds == {".ogg", ".docx", ".vtt", ".txt"}
    heard = {s.get("person") for source in sources().values() for s in source["speakers"]}
    assert people <= heard


def test_recordings_are_small() -> None:
    assert len(RECORDINGS) >= 3
    assert sum(path.stat().st_size for path in RECORDINGS) <= 1_500_000


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_recording_is_mono_opus_of_the_right_length(path: Path) -> None:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name in {"opus", "libopus"}
        assert stream.codec_context.channels == 1
        seconds = sum(frame.samples / frame.sample_rate for frame in container.decode(stream))
    assert 90 <= seconds <= 240


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_script_of_a_recording_is_a_conversation(path: Path) -> None:
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert [line[:3] for line in lines] == ["I: ", "R: "] * (len(lines) // 2)
    assert not re.search(r"\d", "".join(lines)), "numbers are written as words"


@pytest.mark.parametrize("name", [f"transcripts/interview_0{n}" for n in (4, 5, 6)])
def test_text_transcripts_have_the_length_of_an_interview(name: str) -> None:
    path = next(PROJECT.glob(f"{name}.*"))
    text = source_text(path.relative_to(PROJECT).as_posix())
    spoken = re.sub(r"#[\d:-]+#|\[\d\d:\d\d:\d\d\]|[\d:.]+ --> [\d:.]+", "", text)
    assert 500 <= len(spoken.split()) <= 950


@pytest.mark.parametrize("name", ["transcripts/interview_05.vtt", "transcripts/interview_06.txt"])
def test_times_of_a_transcript_go_forward(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    times = re.findall(r"\d\d:\d\d:\d\d(?:\.\d{3})?", text)
    assert len(times) >= 20
    assert times == sorted(times)


def test_word_transcript_has_a_time_after_every_turn() -> None:
    paragraphs = Document(str(PROJECT / "transcripts/interview_04.docx")).paragraphs[1:]
    turns = [re.fullmatch(r"(Interviewer|R04): .+ #(.+)#", p.text) for p in paragraphs]
    assert all(turns)
    times = [turn[2] for turn in turns if turn]
    assert times == sorted(times)


def test_reviews_are_many_mixed_and_awkward() -> None:
    reviews = read_csv("reviews.csv")
    assert len(reviews) >= 22
    assert {review["rating"] for review in reviews} == {"1", "2", "3", "4", "5"}
    waves = [[n for n in (1, 2) if wave_holds(n, review["date"])] for review in reviews]
    assert all(len(found) == 1 for found in waves)
    everything = "".join(review["author"] + review["text"] for review in reviews)
    assert all(sign in everything for sign in ("&", "<", "“", "”", "💍"))
    assert len({review["text"] for review in reviews}) == len(reviews)


# --- codings


def test_every_quote_stands_in_its_source_word_for_word() -> None:
    lost = [
        (coding["source"], coding["quote"])
        for coding in codings()
        if squeeze(coding["quote"]) not in squeeze(source_text(coding["source"]))
    ]
    assert lost == []


def test_codings_use_known_codes_and_values() -> None:
    names = {code["name"] for _, code in all_codes()}
    allowed = {"source", "quote", "codes", "stance", "emotion", "memo", "favourite"}
    for coding in codings():
        assert set(coding) <= allowed
        assert coding["codes"]
        assert set(coding["codes"]) <= names, coding
        assert coding["stance"] in set(Stance)
        assert coding["emotion"] in range(-2, 3)


def test_no_quote_is_coded_twice() -> None:
    found = Counter((coding["source"], coding["quote"]) for coding in codings())
    assert max(found.values()) == 1


def test_codings_reach_every_source() -> None:
    counts = Counter(coding["source"] for coding in codings())
    assert sum(counts.values()) >= 70
    assert set(sources()) <= set(counts)
    assert sum(name.startswith("visit:") for name in counts) >= 12
    assert sum(name.startswith("reviews.csv#") for name in counts) >= 20
    for path in RECORDINGS:
        name = path.relative_to(PROJECT).as_posix()
        quotes = [coding["quote"] for coding in codings() if coding["source"] == name]
        assert len(quotes) >= 6
        assert all(6 <= len(quote.split()) <= 20 for quote in quotes), name


def kind_of(source: str) -> str:
    if source.startswith("reviews.csv"):
        return "review"
    return "visit" if source.startswith("visit:") else "interview"


def test_every_barrier_has_independent_evidence() -> None:
    voices: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    for coding in codings():
        if coding["stance"] == "supports":
            for code in coding["codes"]:
                voices[code].add(coding["source"])
                kinds[code].add(kind_of(coding["source"]))
    for name in barriers():
        assert len(voices[name]) >= 3, name
        assert len(kinds[name]) >= 2, name
    assert sum(len(kinds[name]) == 3 for name in barriers()) >= 6


def test_sources_contradict_each_other() -> None:
    against = {
        c for coding in codings() if coding["stance"] == "contradicts" for c in coding["codes"]
    }
    assert len(against & set(barriers())) >= 4


# --- mystery shopping


def test_checklist_is_sound_and_shows_every_type() -> None:
    checklist = build_checklist()
    questions = list(checklist.questions())
    assert validate_checklist(checklist) == ()
    assert checklist.total_mode == "weighted_sections"
    assert [int(section.weight) for section in checklist.sections] == [15, 20, 20, 25, 20]
    assert 24 <= len(questions) <= 32
    types = {question.type for question in questions}
    assert types == {"yes_no", "single", "multi", "scale", "number", "time", "text", "date"}
    assert sum(question.critical for question in questions) >= 4
    assert any(question.bonus for question in questions)
    assert any(question.evidence_required for question in questions)
    assert sum(question.shown_when is not None for question in questions) >= 2
    for question in questions:
        assert KEY.match(question.key)
        assert set(question.text) == {"ru", "en"}
        assert all(set(option.text) == {"ru", "en"} for option in question.options)


def test_spreadsheet_says_the_same_as_the_checklist() -> None:
    table = PROJECT / "shopping" / "checklist.xlsx"
    assert read_checklist(table).sections == build_checklist().sections
    header = next(openpyxl.load_workbook(table)["questions"].iter_rows(values_only=True))
    assert header == (
        *("section", "key", "text_ru", "text_en", "type", "points_yes", "points_no", "weight"),
        *("critical", "bonus", "scored", "na_allowed", "comment_required_when"),
        *("evidence_required", "options", "shown_when"),
    )


def test_locations_are_four_own_branches_in_two_regions_and_a_competitor() -> None:
    regions = read_yaml("shopping/locations.yaml")["regions"]
    branches = [branch for region in regions for branch in region["branches"]]
    assert len(regions) == 2
    assert len(own_branches()) == 4
    assert sum(branch["owner"] == "competitor" for branch in branches) == 1
    for place in [*regions, *branches]:
        assert place["kind"] in set(LocationKind)
        assert place["owner"] in set(LocationOwner)
    assert all(b["parent"] == region["key"] for region in regions for b in region["branches"])


def test_visits_refer_to_known_things_within_their_wave() -> None:
    regions = read_yaml("shopping/locations.yaml")["regions"]
    places = {branch["key"] for region in regions for branch in region["branches"]}
    shoppers = {shopper["code"] for shopper in read_csv("shopping/shoppers.csv")}
    scenarios = {s["key"] for s in read_yaml("shopping/scenarios.yaml")["scenarios"]}
    found = visits()
    assert len({visit["id"] for visit in found}) == len(found)
    for visit in found:
        assert visit["location"] in places
        assert visit["shopper"] in shoppers
        assert visit["scenario"] in scenarios
        assert visit["status"] in set(VisitStatus)
        assert wave_holds(visit["wave"], visit["planned_date"])
        if visit["started"]:
            start = datetime.fromisoformat(visit["started"])
            assert start.tzinfo is not None
            assert start.date().isoformat() == visit["planned_date"]
        if visit["status"] in DONE:
            assert datetime.fromisoformat(visit["finished"]) > start


def test_no_shopper_returns_to_a_branch() -> None:
    pairs = Counter(
        (visit["shopper"], visit["location"]) for visit in visits() if visit["status"] in DONE
    )
    assert max(pairs.values()) == 1


def test_statuses_show_the_whole_workflow() -> None:
    counts = Counter(visit["status"] for visit in visits())
    assert counts["approved"] + counts["submitted"] >= 13
    assert counts["in_progress"] == 1
    assert counts["planned"] == 1


@pytest.mark.parametrize("visit", visits(), ids=lambda visit: visit["id"])
def test_answers_fit_their_questions(visit: dict[str, Any]) -> None:
    answers = read_answers(visit)
    lacking = missing(build_checklist(), answers)
    if visit["status"] in DONE:
        assert lacking == ()
        assert 2 <= len(re.findall(r"[.?!][”’)]?(?:\s|$)", visit["comment"])) <= 6
    else:
        assert lacking


def test_visit_begun_waits_for_its_photo() -> None:
    begun = next(visit for visit in visits() if visit["status"] == "in_progress")
    lacking = missing(build_checklist(), read_answers(begun))
    assert ("door_notice", "evidence") in {(item.question, item.what) for item in lacking}


def branch_mean(location: str, wave: int) -> Fraction:
    found = scores()
    shares = [
        found[visit["id"]].share
        for visit in visits()
        if (visit["location"], visit["wave"]) == (location, wave) and visit["id"] in found
    ]
    assert len(shares) == 2
    return sum((share for share in shares if share is not None), Fraction(0)) / len(shares)


def test_scores_tell_branches_and_waves_apart() -> None:
    first = {place: branch_mean(place, 1) for place in own_branches()}
    second = {place: branch_mean(place, 2) for place in own_branches()}
    assert max(first.values()) - min(first.values()) > Fraction(3, 10)
    assert second["station_hall"] - first["station_hall"] > Fraction(15, 100)
    assert second["vine_court"] < first["vine_court"]
    failed = [score for score in scores().values() if score.failed_critical]
    assert 3 <= len(failed) <= 8


def test_visit_scores_among_the_metrics_are_the_computed_ones() -> None:
    readings = {
        (row["segment"], int(row["wave"])): (row["value"], int(row["n"]))
        for row in read_csv("metrics.csv")
        if row["metric"] == "visit_score"
    }
    totals: dict[tuple[str, int], list[Fraction]] = defaultdict(list)
    found = scores()
    for visit in visits():
        if visit["id"] in found:
            owner = "Own shops" if visit["location"] in own_branches() else "Silver Bean"
            totals[owner, visit["wave"]].append(found[visit["id"]].share or Fraction(0))
    computed = {
        key: (str(percent(sum(shares, Fraction(0)) / len(shares))), len(shares))
        for key, shares in totals.items()
    }
    assert readings == computed


# --- recommendations


def test_recommendations_answer_every_barrier() -> None:
    found = read_yaml("recommendations.yaml")
    assert len(found) >= 6
    assert {item["kind"] for item in found} == {str(kind) for kind in RecommendationKind}
    answered = {name for item in found for name in item["barriers"]}
    assert answered == set(barriers())
    for item in found:
        assert item["effort"] in set(Effort)
        assert 1 <= item["impact"] <= 5
        assert item["status"] in set(RecommendationStatus)
        assert item["remeasure_wave"] == 2
        assert is_day(item["due"])
        assert item["owner_role"]
        assert item["title"]


# --- what the reader is told


def test_readme_says_that_the_voices_are_synthetic_and_counts_right() -> None:
    text = squeeze((PROJECT / "README.md").read_text(encoding="utf-8"))
    assert "voices in the recordings are synthetic" in text
    assert "festvox-us-slt-hts" in text
    done = sum(visit["status"] in DONE for visit in visits())
    for claim in (
        f"{len(all_codes())} codes on three levels, {len(barriers())} of them barriers",
        f"{len(read_csv('reviews.csv'))} reviews",
        f"{done} finished visits",
    ):
        assert claim in text
