"""``workbench coder``: who coded, where two coders differ, and settling it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import Coders, coder_names, command
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.errors import InputError
from workbench.i18n import N_, _, ngettext
from workbench.models.agreement_views import CoderView, DifferenceView, MarkView

if TYPE_CHECKING:
    from workbench.services.project import Project

app = noun(N_("Coders: who coded, where two differ, settling it."))

CodingName = Annotated[
    str,
    typer.Argument(metavar=N_("ID"), help=N_("Identifier from “coder compare”, or how it ends.")),
]


@command(
    app,
    "list",
    help=N_("List the coders with what they coded."),
    example="workbench coder list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List coders."""
    with session.reading() as project:
        session.say_blind(project)
        rows = [_coder_row(view) for view in project.coders.coders()]
    show(rows, form=form, output=output)


@command(
    app,
    "rename",
    help=N_("Give a coder another name, or join two names of one person."),
    example='workbench coder rename anna "Anna K."\nworkbench coder rename "A. K." "Anna K." --join',
)
@implements("coder.rename")
def rename(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The coder's name now."))],
    new: Annotated[str, typer.Argument(metavar=N_("NEW"), help=N_("The name to have."))],
    join: Annotated[
        bool,
        typer.Option("--join", help=N_("Another coder has that name, and both are one person.")),
    ] = False,
    form: Format = "table",
) -> None:
    """Rename a coder; undo takes it back."""
    with session.writing() as project:
        view = project.coders.rename(name, new, join=join)
    session.keep_name(project.coder)
    show_one(_coder_row(view), form=form)


@command(
    app,
    "compare",
    help=N_("List where two coders differ: in all sources, or in one."),
    example='workbench coder compare 3 --coders "Anna K.,Boris" --code "Long queue"',
)
def compare(
    source: Annotated[
        str | None,
        typer.Argument(metavar=N_("SOURCE"), help=N_("Source: its number, title or identifier.")),
    ] = None,
    coders: Coders = None,
    code: Annotated[
        str | None, typer.Option(metavar=N_("CODE"), help=N_("Only this code."))
    ] = None,
    settled: Annotated[
        bool, typer.Option("--settled", help=N_("Also what was let stand."))
    ] = False,
    same: Annotated[
        bool, typer.Option("--same", help=N_("Also where both coded the same."))
    ] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List differences."""
    with session.reading() as project:
        names = project.agreement.pair(coder_names(coders))
        views = project.agreement.differences(
            names, source=source, code=code, settled=settled, same=same
        )
    say(_("First coder: {first}. Second coder: {second}.").format(first=names[0], second=names[1]))
    count = ngettext("{n} place.", "{n} places.", len(views)).format(n=len(views))
    say(count)
    show([_difference_row(view) for view in views], form=form, output=output)


@command(
    app,
    "agree",
    help=N_("Settle a difference as one of the two coders has it: the other's codings follow."),
    example='workbench coder agree 4f02ac9b --with "Anna K." --coders "Anna K.,Boris"',
)
@implements("coding.agree")
def agree(
    identifier: CodingName,
    right: Annotated[
        str, typer.Option("--with", metavar=N_("NAME"), help=N_("The coder whose coding stands."))
    ],
    coders: Coders = None,
) -> None:
    """Settle a difference; undo takes it back."""
    with session.writing() as project:
        names = project.agreement.pair(coder_names(coders))
        coding = _coding(project, names, identifier)
        about = project.agreement.agree(coding, names, right=right)
    say(_("Both coders have it as {name} now: {about}").format(name=right, about=about))


@command(
    app,
    "settle",
    help=N_("Let a difference stand: both keep their codings, and it is not listed again."),
    example='workbench coder settle 4f02ac9b --coders "Anna K.,Boris"',
)
@implements("coding.settle")
def settle(
    identifier: CodingName,
    coders: Coders = None,
    off: Annotated[bool, typer.Option("--off", help=N_("List it again."))] = False,
) -> None:
    """Let a difference stand."""
    with session.writing() as project:
        names = project.agreement.pair(coder_names(coders))
        coding = _coding(project, names, identifier)
        about = project.agreement.settle(coding, names, settled=not off)
    said = _("It is listed again: {about}") if off else _("It stands as it is: {about}")
    say(said.format(about=about))


def _coding(project: Project, names: tuple[str, str], ending: str) -> str:
    """Return the identifier of a coding among the differences that ends so.

    Raises:
        InputError: ``difference-unknown``.
    """
    views = project.agreement.differences(names, settled=True)
    found = {
        mark.coding_id
        for view in views
        for mark in (*view.first, *view.second)
        if mark.coding_id.endswith(ending)
    }
    if len(found) != 1:
        raise InputError(
            "difference-unknown",
            N_("“{id}” does not name one difference of these coders."),
            N_("See them with: workbench coder compare --settled --format json."),
            id=ending,
        )
    return found.pop()


def _coder_row(view: CoderView) -> dict[str, object]:
    return {
        "coder": view.name,
        "codings": view.codings,
        "codes": view.codes,
        "sources": view.sources,
        "id": view.id,
    }


def _difference_row(view: DifferenceView) -> dict[str, object]:
    return {
        "id": view.id,
        "source": view.source,
        "code": view.code,
        "difference": view.kind,
        "first_coder": _spans(view.first),
        "second_coder": _spans(view.second),
        "settled": view.settled,
        "start": view.start,
        "end": view.end,
        "start_ms": view.start_ms,
        "text": view.text,
    }


def _spans(marks: tuple[MarkView, ...]) -> list[str]:
    return [f"{mark.start}:{mark.end}" for mark in marks]
