"""Which command performs which service verb; a test holds this list against the services and the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

CLI_VERBS: dict[str, str] = {}
"""Every service verb the command line offers, and the function that does it."""


def implements(*verbs: str) -> Callable[[F], F]:
    """Enter a command function into the list."""

    def register(command: F) -> F:
        for verb in verbs:
            CLI_VERBS[verb] = f"{command.__module__}.{command.__qualname__}"
        return command

    return register
