"""Changing quotes that are there: other borders, one cut into two, several made one.

A quote may hold the codings of several coders. Whoever changes it moves their own codings only: where others coded the
same words, those stay where they are, with what they noted on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.models.views import CodingView
from workbench.services.base import Act, NotFoundError, existing, verb
from workbench.services.coding_changes import CodingChanges, views_of
from workbench.services.memos import hand_memos
from workbench.services.quote_rows import quotable, quote_times
from workbench.text.spans import Span
from workbench.text.turns import words

_WORDS = 60
"""Letters of a quote in the journal."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a change of quotes did."""

    quotes: tuple[str, ...]
    """The quotes that hold the codings now."""
    moved: tuple[str, ...]
    """The codings that were touched, some of which may be gone."""
    codings: tuple[CodingView, ...]
    """The coder's codings as they are now."""


class QuoteEditing(CodingChanges):
    """Verbs on the spans of quotes."""

    @verb("quote.borders")
    def set_borders(self, quote: str, start: int, end: int) -> Regrouped:
        """Let a quote begin and end elsewhere; it becomes one with a quote that stands there already.

        Raises:
            InputError: ``not-found``, ``span-outside``, ``span-empty``, ``quote-of-others``.
        """
        with self.acting("quote.borders") as act:
            row = existing(act.session.get(tables.Quote, quote), N_("quote"), quote)
            spans = self._quotable(act, row, [(start, end)])
            return self._regroup(act, [row], spans)

    @verb("quote.split")
    def split(self, quote: str, offset: int) -> Regrouped:
        """Cut a quote into two; both get the codes, the first one keeps the memos.

        Raises:
            InputError: ``not-found``, ``split-at-edge``, ``quote-of-others``.
        """
        with self.acting("quote.split") as act:
            row = existing(act.session.get(tables.Quote, quote), N_("quote"), quote)
            cut = offset - row.start
            if not (row.text[: max(cut, 0)].strip() and row.text[max(cut, 0) :].strip()):
                raise InputError(
                    "split-at-edge",
                    N_("A quote cannot be cut at its edge."),
                    N_("Choose a place between two of its words."),
                )
            ends = [(row.start, offset), (offset, row.end)]
            return self._regroup(act, [row], self._quotable(act, row, ends))

    @verb("quote.merge")
    def merge(self, quotes: Sequence[str]) -> Regrouped:
        """Make quotes that overlap or follow each other one, with all codes and notes.

        Raises:
            InputError: ``not-found``, ``merge-too-few``, ``quotes-apart``.
        """
        with self.acting("quote.merge") as act:
            found = [
                existing(act.session.get(tables.Quote, quote), N_("quote"), quote)
                for quote in dict.fromkeys(quotes)
            ]
            coder_id = self.coder_id(act.session)
            rows = [row for row in found if _may_change(act.session, row, coder_id)]
            rows.sort(key=lambda row: (row.start, row.end))
            if len(rows) < 2 or len({row.source_id for row in rows}) > 1:  # noqa: PLR2004 - two make one
                raise InputError(
                    "merge-too-few",
                    N_("There are not two quotes of yours here that could become one."),
                    N_("Select words that reach into both; quotes of others stay as they are."),
                )
            ends = [(rows[0].start, max(row.end for row in rows))]
            spans = self._quotable(act, rows[0], ends)
            _refuse_gaps(rows, next(iter(spans.values())))
            return self._regroup(act, rows, spans)

    def _quotable(
        self, act: Act, quote: tables.Quote, ends: Sequence[tuple[int, int]]
    ) -> dict[Span, str]:
        return dict(quotable(self.source_text(act.session, quote.source_id), ends))

    def _regroup(
        self, act: Act, quotes: Sequence[tables.Quote], spans: Mapping[Span, str]
    ) -> Regrouped:
        """Give one's own codings of some quotes to other spans."""
        act.subject = next(iter(spans.values()))[:_WORDS]
        coder_id = self.coder_id(act.session)
        regrouping = _Regrouping(act.session, quotes, coder_id, blind=self.seen() is not None)
        return regrouping.to(spans)


def _may_change(session: Session, quote: tables.Quote, coder_id: str) -> bool:
    """Tell whether a quote holds a coding of the coder, or none at all."""
    coders = set(
        session.exec(select(tables.Coding.coder_id).where(tables.Coding.quote_id == quote.id)).all()
    )
    return not coders or coder_id in coders


def _refuse_gaps(rows: Sequence[tables.Quote], hull_words: str) -> None:
    """Refuse quotes with words between them that none of them holds."""
    reach = rows[0].end
    for row in rows[1:]:
        between = hull_words[reach - rows[0].start : row.start - rows[0].start]
        if words(between):
            raise InputError(
                "quotes-apart",
                N_("There are words between these quotes: “{words}”."),
                N_("Change the borders of one of them first, so that they touch."),
                words=between.strip()[:_WORDS],
            )
        reach = max(reach, row.end)


