"""Labels of the closed lists as reports print them; each is translated by the report's wording."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.models.kinds import (
    BarrierKind,
    BarrierStatus,
    CodeKind,
    Effort,
    GoalCategory,
    KnownInside,
    LocationOwner,
    RecommendationKind,
    RecommendationStatus,
    SourceKind,
)
from workbench.models.quote_lists import NUMBERED
from workbench.reports.data import Effect, EvidenceKind, Level, QuestionAsked

QUESTION = {
    QuestionAsked.UNHAPPY: N_("Why are our customers unhappy?"),
    QuestionAsked.LOSE: N_("Where do we lose them, or risk losing them?"),
    QuestionAsked.LOVE: N_("What keeps them from loving and recommending us?"),
}
EFFECT = {
    Effect.CHOOSE: N_("hinders choosing"),
    Effect.LOVE: N_("hinders loving"),
    Effect.RECOMMEND: N_("hinders recommending"),
}
EFFECT_SHORT = {
    Effect.CHOOSE: N_("choosing"),
    Effect.LOVE: N_("loving"),
    Effect.RECOMMEND: N_("recommending"),
}
LEVEL = {
    Level.HIGH: N_("high priority"),
    Level.MEDIUM: N_("medium priority"),
    Level.LOW: N_("low priority"),
}
LEVEL_SHORT = {Level.HIGH: N_("high"), Level.MEDIUM: N_("medium"), Level.LOW: N_("low")}
BARRIER_KIND = {
    BarrierKind.BARRIER: N_("barrier"),
    BarrierKind.GAP: N_("gap between expectation and experience"),
}
KNOWN = {
    KnownInside.YES: N_("known inside the company"),
    KnownInside.PARTLY: N_("partly known inside the company"),
    KnownInside.NO: N_("not known inside the company"),
}
BARRIER_STATUS = {
    BarrierStatus.FOUND: N_("found"),
    BarrierStatus.CONFIRMED: N_("confirmed"),
    BarrierStatus.BEING_REMOVED: N_("being removed"),
    BarrierStatus.REMOVED: N_("removed"),
    BarrierStatus.CUSTOMERS_TOLD: N_("removed, customers told"),
}
EVIDENCE = {
    EvidenceKind.INTERVIEW: N_("interviews {n} of {total}"),
    EvidenceKind.FOCUS_GROUP: N_("focus groups {n} of {total}"),
    EvidenceKind.REVIEW: N_("reviews {n} of {total}"),
    EvidenceKind.SURVEY: N_("survey answers {n} of {total}"),
    EvidenceKind.VISIT: N_("visits {n} of {total}"),
    EvidenceKind.DOCUMENT: N_("documents {n} of {total}"),
}
SOURCE = NUMBERED
SOURCES = {
    SourceKind.INTERVIEW: N_("Interviews"),
    SourceKind.FOCUS_GROUP: N_("Focus groups"),
    SourceKind.REVIEW: N_("Reviews"),
    SourceKind.SURVEY_ANSWER: N_("Survey answers"),
    SourceKind.VISIT_COMMENT: N_("Visit comments"),
    SourceKind.FIELD_NOTE: N_("Field notes"),
    SourceKind.DOCUMENT: N_("Documents"),
}
RECOMMENDATION_KIND = {
    RecommendationKind.PROCESS: N_("process"),
    RecommendationKind.TECHNOLOGY: N_("technology"),
    RecommendationKind.TRAINING: N_("training"),
}
RECOMMENDATION_STATUS = {
    RecommendationStatus.PROPOSED: N_("proposed"),
    RecommendationStatus.ACCEPTED: N_("accepted"),
    RecommendationStatus.IN_PROGRESS: N_("in progress"),
    RecommendationStatus.DONE: N_("done"),
    RecommendationStatus.DECLINED: N_("declined"),
}
EFFORT = {Effort.SMALL: N_("small"), Effort.MEDIUM: N_("moderate"), Effort.LARGE: N_("large")}
GOAL = {
    GoalCategory.LOYALTY: N_("loyalty"),
    GoalCategory.REPUTATION: N_("reputation"),
    GoalCategory.REVENUE: N_("revenue"),
    GoalCategory.ADVANTAGE: N_("advantage over competitors"),
}
CODE = {
    CodeKind.THEME: N_("theme"),
    CodeKind.BARRIER: N_("barrier"),
    CodeKind.STRENGTH: N_("strength"),
    CodeKind.NEED: N_("need"),
}
OWNER = {
    LocationOwner.OWN: N_("own"),
    LocationOwner.PARTNER: N_("partner"),
    LocationOwner.COMPETITOR: N_("competitor"),
}
QUESTION_KIND = {
    "yes_no": N_("yes / no"),
    "single": N_("one of several"),
    "multi": N_("several of several"),
    "scale": N_("scale"),
    "number": N_("number"),
    "time": N_("time measured"),
    "text": N_("text"),
    "date": N_("date"),
}

METRICS = {"visit_score": N_("Visit score")}
"""Metrics the program calculates itself; others keep the name they were given."""

STAFF_POLICIES = {
    "none": N_("Staff are not named."),
    "role": N_("Staff are named by their role only."),
    "badge": N_("Staff are named as on their badge."),
}

PURPOSES = {"research": N_("Research"), "staff evaluation": N_("Staff evaluation")}
