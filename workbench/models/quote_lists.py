"""The list of quotes: its order and groups, what one of its lines holds, and where a quote comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from workbench.i18n import N_, _
from workbench.models.kinds import SourceKind

NUMBERED: Final[Mapping[str, str]] = {
    SourceKind.INTERVIEW: N_("Interview {number}"),
    SourceKind.FOCUS_GROUP: N_("Focus group {number}"),
    SourceKind.REVIEW: N_("Review {number}"),
    SourceKind.SURVEY_ANSWER: N_("Survey answer {number}"),
    SourceKind.VISIT_COMMENT: N_("Visit comment {number}"),
    SourceKind.FIELD_NOTE: N_("Field note {number}"),
    SourceKind.DOCUMENT: N_("Document {number}"),
}
"""A source as a reference names it: by its kind and number."""

_FACTS = 3  # attributes of a person in a reference: "34, Kazan, mortgage taken"


class QuoteOrder(StrEnum):
    """What comes first in the list of quotes."""

    SOURCE = "source"
    CODE = "code"
    PERSON = "person"
    NEWEST = "newest"
    EMOTION = "emotion"


class QuoteGroup(StrEnum):
    """What quotes are put together by."""

    NONE = "none"
    CODE = "code"
    SOURCE = "source"
    PERSON = "person"


class CodedQuote(NamedTuple):
    """One line of the list: the words of a quote under one code by one coder.

    A favourite that no code is left on has no coding, no code and no coder. A tuple, because lists hold thousands: a
    frozen dataclass of so many fields takes six times as long to make (5.5 against 0.9 µs).
    """

    quote_id: str
    coding_id: str | None
    source_id: str
    source: str
    source_kind: str
    source_number: int
    collected_on: date | None
    person: str | None
    attributes: Mapping[str, str]
    code_id: str | None
    code: str
    """The path of the code."""
    kind: str
    """The kind of the code."""
    colour: int
    coder: str
    stance: str
    emotion: int | None
    start: int
    end: int
    start_ms: int | None
    text: str
    favourite: bool
    memo: str
    """What is noted on the quote: the reader's own memo first, then others' with their names."""

    @property
    def key(self) -> str:
        """What tells this line from all others."""
        return self.coding_id or self.quote_id

    def reference(self, say: Callable[[str], str] = _) -> str:
        """Return who said it and where: ``R07, 34, Kazan · Interview 3 · 00:12:08``.

        Args:
            say: translates; into the language in force by default.
        """
        facts = list(self.attributes.values())[:_FACTS] if self.person else []
        who = ", ".join(part for part in (self.person or "", *facts) if part)
        place = say(NUMBERED[self.source_kind]).format(number=self.source_number)
        return " · ".join(part for part in (who, place, self.time) if part)

    @property
    def time(self) -> str:
        """When it was said, as a recording's clock shows it; empty where there is none."""
        if self.start_ms is None:
            return ""
        seconds = self.start_ms // 1000
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class QuoteHeading:
    """A group of the list: what its quotes have in common, how many there are, where it begins."""

    label: str
    """A path of a code, a title, a pseudonym; empty for what has none."""
    kind: str
    """The kind of the code or source; empty for a person."""
    colour: int
    first: int
    """Number of its first line, from 0."""
    count: int
