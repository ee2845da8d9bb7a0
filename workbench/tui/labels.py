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
QUESTIONS: Mapping[str, str] = {
    "unhappy": N_("Why are they unhappy?"),
    "lose": N_("Where do we lose them?"),
    "love": N_("What keeps them from loving us?"),
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


DONE: dict[str, str] = {
    "coding.apply": N_("code applied"),
    "coding.remove": N_("code taken off"),
    "coding.edit": N_("stance or emotion changed"),
    "coding.agree": N_("difference settled"),
    "coding.settle": N_("difference let stand"),
    "coder.rename": N_("coder renamed"),
    "project.merge": N_("copy merged"),
    "coding.recode": N_("code replaced"),
    "coding.clear": N_("a coder's codes taken off"),
    "quote.favourite": N_("favourite mark"),
    "quote.favourites": N_("favourite marks"),
    "quote.take-off": N_("codes taken off"),
    "quote.borders": N_("borders of a quote changed"),
    "quote.split": N_("quote split"),
    "quote.merge": N_("quotes merged"),
    "memo.write": N_("memo"),
    "code.add": N_("code added"),
    "code.edit": N_("code changed"),
    "code.move": N_("code moved"),
    "code.merge": N_("codes merged"),
    "code.remove": N_("code removed"),
    "code.split": N_("code split"),
    "code.sort": N_("codes sorted"),
    "code.freeze": N_("freezing changed"),
    "code.import": N_("codebook imported"),
    "code.reuse": N_("codebook taken over"),
    "barrier.describe": N_("barrier described"),
    "source.add": N_("source added"),
    "source.edit": N_("source changed"),
    "source.speaker": N_("speaker named"),
    "source.recount": N_("voices counted again"),
    "source.remove": N_("source removed"),
    "transcription.run": N_("recording transcribed"),
    "transcript.edit": N_("turn edited"),
    "transcript.replace": N_("words corrected"),
    "transcript.replace-all": N_("words replaced everywhere"),
    "transcript.split": N_("turn split"),
    "transcript.merge": N_("turns joined"),
    "transcript.retime": N_("times of a turn changed"),
    "transcript.speaker": N_("speaker assigned"),
    "transcript.alternate": N_("speakers assigned in turn"),
    "transcript.accept": N_("doubtful words accepted"),
    "transcript.suspect": N_("mark of a turn perhaps never said"),
    "transcript.recognise": N_("stretch recognised again"),
    "query.save": N_("search kept"),
    "query.remove": N_("saved search forgotten"),
    "sample.code": N_("sample coded"),
    "project.edit": N_("project changed"),
    "project.vocabulary": N_("vocabulary changed"),
    "goal.add": N_("goal added"),
    "goal.remove": N_("goal removed"),
    "wave.add": N_("wave added"),
    "person.add": N_("person added"),
    "person.edit": N_("person changed"),
    "stage.add": N_("stage added"),
    "touchpoint.add": N_("touchpoint added"),
    "reading.add": N_("measured value added"),
    "answer.write": N_("answer written"),
    "recommendation.add": N_("recommendation added"),
    "recommendation.edit": N_("recommendation changed"),
    "recommendation.remove": N_("recommendation removed"),
    "checklist.add": N_("checklist added"),
    "location.add": N_("location added"),
    "visit.plan": N_("visit planned"),
    "visit.answer": N_("answer in a visit"),
    "visit.comment": N_("comment on a visit"),
    "visit.evidence": N_("evidence attached"),
    "visit.status": N_("state of a visit changed"),
    "visit.submit": N_("visit finished"),
}
"""What an undone action was, by its verb."""
