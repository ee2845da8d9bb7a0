"""The project at a glance: the cycle, the three questions, the gravest barriers."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from workbench.insight.barriers import prioritise
from workbench.insight.counting import Count, Evidence, count_units
from workbench.insight.cycle import CycleCounts, steps
from workbench.models import tables
from workbench.models.kinds import (
    CodeKind,
    RecommendationStatus,
    SourceState,
)
from workbench.models.views import AnswerView, BarrierView, Overview, StepView
from workbench.services.base import Service, existing
from workbench.services.codebook import code_views
from workbench.services.decisions import QUESTIONS
from workbench.services.plan import project_view
from workbench.shopping import workflow
from workbench.store.evidence import answered_barriers, evidence_by_code, exposed_sources
from workbench.store.sources import coded_spans

_TOP = 5


class Insight(Service):
    """What the project says so far."""

    def overview(self) -> Overview:
        """Return the cycle with counts and hints, the three answers and the gravest barriers."""
        with self.reading() as session:
            project = existing(session.get(tables.Project, self.project_id), "", "")
            ranked = self._ranked(session)
            counts = self._counts(session, ranked)
            return Overview(
                project_view(project),
                tuple(
                    StepView(
                        step.name,
                        step.state,
                        _shown_counts(step.name, counts),
                        tuple((hint.code, hint.count) for hint in step.hints),
                    )
                    for step in steps(counts)
                ),
                tuple(self._answers(session, ranked)),
                tuple((view, count.n, count.total) for view, count, _value in ranked[:_TOP]),
            )

    def _ranked(self, session: Session) -> list[tuple[BarrierView, Count, int]]:
        """Return described barriers with "n of N" and their priority, the gravest first."""
        exposed = exposed_sources(session, self.project_id)
        found = evidence_by_code(session, self.project_id, coder=self.seen())
        ranked = []
        for code in code_views(session, self.project_id):
            if code.barrier is None:
                continue
            evidence = found.get(code.id, [])
            priority = prioritise(code.barrier.severity, evidence, exposed)
            ranked.append((code.barrier, people_count(evidence, exposed), priority.value))
        ranked.sort(key=lambda item: (-item[2], -item[0].severity, -item[1].n))
        return ranked

    def _answers(
        self, session: Session, ranked: list[tuple[BarrierView, Count, int]]
    ) -> list[AnswerView]:
        rows = {
            row.question: row
            for row in session.exec(
                select(tables.Answer).where(tables.Answer.project_id == self.project_id)
            )
        }
        barriers = {view.code_id: (view, count) for view, count, _value in ranked}
        views = []
        for question in QUESTIONS:
            row = rows.get(question)
            view, count = (
                barriers.get(row.code_id or "", (None, Count(0, 0))) if row else (None, Count(0, 0))
            )
            views.append(
                AnswerView(
                    question,
                    row.text if row else "",
                    row.code_id if row else None,
                    view.statement if view else "",
                    count.n,
                    count.total,
                )
            )
        return views

    def _counts(
        self, session: Session, ranked: list[tuple[BarrierView, Count, int]]
    ) -> CycleCounts:
        """Count what the five steps of the cycle hold."""
        mine = self.project_id
        sources = session.exec(
            select(
                tables.Source.id, tables.Source.state, tables.Source.kind, tables.Source.words
            ).where(tables.Source.project_id == mine)
        ).all()
        coded = coded_spans(session, coder=self.seen())
        visits = session.exec(
            select(tables.Visit.status).where(tables.Visit.project_id == mine)
        ).all()
        recommendations = session.exec(
            select(tables.Recommendation).where(tables.Recommendation.project_id == mine)
        ).all()
        waves = session.exec(
            select(tables.Wave.id)
            .where(tables.Wave.project_id == mine)
            .order_by(col(tables.Wave.ordinal))
        ).all()
        readings = session.exec(
            select(tables.MetricReading.wave_id).where(tables.MetricReading.project_id == mine)
        ).all()
        barriers = session.exec(
            select(tables.Code.id).where(
                tables.Code.project_id == mine, tables.Code.kind == CodeKind.BARRIER
            )
        ).all()
        supported = {view.code_id for view, count, _value in ranked if count.n}
        answered = answered_barriers(session, mine)
        done = [row for row in recommendations if row.status == RecommendationStatus.DONE]
        return CycleCounts(
            goals=len(
                session.exec(select(tables.Goal.id).where(tables.Goal.project_id == mine)).all()
            ),
            sources=len(sources),
            sources_waiting=sum(state != SourceState.READY for _id, state, *_rest in sources),
            visits=len(visits),
            visits_open=sum(status in workflow.EDITABLE for status in visits),
            sources_uncoded=sum(
                state == SourceState.READY and source_id not in coded
                for source_id, state, *_rest in sources
            ),
            quotes=sum(map(len, coded.values())),
            barriers=len(barriers),
            barriers_unsupported=sum(code_id not in supported for code_id in barriers),
            barriers_unanswered=sum(code_id not in answered for code_id in barriers),
            recommendations=len(recommendations),
            recommendations_incomplete=sum(
                not row.owner_role or row.due is None for row in recommendations
            ),
            waves=len(waves),
            metrics_latest=sum(bool(waves) and wave_id == waves[-1] for wave_id in readings),
            due_for_remeasuring=sum(row.remeasure_wave_id is None for row in done),
        )


def people_count(evidence: Iterable[Evidence], exposed: Iterable[Evidence]) -> Count:
    """Return "n of N" over persons; where no person could be asked, over whatever was counted."""
    counts = count_units(evidence, exposed)
    return next(
        (count for count in counts if count.unit == "persons"), counts[0] if counts else Count(0, 0)
    )


def _shown_counts(step: str, counts: CycleCounts) -> dict[str, int]:
    names = {
        "goals": ("goals",),
        "data": ("sources", "sources_waiting", "visits"),
        "analysis": ("quotes", "sources_uncoded", "barriers"),
        "decisions": ("recommendations", "barriers_unanswered"),
        "monitoring": ("waves", "metrics_latest"),
    }[step]
    return {name: getattr(counts, name) for name in names}
