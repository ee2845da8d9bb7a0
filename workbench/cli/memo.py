"""``workbench memo``: what a researcher thinks of a quote, a code, a source or the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.faces import implements
from workbench.cli.finding_quotes import find_quote
from workbench.cli.narration import say
from workbench.cli.options import command, read_text
from workbench.cli.output import Format, Output, show_one
from workbench.cli.tree import noun
from workbench.errors import UsageError
from workbench.i18n import N_, _

if TYPE_CHECKING:
    from workbench.services.project import Project

app = noun(N_("Memos on quotes, codes, sources and the project."))

OnQuote = Annotated[
    str | None, typer.Option("--quote", metavar=N_("QUOTE"), help=N_("On a quote."))
]
OnCode = Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("On a code."))]
OnSource = Annotated[
    str | None, typer.Option("--source", metavar=N_("SOURCE"), help=N_("On a source."))
]


@command(
    app,
    "write",
    help=N_("Write or change a memo, on the project by default; an empty text removes it."),
    example='workbench memo write "Ask about this in wave 2" --code "Long queue"',
)
@implements("memo.write")
def write(
    text: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("The memo; - reads it from stdin."))
    ],
    quote: OnQuote = None,
    code: OnCode = None,
    source: OnSource = None,
) -> None:
    """Write a memo."""
    with session.writing() as project:
        subject, subject_id = _subject(project, quote, code, source)
        words = read_text(text)
        project.coding.write_memo(subject, subject_id, words)
    say(_("The memo is kept.") if words.strip() else _("The memo is removed."))


@command(
    app,
    "show",
    help=N_("Show a memo, that of the project by default."),
    example='workbench memo show --code "Long queue"',
)
def show(
    quote: OnQuote = None,
    code: OnCode = None,
    source: OnSource = None,
    form: Format = "table",
    output: Output = None,
) -> None:
    """Show a memo."""
    with session.reading() as project:
        subject, subject_id = _subject(project, quote, code, source)
        row = {
            "subject": subject,
            "memo": project.coding.noted(subject, subject_id),
            "coder": [memo.coder for memo in project.coding.memos(subject, subject_id)],
        }
    show_one(row, form=form, output=output)


def _subject(
    project: Project, quote: str | None, code: str | None, source: str | None
) -> tuple[str, str]:
    """Return what the memo is on: its kind and identifier."""
    if sum(name is not None for name in (quote, code, source)) > 1:
        raise UsageError(
            "memo-where",
            N_("A memo is on one thing only."),
            N_("Say one of --quote, --code and --source."),
        )
    if quote is not None:
        return "quote", find_quote(project, quote).id
    if code is not None:
        return "code", project.codebook.code(code).id
    if source is not None:
        return "source", project.sources.source(source).card.id
    return "project", project.plan.project_id
