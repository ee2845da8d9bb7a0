"""``workbench quote``: the words of a source become evidence for codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import quote_editing, quote_list, quote_passages, session
from workbench.cli.coding_rows import coding_row
from workbench.cli.faces import implements
from workbench.cli.finding_quotes import codings_of, find_quote, one_coding, span_of
from workbench.cli.narration import confirm, say
from workbench.cli.options import (
    Emotion,
    Kind,
    Parent,
    SourceName,
    StanceOption,
    Yes,
    command,
    given,
)
from workbench.cli.output import Format, show, show_one
from workbench.cli.tree import noun
from workbench.errors import UsageError
from workbench.i18n import N_, _
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.views import CodingView

if TYPE_CHECKING:
    from workbench.services.project import Project

app = noun(N_("Quotes: code the words of a source."))

QuoteName = Annotated[
    str, typer.Argument(metavar=N_("QUOTE"), help=N_("Identifier of the quote, or how it ends."))
]
OneCode = Annotated[
    str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("Which of the quote's codes."))
]
_CODE_NEEDED = UsageError(
    "code-not-named",
    N_("It is not clear which code to apply."),
    N_("Say --code NAME, which may be repeated, or --new-code NAME."),
)


@command(
    app,
    "add",
    help=N_("Code a quote: words of a source, or a span of it."),
    example='workbench quote add 3 --text "nobody told me" --code "No news" --emotion -2',
)
@implements("coding.apply")
def add(
    source: SourceName,
    text: Annotated[
        str | None,
        typer.Option(metavar=N_("WORDS"), help=N_("The words; they must be said only once.")),
    ] = None,
    span: Annotated[
        str | None,
        typer.Option(metavar="START:END", help=N_("Characters of the text instead of words.")),
    ] = None,
    code: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("CODE"), help=N_("A code to apply; may be repeated.")),
    ] = None,
    new_code: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("A code to make and apply."))
    ] = None,
    kind: Kind = None,
    parent: Parent = None,
    stance: StanceOption = None,
    emotion: Emotion = None,
    form: Format = "table",
) -> None:
    """Code a quote."""
    if not code and not new_code:
        raise _CODE_NEEDED
    fresh = CodeDraft.read(given(name=new_code, kind=kind, parent=parent)) if new_code else None
    with session.writing() as project:
        view = project.sources.source(source)
        start, end = span_of(view, text, span)
        drafts = [
            CodingDraft.read(
                given(
                    source=view.card.id,
                    start=start,
                    end=end,
                    code=name,
                    stance=stance,
                    emotion=emotion,
                )
            )
            for name in [*(code or []), *([new_code] if new_code else [])]
        ]
        new_codes = {new_code: fresh} if new_code and fresh else {}
        applied = project.coding.apply_many(drafts, new_codes=new_codes)
    for each in applied:
        if each.existed:
            say(_("“{code}” is on these words already.").format(code=each.coding.code))
    show([coding_row(each.coding) for each in applied], form=form)


@command(
    app,
    "edit",
    help=N_("Say whether a quote supports or contradicts its code, and with what emotion."),
    example="workbench quote edit 4f02ac9b --stance contradicts --emotion 1",
)
@implements("coding.edit")
def edit(
    quote: QuoteName,
    code: OneCode = None,
    stance: StanceOption = None,
    emotion: Emotion = None,
    no_emotion: Annotated[
        bool, typer.Option("--no-emotion", help=N_("Take the emotion away."))
    ] = False,
    form: Format = "table",
) -> None:
    """Change a coding."""
    with session.writing() as project:
        coding = one_coding(project, find_quote(project, quote), code)
        changed = project.coding.edit(
            coding.id, stance=stance, emotion=emotion, no_emotion=no_emotion
        )
    show_one(coding_row(changed), form=form)


@command(
    app,
    "remove",
    help=N_("Take a code off a quote, or all codes; a quote without codes goes too."),
    example='workbench quote remove 4f02ac9b --code "Long queue"',
)
@implements("coding.remove")
def remove(quote: QuoteName, code: OneCode = None, yes: Yes = False) -> None:
    """Remove codings."""
    with session.writing() as project:
        view = find_quote(project, quote)
        chosen = [one_coding(project, view, code)] if code else codings_of(project, view)
        if len(chosen) > 1:
            names = ", ".join(coding.code for coding in chosen)
            confirm(_("Take all codes off this quote: {names}?").format(names=names), yes=yes)
        _remove_all(project, chosen)


def _remove_all(project: Project, codings: list[CodingView]) -> None:
    for coding in codings:
        project.coding.remove(coding.id)
        say(_("“{code}” is taken off the quote.").format(code=coding.code))


quote_list.add_to(app)
quote_passages.add_to(app)
quote_editing.add_to(app)
