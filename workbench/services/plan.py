"""What frames a project: particulars, goals, waves, the journey, people, measured values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import (
    GoalDraft,
    PersonDraft,
    ProjectDraft,
    ReadingDraft,
    WaveDraft,
)
from workbench.models.views import GoalView, PersonView, ProjectView, StageView, WaveView
from workbench.services.base import Service, existing, verb
from workbench.store import lookup, queue
from workbench.store.sources import attributes_of_people
from workbench.text import vocabulary


class Plan(Service):
    """The frame of a project."""

    def project(self) -> ProjectView:
        """Return the project's particulars."""
        with self.reading() as session:
            return project_view(
                existing(session.get(tables.Project, self.project_id), N_("project"), "")
            )

    @verb("project.edit")
    def edit(self, **changes: Any) -> ProjectView:
        """Change particulars of the project; fields are those of :class:`ProjectDraft`."""
        with self.acting("project.edit") as act:
            row = existing(act.session.get(tables.Project, self.project_id), N_("project"), "")
            current = {name: getattr(row, name) for name in ProjectDraft.model_fields}
            draft = ProjectDraft.read({**current, **changes})
            for name, value in draft:
                setattr(row, name, value)
            act.session.add(row)
            act.subject = draft.title
            return project_view(row)

    def vocabulary(self) -> list[str]:
        """Return the names of brands and products that recordings are listened to with."""
        with self.reading() as session:
            row = existing(session.get(tables.Project, self.project_id), N_("project"), "")
            return vocabulary.names(row.vocabulary)

    @verb("project.vocabulary")
    def set_vocabulary(self, names: Iterable[str]) -> list[str]:
        """Set the names of brands and products; recordings that wait and have not begun take the new list.

        Args:
            names: in order of weight: when there are too many, those at the end are left out.

        Returns:
            The list as it is kept, none twice.
        """
        with self.acting("project.vocabulary") as act:
            row = existing(act.session.get(tables.Project, self.project_id), N_("project"), "")
            before = vocabulary.names(row.vocabulary)
            listed = vocabulary.merged(name for text in names for name in vocabulary.names(text))
            row.vocabulary = "\n".join(listed)
            act.session.add(row)
            act.subject = row.title
            queue.change_vocabulary(act.session, self.project_id, before, listed)
            return listed

    def goals(self) -> list[GoalView]:
        """Return the goals with the latest reading of each goal's metric."""
        with self.reading() as session:
            readings = session.exec(
                select(tables.MetricReading)
                .where(tables.MetricReading.project_id == self.project_id)
                .order_by(col(tables.MetricReading.measured_on), col(tables.MetricReading.id))
            ).all()
            # of the readings of one day the one over most answers speaks for everybody
            ordered = sorted(readings, key=lambda row: (row.measured_on or date.min, row.n or 0))
            latest = {reading.metric: reading.value for reading in ordered}
            rows = session.exec(
                select(tables.Goal)
                .where(tables.Goal.project_id == self.project_id)
                .order_by(col(tables.Goal.id))
            )
            return [_goal_view(row, latest.get(row.metric)) for row in rows]

    @verb("goal.add")
    def add_goal(self, draft: GoalDraft) -> GoalView:
        """Add a measurable goal."""
        with self.acting("goal.add", draft.name) as act:
            row = tables.Goal(project_id=self.project_id, **draft.model_dump())
            act.session.add(row)
            return _goal_view(row, None)

    @verb("goal.remove")
    def remove_goal(self, name: str) -> None:
        """Remove a goal by identifier or name."""
        with self.acting("goal.remove", name) as act:
            row = (
                act.session.get(tables.Goal, name)
                or act.session.exec(
                    select(tables.Goal).where(
                        tables.Goal.project_id == self.project_id, tables.Goal.name == name
                    )
                ).first()
            )
            act.session.delete(existing(row, N_("goal"), name))

    def waves(self) -> list[WaveView]:
        """Return the waves in order."""
        with self.reading() as session:
            rows = session.exec(
                select(tables.Wave)
                .where(tables.Wave.project_id == self.project_id)
                .order_by(col(tables.Wave.ordinal))
            )
            return [WaveView(row.id, row.ordinal, row.title, row.start, row.end) for row in rows]

    @verb("wave.add")
    def add_wave(self, draft: WaveDraft) -> WaveView:
        """Add a wave; without a number it becomes the next one."""
        with self.acting("wave.add", draft.title) as act:
            last = act.session.exec(
                select(func.max(tables.Wave.ordinal)).where(
                    tables.Wave.project_id == self.project_id
                )
            ).one()
            ordinal = draft.ordinal or (last or 0) + 1
            if lookup.find_wave(act.session, self.project_id, ordinal) is not None:
                raise _taken(N_("There is already a wave {name}."), ordinal)
            row = tables.Wave(
                project_id=self.project_id,
                ordinal=ordinal,
                title=draft.title,
                start=draft.start,
                end=draft.end,
            )
            act.session.add(row)
            return WaveView(row.id, row.ordinal, row.title, row.start, row.end)

    def stages(self) -> list[StageView]:
        """Return the journey's stages with their touchpoints."""
        with self.reading() as session:
            points = session.exec(
                select(tables.Touchpoint).order_by(col(tables.Touchpoint.ordinal))
            ).all()
            rows = session.exec(
                select(tables.Stage)
                .where(tables.Stage.project_id == self.project_id)
                .order_by(col(tables.Stage.ordinal))
            )
            return [
                StageView(
                    row.id,
                    row.key,
                    row.name,
                    tuple((p.key, p.name, p.channel) for p in points if p.stage_id == row.id),
                )
                for row in rows
            ]

    @verb("stage.add")
    def add_stage(self, key: str, name: str) -> StageView:
        """Add a stage at the end of the journey."""
        with self.acting("stage.add", name) as act:
            if lookup.find_stage(act.session, self.project_id, key) is not None:
                raise _taken(N_("There is already a stage “{name}”."), key)
            row = tables.Stage(project_id=self.project_id, key=key, name=name)
            row.ordinal = len(act.session.exec(select(tables.Stage.id)).all())
            act.session.add(row)
            return StageView(row.id, key, name)

    @verb("touchpoint.add")
    def add_touchpoint(self, stage: str, key: str, *, name: str, channel: str = "") -> None:
        """Add a touchpoint to a stage named by its key or name."""
        with self.acting("touchpoint.add", name) as act:
            parent = existing(
                lookup.find_stage(act.session, self.project_id, stage), N_("stage"), stage
            )
            count = len(act.session.exec(select(tables.Touchpoint.id)).all())
            act.session.add(
                tables.Touchpoint(
                    stage_id=parent.id, key=key, name=name, channel=channel, ordinal=count
                )
            )

    def people(self) -> list[PersonView]:
        """Return the respondents in the order of their pseudonyms."""
        with self.reading() as session:
            attributes = attributes_of_people(session, self.project_id)
            rows = session.exec(
                select(tables.Person)
                .where(tables.Person.project_id == self.project_id)
                .order_by(col(tables.Person.pseudonym))
            )
            return [PersonView(row.id, row.pseudonym, attributes.get(row.id, {})) for row in rows]

    @verb("person.add")
    def add_person(self, draft: PersonDraft) -> PersonView:
        """Add a respondent under a pseudonym."""
        with self.acting("person.add", draft.pseudonym) as act:
            if lookup.find_person(act.session, self.project_id, draft.pseudonym) is not None:
                raise _taken(N_("There is already a person “{name}”."), draft.pseudonym)
            row = tables.Person(project_id=self.project_id, pseudonym=draft.pseudonym)
            act.session.add(row)
            act.session.flush()
            _write_attributes(act.session, row.id, draft.attributes)
            return PersonView(row.id, row.pseudonym, draft.attributes)

    @verb("person.edit")
    def edit_person(self, pseudonym: str, draft: PersonDraft) -> PersonView:
        """Rename a person or change attributes; an attribute set to nothing is removed."""
        with self.acting("person.edit", pseudonym) as act:
            found = lookup.find_person(act.session, self.project_id, pseudonym)
            row = existing(found, N_("person"), pseudonym)
            row.pseudonym = draft.pseudonym
            act.session.add(row)
            _write_attributes(act.session, row.id, draft.attributes)
            return PersonView(row.id, row.pseudonym, draft.attributes)

    @verb("reading.add")
    def add_reading(self, draft: ReadingDraft) -> None:
        """Add a measured value of a metric."""
        with self.acting("reading.add", draft.metric) as act:
            wave = None
            if draft.wave is not None:
                wave = existing(
                    lookup.find_wave(act.session, self.project_id, draft.wave),
                    N_("wave"),
                    draft.wave,
                )
            act.session.add(
                tables.MetricReading(
                    project_id=self.project_id,
                    wave_id=wave.id if wave else None,
                    **draft.model_dump(exclude={"wave"}),
                )
            )


