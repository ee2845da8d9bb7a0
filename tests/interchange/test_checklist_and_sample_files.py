from __future__ import annotations

import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.interchange.checklist_file import notes_on, read_checklist, read_fields
from workbench.interchange.sample_project import read_sample_project
from workbench.shopping.completeness import missing
from workbench.shopping.scoring import score_visit

SAMPLES = Path(__file__).parents[2] / "sample_projects"
NAMES = ("mortgage_bank_ru", "coffee_chain_en")
needs_samples = pytest.mark.skipif(
    not all((SAMPLES / name / "project.toml").exists() for name in NAMES),
    reason="the sample projects are not beside the tests",
)

YAML = """\
key: shop
title: {ru: Магазин, en: Shop}
total_mode: weighted_sections
critical_policy: zero_section
pass_mark: 75
sections:
  - key: hall
    title: {ru: Зал, en: Hall}
    weight: 40
    questions:
      - {key: clean, text: {ru: Чисто?, en: Clean?}, type: yes_no, points_yes: 2, critical: true, comment_required_when: no}
      - key: wait
        text: {ru: Ждали?, en: Wait?}
        type: time
        bands: [{from: 0, to: 60, points: 3}, {from: 60, to: null, points: 0}]
      - key: pay
        text: {ru: Оплата, en: Payment}
        type: single
        shown_when: {question: clean, equals: yes}
        options: [{key: card, text: {ru: Карта, en: Card}, points: 1}, {key: none, text: {ru: Нет, en: None}, na: true}]
      - {key: taste, text: Taste, type: scale, scale: {min: 1, max: 5, points: 2.5}, na_allowed: true}
"""


def checklist(tmp_path, text=YAML, name="c.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_checklist(path)


def test_a_checklist_from_yaml(tmp_path):
    found = checklist(tmp_path)
    assert (found.key, found.total_mode, found.critical_policy, found.pass_mark) == (
        "shop", "weighted_sections", "zero_section", 75
    )  # fmt: skip
    clean, wait, pay, taste = found.questions()
    assert clean.critical
    assert (clean.points_yes, clean.comment_required_when) == (2, "no")
    assert [(b.low, b.high, b.points) for b in wait.bands] == [(0, 60, 3), (60, None, 0)]
    assert pay.shown_when.equals == (True,)
    assert pay.options[1].na
    assert taste.scale.points == Decimal("2.5")
    assert taste.text == {"en": "Taste", "ru": "Taste"}


@pytest.mark.parametrize(
    ("before", "after", "code", "named"),
    [
        ("type: time", "type: stopwatch", "field-wrong", "sections[hall].questions[wait].type"),
        ("points_yes: 2", "points_yes: many", "field-wrong", "questions[clean].points_yes"),
        ("critical: true", "critical: perhaps", "field-wrong", "questions[clean].critical"),
        ("key: shop\n", "", "field-missing", "key"),
        ("{min: 1, max: 5, points: 2.5}", "{min: 5, max: 1}", "checklist-unsound", "taste"),
        ("question: clean", "question: later", "checklist-unsound", "pay"),
        ("equals: yes", "equals: perhaps", "checklist-unsound", "perhaps"),
        ("total_mode: weighted_sections", "total_mode: [1]", "field-wrong", "total_mode"),
        ("    questions:", "   questions:", "file-syntax", ":"),
        ("key: pay", "key: wait", "checklist-unsound", "wait"),
        ("weight: 40", "weight: .nan", "field-wrong", "weight"),
        ("weight: 40", "weight: '1e999999999'", "field-wrong", "weight"),
        ("title: {ru: Зал, en: Hall}", "title: &a [&b [*a, *a], *b]", "field-wrong", "title"),
    ],
)
def test_a_wrong_field_is_named(tmp_path, before, after, code, named):
    assert before in YAML
    with pytest.raises(InputError) as trouble:
        checklist(tmp_path, YAML.replace(before, after))
    assert trouble.value.code == code
    assert "c.yaml" in trouble.value.problem
    assert named in trouble.value.problem
    assert trouble.value.remedy


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [("c.txt", "x", "checklist-format-unknown"), ("c.yaml", "- 1", "file-syntax"), ("c.yaml", "", "file-empty"),
     ("c.yaml", "a: !!python/object/apply:os.getcwd []", "file-syntax"), ("c.xlsx", "x", "file-damaged")],
)  # fmt: skip
def test_what_is_not_a_checklist(tmp_path, name, text, code):
    with pytest.raises(InputError) as trouble:
        checklist(tmp_path, text, name)
    assert trouble.value.code == code


