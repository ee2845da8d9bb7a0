"""What a report says of the study itself: its head, waves, method, people, goals and metrics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from workbench.models import tables
from workbench.models.kinds import GoalCategory, SourceKind
from workbench.reports import data as words
from workbench.store.sources import attributes_of_people, source_cards


def head_of(row: tables.Project) -> words.Project:
    """Return the head of the project."""
    return words.Project(
        title=row.title,
        client=row.client,
        language=row.language,
        brief=row.brief,
        purpose=row.purpose,
        recording_policy=row.recording_policy,
        staff_policy=row.staff_policy,
    )


def report_of(project: tables.Project, waves: Sequence[tables.Wave]) -> words.Report:
    """Return the head of the report: today, the authors, the period the waves cover."""
    starts = [wave.start for wave in waves if wave.start]
    ends = [wave.end for wave in waves if wave.end]
    authors = tuple(name.strip() for name in project.authors.split(",") if name.strip())
    return words.Report(
        date=datetime.now(UTC).date(),
        title=project.title,
        authors=authors,
        period_start=min(starts, default=None),
        period_end=max(ends, default=None),
    )


def last_wave(waves: Sequence[tables.Wave]) -> words.Wave | None:
    """Return the wave that is reported: the last one."""
    if not waves:
        return None
    last = waves[-1]
    return words.Wave(number=last.ordinal, title=last.title, start=last.start, end=last.end)


def method_of(session: Session, project_id: str) -> words.Method:
    """Return how the study was done: every source, and who coded."""
    transcribed = dict(
        session.exec(
            select(tables.Source.id, tables.Source.transcribed_by).where(
                tables.Source.project_id == project_id
            )
        ).all()
    )
    sources = []
    for card in source_cards(session, project_id):
        engine, _space, model = transcribed[card.id].partition(" ")
        sources.append(
            words.Source(
                number=card.ordinal,
                title=card.title,
                kind=SourceKind(card.kind),
                person=card.person,
                date=card.collected_on,
                wave=card.wave,
                duration_ms=card.duration_ms or None,
                words=card.words,
                engine=engine or None,
                model=model or None,
                coded_share=card.coded_share,
            )
        )
    coders = session.exec(
        select(tables.Coder.name).where(tables.Coder.project_id == project_id)
    ).all()
    return words.Method(sources=tuple(sources), coders=tuple(coders))


def people_of(session: Session, project_id: str) -> list[words.Person]:
    """Return the respondents with the number of their sources."""
    attributes = attributes_of_people(session, project_id)
    counts: dict[str, int] = defaultdict(int)
    for person_id in session.exec(
        select(tables.Source.person_id).where(tables.Source.project_id == project_id)
    ):
        counts[person_id or ""] += 1
    rows = session.exec(
        select(tables.Person)
        .where(tables.Person.project_id == project_id)
        .order_by(col(tables.Person.pseudonym))
    )
    return [
        words.Person(
            pseudonym=row.pseudonym,
            attributes=attributes.get(row.id, {}),
            sources=counts[row.id],
        )
        for row in rows
    ]


def readings_of(
    session: Session, project_id: str, waves: Sequence[tables.Wave]
) -> list[words.Reading]:
    """Return the measured values, oldest first."""
    ordinals = {wave.id: wave.ordinal for wave in waves}
    rows = session.exec(
        select(tables.MetricReading)
        .where(tables.MetricReading.project_id == project_id)
        .order_by(col(tables.MetricReading.measured_on), col(tables.MetricReading.id))
    )
    return [
        words.Reading(
            metric=row.metric,
            value=Decimal(str(row.value)),
            unit=row.unit,
            n=row.n,
            date=row.measured_on,
            wave=ordinals.get(row.wave_id or ""),
            segment=row.segment,
            variant=row.formula,
        )
        for row in rows
    ]


def goals_of(
    session: Session, project_id: str, readings: Sequence[words.Reading]
) -> list[words.Goal]:
    """Return the goals with the latest reading of each."""
    # readings come oldest first; of one day the one over most answers speaks for everybody
    readings = sorted(readings, key=lambda r: (r.date or date.min, r.n or 0))
    latest = {reading.metric: reading for reading in readings}
    rows = session.exec(
        select(tables.Goal)
        .where(tables.Goal.project_id == project_id)
        .order_by(col(tables.Goal.id))
    )
    return [
        words.Goal(
            metric=row.name,
            baseline=Decimal(str(row.baseline or 0)),
            target=Decimal(str(row.target)),
            due=row.due,
            unit=row.unit,
            category=GoalCategory(row.category),
            latest=latest.get(row.metric),
        )
        for row in rows
    ]
