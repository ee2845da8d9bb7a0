"""What is looked for: which sources, which quotes, which words; typed in, saved under a name, and run again."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field

from workbench.models.drafts import Draft, Line
from workbench.models.kinds import CodeKind, SourceKind, Stance


class SourceFilter(Draft):
    """Which sources are meant; an empty field leaves all in."""

    sources: tuple[Line, ...] = ()
    """Identifiers, numbers or titles."""
    source_kinds: tuple[SourceKind, ...] = ()
    persons: tuple[Line, ...] = ()
    """Pseudonyms."""
    attributes: dict[Line, Line] = Field(default_factory=dict)
    """Attributes of the person, all of which must have these values: ``{"city": "Kazan"}``."""
    waves: tuple[int, ...] = ()
    """Ordinals."""
    stages: tuple[Line, ...] = ()
    """Keys or names of stages of the journey."""
    since: date | None = None
    """Collected on this day or later."""
    until: date | None = None
    """Collected on this day or before."""


class QuoteFilter(SourceFilter):
    """Which quotes are meant: of these sources, with a coding for which all the rest is true."""

    codes: tuple[Line, ...] = ()
    """Identifiers, paths or names; a quote with any of them fits."""
    with_children: bool = True
    """Whether codes below the named ones count too."""
    code_kinds: tuple[CodeKind, ...] = ()
    coders: tuple[Line, ...] = ()
    """Names of coders."""
    stance: Stance | None = None
    favourites: bool = False
    """Only those marked for reports."""
    words: Line = ""
    """Words that the quote must hold, whatever their case."""

    only_coder: str = ""
    """The one coder who may be known of, who may have coded nothing yet; empty where all may."""

    @property
    def asks_for_quotes(self) -> bool:
        """Whether it speaks of quotes, and not of sources only."""
        coded = self.codes or self.code_kinds or self.coders or self.stance
        return bool(coded or self.favourites or self.words)

    def among(self, coder: str | None) -> Self:
        """Return what is meant of it where nobody else's quotes may be known of; without a coder, all of it."""
        if coder is None or not self.asks_for_quotes:
            return self
        return self.model_copy(update={"only_coder": coder})


class SourceQuery(QuoteFilter):
    """Words to find in sources; see ``text.query`` for how they may be written.

    With codes, kinds of codes, coders or a stance, only places under such codings fit.
    """

    text: Line
    forms: bool = True
    """Whether other forms of the words count too."""
