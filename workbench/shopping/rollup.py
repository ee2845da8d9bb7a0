"""Many visits together: means, compliance, league table, sections by location, missed standards.

A visit is one customer's experience, so a location, region or wave scores the *mean of its visits'
totals*; the pooled Σearned / Σpossible is computed beside it and both carry n. Sections with nothing
to score are left out, never counted as nought. Compliance of a standard is yes / (yes + no), with
the number of N/A beside it. One visit per location can be off by as much as 100 %, two by 50 %,
three by 33 % (Kinesis CEM, "maximum possible shop distortion", 2015): small n is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from workbench.shopping.scoring import QuestionScore, VisitScore

FEW_VISITS: Final = 3
"""A row with fewer visits is shown in grey: it ranks chance rather than service."""

_NOUGHT = Fraction(0)
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class VisitResult:
    """A scored visit: where it was, in which region, and in which wave."""

    visit: str
    location: str
    region: str
    wave: int
    score: VisitScore


@dataclass(frozen=True, slots=True)
class Mean:
    """A roll-up: the mean of visit totals, the pooled share, and how many visits had a score."""

    share: Fraction | None
    pooled: Fraction | None
    n: int

    @property
    def few(self) -> bool:
        """Whether there are too few visits to rank."""
        return self.n < FEW_VISITS

    @property
    def distortion(self) -> Fraction | None:
        """The largest part of the score that one odd visit can make up: 1 / n."""
        return Fraction(1, self.n) if self.n else None


def mean_of(results: Iterable[VisitResult]) -> Mean:
    """Return the mean of visit totals, leaving out visits without a score."""
    scores = [result.score for result in results if result.score.share is not None]
    shares = [score.share for score in scores if score.share is not None]
    possible = sum((score.possible for score in scores), _NOUGHT)
    earned = sum((score.earned for score in scores), _NOUGHT)
    return Mean(_mean(shares), earned / possible if possible > 0 else None, len(shares))


def means_by(
    results: Iterable[VisitResult], key: Callable[[VisitResult], _Key]
) -> dict[_Key, Mean]:
    """Return one mean per location, region, wave or whatever the key says, in order of appearance."""
    return {name: mean_of(group) for name, group in _groups(results, key).items()}


def mean_of_locations(results: Iterable[VisitResult]) -> Fraction | None:
    """Return the mean of the locations' means: for plans with unequal numbers of visits."""
    means = means_by(results, lambda result: result.location).values()
    return _mean([mean.share for mean in means if mean.share is not None])


def section_means(results: Iterable[VisitResult]) -> dict[str, tuple[Fraction | None, int]]:
    """Return each section's mean share and the number of visits where it could be scored."""
    shares: dict[str, list[Fraction]] = {}
    for result in results:
        for section in result.score.sections:
            known = shares.setdefault(section.key, [])
            if section.share is not None:
                known.append(section.share)
    return {key: (_mean(values), len(values)) for key, values in shares.items()}


def sections_by_location(
    results: Iterable[VisitResult],
) -> dict[str, dict[str, tuple[Fraction | None, int]]]:
    """Return the heat map: location → section → mean share and n."""
    groups = _groups(results, lambda result: result.location)
    return {location: section_means(group) for location, group in groups.items()}


@dataclass(frozen=True, slots=True)
class Compliance:
    """How often a standard was kept: ``met`` of ``n``; partly kept ones count by their points."""

    question: str
    share: Fraction | None
    met: int
    partly: int
    missed: int
    na: int

    @property
    def n(self) -> int:
        """Visits where the standard was observed."""
        return self.met + self.partly + self.missed


def compliance(results: Iterable[VisitResult]) -> dict[str, Compliance]:
    """Return for each standard how often it was kept: yes / (yes + no), N/A beside it."""
    found: dict[str, list[QuestionScore]] = {}
    for result in results:
        for question in result.score.questions:
            found.setdefault(question.key, []).append(question)
    return {key: _compliance(key, scores) for key, scores in found.items()}


def _compliance(key: str, scores: Sequence[QuestionScore]) -> Compliance:
    def count(outcome: str) -> int:
        return sum(score.outcome == outcome for score in scores)

    kept = [
        Fraction(1)
        if score.outcome == "met"
        else _NOUGHT
        if score.outcome == "missed"
        else score.share or _NOUGHT
        for score in scores
        if score.outcome in {"met", "partly", "missed"}
    ]
    return Compliance(key, _mean(kept), count("met"), count("partly"), count("missed"), count("na"))


def missed_standards(results: Iterable[VisitResult], *, top: int = 10) -> tuple[Compliance, ...]:
    """Return the standards kept least: lowest share first, then the more often observed."""
    weak = [item for item in compliance(results).values() if item.share is not None]
    weak = [item for item in weak if item.share is not None and item.share < 1]
    weak.sort(key=lambda item: (item.share or _NOUGHT, -item.n, item.question))
    return tuple(weak[:top])


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """One location in the league table.

    Attributes:
        rank: 1 is best; equal means share a rank; None without a score.
        delta: percentage points against the previous wave as a share; None when either wave has
            too few visits to compare.
    """

    rank: int | None
    location: str
    region: str
    mean: Mean
    delta: Fraction | None
    failed_critical: int
    worst_section: str | None


_COMPARABLE = 2  # visits in each wave, below which an arrow would show chance


def league_table(
    results: Iterable[VisitResult], *, previous: Iterable[VisitResult] = ()
) -> tuple[LeagueRow, ...]:
    """Return the locations from best to worst, each with its change since the previous wave."""
    before = means_by(previous, lambda result: result.location)
    groups = _groups(results, lambda result: result.location)
    means = {location: mean_of(group) for location, group in groups.items()}
    order = sorted(
        groups,
        key=lambda name: (means[name].share is None, -(means[name].share or _NOUGHT), name),
    )
    rows = []
    for location in order:
        share = means[location].share
        better = sum(
            m.share is not None and share is not None and m.share > share for m in means.values()
        )
        rows.append(
            LeagueRow(
                rank=None if share is None else better + 1,
                location=location,
                region=groups[location][0].region,
                mean=means[location],
                delta=_delta(means[location], before.get(location)),
                failed_critical=sum(bool(r.score.failed_critical) for r in groups[location]),
                worst_section=_worst(groups[location]),
            )
        )
    return tuple(rows)


def _delta(now: Mean, before: Mean | None) -> Fraction | None:
    if before is None or min(now.n, before.n) < _COMPARABLE:
        return None
    return None if now.share is None or before.share is None else now.share - before.share


def _worst(results: Iterable[VisitResult]) -> str | None:
    means = {key: share for key, (share, _n) in section_means(results).items() if share is not None}
    return min(means, key=lambda key: means[key], default=None)


def _groups(
    results: Iterable[VisitResult], key: Callable[[VisitResult], _Key]
) -> dict[_Key, list[VisitResult]]:
    groups: dict[_Key, list[VisitResult]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return groups


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, _NOUGHT) / len(values) if values else None
