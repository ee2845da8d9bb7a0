"""Finding words in all sources: places with the words around them, and how often words were said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sqlmodel import Session, col

from workbench.models.filters import QuoteFilter, SourceFilter, SourceQuery
from workbench.models.search_views import FoundIn, FoundPlace, PlaceOrder, SearchHit, WordCount
from workbench.models.tables import Source
from workbench.services.base import Context, Service
from workbench.store.filtering import filtered_quotes, filtered_sources
from workbench.store.query import columns
from workbench.store.search_texts import ReadyText, SearchTexts, quote_spans, turns_at
from workbench.text.query import Query, parse
from workbench.text.spans import Span, SpanIndex, union
from workbench.text.stop_words import says_little, stop_lemmas
from workbench.text.turns import Turn, time_of
from workbench.text.word_forms import dictionary_form, lemma

AROUND = 60
"""Letters shown on each side of a place."""

Told = Callable[[int, int], object]
"""Hears how many sources are done, of how many."""

_KEEPS_TEXT = ("coding.", "quote.", "memo.", "code.", "codebook.", "barrier.", "query.", "coder.")
"""Verbs that leave the texts of sources as they are."""


class Search(Service):
    """Finds words; the texts of sources stay in memory, ready for the next search."""

    def __init__(self, context: Context) -> None:
        """Hear of changes of texts."""
        super().__init__(context)
        self.texts = SearchTexts(self.reading)
        context.listeners.append(self._changed)

    def _changed(self, verb: str) -> None:
        if not verb.startswith(_KEEPS_TEXT):
            self.texts.changed()

    # -- places --------------------------------------------------------------------------------

    def find(self, query: SourceQuery, *, on_progress: Told | None = None) -> Iterator[FoundIn]:
        """Return what is found, source by source; the next source is searched when it is asked for.

        Args:
            query: the words and the filter.
            on_progress: hears how many sources are searched, of how many.

        Raises:
            InputError: ``query-…`` when the words cannot be read, ``not-found`` for a name in the filter.
        """
        wanted = parse(query.text, forms=query.forms)
        query = query.among(self.seen())
        with self.reading() as session:
            titles = self._titles(session, query)
            coded = self.coded(session, query)
        return self._found(wanted, titles, coded, on_progress)

    def _found(
        self,
        wanted: Query,
        titles: dict[str, tuple[str, int]],
        coded: dict[str, list[Span]] | None,
        told: Told | None,
    ) -> Iterator[FoundIn]:
        names = [name for name in titles if coded is None or name in coded]
        for number, (name, ready) in enumerate(self.texts.texts(names)):
            if told is not None:
                told(number, len(names))
            spans = ready.text.find(wanted)
            if coded is not None and spans:
                under = SpanIndex(coded[name])
                spans = [span for span in spans if under.overlapping(span.start, span.end)]
            if spans:
                yield FoundIn(name, *titles[name], tuple(spans))

    def hits(
        self, query: SourceQuery, *, limit: int = 200, order: PlaceOrder = PlaceOrder.SOURCE
    ) -> list[SearchHit]:
        """Return places with the words around them: the first ones in the order that is wanted."""
        places = (place for found in self.find(query) for place in places_of(found))
        if order == PlaceOrder.SOURCE:
            return self.lines(list(islice(places, limit)))
        return self.lines(self.ordered(list(places), order)[:limit])

    def ordered(self, places: Sequence[FoundPlace], order: PlaceOrder) -> list[FoundPlace]:
        """Return places, given in the order of sources, sorted by the words before or behind them."""
        if order == PlaceOrder.SOURCE:
            return list(places)
        side = 0 if order == PlaceOrder.LEFT else 1
        ready = dict(self.texts.texts(_sources_of(places)))

        def words(place: FoundPlace) -> list[str]:
            text = ready.get(place.source_id)
            return text.text.context(place.start, place.end)[side] if text is not None else []

        return sorted(places, key=words)

    def lines(self, places: Sequence[FoundPlace], *, around: int = AROUND) -> list[SearchHit]:
        """Return places with the words around them, as they stand in the sources."""
        names = _sources_of(places)
        ready = dict(self.texts.texts(names))
        turns = {
            place: (place.source_id, text.ordinals[text.text.turn_at(place.start)])
            for place in places
            if (text := ready.get(place.source_id)) is not None and text.starts
        }
        with self.reading() as session:
            chosen = columns(Source.id, Source.title, Source.text).where(col(Source.id).in_(names))
            sources = {name: (title, text) for name, title, text in session.exec(chosen)}
            known = turns_at(session, set(turns.values()))
        hits = []
        for place in places:
            if place.source_id in sources:
                turn = known.get(turns.get(place, ("", 0)))
                hits.append(_hit(place, *sources[place.source_id], turn, around))
        return hits

    # -- words ---------------------------------------------------------------------------------

    def words(
        self,
        wanted: SourceFilter | None = None,
        *,
        by_form: bool = False,
        everyone: bool = False,
        small_words: bool = False,
        limit: int = 200,
    ) -> list[WordCount]:
        """Count the words that were said, the most frequent first.

        Args:
            wanted: which sources; a ``QuoteFilter`` with codes or coders means the words of such quotes.
            by_form: count every form by itself instead of all forms of a word together.
            everyone: count the interviewers' words, too, and turns perhaps never said.
            small_words: count "and", "in" and the like, too.
            limit: how many words at most.
        """
        chosen = wanted or SourceFilter()
        if isinstance(chosen, QuoteFilter):
            chosen = chosen.among(self.seen())
        with self.reading() as session:
            names = filtered_sources(session, self.project_id, chosen)
            coded = self.coded(session, chosen)
        counts: Counter[str] = Counter()
        sources: Counter[str] = Counter()
        for name, ready in self.texts.texts(names):
            spans = coded.get(name, []) if coded is not None else None
            said = Counter(_words_said(ready, spans, everyone=everyone))
            if not small_words:
                said = Counter({word: n for word, n in said.items() if not says_little(word)})
            counts.update(said)
            sources.update(set(said) if by_form else {lemma(word) for word in said})
        if by_form:
            often = sorted(counts, key=lambda word: (-counts[word], word))[:limit]
            return [WordCount(word, counts[word], sources[word]) for word in often]
        return _by_lemma(counts, sources, small_words=small_words, limit=limit)

    # -- what the filter means -----------------------------------------------------------------

    def _titles(self, session: Session, wanted: SourceFilter) -> dict[str, tuple[str, int]]:
        """Return title and number of the sources that are meant, in their order."""
        rows = session.exec(
            columns(Source.id, Source.title, Source.ordinal).where(
                Source.project_id == self.project_id
            )
        )
        known = {name: (title, ordinal) for name, title, ordinal in rows}
        return {name: known[name] for name in filtered_sources(session, self.project_id, wanted)}

    def coded(self, session: Session, wanted: SourceFilter) -> dict[str, list[Span]] | None:
        """Return where the quotes stand that a filter means, by source; None where it asks for none."""
        if not isinstance(wanted, QuoteFilter) or not wanted.asks_for_quotes:
            return None
        return quote_spans(session, filtered_quotes(session, self.project_id, wanted))


def places_of(found: FoundIn) -> Iterator[FoundPlace]:
    """Return what was found in a source as places."""
    return (FoundPlace(found.source_id, span.start, span.end) for span in found.spans)


def _sources_of(places: Sequence[FoundPlace]) -> list[str]:
    return list(dict.fromkeys(place.source_id for place in places))


def _hit(place: FoundPlace, title: str, text: str, turn: Turn | None, around: int) -> SearchHit:
    start, end = place.start, place.end
    return SearchHit(
        place.source_id,
        title,
        start,
        end,
        text[max(0, start - around) : start].replace("\n", " "),
        text[start:end].replace("\n", " "),
        text[end : end + around].replace("\n", " "),
        time_of(start, [turn]) if turn is not None else None,
        turn.speaker or "" if turn is not None else "",
    )


def _words_said(ready: ReadyText, coded: Sequence[Span] | None, *, everyone: bool) -> Iterator[str]:
    """Return the folded words of a source: of whoever is meant, and of quotes where these are given."""
    spans = [Span(0, ready.length)] if everyone else ready.answers()
    if coded is not None:
        quotes = union(coded)
        index = SpanIndex(quotes)
        spans = [
            part
            for span in spans
            for number in index.overlapping(span.start, span.end)
            if (part := span.intersection(quotes[number])) is not None
        ]
    for span in spans:
        yield from ready.text.words_between(span.start, span.end)


def _by_lemma(
    counts: Counter[str], sources: Counter[str], *, small_words: bool, limit: int
) -> list[WordCount]:
    """Count all forms of a word together, under its dictionary form or else its shortest form."""
    forms: dict[str, list[str]] = defaultdict(list)
    for word in counts:
        forms[lemma(word)].append(word)
    totals = {
        key: sum(counts[word] for word in some)
        for key, some in forms.items()
        if small_words or key not in stop_lemmas()
    }
    often = sorted(totals, key=lambda key: (-totals[key], key))[:limit]
    return [
        WordCount(
            dictionary_form(key) or min(forms[key], key=lambda word: (len(word), word)),
            totals[key],
            sources[key],
        )
        for key in often
    ]