class _Regrouping:
    """Gives the codings that one coder made on some quotes of a source to other spans of it."""

    def __init__(
        self,
        session: Session,
        quotes: Sequence[tables.Quote],
        coder_id: str,
        *,
        blind: bool,
    ) -> None:
        """Look at who coded the quotes.

        Raises:
            InputError: ``quote-of-others`` when only others did; where nobody may know of them, ``not-found``.
        """
        self._session = session
        self._quotes = quotes
        self._coder_id = coder_id
        self._own: list[tables.Coding] = []
        others: dict[str, set[str]] = defaultdict(set)
        for quote in quotes:
            for coding in self._codings(quote.id):
                if coding.coder_id == coder_id:
                    self._own.append(coding)
                else:
                    others[quote.id].add(coding.coder_id)
        if others and not self._own and blind:
            raise NotFoundError(N_("quote"), quotes[0].id)
        if others and not self._own:
            raise self._of_others(set().union(*others.values()))
        self._stood = {quote.id: Span(quote.start, quote.end) for quote in quotes}
        self._free = [quote for quote in quotes if quote.id not in others]
        """Quotes that nobody else coded: they themselves may be moved."""

    def to(self, spans: Mapping[Span, str]) -> Regrouped:
        """Put the codings on spans: each span gets all of them."""
        moved = tuple(coding.id for coding in self._own)
        targets = self._targets(spans)
        self._move(targets[0])
        for target in targets[1:]:
            self._copy(target)
        self._session.flush()
        self._bring_notes(targets)
        for quote in self._free:
            if quote not in targets:  # its codings and its memos are elsewhere now
                self._session.delete(quote)
        self._session.flush()
        now = [
            coding.id
            for target in targets
            for coding in self._codings(target.id)
            if coding.coder_id == self._coder_id
        ]
        views = views_of(self._session, now)
        ids = tuple(target.id for target in targets)
        return Regrouped(ids, moved, tuple(views[coding_id] for coding_id in now))

    def _codings(self, quote_id: str) -> list[tables.Coding]:
        statement = select(tables.Coding).where(tables.Coding.quote_id == quote_id)
        return list(self._session.exec(statement.order_by(col(tables.Coding.id))).all())

    def _targets(self, spans: Mapping[Span, str]) -> list[tables.Quote]:
        """Return the quote of each span: one that stands there, one that is moved there, or a new one."""
        source_id = self._quotes[0].source_id
        times = dict(zip(spans, quote_times(self._session, source_id, list(spans)), strict=True))
        movable = [quote for quote in self._free if Span(quote.start, quote.end) not in spans]
        targets = []
        for span, said in spans.items():
            quote = self._standing(source_id, span)
            if quote is None:
                start_ms, end_ms = times[span]
                place: dict[str, Any] = {"start": span.start, "end": span.end, "text": said}
                place |= {"start_ms": start_ms, "end_ms": end_ms}
                if movable:
                    quote = movable.pop(0)
                    quote.sqlmodel_update(place)
                else:
                    quote = tables.Quote(source_id=source_id, **place)
                self._session.add(quote)
                self._session.flush()
            targets.append(quote)
        return targets

    def _standing(self, source_id: str, span: Span) -> tables.Quote | None:
        return self._session.exec(
            select(tables.Quote).where(
                tables.Quote.source_id == source_id,
                tables.Quote.start == span.start,
                tables.Quote.end == span.end,
            )
        ).first()

    def _move(self, target: tables.Quote) -> None:
        """Put the codings on a quote; a code that the coder has put there already stays as it is."""
        there = {c.code_id for c in self._codings(target.id) if c.coder_id == self._coder_id}
        span = Span(target.start, target.end)
        for coding in self._own:
            if self._stood[coding.quote_id] != span:
                coding.settled = False  # what was agreed upon were other words
            if coding.quote_id != target.id:
                if coding.code_id in there:
                    self._session.delete(coding)
                    continue
                there.add(coding.code_id)
                coding.quote_id = target.id
            self._session.add(coding)
        self._session.flush()

    def _copy(self, target: tables.Quote) -> None:
        there = {c.code_id for c in self._codings(target.id) if c.coder_id == self._coder_id}
        for coding in self._own:
            if coding.code_id not in there:
                there.add(coding.code_id)
                judgement = coding.model_dump(include={"code_id", "coder_id", "stance", "emotion"})
                self._session.add(tables.Coding(quote_id=target.id, **judgement))

    def _bring_notes(self, targets: Sequence[tables.Quote]) -> None:
        """Let the mark for reports and the memos come along; on quotes that stay, the mark and others' memos stay."""
        favourite = any(quote.favourite for quote in self._quotes)
        for target in targets:
            if favourite and not target.favourite:
                target.favourite = True
                self._session.add(target)
        for quote in self._quotes:
            if quote not in targets:
                of = None if quote in self._free else self._coder_id
                hand_memos(self._session, "quote", quote.id, targets[0].id, of=of)
        self._session.flush()

    def _of_others(self, coder_ids: set[str]) -> InputError:
        names = self._session.exec(
            select(tables.Coder.name).where(col(tables.Coder.id).in_(coder_ids))
        ).all()
        return InputError(
            "quote-of-others",
            N_("Only {coders} coded this quote."),
            N_("Code the words you mean yourself; their quote stays as it is."),
            coders=", ".join(sorted(names)),
        )
