"""Passages that resemble what has a code already: suggestions to look at; nothing is coded by itself."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlmodel import Session, col

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models.filters import QuoteFilter, SourceFilter
from workbench.models.search_views import SimilarPassage
from workbench.models.tables import Quote, Source
from workbench.services.base import Context, Service
from workbench.services.search import Search, Told
from workbench.store.filtering import filtered_quotes, filtered_sources
from workbench.store.query import columns
from workbench.store.search_texts import ReadyText
from workbench.text.query import split_words
from workbench.text.spans import Span
from workbench.text.stop_words import says_little, stop_lemmas
from workbench.text.turns import sentences
from workbench.text.word_forms import lemma

if TYPE_CHECKING:
    from workbench.coding import similar


_LITTLE = -1


@dataclass(slots=True)
class _Sentences:
    """The sentences of one source: where they stand, and the numbers of their terms."""

    digest: int
    starts: array[int] = field(default_factory=lambda: array("L"))
    ends: array[int] = field(default_factory=lambda: array("L"))
    lengths: array[int] = field(default_factory=lambda: array("L"))
    terms: array[int] = field(default_factory=lambda: array("I"))

    def overlapping(self, span: Span) -> range:
        """Return the numbers of the sentences that share letters with a span."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))


@dataclass(frozen=True, slots=True)
class _Example:
    source_id: str
    span: Span
    text: str


