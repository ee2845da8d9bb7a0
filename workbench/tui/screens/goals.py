"""The goals of the study: a number to reach and a date, or it is a wish."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.labels import GOAL_CATEGORIES, choices, label
from workbench.tui.project_screen import decimal_point, number_text
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from workbench.models.views import GoalView


class GoalsScreen(RecordListScreen):
    """One line a goal with baseline, latest reading and target."""

    NAME = "goals"
    HELP = N_("What the company wants to reach. A goal has a metric, a number and a date.")
    COMMANDS = (
        Command("goals.add", "a", N_("Add"), N_("Set a goal."), verb="goal.add"),
        Command("goals.remove", "delete", N_("Remove"), N_("Remove the goal."), verb="goal.remove"),
        Command("goals.metrics", "m", N_("Measured values"), N_("See and add measured values.")),
    )
    COLUMNS = (
        Column(N_("Goal")),
        Column(N_("Metric")),
        Column(N_("Kind"), width=21, least=120),
        Column(N_("Was"), width=7, align="right"),
        Column(N_("Is"), width=7, align="right"),
        Column(N_("Target"), width=7, align="right"),
        Column(N_("By"), width=10, align="right"),
    )
    EMPTY = N_("Here the goals will stand. Press a to set one: a metric, a number and a date.")

    def rows(self) -> list[Row]:
        """Return the goals."""
        return [_row(goal) for goal in self.project.plan.goals()]

    def action_add(self) -> None:
        """Ask for a goal."""
        from workbench.models.drafts import GoalDraft

        def save(values: dict[str, Any]) -> None:
            for name in ("baseline", "target"):
                values[name] = decimal_point(values[name])
            self.project.plan.add_goal(GoalDraft.model_validate(values))

        fields = [
            Field(
                "name", N_("Goal"), required=True, help=N_("Such as: recommended by more people.")
            ),
            Field(
                "metric", N_("Metric"), required=True, help=N_("Such as NPS, CSAT, visit score.")
            ),
            Field("unit", N_("Unit"), help=N_("Such as points, %.")),
            Field(
                "category", N_("Good for"), "choice", "loyalty", choices=choices(GOAL_CATEGORIES)
            ),
            Field("baseline", N_("Now")),
            Field("target", N_("Target"), required=True),
            Field("due", N_("By"), "date", required=True),
        ]
        self.ask(_("New goal"), fields, save)

    def action_remove(self) -> None:
        """Remove the goal under the cursor."""
        row = self.table.current
        if row is not None:
            question = _("Remove the goal “{name}”?").format(name=row.cells[0])
            self.confirm(question, partial(self.project.plan.remove_goal, str(row.key)))

    def action_metrics(self) -> None:
        """Go to the measured values."""
        self.workbench.open_screen("metrics")


def _row(goal: GoalView) -> Row:
    unit = f", {goal.unit}" if goal.unit else ""
    return Row(
        goal.id,
        (
            goal.name,
            goal.metric + unit,
            label(GOAL_CATEGORIES, goal.category),
            number_text(goal.baseline),
            number_text(goal.latest),
            number_text(goal.target),
            goal.due.isoformat(),
        ),
    )
