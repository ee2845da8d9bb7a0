"""Rows of quotes as parts of larger actions: found or made on spans, timed, and what is noted on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from workbench.coding.applying import trimmed
from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models import tables
from workbench.services.code_rows import remove_bare_quotes
from workbench.store import asked_often
from workbench.store.query import columns, portions
from workbench.text.spans import Span
from workbench.text.turns import TimedWord, Turn, times_of

_WORDS = 60
"""Letters of a quote in the journal."""

_Row = TypeVar("_Row", tables.Quote, tables.Coding)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source as far as its words are concerned."""

    id: str
    title: str
    text: str


def quotable(source: SourceText, ends: Sequence[tuple[int, int]]) -> list[tuple[Span, str]]:
    """Return each span without white space at its ends, and its words.

    Args:
        source: what is quoted.
        ends: where each span begins and ends.

    Raises:
        InputError: ``span-outside`` when a span is not within the text, ``span-empty`` when it holds no word.
    """
    found = []
    for start, end in ends:
        if not 0 <= start < end <= len(source.text):
            raise InputError(
                "span-outside",
                N_("The span {start}–{end} is not within “{source}” (0–{length})."),
                N_("Choose a span of its text."),
                start=start,
                end=end,
                source=source.title,
                length=len(source.text),
            )
        inner = trimmed(source.text, Span(start, end))
        if inner is None:
            raise InputError(
                "span-empty", N_("The selection holds no words."), N_("Select at least one word.")
            )
        found.append((inner, inner.of(source.text)))
    return found


# -- quotes on spans -------------------------------------------------------------------------------


def ensure_quotes(
    session: Session,
    source_id: str,
    words: Mapping[Span, str],
    *,
    add: Callable[[tables.Quote], None] | None = None,
) -> tuple[dict[Span, str], frozenset[str]]:
    """Return the identifier of the quote on each span, and which of them had to be made.

    Args:
        session: where to write.
        source_id: the source.
        words: spans and their words.
        add: writes a new row; without it, the session does.
    """
    ids = _quotes_at(session, source_id, words)
    new = [span for span in words if span not in ids]
    for span, times in zip(new, quote_times(session, source_id, new), strict=True):
        quote = tables.Quote(
            source_id=source_id,
            start=span.start,
            end=span.end,
            text=words[span],
            start_ms=times[0],
            end_ms=times[1],
        )
        (add or session.add)(quote)
        ids[span] = quote.id
    session.flush()
    return ids, frozenset(ids[span] for span in new)


def _quotes_at(session: Session, source_id: str, spans: Collection[Span]) -> dict[Span, str]:
    """Return the quotes that stand on exactly these spans already."""
    if len(spans) == 1:
        (span,) = spans
        known = asked_often.quote_key(session, source_id, span.start, span.end)
        return {} if known is None else {span: known}
    first, last = min(spans).start, max(spans).start
    statement = columns(tables.Quote.id, tables.Quote.start, tables.Quote.end).where(
        tables.Quote.source_id == source_id, col(tables.Quote.start).between(first, last)
    )
    there = {Span(start, end): quote_id for quote_id, start, end in session.exec(statement)}
    return {span: there[span] for span in spans if span in there}


def ensure_quote(session: Session, source: tables.Source, span: Span) -> tables.Quote:
    """Return the quote of a span, making it when it is new."""
    ids, _made = ensure_quotes(session, source.id, {span: span.of(source.text)})
    return session.get_one(tables.Quote, ids[span])


def quote_times(
    session: Session, source_id: str, spans: Sequence[Span]
) -> list[tuple[int | None, int | None]]:
    """Return when the words of each span begin and end."""
    if not spans:
        return []
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    rows = asked_often.turns_around(session, source_id, first, last)
    ends = [row.end for row in rows]
    times = []
    for span in spans:
        inside = takewhile(lambda row: row.start < span.end, rows[bisect_right(ends, span.start) :])  # noqa: B023 - used up at once
        said = list(inside)
        times.append(times_of(span, [_turn(row) for row in said], timed_words(said)))
    return times


def _turn(row: Any) -> Turn:
    return Turn(row.ordinal, row.start, row.end, None, row.start_ms, row.end_ms)


def timed_words(rows: Sequence[Any]) -> list[TimedWord]:
    """Return when each word of some turns was said, in codepoints of the source's text."""
    return [
        TimedWord(row.start + int(start), row.start + int(end), int(start_ms), int(end_ms))
        for row in rows
        for start, end, start_ms, end_ms, _probability in row.word_times
    ]


# -- many at once ----------------------------------------------------------------------------------


def all_of(session: Session, table: type[_Row], ids: Sequence[str] | set[str]) -> list[_Row]:
    """Return rows by their identifiers.

    Raises:
        InputError: ``quotes-gone`` when one is not there.
    """
    wanted = list(dict.fromkeys(ids))
    found: list[_Row] = []
    for some in portions(wanted):
        found += session.exec(select(table).where(col(table.id).in_(some))).all()
    if len(found) < len(wanted):
        raise InputError(
            "quotes-gone",
            N_("Some of these quotes are not there any more."),
            N_("Look at the list again; nothing was changed."),
        )
    return found


def remove_bare(session: Session, quote_ids: set[str]) -> None:
    """Remove those of many quotes that no coding is left on."""
    for some in portions(sorted(quote_ids)):
        coded = select(tables.Coding.quote_id).where(col(tables.Coding.quote_id).in_(some))
        remove_bare_quotes(session, set(some) - set(session.exec(coded).all()))


def subject_of(quotes: Sequence[tables.Quote]) -> str:
    """Return what the journal calls many quotes: the first one's words and how many more there are."""
    if not quotes:
        return ""
    more = f" (+{len(quotes) - 1})" if len(quotes) > 1 else ""
    return f"{quotes[0].text[:_WORDS]}{more}"
