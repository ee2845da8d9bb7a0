"""Reading sources as they are compared between coders: what could be coded, in which units, who coded what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from workbench.coding.agreement import Text
from workbench.models.kinds import AgreementUnit
from workbench.models.tables import Turn
from workbench.store.coders import CodingRow, lengths, texts
from workbench.store.sources import coded_spans, suspected_spans
from workbench.text.spans import LineIndex, Span
from workbench.text.turns import sentences

_TWO = 2
"""Coders who must have worked on a source before anything can be compared in it."""


def compared_texts(
    session: Session,
    project_id: str,
    coder_ids: Sequence[str],
    codings: Iterable[CodingRow],
    *,
    unit: str,
    source_id: str | None = None,
) -> tuple[list[Text], list[str]]:
    """Return the sources that at least two of the coders worked on, and the titles of the others.

    Args:
        session: the session.
        project_id: the project.
        coder_ids: who is compared.
        codings: all their codings in these sources.
        unit: one of ``kinds.AgreementUnit``.
        source_id: only this source.
    """
    by_source: defaultdict[str, list[CodingRow]] = defaultdict(list)
    for coding in codings:
        by_source[coding.source_id].append(coding)
    known = [row for row in lengths(session, project_id) if source_id in (None, row[0])]
    worked = {
        identifier: {coding.coder_id for coding in by_source[identifier]}
        for identifier, _title, _length in known
    }
    chosen = [identifier for identifier, coders in worked.items() if len(coders) >= _TWO]
    holes = _hidden(session, chosen)
    units = _units(session, chosen, unit)
    found = [
        Text(
            length - sum(len(hole) for hole in holes[identifier]),
            _marks(by_source[identifier], coder_ids),
            [coder in worked[identifier] for coder in coder_ids],
            None if units is None else _outside(units[identifier], holes[identifier]),
        )
        for identifier, _title, length in known
        if identifier in holes
    ]
    return found, [title for identifier, title, _length in known if identifier not in holes]


def _marks(
    codings: Iterable[CodingRow], coder_ids: Sequence[str]
) -> dict[str, tuple[list[Span], ...]]:
    places = {coder: place for place, coder in enumerate(coder_ids)}
    found: dict[str, tuple[list[Span], ...]] = {}
    for coding in codings:
        by_coder = found.setdefault(coding.code_id, tuple([] for _coder in coder_ids))
        by_coder[places[coding.coder_id]].append(coding.span)
    return found


def _hidden(session: Session, source_ids: Sequence[str]) -> dict[str, list[Span]]:
    """Return the turns that nobody is shown and nobody coded, as they are perhaps invented."""
    suspected, coded = suspected_spans(session), coded_spans(session, source_ids)
    return {
        identifier: [
            turn
            for turn in suspected.get(identifier, ())
            if not any(turn.overlaps(span) for span in coded[identifier])
        ]
        for identifier in source_ids
    }


def _units(
    session: Session, source_ids: Sequence[str], unit: str
) -> dict[str, Sequence[Span]] | None:
    """Return the sentences or turns of each source; None where characters are compared."""
    if unit == AgreementUnit.CHARACTERS:
        return None
    found = texts(session, source_ids)
    if unit == AgreementUnit.SENTENCES:
        return {identifier: sentences(text) for identifier, text in found.items()}
    turns = _turns(session)
    return {identifier: turns.get(identifier) or _lines(text) for identifier, text in found.items()}


def _turns(session: Session) -> dict[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    statement = select(Turn.source_id, Turn.start, Turn.end).order_by(col(Turn.ordinal))
    for source_id, start, end in session.exec(statement):
        if end > start:
            found[source_id].append(Span(start, end))
    return found


def _lines(text: str) -> list[Span]:
    lines = LineIndex(text)
    return [lines.line(number) for number in range(len(lines)) if len(lines.line(number))]


def _outside(units: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    return [unit for unit in units if not any(hole.contains(unit) for hole in holes)]
