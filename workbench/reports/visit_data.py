"""What mystery shopping gives a report: raw scores and comments without formatting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.models.kinds import LocationOwner


@dataclass(frozen=True, kw_only=True)
class Count:
    """So many of so many: persons, reviews or visits, never utterances."""

    n: int
    of: int


@dataclass(frozen=True, kw_only=True)
class WaveScore:
    """A score in one wave; ``score`` is 0 to 100, or ``None`` when nothing could be scored."""

    wave: int
    n: int
    score: Decimal | None


@dataclass(frozen=True, kw_only=True)
class BranchScore:
    """A branch in the league table: ``waves`` oldest first, the last one is reported.

    ``delta`` is the change to the wave before in percentage points; ``failed_criticals`` are the
    texts of the critical questions failed in the last wave.
    """

    name: str
    region: str = ""
    owner: LocationOwner = LocationOwner.OWN
    waves: tuple[WaveScore, ...] = ()
    delta: Decimal | None = None
    failed_criticals: tuple[str, ...] = ()
    worst_section: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionScore:
    """A section's score by branch in the last wave; branches by name."""

    section: str
    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Rollup:
    """A region's score per wave; with an empty name, the whole network's."""

    name: str
    waves: tuple[WaveScore, ...] = ()
    delta: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class MissedStandard:
    """A question often answered below the standard: failed visits of visits where it applied."""

    question: str
    section: str = ""
    failed: Count = Count(n=0, of=0)
    critical: bool = False


@dataclass(frozen=True, kw_only=True)
class VisitComment:
    """What a shopper wrote about one visit."""

    branch: str
    text: str
    date: dt.date | None = None
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Results of mystery shopping."""

    branches: tuple[BranchScore, ...] = ()
    sections: tuple[SectionScore, ...] = ()
    regions: tuple[Rollup, ...] = ()
    network: Rollup | None = None
    missed: tuple[MissedStandard, ...] = ()
    comments: tuple[VisitComment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChecklistQuestion:
    """A question of the checklist; ``kind`` is its type's stable name, such as ``yes_no``."""

    number: str
    text: str
    kind: str
    weight: Decimal | None = None
    critical: bool = False
    bonus: bool = False
    scored: bool = True


@dataclass(frozen=True, kw_only=True)
class ChecklistSection:
    """A section of the checklist."""

    title: str
    weight: Decimal | None = None
    questions: tuple[ChecklistQuestion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The checklist visits were made with."""

    title: str = ""
    version: int | None = None
    sections: tuple[ChecklistSection, ...] = ()
