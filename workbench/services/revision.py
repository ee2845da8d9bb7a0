"""Writing a revised transcript: its text, its turns, and its quotes, which stay on their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest

from sqlalchemy.orm import defer
from sqlmodel import col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.services.anchored_quotes import QuoteMover
from workbench.services.base import Act
from workbench.store import transcripts
from workbench.store.shifts import Shift
from workbench.text.anchored_times import Row, anchored_rows, in_order
from workbench.text.counts import word_count
from workbench.text.editing import joint, tidied
from workbench.text.spans import Span
from workbench.text.splices import Splice, spliced

Step = Sequence[Splice]
"""Changes that are made at the same time."""


@dataclass
class Rewriting:
    """The new words of one turn; without words the turn goes."""

    row: tables.Turn
    steps: tuple[Step, ...]
    """One after another, in offsets of the turn as the step before left it."""
    text: str
    words: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, row: tables.Turn, old: str, splices: Step) -> Rewriting:
        """Return what becomes of a turn by changes that a person made."""
        middle = spliced(old, splices)
        text, tidying = tidied(middle)
        rows: list[Row] = row.word_times
        for step, before, after in ((splices, old, middle), (tidying, middle, text)):
            rows = anchored_rows(
                rows, step, old=before, new=after, start_ms=row.start_ms, end_ms=row.end_ms
            )
        return cls(row, (splices, tidying), text, rows)

    @property
    def delta(self) -> int:
        """By how much the source's text becomes longer."""
        if not self.text:
            return self.row.start - self.row.end - 1  # its line feed goes too
        return len(self.text) - (self.row.end - self.row.start)


