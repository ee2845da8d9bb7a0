"""``workbench code``, the part about the shape of the codebook: freeze, sort, split."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.code_rows import code_row
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import CodeName, Kind, command
from workbench.cli.output import Format, show, show_one
from workbench.errors import InputError
from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft
from workbench.text.fold import fold

Below = Annotated[
    str | None,
    typer.Argument(metavar=N_("CODE"), help=N_("The code whose children are sorted.")),
]


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    command(
        app,
        "freeze",
        help=N_("Freeze a code, or the whole codebook if none is named: no more changes."),
        example='workbench code freeze "Long queue"\nworkbench code freeze --off',
    )(freeze)
    command(
        app,
        "sort",
        help=N_("Sort the codes under one, or those at the top if none is named."),
        example="workbench code sort --by use --deep",
    )(sort)
    command(
        app,
        "split",
        help=N_("Give some quotes of a code to a new code."),
        example='workbench code split Waiting "On the phone" --words call --words phone',
    )(split)


@implements("code.freeze")
def freeze(
    code: Annotated[
        str | None,
        typer.Argument(metavar=N_("CODE"), help=N_("The code; without it, all of them.")),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help=N_("Unfreeze instead."))] = False,
) -> None:
    """Freeze or unfreeze."""
    with session.writing() as project:
        project.codebook.freeze(code, frozen=not off)
    if code is None:
        sentence = _("The codebook is unfrozen.") if off else _("The codebook is frozen.")
    else:
        sentence = _("The code “{name}” is unfrozen.") if off else _("The code “{name}” is frozen.")
    say(sentence.format(name=code))


@implements("code.sort")
def sort(
    code: Below = None,
    by: Annotated[
        str, typer.Option(metavar="name|use|kind", help=N_("What decides about the order."))
    ] = "name",
    deep: Annotated[
        bool, typer.Option("--deep", help=N_("Also everything below, level by level."))
    ] = False,
    form: Format = "table",
) -> None:
    """Sort siblings; undo takes it back."""
    with session.writing() as project:
        project.codebook.sort(code, by=by, deep=deep)
        show([code_row(view) for view in project.codebook.codes()], form=form)


@implements("code.split")
def split(
    code: CodeName,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The name of the new code."))],
    quote: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("QUOTE"), help=N_("Identifier of a quote that goes; repeatable.")),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("WORDS"), help=N_("Quotes that hold these words go; repeatable.")),
    ] = None,
    under: Annotated[
        bool, typer.Option("--under", help=N_("Put the new code under the old one, not beside it."))
    ] = False,
    kind: Kind = None,
    form: Format = "table",
) -> None:
    """Divide a code's quotes between it and a new code."""
    with session.writing() as project:
        old = project.codebook.code(code)
        chosen = set(quote or ())
        wanted = [fold(part) for part in words or ()]
        for found in project.coding.quotes(code=old.id) if wanted else ():
            if any(part in fold(found.text) for part in wanted):
                chosen.add(found.id)
        if wanted and not chosen:
            raise InputError(
                "split-no-words",
                N_("No quote of “{name}” holds these words."),
                N_("See its quotes with: workbench quote list --code CODE."),
                name=old.name,
            )
        parent = old.id if under else old.parent_id
        draft = CodeDraft.read({"name": name, "kind": kind or old.kind, "parent": parent})
        show_one(code_row(project.codebook.split(old.id, sorted(chosen), draft)), form=form)
