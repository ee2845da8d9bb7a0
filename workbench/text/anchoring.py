"""Keeping spans of a text, such as quotes, on their words while it is edited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from workbench.text.fold import fold
from workbench.text.spans import Span
from workbench.text.splices import Splice, common_ends
from workbench.text.turns import words

_LETTER = re.compile(r"[^\W_]")
_LOOSE = " \n,.;:!?…"  # what a quote does not begin with once its first words are gone
_OPENING, _CLOSING = tuple("«„“\"'([{"), tuple("»“”\"')]}")
_MOST_PAIRS = 40_000  # words compared with words; larger stretches are matched by place
_GAP = 0.6  # the cost of a word without a partner; two unlike words cost 1
_FURTHEST = 4_000  # codepoints a change may be moved along equal text


class Anchors:
    """Where spans of a text lie after changes.

    A span whose words are untouched keeps exactly these words. A change inside a span makes it longer
    or shorter. Of a change across its border a span keeps the words that survive, and takes the new
    ones when the stretch that was replaced lay mostly inside. What is put in right before or behind a
    span does not belong to it.
    """

    def __init__(self, splices: Iterable[Splice]) -> None:
        """Take changes that do not overlap."""
        self._splices = sorted(splices)
        self._starts = [splice.start for splice in self._splices]
        self._ends = [splice.end for splice in self._splices]
        self._moved = list(accumulate((s.delta for s in self._splices), initial=0))

    def touches(self, span: Span) -> bool:
        """Tell whether a change lies within a span or reaches into it."""
        place = bisect_right(self._ends, span.start)
        return place < len(self._splices) and self._starts[place] < span.end

    def moved(self, span: Span) -> Span:
        """Return the span after the changes; an empty one when none of its words is left."""
        start, end = self._start(span), self._end(span)
        return Span(start, max(start, end))

    def anchor(self, span: Span, old: str, new: str) -> Span | None:
        """Return the span after the changes without loose space, or None when it has lost its words."""
        moved = self.moved(span)
        if not self.touches(span):
            return moved
        words_before = span.of(old)
        start, end = moved.start, moved.end
        loose = "".join(sign for sign in _LOOSE if sign != words_before[:1])
        while start < end and (new[start].isspace() or new[start] in loose):
            start += 1
        while end > start and new[end - 1].isspace():
            end -= 1
        left = new[start:end]
        if not left or (_LETTER.search(words_before) and not _LETTER.search(left)):
            return None
        return Span(start, end)

    def _start(self, span: Span) -> int:
        place = bisect_right(self._ends, span.start)
        position = span.start + self._moved[place]
        splice = self._around(place, span.start)
        if splice is None:
            return position
        before = splice.start + self._moved[place]
        inside = min(splice.end, span.end) - span.start
        return before if _mostly(inside, splice) else before + len(splice.text)

    def _end(self, span: Span) -> int:
        place = bisect_right(self._ends, span.end)
        while place and self._starts[place - 1] == span.end == self._ends[place - 1]:
            place -= 1  # put in right behind the span
        splice = self._around(place, span.end)
        if splice is None:
            return span.end + self._moved[place]
        before = splice.start + self._moved[place]
        inside = span.end - max(splice.start, span.start)
        return before + len(splice.text) if _mostly(inside, splice) else before

    def _around(self, place: int, offset: int) -> Splice | None:
        """Return the change that an offset lies strictly inside of."""
        if place < len(self._splices) and self._starts[place] < offset < self._ends[place]:
            return self._splices[place]
        return None


def _mostly(inside: int, splice: Splice) -> bool:
    return 2 * inside >= splice.end - splice.start


def word_splices(old: str, new: str, *, keep: Sequence[Span] = ()) -> tuple[Splice, ...]:
    """Return the changes, word by word, that lead from one text to another.

    Where words are repeated, it cannot be seen which of them was cut out or put in: then it is one that
    leaves the spans in ``keep`` untouched.
    """
    if old == new:
        return ()
    before, after = _tokens(old), _tokens(new)
    head, tail = common_ends([span.of(old) for span in before], [span.of(new) for span in after])
    start = before[head - 1].end if head else 0
    other_start = after[head - 1].end if head else 0
    end = before[len(before) - tail].start if tail else len(old)
    other_end = after[len(after) - tail].start if tail else len(new)
    if start == end or other_start == other_end:
        found = [Splice(start, end, new[other_start:other_end])]
    else:
        changes = _embraced(_between(old[start:end], new[other_start:other_end]))
        found = [change.shifted(start) for change in changes]
    return tuple(_settled(found, old, keep))


def _tokens(text: str) -> list[Span]:
    """Cut a text into its words and single signs between them."""
    found: list[Span] = []
    done = 0
    for word in words(text):
        found += (Span(place, place + 1) for place in range(done, word.start))
        found.append(word)
        done = word.end
    found += (Span(place, place + 1) for place in range(done, len(text)))
    return found


def _between(old: str, new: str) -> Iterator[Splice]:
    """Yield the changes of a stretch that begins and ends differently."""
    before, after = words(old), words(new)
    done = other_done = 0
    for place, other in _pairs([w.of(old) for w in before], [w.of(new) for w in after]):
        word, other_word = before[place], after[other]
        yield from _gap(old[done : word.start], new[other_done : other_word.start], done)
        if word.of(old) != other_word.of(new):
            yield Splice(word.start, word.end, other_word.of(new))
        done, other_done = word.end, other_word.end
    yield from _gap(old[done:], new[other_done:], done)


def _embraced(splices: Iterable[Splice]) -> Iterator[Splice]:
    """Take quotation marks and brackets that are put around a new word as a part of it."""
    held: Splice | None = None
    for splice in splices:
        if held is not None and held.end == splice.start and _embraces(held, splice):
            held = Splice(held.start, splice.end, held.text + splice.text)
            continue
        if held is not None:
            yield held
        held = splice
    if held is not None:
        yield held


def _embraces(first: Splice, second: Splice) -> bool:
    """Tell whether one of two neighbours only puts in marks that belong to the other's word."""
    opens = first.start == first.end and first.text in _OPENING
    closes = second.start == second.end and second.text in _CLOSING
    return opens or closes


