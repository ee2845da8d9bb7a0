"""Whose codings the coding screen shows."""

from __future__ import annotations

from workbench.tui.commands import Command

CODER_COMMANDS: tuple[Command, ...] = ()
