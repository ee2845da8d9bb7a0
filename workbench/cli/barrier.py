"""``workbench barrier``: what keeps customers away, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.options import CodeName, command, given, values
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.i18n import N_
from workbench.models.drafts import BarrierDraft
from workbench.models.kinds import BarrierKind, BarrierStatus, CodeKind, KnownInside
from workbench.models.views import BarrierView, CodeView

app = noun(N_("Barriers: what keeps customers away, and why."))

_EFFECTS = ("choosing", "loving", "recommending")


@command(
    app,
    "list",
    help=N_("List the barriers of the codebook with their evidence."),
    example="workbench barrier list --format md",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List barriers, described or not."""
    with session.reading() as project:
        session.say_blind(project)
        rows = [_row(view) for view in project.codebook.codes() if view.kind == CodeKind.BARRIER]
    show(rows, form=form, output=output)


@command(
    app,
    "describe",
    help=N_("Say what a barrier is, what it hinders, where, and how severe it is."),
    example='workbench barrier describe "Long queue" --statement "I wait and nobody looks up" --hinders loving --severity 4',
)
@implements("barrier.describe")
def describe(
    code: CodeName,
    *,
    statement: Annotated[
        str | None, typer.Option(help=N_("The barrier in a customer's words."))
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar=values(BarrierKind), help=N_("An obstacle, or a gap to what was expected.")
        ),
    ] = None,
    hinders: Annotated[
        list[str] | None,
        typer.Option(metavar="|".join(_EFFECTS), help=N_("What it hinders; may be repeated.")),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(metavar=N_("STAGE"), help=N_("Stage of the journey, by key or name.")),
    ] = None,
    touchpoint: Annotated[
        str | None, typer.Option(metavar=N_("KEY"), help=N_("Touchpoint, by key or name."))
    ] = None,
    cause: Annotated[str | None, typer.Option(help=N_("Why it is there."))] = None,
    severity: Annotated[
        int | None, typer.Option(metavar="1…5", help=N_("How severe it is."))
    ] = None,
    reason: Annotated[str | None, typer.Option(help=N_("Why it is that severe."))] = None,
    known: Annotated[
        str | None,
        typer.Option(metavar=values(KnownInside), help=N_("Whether the company knew of it.")),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(metavar=values(BarrierStatus), help=N_("How far the company is with it.")),
    ] = None,
    form: Format = "table",
) -> None:
    """Describe a barrier; what is not given stays as it was."""
    with session.writing() as project:
        view = project.codebook.code(code)
        effects = {f"hinders_{effect}": effect in (hinders or ()) for effect in _EFFECTS}
        unknown = [effect for effect in hinders or () if effect not in _EFFECTS]
        draft = BarrierDraft.read(
            {"statement": view.name}
            | (_known(view.barrier) if view.barrier else {})
            | (effects if hinders else {})
            | {f"hinders_{effect}": True for effect in unknown}
            | given(
                statement=statement,
                kind=kind,
                stage=stage,
                touchpoint=touchpoint,
                cause=cause,
                severity=severity,
                severity_reason=reason,
                known_inside=known,
                status=status,
            )
        )
        project.codebook.describe_barrier(view.id, draft)
        show_one(_row(project.codebook.code(view.id)), form=form)


def _known(view: BarrierView) -> dict[str, object]:
    """Return what was said of a barrier before, as a draft takes it."""
    return {field: getattr(view, field) for field in BarrierDraft.model_fields}


def _row(view: CodeView) -> dict[str, object]:
    said = view.barrier
    effects = [
        effect for effect in _EFFECTS if said is not None and getattr(said, f"hinders_{effect}")
    ]
    return {
        "barrier": view.name,
        "statement": said.statement if said else "",
        "kind": said.kind if said else "",
        "effects": effects,
        "severity": said.severity if said else None,
        "persons": view.persons,
        "quotes": view.quotes,
        "stage": said.stage if said else None,
        "touchpoint": said.touchpoint if said else None,
        "status": said.status if said else "",
        "known_inside": said.known_inside if said else "",
        "cause": said.cause if said else "",
        "severity_reason": said.severity_reason if said else "",
        "id": view.id,
    }
