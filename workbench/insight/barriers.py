"""How much a barrier matters: frequency, band, priority and confidence.

Severity 1–5 is the analyst's, with a reason. Frequency is affected / observed (MeasuringU, "rating
the severity of usability problems"); severity × frequency band is the plain matrix of 1–25 that
facility and UX practice use (gfacility "pain points", Nielsen Norman Group). Bands: 1 below 10 %,
2 up to 24 %, 3 up to 49 %, 4 up to 74 %, 5 from 75 %. Priority ≥ 15 high, 8–14 medium, below low.
Confidence is the number of independent kinds of evidence; it is shown, never multiplied in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_high
from typing import Final

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.insight.counting import FEW, Evidence, total_count

DEFAULT_BANDS: Final = tuple(Fraction(limit, 100) for limit in (10, 25, 50, 75))
"""Where bands 2, 3, 4 and 5 begin."""

HIGH, MEDIUM = 15, 8
MOST_STARS: Final = 3

_INDEPENDENT: Final = {
    "interview": "interview",
    "visit_comment": "visit",
    "review": "review",
    "survey": "survey",
    "focus_group": "focus_group",
}


@dataclass(frozen=True, slots=True)
class Frequency:
    """``n`` of ``total`` met the barrier; ``band`` is 0 when nobody could have."""

    n: int
    total: int
    band: int
    unit: str = "persons"

    @property
    def share(self) -> Fraction | None:
        """Affected of observed."""
        return Fraction(self.n, self.total) if self.total else None

    @property
    def few(self) -> bool:
        """Whether the band rests on so little that it is shown as "few data"."""
        return self.total < FEW


@dataclass(frozen=True, slots=True)
class Priority:
    """Severity × band, its level, and how independent the evidence is."""

    value: int
    level: str
    severity: int
    frequency: Frequency
    confidence: int

    @property
    def stars(self) -> str:
        """``★`` to ``★★★``; empty when nothing independent supports it."""
        return "★" * min(self.confidence, MOST_STARS)


def band(n: int, total: int, *, bands: Sequence[Fraction] = DEFAULT_BANDS) -> int:
    """Return the frequency band 1–5 of n of total; 0 when there was nobody to ask."""
    if not 0 <= n <= total:
        raise InputError(
            "frequency-impossible",
            N_("{n} of {total} is not a frequency."),
            N_("Count only those who could have met the barrier."),
            n=n,
            total=total,
        )
    if total == 0:
        return 0
    return 1 + sum(Fraction(n, total) >= limit for limit in bands)


def level(value: int) -> str:
    """Return ``high``, ``medium`` or ``low`` for a priority of 1–25."""
    return "high" if value >= HIGH else "medium" if value >= MEDIUM else "low"


def confidence(found: Iterable[Evidence]) -> int:
    """Count the independent kinds of evidence that support it: interviews, visits, reviews and so on."""
    kinds = {_INDEPENDENT.get(e.kind) for e in found if e.stance != "contradicts"}
    return len(kinds - {None})


def prioritise(
    severity: int,
    found: Iterable[Evidence],
    exposed: Iterable[Evidence],
    *,
    bands: Sequence[Fraction] = DEFAULT_BANDS,
) -> Priority:
    """Return the priority of a barrier from its severity and its evidence."""
    if severity not in range(1, 6):
        raise InputError(
            "severity-impossible",
            N_("“{severity}” is not a severity."),
            N_("Give a whole number from 1 (nuisance) to 5 (the customer leaves)."),
            severity=severity,
        )
    found = tuple(found)
    count = total_count(found, exposed)
    frequency = Frequency(count.n, count.total, band(count.n, count.total, bands=bands), count.unit)
    value = severity * frequency.band
    return Priority(value, level(value), severity, frequency, confidence(found))


def suggested_severity(severities: Sequence[int]) -> int | None:
    """Return the median of the severities given on evidence, the graver one of two middles."""
    return median_high(severities) if severities else None


def is_quick_win(effort: str, impact: int | None) -> bool:
    """Tell whether a recommendation is little work (S) with much effect (4 or 5)."""
    return effort == "S" and (impact or 0) >= 4  # noqa: PLR2004 - "much" on a scale of five
