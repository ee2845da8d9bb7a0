"""Visits read back: their checklists, answers and scores, as views, as a league table, for reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from sqlmodel import Session, col, select

from workbench.i18n import language
from workbench.models import tables
from workbench.models.kinds import LocationOwner
from workbench.models.views import (
    LeagueRow,
    OptionView,
    QuestionView,
    ScoreView,
    VisitCard,
    VisitView,
)
from workbench.shopping import workflow
from workbench.shopping.answers import Answer, shown_questions, value_to_json
from workbench.shopping.checklist import Checklist, Question, text_in
from workbench.shopping.completeness import comment_required, missing
from workbench.shopping.rollup import VisitResult, league_table
from workbench.shopping.scoring import VisitScore, percent, score_visit
from workbench.store.shopping import StoredChecklist, answers_of, load_checklist


@dataclass
class Results:
    """Visits of a project with everything their scores need."""

    visits: list[tables.Visit]
    locations: dict[str, tables.Location]
    waves: dict[str, tables.Wave]
    shoppers: dict[str, tables.Shopper]
    scenarios: dict[str, tables.Scenario]
    checklists: dict[str, StoredChecklist]
    """By version id."""
    answers: dict[str, dict[str, Answer]]
    """By visit id, then by question key."""
    scores: dict[str, VisitScore] = field(default_factory=dict)
    """By visit id; made when asked for."""

    def checklist(self, visit: tables.Visit) -> Checklist:
        """Return the checklist a visit was made with."""
        return self.checklists[visit.version_id].checklist

    def score(self, visit: tables.Visit) -> VisitScore:
        """Return a visit's score; while it is being filled, over the answers given so far."""
        if visit.id not in self.scores:
            self.scores[visit.id] = score_visit(
                self.checklist(visit),
                self.answers.get(visit.id, {}),
                answered_only=visit.status in workflow.EDITABLE,
            )
        return self.scores[visit.id]

    def region(self, location_id: str) -> str:
        """Return the name of the region a location lies in."""
        parent = self.locations.get(self.locations[location_id].parent_id or "")
        return parent.name if parent else ""

    def wave(self, visit: tables.Visit) -> int | None:
        """Return the number of a visit's wave."""
        wave = self.waves.get(visit.wave_id or "")
        return wave.ordinal if wave else None

    def counted(self, wave: int | None = None) -> list[VisitResult]:
        """Return the scored visits that count, of one wave or of all."""
        return [
            VisitResult(
                visit.code,
                self.locations[visit.location_id].name,
                self.region(visit.location_id),
                self.wave(visit) or 0,
                self.score(visit),
            )
            for visit in self.visits
            if visit.status in workflow.COUNTED and (wave is None or self.wave(visit) == wave)
        ]


def load_results(session: Session, project_id: str, *, visit_id: str | None = None) -> Results:
    """Read all visits of a project, or one of them, with what their scores need."""
    statement = (
        select(tables.Visit)
        .where(tables.Visit.project_id == project_id)
        .order_by(col(tables.Visit.code))
    )
    if visit_id is not None:
        statement = statement.where(tables.Visit.id == visit_id)
    visits = list(session.exec(statement).all())
    checklists = {
        version_id: load_checklist(session, version_id)
        for version_id in {visit.version_id for visit in visits}
    }

    return Results(
        visits=visits,
        locations={row.id: row for row in session.exec(select(tables.Location))},
        waves={row.id: row for row in session.exec(select(tables.Wave))},
        shoppers={row.id: row for row in session.exec(select(tables.Shopper))},
        scenarios={row.id: row for row in session.exec(select(tables.Scenario))},
        checklists=checklists,
        answers=answers_of(session, [visit.id for visit in visits], checklists),
    )


def score_view(checklist: Checklist, score: VisitScore) -> ScoreView:
    """Return a visit's score as it is printed."""
    failed = tuple(
        text_in(checklist.question(key).text, language()) for key in score.failed_critical
    )
    return ScoreView(percent(score.share), score.passed, score.grade or "", failed)


