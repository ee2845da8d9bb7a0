"""Options that may stand anywhere on the command line: taken out before a command reads its own."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import locations
from workbench.errors import UsageError
from workbench.i18n import LANGUAGES, N_, preferred_language

_NAMES = {
    "--workspace": "workspace",
    "-w": "workspace",
    "--project": "project",
    "-p": "project",
    "--lang": "language",
}


@dataclass(slots=True)
class Anywhere:
    """The values of the options that every command shares."""

    workspace: str | None = None
    project: str | None = None
    language: str | None = None
    problem: UsageError | None = None
    """What is wrong with them; raised once the language is known."""


def take_out(arguments: Sequence[str]) -> tuple[Anywhere, list[str]]:
    """Return the shared options and the rest of the command line; after ``--`` nothing is an option."""
    shared = Anywhere()
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        name, value = _split(word)
        if name not in _NAMES:
            rest.append(word)
            continue
        if value is None and waiting:
            value = waiting.pop(0)
        if not value:
            shared.problem = UsageError(
                "option-without-value",
                N_("The option {option} needs a value."),
                N_("Write it as in: {option} VALUE."),
                option=name,
            )
        else:
            setattr(shared, _NAMES[name], value)
    return shared, rest


def choose_language(shared: Anywhere) -> str:
    """Return the language to speak: the option's, the environment's, the settings' or the system's."""
    wanted = shared.language
    if wanted is not None and wanted not in LANGUAGES:
        shared.problem = shared.problem or UsageError(
            "language-unknown",
            N_("There is no language “{language}”."),
            N_("Choose one of: {languages}."),
            language=wanted,
            languages=", ".join(LANGUAGES),
        )
    return preferred_language(wanted, os.environ.get("WORKBENCH_LANG"), _language_of_settings())


def workspace_of(shared: Anywhere) -> Path | None:
    """Return the workspace that was named, as a path."""
    return Path(shared.workspace).expanduser() if shared.workspace else None


def _split(word: str) -> tuple[str, str | None]:
    """Take an option apart: ``--lang=ru`` and ``-pbank`` hold their values."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, value if equals else None
    if word[:2] in _NAMES and len(word) > len("-p"):
        return word[:2], word[2:].removeprefix("=")
    return word, None


def _language_of_settings() -> str | None:
    """Read one line of the settings without checking the rest: help must not wait for that."""
    try:
        values = tomllib.loads(locations.settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    value = values.get("language")
    return value if isinstance(value, str) and value in LANGUAGES else None