class Revision:
    """One revision of a source's transcript, as part of an action."""

    def __init__(self, act: Act, source: tables.Source, *, force: bool = False) -> None:
        """Take up a source.

        Args:
            act: the action.
            source: the source.
            force: take quotes away that lose all their words, instead of refusing the edit.
        """
        self._act = act
        self._session = act.session
        self._source = source
        self._quotes = QuoteMover(act, source, force=force)

    def rewrite(self, parts: Sequence[Rewriting], *, retimed: bool = False) -> None:
        """Give turns new words; they are in the order of the text.

        Args:
            parts: the turns.
            retimed: whether their words were listened to again, so that quotes need new times.

        Raises:
            InputError: ``text-emptied`` when no turn would be left, ``quotes-lost``.
        """
        region = Span(parts[0].row.start, parts[-1].row.end + 1)
        if not any(part.delta or any(part.steps) for part in parts):
            self._write_rows(parts)
            self._finish([], region, 0, retimed=retimed)
            return
        steps = self._steps(parts)
        by = sum(part.delta for part in parts)
        self._source.words += sum(
            word_count(part.text) - word_count(self._old(part.row)) for part in parts
        )
        if (
            by > 0
        ):  # what moves forward goes first: else a row could come to stand where it moves once more
            self._shift_turns(region.end, by)
        self._write_rows(parts)
        if by < 0:
            self._shift_turns(region.end, by)
        self._finish(steps, region, by, retimed=retimed)

    def split(self, row: tables.Turn, place: Span, *, speaker_id: str | None) -> None:
        """Cut a turn in two at a stretch of white space; the second one follows it."""
        old = self._old(row)
        splice = Splice(place.start, place.end, "\n")
        new = spliced(old, [splice])
        end = row.end
        second = place.start + 1
        rows = anchored_rows(row.word_times, [splice], old=old, new=new)
        left = [times for times in rows if times[0] < second]
        right = [[t[0] - second, t[1] - second, *t[2:]] for t in rows if t[0] >= second]
        until, since = self._times_at(row, place, left, right)
        other = tables.Turn(
            source_id=row.source_id,
            ordinal=row.ordinal + 1,
            start=row.start + second,
            end=row.start + len(new),
            start_ms=since,
            end_ms=row.end_ms,
            speaker_id=speaker_id,
            word_times=right,
            suspected=row.suspected,
        )
        self._shift_ordinals(row.ordinal + 1, by=1)
        row.end, row.end_ms, row.word_times = row.start + place.start, until, left
        self._session.add(row)
        self._session.flush()
        self._shift_turns(end + 1, splice.delta)
        self._session.add(other)
        self._finish([[splice.shifted(row.start)]], Span(row.start, end + 1), splice.delta)

    def merge(self, row: tables.Turn, other: tables.Turn) -> None:
        """Make one turn of two that follow each other."""
        between = joint(self._old(row), self._old(other))
        step = [Splice(row.end, row.end + 1, between)] if between != "\n" else []
        region = Span(row.start, other.end + 1)
        by = other.start - row.start
        following = [[times[0] + by, times[1] + by, *times[2:]] for times in other.word_times]
        row.word_times = in_order([*row.word_times, *following])
        row.end = other.end
        if row.start_ms is None:
            row.start_ms = other.start_ms
        if other.start_ms is not None or other.end_ms is not None:
            row.end_ms = other.end_ms
        row.speaker_id = row.speaker_id or other.speaker_id
        row.suspected = row.suspected and other.suspected
        self._remove([other])
        self._session.add(row)
        self._finish([step], region, 0)

    def insert(self, row: tables.Turn, text: str, *, after: tables.Turn | None) -> None:
        """Put a new turn behind another one, or before all."""
        at = after.end if after is not None else 0
        splice = Splice(at, at, f"\n{text}" if after is not None else f"{text}\n")
        row.ordinal = after.ordinal + 1 if after is not None else 0
        row.start = at + 1 if after is not None else 0
        row.end = row.start + len(text)
        self._source.words += word_count(text)
        self._shift_ordinals(row.ordinal, by=1)
        least = at + 1 if after is not None else 0
        self._shift_turns(least, splice.delta)
        self._finish([[splice]], Span(least, least), splice.delta)
        self._session.add(row)
        self._session.flush()

    def _old(self, row: tables.Turn) -> str:
        return self._source.text[row.start : row.end]

    def _steps(self, parts: Sequence[Rewriting]) -> list[Step]:
        """Return the changes of all turns as changes of the source's text."""
        moved = [0] * len(parts)  # how far each turn has moved by what came before it
        steps: list[Step] = []
        for own in zip_longest(*(part.steps for part in parts)):
            steps.append(
                [
                    splice.shifted(part.row.start + by)
                    for part, by, splices in zip(parts, moved, own, strict=True)
                    for splice in splices or ()
                ]
            )
            grown = accumulate(
                (sum(splice.delta for splice in splices or ()) for splices in own), initial=0
            )
            moved = [by + more for by, more in zip(moved, grown, strict=False)]
        emptied = [
            (part.row.ordinal, part.row.start + by)
            for part, by in zip(parts, moved, strict=True)
            if not part.text
        ]
        if emptied:
            self._check_left(len(emptied))
            steps.append(
                [
                    Splice(at, at + 1, "") if ordinal == place else Splice(at - 1, at, "")
                    for place, (ordinal, at) in enumerate(emptied)
                ]
            )
        return steps

    def _check_left(self, emptied: int) -> None:
        turns = transcripts.turn_count(self._session, self._source.id)
        if emptied >= turns:
            raise InputError(
                "text-emptied",
                N_("Nothing would be left of “{source}”."),
                N_("Remove the source instead."),
                source=self._source.title,
            )

    def _write_rows(self, parts: Sequence[Rewriting]) -> None:
        """Write the turns from the first to the last of those that were rewritten."""
        by_id = {part.row.id: part for part in parts}
        by = 0
        for row in self._rows(parts):
            part = by_id.get(row.id)
            start = row.start + by
            if part is None:
                row.start, row.end = start, row.end + by
            elif part.text:
                by += part.delta
                row.start, row.end = start, start + len(part.text)
                if row.word_times != part.words:
                    row.word_times = part.words
            else:
                by += part.delta
            self._session.add(row)
        self._remove([part.row for part in parts if not part.text])

    def _rows(self, parts: Sequence[Rewriting]) -> list[tables.Turn]:
        """Return the rows of turns and of those between them, in order."""
        if len(parts) == 1 or not any(part.delta for part in parts):
            return [part.row for part in parts]
        statement = (
            select(tables.Turn)
            .where(
                tables.Turn.source_id == self._source.id,
                tables.Turn.ordinal >= parts[0].row.ordinal,
                tables.Turn.ordinal <= parts[-1].row.ordinal,
            )
            .options(defer(tables.Turn.word_times))  # type: ignore[arg-type]
            .order_by(col(tables.Turn.ordinal))
        )
        return list(self._session.exec(statement).all())

    def _remove(self, rows: Iterable[tables.Turn]) -> None:
        """Remove turns and close the gap in the numbers of those behind them."""
        for row in sorted(rows, key=lambda row: -row.ordinal):
            self._session.delete(row)
            self._session.flush()
            self._shift_ordinals(row.ordinal + 1, by=-1)

    def _shift_turns(self, least: int, by: int) -> None:
        """Move the turns behind those that are revised."""
        move = Shift(("start", "end"), {"source_id": self._source.id}, least, by)
        self._act.recorder.shift(tables.Turn, move)

    def _shift_ordinals(self, least: int, *, by: int) -> None:
        move = Shift(("ordinal",), {"source_id": self._source.id}, least, by)
        self._act.recorder.shift(tables.Turn, move)
        for row in list(self._session.identity_map.values()):
            if isinstance(row, tables.Turn) and row.ordinal >= least:
                self._session.refresh(row, ["ordinal"])

    def _times_at(
        self, row: tables.Turn, place: Span, left: list[Row], right: list[Row]
    ) -> tuple[int | None, int | None]:
        """Return when the first part of a turn ends and the second begins."""
        if left and right:
            return int(left[-1][3]), int(right[0][2])
        end_ms = row.end_ms
        if end_ms is None:
            following = transcripts.turn_at(self._session, row.source_id, row.ordinal + 1)
            end_ms = following.start_ms if following is not None else None
        if row.start_ms is None or end_ms is None:
            return None, None
        share = place.start / max(row.end - row.start, 1)
        middle = row.start_ms + round((end_ms - row.start_ms) * share)
        return middle, middle

    def _finish(
        self, steps: Sequence[Step], region: Span, by: int, *, retimed: bool = False
    ) -> None:
        """Write the text, then the quotes."""
        texts = [self._source.text]
        for step in steps:
            texts.append(spliced(texts[-1], step))
        self._source.text = texts[-1]
        self._session.add(self._source)
        self._session.flush()
        self._quotes.move(steps, texts, region, by, retimed=retimed)