def workbook(path, options="card=Card / Карта [1]; none=None / Нет [na]", shown="clean = yes"):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "questions"
    sheet.append(
        [
            "section",
            "key",
            "text_ru",
            "text_en",
            "type",
            "points_yes",
            "critical",
            "options",
            "shown_when",
        ]
    )
    sheet.append(["hall", "clean", "Чисто?", "Clean?", "yes_no", 2, "yes", None, None])
    sheet.append(
        ["hall", "wait", "Ждали?", "Wait?", "time", None, None, "0..60 [3]; 60.. [0]", None]
    )
    sheet.append(["hall", "pay", "Оплата", "Payment", "single", None, None, options, shown])
    sheet.append(["desk", "taste", "Вкус", "Taste", "scale", None, None, "scale 1..5 [2.5]", None])
    settings = book.create_sheet("checklist")
    for row in (("key", "value"), ("key", "shop"), ("title_en", "Shop"), ("pass_mark", 75)):
        settings.append(row)
    book.save(path)
    return path


def test_a_checklist_from_a_spreadsheet(tmp_path):
    found = read_checklist(workbook(tmp_path / "c.xlsx"))
    assert (found.key, found.title, found.total_mode, found.pass_mark) == (
        "shop",
        {"en": "Shop"},
        "points",
        75,
    )
    assert [section.key for section in found.sections] == ["hall", "desk"]
    clean, wait, pay, taste = found.questions()
    assert clean.critical
    assert [(b.low, b.high, b.points) for b in wait.bands] == [(0, 60, 3), (60, None, 0)]
    assert pay.options[0].text == {"en": "Card", "ru": "Карта"}
    assert pay.options[1].na
    assert (taste.scale.low, taste.scale.high, taste.scale.points) == (1, 5, Decimal("2.5"))


def told(path):
    return [note.params["fields"] for note in notes_on(read_fields(path))]


