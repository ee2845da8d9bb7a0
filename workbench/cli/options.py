"""Options and arguments that several commands share, and reading what they hold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import typer

from workbench.errors import InputError
from workbench.i18n import N_

F = TypeVar("F", bound=Callable[..., Any])

Yes = Annotated[bool, typer.Option("--yes", "-y", help=N_("Do not ask."))]
SourceName = Annotated[
    str, typer.Argument(metavar=N_("SOURCE"), help=N_("Source: its number, title or identifier."))
]
CodeName = Annotated[
    str,
    typer.Argument(
        metavar=N_("CODE"),
        help=N_("Code: its name, its path, as in Waiting / Queue, or its identifier."),
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(metavar="theme|barrier|strength|need", help=N_("What the code stands for.")),
]
Parent = Annotated[
    str | None, typer.Option(metavar=N_("CODE"), help=N_("The code it belongs under."))
]
StanceOption = Annotated[
    str | None,
    typer.Option(metavar="supports|contradicts", help=N_("Whether the quote speaks for the code.")),
]
Emotion = Annotated[
    int | None, typer.Option(metavar="-2…2", help=N_("The speaker's emotion, from -2 to 2."))
]
Wave = Annotated[int | None, typer.Option(metavar=N_("NUMBER"), help=N_("Number of the wave."))]
Day = Annotated[
    str | None, typer.Option("--date", metavar=N_("DATE"), help=N_("Date, as in 2026-05-31."))
]
Due = Annotated[
    str | None, typer.Option(metavar=N_("DATE"), help=N_("Until when, as in 2026-05-31."))
]
Coders = Annotated[
    str | None,
    typer.Option(
        metavar=N_("A,B"),
        help=N_("Names of the coders; by default you and the one who coded most."),
    ),
]
PersonName = Annotated[
    str | None, typer.Option("--person", metavar=N_("PERSON"), help=N_("Pseudonym of a person."))
]


def values(kind: type[StrEnum]) -> str:
    """Return the values of a closed list as help shows them."""
    return "|".join(kind)


def command(app: typer.Typer, name: str, *, help: str, example: str) -> Callable[[F], F]:  # noqa: A002
    """Enter a function as a command, with one sentence of help (``N_``) and an example."""

    def register(function: F) -> F:
        app.command(name, help=help, epilog=example)(function)
        return function

    return register


def given(**options: Any) -> dict[str, Any]:
    """Return the options that were given; an empty string is given, nothing is not."""
    return {name: value for name, value in options.items() if value is not None}


def coder_names(names: str | None) -> list[str]:
    """Read names that are separated by commas."""
    return [name for name in (part.strip() for part in (names or "").split(",")) if name]


def read_text(text: str) -> str:
    """Return a text; ``-`` stands for what comes in on stdin."""
    if text != "-":
        return text
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise InputError(
            "stdin-not-text",
            N_("What came in on stdin is not text in UTF-8."),
            N_("Convert it to UTF-8, or name a file."),
        ) from None


def pairs(items: Iterable[str] | None) -> dict[str, str]:
    """Read ``name=value`` pairs.

    Raises:
        InputError: ``pair-invalid``.
    """
    found = {}
    for item in items or ():
        name, equals, value = item.partition("=")
        if not equals or not name.strip():
            raise InputError(
                "pair-invalid",
                N_("“{item}” is not a name and a value."),
                N_("Write it as in: city=Kazan."),
                item=item,
            )
        found[name.strip()] = value.strip()
    return found
