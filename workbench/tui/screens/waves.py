"""The waves of the study: periods of collecting that are compared with each other."""

from __future__ import annotations

from typing import Any

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.project_screen import filled
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row


class WavesScreen(RecordListScreen):
    """One line a wave."""

    NAME = "waves"
    HELP = N_(
        "Periods of collecting. What is added belongs to the newest wave unless you say else."
    )
    COMMANDS = (
        Command(
            "waves.add",
            "a",
            N_("Add"),
            N_("Begin a wave; it gets the next number."),
            verb="wave.add",
        ),
    )
    COLUMNS = (
        Column("№", width=4, align="right"),
        Column(N_("Wave")),
        Column(N_("From"), width=10),
        Column(N_("To"), width=10),
    )
    EMPTY = N_("Here the waves will stand. Press a to begin the first.")

    def rows(self) -> list[Row]:
        """Return the waves."""
        return [
            Row(
                wave.id,
                (
                    str(wave.ordinal),
                    wave.title,
                    wave.start.isoformat() if wave.start else "",
                    wave.end.isoformat() if wave.end else "",
                ),
            )
            for wave in self.project.plan.waves()
        ]

    def action_add(self) -> None:
        """Ask for a wave."""
        from workbench.models.drafts import WaveDraft

        def save(values: dict[str, Any]) -> None:
            self.project.plan.add_wave(WaveDraft.model_validate(filled(values)))

        fields = [
            Field("title", N_("Title"), required=True, help=N_("Such as: spring 2026.")),
            Field("start", N_("From"), "date"),
            Field("end", N_("To"), "date"),
        ]
        self.ask(_("New wave"), fields, save)
