"""The Russian sample project holds together: every reference resolves and every quote is real."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import av
import pytest
import yaml
from docx import Document

from workbench.interchange.importer import import_file
from workbench.models.kinds import BarrierStatus, RecommendationStatus, SourceKind

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


def visits() -> list[dict[str, Any]]:
    return load("shopping/visits.yaml")["visits"]


@cache
def source_texts() -> dict[str, list[str]]:
    """The turns of everything that can be coded, by the names codings.yaml uses."""
    texts = {}
    for source in load("sources.yaml")["sources"]:
        path = SAMPLE / source["file"]
        if path.suffix == ".ogg":
            lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
            texts[source["file"]] = [line[3:] for line in lines]
        else:
            (imported,) = import_file(path).texts
            texts[source["file"]] = [turn.text for turn in imported.turns]
    for number, review in enumerate(rows("reviews.csv"), start=1):
        texts[f"reviews.csv#{number}"] = [review["text"]]
    for visit in visits():
        texts[f"visit:{visit['id']}"] = [visit["comment"]]
    return {name: [squeeze(turn) for turn in turns] for name, turns in texts.items()}


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


@pytest.mark.parametrize(
    ("name", "person"),
    [("interview_04.docx", "R04"), ("interview_05.vtt", "R05"), ("interview_06.txt", "R06")],
)
def test_transcripts_import_with_speakers_and_times(name: str, person: str) -> None:
    (imported,) = import_file(SAMPLE / "transcripts" / name).texts
    turns = [turn for turn in imported.turns if turn.speaker]
    assert [turn.speaker for turn in turns] == ["Интервьюер", person] * (len(turns) // 2)
    assert len(turns) >= 20
    starts = [turn.start_ms for turn in turns]
    assert starts == sorted(starts)
    words = re.findall(r"[а-яё-]+", " ".join(turn.text for turn in turns).lower())
    assert 500 <= len(words) <= 900


def test_reviews_import_one_by_one() -> None:
    texts = import_file(SAMPLE / "reviews.csv").texts
    assert [text.turns[0].text for text in texts] == [row["text"] for row in rows("reviews.csv")]


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
        turns, quote = source_texts()[coding["source"]], squeeze(coding["quote"])
        if coding["source"].startswith("recordings/"):
            assert 6 <= len(quote.split()) <= 20, quote
            assert sum(plain(quote) in plain(turn) for turn in turns) == 1, quote
        else:
            assert sum(turn.count(quote) for turn in turns) == 1, quote


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
