"""Validated input: what a person may type in, checked field by field before it reaches a table."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from workbench.errors import InputError
from workbench.i18n import N_
from workbench.models.kinds import (
    BarrierKind,
    BarrierStatus,
    CodeKind,
    Effort,
    GoalCategory,
    KnownInside,
    LocationKind,
    LocationOwner,
    RecommendationKind,
    RecommendationStatus,
    SourceKind,
    SpeakerRole,
    StaffPolicy,
    Stance,
)

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)]

_REASONS = {
    "missing": N_("it is missing"),
    "string_too_short": N_("it is empty"),
    "string_too_long": N_("it is too long"),
    "date_from_datetime_parsing": N_("it is not a date like 2026-05-31"),
    "date_parsing": N_("it is not a date like 2026-05-31"),
    "float_parsing": N_("it is not a number"),
    "finite_number": N_("it is not a number"),
    "int_parsing": N_("it is not a whole number"),
    "int_parsing_size": N_("it is not a whole number"),
    "enum": N_("it is not one of: {expected}"),
    "greater_than_equal": N_("it is less than {ge}"),
    "less_than_equal": N_("it is more than {le}"),
}


class Draft(BaseModel):
    """Input that is checked as a whole; a wrong field becomes an :class:`InputError` that names it."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_enum_values=True,
        validate_default=True,
        allow_inf_nan=False,  # no goal is infinite, and no average survives "not a number"
    )

    @classmethod
    def read(cls, values: dict[str, Any]) -> Self:
        """Check raw values (strings from a form or a command) and return the draft.

        Raises:
            InputError: ``field-invalid`` for the first field that cannot be used.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise field_error(error) from None


def field_error(error: ValidationError) -> InputError:
    """Turn pydantic's finding into a sentence about one field."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or N_("the whole")
    context = {key: str(value).replace("'", "") for key, value in first.get("ctx", {}).items()}
    reason = _REASONS.get(first["type"], N_("it cannot be used"))
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return cause
    return FieldError(field, reason, context, value=first.get("input"))


class FieldError(InputError):
    """One field of a form, command or file has a value that cannot be used."""

    def __init__(self, field: str, reason: str, context: dict[str, str], *, value: Any) -> None:
        """Keep the field and the reason; both are translated when shown."""
        super().__init__(
            "field-invalid",
            N_("The field “{field}” cannot be used: {reason}."),
            N_("Correct it and try again."),
            field=field,
            value=value,
        )
        self.field = field
        self._reason = reason
        self._context = context

    @property
    def problem(self) -> str:
        """The field and why its value cannot be used."""
        from workbench.i18n import _

        reason = _(self._reason).format_map({"expected": "", "ge": "", "le": "", **self._context})
        return _(self._problem).format(field=self.field, reason=reason)


class ProjectDraft(Draft):
    """A new project or its changed particulars."""

    title: Name
    client: Line = ""
    language: Annotated[str, StringConstraints(pattern="^(en|ru)$")] = "en"
    brief: Prose = ""
    authors: Line = ""
    period: Line = ""
    purpose: Line = "research"
    staff_policy: StaffPolicy = StaffPolicy.NONE
    recording_policy: Prose = ""
    retention_date: date | None = None


class GoalDraft(Draft):
    """A goal; without a number and a date it is a wish and is refused."""

    name: Name
    metric: Name
    unit: Line = ""
    category: GoalCategory = GoalCategory.LOYALTY
    baseline: float | None = None
    target: float
    due: date


class WaveDraft(Draft):
    """A wave of data collection."""

    title: Name
    ordinal: int | None = Field(default=None, ge=1)
    start: date | None = None
    end: date | None = None


class PersonDraft(Draft):
    """A respondent under a pseudonym, with attributes."""

    pseudonym: Name
    attributes: dict[str, str] = Field(default_factory=dict)


class SpeakerDraft(Draft):
    """Who a voice of a source is."""

    label: Name
    role: SpeakerRole = SpeakerRole.OTHER
    person: str | None = None


class SourceDraft(Draft):
    """What is known about a source besides its file; empty means: take it from the file."""

    title: Line = ""
    kind: SourceKind = SourceKind.INTERVIEW
    language: Line = ""
    collected_on: date | None = None
    person: str | None = None
    wave: int | None = None
    stage: str | None = None
    speakers: tuple[SpeakerDraft, ...] = ()


class CodeDraft(Draft):
    """A code of the codebook; ``parent`` is an id, a name or a path such as ``Waiting / Queue``."""

    name: Name
    kind: CodeKind = CodeKind.THEME
    parent: str | None = None
    colour: int | None = Field(default=None, ge=0, le=99)
    definition: Prose = ""
    when_to_use: Prose = ""
    when_not: Prose = ""
    example: Prose = ""


class BarrierDraft(Draft):
    """What a barrier says; at least one effect must be named."""

    statement: Name
    kind: BarrierKind = BarrierKind.BARRIER
    hinders_choosing: bool = False
    hinders_loving: bool = False
    hinders_recommending: bool = False
    stage: str | None = None
    touchpoint: str | None = None
    cause: Prose = ""
    severity: int = Field(default=3, ge=1, le=5)
    severity_reason: Prose = ""
    known_inside: KnownInside = KnownInside.NO
    status: BarrierStatus = BarrierStatus.FOUND

    def model_post_init(self, context: Any, /) -> None:  # noqa: ARG002
        """Refuse a barrier that hinders nothing."""
        if not (self.hinders_choosing or self.hinders_loving or self.hinders_recommending):
            raise InputError(
                "barrier-without-effect",
                N_("The barrier “{statement}” has no effect."),
                N_("Say whether it hinders choosing, loving or recommending: at least one."),
                statement=self.statement,
            )


class CodingDraft(Draft):
    """A code applied to a span of a source; ``code`` is an id, a name or a path."""

    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    code: str
    stance: Stance = Stance.SUPPORTS
    emotion: int | None = Field(default=None, ge=-2, le=2)


class RecommendationDraft(Draft):
    """A recommendation and the barriers it answers (ids, names or paths of their codes)."""

    title: Name
    text: Prose = ""
    kind: RecommendationKind = RecommendationKind.PROCESS
    barriers: tuple[str, ...] = ()
    owner_role: Line = ""
    effort: Effort = Effort.MEDIUM
    impact: int = Field(default=3, ge=1, le=5)
    due: date | None = None
    status: RecommendationStatus = RecommendationStatus.PROPOSED
    remeasure_wave: int | None = None


class LocationDraft(Draft):
    """A region or a branch; ``parent`` is a key."""

    key: Name
    name: Name
    kind: LocationKind = LocationKind.BRANCH
    parent: str | None = None
    owner: LocationOwner = LocationOwner.OWN
    address: Line = ""
    opening_hours: Line = ""


class VisitDraft(Draft):
    """A planned visit; location, shopper and scenario are keys or codes, checklist a key (the newest by default)."""

    location: Name
    code: Line = ""
    checklist: str | None = None
    wave: int | None = None
    shopper: str | None = None
    scenario: str | None = None
    planned_on: date | None = None


class ReadingDraft(Draft):
    """One measured value of a metric."""

    metric: Name
    value: float
    unit: Line = ""
    n: int | None = Field(default=None, ge=0)
    measured_on: date | None = None
    segment: Line = ""
    formula: Line = ""
    wave: int | None = None
