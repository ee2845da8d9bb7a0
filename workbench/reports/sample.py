"""Two small sets of data, a full and an empty one, with which templates are tried out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from workbench.models.kinds import CodeKind, Effort, KnownInside, SourceKind, Stance
from workbench.reports.data import (
    Answer,
    Barrier,
    BranchScore,
    Checklist,
    ChecklistQuestion,
    ChecklistSection,
    CodebookRow,
    Count,
    Effect,
    EvidenceKind,
    Finding,
    Goal,
    Level,
    Method,
    MissedStandard,
    Person,
    Project,
    QuestionAsked,
    Quote,
    Reading,
    Recommendation,
    Report,
    ReportData,
    Rollup,
    SectionScore,
    Source,
    VisitComment,
    Visits,
    Wave,
    WaveScore,
)

_DAY = dt.date(2026, 5, 14)
_WORDS = "I waited forty minutes although I had an appointment."


def empty() -> ReportData:
    """Return a project in which nothing has been done yet."""
    return ReportData(project=Project(title="Sample"), report=Report(date=_DAY))


def full() -> ReportData:
    """Return a project with one of everything, every field filled."""
    quote = Quote(
        text=_WORDS,
        source_number=1,
        source_title="Interview in the branch",
        person="R01",
        attributes=("34", "Kazan"),
        start_ms=728_000,
        date=_DAY,
        codes=("Queue",),
        emotion=-2,
        favourite=True,
        emphasis=((9, 22),),
    )
    against = Quote(
        text="I was served at once.",
        source_number=2,
        source_title="Review",
        source_kind=SourceKind.REVIEW,
        date=_DAY,
        codes=("Queue",),
        stance=Stance.CONTRADICTS,
    )
    finding = Finding(
        name="Clear terms",
        definition="Terms are explained in plain words.",
        persons=Count(n=1, of=1),
        quotes_total=1,
        quotes=(quote,),
    )
    barrier = Barrier(
        number=1,
        name="Queue",
        statement="Forty minutes in the queue in spite of an appointment",
        effects=frozenset(Effect),
        stage="Visit",
        touchpoint="Branch",
        cause="One window is open.",
        severity=4,
        severity_reason="Customers leave.",
        known_inside=KnownInside.PARTLY,
        persons=Count(n=1, of=1),
        evidence={kind: Count(n=1, of=1) for kind in EvidenceKind},
        contradicting=1,
        priority=20,
        level=Level.HIGH,
        confidence=3,
        quotes=(quote, against),
    )
    return ReportData(
        project=Project(
            title="Sample",
            client="Client",
            brief="Find what keeps customers away.",
            purpose="Improvement of service.",
            recording_policy="Recordings are destroyed after a year.",
            staff_policy="Staff are not named.",
        ),
        report=Report(date=_DAY, title="Sample report", authors=("Author",)),
        wave=Wave(number=1, title="Spring", start=_DAY, end=_DAY),
        answers=tuple(Answer(question=q, text="Because.", barrier_number=1) for q in QuestionAsked),
        method=Method(
            sources=(
                Source(
                    number=1,
                    title="Interview in the branch",
                    kind=SourceKind.INTERVIEW,
                    person="R01",
                    date=_DAY,
                    wave=1,
                    duration_ms=900_000,
                    words=2_000,
                    engine="engine",
                    model="model",
                    checked=True,
                    coded_share=0.5,
                ),
            ),
            recruiting="By telephone.",
            limits=("One city only.",),
            coders=("A", "B"),
            agreement=Decimal("0.81"),
            agreement_measure="α",
        ),
        people=(Person(pseudonym="R01", attributes={"city": "Kazan"}, sources=1),),
        barriers=(barrier,),
        strengths=(finding,),
        themes=(finding,),
        visits=_visits(),
        recommendations=(
            Recommendation(
                number=1,
                title="Open a second window",
                text="From 12 to 14 o'clock.",
                barriers=(1,),
                owner="Head of branch",
                effort=Effort.SMALL,
                impact=4,
                due=_DAY,
                remeasured_in=2,
                quick_win=True,
            ),
        ),
        goals=(
            Goal(
                metric="NPS",
                baseline=Decimal(12),
                target=Decimal(25),
                due=_DAY,
                latest=Reading(metric="NPS", value=Decimal(18), n=120, date=_DAY),
            ),
        ),
        metrics=(Reading(metric="NPS", value=Decimal(18), n=120, date=_DAY, segment="all"),),
        codebook=(
            CodebookRow(
                level=0,
                kind=CodeKind.BARRIER,
                name="Queue",
                definition="Waiting.",
                quotes=2,
                persons=1,
            ),
        ),
        checklist=Checklist(
            title="Branch",
            version=1,
            sections=(
                ChecklistSection(
                    title="Counter",
                    weight=Decimal(10),
                    questions=(
                        ChecklistQuestion(
                            number="1",
                            text="Greeted?",
                            kind="yes_no",
                            weight=Decimal(1),
                            critical=True,
                        ),
                    ),
                ),
            ),
        ),
        evidence=(quote, against),
    )


def _visits() -> Visits:
    """Return results of one branch."""
    waves = (
        WaveScore(wave=1, n=4, score=Decimal("71.5")),
        WaveScore(wave=2, n=2, score=Decimal(80)),
    )
    return Visits(
        branches=(
            BranchScore(
                name="Lenina 5",
                region="Centre",
                waves=waves,
                delta=Decimal("8.5"),
                failed_criticals=("Greeted?",),
                worst_section="Counter",
            ),
        ),
        sections=(
            SectionScore(section="Counter", scores={"Lenina 5": Decimal(80)}, total=Decimal(80)),
        ),
        regions=(Rollup(name="Centre", waves=waves, delta=Decimal("8.5")),),
        network=Rollup(name="", waves=waves, delta=Decimal("8.5")),
        missed=(
            MissedStandard(
                question="Greeted?", section="Counter", failed=Count(n=1, of=2), critical=True
            ),
        ),
        comments=(
            VisitComment(branch="Lenina 5", text="Nobody looked up.", date=_DAY, section="Counter"),
        ),
    )