def visit_card(results: Results, visit: tables.Visit) -> VisitCard:
    """Return one line of the list of visits."""
    checklist = results.checklist(visit)
    answers = results.answers.get(visit.id, {})
    shown = shown_questions(checklist, answers)
    shopper = results.shoppers.get(visit.shopper_id or "")
    return VisitCard(
        visit.id,
        visit.code,
        results.locations[visit.location_id].name,
        results.region(visit.location_id),
        results.wave(visit),
        shopper.code if shopper else "",
        visit.status,
        visit.planned_on,
        visit.finished_at,
        sum(answers[key].given for key in shown if key in answers),
        len(shown),
        score_view(checklist, results.score(visit)),
    )


def visit_view(results: Results, visit: tables.Visit) -> VisitView:
    """Return a visit with its questions in the language in force."""
    stored = results.checklists[visit.version_id]
    checklist = stored.checklist
    answers = results.answers.get(visit.id, {})
    score = results.score(visit)
    scenario = results.scenarios.get(visit.scenario_id or "")
    titles = {section.key: text_in(section.title, language()) for section in checklist.sections}
    return VisitView(
        card=visit_card(results, visit),
        checklist=text_in(checklist.title, language()),
        scenario=text_in(scenario.text, language()) if scenario else "",
        sections=tuple(titles.values()),
        questions=tuple(_question_views(stored, answers)),
        missing=tuple(dict.fromkeys(item.question for item in missing(checklist, answers))),
        section_scores=tuple(
            (titles[section.key], ScoreView(percent(section.share), section.passed, ""))
            for section in score.sections
        ),
        comment=visit.comment,
        editable=visit.status in workflow.EDITABLE,
    )


def _question_views(stored: StoredChecklist, answers: dict[str, Answer]) -> list[QuestionView]:
    shown = shown_questions(stored.checklist, answers)
    views = []
    number = 0
    for place, section in enumerate(stored.checklist.sections, start=1):
        for question in section.questions:
            number += 1
            views.append(
                _question_view(
                    question,
                    answers.get(question.key, Answer()),
                    question_id=stored.question_ids[question.key],
                    number=number,
                    section=(place, text_in(section.title, language())),
                    visible=question.key in shown,
                )
            )
    return views


def _question_view(
    question: Question,
    answer: Answer,
    *,
    question_id: str,
    number: int,
    section: tuple[int, str],
    visible: bool,
) -> QuestionView:
    scale = question.scale
    return QuestionView(
        id=question_id,
        number=number,
        key=question.key,
        section=section[1],
        section_number=section[0],
        text=text_in(question.text, language()),
        type=question.type,
        options=tuple(
            OptionView(option.key, text_in(option.text, language()), option.na)
            for option in question.options
        ),
        scale=(int(scale.low), int(scale.high)) if scale else None,
        critical=question.critical,
        na_allowed=question.na_allowed,
        comment_required_when=question.comment_required_when,
        evidence_required=question.evidence_required,
        visible=visible,
        required=question.required,
        value=value_to_json(answer.value),
        na=answer.na,
        comment=answer.comment,
        answered=answer.given,
        needs_comment=comment_required(question, answer) and not answer.comment.strip(),
    )


def league_rows(results: Results, wave: int | None = None) -> list[LeagueRow]:
    """Return the rating of locations in a wave (the newest with visits by default)."""
    waves = sorted({result.wave for result in results.counted()})
    if not waves:
        return []
    chosen = waves[-1] if wave is None else wave
    before = [number for number in waves if number < chosen]
    previous = results.counted(before[-1]) if before else []
    owners = {row.name: row.owner for row in results.locations.values()}
    sections = {
        section.key: text_in(section.title, language())
        for stored in results.checklists.values()
        for section in stored.checklist.sections
    }
    return [
        LeagueRow(
            row.rank,
            row.location,
            row.region,
            owners.get(row.location, LocationOwner.OWN),
            row.mean.n,
            percent(row.mean.share),
            percent(row.delta) if isinstance(row.delta, Fraction) else None,
            row.failed_critical,
            sections.get(row.worst_section or "", ""),
        )
        for row in league_table(results.counted(chosen), previous=previous)
    ]
