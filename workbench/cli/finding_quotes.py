"""Finding what a command speaks of: words in a source, a quote by its identifier, a coding of a quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.cli.narration import clock, say
from workbench.coding.finding import Found, Haystack
from workbench.errors import InputError, UsageError
from workbench.i18n import N_, _
from workbench.models.views import CodingView, QuoteView, SourceView

if TYPE_CHECKING:
    from workbench.services.project import Project

_SHORTEST = 4
"""Characters of an identifier that are enough, if only one quote ends so."""
_MOST_PLACES = 9
_SPAN = re.compile(r"(\d+)\s*[:–-]\s*(\d+)\Z")


def span_of(view: SourceView, text: str | None, span: str | None) -> tuple[int, int]:
    """Return the characters that words or a span stand for.

    Raises:
        UsageError: ``quote-how`` when neither or both are given, ``span-invalid``.
        InputError: ``words-not-found``, ``words-ambiguous``.
    """
    if (text is None) == (span is None):
        raise UsageError(
            "quote-how",
            N_("It is not clear which words to code."),
            N_("Say either --text WORDS or --span START:END."),
        )
    if span is not None:
        found = _SPAN.match(span.strip())
        if found is None:
            raise UsageError(
                "span-invalid",
                N_("“{span}” is not a span."),
                N_("Write it as in: 120:184."),
                span=span,
            )
        return int(found[1]), int(found[2])
    return _span_of_words(view, text or "")


def _span_of_words(view: SourceView, words: str) -> tuple[int, int]:
    first = Haystack(view.text).find(words)
    if first is None:
        raise InputError(
            "words-not-found",
            N_("“{source}” does not hold the words “{words}”."),
            N_("Copy them from: workbench source show {number}."),
            source=view.card.title,
            words=words,
            number=view.card.ordinal,
        )
    places = _places(view.text, words, first)
    if len(places) > 1:
        raise InputError(
            "words-ambiguous",
            N_("“{source}” holds the words “{words}” {count} times: {places}."),
            N_("Add more words around them, or name the place with --span."),
            source=view.card.title,
            words=words,
            count=len(places),
            places="; ".join(_place(view, start, end) for start, end in places),
        )
    if not first.exact:
        said = view.text[first.span.start : first.span.end]
        say(
            _("Found what is nearest ({percent} %): “{words}”.").format(
                percent=round(first.score), words=said
            )
        )
    return places[0]


def _places(text: str, words: str, first: Found) -> list[tuple[int, int]]:
    """Return where the words stand: everywhere if word for word, else the nearest place."""
    places = [(first.span.start, first.span.end)]
    found: Found | None = first
    while found is not None and found.exact and len(places) < _MOST_PLACES:
        after = places[-1][1]
        found = Haystack(text[after:]).find(words)
        if found is not None and found.exact:
            places.append((after + found.span.start, after + found.span.end))
    return places


def _place(view: SourceView, start: int, end: int) -> str:
    """Name a place by its time, where there is one, and its span."""
    turn = next((turn for turn in view.turns if turn.start <= start < turn.end), None)
    span = f"{start}:{end}"
    return f"{clock(turn.start_ms / 1000)} ({span})" if turn and turn.start_ms is not None else span


def find_quote(project: Project, name: str) -> QuoteView:
    """Return a quote by its identifier or the end of it.

    Raises:
        InputError: ``not-found`` or ``quote-ambiguous``.
    """
    from workbench.services.base import NotFoundError

    quotes = project.coding.quotes()
    found = [view for view in quotes if len(name) >= _SHORTEST and view.id.endswith(name)]
    if len(found) > 1:
        raise InputError(
            "quote-ambiguous",
            N_("Several quotes end with “{name}”."),
            N_("Give more of the identifier; --format json shows it whole."),
            name=name,
        )
    if not found:
        raise NotFoundError(N_("quote"), name)
    return found[0]


def codings_of(project: Project, quote: QuoteView) -> list[CodingView]:
    """Return all codings of a quote."""
    codings = project.coding.codings(quote.source_id)
    return [coding for coding in codings if coding.quote_id == quote.id]


def one_coding(project: Project, quote: QuoteView, code: str | None) -> CodingView:
    """Return the coding of a quote with a code; its own coder's first. Without a name it must be the only one.

    Raises:
        InputError: ``coding-ambiguous``, ``coding-missing``, or the code is unknown.
    """
    codings = codings_of(project, quote)
    if code is not None:
        code_id = project.codebook.code(code).id
        codings = [coding for coding in codings if coding.code_id == code_id]
        codings.sort(key=lambda coding: coding.coder != project.coder)
        if not codings:
            raise InputError(
                "coding-missing",
                N_("The quote does not have the code “{name}”."),
                N_("Its codes: {codes}."),
                name=code,
                codes=", ".join(quote.codes) or "—",
            )
    elif len(codings) != 1:
        raise InputError(
            "coding-ambiguous",
            N_("The quote does not have exactly one code: {codes}."),
            N_("Say which with --code."),
            codes=", ".join(quote.codes) or "—",
        )
    return codings[0]
