"""Transcripts for tests of editing: made row by row, so that every time and every overlap is known."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlalchemy import text as sql
from sqlmodel import col, select

from workbench.models import tables
from workbench.models.tables import metadata
from workbench.services.project import Project
from workbench.text.counts import word_count
from workbench.text.normalize import normalise
from workbench.text.turns import compose, words

Said = tuple[str, str | None]
"""The words of a turn and the label of its speaker."""


@dataclass
class Made:
    """A source in the database."""

    id: str
    quotes: list[str] = field(default_factory=list)


def rows_of(text: str, start_ms: int, *, word_ms: int = 400, doubtful: tuple[str, ...] = ()):
    """Give every word between spaces 400 ms."""
    rows, place = [], 0
    for number, chunk in enumerate(text.split()):
        start = text.index(chunk, place)
        place = start + len(chunk)
        since = start_ms + number * word_ms
        sure = 0.2 if chunk.strip(".,!?") in doubtful else 0.9
        rows.append([start, place, since, since + word_ms, sure])
    return rows


def make(
    project: Project,
    said: list[Said],
    *,
    quotes: list[tuple[int, int]] | tuple = (),
    timed: bool = True,
    doubtful: tuple[str, ...] = (),
    title: str = "Interview",
) -> Made:
    """Store a transcript with quotes on spans of its text; every quote has two codes and a memo."""
    with project.file.transaction() as session:
        text, spans = compose(normalise(words) for words, _label in said)
        source = tables.Source(
            project_id=project._context.project_id,
            title=title,
            kind="interview",
            state="ready",
            text=text,
            words=word_count(text),
            ordinal=1,
            duration_ms=10_000_000,
        )
        session.add(source)
        session.flush()
        voices: dict[str, str] = {}
        clock = 0
        for ordinal, ((_words, label), span) in enumerate(zip(said, spans, strict=True)):
            if label is not None and label not in voices:
                voice = tables.Speaker(
                    source_id=source.id, ordinal=len(voices), label=label, role="respondent"
                )
                session.add(voice)
                session.flush()
                voices[label] = voice.id
            rows = rows_of(span.of(text), clock, doubtful=doubtful) if timed else []
            last = rows[-1][3] if rows else clock
            session.add(
                tables.Turn(
                    source_id=source.id,
                    ordinal=ordinal,
                    start=span.start,
                    end=span.end,
                    start_ms=clock if timed else None,
                    end_ms=last if timed else None,
                    speaker_id=voices[label] if label is not None else None,
                    word_times=rows,
                )
            )
            clock = last + 2_000
        made = Made(source.id)
        session.flush()
        if quotes:
            add_quotes(project, session, made, text, quotes)
    return made


def add_quotes(project: Project, session, made: Made, text: str, quotes) -> None:
    """Store quotes with codings and a memo each."""
    project_id = project._context.project_id
    coder = session.exec(select(tables.Coder).where(tables.Coder.name == "Tester")).first()
    codes = session.exec(select(tables.Code).order_by(col(tables.Code.ordinal))).all()
    if coder is None:
        coder = tables.Coder(project_id=project_id, name="Tester")
        codes = [
            tables.Code(project_id=project_id, name=name, kind="theme", ordinal=n)
            for n, name in enumerate(["One", "Two"])
        ]
        session.add_all([coder, *codes])
        session.flush()
    for number, (start, end) in enumerate(quotes):
        quote = tables.Quote(source_id=made.id, start=start, end=end, text=text[start:end])
        session.add(quote)
        session.flush()
        made.quotes.append(quote.id)
        session.add(
            tables.Coding(quote_id=quote.id, code_id=codes[number % 2].id, coder_id=coder.id)
        )
        session.add(
            tables.Memo(
                project_id=project_id, subject="quote", subject_id=quote.id, text=f"memo {number}"
            )
        )


def quote_rows(project: Project, made: Made) -> dict[str, tables.Quote]:
    """Return the quotes of a source as they stand."""
    with project.file.session() as session:
        return {
            row.id: row
            for row in session.exec(select(tables.Quote).where(tables.Quote.source_id == made.id))
        }


def turn_rows(project: Project, made: Made) -> list[tables.Turn]:
    """Return the turns of a source as they stand."""
    with project.file.session() as session:
        return list(
            session.exec(
                select(tables.Turn)
                .where(tables.Turn.source_id == made.id)
                .order_by(col(tables.Turn.ordinal))
            )
        )


def content(project: Project) -> dict[str, list[str]]:
    """Return all rows but the journal's."""
    with project.file.session() as session:
        return {
            table: sorted(
                json.dumps([str(value) for value in row])
                for row in session.connection().execute(sql(f"SELECT * FROM {table}"))
            )
            for table in sorted(set(metadata.tables) - {"journal_entry"})
        }


def check(project: Project, made: Made) -> None:
    """Hold a transcript against everything that must always be true of it."""
    with project.file.session() as session:
        source = session.get(tables.Source, made.id)
        assert source is not None
        text = source.text
    turns = turn_rows(project, made)
    texts = [text[row.start : row.end] for row in turns]
    again, spans = compose(texts)
    assert again == text == "\n".join(texts)
    assert normalise(text) == text
    assert [(span.start, span.end) for span in spans] == [(row.start, row.end) for row in turns]
    assert [row.ordinal for row in turns] == list(range(len(turns)))
    assert all(texts)
    assert all(len(line) <= 2_000 for line in text.split("\n"))
    assert source.words == len(words(text))
    for row, said in zip(turns, texts, strict=True):
        place, clock = 0, 0
        for start, end, start_ms, end_ms, sure in row.word_times:
            assert place <= start < end <= len(said)
            assert said[start:end].strip() == said[start:end]
            assert clock <= start_ms <= end_ms
            assert 0 <= sure <= 1
            place, clock = end, start_ms
    for quote in quote_rows(project, made).values():
        assert 0 <= quote.start < quote.end <= len(text)
        assert quote.text == text[quote.start : quote.end]
        assert quote.text.strip() == quote.text
        if quote.start_ms is not None and quote.end_ms is not None:
            assert quote.start_ms <= quote.end_ms
