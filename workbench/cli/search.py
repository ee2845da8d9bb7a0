"""``workbench search``: words in all sources."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show
from workbench.cli.tree import single
from workbench.i18n import N_, _

app = single()


@command(
    app,
    "search",
    help=N_("Find words in all sources; case and ё make no difference."),
    example='workbench search "nobody told" --format json',
)
def search(
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What to look for."))],
    limit: Annotated[
        int,
        typer.Option(
            min=1, metavar=N_("NUMBER"), show_default=True, help=N_("How many places at most.")
        ),
    ] = 200,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Find words."""
    with session.reading() as project:
        hits = project.insight.search(text, limit=limit)
    if not hits:
        say(_("“{text}” is nowhere in the sources.").format(text=text))
    rows = [
        {
            "source": hit.source,
            "start_ms": hit.start_ms,
            "before": hit.before,
            "words": hit.words,
            "after": hit.after,
            "start": hit.start,
            "end": hit.end,
        }
        for hit in hits
    ]
    show(rows, form=form, output=output)
