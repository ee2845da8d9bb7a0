"""Measured values: readings of metrics, by wave and segment."""

from __future__ import annotations

from typing import Any

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.project_screen import decimal_point, filled, number_text
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row


class MetricsScreen(RecordListScreen):
    """The metrics of the goals with baseline, latest value and target."""

    NAME = "metrics"
    HELP = N_(
        "Metrics of the goals with their latest measured value. A new reading is added with a."
    )
    COMMANDS = (
        Command(
            "metrics.add", "a", N_("Add reading"), N_("Add a measured value."), verb="reading.add"
        ),
    )
    COLUMNS = (
        Column(N_("Metric"), cut="middle"),
        Column(N_("Was"), width=10, align="right"),
        Column(N_("Is"), width=10, align="right"),
        Column(N_("Target"), width=10, align="right"),
    )
    EMPTY = N_("Metrics come with goals; a measured value can be added at any time with a.")

    def rows(self) -> list[Row]:
        """Return the metrics of the goals."""
        return [
            Row(
                goal.metric,
                (
                    ", ".join(filter(None, (goal.metric, goal.unit))),
                    number_text(goal.baseline),
                    number_text(goal.latest),
                    number_text(goal.target),
                ),
            )
            for goal in self.project.plan.goals()
        ]

    def action_add(self) -> None:
        """Ask for a measured value."""
        from workbench.models.drafts import ReadingDraft

        waves = self.project.plan.waves()

        def save(values: dict[str, Any]) -> None:
            values["value"] = decimal_point(values["value"])
            for name in ("unit", "segment"):
                values[name] = values[name] or ""
            self.project.plan.add_reading(ReadingDraft.model_validate(values))

        fields = [
            Field("metric", N_("Metric"), value=self.current or "", required=True),
            Field("value", N_("Value"), required=True),
            Field("unit", N_("Unit")),
            Field("n", N_("Answers"), "int", help=N_("How many people or visits it rests on.")),
            Field("measured_on", N_("Measured on"), "date"),
            Field("segment", N_("Segment"), help=N_("Empty means everybody.")),
            Field(
                "wave",
                N_("Wave"),
                "choice",
                waves[-1].ordinal if waves else None,
                choices=((None, N_("no wave")), *((w.ordinal, w.title) for w in waves)),
            ),
        ]
        self.ask(_("New reading"), fields, lambda values: save(filled(values)))
