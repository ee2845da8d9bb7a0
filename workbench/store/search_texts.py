"""The texts of sources made ready for searching, kept in memory: about two bytes a letter, made again when they change."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import tuple_
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from workbench.models.kinds import SpeakerRole
from workbench.models.tables import Quote, Source, Speaker, Turn
from workbench.store.query import columns, data_version
from workbench.text.search_text import SearchText
from workbench.text.spans import Span
from workbench.text.turns import Turn as SaidTurn

_AT_ONCE = 16
"""Sources read in one go: few enough that the first places are found at once."""

Stamp = tuple[int, int]
Opener = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A source's text made ready, and who said which turn."""

    text: SearchText
    starts: Sequence[int]
    """Where turns begin in the source's text; empty in a text without turns."""
    ordinals: Sequence[int]
    said: bytes
    """For each turn 1 where a respondent or somebody unknown speaks, 0 where the interviewer does or
    where it was perhaps never said."""
    length: int
    digest: int

    def answers(self) -> list[Span]:
        """Return the turns that are no questions, as spans of the text; all of a text without turns."""
        if not self.starts:
            return [Span(0, self.length)]
        ends = [*self.starts[1:], self.length]
        return [
            Span(start, max(start, end))
            for start, end, said in zip(self.starts, ends, self.said, strict=True)
            if said
        ]


class SearchTexts:
    """Gives out ready texts of sources; those that may have changed are read again, and made again if they did."""

    def __init__(self, reading: Opener) -> None:
        """Take what opens a session; it is open only while rows are read, so that nobody waits for a search."""
        self._reading = reading
        self._known: dict[str, tuple[Stamp, ReadyText]] = {}
        self._changes = 0

    def changed(self) -> None:
        """Look again at every text when it is wanted next."""
        self._changes += 1

    def texts(self, source_ids: Sequence[str]) -> Iterator[tuple[str, ReadyText]]:
        """Yield the texts of sources one by one, in the order given; one that is gone is left out."""
        with self._reading() as session:
            stamp = (data_version(session), self._changes)
        for begin in range(0, len(source_ids), _AT_ONCE):
            some = source_ids[begin : begin + _AT_ONCE]
            stale = [
                name for name in some if name not in self._known or self._known[name][0] != stamp
            ]
            if stale:
                with self._reading() as session:
                    rows = _rows(session, stale)
                for name in stale:
                    self._renew(name, stamp, rows.get(name))
            for name in some:
                known = self._known.get(name)
                if known is not None:
                    yield name, known[1]

    def text(self, source_id: str) -> ReadyText | None:
        """Return the text of one source; None if it is gone."""
        return next((ready for _name, ready in self.texts([source_id])), None)

    def _renew(self, name: str, stamp: Stamp, row: _Row | None) -> None:
        if row is None:
            self._known.pop(name, None)
            return
        digest = hash((row.text, row.starts.tobytes(), row.said))
        known = self._known.get(name)
        if known is not None and known[1].digest == digest:
            ready = known[1]
        else:
            ready = ReadyText(
                SearchText(row.text, row.starts),
                row.starts,
                row.ordinals,
                row.said,
                len(row.text),
                digest,
            )
        self._known[name] = stamp, ready


@dataclass(slots=True)
class _Row:
    text: str
    starts: array[int]
    ordinals: array[int]
    said: bytes


def _rows(session: Session, names: Sequence[str]) -> dict[str, _Row]:
    texts = session.exec(columns(Source.id, Source.text).where(col(Source.id).in_(names))).all()
    found = {name: _Row(text, array("L"), array("L"), b"") for name, text in texts}
    said: dict[str, bytearray] = {name: bytearray() for name in found}
    turns = session.exec(
        columns(Turn.source_id, Turn.ordinal, Turn.start, Turn.suspected, Speaker.role)
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id), isouter=True)
        .where(col(Turn.source_id).in_(names))
        .order_by(col(Turn.source_id), col(Turn.ordinal))
    )
    for name, ordinal, start, suspected, role in turns:
        found[name].starts.append(start)
        found[name].ordinals.append(ordinal)
        said[name].append(not suspected and role != SpeakerRole.INTERVIEWER)
    for name, row in found.items():
        row.said = bytes(said[name])
    return found


def turns_at(
    session: Session, places: Collection[tuple[str, int]]
) -> dict[tuple[str, int], SaidTurn]:
    """Return turns by source and number, each with the name of its speaker."""
    rows = session.exec(
        columns(
            Turn.source_id,
            Turn.ordinal,
            Turn.start,
            Turn.end,
            Speaker.label,
            Turn.start_ms,
            Turn.end_ms,
        )
        .join(Speaker, col(Speaker.id) == col(Turn.speaker_id), isouter=True)
        .where(tuple_(col(Turn.source_id), col(Turn.ordinal)).in_(list(places)))
    )
    return {
        (name, ordinal): SaidTurn(ordinal, start, end, label, start_ms, end_ms)
        for name, ordinal, start, end, label, start_ms, end_ms in rows
    }


def quote_spans(session: Session, quotes: SelectOfScalar[str]) -> dict[str, list[Span]]:
    """Return where the quotes stand that a SELECT of identifiers means, by source."""
    found: dict[str, list[Span]] = defaultdict(list)
    rows = session.exec(
        columns(Quote.source_id, Quote.start, Quote.end).where(col(Quote.id).in_(quotes))
    )
    for source_id, start, end in rows:
        found[source_id].append(Span(start, end))
    return found
