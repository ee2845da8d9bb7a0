"""The way of a visit: which status may follow which, by whose action, as one table.

After SASSIE's job statuses, the review levels of open agency software and the review states of ODK
Central: one status at a time; a returned visit is filled in again; an excluded visit is paid for but
not counted; what is published changes only through an appeal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.errors import InputError
from workbench.i18n import N_

TRANSITIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "planned": {"assign": "assigned", "start": "in_progress", "cancel": "cancelled"},
    "assigned": {"start": "in_progress", "unassign": "planned", "cancel": "cancelled"},
    "in_progress": {"submit": "submitted", "cancel": "cancelled"},
    "submitted": {"review": "in_review", "approve": "approved", "withdraw": "in_progress"},
    "in_review": {
        "approve": "approved",
        "return": "returned",
        "reject": "rejected",
        "exclude": "excluded",
    },
    "returned": {"submit": "submitted", "cancel": "cancelled"},
    "approved": {"publish": "published", "reopen": "in_review", "exclude": "excluded"},
    "published": {"reopen": "in_review", "exclude": "excluded"},
    "rejected": {"reopen": "in_review"},
    "excluded": {"reopen": "in_review"},
    "cancelled": {"plan": "planned"},
}
"""Status → action → the status it leads to."""

STATUSES: Final = tuple(TRANSITIONS)
EDITABLE: Final = frozenset({"planned", "assigned", "in_progress", "returned"})
"""In these the shopper may change answers."""

COUNTED: Final = frozenset({"submitted", "in_review", "approved", "published"})
"""These enter scores and league tables unless a report asks for approved visits only."""

FINISHED: Final = frozenset({"approved", "published"})


def actions(status: str) -> tuple[str, ...]:
    """Return what can be done with a visit in a status."""
    return tuple(TRANSITIONS.get(status, {}))


def next_status(status: str, action: str) -> str:
    """Return the status an action leads to; an action that is not open here is an InputError."""
    following = TRANSITIONS.get(status, {}).get(action)
    if following is None:
        raise InputError(
            "visit-action-refused",
            N_("A visit that is “{status}” cannot take the action “{action}”."),
            N_("Possible now: {actions}."),
            status=status,
            action=action,
            actions=", ".join(actions(status)) or "—",
        )
    return following


def may_become(status: str, following: str) -> bool:
    """Tell whether a visit may go from one status to another in one step."""
    return following in TRANSITIONS.get(status, {}).values()


def path(status: str, following: str) -> tuple[str, ...]:
    """Return the fewest actions from one status to another; for loading visits from a file."""
    routes: dict[str, tuple[str, ...]] = {status: ()}
    waiting = [status]
    while waiting and following not in routes:
        here = waiting.pop(0)
        for action, there in TRANSITIONS.get(here, {}).items():
            if there not in routes:
                routes[there] = (*routes[here], action)
                waiting.append(there)
    if following not in routes:
        raise InputError(
            "visit-status-unknown",
            N_("A visit cannot become “{status}”."),
            N_("Use one of: {statuses}."),
            status=following,
            statuses=", ".join(STATUSES),
        )
    return routes[following]
