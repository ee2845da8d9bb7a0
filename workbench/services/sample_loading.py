"""Loading a sample project's plain files into a project, by the same verbs a person would use."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from workbench import i18n
from workbench.i18n import N_
from workbench.interchange.importer import ImportedTurn
from workbench.interchange.sample_parts import SampleCode, SampleProject, SampleVisit
from workbench.models import tables
from workbench.models.base import now
from workbench.models.drafts import (
    BarrierDraft,
    CodeDraft,
    GoalDraft,
    LocationDraft,
    PersonDraft,
    ProjectDraft,
    ReadingDraft,
    RecommendationDraft,
    SourceDraft,
    SpeakerDraft,
    WaveDraft,
)
from workbench.models.kinds import SourceKind
from workbench.services.project import Project
from workbench.shopping import workflow
from workbench.shopping.answers import value_to_json
from workbench.store import lookup
from workbench.store.shopping import keep_checklist, load_checklist

REVIEWS = "reviews.csv"


def project_draft(sample: SampleProject) -> ProjectDraft:
    """Return the particulars of the project to be made."""
    return ProjectDraft.read(
        {
            "title": sample.title,
            "client": sample.client,
            "language": sample.language,
            "brief": sample.brief,
            "authors": sample.authors,
            "period": sample.period,
            "purpose": sample.purpose,
            "staff_policy": sample.staff_identity_policy,
            "recording_policy": sample.recording_policy,
            "retention_date": sample.retention_date,
        }
    )


def fill(project: Project, sample: SampleProject) -> None:
    """Enter everything but transcripts and codings, by the same verbs a person would use."""
    _fill_frame(project, sample)
    for code in sample.codes:
        _add_code(project, code, parent=None)
    _add_sources(project, sample)
    _add_shopping(project, sample)
    for item in sample.recommendations:
        project.decisions.add(
            RecommendationDraft.read(
                {
                    "title": item.title,
                    "text": item.text,
                    "kind": item.kind,
                    "barriers": item.barriers,
                    "owner_role": item.owner_role,
                    "effort": item.effort,
                    "impact": item.impact or 3,
                    "due": item.due,
                    "status": item.status,
                    "remeasure_wave": item.remeasure_wave,
                }
            )
        )
    for answer in sample.answers:
        project.decisions.write_answer(answer.question, answer.text, barrier=answer.code)


def _fill_frame(project: Project, sample: SampleProject) -> None:
    plan = project.plan
    for goal in sample.goals:
        plan.add_goal(
            GoalDraft.read(
                {
                    "name": goal.name,
                    "metric": goal.metric,
                    "unit": goal.unit,
                    "category": goal.category,
                    "baseline": goal.baseline,
                    "target": goal.target,
                    "due": goal.due,
                }
            )
        )
    for wave in sample.waves:
        plan.add_wave(
            WaveDraft(title=wave.title, ordinal=wave.ordinal, start=wave.start, end=wave.end)
        )
    for stage in sample.stages:
        plan.add_stage(stage.key, stage.name)
        for point in stage.touchpoints:
            plan.add_touchpoint(stage.key, point.key, name=point.name, channel=point.channel)
    for person in sample.people:
        plan.add_person(PersonDraft(pseudonym=person.pseudonym, attributes=dict(person.attributes)))
    for reading in sample.metrics:
        own = (
            reading.metric == "custom"
        )  # a metric of the client's own is named where others name a segment
        plan.add_reading(
            ReadingDraft.read(
                {
                    "metric": reading.segment if own else reading.metric,
                    "value": reading.value,
                    "unit": reading.unit,
                    "n": reading.n,
                    "measured_on": reading.date,
                    "segment": "" if own else reading.segment,
                    "formula": reading.formula,
                    "wave": reading.wave,
                }
            )
        )


def _add_code(project: Project, code: SampleCode, *, parent: str | None) -> None:
    view = project.codebook.add(
        CodeDraft.read(
            {
                "name": code.name,
                "kind": code.kind,
                "parent": parent,
                "definition": code.definition,
                "when_to_use": code.when_to_use,
                "when_not": code.when_not,
                "example": code.example,
            }
        )
    )
    if code.barrier is not None:
        said = code.barrier
        project.codebook.describe_barrier(
            view.id,
            BarrierDraft.read(
                {
                    "statement": said.statement,
                    "kind": said.kind,
                    "hinders_choosing": "choose" in said.effects,
                    "hinders_loving": "love" in said.effects,
                    "hinders_recommending": "recommend" in said.effects,
                    "stage": said.stage,
                    "touchpoint": said.touchpoint,
                    "cause": said.cause,
                    "severity": said.severity or 3,
                    "severity_reason": said.severity_reason,
                    "known_inside": said.known_inside or "no",
                    "status": said.status or "found",
                }
            ),
        )
    for child in code.children:
        _add_code(project, child, parent=view.id)


def _add_sources(project: Project, sample: SampleProject) -> None:
    for source in sample.sources:
        project.sources.add(
            source.path,
            SourceDraft(
                title=source.title,
                kind=SourceKind(source.kind),
                language=source.language,
                collected_on=source.date,
                person=source.person,
                wave=source.wave,
                stage=source.stage,
                speakers=tuple(
                    SpeakerDraft.read(
                        {"label": voice.label, "role": voice.role, "person": voice.person}
                    )
                    for voice in source.speakers
                ),
            ),
        )
    review_title = i18n.catalogue(sample.language).gettext(N_("Review {number}"))
    with project.sources.acting("source.add", REVIEWS) as act:
        for review in sample.reviews:
            draft = SourceDraft(
                title=review_title.format(number=review.number),
                kind=SourceKind.REVIEW,
                language=sample.language,
                collected_on=review.date,
                wave=_wave_on(sample, review.date),
            )
            row = project.sources.keep_text(act.session, draft, [ImportedTurn(review.text)])
            row.original_name = f"{REVIEWS}#{review.number}"
            row.attributes = {
                key: value
                for key, value in (("rating", review.rating), ("site", review.site))
                if value
            }
            act.session.add(row)


def _wave_on(sample: SampleProject, day: date | None) -> int | None:
    """Return the wave a day belongs to: the last one that had begun."""
    begun = [wave.ordinal for wave in sample.waves if wave.start and day and wave.start <= day]
    return begun[-1] if begun else (sample.waves[0].ordinal if sample.waves else None)


def _add_shopping(project: Project, sample: SampleProject) -> None:
    for location in sample.locations:
        project.shopping.add_location(
            LocationDraft.read(
                {
                    "key": location.key,
                    "name": location.name,
                    "kind": location.kind,
                    "parent": location.parent,
                    "owner": location.owner,
                    "address": location.address,
                    "opening_hours": location.opening_hours,
                }
            )
        )
    if sample.checklist is None:
        return
    with project.shopping.acting("checklist.add", sample.checklist.key) as act:
        version_id = keep_checklist(act.session, project.plan.project_id, sample.checklist)
        for shopper in sample.shoppers:
            act.session.add(
                tables.Shopper(
                    project_id=project.plan.project_id,
                    code=shopper.code,
                    alias=shopper.name_alias,
                    city=shopper.city,
                )
            )
        for scenario in sample.scenarios:
            act.session.add(
                tables.Scenario(
                    project_id=project.plan.project_id,
                    key=scenario.key,
                    title=dict(scenario.title),
                    text=dict(scenario.text),
                )
            )
    with project.shopping.acting("visit.plan", sample.title) as act:
        for visit in sample.visits:
            _add_visit(act.session, project, visit, version_id)


def _add_visit(session: Session, project: Project, visit: SampleVisit, version_id: str) -> None:
    """Enter a visit as it was made; a submitted one freezes the checklist and its comments become a source."""
    project_id = project.plan.project_id
    location = lookup.find_location(session, project_id, visit.location)
    shopper = lookup.find_shopper(session, project_id, visit.shopper or "")
    scenario = lookup.find_scenario(session, project_id, visit.scenario or "")
    wave = lookup.find_wave(session, project_id, visit.wave) if visit.wave is not None else None
    row = tables.Visit(
        project_id=project_id,
        code=visit.id,
        location_id=location.id if location else "",
        version_id=version_id,
        wave_id=wave.id if wave else None,
        shopper_id=shopper.id if shopper else None,
        scenario_id=scenario.id if scenario else None,
        status=visit.status,
        planned_on=visit.planned_date,
        started_at=visit.started,
        finished_at=visit.finished,
        comment=visit.comment,
    )
    session.add(row)
    session.flush()
    stored = load_checklist(session, version_id)
    for key, answer in visit.answers.items():
        session.add(
            tables.VisitAnswer(
                visit_id=row.id,
                question_id=stored.question_ids[key],
                value=value_to_json(answer.value),
                na=answer.na,
                comment=answer.comment,
                answered_at=visit.finished,
            )
        )
    session.flush()
    if visit.status in workflow.COUNTED:
        version = session.get_one(tables.ChecklistVersion, version_id)
        version.frozen_at = version.frozen_at or now()
        session.add(version)
        project.shopping.keep_comments(session, row)
