"""The closed lists of the domain: every value a kind, status or policy may take."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    """What a source is."""

    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    REVIEW = "review"
    SURVEY_ANSWER = "survey"
    VISIT_COMMENT = "visit_comment"
    FIELD_NOTE = "field_note"
    DOCUMENT = "document"


class SourceState(StrEnum):
    """How far a source is on its way to coded text."""

    RECORDED = "recorded"
    QUEUED = "queued"
    TRANSCRIBING = "transcribing"
    FAILED = "failed"
    READY = "ready"


class SpeakerRole(StrEnum):
    """Who speaks."""

    INTERVIEWER = "interviewer"
    RESPONDENT = "respondent"
    OTHER = "other"


class CodeKind(StrEnum):
    """What a code stands for."""

    THEME = "theme"
    BARRIER = "barrier"
    STRENGTH = "strength"
    NEED = "need"


class BarrierKind(StrEnum):
    """An obstacle, or a gap between what was expected and what was met."""

    BARRIER = "barrier"
    GAP = "gap"


class KnownInside(StrEnum):
    """Whether the company already knew of a barrier."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class BarrierStatus(StrEnum):
    """How far the company is with a barrier."""

    FOUND = "found"
    CONFIRMED = "confirmed"
    BEING_REMOVED = "being_removed"
    REMOVED = "removed"
    CUSTOMERS_TOLD = "customers_told"


class Stance(StrEnum):
    """Whether a quote speaks for or against the code's statement."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class GoalCategory(StrEnum):
    """What a goal is good for."""

    LOYALTY = "loyalty"
    REPUTATION = "reputation"
    REVENUE = "revenue"
    ADVANTAGE = "advantage"


class RecommendationKind(StrEnum):
    """What a recommendation changes."""

    PROCESS = "process"
    TECHNOLOGY = "technology"
    TRAINING = "training"


class RecommendationStatus(StrEnum):
    """How far a recommendation is."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"


class Effort(StrEnum):
    """How much work a recommendation takes."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


class StaffPolicy(StrEnum):
    """How staff may be named in visits."""

    NONE = "none"
    ROLE = "role"
    BADGE = "badge"


class LocationKind(StrEnum):
    """A level of the tree of locations."""

    REGION = "region"
    BRANCH = "branch"


class LocationOwner(StrEnum):
    """Whose location it is."""

    OWN = "own"
    PARTNER = "partner"
    COMPETITOR = "competitor"


class VisitStatus(StrEnum):
    """How far a visit is."""

    PLANNED = "planned"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    EXCLUDED = "excluded"
    CANCELLED = "cancelled"


class JobStatus(StrEnum):
    """How far a transcription job is."""

    QUEUED = "queued"
    PAUSED = "paused"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AgreementUnit(StrEnum):
    """What coders are compared on."""

    CHARACTERS = "characters"
    SENTENCES = "sentences"
    TURNS = "turns"


class DifferenceKind(StrEnum):
    """How two coders' codings with one code stand to each other."""

    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
    BORDERS = "borders"
    SAME = "same"


class MergeOutcome(StrEnum):
    """What became of something in a colleague's copy."""

    ADDED = "added"
    CHANGED = "changed"
    """Changed there only, so it is changed here too."""
    REMOVED = "removed"
    """Removed there and untouched here, so it is removed here too."""
    CONFLICT = "conflict"
    """Different on both sides: it stays as it is here."""
    KEPT = "kept"
    """Removed on one side only, and left as it is here."""
    LEFT_OUT = "left_out"
    """Not merged."""
