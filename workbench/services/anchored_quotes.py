"""Quotes of a transcript that is edited: moved with their words, joined when they become the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.services.base import Act
from workbench.services.memos import hand_memos
from workbench.services.quote_rows import quote_times
from workbench.store.memos import memos_on
from workbench.store.shifts import Shift
from workbench.text.anchoring import Anchors
from workbench.text.spans import Span
from workbench.text.splices import Splice

_SHOWN = 3  # quotes named in a refusal
_SHOWN_LETTERS = 60


@dataclass
class _Move:
    """Where a quote goes."""

    quote: tables.Quote
    span: Span
    touched: bool

    @property
    def new(self) -> tuple[int, int]:
        """Where it will stand."""
        return self.span.start, self.span.end


class QuoteMover:
    """Takes the quotes of one source along with an edit of its text."""

    def __init__(self, act: Act, source: tables.Source, *, force: bool) -> None:
        """Take up a source; with ``force`` quotes that lose all their words are taken away."""
        self._act = act
        self._session = act.session
        self._source = source
        self._force = force

    def move(
        self,
        steps: Sequence[Sequence[Splice]],
        texts: Sequence[str],
        region: Span,
        by: int,
        *,
        retimed: bool,
    ) -> None:
        """Move all quotes; the turns have moved already.

        Args:
            steps: the changes of the text, one after another.
            texts: the text before, between and after them.
            region: where the changes are; what begins at its end or later moves as it is.
            by: how far that moves.
            retimed: whether all quotes in the region need new times.

        Raises:
            InputError: ``quotes-lost``.
        """
        moves = self._joined(self._moves(steps, texts, region), region, by)
        self._step_aside(moves, region.end + by)
        tail = Shift(("start", "end"), {"source_id": self._source.id}, region.end, by)
        self._act.recorder.shift(tables.Quote, tail)
        self._place(moves, texts[-1], retimed=retimed)

    def _moves(
        self, steps: Sequence[Sequence[Splice]], texts: Sequence[str], region: Span
    ) -> list[_Move]:
        """Return where the quotes that reach into the region go; those without words go away."""
        statement = (
            select(tables.Quote)
            .where(
                tables.Quote.source_id == self._source.id,
                tables.Quote.start < region.end,
                tables.Quote.end > region.start,
            )
            .order_by(col(tables.Quote.start), col(tables.Quote.end))
        )
        anchors = [Anchors(step) for step in steps]
        moves: list[_Move] = []
        lost: list[tables.Quote] = []
        for quote in self._session.exec(statement):
            span: Span | None = Span(quote.start, quote.end)
            touched = False
            for anchor, old, new in zip(anchors, texts[:-1], texts[1:], strict=True):
                if span is not None:
                    touched = touched or anchor.touches(span)
                    span = anchor.anchor(span, old, new)
            if span is None:
                lost.append(quote)
            else:
                moves.append(_Move(quote, span, touched))
        if lost and not self._force:
            raise _quotes_lost(self._source, self._nameable(lost), len(lost))
        for quote in lost:
            self._take_away(quote)
        return moves

    def _nameable(self, lost: Sequence[tables.Quote]) -> list[tables.Quote]:
        """Return those of some quotes whose words a refusal may say: in blind mode only one's own."""
        whose = self._act.only_coder
        if whose is None:
            return list(lost)
        own = (
            select(tables.Coding.quote_id)
            .join(tables.Coder, col(tables.Coder.id) == col(tables.Coding.coder_id))
            .where(tables.Coder.name == whose)
        )
        mine = set(self._session.exec(own).all())
        return [quote for quote in lost if quote.id in mine]

    def _joined(self, moves: Sequence[_Move], region: Span, by: int) -> list[_Move]:
        """Join quotes that come to stand on the same words; return what is left to be moved."""
        places: dict[tuple[int, int], list[_Move]] = defaultdict(list)
        for move in moves:
            places[move.new].append(move)
        left: list[_Move] = []
        for place, same in places.items():
            same.sort(key=lambda move: (move.touched, move.quote.id))
            kept = self._outside(place, region, by)
            if kept is None:
                kept = same[0].quote
                left.append(same.pop(0))
            for other in same:
                self._join(kept, other.quote)
        self._session.flush()
        return left

    def _outside(self, place: tuple[int, int], region: Span, by: int) -> tables.Quote | None:
        """Return the quote before or behind the region that will stand at a place by itself."""
        start, end = place
        if start >= region.end + by:
            start, end = start - by, end - by
        elif end > region.start:
            return None
        return self._session.exec(
            select(tables.Quote).where(
                tables.Quote.source_id == self._source.id,
                tables.Quote.start == start,
                tables.Quote.end == end,
            )
        ).first()

    def _join(self, quote: tables.Quote, other: tables.Quote) -> None:
        """Give a quote the codings and the memos of another one, which goes."""
        session = self._session
        taken = {
            (coding.code_id, coding.coder_id)
            for coding in session.exec(
                select(tables.Coding).where(tables.Coding.quote_id == quote.id)
            )
        }
        for coding in session.exec(
            select(tables.Coding).where(tables.Coding.quote_id == other.id)
        ).all():
            if (coding.code_id, coding.coder_id) in taken:
                session.delete(coding)
            else:
                coding.quote_id = quote.id
                session.add(coding)
        hand_memos(session, "quote", other.id, quote.id)
        if other.favourite and not quote.favourite:
            quote.favourite = True
            session.add(quote)
        session.flush()
        session.delete(other)
        session.flush()

    def _take_away(self, quote: tables.Quote) -> None:
        """Remove a quote with its codings and memos."""
        for coding in self._session.exec(
            select(tables.Coding).where(tables.Coding.quote_id == quote.id)
        ).all():
            self._session.delete(coding)
        for memo in memos_on(self._session, "quote", quote.id):
            self._session.delete(memo)
        self._session.flush()
        self._session.delete(quote)
        self._session.flush()

    def _step_aside(self, moves: Sequence[_Move], tail: int) -> None:
        """Take quotes out of the way of others, and of what comes to stand from ``tail`` on."""
        wanted = {move.new: move for move in moves}
        for move in moves:
            if (
                wanted.get((move.quote.start, move.quote.end), move) is not move
                or move.quote.start >= tail
            ):
                move.quote.start, move.quote.end = -1 - move.quote.start, -1 - move.quote.end
                self._session.add(move.quote)
        self._session.flush()

    def _place(self, moves: Sequence[_Move], text: str, *, retimed: bool) -> None:
        """Write where quotes stand, what they say and when."""
        anew = [move for move in moves if move.touched or retimed]
        spans = [move.span for move in anew]
        times = quote_times(self._session, self._source.id, spans)
        for move, time in zip(anew, times, strict=True):
            move.quote.start_ms, move.quote.end_ms = time
        for move in moves:
            move.quote.start, move.quote.end = move.new
            if move.touched:
                move.quote.text = move.span.of(text)
            self._session.add(move.quote)
        self._session.flush()


def requote_times(session: Session, source_id: str, region: Span) -> None:
    """Say anew when the quotes in a region were said."""
    statement = select(tables.Quote).where(
        tables.Quote.source_id == source_id,
        tables.Quote.start < region.end,
        tables.Quote.end > region.start,
    )
    quotes = session.exec(statement).all()
    times = quote_times(session, source_id, [Span(quote.start, quote.end) for quote in quotes])
    for quote, time in zip(quotes, times, strict=True):
        quote.start_ms, quote.end_ms = time
        session.add(quote)
    session.flush()


def _quotes_lost(source: tables.Source, quotes: Sequence[tables.Quote], count: int) -> InputError:
    shown = [_shortened(quote.text) for quote in quotes[:_SHOWN]]
    more = ["…"] if count > len(shown) else []
    return InputError(
        "quotes-lost",
        N_("Quotes of “{source}” would lose all their words: {quotes}."),
        N_("Keep some of the words, remove the quotes first, or say that they are to go."),
        source=source.title,
        quotes="; ".join([*shown, *more]),
        count=count,
    )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_LETTERS else line[: _SHOWN_LETTERS - 1] + "…"
