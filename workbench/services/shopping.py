"""Mystery shopping: locations, checklists, visits filled question by question, and their results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from workbench.errors import InputError
from workbench.i18n import N_, language
from workbench.interchange.importer import ImportedTurn, Note
from workbench.models import tables
from workbench.models.base import now
from workbench.models.drafts import LocationDraft, SourceDraft, VisitDraft
from workbench.models.kinds import LocationKind, SourceKind, VisitStatus
from workbench.models.views import LeagueRow, LocationView, VisitCard, VisitView
from workbench.services.base import Service, existing, verb
from workbench.services.sources import Sources
from workbench.services.visit_results import (
    Results,
    league_rows,
    load_results,
    visit_card,
    visit_view,
)
from workbench.shopping import workflow
from workbench.shopping.answers import NotApplicable, read_answer, value_to_json
from workbench.shopping.completeness import missing
from workbench.store import files, lookup
from workbench.store.shopping import keep_checklist
from workbench.text.normalize import normalise


@dataclass(frozen=True, slots=True)
class AddedChecklist:
    """What adding a checklist did."""

    key: str
    version: int
    notes: tuple[Note, ...]
    """What a person should know of the file."""


class Shopping(Service):
    """Visits and what they say."""

    def locations(self) -> list[LocationView]:
        """Return regions and branches, each region before its branches."""
        with self.reading() as session:
            rows = session.exec(
                select(tables.Location)
                .where(tables.Location.project_id == self.project_id)
                .order_by(col(tables.Location.ordinal), col(tables.Location.id))
            ).all()
            keys = {row.id: row.key for row in rows}
            return [_location_view(row, keys.get(row.parent_id or "")) for row in rows]

    @verb("location.add")
    def add_location(self, draft: LocationDraft) -> LocationView:
        """Add a region or a branch."""
        with self.acting("location.add", draft.name) as act:
            if lookup.find_location(act.session, self.project_id, draft.key) is not None:
                raise InputError(
                    "name-taken",
                    N_("There is already a location “{name}”."),
                    N_("Choose another name."),
                    name=draft.key,
                )
            parent = None
            if draft.parent:
                found = lookup.find_location(act.session, self.project_id, draft.parent)
                parent = existing(found, N_("location"), draft.parent)
            count = act.session.exec(select(func.count(col(tables.Location.id)))).one()
            row = tables.Location(
                project_id=self.project_id,
                parent_id=parent.id if parent else None,
                ordinal=count,
                **draft.model_dump(exclude={"parent"}),
            )
            act.session.add(row)
            return _location_view(row, parent.key if parent else None)

    def checklists(self) -> list[tuple[str, str, int]]:
        """Return the key, title and newest version of each checklist."""
        from workbench.shopping.checklist import text_in

        with self.reading() as session:
            rows = session.exec(
                select(
                    tables.Checklist.key,
                    tables.Checklist.title,
                    func.max(tables.ChecklistVersion.number),
                )
                .join(
                    tables.ChecklistVersion,
                    col(tables.ChecklistVersion.checklist_id) == col(tables.Checklist.id),
                )
                .where(tables.Checklist.project_id == self.project_id)
                .group_by(col(tables.Checklist.id))
                .order_by(col(tables.Checklist.id))
            )
            return [(key, text_in(title, language()), number) for key, title, number in rows]

    @verb("checklist.add")
    def add_checklist(self, path: Path) -> AddedChecklist:
        """Add a checklist from a YAML or XLSX file; a known key makes a new version."""
        from workbench.interchange.checklist_file import checklist_from, notes_on, read_fields

        read = read_fields(path)
        checklist = checklist_from(read)
        with self.acting("checklist.add", checklist.key) as act:
            version_id = keep_checklist(act.session, self.project_id, checklist)
            version = act.session.get_one(tables.ChecklistVersion, version_id)
            return AddedChecklist(checklist.key, version.number, notes_on(read))

    def visits(self) -> list[VisitCard]:
        """Return one line per visit, with scores."""
        with self.reading() as session:
            results = load_results(session, self.project_id)
            return [visit_card(results, visit) for visit in results.visits]

    def visit(self, code: str) -> VisitView:
        """Return a visit with its questions, answers and score, by identifier or code."""
        with self.reading() as session:
            row = self._row(session, code)
            return visit_view(load_results(session, self.project_id, visit_id=row.id), row)

    @verb("visit.plan")
    def plan(self, draft: VisitDraft) -> VisitCard:
        """Plan a visit; a shopper who is not known yet is added, and a visit without a code gets the next one."""
        with self.acting("visit.plan") as act:
            session = act.session
            location = lookup.find_location(session, self.project_id, draft.location)
            location = existing(location, N_("location"), draft.location)
            version = lookup.newest_version(session, self.project_id, draft.checklist)
            version = existing(version, N_("checklist"), draft.checklist or "")
            wave = (
                lookup.current_wave(session, self.project_id)
                if draft.wave is None
                else existing(
                    lookup.find_wave(session, self.project_id, draft.wave), N_("wave"), draft.wave
                )
            )
            scenario = None
            if draft.scenario:
                found = lookup.find_scenario(session, self.project_id, draft.scenario)
                scenario = existing(found, N_("scenario"), draft.scenario)
            shopper = self._shopper(session, draft.shopper) if draft.shopper else None
            row = tables.Visit(
                project_id=self.project_id,
                code=draft.code or self._next_code(session),
                location_id=location.id,
                version_id=version.id,
                wave_id=wave.id if wave else None,
                shopper_id=shopper.id if shopper else None,
                scenario_id=scenario.id if scenario else None,
                status=VisitStatus.ASSIGNED if shopper else VisitStatus.PLANNED,
                planned_on=draft.planned_on,
            )
            if lookup.find_visit(session, self.project_id, row.code) is not None:
                raise InputError(
                    "name-taken",
                    N_("There is already a visit “{name}”."),
                    N_("Choose another name."),
                    name=row.code,
                )
            session.add(row)
            session.flush()
            act.subject = f"{row.code} {location.name}"
            return visit_card(load_results(session, self.project_id, visit_id=row.id), row)

    @verb("visit.answer")
    def answer(
        self,
        visit: str,
        question: str,
        value: object = None,
        *,
        na: bool = False,
        comment: str | None = None,
    ) -> VisitView:
        """Save the answer to one question as it is given; no value and no N/A takes the answer back.

        Args:
            visit: identifier or code.
            question: the question's key.
            value: what the person chose or typed; checked against the question's type.
            na: the question does not apply.
            comment: the remark; ``None`` leaves it as it is.

        Raises:
            InputError: ``answer-wrong-type`` and the like when the value does not fit the question, ``visit-closed``
                when the visit is submitted already.
        """
        with self.acting("visit.answer") as act:
            session = act.session
            row = self._editable(session, visit)
            results = load_results(session, self.project_id, visit_id=row.id)
            stored = results.checklists[row.version_id]
            asked = stored.checklist.question(question)
            answer = session.exec(
                select(tables.VisitAnswer).where(
                    tables.VisitAnswer.visit_id == row.id,
                    tables.VisitAnswer.question_id == stored.question_ids[asked.key],
                )
            ).first() or tables.VisitAnswer(
                visit_id=row.id, question_id=stored.question_ids[asked.key]
            )
            typed = None if value is None else read_answer(asked, value)
            answer.na = na or isinstance(typed, NotApplicable)
            if answer.na and not asked.na_allowed:
                raise InputError(
                    "na-not-allowed",
                    N_("The question “{question}” must be answered: N/A is not allowed."),
                    N_("Choose an answer."),
                    question=asked.key,
                )
            answer.value = (
                None if answer.na or isinstance(typed, NotApplicable) else value_to_json(typed)
            )
            if comment is not None:
                answer.comment = comment.strip()
            answer.answered_at = now()
            session.add(answer)
            if row.status in (VisitStatus.PLANNED, VisitStatus.ASSIGNED):
                row.status, row.started_at = VisitStatus.IN_PROGRESS, row.started_at or now()
                session.add(row)
            session.flush()
            act.subject = f"{row.code}: {asked.key}"
            return visit_view(load_results(session, self.project_id, visit_id=row.id), row)

    @verb("visit.comment")
    def comment(self, visit: str, text: str) -> None:
        """Write what the shopper says about the visit as a whole; it becomes a source when submitted."""
        with self.acting("visit.comment") as act:
            row = self._editable(act.session, visit)
            row.comment = text.strip()
            act.session.add(row)
            act.subject = row.code

    @verb("visit.evidence")
    def add_evidence(self, visit: str, question: str, path: Path) -> None:
        """Attach a photo, receipt or recording to a question of a visit."""
        files.check_given(path)
        digest, suffix = files.keep_media(path, self._context.file.folder / "media")
        with self.acting("visit.evidence") as act:
            row = self._editable(act.session, visit)
            results = load_results(act.session, self.project_id, visit_id=row.id)
            stored = results.checklists[row.version_id]
            key = stored.checklist.question(question).key
            act.session.add(
                tables.Evidence(
                    visit_id=row.id,
                    question_id=stored.question_ids[key],
                    media_hash=digest,
                    media_suffix=suffix,
                    original_name=normalise(path.name),
                )
            )
            act.subject = f"{row.code}: {key}"

    @verb("visit.submit")
    def submit(self, visit: str) -> VisitView:
        """Finish a visit: nothing required may be missing. Its checklist version freezes at the first one.

        Raises:
            InputError: ``visit-incomplete``, naming the questions.
        """
        with self.acting("visit.submit") as act:
            session = act.session
            row = self._editable(session, visit)
            results = load_results(session, self.project_id, visit_id=row.id)
            stored = results.checklists[row.version_id]
            lacking = missing(stored.checklist, results.answers.get(row.id, {}))
            if lacking:
                raise InputError(
                    "visit-incomplete",
                    N_("The visit {visit} is not complete: {questions}."),
                    N_("Answer these questions and write the required comments first."),
                    visit=row.code,
                    questions=", ".join(dict.fromkeys(item.question for item in lacking)),
                )
            if row.status in (VisitStatus.PLANNED, VisitStatus.ASSIGNED):
                row.status = VisitStatus.IN_PROGRESS
            row.status = workflow.next_status(row.status, "submit")
            row.finished_at = row.finished_at or now()
            version = session.get_one(tables.ChecklistVersion, row.version_id)
            version.frozen_at = version.frozen_at or now()
            session.add(row)
            session.add(version)
            session.flush()
            act.subject = row.code
            view = visit_view(load_results(session, self.project_id, visit_id=row.id), row)
            self.keep_comments(session, row)
        return view

    @verb("visit.status")
    def change_status(self, visit: str, action: str) -> VisitCard:
        """Move a visit along its workflow: assign, start, review, approve, return, reject, publish and so on."""
        with self.acting("visit.status") as act:
            row = self._row(act.session, visit)
            row.status = workflow.next_status(row.status, action)
            act.session.add(row)
            act.session.flush()
            act.subject = f"{row.code}: {row.status}"
            return visit_card(load_results(act.session, self.project_id, visit_id=row.id), row)

    def league(self, wave: int | None = None) -> list[LeagueRow]:
        """Return the rating of locations in a wave (the newest by default), best first."""
        with self.reading() as session:
            return league_rows(load_results(session, self.project_id), wave)

    def results(self) -> Results:
        """Return all visits with checklists, answers and scores, for reports."""
        with self.reading() as session:
            return load_results(session, self.project_id)

    def keep_comments(self, session: Session, row: tables.Visit) -> None:
        """Make a submitted visit's comments a source, so that they are coded like interviews.

        Part of a larger action; a visit whose comments are a source already stays as it is.
        """
        view = visit_view(load_results(session, self.project_id, visit_id=row.id), row)
        said = [
            view.comment,
            *(question.comment for question in view.questions if question.comment),
        ]
        turns = [ImportedTurn(text) for text in said if text.strip()]
        known = session.exec(
            select(tables.Source.id).where(tables.Source.visit_id == row.id)
        ).first()
        if turns and known is None:
            draft = SourceDraft(
                title=f"{row.code} · {view.card.location}",
                kind=SourceKind.VISIT_COMMENT,
                collected_on=row.finished_at.date() if row.finished_at else None,
                wave=view.card.wave,
            )
            source = Sources(self._context).keep_text(session, draft, turns)
            source.visit_id = row.id
            session.add(source)

    def _row(self, session: Session, code: str) -> tables.Visit:
        return existing(lookup.find_visit(session, self.project_id, code), N_("visit"), code)

    def _editable(self, session: Session, code: str) -> tables.Visit:
        row = self._row(session, code)
        if row.status not in workflow.EDITABLE:
            raise InputError(
                "visit-closed",
                N_("The visit {visit} is {status} and can no longer be changed."),
                N_("Return it to the shopper first."),
                visit=row.code,
                status=row.status,
            )
        return row

    def _shopper(self, session: Session, code: str) -> tables.Shopper:
        found = lookup.find_shopper(session, self.project_id, code)
        if found is None:
            found = tables.Shopper(project_id=self.project_id, code=code)
            session.add(found)
            session.flush()
        return found

    def _next_code(self, session: Session) -> str:
        codes: set[Any] = set(
            session.exec(
                select(tables.Visit.code).where(tables.Visit.project_id == self.project_id)
            ).all()
        )
        number = len(codes) + 1
        while f"V{number:02d}" in codes:
            number += 1
        return f"V{number:02d}"


def _location_view(row: tables.Location, parent: str | None) -> LocationView:
    kind = LocationKind(row.kind)
    return LocationView(row.id, row.key, row.name, kind, parent, row.owner, row.address)
