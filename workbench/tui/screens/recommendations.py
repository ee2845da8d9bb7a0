"""Recommendations: what to do about the barriers, by whom and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.labels import (
    EFFORTS,
    RECOMMENDATION_KINDS,
    RECOMMENDATION_STATUSES,
    choices,
    label,
)
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from workbench.models.views import RecommendationView

_HIGHEST = 5


class RecommendationsScreen(RecordListScreen):
    """One line a recommendation."""

    NAME = "recommendations"
    HELP = N_("What to do about the barriers. Each answers barriers and has an owner and a date.")
    COMMANDS = (
        Command(
            "recommendations.add",
            "a",
            N_("Add"),
            N_("Recommend something against a barrier."),
            verb="recommendation.add",
        ),
        Command(
            "recommendations.edit",
            "e",
            N_("Edit"),
            N_("Change the recommendation."),
            verb="recommendation.edit",
        ),
        Command(
            "recommendations.remove",
            "delete",
            N_("Remove"),
            N_("Remove the recommendation."),
            verb="recommendation.remove",
        ),
    )
    COLUMNS = (
        Column("№", width=3, align="right"),
        Column(N_("Recommendation")),
        Column(N_("Barrier"), width=26, cut="middle", least=110),
        Column(N_("Owner"), width=16, least=76),
        Column(N_("Effort"), width=8, least=96),
        Column(N_("Impact"), width=6),
        Column(N_("By"), width=10, align="right"),
        Column(N_("State"), width=11, least=88),
    )
    EMPTY = N_("Here recommendations will stand. Press a to answer a barrier with one.")

    def rows(self) -> list[Row]:
        """Return the recommendations."""
        return [_row(view) for view in self.project.decisions.recommendations()]

    def available(self, command_id: str) -> bool:
        """What is changed or removed must be there."""
        if command_id in ("recommendations.edit", "recommendations.remove") and not self.current:
            return False
        return super().available(command_id)

    def open_current(self) -> None:
        """Edit the recommendation."""
        if self.available("recommendations.edit"):
            self.action_edit()

    def action_add(self) -> None:
        """Ask for a recommendation."""
        from workbench.models.drafts import RecommendationDraft

        def save(values: dict[str, Any]) -> None:
            self.project.decisions.add(RecommendationDraft.model_validate(_read(values)))

        self.ask(_("New recommendation"), self._fields(None), save)

    def action_edit(self) -> None:
        """Change the recommendation under the cursor."""
        views = {view.number: view for view in self.project.decisions.recommendations()}
        view = views[self.current]

        def save(values: dict[str, Any]) -> None:
            read = _read(values)
            # a second barrier set elsewhere stays when the first one was not changed here
            if read["barriers"] == view.barriers[:1]:
                del read["barriers"]
            self.project.decisions.edit(view.number, **read)

        self.ask(_("Recommendation"), self._fields(view), save)

    def action_remove(self) -> None:
        """Remove the recommendation under the cursor."""
        row = self.table.current
        if row is not None:
            question = _("Remove the recommendation “{name}”?").format(name=row.cells[1])
            self.confirm(question, partial(self.project.decisions.remove, int(row.key)))

    def _fields(self, view: RecommendationView | None) -> list[Field]:
        barriers = [c for c in self.project.codebook.codes() if c.kind == "barrier"]
        waves = self.project.plan.waves()
        known = tuple((c.name, c.barrier.statement if c.barrier else c.name) for c in barriers)
        return [
            Field("title", N_("Recommendation"), value=view.title if view else "", required=True),
            Field("text", N_("Text"), "multiline", view.text if view else ""),
            Field(
                "barrier",
                N_("Barrier"),
                "choice",
                view.barriers[0] if view and view.barriers else None,
                choices=((None, N_("no barrier yet")), *known),
                help=N_("The barrier it takes away."),
            ),
            Field(
                "kind",
                N_("Changes"),
                "choice",
                view.kind if view else "process",
                choices=choices(RECOMMENDATION_KINDS),
            ),
            Field("owner_role", N_("Owner"), value=view.owner_role if view else ""),
            Field(
                "effort",
                N_("Effort"),
                "choice",
                view.effort if view else "M",
                choices=choices(EFFORTS),
            ),
            Field(
                "impact",
                N_("Impact"),
                "choice",
                view.impact if view else 3,
                choices=tuple((n, f"{_dots(n)} {n}") for n in range(1, _HIGHEST + 1)),
            ),
            Field("due", N_("By"), "date", view.due if view else None),
            Field(
                "status",
                N_("State"),
                "choice",
                view.status if view else "proposed",
                choices=choices(RECOMMENDATION_STATUSES),
            ),
            Field(
                "remeasure_wave",
                N_("Measured again in"),
                "choice",
                view.remeasure_wave if view else None,
                choices=((None, N_("no wave yet")), *((w.ordinal, w.title) for w in waves)),
            ),
        ]


def _read(values: dict[str, Any]) -> dict[str, Any]:
    read = dict(values)
    barrier = read.pop("barrier")
    return read | {"barriers": (barrier,) if barrier else ()}


def _dots(n: int) -> str:
    return "●" * n + "○" * (_HIGHEST - n)


def _row(view: RecommendationView) -> Row:
    return Row(
        view.number,
        (
            str(view.number),
            view.title,
            ", ".join(view.barriers),
            view.owner_role,
            label(EFFORTS, view.effort),
            _dots(view.impact),
            view.due.isoformat() if view.due else "",
            label(RECOMMENDATION_STATUSES, view.status),
        ),
    )
