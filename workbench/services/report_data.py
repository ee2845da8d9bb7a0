"""What a report is made from: the project's evidence in raw values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from workbench.insight.barriers import is_quick_win, prioritise
from workbench.insight.counting import Evidence, contradicting, count_units
from workbench.models import tables
from workbench.models.kinds import (
    BarrierKind,
    BarrierStatus,
    CodeKind,
    Effort,
    KnownInside,
    RecommendationKind,
    RecommendationStatus,
    SourceKind,
    Stance,
)
from workbench.models.views import BarrierView, CodeView, QuoteView
from workbench.reports import data as words
from workbench.services.base import existing
from workbench.services.codebook import code_views
from workbench.services.decisions import QUESTIONS, recommendation_views
from workbench.services.overview import people_count
from workbench.services.report_frame import (
    goals_of,
    head_of,
    last_wave,
    method_of,
    people_of,
    readings_of,
    report_of,
)
from workbench.services.report_visits import checklist_of, visits_of
from workbench.services.visit_results import load_results
from workbench.store.codings import quote_views
from workbench.store.evidence import code_family, evidence_by_code, exposed_sources
from workbench.store.query import columns

_EVIDENCE = {
    "interview": words.EvidenceKind.INTERVIEW,
    "focus_group": words.EvidenceKind.FOCUS_GROUP,
    "review": words.EvidenceKind.REVIEW,
    "survey": words.EvidenceKind.SURVEY,
    "visit_comment": words.EvidenceKind.VISIT,
    "document": words.EvidenceKind.DOCUMENT,
    "field_note": words.EvidenceKind.DOCUMENT,
}
_PIECES = 3  # attributes in an attribution line: "34, Kazan, mortgage taken"


def gather(session: Session, project_id: str, language: str) -> words.ReportData:
    """Read everything a report may say."""
    return _Gatherer(session, project_id, language).data()


@dataclass
class _Ranked:
    code: CodeView
    barrier: BarrierView
    evidence: list[Evidence]


class _Gatherer:
    """Reads the project once and turns it into report data."""

    def __init__(self, session: Session, project_id: str, language: str) -> None:
        self.session = session
        self.project_id = project_id
        self.language = language
        self.project = existing(session.get(tables.Project, project_id), "", "")
        self.codes = code_views(session, project_id)
        self.exposed = exposed_sources(session, project_id)
        self.evidence = evidence_by_code(session, project_id)
        self.family = code_family(session, project_id)
        self.waves = session.exec(
            select(tables.Wave)
            .where(tables.Wave.project_id == project_id)
            .order_by(col(tables.Wave.ordinal))
        ).all()
        self.quotes = self._quotes()
        self.ranked = self._ranked()
        self.numbers = {item.code.id: number for number, item in enumerate(self.ranked, start=1)}

    def data(self) -> words.ReportData:
        """Assemble the whole."""
        results = load_results(self.session, self.project_id)
        readings = readings_of(self.session, self.project_id, self.waves)
        people: dict[str, set[str]] = defaultdict(set)  # reviews and visits are no people
        for view, _quote in self.quotes.values():
            for code_id in view.code_ids if view.person else ():
                people[code_id].add(view.person or "")
        return words.ReportData(
            project=head_of(self.project),
            report=report_of(self.project, self.waves),
            wave=last_wave(self.waves),
            answers=tuple(self._answers()),
            method=method_of(self.session, self.project_id),
            people=tuple(people_of(self.session, self.project_id)),
            barriers=tuple(self._barrier(item) for item in self.ranked),
            strengths=tuple(self._findings(CodeKind.STRENGTH)),
            themes=tuple(self._findings(CodeKind.THEME)),
            visits=visits_of(results, self.language),
            recommendations=tuple(self._recommendations()),
            goals=tuple(goals_of(self.session, self.project_id, readings)),
            metrics=tuple(readings),
            codebook=tuple(
                words.CodebookRow(
                    level=code.depth,
                    kind=CodeKind(code.kind),
                    name=code.name,
                    definition=code.definition,
                    quotes=code.quotes,
                    persons=len(people[code.id]),
                )
                for code in self.codes
            ),
            checklist=checklist_of(results, self.language),
            evidence=tuple(quote for _view, quote in self.quotes.values()),
        )

    def _ranked(self) -> list[_Ranked]:
        """Return described barriers, the most urgent first."""
        found = [
            _Ranked(code, code.barrier, self.evidence.get(code.id, []))
            for code in self.codes
            if code.barrier is not None
        ]
        found.sort(
            key=lambda item: (
                -prioritise(item.barrier.severity, item.evidence, self.exposed).value,
                -item.barrier.severity,
                -people_count(item.evidence, self.exposed).n,
            )
        )
        return found

    def _quotes(self) -> dict[str, tuple[QuoteView, words.Quote]]:
        """Return every quote as the report prints it, in the order of sources and text."""
        dates = dict(
            self.session.exec(
                columns(tables.Source.id, tables.Source.collected_on).where(
                    tables.Source.project_id == self.project_id
                )
            ).all()
        )
        return {
            view.id: (
                view,
                words.Quote(
                    text=view.text,
                    source_number=view.source_ordinal,
                    source_title=view.source,
                    source_kind=SourceKind(view.source_kind),
                    person=view.person,
                    attributes=tuple(list(view.attributes.values())[:_PIECES]),
                    start_ms=view.start_ms,
                    date=dates.get(view.source_id),
                    codes=view.codes,
                    stance=Stance(view.stance),
                    emotion=view.emotion,
                    favourite=view.favourite,
                ),
            )
            for view in quote_views(self.session, self.project_id)
        }

    def _quotes_of(self, code_id: str) -> tuple[words.Quote, ...]:
        """Return a code's quotes, best first: favourites, then one from each source, strong feelings first."""
        family = set(self.family.get(code_id, [code_id]))
        stances = self._stances(family)
        mine = [
            (view, quote)
            for view, quote in self.quotes.values()
            if family.intersection(view.code_ids)
        ]
        mine.sort(
            key=lambda pair: (
                not pair[0].favourite,
                -abs(pair[0].emotion or 0),
                pair[0].source_ordinal,
            )
        )
        first_of_source: set[str] = set()
        best: list[tuple[QuoteView, words.Quote]] = []
        rest: list[tuple[QuoteView, words.Quote]] = []
        for view, quote in mine:
            (rest if view.source_id in first_of_source else best).append((view, quote))
            first_of_source.add(view.source_id)
        return tuple(
            replace(quote, stance=stances.get(view.id, quote.stance))
            for view, quote in (*best, *rest)
        )

    def _stances(self, code_ids: set[str]) -> dict[str, Stance]:
        rows = self.session.exec(
            select(tables.Coding.quote_id, tables.Coding.stance).where(
                col(tables.Coding.code_id).in_(code_ids)
            )
        )
        return {quote_id: Stance(stance) for quote_id, stance in rows}

    def _barrier(self, item: _Ranked) -> words.Barrier:
        barrier = item.barrier
        priority = prioritise(barrier.severity, item.evidence, self.exposed)
        persons = people_count(item.evidence, self.exposed)
        few = persons.few
        effects = {
            words.Effect.CHOOSE: barrier.hinders_choosing,
            words.Effect.LOVE: barrier.hinders_loving,
            words.Effect.RECOMMEND: barrier.hinders_recommending,
        }
        return words.Barrier(
            number=self.numbers[item.code.id],
            name=item.code.name,
            statement=barrier.statement,
            kind=BarrierKind(barrier.kind),
            effects=frozenset(effect for effect, holds in effects.items() if holds),
            stage=barrier.stage or "",
            touchpoint=barrier.touchpoint or "",
            cause=barrier.cause,
            severity=barrier.severity,
            severity_reason=barrier.severity_reason,
            known_inside=KnownInside(barrier.known_inside),
            status=BarrierStatus(barrier.status),
            persons=words.Count(n=persons.n, of=persons.total),
            evidence=self._by_kind(item.evidence),
            contradicting=contradicting(item.evidence),
            priority=None if few else priority.value,
            level=None if few else words.Level(priority.level),
            confidence=priority.confidence,
            quotes=self._quotes_of(item.code.id),
        )

    def _by_kind(self, evidence: list[Evidence]) -> dict[words.EvidenceKind, words.Count]:
        """Return "n of N" for each kind of evidence that supports the barrier."""
        counts = {}
        for kind in dict.fromkeys(_EVIDENCE.values()):
            found = [e for e in evidence if _EVIDENCE[e.kind] == kind]
            exposed = [e for e in self.exposed if _EVIDENCE[e.kind] == kind]
            for count in count_units(found, exposed):
                if count.n:
                    counts[kind] = words.Count(n=count.n, of=count.total)
        return counts

    def _findings(self, kind: CodeKind) -> list[words.Finding]:
        findings = []
        for code in self.codes:
            quotes = self._quotes_of(code.id) if code.kind == kind and code.quotes else ()
            if not quotes:
                continue
            count = people_count(self.evidence.get(code.id, []), self.exposed)
            findings.append(
                words.Finding(
                    name=code.name,
                    definition=code.definition,
                    persons=words.Count(n=count.n, of=count.total),
                    quotes_total=len(quotes),
                    quotes=quotes,
                )
            )
        return sorted(findings, key=lambda finding: (-finding.persons.n, -finding.quotes_total))

    def _answers(self) -> list[words.Answer]:
        rows = {
            row.question: row
            for row in self.session.exec(
                select(tables.Answer).where(tables.Answer.project_id == self.project_id)
            )
        }
        return [
            words.Answer(
                question=words.QuestionAsked(question),
                text=rows[question].text,
                barrier_number=self.numbers.get(rows[question].code_id or ""),
            )
            for question in QUESTIONS
            if question in rows
        ]

    def _recommendations(self) -> list[words.Recommendation]:
        ids = defaultdict(list)
        for recommendation_id, code_id in self.session.exec(
            select(
                tables.RecommendationBarrier.recommendation_id,
                tables.RecommendationBarrier.code_id,
            )
        ):
            ids[recommendation_id].append(code_id)
        return [
            words.Recommendation(
                number=view.number,
                title=view.title,
                text=view.text,
                kind=RecommendationKind(view.kind),
                barriers=tuple(
                    sorted(self.numbers[code] for code in ids[view.id] if code in self.numbers)
                ),
                owner=view.owner_role,
                effort=Effort(view.effort),
                impact=view.impact,
                due=view.due,
                status=RecommendationStatus(view.status),
                remeasured_in=view.remeasure_wave,
                quick_win=is_quick_win(view.effort, view.impact),
            )
            for view in recommendation_views(self.session, self.project_id)
        ]