def test_fields_that_nothing_reads_are_named(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(YAML, encoding="utf-8")
    assert told(path) == []
    wrong = (
        YAML.replace("pass_mark", "passmark")
        .replace("critical: true", "crítical: true")
        .replace("points: 3", "point: 3")
        .replace("points: 0", "point: 0")
        .replace("max: 5", "max: 5, low: 1")
        .replace("equals: yes", "equals: yes, is: no")
    )
    path.write_text(wrong, encoding="utf-8")
    assert told(path)[0].split("; ") == [
        "passmark",
        "sections[hall].questions[clean].crítical",
        "sections[hall].questions[wait].bands[0].point (×2)",
        "sections[hall].questions[pay].shown_when.is",
        "sections[hall].questions[taste].scale.low",
    ]


def test_columns_that_nothing_reads_are_named(tmp_path):
    from openpyxl import load_workbook

    path = workbook(tmp_path / "c.xlsx")
    assert told(path) == []
    book = load_workbook(path)
    book["questions"]["J1"] = "weigth"
    for row in (2, 3):
        book["questions"][f"J{row}"] = 5
    book["checklist"].append(("pass mark", 75))
    book.save(path)
    assert told(path) == ["pass mark; sections[hall].questions[clean].weigth (×2)"]


@needs_samples
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_everything_in_the_checklist_of_a_sample_is_read(name, suffix):
    assert told(SAMPLES / name / "shopping" / f"checklist.{suffix}") == []


@pytest.mark.parametrize(
    ("options", "shown"),
    [("card", "clean = yes"), ("card=Card [1]; oops", "clean = yes"), ("a=b [1]", "clean")],
)
def test_a_wrong_cell_is_named(tmp_path, options, shown):
    with pytest.raises(InputError) as trouble:
        read_checklist(workbook(tmp_path / "c.xlsx", options, shown))
    assert trouble.value.code == "field-wrong"
    assert "questions[pay]" in trouble.value.problem


@needs_samples
@pytest.mark.parametrize("name", NAMES)
def test_yaml_and_spreadsheet_of_a_sample_score_alike(name):
    folder = SAMPLES / name / "shopping"
    if not (folder / "checklist.xlsx").exists():
        pytest.skip("this sample has no checklist.xlsx")
    first, second = (
        read_checklist(folder / "checklist.yaml"),
        read_checklist(folder / "checklist.xlsx"),
    )
    assert list(first.by_key) == list(second.by_key)
    for visit in read_sample_project(SAMPLES / name).visits:
        left, right = score_visit(first, visit.answers), score_visit(second, visit.answers)
        assert left.share == right.share
        assert left.failed_critical == right.failed_critical


@needs_samples
@pytest.mark.parametrize("name", NAMES)
def test_a_sample_project_is_whole(name):
    project = read_sample_project(SAMPLES / name)
    assert len(project.goals) >= 2
    assert len(project.stages) >= 4
    assert len(project.waves) == 2
    assert {code.kind for code in project.all_codes()} >= {"theme", "barrier", "strength"}
    assert len([s for s in project.sources if s.path.suffix == ".ogg"]) >= 3
    assert len(project.reviews) >= 20
    assert len(project.codings) >= 40
    assert len([x for x in project.locations if x.kind == "branch"]) >= 4
    assert len(project.visits) >= 12
    assert len(project.recommendations) >= 4
    assert {answer.question for answer in project.answers} == {"unhappy", "lose", "love"}
    for visit in project.visits:
        score = score_visit(project.checklist, visit.answers)
        if visit.status in {"approved", "submitted"}:
            assert missing(project.checklist, visit.answers) == (), visit.id
            assert 0 < score.share < Fraction(1)
        if visit.status == "planned":
            assert score.share is None


@pytest.fixture
def copy(tmp_path):
    target = tmp_path / "project"
    shutil.copytree(SAMPLES / "coffee_chain_en", target, ignore=shutil.ignore_patterns("scripts"))

    def change(file, before, after):
        path = target / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return target

    return change


@needs_samples
@pytest.mark.parametrize(
    ("file", "before", "after", "code", "named"),
    [
        ("project.toml", 'language = "en"', 'language = "eo"', "field-wrong", "language"),
        ("project.toml", 'language = "en"', "language = ", "file-syntax", "project.toml"),
        ("goals.csv", "8620,9500", "8620,many", "field-wrong", "[2].target"),
        ("goals.csv", ",2027-03-31", ",soon", "field-wrong", "[2].due"),
        ("waves.csv", "1,Wave 1", "2,Wave 1", "name-twice", "waves.csv"),
        ("people.csv", "R02,", "r01,", "name-twice", "r01"),
        ("codebook.yaml", "kind: theme", "kind: idea", "field-wrong", "Speed and waiting"),
        ("codebook.yaml", "effects: [choose, love]", "effects: []", "field-wrong", "effects"),
        ("sources.yaml", "person: R01", "person: R99", "reference-unknown", "R99"),
        ("sources.yaml", "recordings/interview_01.ogg", "recordings/lost.ogg", "reference-unknown", "interview_01"),
        ("sources.yaml", "recordings/interview_01.ogg", "../../secret.ogg", "field-wrong", "file"),
        ("codings.yaml", "codes: [App says ready before it is]", "codes: [App says]", "reference-unknown", "App says"),
        ("codings.yaml", "stance: supports", "stance: agrees", "field-wrong", "stance"),
        ("shopping/visits.yaml", "atmosphere: 3", "atmosphere: lovely", "visit-answer-wrong", "V01"),
        ("shopping/visits.yaml", "atmosphere: 3", "atmosfere: 3", "visit-answer-wrong", "atmosfere"),
        ("shopping/visits.yaml", "location: station_hall", "location: moon", "reference-unknown", "moon"),
        ("shopping/visits.yaml", "status: approved", "status: fine", "field-wrong", "visits[V01].status"),
        ("recommendations.yaml", "effort: M", "effort: XXL", "field-wrong", "effort"),
        ("metrics.csv", "NPS,18,", "NPS,eighteen,", "field-wrong", "[2].value"),
        ("journey.yaml", "stages:", "steps:", "field-missing", "stages"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named_with_its_file(copy, file, before, after, code, named):
    with pytest.raises(InputError) as trouble:
        read_sample_project(copy(file, before, after))
    assert trouble.value.code == code
    assert named in trouble.value.problem
    assert Path(file).name in trouble.value.problem or code == "reference-unknown"
    assert trouble.value.remedy


def test_a_folder_that_is_no_sample_project(tmp_path):
    with pytest.raises(InputError) as trouble:
        read_sample_project(tmp_path)
    assert trouble.value.code == "sample-project-missing"
    (tmp_path / "project.toml").write_text('title = "T"\nlanguage = "en"\n')
    project = read_sample_project(tmp_path)
    assert (project.title, project.visits, project.checklist) == ("T", (), None)
