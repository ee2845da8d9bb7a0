"""Sample projects: plain files become a project; prepared quotes are found by their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, select

from workbench import i18n
from workbench.coding.finding import Haystack
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.interchange.importer import ImportedTurn
from workbench.interchange.sample_parts import SampleCode, SampleCoding, SampleProject, SampleVisit
from workbench.interchange.sample_project import read_sample_project
from workbench.locations import sample_projects_folder
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
from workbench.models.kinds import SourceKind, SourceState
from workbench.services.base import verb
from workbench.services.codebook import find_code
from workbench.services.coding import ensure_quote
from workbench.services.project import Project
from workbench.services.workspace import Workspace
from workbench.shopping import workflow
from workbench.shopping.answers import value_to_json
from workbench.store import lookup
from workbench.store.shopping import keep_checklist, load_checklist

_REVIEWS = "reviews.csv"


@dataclass(frozen=True, slots=True)
class Coded:
    """What became of the prepared codings: how many are in place, which words were not found."""

    applied: int
    present: int
    missing: tuple[SampleCoding, ...]
    waiting: int
    """Codings whose recording has no transcript yet."""


def sample_names() -> list[str]:
    """Return the names of the sample projects that come with the program."""
    folder = sample_projects_folder()
    return sorted(path.parent.name for path in folder.glob("*/project.toml"))


def sample_for(language: str) -> str:
    """Return the name of the sample project in a language."""
    return next(
        (name for name in sample_names() if name.endswith(f"_{language}")), sample_names()[0]
    )


def sample_folder(name: str) -> Path:
    """Return the folder of a sample project.

    Raises:
        InputError: ``sample-unknown``.
    """
    folder = sample_projects_folder() / name
    if not (folder / "project.toml").is_file():
        raise InputError(
            "sample-unknown",
            N_("There is no sample project “{name}”."),
            N_("Choose one of: {names}."),
            name=name,
            names=", ".join(sample_names()),
        )
    return folder


@verb("sample.create")
def create_sample(workspace: Workspace, name: str) -> Project:
    """Make a sample project and return it open; a project made from it before is opened as it is.

    Recordings wait for transcription; everything else is read from the sample's files.

    Raises:
        InputError: there is no such sample, or a file of it is wrong.
    """
    sample = read_sample_project(sample_folder(name))
    if (workspace.folder / name / "project.db").is_file():
        return workspace.open(name)
    project = workspace.create(_project_draft(sample), folder_name=name)
    try:
        _fill(project, sample)
    except BaseException:
        project.close()
        workspace.delete(name)
        raise
    return project


@verb("sample.code")
def code_sample(project: Project) -> Coded:
    """Apply the sample's prepared codings to every source that has a text; what is there already stays.

    Raises:
        InputError: the project was not made from a sample.
    """
    sample = read_sample_project(sample_folder(project.slug))
    applied = present = waiting = 0
    missing = []
    with project.coding.acting("sample.code", sample.title, undoable=False) as act:
        session = act.session
        coder_id = project.coding.coder_id(session)
        for source_key, codings in _by_source(sample):
            source = _find(session, project, source_key)
            if source.state != SourceState.READY:
                waiting += len(codings)
                continue
            haystack = Haystack(source.text)
            for coding in codings:
                found = haystack.find(coding.quote)
                if found is None:
                    missing.append(coding)
                    continue
                quote = ensure_quote(session, source, found.span)
                new = _apply(session, project, (quote, coding), coder_id)
                applied += new
                present += not new
    return Coded(applied, present, tuple(missing), waiting)


def _by_source(sample: SampleProject) -> Iterator[tuple[str, list[SampleCoding]]]:
    keys = dict.fromkeys(coding.source for coding in sample.codings)
    for key in keys:
        yield key, [coding for coding in sample.codings if coding.source == key]


def _find(session: Session, project: Project, key: str) -> tables.Source:
    """Return the source a prepared coding speaks of: a file, ``reviews.csv#N`` or ``visit:ID``."""
    statement = select(tables.Source)
    if key.startswith("visit:"):
        visit = lookup.find_visit(session, project.plan.project_id, key.removeprefix("visit:"))
        statement = statement.where(tables.Source.visit_id == (visit.id if visit else ""))
    else:
        statement = statement.where(tables.Source.original_name == key.rpartition("/")[2])
    found = session.exec(statement).first()
    if found is None:
        raise InputError(
            "sample-source-missing",
            N_("The project has no source “{source}” that the sample's codings speak of."),
            N_("Create the sample project anew."),
            source=key,
        )
    return found


def _apply(
    session: Session, project: Project, prepared: tuple[tables.Quote, SampleCoding], coder_id: str
) -> bool:
    """Put the codes of one prepared coding on its quote; return whether anything was new."""
    quote, coding = prepared
    new = False
    for name in coding.codes:
        code = find_code(session, project.plan.project_id, name)
        there = session.exec(
            select(tables.Coding.id).where(
                tables.Coding.quote_id == quote.id,
                tables.Coding.code_id == code.id,
                tables.Coding.coder_id == coder_id,
            )
        ).first()
        if there is None:
            new = True
            session.add(
                tables.Coding(
                    quote_id=quote.id,
                    code_id=code.id,
                    coder_id=coder_id,
                    stance=coding.stance,
                    emotion=coding.emotion,
                )
            )
    if new and coding.favourite:
        quote.favourite = True
        session.add(quote)
    if new and coding.memo:
        session.add(
            tables.Memo(
                project_id=project.plan.project_id,
                subject="quote",
                subject_id=quote.id,
                text=coding.memo,
            )
        )
    return new


def _project_draft(sample: SampleProject) -> ProjectDraft:
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


def _fill(project: Project, sample: SampleProject) -> None:
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
    with project.sources.acting("source.add", _REVIEWS) as act:
        for review in sample.reviews:
            draft = SourceDraft(
                title=review_title.format(number=review.number),
                kind=SourceKind.REVIEW,
                language=sample.language,
                collected_on=review.date,
                wave=_wave_on(sample, review.date),
            )
            row = project.sources.keep_text(act.session, draft, [ImportedTurn(review.text)])
            row.original_name = f"{_REVIEWS}#{review.number}"
            row.attributes = {
                key: value
                for key, value in (("rating", review.rating), ("site", review.site))
                if value
            }
            act.session.add(row)


def _wave_on(sample: SampleProject, day: object) -> int | None:
    """Return the wave a day belongs to: the last one that had begun."""
    begun = [wave.ordinal for wave in sample.waves if wave.start and day and wave.start <= day]  # type: ignore[operator]
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
