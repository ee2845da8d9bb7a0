"""The customer journey: stages and their touchpoints."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from workbench.i18n import N_, _
from workbench.text.fold import fold
from workbench.tui.commands import Command
from workbench.tui.display import clean_for_terminal
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row


class JourneyScreen(RecordListScreen):
    """Stages in order, each with its touchpoints below it."""

    NAME = "journey"
    HELP = N_(
        "The way of a customer in stages, and the touchpoints where customer and company meet."
    )
    COMMANDS = (
        Command(
            "journey.add", "a", N_("Add stage"), N_("Add a stage at the end."), verb="stage.add"
        ),
        Command(
            "journey.touchpoint",
            "t",
            N_("Add touchpoint"),
            N_("Add a touchpoint to the stage under the cursor."),
            verb="touchpoint.add",
        ),
    )
    COLUMNS = (Column(N_("Stage")), Column(N_("Channel"), width=16), Column(N_("Key"), width=20))
    EMPTY = N_("Here the journey will stand. Press a to add its first stage.")

    def rows(self) -> list[Row]:
        """Return stages and touchpoints; each knows its stage."""
        found = []
        for stage in self.project.plan.stages():
            name = Content.styled(clean_for_terminal(stage.name), "bold")
            found.append(Row((stage.key, ""), (name, "", stage.key)))
            found += [
                Row((stage.key, key), (f"   · {name}", channel, key))
                for key, name, channel in stage.touchpoints
            ]
        return found

    def available(self, command_id: str) -> bool:
        """A touchpoint needs a stage."""
        if command_id == "journey.touchpoint" and not self.table.row_count:
            return False
        return super().available(command_id)

    def action_add(self) -> None:
        """Ask for a stage."""

        def save(values: dict[str, Any]) -> None:
            self.project.plan.add_stage(values["key"] or key_from(values["name"]), values["name"])

        fields = [Field("name", N_("Stage"), required=True), _key_field()]
        self.ask(_("New stage"), fields, save)

    def action_touchpoint(self) -> None:
        """Ask for a touchpoint of the stage under the cursor."""
        if self.current is None:
            return
        stage = str(self.current[0])

        def save(values: dict[str, Any]) -> None:
            key = values["key"] or key_from(values["name"])
            self.project.plan.add_touchpoint(
                stage, key, name=values["name"], channel=values["channel"]
            )

        fields = [
            Field("name", N_("Touchpoint"), required=True),
            Field("channel", N_("Channel"), help=N_("Such as branch, phone, app.")),
            _key_field(),
        ]
        self.ask(_("New touchpoint"), fields, save)


def _key_field() -> Field:
    return Field(
        "key", N_("Key"), help=N_("A short name for files; made from the name when empty.")
    )


def key_from(name: str) -> str:
    """Make a key from a name: lower case, words joined by underscores."""
    letters = "".join(c if c.isalnum() else " " for c in fold(name))
    return "_".join(letters.split())
