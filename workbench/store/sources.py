"""Reading sources: their list with counts, their turns and speakers, the spans that are coded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Text, type_coerce
from sqlmodel import Session, col, func, select

from workbench.models.tables import (
    Coder,
    Coding,
    Person,
    PersonAttribute,
    Quote,
    Source,
    Speaker,
    TranscriptionJob,
    Turn,
    Wave,
)
from workbench.models.views import JobView, SourceCard, SpeakerView, TurnView
from workbench.store.query import columns
from workbench.text.spans import Span, covered_by
from workbench.text.spoken_words import WordTimes

DOUBTFUL_BELOW = 0.4
"""A word recognised with a probability below this is marked as doubtful."""

_CARD_COLUMNS = (
    Source.id,
    Source.ordinal,
    Source.title,
    Source.kind,
    Source.state,
    Source.language,
    Source.collected_on,
    Person.pseudonym,
    Wave.ordinal,
    Source.duration_ms,
    Source.words,
    Source.media_hash,
    func.length(Source.text),
)


def source_cards(
    session: Session,
    project_id: str,
    *,
    source_id: str | None = None,
    coder: str | None = None,
) -> list[SourceCard]:
    """Return one line per source, or the line of one source.

    Args:
        session: where to read.
        project_id: whose sources.
        source_id: only this one.
        coder: count only the quotes this coder put codes on; everybody's by default.
    """
    statement = (
        columns(*_CARD_COLUMNS)
        .join(Person, col(Person.id) == col(Source.person_id), isouter=True)
        .join(Wave, col(Wave.id) == col(Source.wave_id), isouter=True)
        .where(Source.project_id == project_id)
        .order_by(Source.ordinal)
    )
    if source_id is not None:
        statement = statement.where(Source.id == source_id)
    rows = session.exec(statement).all()
    wanted = [row[0] for row in rows] if source_id else None
    coded, suspected = _coded_ends(session, wanted, coder), suspected_spans(session, wanted)
    jobs = newest_jobs(session, project_id)
    return [_card(row, coded[row[0]], suspected[row[0]], jobs.get(row[0])) for row in rows]


def _card(
    row: Sequence[Any],
    coded: list[tuple[int, int]],
    suspected: list[Span],
    job: JobView | None,
) -> SourceCard:
    *plain, media_hash, length = row
    # turns perhaps never said are hidden from coding, so they are nothing left to code
    length = (length or 0) - sum(
        len(turn)
        for turn in suspected
        if not any(start < turn.end and end > turn.start for start, end in coded)
    )
    share = min(1.0, covered_by(coded) / length) if length > 0 else 0.0
    rest: tuple[Any, ...] = (len(coded), share, bool(media_hash), job)
    return SourceCard(*(*plain, *rest))


def suspected_spans(
    session: Session, source_ids: Iterable[str] | None = None
) -> dict[str, list[Span]]:
    """Return the spans of the turns of each source that were perhaps never said."""
    statement = select(Turn.source_id, Turn.start, Turn.end).where(col(Turn.suspected))
    if source_ids is not None:
        statement = statement.where(col(Turn.source_id).in_(list(source_ids)))
    found: dict[str, list[Span]] = defaultdict(list)
    for source_id, start, end in session.exec(statement):
        found[source_id].append(Span(start, end))
    return found


def coded_spans(
    session: Session, source_ids: Iterable[str] | None = None, *, coder: str | None = None
) -> dict[str, list[Span]]:
    """Return the spans of the quotes of each source: of all, or of those that one coder put codes on."""
    found = _coded_ends(session, source_ids, coder)
    spans = {source: [Span(*ends) for ends in places] for source, places in found.items()}
    return defaultdict(list, spans)


def _coded_ends(
    session: Session, source_ids: Iterable[str] | None, coder: str | None
) -> dict[str, list[tuple[int, int]]]:
    """Return where the quotes of each source start and end."""
    statement = columns(Quote.source_id, Quote.start, Quote.end)
    if source_ids is not None:
        statement = statement.where(col(Quote.source_id).in_(list(source_ids)))
    if coder is not None:
        whose = select(Coder.id).where(Coder.name == coder)
        chosen = select(Coding.quote_id).where(col(Coding.coder_id).in_(whose))
        statement = statement.where(col(Quote.id).in_(chosen))
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for source_id, start, end in session.connection().execute(statement).all():
        found[source_id].append((start, end))
    return found


def newest_jobs(session: Session, project_id: str) -> dict[str, JobView]:
    """Return the transcription job of each source that was ordered last."""
    statement = (
        select(TranscriptionJob)
        .where(TranscriptionJob.project_id == project_id)
        .order_by(col(TranscriptionJob.created_at), col(TranscriptionJob.id))
    )
    return {job.source_id: job_view(job) for job in session.exec(statement)}


def job_view(job: TranscriptionJob, title: str = "") -> JobView:
    """Return a job as it stands."""
    return JobView(
        job.id,
        job.source_id,
        job.status,
        job.engine,
        job.model,
        job.done_ms,
        job.total_ms,
        job.problem,
        job.language,
        job.vocabulary,
        job.speakers,
        job.priority,
        job.report,
        title,
    )


def speaker_views(session: Session, source_id: str) -> list[SpeakerView]:
    """Return the voices of a source in order."""
    statement = (
        select(Speaker.id, Speaker.label, Speaker.role, Person.pseudonym)
        .join(Person, col(Person.id) == col(Speaker.person_id), isouter=True)
        .where(Speaker.source_id == source_id)
        .order_by(col(Speaker.ordinal))
    )
    return [SpeakerView(*row) for row in session.exec(statement)]


def turn_views(session: Session, source_id: str) -> list[TurnView]:
    """Return the turns of a source in order, with their doubtful words."""
    speakers = {speaker.id: speaker for speaker in speaker_views(session, source_id)}
    statement = columns(
        Turn.id,
        Turn.ordinal,
        Turn.start,
        Turn.end,
        Turn.start_ms,
        Turn.end_ms,
        Turn.speaker_id,
        Turn.suspected,
        type_coerce(Turn.word_times, Text).label(
            "word_times"
        ),  # most turns of typed texts have none
    )
    statement = statement.where(Turn.source_id == source_id).order_by(Turn.ordinal)
    return [
        TurnView(
            id_,
            ordinal,
            start,
            end,
            start_ms,
            end_ms,
            speakers.get(speaker),
            suspected,
            doubtful_spans(start, json.loads(words)) if words != "[]" else (),
        )
        for id_, ordinal, start, end, start_ms, end_ms, speaker, suspected, words in session.connection()
        .execute(statement)
        .all()
    ]


def words_by_turn(session: Session, source_id: str) -> dict[str, list[list[float]]]:
    """Return when the words of each turn of a source were said, by turn id."""
    statement = columns(Turn.id, Turn.word_times).where(Turn.source_id == source_id)
    return {row.id: row.word_times for row in session.exec(statement)}


def doubtful_spans(offset: int, word_times: list[list[float]]) -> tuple[tuple[int, int], ...]:
    """Return the spans of words the recogniser was unsure of."""
    return tuple(
        (offset + int(start), offset + int(end))
        for start, end, _from_ms, _to_ms, probability in word_times
        if probability < DOUBTFUL_BELOW
    )


def review_places(session: Session, source_id: str) -> int:
    """Count the places of a transcript that want a person's ear: suspected turns, doubtful words.

    Doubtful words that follow each other are one place, as they are listened to at one go.
    """
    places = 0
    rows = session.exec(select(Turn.suspected, Turn.word_times).where(Turn.source_id == source_id))
    for suspected, word_times in rows:
        if suspected:
            places += 1
            continue
        before = False
        for *_place, probability in word_times:
            doubtful = probability < DOUBTFUL_BELOW
            places += doubtful and not before
            before = doubtful
    return places


def word_times(session: Session, source_id: str) -> WordTimes:
    """Return when each word of a source was said, for those that are timed."""
    rows = session.exec(
        columns(Turn.start, Turn.word_times)
        .where(Turn.source_id == source_id)
        .order_by(col(Turn.ordinal))
    )
    return WordTimes(
        (offset + start, offset + end, start_ms, end_ms, probability)
        for offset, words in rows
        for start, end, start_ms, end_ms, probability in words
    )


def attributes_of_people(session: Session, project_id: str) -> dict[str, dict[str, str]]:
    """Return the attributes of each person of the project, by person id, in their order."""
    statement = (
        select(PersonAttribute.person_id, PersonAttribute.name, PersonAttribute.value)
        .join(Person, col(Person.id) == col(PersonAttribute.person_id))
        .where(Person.project_id == project_id)
        .order_by(col(PersonAttribute.ordinal))
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for person_id, name, value in session.exec(statement):
        found[person_id][name] = value
    return found


def next_ordinal(session: Session, project_id: str) -> int:
    """Return the number of the next source in the list."""
    last = session.exec(
        select(func.max(Source.ordinal)).where(Source.project_id == project_id)
    ).one()
    return (last or 0) + 1
