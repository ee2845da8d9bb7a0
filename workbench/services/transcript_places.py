"""The places of a transcript that deserve a look: doubtful words, suspected turns, long pauses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workbench.i18n import N_
from workbench.models import tables
from workbench.models.views import DoubtView, PauseView, TurnView
from workbench.services.base import Service, existing
from workbench.store import lookup, transcripts
from workbench.store.sources import DOUBTFUL_BELOW, turn_views


class TranscriptPlaces(Service):
    """Reading what a transcript asks a person to listen to."""

    def doubtful(self, source: str) -> list[DoubtView]:
        """Return the places whose words the recogniser was unsure of, words in a row as one place.

        Turns that are suspected as a whole are not among them: see :meth:`suspected`.
        """
        text, rows = self._transcript(source)
        return [
            place
            for row in rows
            if not row.suspected
            for place in _doubts(text[row.start : row.end], row)
        ]

    def suspected(self, source: str) -> list[TurnView]:
        """Return the turns that the recogniser may have invented."""
        with self.reading() as session:
            found = lookup.find_source(session, self.project_id, source)
            source_id = existing(found, N_("source"), source).id
            return [turn for turn in turn_views(session, source_id) if turn.suspected]

    def pauses(self, source: str, least_ms: int = 1_000) -> list[PauseView]:
        """Return the silences between words, or between turns whose words have no times."""
        _text, rows = self._transcript(source)
        spoken = list(_spoken(rows))
        return [
            PauseView(end, end_ms, start_ms, turn)
            for (end, _start_ms, end_ms, turn), (_end, start_ms, *_rest) in pairwise(spoken)
            if start_ms - end_ms >= max(least_ms, 1)
        ]

    def _transcript(self, source: str) -> tuple[str, list[tables.Turn]]:
        with self.reading() as session:
            found = lookup.find_source(session, self.project_id, source)
            row = existing(found, N_("source"), source)
            return row.text, transcripts.turns(session, row.id)


def _doubts(text: str, row: tables.Turn) -> Iterator[DoubtView]:
    """Yield the doubtful places of a turn."""
    held: list[list[float]] = []
    for word in [*row.word_times, None]:
        if word is not None and word[4] < DOUBTFUL_BELOW:
            held.append(word)
        elif held:
            start, end = int(held[0][0]), int(held[-1][1])
            yield DoubtView(
                row.start + start, row.start + end, text[start:end], int(held[0][2]), row.ordinal
            )
            held = []


def _spoken(rows: list[tables.Turn]) -> Iterator[tuple[int, int, int, int]]:
    """Yield end, beginning and end in milliseconds, and the turn, of everything that has a time."""
    for row in rows:
        if row.word_times:
            for _start, end, start_ms, end_ms, _probability in row.word_times:
                yield row.start + int(end), int(start_ms), int(end_ms), row.ordinal
        elif row.start_ms is not None and row.end_ms is not None:
            yield row.end, row.start_ms, row.end_ms, row.ordinal
