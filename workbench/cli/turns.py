"""Turns at the command line: naming them and their times, and showing them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.narration import say
from workbench.cli.output import show
from workbench.errors import InputError, UsageError
from workbench.i18n import N_, ngettext
from workbench.models.views import SourceView, TurnView

if TYPE_CHECKING:
    from workbench.services.project import Project

TurnNumber = Annotated[
    str,
    typer.Argument(metavar=N_("TURN"), help=N_("Number of the turn, as transcript show has it.")),
]
Words = Annotated[
    str | None,
    typer.Option("--text", metavar=N_("WORDS"), help=N_("The words; they must be said only once.")),
]
SpanOption = Annotated[
    str | None,
    typer.Option(
        "--span", metavar="START:END", help=N_("Characters of the text instead of words.")
    ),
]
Force = Annotated[
    bool,
    typer.Option("--force", help=N_("Take quotes away that would lose all their words.")),
]
Begins = Annotated[
    str, typer.Argument(metavar=N_("START"), help=N_("When it begins, as in 1:02.5 or 62.5."))
]
Ends = Annotated[
    str, typer.Argument(metavar=N_("END"), help=N_("When it ends, as in 1:02.5 or 62.5."))
]
_TIME = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d+)?)\Z")
_RANGE = re.compile(r"(\d+)(?:\s*[-–:]\s*(\d+))?\Z")


def turn_row(view: SourceView, turn: TurnView) -> dict[str, object]:
    """Return a turn as data."""
    return {
        "number": turn.ordinal,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "speaker": turn.speaker.label if turn.speaker else "",
        "start": turn.start,
        "end": turn.end,
        "doubtful": len(turn.doubtful),
        "suspected": turn.suspected,
        "text": view.text[turn.start : turn.end],
    }


def show_turn(view: SourceView, turn: str | int, form: str) -> None:
    """Show the turn that was changed."""
    chosen = [each for each in view.turns if str(turn) in (str(each.ordinal), each.id)]
    show([turn_row(view, each) for each in chosen], form=form)


def number_at(view: SourceView, offset: int) -> int:
    """Return the number of the turn an offset lies in."""
    return max((turn.ordinal for turn in view.turns if turn.start <= offset), default=0)


def quote_count(project: Project, source: str) -> int:
    """Count the quotes of a source."""
    return project.sources.source(source).card.quotes


def say_gone(before: int, view: SourceView) -> None:
    """Say how many quotes are not there any more."""
    gone = before - view.card.quotes
    if gone > 0:
        said = ngettext(
            "{count} quote is gone or joined with another one.",
            "{count} quotes are gone or joined with others.",
            gone,
        )
        say(said.format(count=gone))


def milliseconds(time: str) -> int:
    """Read a time such as 62.5, 1:02.5 or 1:01:02.

    Raises:
        UsageError: ``time-unreadable``.
    """
    found = _TIME.match(time.strip())
    if found is None:
        raise UsageError(
            "time-unreadable",
            N_("“{time}” is not a time."),
            N_("Write it as in 1:02.5 or 62.5."),
            time=time,
        )
    hours, minutes, seconds = found.groups()
    whole = int(hours or 0) * 3_600 + int(minutes or 0) * 60
    return whole * 1_000 + round(float(seconds.replace(",", ".")) * 1_000)


def turn_numbers(item: str) -> range:
    """Read the number of a turn, or a range of them.

    Raises:
        InputError: ``turns-unreadable``.
    """
    found = _RANGE.match(item.strip())
    if found is None:
        raise InputError(
            "turns-unreadable",
            N_("“{item}” is not the number of a turn."),
            N_("Write it as in 4 or 7-9."),
            item=item,
        )
    first = int(found[1])
    return range(first, int(found[2] or first) + 1)
