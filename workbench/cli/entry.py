"""The way in: options that stand anywhere, the language, then a command or the terminal interface."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from workbench import __version__
from workbench.cli.arguments import Anywhere, choose_language, take_out, workspace_of
from workbench.cli.troubles import guarded
from workbench.errors import UsageError
from workbench.i18n import N_, set_language

_COMPLETION = "_WORKBENCH_COMPLETE"
"""Set by the shell when it asks for completions."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The terminal interface is to be opened: on which workspace and project, in which language."""

    workspace: Path | None
    project: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command line."""

    exit_code: int
    interface: Interface | None = None


def run(arguments: Sequence[str]) -> Outcome:
    """Do what the command line says; without a command, ask for the terminal interface."""
    speak_utf8()
    shared, rest = take_out(arguments)
    set_language(choose_language(shared))
    if rest == ["--version"]:
        sys.stdout.write(f"workbench {__version__}\n")
        return Outcome(0)
    asked: list[Interface] = []
    code = guarded(lambda: _run(shared, rest, asked))
    return Outcome(code, asked[0] if asked else None)


def _run(shared: Anywhere, rest: list[str], asked: list[Interface]) -> int:
    """Run a command, or note that the interface is asked for."""
    if shared.problem is not None:
        raise shared.problem
    if not rest and _COMPLETION not in os.environ:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UsageError(
                "no-terminal",
                N_("The interface needs a terminal, and there is none."),
                N_("Name a command; workbench --help lists them."),
            )
        asked.append(Interface(workspace_of(shared), shared.project, shared.language))
        return 0
    from workbench.cli.tree import run_command

    return run_command(shared, rest, asked.append)


def _stand_in() -> None:
    """Put nothing in the place of the streams that were closed before we began; Python leaves them out."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for all time


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, with the same line ends everywhere."""
    _stand_in()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
