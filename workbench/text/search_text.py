"""Where the words of a query stand in a text: the text is made ready once and searched many times."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from workbench.text.fold import fold, fold_positions, folds_evenly
from workbench.text.query import Near, Phrase, Query, Term, Word, has_unseen, is_unseen, separators
from workbench.text.spans import Span
from workbench.text.word_forms import WordForms, forms_of

Place = tuple[int, int]
"""A half-open stretch of the key, from the first letter of a word to behind the last one."""

_CONTEXT = 80
"""Letters on each side of a place that decide how it is sorted."""


class SearchText:
    """A text made ready for searching: its letters folded, one space for every sign between words.

    The key begins and ends with a space, so that ``" " + beginning`` finds beginnings of words. It
    is as long as the text wherever that can be; otherwise a map leads back.
    """

    __slots__ = ("_back", "_starts", "key")

    def __init__(self, text: str, starts: Sequence[int] = ()) -> None:
        """Make a text ready.

        Args:
            text: the text.
            starts: where its turns begin; without them every line is a turn of its own.
        """
        key, self._back = fold_seen(text)
        for sign in separators(key):
            key = key.replace(sign, " ")
        self.key = f" {key} "
        if not starts:
            starts = [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]
        if self._back is None:
            self._starts = array("L", (start + 1 for start in starts))
        else:
            self._starts = array("L", (bisect_left(self._back, start) + 1 for start in starts))

    # -- finding -------------------------------------------------------------------------------

    def find(self, query: Query) -> list[Span]:
        """Return the places a query finds, in order and apart from each other.

        Where several words are wanted, these are the places of the first one in the turns that
        hold all of them.
        """
        if not all(any(self._may_hold(term) for term in group) for group in query.wanted):
            return []
        barred = {self.turn_of(place) for term in query.unwanted for place in self.places(term)}
        fitting: set[int] | None = None
        first: list[Place] = []
        for number, group in enumerate(query.wanted):
            places = sorted({place for term in group for place in self.places(term)})
            if not number:
                first = places
            turns = {self.turn_of(place) for place in places}
            fitting = turns if fitting is None else fitting & turns
            if not fitting:
                return []
        wanted = (fitting or set()) - barred
        found = [place for place in first if self.turn_of(place) in wanted]
        return [self.span(place) for place in _apart(found)]

    def places(self, term: Term) -> list[Place]:
        """Return where a word, a phrase or words near each other stand, in order of their beginnings."""
        match term:
            case Word():
                return list(self._words(term))
            case Phrase():
                return list(self._phrases(term))
            case Near():
                return sorted(self._near(term))

    def turn_of(self, place: Place) -> int:
        """Return the number of the turn that a place lies in."""
        return max(0, bisect_right(self._starts, place[0]) - 1)

    def turn_at(self, offset: int) -> int:
        """Return the number of the turn at an offset of the text."""
        return max(0, bisect_right(self._starts, self._key_offset(offset)) - 1)

    def span(self, place: Place) -> Span:
        """Return where a place of the key lies in the text."""
        start, end = place[0] - 1, place[1] - 1
        return Span(start, end) if self._back is None else Span(self._back[start], self._back[end])

    # -- words around --------------------------------------------------------------------------

    def words_between(self, start: int, end: int) -> list[str]:
        """Return the folded words between two offsets of the text."""
        return self.key[self._key_offset(start) : self._key_offset(end)].split()

    def context(self, start: int, end: int) -> tuple[list[str], list[str]]:
        """Return the folded words before a place, the nearest first, and those behind it."""
        first, last = self._key_offset(start), self._key_offset(end)
        far = max(0, first - _CONTEXT)
        before = self.key[far:first].split()[1 if far else 0 :]
        return before[::-1], self.key[last : last + _CONTEXT].split()

    def __len__(self) -> int:
        """How many turns there are."""
        return len(self._starts)

    def _key_offset(self, offset: int) -> int:
        return (offset if self._back is None else bisect_left(self._back, offset)) + 1

    # -- how it works --------------------------------------------------------------------------

    def _may_hold(self, term: Term) -> bool:
        """Tell quickly whether a term may stand in the text at all."""
        match term:
            case Word():
                return any(f" {start}" in self.key for start in _forms(term).beginnings)
            case Phrase():
                return all(self._may_hold(word) for word in term.words)
            case Near():
                return all(self._may_hold(part) for part in term.parts)

    def _words(self, word: Word) -> Iterator[Place]:
        forms = _forms(word)
        found = (self._beginning_so(start, forms) for start in forms.beginnings)
        if len(forms.beginnings) == 1:
            yield from next(found)
        else:
            yield from sorted({place for places in found for place in places})

    def _beginning_so(self, beginning: str, forms: WordForms) -> Iterator[Place]:
        key = self.key
        wanted = f" {beginning}"
        at = key.find(wanted)
        while at >= 0:
            end = key.index(" ", at + 1)
            if forms.fits(key[at + 1 : end]):
                yield at + 1, end
            at = key.find(wanted, end)

    def _phrases(self, phrase: Phrase) -> Iterator[Place]:
        first, *rest = phrase.words
        others = [_forms(word) for word in rest]
        if not all(self._may_hold(word) for word in rest):
            return
        for start, end in self._words(first):
            limit, last = self._end_of_turn(start), end
            for forms in others:
                following = self._word_after(last, limit)
                if following is None or not forms.fits(self.key[slice(*following)]):
                    break
                last = following[1]
            else:
                yield start, last

    def _word_after(self, place: int, limit: int) -> Place | None:
        """Return the word behind a place, if it begins before a limit."""
        key = self.key
        while place < limit and key[place] == " ":
            place += 1
        return (place, key.index(" ", place)) if place < limit else None

    def _end_of_turn(self, place: int) -> int:
        number = bisect_right(self._starts, place)
        return self._starts[number] if number < len(self._starts) else len(self.key)

    def _near(self, near: Near) -> set[Place]:
        """Return the stretches from the first to the last of words that are near each other."""
        first, *rest = near.parts
        chains: list[tuple[Place, ...]] = [(place,) for place in self.places(first)]
        for part, gap in zip(rest, near.gaps, strict=True):
            places = self.places(part)
            starts = [start for start, _end in places]
            chains = [
                (*chain, other)
                for chain in chains
                for other in self._around(chain[-1], places, starts, gap)
                if all(other[1] <= one[0] or one[1] <= other[0] for one in chain)
            ]
        return {(min(chain)[0], max(end for _start, end in chain)) for chain in chains}

    def _around(
        self, place: Place, others: Sequence[Place], starts: Sequence[int], most: int
    ) -> Iterator[Place]:
        """Yield the places of the same turn with few enough words between."""
        turn = self.turn_of(place)
        after = bisect_left(starts, place[1])
        for other in others[after:]:
            if self.turn_of(other) != turn or self._between(place[1], other[0]) > most:
                break
            yield other
        for number in range(bisect_left(starts, place[0]) - 1, -1, -1):
            other = others[number]
            if self.turn_of(other) != turn or self._between(other[1], place[0]) > most:
                break
            yield other

    def _between(self, start: int, end: int) -> int:
        return len(self.key[start:end].split())


def _forms(word: Word) -> WordForms:
    if word.prefix:
        return WordForms((word.key,), lambda said: said.startswith(word.key))
    return WordForms((word.key,), word.key.__eq__) if word.exact else forms_of(word.key)


def fold_seen(text: str) -> tuple[str, array[int] | None]:
    """Return the folded text without what searches pass over, and the way back where lengths differ."""
    key = fold(text)
    unseen = has_unseen(key)
    if not unseen and folds_evenly(text, key):
        return key, None
    key, back = fold_positions(text)
    if not unseen:
        return key, back
    kept = [place for place, sign in enumerate(key) if not is_unseen(sign)]
    return "".join(key[place] for place in kept), array(
        "L", [*(back[place] for place in kept), back[len(key)]]
    )


def _apart(places: Iterable[Place]) -> list[Place]:
    """Return places that do not overlap, in order; of those that do, the shorter ones."""
    ordered = sorted(places)
    if all(one[1] <= two[0] for one, two in pairwise(ordered)):
        return ordered
    kept: list[Place] = []
    for place in sorted(ordered, key=lambda place: (place[1] - place[0], place)):
        number = bisect_left(kept, place)
        clear_before = number == 0 or kept[number - 1][1] <= place[0]
        clear_after = number == len(kept) or place[1] <= kept[number][0]
        if clear_before and clear_after:
            kept.insert(number, place)
    return kept