def _gap(old: str, new: str, offset: int) -> Iterator[Splice]:
    """Yield the change of what stands between two words that have partners."""
    if old == new:
        return
    head, tail = common_ends(old, new)
    yield Splice(offset + head, offset + len(old) - tail, new[head : len(new) - tail])


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of words that say the same, then of those that most likely replace each other."""
    keys, other_keys = [fold(word) for word in old], [fold(word) for word in new]
    matcher = SequenceMatcher(None, keys, other_keys, autojunk=False)
    for tag, first, last, other_first, other_last in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(range(first, last), range(other_first, other_last), strict=True)
        elif tag == "replace":
            block = _partners(keys[first:last], other_keys[other_first:other_last])
            yield from ((first + place, other_first + other) for place, other in block)


def _partners(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Give as many words as possible a partner, in order, so that partners resemble each other."""
    rows, columns = len(old), len(new)
    if rows == columns:
        return list(zip(range(rows), range(columns), strict=True))
    if rows * columns > _MOST_PAIRS:
        few = min(rows, columns)
        return [(place * rows // few, place * columns // few) for place in range(few)]
    from rapidfuzz.distance import Indel

    cost = [[_GAP * (place + other) for other in range(columns + 1)] for place in range(rows + 1)]
    for place in range(1, rows + 1):
        above, row, word = cost[place - 1], cost[place], old[place - 1]
        for other in range(1, columns + 1):
            unlike = Indel.normalized_distance(word, new[other - 1])
            row[other] = min(above[other - 1] + unlike, above[other] + _GAP, row[other - 1] + _GAP)
    found: list[tuple[int, int]] = []
    place, other = rows, columns
    while place and other:
        if cost[place][other] == cost[place - 1][other] + _GAP:
            place -= 1
        elif cost[place][other] == cost[place][other - 1] + _GAP:
            other -= 1
        else:
            place, other = place - 1, other - 1
            found.append((place, other))
    return found[::-1]


def _settled(splices: list[Splice], old: str, keep: Sequence[Span]) -> Iterator[Splice]:
    """Move each pure cut or addition along equal text to where it disturbs least.

    That is where it touches fewest spans, and then where it lies between words and not within one's signs.
    """
    borders = {border for token in _tokens(old) for border in (token.start, token.end)}
    low = 0
    for place, splice in enumerate(splices):
        high = splices[place + 1].start if place + 1 < len(splices) else len(old)
        best, least = splice, (_disturbance(splice, keep), _cuts_chunk(splice, old))
        if any(least) and (splice.start == splice.end or not splice.text):
            for moved in _equal_places(splice, old, low, high):
                if moved.start in borders and moved.end in borders:
                    this = (_disturbance(moved, keep), _cuts_chunk(moved, old))
                    best, least = (moved, this) if this < least else (best, least)
        yield best
        low = best.end


def _cuts_chunk(splice: Splice, old: str) -> bool:
    """Tell whether a change begins or ends where no white space is."""
    return any(
        0 < edge < len(old) and not (old[edge - 1].isspace() or old[edge].isspace())
        for edge in (splice.start, splice.end)
    )


def _equal_places(splice: Splice, old: str, low: int, high: int) -> Iterator[Splice]:
    """Yield the other places at which the same cut or addition gives the same text."""
    start, end, text = splice.start, splice.end, splice.text
    low, high = max(low, start - _FURTHEST), min(high, end + _FURTHEST)
    while start > low and old[start - 1] == (text[-1] if text else old[end - 1]):
        start, end, text = start - 1, end - 1, text[-1:] + text[:-1]
        yield Splice(start, end, text)
    start, end, text = splice.start, splice.end, splice.text
    while end < high and old[end] == (text[0] if text else old[start]):
        start, end, text = start + 1, end + 1, text[1:] + text[:1]
        yield Splice(start, end, text)


def _disturbance(splice: Splice, keep: Sequence[Span]) -> int:
    """Weigh what a change does to spans: to take one away is worse than to touch many."""
    anchors = Anchors([splice])
    return sum(1 + 1_000 * (not len(anchors.moved(span))) for span in keep if anchors.touches(span))
