"""What becomes of a row when two copies of a project that went separate ways are put together."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
"""The columns of a row that matter."""


class Decision(StrEnum):
    """What to do here."""

    NOTHING = "nothing"
    """Both sides are the same, or only this side changed."""
    ADD = "add"
    TAKE = "take"
    """Change it here as it was changed there."""
    REMOVE = "remove"
    CONFLICT = "conflict"
    """Both sides changed it, each in its way: it stays as it is here."""
    KEEP_REMOVED = "keep_removed"
    """It was removed here and not touched there since: it stays away."""


def decide(
    ours: Row | None, theirs: Row | None, *, changed_here: bool, changed_there: bool
) -> Decision:
    """Decide about one row.

    Args:
        ours: the row here, or None.
        theirs: the row of the other copy, or None.
        changed_here: whether it was made, changed or removed here since the copies parted.
        changed_there: the same of the other copy.
    """
    both = changed_here and changed_there
    if theirs is None:
        theirs_goes = Decision.CONFLICT if both else Decision.REMOVE
        return theirs_goes if ours is not None and changed_there else Decision.NOTHING
    if ours is None:
        stays_away = Decision.CONFLICT if both else Decision.KEEP_REMOVED
        return stays_away if changed_here else Decision.ADD
    if ours == theirs or (changed_here and not changed_there):
        return Decision.NOTHING
    return Decision.CONFLICT if both or not changed_there else Decision.TAKE
