"""Whose codings the coding screen shows."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.tui.commands import Command

CODER_COMMANDS: tuple[Command, ...] = (
    Command(
        "coding.whose",
        "O",
        N_("Whose codings"),
        N_("Show everybody's codings, only your own, or another coder's."),
        show=False,
    ),
    Command(
        "coding.blind",
        "I",
        N_("Blind mode"),
        N_(
            "Hide what other coders coded, wherever it could be seen while coding, or show it again."
        ),
        show=False,
    ),
)
