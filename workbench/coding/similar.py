"""Which passages resemble those that have a code: by the words they share, the rarer the weightier.

Plain tf-idf and cosine (Salton and Buckley, 1988, "Term-weighting approaches in automatic text
retrieval"): nothing is learnt, and each suggestion can say which words made it. A passage shorter
than most counts as if it were of middle length, so that a single word does not come first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LEAST = 0.05
"""Passages less alike are not worth a look."""
_WORDS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A passage by its number, how alike it is (0-1), and the terms that make it so, weightiest first."""

    passage: int
    score: float
    terms: tuple[int, ...]


class Passages:
    """Passages as numbers of terms, weighed once for many comparisons."""

    def __init__(self, terms: NDArray[np.uint32], begins: NDArray[np.int64]) -> None:
        """Weigh the terms.

        Args:
            terms: those of all passages, one passage after another.
            begins: where each passage begins in them; none may be empty.
        """
        self.size = len(begins)
        self._vocabulary = int(terms.max()) + 1 if len(terms) else 0
        lengths = np.diff(np.append(begins, len(terms)))
        keys = np.repeat(np.arange(self.size, dtype=np.int64), lengths) * max(1, self._vocabulary)
        pairs, counts = np.unique(keys + terms, return_counts=True)
        self._passage, self._term = np.divmod(pairs, max(1, self._vocabulary))
        often = np.bincount(self._term, minlength=self._vocabulary)
        self._rarity = np.log((1 + self.size) / (1 + often))
        self._weight = (1 + np.log(counts)) * self._rarity[self._term]
        lengths_of = np.sqrt(np.bincount(self._passage, self._weight**2, minlength=self.size))
        middle = float(np.median(lengths_of)) if self.size else 0.0
        self._length = np.maximum(np.maximum(lengths_of, middle), 1e-9)

    def like(
        self, examples: Sequence[Sequence[int]], *, without: Collection[int] = (), limit: int = 100
    ) -> list[Match]:
        """Return the passages most like the examples, the most alike first.

        Args:
            examples: the terms of each example; a term that no passage has is passed over.
            without: passages that are not wanted.
            limit: how many at most.
        """
        wanted = self._middle_of(examples)
        shared = self._weight * wanted[self._term]
        scores = np.bincount(self._passage, shared, minlength=self.size) / self._length
        scores[list(without)] = 0
        best = np.argsort(-scores, kind="stable")[:limit]
        return [
            Match(int(number), min(1.0, float(scores[number])), self._why(int(number), shared))
            for number in best
            if scores[number] >= _LEAST
        ]

    def _middle_of(self, examples: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Return the mean direction of the examples; each counts the same, however long it is."""
        total = np.zeros(self._vocabulary)
        for example in examples:
            known = np.array([term for term in example if term < self._vocabulary], dtype=np.int64)
            if not len(known):
                continue
            terms, counts = np.unique(known, return_counts=True)
            weights = (1 + np.log(counts)) * self._rarity[terms]
            total[terms] += weights / max(float(np.linalg.norm(weights)), 1e-9)
        return total / max(float(np.linalg.norm(total)), 1e-9)

    def _why(self, number: int, shared: NDArray[np.float64]) -> tuple[int, ...]:
        first, last = np.searchsorted(self._passage, [number, number + 1])
        order = np.argsort(-shared[first:last], kind="stable")[:_WORDS_SHOWN]
        return tuple(int(self._term[first + place]) for place in order if shared[first + place] > 0)
