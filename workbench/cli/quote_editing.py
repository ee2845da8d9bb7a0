"""``workbench quote``, the part that changes quotes: borders, splitting, merging, another code, a coder's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.coding_rows import coding_row
from workbench.cli.faces import implements
from workbench.cli.finding_quotes import find_quote, one_coding, span_of
from workbench.cli.narration import confirm, say
from workbench.cli.options import Kind, Parent, Yes, command, given
from workbench.cli.output import Format, show
from workbench.errors import UsageError
from workbench.i18n import N_, ngettext
from workbench.models.drafts import CodeDraft
from workbench.models.views import QuoteView

if TYPE_CHECKING:
    from workbench.services.project import Project

Quote = Annotated[
    str, typer.Argument(metavar=N_("QUOTE"), help=N_("Identifier of the quote, or how it ends."))
]


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    command(
        app,
        "borders",
        help=N_("Let a quote begin and end elsewhere; quotes of other coders stay."),
        example='workbench quote borders 4f02ac9b --text "nobody told me anything"',
    )(borders)
    command(
        app,
        "split",
        help=N_("Cut a quote into two; both keep the codes."),
        example='workbench quote split 4f02ac9b --before "and then"',
    )(split)
    command(
        app,
        "merge",
        help=N_("Make quotes that overlap or follow each other one, with all their codes."),
        example="workbench quote merge 4f02ac9b 77e01b3d",
    )(merge)
    command(
        app,
        "recode",
        help=N_("Put another code in the place of the one a quote has."),
        example='workbench quote recode 4f02ac9b "Long queue" --code "Slow service"',
    )(recode)
    command(
        app,
        "clear",
        help=N_("Take off all codes one coder has put: everywhere, in a source, or one code."),
        example="workbench quote clear Anna --source 3 --yes",
    )(clear)


@implements("quote.borders")
def borders(
    quote: Quote,
    text: Annotated[
        str | None,
        typer.Option(metavar=N_("WORDS"), help=N_("The words it is to hold, said only once.")),
    ] = None,
    span: Annotated[
        str | None,
        typer.Option(metavar="START:END", help=N_("Characters of the text instead of words.")),
    ] = None,
    form: Format = "table",
) -> None:
    """Change the borders of a quote."""
    with session.writing() as project:
        view = find_quote(project, quote)
        start, end = span_of(project.sources.source(view.source_id), text, span)
        show(
            [coding_row(each) for each in project.coding.set_borders(view.id, start, end).codings],
            form=form,
        )


@implements("quote.split")
def split(
    quote: Quote,
    before: Annotated[
        str | None,
        typer.Option(metavar=N_("WORDS"), help=N_("The words the second part begins with.")),
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(min=0, metavar=N_("PLACE"), help=N_("Where to cut: a character of the text.")),
    ] = None,
    form: Format = "table",
) -> None:
    """Cut a quote into two."""
    if (before is None) == (at is None):
        raise UsageError(
            "split-where",
            N_("It is not clear where to cut."),
            N_("Say either --before WORDS or --at PLACE."),
        )
    with session.writing() as project:
        view = find_quote(project, quote)
        place = at if at is not None else _within(project, view, before or "")
        show([coding_row(each) for each in project.coding.split(view.id, place).codings], form=form)


def _within(project: Project, quote: QuoteView, words: str) -> int:
    """Return where words stand: within the quote if they do, else the only place in its source."""
    inside = quote.text.find(words)
    if inside >= 0 and quote.text.find(words, inside + 1) < 0:
        return quote.start + inside
    return span_of(project.sources.source(quote.source_id), words, None)[0]


@implements("quote.merge")
def merge(
    quotes: Annotated[
        list[str],
        typer.Argument(metavar=N_("QUOTE"), help=N_("Identifiers of two or more quotes.")),
    ],
    form: Format = "table",
) -> None:
    """Make several quotes one."""
    with session.writing() as project:
        ids = [find_quote(project, quote).id for quote in quotes]
        show([coding_row(each) for each in project.coding.merge(ids).codings], form=form)


@implements("coding.recode")
def recode(
    quote: Quote,
    into: Annotated[
        str | None, typer.Argument(metavar=N_("CODE"), help=N_("The code it gets."))
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(
            "--code", metavar=N_("CODE"), help=N_("The code it has, where it has several.")
        ),
    ] = None,
    new_code: Annotated[
        str | None,
        typer.Option("--new-code", metavar=N_("NAME"), help=N_("A code to make instead.")),
    ] = None,
    kind: Kind = None,
    parent: Parent = None,
    form: Format = "table",
) -> None:
    """Give a quote another code."""
    if (into is None) == (new_code is None):
        raise UsageError(
            "recode-into",
            N_("It is not clear which code the quote gets."),
            N_("Name a code, or say --new-code NAME."),
        )
    fresh = CodeDraft.read(given(name=new_code, kind=kind, parent=parent)) if new_code else None
    with session.writing() as project:
        coding = one_coding(project, find_quote(project, quote), code)
        name = into or (new_code or "")
        show(
            [coding_row(each) for each in project.coding.recode([coding.id], name, new_code=fresh)],
            form=form,
        )


@implements("coding.clear")
def clear(
    coder: Annotated[str, typer.Argument(metavar=N_("CODER"), help=N_("Whose codings go."))],
    source: Annotated[
        str | None, typer.Option(metavar=N_("SOURCE"), help=N_("Only in this source."))
    ] = None,
    code: Annotated[
        str | None, typer.Option(metavar=N_("CODE"), help=N_("Only this code."))
    ] = None,
    yes: Yes = False,
) -> None:
    """Take off a coder's codes."""
    with session.writing() as project:
        count = project.coding.coded_by(coder, source=source, code=code)
        question = ngettext(
            "Take off {n} coding of {coder}?", "Take off {n} codings of {coder}?", count
        )
        confirm(question.format(n=count, coder=coder), yes=yes)
        gone = project.coding.clear(coder, source=source, code=code)
    said = ngettext("{n} coding is taken off.", "{n} codings are taken off.", gone)
    say(said.format(n=gone))
