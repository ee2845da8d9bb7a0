"""Words for the values of closed lists, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.i18n import LANGUAGES, N_, _

SOURCE_KINDS: Mapping[str, str] = {
    "interview": N_("interview"),
    "focus_group": N_("focus group"),
    "review": N_("review"),
    "survey": N_("survey answer"),
    "visit_comment": N_("visit comment"),
    "field_note": N_("field note"),
    "document": N_("document"),
}
SPEAKER_ROLES: Mapping[str, str] = {
    "interviewer": N_("interviewer"),
    "respondent": N_("respondent"),
    "other": N_("somebody else"),
}
GOAL_CATEGORIES: Mapping[str, str] = {
    "loyalty": N_("loyalty"),
    "reputation": N_("reputation"),
    "revenue": N_("revenue"),
    "advantage": N_("competitive advantage"),
}
BARRIER_KINDS: Mapping[str, str] = {
    "barrier": N_("barrier"),
    "gap": N_("gap between expectation and experience"),
}
KNOWN_INSIDE: Mapping[str, str] = {"yes": N_("yes"), "partly": N_("partly"), "no": N_("no")}
BARRIER_STATUSES: Mapping[str, str] = {
    "found": N_("found"),
    "confirmed": N_("confirmed"),
    "being_removed": N_("being removed"),
    "removed": N_("removed"),
    "customers_told": N_("customers told"),
}
RECOMMENDATION_KINDS: Mapping[str, str] = {
    "process": N_("process"),
    "technology": N_("technology"),
    "training": N_("training"),
}
RECOMMENDATION_STATUSES: Mapping[str, str] = {
    "proposed": N_("proposed"),
    "accepted": N_("accepted"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "declined": N_("declined"),
}
EFFORTS: Mapping[str, str] = {"S": N_("small"), "M": N_("moderate"), "L": N_("large")}
STAFF_POLICIES: Mapping[str, str] = {
    "none": N_("not named"),
    "role": N_("by role"),
    "badge": N_("by the name on the badge"),
}
LOCATION_KINDS: Mapping[str, str] = {"region": N_("region"), "branch": N_("branch")}
LOCATION_OWNERS: Mapping[str, str] = {
    "own": N_("own"),
    "partner": N_("partner"),
    "competitor": N_("competitor"),
}
VISIT_STATUSES: Mapping[str, str] = {
    "planned": N_("planned"),
    "assigned": N_("assigned"),
    "in_progress": N_("in progress"),
    "submitted": N_("submitted"),
    "in_review": N_("in review"),
    "returned": N_("returned"),
    "approved": N_("approved"),
    "published": N_("published"),
    "rejected": N_("rejected"),
    "excluded": N_("excluded"),
    "cancelled": N_("cancelled"),
}
VISIT_ACTIONS: Mapping[str, str] = {
    "assign": N_("Assign"),
    "unassign": N_("Take back from the shopper"),
    "start": N_("Start the visit"),
    "submit": N_("Submit"),
    "withdraw": N_("Withdraw to go on filling in"),
    "review": N_("Begin the review"),
    "approve": N_("Approve"),
    "return": N_("Return to the shopper"),
    "reject": N_("Reject"),
    "exclude": N_("Exclude from the counts"),
    "publish": N_("Publish"),
    "reopen": N_("Open again for review"),
    "cancel": N_("Cancel the visit"),
    "plan": N_("Plan again"),
}
FULL_QUESTIONS: Mapping[str, str] = {
    "unhappy": N_("Why are my customers unhappy?"),
    "lose": N_("Where do I lose them, or risk it?"),
    "love": N_("What keeps them from loving and recommending us?"),
}


def label(labels: Mapping[str, str], value: str) -> str:
    """Return a value's word in the language in force; an unknown value stays as it is."""
    return _(labels[value]) if value in labels else value


def choices(labels: Mapping[str, str], *, none: str = "") -> tuple[tuple[str | None, str], ...]:
    """Return values with their untranslated words for a field.

    Args:
        labels: a closed list of this module.
        none: a word for no value, marked with ``N_``, offered first; empty offers none.
    """
    known = tuple(labels.items())
    return ((None, none), *known) if none else known


def language_choices(*, none: str = "") -> tuple[tuple[str, str], ...]:
    """Return the languages for a field; their names are not translated."""
    known = tuple(LANGUAGES.items())
    return (("", none), *known) if none else known
