"""Barriers: what each keeps people from, where, how grave, with how much evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.i18n import N_, _
from workbench.tui.commands import Command
from workbench.tui.labels import BARRIER_KINDS, BARRIER_STATUSES, KNOWN_INSIDE, choices, label
from workbench.tui.record_list import RecordListScreen
from workbench.tui.widgets.fields import Field
from workbench.tui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from workbench.models.views import BarrierView, CodeView, StageView

_GRAVEST = 5


class BarriersScreen(RecordListScreen):
    """One line a barrier, in the codebook's order."""

    NAME = "barriers"
    HELP = N_(
        "Codes of the kind barrier. Describe each: what it keeps people from (choosing, loving, "
        "recommending), at which stage, why, and how grave it is. Voices are the people, reviews and "
        "visits that speak of it."
    )
    COMMANDS = (
        Command(
            "barriers.edit",
            "e",
            N_("Describe"),
            N_("Say what the barrier is, what it hinders, where and how gravely."),
            verb="barrier.describe",
        ),
        Command("barriers.coding", "c", N_("Coding"), N_("Go to the transcripts.")),
        Command(
            "barriers.recommendations",
            "r",
            N_("Recommendations"),
            N_("See what is recommended against the barriers."),
        ),
    )
    COLUMNS = (
        Column(N_("Barrier")),
        Column(N_("Hinders"), width=23, least=104),
        Column(N_("Stage"), width=16, least=128),
        Column(N_("Grave"), width=7),
        Column(N_("Quotes"), width=8, align="right"),
        Column(N_("Voices"), width=8, align="right"),
        Column(N_("State"), width=14, least=76),
    )
    EMPTY = N_("Here barriers will stand: give a code the kind barrier while coding (c).")

    def __init__(self, barrier: str = "") -> None:
        """Begin at a barrier.

        Args:
            barrier: the identifier of its code; empty begins at the top.
        """
        super().__init__()
        self._first = barrier

    def rows(self) -> list[Row]:
        """Return the barriers."""
        return [_row(code) for code in self.project.codebook.codes() if code.kind == "barrier"]

    def fill(self) -> None:
        """Read the barriers; at first the cursor goes to the one asked for."""
        super().fill()
        if self._first:
            place = self.table.find(self._first)
            self._first = ""
            if place is not None:
                self.table.cursor = place

    def available(self, command_id: str) -> bool:
        """Only a barrier that is there can be described."""
        if command_id == "barriers.edit" and self.current is None:
            return False
        return super().available(command_id)

    def open_current(self) -> None:
        """Describe the barrier."""
        if self.available("barriers.edit"):
            self.action_edit()

    def action_coding(self) -> None:
        """Go to the transcripts."""
        self.workbench.open_screen("coding")

    def action_recommendations(self) -> None:
        """Go to the recommendations."""
        self.workbench.open_screen("recommendations")

    def action_edit(self) -> None:
        """Describe the barrier under the cursor."""
        from workbench.models.drafts import BarrierDraft

        code = self.project.codebook.code(str(self.current))

        def save(values: dict[str, Any]) -> None:
            stage, _dot, touchpoint = (values.pop("place") or "").partition("\0")
            draft = BarrierDraft.model_validate(
                {**values, "stage": stage or None, "touchpoint": touchpoint or None}
            )
            self.project.codebook.describe_barrier(code.id, draft)

        fields = _fields(code.name, code.barrier, self.project.plan.stages())
        self.ask(_("Barrier: {name}").format(name=code.name), fields, save)


def _row(code: CodeView) -> Row:
    view = code.barrier
    if view is None:
        return Row(code.id, (f"▲ {code.name}", _("not described yet")), quiet=True)
    hinders = [
        _("choose") if view.hinders_choosing else "",
        _("love") if view.hinders_loving else "",
        _("recommend") if view.hinders_recommending else "",
    ]
    severity = "●" * view.severity + "○" * (_GRAVEST - view.severity)
    return Row(
        code.id,
        (
            f"▲ {view.statement}",
            ", ".join(filter(None, hinders)),
            view.stage or "",
            severity,
            str(code.quotes),
            str(code.persons),
            label(BARRIER_STATUSES, view.status),
        ),
    )


def _fields(name: str, view: BarrierView | None, stages: list[StageView]) -> list[Field]:
    places: list[tuple[str | None, str]] = [(None, N_("nowhere in particular"))]
    for stage in stages:
        places.append((stage.key, stage.name))
        places += [
            (f"{stage.key}\0{key}", f"{stage.name} · {point}")
            for key, point, _channel in stage.touchpoints
        ]
    return [
        Field(
            "statement",
            N_("Statement"),
            value=view.statement if view else name,
            required=True,
            help=N_("One sentence a manager understands at once."),
        ),
        Field(
            "hinders_choosing",
            N_("Hinders choosing"),
            "bool",
            view.hinders_choosing if view else False,
        ),
        Field(
            "hinders_loving", N_("Hinders loving"), "bool", view.hinders_loving if view else False
        ),
        Field(
            "hinders_recommending",
            N_("Hinders recommending"),
            "bool",
            view.hinders_recommending if view else False,
        ),
        Field(
            "kind",
            N_("Kind"),
            "choice",
            view.kind if view else "barrier",
            choices=choices(BARRIER_KINDS),
        ),
        Field("place", N_("Where"), "choice", _place(view, stages), choices=tuple(places)),
        Field("cause", N_("Cause"), "multiline", view.cause if view else ""),
        Field(
            "severity",
            N_("Severity"),
            "choice",
            view.severity if view else 3,
            choices=tuple((n, _severity_text(n)) for n in range(1, _GRAVEST + 1)),
        ),
        Field(
            "severity_reason", N_("Why so grave"), "multiline", view.severity_reason if view else ""
        ),
        Field(
            "known_inside",
            N_("Known inside"),
            "choice",
            view.known_inside if view else "no",
            choices=choices(KNOWN_INSIDE),
            help=N_("Whether the company knew of it before."),
        ),
        Field(
            "status",
            N_("State"),
            "choice",
            view.status if view else "found",
            choices=choices(BARRIER_STATUSES),
        ),
    ]


def _severity_text(n: int) -> str:
    return "●" * n + "○" * (_GRAVEST - n) + f" {n}"


def _place(view: BarrierView | None, stages: list[StageView]) -> str | None:
    """Find the field's value for where a barrier stands; views name stages and touchpoints."""
    for stage in stages:
        if view is None or view.stage not in (stage.name, stage.key):
            continue
        for key, point, _channel in stage.touchpoints:
            if view.touchpoint in (point, key):
                return f"{stage.key}\0{key}"
        return stage.key
    return None
