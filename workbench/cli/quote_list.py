"""The list of quotes at the command line: listing, exporting, and doing something to all that a filter means."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.finding_quotes import find_quote
from workbench.cli.narration import confirm, say
from workbench.cli.options import Yes, command, given, values
from workbench.cli.output import Format, Output, show
from workbench.cli.quote_filters import filtered
from workbench.errors import UsageError
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import Draft
from workbench.models.filters import QuoteFilter, SourceQuery
from workbench.models.quote_lists import CodedQuote, QuoteGroup, QuoteOrder
from workbench.models.views import QuoteView

if TYPE_CHECKING:
    from workbench.services.project import Project

Sort = Annotated[
    str | None,
    typer.Option(metavar=values(QuoteOrder), help=N_("What comes first; by source by default.")),
]
Grouped = Annotated[
    str | None,
    typer.Option(
        metavar=values(QuoteGroup),
        help=N_("What quotes are put together by; by code by default."),
    ),
]


Saved = Annotated[
    str | None,
    typer.Option(metavar=N_("NAME"), help=N_("Those of a saved filter instead of other options.")),
]


class _How(Draft):
    """In what order and groups quotes are wanted."""

    sort: QuoteOrder = QuoteOrder.SOURCE
    group: QuoteGroup = QuoteGroup.CODE


def add_to(app: typer.Typer) -> None:
    """Enter the commands under their noun."""
    command(
        app,
        "list",
        help=N_("List quotes; options say which, in what order, and how many."),
        example='workbench quote list --code "Long queue" --attribute city=Kazan --sort emotion',
    )(list_)
    command(
        app,
        "export",
        help=N_("Write quotes to a file: CSV, XLSX, Word or Markdown, by the name's ending."),
        example="workbench quote export -o quotes.docx --kind barrier --group code",
    )(export)
    command(
        app,
        "favourite",
        help=N_(
            "Choose quotes for reports, named or all that the options mean, or take that back."
        ),
        example=(
            "workbench quote favourite 4f02ac9b\n"
            'workbench quote favourite --code "Long queue" --stance supports'
        ),
    )(favourite)
    command(
        app,
        "take-off",
        help=N_("Take all codings that the options mean off their quotes, in one action."),
        example='workbench quote take-off --code "Old code" --coder Anna --yes',
    )(take_off)


@filtered
def list_(
    wanted: QuoteFilter,
    saved: Saved = None,
    sort: Sort = None,
    codings: Annotated[
        bool, typer.Option("--codings", help=N_("A line for each code and coder of a quote."))
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar=N_("NUMBER"), help=N_("How many at most; all by default.")),
    ] = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """List quotes."""
    how = _How.read(given(sort=sort))
    with session.reading() as project:
        session.say_blind(project)
        meant = _meant(project, wanted, saved)
        found = project.quotes.find(meant, order=QuoteOrder(how.sort))
        if codings:
            n = len(found)
            rows = [_coding_row(line) for line in islice(found, limit)]
        else:
            n = len({quote for quote, _coding in found.ids()})
            rows = [_quote_row(view) for view in islice(found.quotes(), limit)]
    if len(rows) < n:
        say(_("{shown} of {all} are shown.").format(shown=len(rows), all=n))
    show(rows, form=form, output=output)


@implements("quote.export")
@filtered
def export(
    wanted: QuoteFilter,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("The file to write."))
    ],
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="csv|xlsx|docx|md", help=N_("The file's format.")),
    ] = None,
    saved: Saved = None,
    sort: Sort = None,
    group: Grouped = None,
    force: Annotated[
        bool, typer.Option("--force", help=N_("Replace a file that is there."))
    ] = False,
) -> None:
    """Write quotes."""
    how = _How.read(given(sort=sort, group=group))
    with session.reading() as project:
        session.say_blind(project)
        done = project.quotes.export(
            output,
            _meant(project, wanted, saved),
            order=QuoteOrder(how.sort),
            group=QuoteGroup(how.group),
            format_name=form,
            force=force,
        )
    said = ngettext("{n} quote written to {file}.", "{n} quotes written to {file}.", done.quotes)
    say(said.format(n=done.quotes, file=done.path))


@implements("quote.favourite")
@filtered
def favourite(
    wanted: QuoteFilter,
    quotes: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("QUOTE"), help=N_("Identifiers of quotes, or how they end.")),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help=N_("Take the mark away."))] = False,
) -> None:
    """Mark quotes."""
    from workbench.services.quotes import no_quotes

    if bool(quotes) == (wanted != QuoteFilter()):
        raise UsageError(
            "favourite-which",
            N_("It is not clear which quotes are meant."),
            N_("Name quotes, or say with options which: --code, --source and others."),
        )
    with session.writing() as project:
        if quotes:
            ids = [find_quote(project, name).id for name in quotes]
        else:
            session.say_blind(project)
            found = project.quotes.find(wanted)
            ids = [quote for quote, _coding in found.ids()]
        if not ids:
            raise no_quotes()
        n = project.coding.favourite(*ids, favourite=not off)
    say(ngettext("{n} quote changed.", "{n} quotes changed.", n).format(n=n))


@implements("quote.take-off")
@filtered
def take_off(wanted: QuoteFilter, yes: Yes = False) -> None:
    """Take codings off."""
    from workbench.services.quotes import no_quotes

    with session.writing() as project:
        session.say_blind(project)
        found = project.quotes.find(wanted)
        codings = [coding for _quote, coding in found.ids() if coding]
        if not codings:
            raise no_quotes()
        n = len(codings)
        question = ngettext("Take {n} code off its quote?", "Take {n} codes off their quotes?", n)
        confirm(question.format(n=n), yes=yes)
        project.quotes.take_off(codings)
    said = ngettext(
        "{n} code is taken off; history undo brings it back.",
        "{n} codes are taken off; history undo brings them back.",
        n,
    )
    say(said.format(n=n))


def _meant(project: Project, wanted: QuoteFilter, saved: str | None) -> QuoteFilter:
    """Return the filter of the options, or the saved one.

    Raises:
        UsageError: ``saved-and-options`` for both, ``query-of-words`` for a saved search.
    """
    if saved is None:
        return wanted
    if wanted != QuoteFilter():
        raise UsageError(
            "saved-and-options",
            N_("A saved filter cannot be narrowed by other options."),
            N_("Say --saved, or which quotes are meant."),
        )
    view = project.queries.query(saved)
    if isinstance(view.query, SourceQuery):
        raise UsageError(
            "query-of-words",
            N_("“{name}” is a search, not a filter of quotes."),
            N_("Run it with: workbench search --saved."),
            name=view.name,
        )
    return view.query


def _quote_row(view: QuoteView) -> dict[str, object]:
    return {
        "id": view.id,
        "source": view.source,
        "start_ms": view.start_ms,
        "speaker": view.speaker,
        "person": view.person,
        "codes": view.codes,
        "stance": view.stance,
        "emotion": view.emotion,
        "favourite": view.favourite,
        "memo": view.memo,
        "start": view.start,
        "end": view.end,
        "text": view.text,
    }


def _coding_row(line: CodedQuote) -> dict[str, object]:
    return {
        "id": line.quote_id,
        "source": line.source,
        "start_ms": line.start_ms,
        "person": line.person,
        "attributes": line.attributes,
        "code": line.code,
        "kind": line.kind,
        "stance": line.stance,
        "emotion": line.emotion,
        "coder": line.coder,
        "favourite": line.favourite,
        "memo": line.memo,
        "start": line.start,
        "end": line.end,
        "text": line.text,
    }