def project_view(row: tables.Project) -> ProjectView:
    """Return a project's particulars."""
    return ProjectView(
        row.id,
        row.title,
        row.client,
        row.language,
        row.brief,
        row.authors,
        row.period,
        row.purpose,
        row.staff_policy,
        row.recording_policy,
        row.retention_date,
    )


def _goal_view(row: tables.Goal, latest: float | None) -> GoalView:
    return GoalView(
        row.id,
        row.name,
        row.metric,
        row.unit,
        row.category,
        row.baseline,
        row.target,
        row.due,
        latest,
    )


def _write_attributes(session: Session, person_id: str, attributes: dict[str, str]) -> None:
    rows = session.exec(
        select(tables.PersonAttribute).where(tables.PersonAttribute.person_id == person_id)
    ).all()
    present = {row.name: row for row in rows}
    for place, (name, value) in enumerate(attributes.items(), start=len(present)):
        row = present.get(name)
        if row is None and value:
            session.add(
                tables.PersonAttribute(person_id=person_id, name=name, value=value, ordinal=place)
            )
        elif row is not None and value:
            row.value = value
            session.add(row)
        elif row is not None:
            session.delete(row)


def _taken(problem: str, name: object) -> InputError:
    return InputError("name-taken", problem, N_("Choose another name."), name=name)
