"""Regions and branches that are visited."""

from __future__ import annotations

from typing import Any

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.labels import LOCATION_KINDS, LOCATION_OWNERS, choices, label
from workbench.tui.record_list import RecordListScreen
from workbench.tui.screens.journey import key_from
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row


class LocationsScreen(RecordListScreen):
    """Regions with their branches below them."""

    NAME = "locations"
    HELP = N_("The tree of locations: regions and the branches in them, own, partners' or rivals'.")
    COMMANDS = (
        Command(
            "locations.add", "a", N_("Add"), N_("Add a region or a branch."), verb="location.add"
        ),
    )
    COLUMNS = (
        Column(N_("Location")),
        Column(N_("Kind"), width=10),
        Column(N_("Whose"), width=12),
        Column(N_("Address"), cut="middle", least=76),
        Column(N_("Key"), width=18, least=90),
    )
    EMPTY = N_("Here locations will stand. Press a to add a region, then its branches.")

    def rows(self) -> list[Row]:
        """Return the regions, each with its branches."""
        views = self.project.shopping.locations()
        tops = [view for view in views if not view.parent]
        ordered = [v for top in tops for v in (top, *(x for x in views if x.parent == top.key))]
        ordered += [view for view in views if view not in ordered]
        return [
            Row(
                view.key,
                (
                    f"   {view.name}" if view.parent else view.name,
                    label(LOCATION_KINDS, view.kind),
                    label(LOCATION_OWNERS, view.owner),
                    view.address,
                    view.key,
                ),
            )
            for view in ordered
        ]

    def action_add(self) -> None:
        """Ask for a region or a branch."""
        from workbench.models.drafts import LocationDraft

        views = self.project.shopping.locations()
        regions = tuple((view.key, view.name) for view in views if view.kind == "region")

        def save(values: dict[str, Any]) -> None:
            values["key"] = values["key"] or key_from(values["name"])
            self.project.shopping.add_location(LocationDraft.model_validate(values))

        fields = [
            Field("name", N_("Name"), required=True),
            Field(
                "kind",
                N_("Kind"),
                "choice",
                "branch" if regions else "region",
                choices=choices(LOCATION_KINDS),
            ),
            Field(
                "parent",
                N_("In the region"),
                "choice",
                regions[0][0] if regions else None,
                choices=((None, N_("none")), *regions),
            ),
            Field("owner", N_("Whose"), "choice", "own", choices=choices(LOCATION_OWNERS)),
            Field("address", N_("Address")),
            Field("opening_hours", N_("Opening hours")),
            Field(
                "key", N_("Key"), help=N_("A short name for files; made from the name when empty.")
            ),
        ]
        self.ask(_("New location"), fields, save)
