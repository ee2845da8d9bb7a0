"""``workbench quote``, the part that codes many passages in one go: what was found, said, or answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli import session
from workbench.cli.coding_rows import coding_row
from workbench.cli.faces import implements
from workbench.cli.narration import say
from workbench.cli.options import (
    Emotion,
    Kind,
    Parent,
    SourceName,
    StanceOption,
    command,
    given,
)
from workbench.cli.output import Format, show
from workbench.coding.passages import UNITS, Unit, answers_to, said_by, widened
from workbench.errors import InputError, UsageError
from workbench.i18n import N_, _, ngettext
from workbench.models.drafts import CodeDraft, CodingDraft
from workbench.models.views import SourceView, TurnView
from workbench.text.editing import occurrences
from workbench.text.spans import Span

if TYPE_CHECKING:
    from workbench.services.project import Project

Codes = Annotated[
    list[str] | None,
    typer.Option("--code", metavar=N_("CODE"), help=N_("A code to apply; may be repeated.")),
]
NewCode = Annotated[
    str | None,
    typer.Option("--new-code", metavar=N_("NAME"), help=N_("A code to make and apply.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=N_("Only list what would be coded; change nothing."))
]
_CODE_NEEDED = UsageError(
    "code-not-named",
    N_("It is not clear which code to apply."),
    N_("Say --code NAME, which may be repeated, or --new-code NAME."),
)


def add_to(app: typer.Typer) -> None:
    """Enter the commands of this module."""
    command(
        app,
        "add-found",
        help=N_("Code every place where words stand; see it first with --dry-run."),
        example='workbench quote add-found "queue" --code Waiting --unit sentence --dry-run',
    )(add_found)
    command(
        app,
        "add-turns",
        help=N_("Code all that a speaker said, or all answers to a question."),
        example='workbench quote add-turns 3 --answers-to 12 --code "First impression"',
    )(add_turns)


@implements("coding.apply")
def add_found(
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("The words to find."))],
    *,
    code: Codes = None,
    new_code: NewCode = None,
    kind: Kind = None,
    parent: Parent = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("SOURCE"), help=N_("Only in this source; may be repeated.")),
    ] = None,
    unit: Annotated[
        str,
        typer.Option(metavar="words|sentence|turn", help=N_("How much to code around the words.")),
    ] = "sentence",
    parts: Annotated[
        bool, typer.Option("--parts", help=N_("Also where the words are part of longer ones."))
    ] = False,
    stance: StanceOption = None,
    emotion: Emotion = None,
    dry_run: DryRun = False,
    form: Format = "table",
) -> None:
    """Code all that was found, in one action."""
    around = _unit(unit)
    fresh = _fresh(code, new_code, kind, parent, dry_run=dry_run)
    with session.reading() if dry_run else session.writing() as project:
        names = source or [card.id for card in project.sources.cards() if card.words]
        passages = []
        for name in names:
            view = project.sources.source(name)
            hits = _shown(view, occurrences(view.text, text.strip(), whole_words=not parts))
            passages += [(view, span) for span in widened(view.text, view.turns, hits, around)]
        if not passages:
            raise InputError(
                "words-not-found-anywhere",
                N_("The words “{words}” do not stand in these texts."),
                N_("Try fewer letters, with --parts."),
                words=text,
            )
        _code_or_list(project, passages, code or (), fresh, stance, emotion, dry_run, form)


@implements("coding.apply")
def add_turns(
    source: SourceName,
    *,
    speaker: Annotated[
        str | None,
        typer.Option(metavar=N_("SPEAKER"), help=N_("All turns of this speaker.")),
    ] = None,
    answers: Annotated[
        int | None,
        typer.Option(
            "--answers-to",
            min=0,
            metavar=N_("TURN"),
            help=N_("All answers to the question of this turn, up to the next question."),
        ),
    ] = None,
    code: Codes = None,
    new_code: NewCode = None,
    kind: Kind = None,
    parent: Parent = None,
    stance: StanceOption = None,
    emotion: Emotion = None,
    dry_run: DryRun = False,
    form: Format = "table",
) -> None:
    """Code whole turns, one quote a turn, in one action."""
    if (speaker is None) == (answers is None):
        raise UsageError(
            "turns-which",
            N_("It is not clear which turns to code."),
            N_("Say either --speaker NAME or --answers-to TURN."),
        )
    fresh = _fresh(code, new_code, kind, parent, dry_run=dry_run)
    with session.reading() if dry_run else session.writing() as project:
        view = project.sources.source(source)
        spans = (
            said_by(view.turns, speaker)
            if speaker is not None
            else answers_to(view.turns, answers or 0)
        )
        if not spans:
            raise InputError(
                "turns-none",
                N_("There are no such turns in “{source}”."),
                N_("See its turns and speakers with: workbench transcript show {number}."),
                source=view.card.title,
                number=view.card.ordinal,
            )
        passages = [(view, span) for span in spans]
        _code_or_list(project, passages, code or (), fresh, stance, emotion, dry_run, form)


def _unit(name: str) -> Unit:
    if name not in UNITS:
        raise UsageError(
            "unit-unknown",
            N_("“{unit}” is not an amount of text."),
            N_("Choose one of: {units}."),
            unit=name,
            units=", ".join(UNITS),
        )
    return name


def _fresh(
    code: Sequence[str] | None,
    new_code: str | None,
    kind: str | None,
    parent: str | None,
    *,
    dry_run: bool,
) -> CodeDraft | None:
    """Return the code to be made, if one is; some code must be named."""
    if not code and not new_code and not dry_run:
        raise _CODE_NEEDED
    return CodeDraft.read(given(name=new_code, kind=kind, parent=parent)) if new_code else None


def _shown(view: SourceView, hits: Iterable[Span]) -> list[Span]:
    """Leave out what the recogniser may have invented: nobody is to code it unseen."""
    hidden = [Span(turn.start, turn.end) for turn in view.turns if turn.suspected]
    return [hit for hit in hits if not any(hit.overlaps(turn) for turn in hidden)]


def _code_or_list(
    project: Project,
    passages: Sequence[tuple[SourceView, Span]],
    codes: Sequence[str],
    fresh: CodeDraft | None,
    stance: str | None,
    emotion: int | None,
    dry_run: bool,
    form: str,
) -> None:
    if dry_run:
        show([_passage_row(view, span) for view, span in passages], form=form)
        count = len(passages)
        say(
            ngettext("{n} quote would be coded.", "{n} quotes would be coded.", count).format(
                n=count
            )
        )
        return
    names = [*codes, *([fresh.name] if fresh is not None else [])]
    drafts = [
        CodingDraft.read(
            given(
                source=view.card.id,
                start=span.start,
                end=span.end,
                code=name,
                stance=stance,
                emotion=emotion,
            )
        )
        for view, span in passages
        for name in names
    ]
    new_codes = {} if fresh is None else {fresh.name: fresh}
    applied = project.coding.apply_many(drafts, new_codes=new_codes)
    show([coding_row(each.coding) for each in applied], form=form)
    there = sum(each.existed for each in applied)
    if there:
        say(
            ngettext(
                "{n} of these codings was there already.",
                "{n} of these codings were there already.",
                there,
            ).format(n=there)
        )
    say(_("One action: workbench history undo takes all of it back."))


def _passage_row(view: SourceView, span: Span) -> dict[str, object]:
    turn = _turn_at(view, span)
    return {
        "source": view.card.title,
        "start_ms": turn.start_ms if turn is not None else None,
        "speaker": turn.speaker.label if turn is not None and turn.speaker is not None else "",
        "start": span.start,
        "end": span.end,
        "text": span.of(view.text),
    }


def _turn_at(view: SourceView, span: Span) -> TurnView | None:
    return next((turn for turn in view.turns if turn.start <= span.start < turn.end), None)
