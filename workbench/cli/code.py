"""``workbench code``: the codebook."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import code_files, code_shape, session
from workbench.cli.code_rows import code_row
from workbench.cli.faces import implements
from workbench.cli.narration import confirm, say
from workbench.cli.options import CodeName, Kind, Parent, Yes, command, given
from workbench.cli.output import Format, Output, show, show_one
from workbench.cli.tree import noun
from workbench.errors import UsageError
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import CodeDraft
from workbench.models.views import CodeView

app = noun(N_("The codebook: themes, barriers, strengths, needs."))

Definition = Annotated[str | None, typer.Option(help=N_("What it means."))]
WhenToUse = Annotated[str | None, typer.Option("--use", help=N_("When to use it."))]
WhenNot = Annotated[str | None, typer.Option("--not", help=N_("When not to use it."))]
Example = Annotated[str | None, typer.Option(help=N_("A typical quote."))]
Colour = Annotated[
    int | None, typer.Option(metavar="0…9", help=N_("Number of its colour in the palette."))
]


@command(
    app,
    "list",
    help=N_("List the codebook, every code before those below it."),
    example="workbench code list --format md -o codebook.md\nworkbench code list --used-in 3",
)
def list_(
    unused: Annotated[
        bool,
        typer.Option("--unused", help=N_("Only those that are on no quote, with all below them.")),
    ] = False,
    used_in: Annotated[
        str | None,
        typer.Option("--used-in", metavar=N_("SOURCE"), help=N_("Only those used in a source.")),
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help=N_("Pairs of codes with nearly the same name instead."))
    ] = False,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List codes."""
    with session.reading() as project:
        book = project.codebook
        session.say_blind(project)
        if alike:
            rows = [_pair(*pair) for pair in book.alike()]
        else:
            codes = book.codes() if used_in is None else book.used_in(used_in)
            rows = [code_row(code) for code in codes if not (unused and code.all_quotes)]
    show(rows, form=form, output=output)


@command(
    app,
    "add",
    help=N_("Add a code to the codebook."),
    example='workbench code add "Long queue" --kind barrier --parent Waiting',
)
@implements("code.add")
def add(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The code's name."))],
    kind: Kind = None,
    parent: Parent = None,
    colour: Colour = None,
    definition: Definition = None,
    use: WhenToUse = None,
    not_: WhenNot = None,
    example: Example = None,
    form: Format = "table",
) -> None:
    """Add a code."""
    draft = CodeDraft.read(
        given(
            name=name,
            kind=kind,
            parent=parent,
            colour=colour,
            definition=definition,
            when_to_use=use,
            when_not=not_,
            example=example,
        )
    )
    with session.writing() as project:
        show_one(code_row(project.codebook.add(draft)), form=form)


@command(
    app,
    "edit",
    help=N_("Change a code's name, kind, colour or description."),
    example='workbench code edit "Long queue" --name "Queue at the counter" --definition "…"',
)
@implements("code.edit")
def edit(
    code: CodeName,
    name: Annotated[str | None, typer.Option(help=N_("Its new name."))] = None,
    kind: Kind = None,
    colour: Colour = None,
    definition: Definition = None,
    use: WhenToUse = None,
    not_: WhenNot = None,
    example: Example = None,
    form: Format = "table",
) -> None:
    """Change a code."""
    changes = given(
        name=name,
        kind=kind,
        colour=colour,
        definition=definition,
        when_to_use=use,
        when_not=not_,
        example=example,
    )
    with session.writing() as project:
        show_one(code_row(project.codebook.edit(code, **changes)), form=form)


@command(
    app,
    "move",
    help=N_("Move a code with those below it under another one, or to the top."),
    example='workbench code move "Long queue" --parent Waiting --place 1',
)
@implements("code.move")
def move(
    code: CodeName,
    parent: Parent = None,
    top: Annotated[bool, typer.Option("--top", help=N_("Move it to the top level."))] = False,
    place: Annotated[
        int | None,
        typer.Option(min=1, metavar=N_("NUMBER"), help=N_("Its place among its sisters, from 1.")),
    ] = None,
    form: Format = "table",
) -> None:
    """Move a code."""
    if top == (parent is not None):
        raise UsageError(
            "move-where",
            N_("It is not clear where to move the code."),
            N_("Say either --parent CODE or --top."),
        )
    with session.writing() as project:
        view = project.codebook.move(code, parent, place=None if place is None else place - 1)
        show_one(code_row(view), form=form)


@command(
    app,
    "merge",
    help=N_("Give all quotes of one code to another and remove the first."),
    example='workbench code merge "Slow service" "Long queue"',
)
@implements("code.merge")
def merge(
    code: CodeName,
    into: Annotated[str, typer.Argument(metavar=N_("INTO"), help=N_("The code that stays."))],
    form: Format = "table",
) -> None:
    """Merge two codes; undo takes it back."""
    with session.writing() as project:
        show_one(code_row(project.codebook.merge(code, into)), form=form)


@command(
    app,
    "remove",
    help=N_("Remove a code without codes below it, with its codings."),
    example='workbench code remove "Slow service" --yes',
)
@implements("code.remove")
def remove(code: CodeName, yes: Yes = False) -> None:
    """Remove a code."""
    with session.writing() as project:
        view = project.codebook.code(code)
        if project.blind:  # how many quotes others put it on is not told, but theirs go, too
            question = _("Remove the code “{name}” with whatever is coded with it?")
            confirm(question.format(name=view.name), yes=yes)
        elif view.quotes:
            question = ngettext(
                "Remove the code “{name}” from {count} quote?",
                "Remove the code “{name}” from {count} quotes?",
                view.quotes,
            )
            confirm(question.format(name=view.name, count=view.quotes), yes=yes)
        project.codebook.remove(view.id)
    say(_("The code “{name}” is removed.").format(name=view.name))


@command(
    app,
    "history",
    help=N_("Show what happened to a code: when it was made, renamed, merged, used."),
    example='workbench code history "Long queue"',
)
def history(code: CodeName, form: Format = "table", output: Output = None) -> None:
    """Show a code's history, the oldest first."""
    with session.reading() as project:
        session.say_blind(project)
        events = project.codebook.history(code)
    rows = [
        {
            "at": event.at,
            "actor": event.actor,
            "change": event.change,
            "before": event.before,
            "after": event.after,
            "codings": event.count or None,
        }
        for event in events
    ]
    show(rows, form=form, output=output)


def _pair(one: CodeView, other: CodeView, score: float) -> dict[str, object]:
    return {
        "code": one.path,
        "other": other.path,
        "likeness": round(score),
        "quotes": one.quotes,
        "quotes_other": other.quotes,
    }


code_shape.add_to(app)
code_files.add_to(app)
