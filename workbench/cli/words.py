"""``workbench words``: how often words were said."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli import session
from workbench.cli.narration import say
from workbench.cli.options import command
from workbench.cli.output import Format, Output, show
from workbench.cli.quote_filters import filtered
from workbench.cli.tree import single
from workbench.i18n import N_, _
from workbench.models.filters import QuoteFilter

app = single()


@command(
    app,
    "words",
    help=N_(
        "Count the words that respondents said, all forms of a word together; options say in which "
        "sources, or in which quotes."
    ),
    example="workbench words --limit 50\nworkbench words --code Queue --by-form -o words.xlsx",
)
@filtered
def words(
    wanted: QuoteFilter,
    by_form: Annotated[
        bool, typer.Option("--by-form", help=N_("Count every form of a word by itself."))
    ] = False,
    everyone: Annotated[
        bool, typer.Option("--everyone", help=N_("Count what interviewers said, too."))
    ] = False,
    small_words: Annotated[
        bool, typer.Option("--small-words", help=N_("Count “and”, “in” and the like, too."))
    ] = False,
    limit: Annotated[
        int,
        typer.Option(
            min=1, metavar=N_("NUMBER"), show_default=True, help=N_("How many words at most.")
        ),
    ] = 100,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Count words."""
    with session.reading() as project:
        if wanted.asks_for_quotes:
            session.say_blind(project)
        found = project.search.words(
            wanted, by_form=by_form, everyone=everyone, small_words=small_words, limit=limit
        )
    if not found:
        say(_("Nobody said a word there."))
    rows = [{"word": row.word, "count": row.count, "sources": row.sources} for row in found]
    show(rows, form=form, output=output)
