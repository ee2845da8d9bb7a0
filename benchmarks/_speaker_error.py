"""Diarization error rate: the share of speech that is missed, invented, or given to the wrong person.

Time is cut at every start and end of the reference and the answer. In each piece the reference may
have several speakers at once (overlap counts as often as there are speakers); a piece errs by

    max(people in the reference, people in the answer) - people that are the same in both,

weighted by its length, and the sum is divided by all speech of the reference. The names of the
answer are matched to those of the reference in the way that errs least, found by trying all of
them. ``collar`` seconds on either side of each start and end in the reference are not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

Speech = Sequence[tuple[float, float, str]]
"""``(start, end, who)`` in seconds."""


@dataclass(frozen=True)
class SpeakerError:
    """Seconds of each kind of error, and of the speech that was judged."""

    missed: float
    invented: float
    confused: float
    speech: float

    @property
    def rate(self) -> float:
        """All errors as a share of the speech."""
        return (self.missed + self.invented + self.confused) / self.speech if self.speech else 0.0


def speaker_error(reference: Speech, answer: Speech, *, collar: float = 0.0) -> SpeakerError:
    """Compare who speaks when with what a program says."""
    pieces = [
        (length, frozenset(true), frozenset(found))
        for length, true, found in _pieces(reference, answer, collar)
    ]
    speech = sum(length * len(true) for length, true, _found in pieces)
    missed = sum(length * max(0, len(true) - len(found)) for length, true, found in pieces)
    invented = sum(length * max(0, len(found) - len(true)) for length, true, found in pieces)
    both = sum(length * min(len(true), len(found)) for length, true, found in pieces)
    return SpeakerError(missed, invented, both - _most_right(pieces), speech)


def _most_right(pieces: Sequence[tuple[float, frozenset[str], frozenset[str]]]) -> float:
    """Return the seconds that are right under the best match of names."""
    people = sorted({who for _length, true, _found in pieces for who in true})
    names = sorted({who for _length, _true, found in pieces for who in found})
    together = {
        (person, name): sum(
            length for length, true, found in pieces if person in true and name in found
        )
        for person in people
        for name in names
    }
    few, many = sorted((people, names), key=len)
    swap = len(people) > len(names)
    best = 0.0
    for chosen in permutations(many, len(few)):
        pairs = zip(chosen, few, strict=True) if swap else zip(few, chosen, strict=True)
        best = max(best, sum(together[pair] for pair in pairs))
    return best


def _pieces(
    reference: Speech, answer: Speech, collar: float
) -> list[tuple[float, set[str], set[str]]]:
    """Cut time where anything starts or ends; leave out what is not judged."""
    edges = {edge for start, end, _who in (*reference, *answer) for edge in (start, end)}
    borders = [edge for start, end, _who in reference for edge in (start, end)]
    if collar:
        edges |= {border + side for border in borders for side in (-collar, collar)}
    ordered = sorted(edges)
    found = []
    for start, end in pairwise(ordered):
        middle = (start + end) / 2
        if collar and any(abs(middle - border) < collar for border in borders):
            continue
        true = {who for first, last, who in reference if first <= middle < last}
        said = {who for first, last, who in answer if first <= middle < last}
        if true or said:
            found.append((end - start, true, said))
    return found
