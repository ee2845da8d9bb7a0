"""Visits: every answer is kept when given, a wrong one is refused, the score follows the rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.models.drafts import LocationDraft, ProjectDraft, VisitDraft, WaveDraft
from workbench.services.project import Project
from workbench.services.workspace import Workspace

CHECKLIST = """
key: branch
title: {ru: Отделение, en: Branch}
total_mode: points
critical_policy: flag_fail
pass_mark: 80
sections:
  - key: contact
    title: {ru: Контакт, en: Contact}
    weight: 1
    questions:
      - {key: greeted, text: {ru: Поздоровались, en: Greeted}, type: yes_no, comment_required_when: "no"}
      - {key: rate, text: {ru: Назвали ставку, en: Rate named}, type: yes_no, critical: true}
      - {key: wait, text: {ru: Ожидание, en: Wait}, type: time, bands: [{from: 0, to: 300, points: 3}, {from: 300, to: null, points: 0}]}
      - {key: mood, text: {ru: Настроение, en: Mood}, type: scale, scale: {min: 1, max: 5, points: 4}}
      - {key: atm, text: {ru: Банкомат, en: ATM}, type: single, na_allowed: true, options: [{key: works, text: {ru: Работает, en: Works}, points: 1}, {key: broken, text: {ru: Сломан, en: Broken}, points: 0}]}
      - {key: why_broken, text: {ru: Что сломано, en: What is broken}, type: text, scored: false, shown_when: {question: atm, equals: broken}}
"""


@pytest.fixture
def shop(project: Project, tmp_path: Path) -> Project:
    path = tmp_path / "checklist.yaml"
    path.write_text(CHECKLIST, encoding="utf-8")
    project.plan.add_wave(WaveDraft(title="Первая"))
    project.shopping.add_checklist(path)
    project.shopping.add_location(LocationDraft(key="volga", name="Волга", kind="region"))
    project.shopping.add_location(LocationDraft(key="lenina", name="Ленина, 5", parent="volga"))
    project.shopping.plan(VisitDraft(location="lenina", shopper="S01"))
    return project


def question(project: Project, key: str):
    return next(item for item in project.shopping.visit("V01").questions if item.key == key)


def test_planned_visit_starts_with_its_first_answer(shop: Project) -> None:
    assert shop.shopping.visits()[0].status == "assigned"
    view = shop.shopping.answer("V01", "greeted", "да")
    assert view.card.status == "in_progress"
    assert view.card.answered == 1
    assert question(shop, "greeted").value is True


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("greeted", "maybe"),
        ("wait", "soon"),
        ("wait", True),
        ("mood", 6),
        ("mood", "3.5"),
        ("atm", "exploded"),
        ("rate", 7),
    ],
)
def test_answer_of_the_wrong_type_is_refused_and_nothing_is_lost(
    shop: Project, key: str, value: object
) -> None:
    shop.shopping.answer("V01", "greeted", "no", comment="Смотрели в телефон")
    before = shop.shopping.visit("V01")
    with pytest.raises(InputError) as caught:
        shop.shopping.answer("V01", key, value)
    assert key in str(caught.value)
    assert caught.value.remedy
    assert shop.shopping.visit("V01") == before


def test_not_applicable_only_where_it_is_allowed(shop: Project) -> None:
    shop.shopping.answer("V01", "atm", na=True)
    assert question(shop, "atm").na
    with pytest.raises(InputError) as caught:
        shop.shopping.answer("V01", "greeted", na=True)
    assert caught.value.code == "na-not-allowed"


def test_hidden_question_appears_with_the_answer_it_waits_for(shop: Project) -> None:
    assert not question(shop, "why_broken").visible
    shop.shopping.answer("V01", "atm", "broken")
    assert question(shop, "why_broken").visible


def fill(shop: Project) -> None:
    shop.shopping.answer("V01", "greeted", "no", comment="Смотрели в телефон.")
    shop.shopping.answer("V01", "rate", "yes")
    shop.shopping.answer("V01", "wait", "4:10")
    shop.shopping.answer("V01", "mood", 5)
    shop.shopping.answer("V01", "atm", na=True)


def test_incomplete_visit_names_what_is_missing(shop: Project) -> None:
    shop.shopping.answer("V01", "greeted", "no")
    with pytest.raises(InputError) as caught:
        shop.shopping.submit("V01")
    assert caught.value.code == "visit-incomplete"
    assert "greeted" in str(caught.value)  # its comment
    assert "mood" in str(caught.value)


def test_submitted_visit_is_scored_closed_and_coded_like_an_interview(shop: Project) -> None:
    fill(shop)
    shop.shopping.comment("V01", "В целом быстро, но холодно.")
    view = shop.shopping.submit("V01")
    # earned 0 + 1 + 3 + 4 of 1 + 1 + 3 + 4; the cash machine is out of the score
    assert view.card.score.percent == Decimal("88.9")
    assert view.card.score.passed
    with pytest.raises(InputError) as caught:
        shop.shopping.answer("V01", "mood", 1)
    assert caught.value.code == "visit-closed"
    card = next(card for card in shop.sources.cards() if card.kind == "visit_comment")
    text = shop.sources.source(card.id).text
    assert text == "В целом быстро, но холодно.\nСмотрели в телефон."
    assert shop.shopping.league()[0].percent == Decimal("88.9")


def test_submitting_is_one_action(shop: Project) -> None:
    fill(shop)
    shop.shopping.submit("V01")
    shop.history.undo()
    assert shop.shopping.visit("V01").card.status == "in_progress"
    assert shop.sources.cards() == []
    shop.history.redo()
    assert shop.shopping.visit("V01").card.status == "submitted"


def test_failed_critical_question_fails_the_visit_and_keeps_the_percentage(shop: Project) -> None:
    fill(shop)
    shop.shopping.answer("V01", "rate", "no")
    score = shop.shopping.submit("V01").card.score
    assert score.passed is False
    assert score.failed_criticals == ("Rate named",)
    assert score.percent == Decimal("77.8")


def test_new_edition_of_a_checklist_leaves_old_visits_alone(shop: Project, tmp_path: Path) -> None:
    fill(shop)
    shop.shopping.submit("V01")
    path = tmp_path / "again.yaml"
    path.write_text(CHECKLIST.replace("points: 4", "points: 40"), encoding="utf-8")
    added = shop.shopping.add_checklist(path)
    assert (added.key, added.version, added.notes) == ("branch", 2, ())
    assert shop.shopping.visit("V01").card.score.percent == Decimal("88.9")


def test_a_field_of_a_checklist_that_nothing_reads_is_told(shop: Project, tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(CHECKLIST.replace("points: 4", "point: 4"), encoding="utf-8")
    (note,) = shop.shopping.add_checklist(path).notes
    assert "again.yaml" in note.show()
    assert ".point" in note.show()


def test_workflow_is_followed(shop: Project) -> None:
    with pytest.raises(InputError) as caught:
        shop.shopping.change_status("V01", "approve")
    assert caught.value.code == "visit-action-refused"
    fill(shop)
    shop.shopping.submit("V01")
    assert shop.shopping.change_status("V01", "approve").status == "approved"


def test_answers_survive_reopening(workspace: Workspace, shop: Project) -> None:
    shop.shopping.answer("V01", "mood", 4)
    shop.close()
    with workspace.open("ipoteka") as again:
        assert question(again, "mood").value == "4"
    workspace.create(ProjectDraft(title="Ипотека")).close()
