"""The spine of a project, goals → data → analysis → decisions → monitoring: how far each step is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.i18n import _, ngettext

STEPS: Final = ("goals", "data", "analysis", "decisions", "monitoring")


@dataclass(frozen=True, slots=True)
class CycleCounts:
    """What a project holds; the part that is not yet as it should be has a count of its own.

    Attributes:
        goals: goals set.
        goals_unmeasurable: of them without a number or a date.
        sources: sources there are.
        sources_waiting: of them not yet readable text: recorded, queued, failed.
        visits: mystery visits there are.
        visits_open: of them not yet submitted.
        sources_uncoded: readable sources without a single coding.
        quotes: quotes with at least one code.
        barriers: barriers found.
        barriers_unsupported: barriers without any evidence.
        barriers_unanswered: barriers no recommendation answers.
        recommendations: recommendations made.
        recommendations_incomplete: of them without an owner or a date.
        waves: waves with collected data.
        metrics_latest: metric readings in the latest wave.
        remeasured: recommendations whose effect was measured again.
        due_for_remeasuring: done, but not measured again.
    """

    goals: int = 0
    goals_unmeasurable: int = 0
    sources: int = 0
    sources_waiting: int = 0
    visits: int = 0
    visits_open: int = 0
    sources_uncoded: int = 0
    quotes: int = 0
    barriers: int = 0
    barriers_unsupported: int = 0
    barriers_unanswered: int = 0
    recommendations: int = 0
    recommendations_incomplete: int = 0
    waves: int = 0
    metrics_latest: int = 0
    remeasured: int = 0
    due_for_remeasuring: int = 0


@dataclass(frozen=True, slots=True)
class Hint:
    """What a step still needs: a stable code and how many."""

    code: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the cycle.

    Attributes:
        name: one of ``STEPS``.
        state: ``empty``, ``attention`` (something is missing) or ``done``.
        hints: what is missing, the most important first.
    """

    name: str
    state: str
    hints: tuple[Hint, ...]

    @property
    def mark(self) -> str:
        """``✓`` done, ``!`` attention, a space while empty."""
        return {"done": "✓", "attention": "!"}.get(self.state, " ")


def steps(counts: CycleCounts) -> tuple[Step, ...]:
    """Return the five steps with their states and what each still needs."""
    hints = tuple(_hints(counts))
    begun = {
        "goals": counts.goals > 0,
        "data": counts.sources + counts.visits > 0,
        "analysis": counts.quotes + counts.barriers > 0,
        "decisions": counts.recommendations > 0,
        "monitoring": counts.waves > 1 or counts.remeasured > 0,
    }
    found = []
    for name in STEPS:
        own = tuple(hint for step, hint in hints if step == name)
        state = "empty" if not begun[name] else "attention" if own else "done"
        found.append(Step(name, state, own))
    return tuple(found)


def next_step(counts: CycleCounts) -> str:
    """Return the first step that is not done: where to go on; after all five, goals again."""
    return next((step.name for step in steps(counts) if step.state != "done"), "goals")


def _hints(counts: CycleCounts) -> Iterator[tuple[str, Hint]]:
    """Yield each step's hints; a step that is empty says only how it begins."""
    rules = (
        ("goals", "goals-none", not counts.goals),
        ("goals", "goals-unmeasurable", counts.goals_unmeasurable),
        ("data", "data-none", not counts.sources and not counts.visits),
        ("data", "sources-waiting", counts.sources_waiting),
        ("data", "visits-open", counts.visits_open),
        ("analysis", "quotes-none", not counts.quotes),
        ("analysis", "barriers-none", bool(counts.quotes) and not counts.barriers),
        ("analysis", "sources-uncoded", counts.sources_uncoded if counts.quotes else 0),
        ("analysis", "barriers-unsupported", counts.barriers_unsupported),
        ("decisions", "recommendations-none", not counts.recommendations),
        (
            "decisions",
            "barriers-unanswered",
            counts.barriers_unanswered if counts.recommendations else 0,
        ),
        ("decisions", "recommendations-incomplete", counts.recommendations_incomplete),
        ("monitoring", "second-wave-none", counts.waves <= 1 and not counts.remeasured),
        ("monitoring", "metrics-none", counts.waves > 1 and not counts.metrics_latest),
        ("monitoring", "remeasuring-due", counts.due_for_remeasuring),
    )
    for step, code, missing in rules:
        if missing:
            yield step, Hint(code, 0 if isinstance(missing, bool) else missing)


def step_title(name: str) -> str:
    """Return the name of a step in the language in force."""
    return {
        "goals": _("Goals"),
        "data": _("Data"),
        "analysis": _("Analysis"),
        "decisions": _("Decisions"),
        "monitoring": _("Monitoring"),
    }[name]


def hint_sentence(hint: Hint) -> str:
    """Say in the language in force what a hint means."""
    n = hint.count
    sentence = {
        "goals-none": _("Set a goal with a number and a date."),
        "goals-unmeasurable": ngettext(
            "{n} goal has no number or no date.", "{n} goals have no number or no date.", n
        ),
        "data-none": _("Add an interview, reviews or a visit."),
        "sources-waiting": ngettext(
            "{n} source is not transcribed yet.", "{n} sources are not transcribed yet.", n
        ),
        "visits-open": ngettext("{n} visit is not filled in.", "{n} visits are not filled in.", n),
        "quotes-none": _("Code the first quote."),
        "barriers-none": _("Name the first barrier."),
        "sources-uncoded": ngettext("{n} source is uncoded.", "{n} sources are uncoded.", n),
        "barriers-unsupported": ngettext(
            "{n} barrier has no evidence.", "{n} barriers have no evidence.", n
        ),
        "recommendations-none": _("Write the first recommendation."),
        "barriers-unanswered": ngettext(
            "{n} barrier is unanswered.", "{n} barriers are unanswered.", n
        ),
        "recommendations-incomplete": ngettext(
            "{n} recommendation has no owner or no date.",
            "{n} recommendations have no owner or no date.",
            n,
        ),
        "second-wave-none": _("Measure again in a second wave."),
        "metrics-none": _("The latest wave has no metric readings."),
        "remeasuring-due": ngettext(
            "{n} finished recommendation was not measured again.",
            "{n} finished recommendations were not measured again.",
            n,
        ),
    }[hint.code]
    return sentence.format(n=n)
