"""Decisions: answers to the three questions and recommendations that answer barriers."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.drafts import RecommendationDraft
from workbench.models.views import RecommendationView
from workbench.services.base import Service, existing, verb
from workbench.services.codebook import find_code
from workbench.store import lookup

QUESTIONS = ("unhappy", "lose", "love")
"""Why are my customers unhappy? Where do I lose them, or risk it? What keeps them from loving and recommending us?"""


class Decisions(Service):
    """What the evidence leads to."""

    def answers(self) -> dict[str, tuple[str, str | None]]:
        """Return the answer to each question with the code of the barrier it rests on."""
        with self.reading() as session:
            rows = session.exec(
                select(tables.Answer).where(tables.Answer.project_id == self.project_id)
            )
            return {row.question: (row.text, row.code_id) for row in rows}

    @verb("answer.write")
    def write_answer(self, question: str, text: str, *, barrier: str | None = None) -> None:
        """Answer one of the three questions (``unhappy``, ``lose``, ``love``), resting on a barrier."""
        if question not in QUESTIONS:
            raise InputError(
                "question-unknown",
                N_("There is no question “{question}”."),
                N_("Answer one of: unhappy, lose, love."),
                question=question,
            )
        with self.acting("answer.write", question) as act:
            row = act.session.exec(
                select(tables.Answer).where(
                    tables.Answer.project_id == self.project_id, tables.Answer.question == question
                )
            ).first() or tables.Answer(project_id=self.project_id, question=question, text="")
            row.text = text.strip()
            row.code_id = find_code(act.session, self.project_id, barrier).id if barrier else None
            act.session.add(row)

    def recommendations(self) -> list[RecommendationView]:
        """Return the recommendations in order."""
        with self.reading() as session:
            return recommendation_views(session, self.project_id)

    @verb("recommendation.add")
    def add(self, draft: RecommendationDraft) -> RecommendationView:
        """Add a recommendation with the barriers it answers."""
        with self.acting("recommendation.add", draft.title) as act:
            count = len(recommendation_views(act.session, self.project_id))
            row = tables.Recommendation(
                project_id=self.project_id, title=draft.title, kind=draft.kind, ordinal=count
            )
            self._fill(act.session, row, draft)
            return recommendation_views(act.session, self.project_id)[-1]

    @verb("recommendation.edit")
    def edit(self, number: int, **changes: Any) -> RecommendationView:
        """Change a recommendation by its number; fields are those of :class:`RecommendationDraft`."""
        with self.acting("recommendation.edit") as act:
            views = recommendation_views(act.session, self.project_id)
            view = next((view for view in views if view.number == number), None)
            row = act.session.get(tables.Recommendation, view.id) if view else None
            row = existing(row, N_("recommendation"), number)
            current = {
                field: getattr(view, field)
                for field in RecommendationDraft.model_fields
                if field != "barriers"
            }
            barriers = changes.pop("barriers", None) or _barrier_ids(act.session, row.id)
            draft = RecommendationDraft.read({**current, **changes, "barriers": barriers})
            self._fill(act.session, row, draft)
            act.subject = row.title
            return recommendation_views(act.session, self.project_id)[number - 1]

    @verb("recommendation.remove")
    def remove(self, number: int) -> None:
        """Remove a recommendation by its number."""
        with self.acting("recommendation.remove") as act:
            views = recommendation_views(act.session, self.project_id)
            view = next((view for view in views if view.number == number), None)
            row = act.session.get(tables.Recommendation, view.id) if view else None
            row = existing(row, N_("recommendation"), number)
            act.subject = row.title
            for link in _links(act.session, row.id):
                act.session.delete(link)
            act.session.flush()
            act.session.delete(row)

    def _fill(
        self, session: Session, row: tables.Recommendation, draft: RecommendationDraft
    ) -> None:
        for field, value in draft:
            if field not in ("barriers", "remeasure_wave"):
                setattr(row, field, value)
        row.remeasure_wave_id = None
        if draft.remeasure_wave is not None:
            wave = lookup.find_wave(session, self.project_id, draft.remeasure_wave)
            row.remeasure_wave_id = existing(wave, N_("wave"), draft.remeasure_wave).id
        session.add(row)
        session.flush()
        wanted = {find_code(session, self.project_id, name).id for name in draft.barriers}
        for link in _links(session, row.id):
            if link.code_id in wanted:
                wanted.discard(link.code_id)
            else:
                session.delete(link)
        for code_id in sorted(wanted):
            session.add(tables.RecommendationBarrier(recommendation_id=row.id, code_id=code_id))
        session.flush()


def _links(session: Session, recommendation_id: str) -> list[tables.RecommendationBarrier]:
    return list(
        session.exec(
            select(tables.RecommendationBarrier).where(
                tables.RecommendationBarrier.recommendation_id == recommendation_id
            )
        )
    )


def _barrier_ids(session: Session, recommendation_id: str) -> tuple[str, ...]:
    return tuple(link.code_id for link in _links(session, recommendation_id))


def recommendation_views(session: Session, project_id: str) -> list[RecommendationView]:
    """Return the recommendations of a project in order, numbered from 1."""
    rows = session.exec(
        select(tables.Recommendation)
        .where(tables.Recommendation.project_id == project_id)
        .order_by(col(tables.Recommendation.ordinal), col(tables.Recommendation.id))
    ).all()
    names = {code.id: code.name for code in lookup.codes(session, project_id)}
    waves = {
        wave.id: wave.ordinal
        for wave in session.exec(select(tables.Wave).where(tables.Wave.project_id == project_id))
    }
    return [
        RecommendationView(
            row.id,
            number,
            row.title,
            row.text,
            row.kind,
            tuple(names[code_id] for code_id in _barrier_ids(session, row.id)),
            row.owner_role,
            row.effort,
            row.impact,
            row.due,
            row.status,
            waves.get(row.remeasure_wave_id or ""),
        )
        for number, row in enumerate(rows, start=1)
    ]
