"""What a researcher most likely opens next, made ready beside the interface while they look at the overview."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.services.project import Project


def make_coding_ready(project: Project, source: str) -> None:
    """Load the coding screen and read a source as it does; nothing of it is kept.

    Modules are imported, statements compiled, pages of the database in memory then: the first
    source opens in half the time.

    Args:
        project: where the source is.
        source: the one that was open last; an empty name when there is none.
    """
    from workbench.tui.coding.open_source import OpenSource
    from workbench.tui.registry import SCREENS

    SCREENS["coding"].load()
    with contextlib.suppress(InputError):  # none was open yet, or it has been removed
        OpenSource(project, source)
