"""``workbench query``: searches and filters of quotes that are kept under a name."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show
from workbench.cli.quote_filters import filtered
from workbench.cli.search import Exact, query_of
from workbench.cli.tree import noun
from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter, SourceQuery

app = noun(N_("Saved queries: keep, list, forget; search --saved and quote list --saved run one."))

QueryName = Annotated[
    str, typer.Argument(metavar=N_("NAME"), help=N_("The name of the saved query."))
]


@command(
    app,
    "save",
    help=N_(
        "Keep a search with its filter under a name; without words, a filter of quotes. The same "
        "name replaces."
    ),
    example='workbench query save "Queues in Kazan" "queue*" --attribute city=Kazan',
)
@implements("query.save")
@filtered
def save(
    wanted: QuoteFilter,
    name: QueryName,
    text: Annotated[
        str | None,
        typer.Argument(metavar=N_("TEXT"), help=N_("What to look for, as in workbench search.")),
    ] = None,
    exact: Exact = False,
) -> None:
    """Keep a query."""
    query = wanted if text is None else query_of(text, wanted, exact)
    with session.writing() as project:
        view = project.queries.save(name, query)
    say(_("“{name}” is kept.").format(name=view.name))


@command(
    app,
    "list",
    help=N_("List saved queries."),
    example="workbench query list --format json",
)
def list_(form: Format = "table", output: Output = None) -> None:
    """List saved queries."""
    with session.reading() as project:
        views = project.queries.saved()
    rows = [
        {
            "name": view.name,
            "kind": view.kind,
            "query": view.query.text if isinstance(view.query, SourceQuery) else "",
            "filter": {
                field: value
                for field, value in view.query.model_dump(
                    mode="json", exclude_defaults=True
                ).items()
                if field != "text"
            },
        }
        for view in views
    ]
    show(rows, form=form, output=output)


@command(
    app,
    "remove",
    help=N_("Forget a saved query; undo brings it back."),
    example='workbench query remove "Queues in Kazan"',
)
@implements("query.remove")
def remove(name: QueryName) -> None:
    """Forget a query."""
    with session.writing() as project:
        project.queries.remove(name)
    say(_("“{name}” is forgotten.").format(name=name))
