"""Counting evidence by persons, visits and reviews, never by utterances: "7 of 12 people"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.i18n import ngettext

UNITS: Final[Mapping[str, str]] = {
    "interview": "persons",
    "focus_group": "persons",
    "survey": "persons",
    "visit_comment": "visits",
    "review": "reviews",
    "field_note": "documents",
    "document": "documents",
}
"""What is counted in each kind of source."""

FEW: Final = 5
"""Below this many a percentage says nothing, and a band is shown as "few data"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source that speaks of something, or that could have.

    Attributes:
        source: the source's id.
        kind: the kind of the source.
        person: who speaks, if known; two interviews with one person count once.
        visit: the visit a comment belongs to.
        segment: the group the person, visit or review belongs to, for tables by segment.
        stance: ``supports`` or ``contradicts``.
    """

    source: str
    kind: str
    person: str | None = None
    visit: str | None = None
    segment: str | None = None
    stance: str = "supports"

    @property
    def unit(self) -> str:
        """What this evidence counts as: persons, visits, reviews or documents."""
        return UNITS.get(self.kind, "documents")

    @property
    def unit_id(self) -> tuple[str, str]:
        """The one person, visit or review behind this evidence."""
        known = {"persons": self.person, "visits": self.visit}.get(self.unit)
        return self.unit, known or f"source:{self.source}"


@dataclass(frozen=True, slots=True)
class Count:
    """``n`` of ``total`` units; ``total`` is never below ``n``."""

    n: int
    total: int
    unit: str = "persons"

    @property
    def few(self) -> bool:
        """Whether a percentage would pretend to know more than it does."""
        return self.total < FEW

    def show(self) -> str:
        """Return "7 of 12 people" in the language in force."""
        sentence = {
            "persons": ngettext("{n} of {total} person", "{n} of {total} people", self.total),
            "visits": ngettext("{n} of {total} visit", "{n} of {total} visits", self.total),
            "reviews": ngettext("{n} of {total} review", "{n} of {total} reviews", self.total),
        }.get(self.unit) or ngettext("{n} of {total} source", "{n} of {total} sources", self.total)
        return sentence.format(n=self.n, total=self.total)


def count_units(found: Iterable[Evidence], exposed: Iterable[Evidence]) -> tuple[Count, ...]:
    """Return per unit how many of those exposed speak of it, persons first.

    ``exposed`` is everybody who could have met it (say, everyone at that touchpoint); who is found
    counts as exposed as well. Evidence that contradicts is not counted as having met it.
    """
    hits = {e.unit_id for e in found if e.stance != "contradicts"}
    everyone = {e.unit_id for e in exposed} | hits
    units = dict.fromkeys(UNITS.values())
    return tuple(
        Count(
            sum(unit == unit_of for unit_of, _id in hits),
            sum(unit == unit_of for unit_of, _id in everyone),
            unit,
        )
        for unit in units
        if any(unit == unit_of for unit_of, _id in everyone)
    )


def total_count(found: Iterable[Evidence], exposed: Iterable[Evidence]) -> Count:
    """Return the count over all units together, named after the unit when there is only one."""
    counts = count_units(found, exposed)
    unit = counts[0].unit if len(counts) == 1 else "sources"
    return Count(sum(c.n for c in counts), sum(c.total for c in counts), unit)


def by_segment(
    found: Iterable[Evidence], exposed: Iterable[Evidence]
) -> dict[str | None, tuple[Count, ...]]:
    """Return the counts of each segment, in the order in which segments appear."""
    found, exposed = tuple(found), tuple(exposed)
    segments = dict.fromkeys(e.segment for e in (*exposed, *found))
    return {
        segment: count_units(
            (e for e in found if e.segment == segment),
            (e for e in exposed if e.segment == segment),
        )
        for segment in segments
    }


def contradicting(found: Iterable[Evidence]) -> int:
    """Count the persons, visits and reviews that speak against it."""
    return len({e.unit_id for e in found if e.stance == "contradicts"})
