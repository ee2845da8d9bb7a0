"""Quotes and counts as reports print them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from workbench.models.kinds import SourceKind, Stance
from workbench.reports import phrases
from workbench.reports.data import Count, Finding, Quote
from workbench.reports.wording import Wording, Words

DOT = " · "
LONG_QUOTE = 900
"""Characters; a longer quote may be broken over two pages of a table, a shorter one never is."""

_IN_TEXT = 3


def people(count: Count, wording: Wording) -> str:
    """Return "7 of 12 people": persons with it, of persons asked."""
    return wording.ngettext("{n} of {total} person", "{n} of {total} people", count.of).format(
        n=count.n, total=count.of
    )


def attribution(quote: Quote, wording: Wording) -> str:
    """Return where a quote comes from: "R07, 34, Kazan · Interview 3 · 00:12:08"."""
    return DOT.join(piece for piece in (who(quote), place(quote, wording)) if piece)


def who(quote: Quote) -> str:
    """Return who speaks, as far as the anonymisation level allows: "R07, 34, Kazan"."""
    return ", ".join(piece for piece in (quote.person, *quote.attributes) if piece)


def place(quote: Quote, wording: Wording) -> str:
    """Return the source of a quote and where in it: "Interview 3 · 00:12:08"."""
    label = phrases.SOURCE.get(quote.source_kind, phrases.SOURCE[SourceKind.DOCUMENT])
    source = wording.fill(label, number=quote.source_number)
    # a recording has its time; anything else is found by its date
    where = wording.clock(quote.start_ms) or wording.date(quote.date)
    return DOT.join(piece for piece in (source, where) if piece)


def pieces(quote: Quote) -> list[dict[str, Any]]:
    """Return the quote cut at its emphasis: pieces of words with ``coded`` true or false."""
    text, cuts = quote.text, {0, len(quote.text)}
    spans = [(max(0, start), min(len(text), end)) for start, end in quote.emphasis]
    spans = [(start, end) for start, end in spans if start < end]
    for start, end in spans:
        cuts |= {start, end}
    edges = sorted(cuts)
    return [
        {
            "words": Words(text[start:end], text),
            "coded": any(first <= start and end <= last for first, last in spans)
            and len(spans) > 0
            and (end - start) < len(text),  # all in bold would emphasise nothing
        }
        for start, end in pairwise(edges)
    ]


def quote_block(quote: Quote, wording: Wording) -> dict[str, Any]:
    """Return a quote with its attribution."""
    return {
        "text": Words(quote.text),
        "pieces": pieces(quote),
        "attribution": attribution(quote, wording),
        "who": who(quote),
        "place": place(quote, wording),
        "source_title": quote.source_title,
        "codes": ", ".join(quote.codes),
        "against": quote.stance is Stance.CONTRADICTS,
        "long": len(quote.text) > LONG_QUOTE,
    }


def supporting(quotes: Iterable[Quote]) -> list[Quote]:
    """Return the quotes that speak for the finding, favourites first."""
    chosen = [quote for quote in quotes if quote.stance is Stance.SUPPORTS]
    return sorted(chosen, key=lambda quote: not quote.favourite)


def findings(items: Sequence[Finding], wording: Wording) -> list[dict[str, Any]]:
    """Return strengths or themes with their counts and up to three quotes."""
    return [
        {
            "name": item.name,
            "definition": item.definition,
            "people": people(item.persons, wording),
            "quotes_total": item.quotes_total,
            "quotes": [quote_block(q, wording) for q in supporting(item.quotes)[:_IN_TEXT]],
        }
        for item in items
    ]


def evidence_index(quotes: Sequence[Quote], wording: Wording) -> list[dict[str, Any]]:
    """Return every quote, numbered, with its source, time and codes."""
    return [
        {"number": number, **quote_block(quote, wording)}
        for number, quote in enumerate(quotes, start=1)
    ]
