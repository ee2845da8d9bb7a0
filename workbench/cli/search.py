"""``workbench search``: words in all sources, with what stands around them; passages like those of a code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli import session
from workbench.cli.narration import Progress, say
from workbench.cli.options import command, values
from workbench.cli.output import Format, Output, show, write
from workbench.cli.plain import one_line, shorten, width
from workbench.cli.quote_filters import filtered
from workbench.cli.tree import single
from workbench.errors import UsageError
from workbench.i18n import N_, _, ngettext
from workbench.models.filters import QuoteFilter, SourceQuery
from workbench.models.views import PlaceOrder, SearchHit, SimilarPassage

if TYPE_CHECKING:
    from workbench.services.project import Project

app = single()

_TITLE = 22
_AROUND = 60
"""Cells on each side where no terminal says how wide a line may be."""

Exact = Annotated[
    bool, typer.Option("--exact", help=N_("Only the words as they are written, no other forms."))
]
Limit = Annotated[
    int,
    typer.Option(
        min=1, metavar=N_("NUMBER"), show_default=True, help=N_("How many places at most.")
    ),
]


@command(
    app,
    "search",
    help=N_(
        "Find words in all sources, in all their forms. “a b” finds turns that hold both; also "
        '"a phrase", deliver* (a beginning), =word (this form only), queue OR line, '
        "queue /5 bank (five words between them at most), -word (turns without it). Or find "
        "passages like those that have a code already."
    ),
    example=(
        'workbench search "queue /5 bank" --kwic\n'
        'workbench search "deliver* -free" --attribute city=Kazan -o places.xlsx\n'
        'workbench search --like "Long queue"'
    ),
)
@filtered
def search(
    wanted: QuoteFilter,
    text: Annotated[
        str | None, typer.Argument(metavar=N_("TEXT"), help=N_("What to look for."))
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(metavar=N_("CODE"), help=N_("Find passages similar to what has this code.")),
    ] = None,
    saved: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("Run a saved query."))
    ] = None,
    kwic: Annotated[
        bool, typer.Option("--kwic", help=N_("Write the words below each other, in their context."))
    ] = False,
    sort: Annotated[
        PlaceOrder,
        typer.Option(
            metavar=values(PlaceOrder),
            show_default=True,
            help=N_("By source, or by the words before or behind."),
        ),
    ] = PlaceOrder.SOURCE,
    exact: Exact = False,
    limit: Limit = 200,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Find words."""
    if sum(given is not None for given in (text, like, saved)) != 1:
        raise UsageError(
            "search-how",
            N_("It is not clear what to look for."),
            N_("Give words, or --like CODE, or --saved NAME."),
        )
    with session.reading() as project:
        if like is not None:
            passages = _similar(project, like, wanted, limit)
            show([_passage_row(passage) for passage in passages], form=form, output=output)
            return
        query = _saved(project, saved) if saved is not None else query_of(text or "", wanted, exact)
        if query.asks_for_quotes:
            session.say_blind(project)
        hits = project.search.hits(query, limit=limit, order=sort)
    if not hits:
        say(_("“{text}” is nowhere in the sources.").format(text=query.text))
    elif len(hits) == limit:
        say(
            ngettext(
                "Only the first {n} place is shown; --limit shows more.",
                "Only the first {n} places are shown; --limit shows more.",
                limit,
            ).format(n=limit)
        )
    if kwic and form == "table" and (output is None or output.suffix.lower() != ".xlsx"):
        room = None
        if output is None and sys.stdout.isatty():
            import shutil

            room = shutil.get_terminal_size().columns
        write("".join(f"{line}\n" for line in kwic_lines(hits, room)), output)
        return
    show([_hit_row(hit) for hit in hits], form=form, output=output)


def query_of(text: str, wanted: QuoteFilter, exact: bool) -> SourceQuery:
    """Return a search with a filter."""
    return SourceQuery.read(dict(wanted.model_dump(), text=text, forms=not exact))


def _saved(project: Project, name: str) -> SourceQuery:
    view = project.queries.query(name)
    if not isinstance(view.query, SourceQuery):
        raise UsageError(
            "query-of-quotes",
            N_("“{name}” is a filter of quotes, not a search."),
            N_("See what there is with: workbench query list."),
            name=view.name,
        )
    return view.query


def _similar(project: Project, code: str, wanted: QuoteFilter, limit: int) -> list[SimilarPassage]:
    session.say_blind(project)
    progress = Progress(_("Reading the sources"))

    def told(done: int, total: int) -> None:
        progress.show(done / max(1, total), None)

    try:
        found = project.passages.like(
            code,
            wanted,
            limit=limit,
            on_progress=told if sys.stderr.isatty() else None,
        )
    finally:
        progress.end()
    if not found:
        say(_("No passage without the code “{name}” resembles its quotes.").format(name=code))
    return found


def _hit_row(hit: SearchHit) -> dict[str, Any]:
    return {
        "source": hit.source,
        "start_ms": hit.start_ms,
        "speaker": hit.speaker,
        "before": hit.before,
        "words": hit.words,
        "after": hit.after,
        "start": hit.start,
        "end": hit.end,
    }


def _passage_row(passage: SimilarPassage) -> dict[str, Any]:
    return {
        "score": round(passage.score, 2),
        "source": passage.source,
        "text": passage.text,
        "shared_words": list(passage.words),
        "start": passage.start,
        "end": passage.end,
    }


def kwic_lines(hits: list[SearchHit], room: int | None) -> list[str]:
    """Return a line for each place with the words found below each other."""
    if not hits:
        return []
    titles = [shorten(one_line(hit.source), _TITLE) for hit in hits]
    left = max(map(width, titles))
    room = room or left + 2 + 2 * _AROUND
    sides = max(8, (room - left - 2) // 2)
    lines = []
    for hit, title in zip(hits, titles, strict=True):
        before = _end_of(one_line(hit.before), sides)
        behind = shorten(one_line(hit.words + hit.after), sides)
        gaps = " " * (left - width(title) + 2), " " * (sides - width(before))
        lines.append(f"{title}{gaps[0]}{gaps[1]}{before}{behind}".rstrip())
    return lines


def _end_of(text: str, cells: int) -> str:
    """Return the end of a text that fits."""
    while width(text) > cells:
        text = text[1:]
    return text
