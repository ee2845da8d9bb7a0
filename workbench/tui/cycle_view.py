"""The project's overview in words: what each step of the cycle holds and needs, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.i18n import ngettext
from workbench.insight.cycle import Hint, hint_sentence, step_title
from workbench.tui.widgets.cycle import CycleStep, Entry

if TYPE_CHECKING:
    from workbench.models.views import StepView

_COUNT_TARGETS = {
    "goals": "goals",
    "sources": "interviews",
    "visits": "shopping",
    "quotes": "coding",
    "barriers": "barriers",
    "recommendations": "recommendations",
    "waves": "waves",
    "metrics_latest": "metrics",
}
"""Counts that are shown, and the screen each opens; what is missing is said by the hints."""

_HINT_TARGETS = {
    "goals-none": "goals",
    "goals-unmeasurable": "goals",
    "data-none": "interviews",
    "sources-waiting": "interviews",
    "visits-open": "shopping",
    "quotes-none": "coding",
    "barriers-none": "coding",
    "sources-uncoded": "coding",
    "barriers-unsupported": "barriers",
    "recommendations-none": "recommendations",
    "barriers-unanswered": "recommendations",
    "recommendations-incomplete": "recommendations",
    "second-wave-none": "waves",
    "metrics-none": "metrics",
    "remeasuring-due": "recommendations",
}


def cycle_steps(steps: tuple[StepView, ...]) -> tuple[CycleStep, ...]:
    """Return the steps as the cycle shows them; a count of nought is left out."""
    return tuple(
        CycleStep(
            step.name,
            step_title(step.name),
            step.state,
            (
                *(
                    Entry(count_text(name, n), _COUNT_TARGETS[name])
                    for name, n in step.counts.items()
                    if n and name in _COUNT_TARGETS
                ),
                *(
                    Entry(
                        hint_sentence(Hint(code, n)).rstrip("."),
                        _HINT_TARGETS.get(code, "project"),
                        is_hint=True,
                    )
                    for code, n in step.hints
                ),
            ),
        )
        for step in steps
    )


def count_text(name: str, n: int) -> str:
    """Say a count in words."""
    sentence = {
        "goals": ngettext("{n} goal", "{n} goals", n),
        "sources": ngettext("{n} source", "{n} sources", n),
        "visits": ngettext("{n} visit", "{n} visits", n),
        "quotes": ngettext("{n} quote", "{n} quotes", n),
        "barriers": ngettext("{n} barrier", "{n} barriers", n),
        "recommendations": ngettext("{n} recommendation", "{n} recommendations", n),
        "waves": ngettext("{n} wave", "{n} waves", n),
        "metrics_latest": ngettext("{n} reading", "{n} readings", n),
    }[name]
    return sentence.format(n=n)