class Passages(Service):
    """Finds sentences like those that have a code; sentences stay in memory as numbers."""

    def __init__(self, context: Context, search: Search) -> None:
        """Use the texts that searching keeps ready."""
        super().__init__(context)
        self._search = search
        self._numbers: dict[str, int] = {}
        """The number of each word's lemma; -1 for a word that says little."""
        self._lemmas: dict[str, int] = {}
        self._known: dict[str, _Sentences] = {}
        self._weighed: tuple[tuple[tuple[str, int], ...], similar.Passages] | None = None

    def like(
        self,
        code: str,
        wanted: SourceFilter | None = None,
        *,
        coder: str | None = None,
        limit: int = 100,
        on_progress: Told | None = None,
    ) -> list[SimilarPassage]:
        """Return sentences without a code, or a code below it, that resemble its quotes.

        Interviewers' turns and turns perhaps never said are passed over.

        Args:
            code: identifier, path or name.
            wanted: which sources are looked through; the quotes of all sources serve as examples.
            coder: know only of this coder's quotes; of everybody's by default.
            limit: how many at most.
            on_progress: hears how far the sentences are made ready; only the first time takes long.

        Raises:
            InputError: ``code-not-used`` when it has no quotes; ``not-found``, ``code-ambiguous``.
        """
        with self.reading() as session:
            names = filtered_sources(session, self.project_id, wanted or SourceFilter())
            examples = self._examples(session, code, self.seen(coder))
        if not examples:
            raise InputError(
                "code-not-used",
                N_("Nothing has the code “{name}” yet, so nothing can be similar to it."),
                N_("Code a few quotes first."),
                name=code,
            )
        found = self._ready(names, on_progress)
        firsts = dict(
            zip(found, _running(len(known.starts) for known in found.values()), strict=True)
        )
        without = {
            firsts[example.source_id] + number
            for example in examples
            if example.source_id in found
            for number in found[example.source_id].overlapping(example.span)
        }
        terms = [self._terms(split_words(example.text)) for example in examples]
        matches = self._weigh(found).like(terms, without=without, limit=limit)
        return self._shown(matches, found)

    def _examples(self, session: Session, code: str, coder: str | None) -> list[_Example]:
        wanted = QuoteFilter(codes=(code,), only_coder=coder or "")
        quotes = filtered_quotes(session, self.project_id, wanted)
        rows = session.exec(
            columns(Quote.source_id, Quote.start, Quote.end, Quote.text).where(
                col(Quote.id).in_(quotes)
            )
        )
        return [_Example(name, Span(start, end), text) for name, start, end, text in rows]

    # -- sentences as numbers ------------------------------------------------------------------

    def _ready(self, names: Sequence[str], told: Told | None) -> dict[str, _Sentences]:
        """Return the sentences of sources that have any, made ready where they are new or changed."""
        found = {}
        for number, (name, ready) in enumerate(self._search.texts.texts(names)):
            known = self._known.get(name)
            if known is None or known.digest != ready.digest:
                known = self._known[name] = self._cut(name, ready)
            if len(known.starts):
                found[name] = known
            if told is not None:
                told(number + 1, len(names))
        return found

    def _cut(self, name: str, ready: ReadyText) -> _Sentences:
        with self.reading() as session:
            text = session.exec(columns(Source.text).where(Source.id == name)).scalar_one()
        made = _Sentences(ready.digest)
        for turn in ready.answers():
            for sentence in sentences(text[turn.start : turn.end]):
                start, end = turn.start + sentence.start, turn.start + sentence.end
                terms = self._terms(ready.text.words_between(start, end))
                if terms:
                    made.starts.append(start)
                    made.ends.append(end)
                    made.lengths.append(len(terms))
                    made.terms.extend(terms)
        return made

    def _terms(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the words that say something."""
        numbers = self._numbers
        found = []
        for word in words:
            number = numbers.get(word)
            if number is None:
                number = numbers[word] = self._number(word)
            if number != _LITTLE:
                found.append(number)
        return found

    def _number(self, word: str) -> int:
        if says_little(word):
            return _LITTLE
        key = lemma(word)
        return _LITTLE if key in stop_lemmas() else self._lemmas.setdefault(key, len(self._lemmas))

    def _weigh(self, found: dict[str, _Sentences]) -> similar.Passages:
        """Return the sentences weighed; the last ones are kept as long as they are the same."""
        import numpy as np

        from workbench.coding import similar

        key = tuple((name, known.digest) for name, known in found.items())
        if self._weighed is None or self._weighed[0] != key:
            terms: array[int] = array("I")
            begins: list[int] = []
            for known in found.values():
                begins += [len(terms) + before for before in _running(known.lengths)]
                terms.extend(known.terms)
            self._weighed = (
                key,
                similar.Passages(
                    np.array(terms, dtype=np.uint32), np.array(begins, dtype=np.int64)
                ),
            )
        return self._weighed[1]

    # -- what is shown -------------------------------------------------------------------------

    def _shown(
        self, matches: Sequence[similar.Match], found: dict[str, _Sentences]
    ) -> list[SimilarPassage]:
        names = list(found)
        firsts = list(_running(len(known.starts) for known in found.values()))
        places = []
        for match in matches:
            place = bisect_right(firsts, match.passage) - 1
            known = found[names[place]]
            number = match.passage - firsts[place]
            places.append((names[place], known.starts[number], known.ends[number], match))
        with self.reading() as session:
            rows = session.exec(
                columns(Source.id, Source.title, Source.text).where(
                    col(Source.id).in_({name for name, *_rest in places})
                )
            )
            sources = {name: (title, text) for name, title, text in rows}
        return [
            SimilarPassage(
                name,
                sources[name][0],
                start,
                end,
                sources[name][1][start:end],
                match.score,
                self._words(sources[name][1][start:end], match.terms),
            )
            for name, start, end, match in places
            if name in sources
        ]

    def _words(self, text: str, terms: Sequence[int]) -> tuple[str, ...]:
        """Return the words of a sentence that stand for terms, in the order of the terms."""
        words: dict[int, str] = {}
        for word in split_words(text):
            words.setdefault(self._numbers.get(word, _LITTLE), word)
        return tuple(words[term] for term in terms if term in words)


def _running(lengths: Iterable[int]) -> Iterator[int]:
    """Yield the sum of all lengths before each."""
    total = 0
    for length in lengths:
        yield total
        total += length
