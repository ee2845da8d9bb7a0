"""How far coding is: per source, at what pace, in this session."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceProgress:
    """How far the coding of one source is."""

    source_id: str
    number: int
    title: str
    kind: str
    person: str | None
    words: int
    quotes: int
    coded_share: float
    """Part of the text's codepoints under at least one quote, 0-1."""
    words_left: int
    """About how many words are still to be read: those of long stretches without a quote."""
    seconds_left: float | None
    """How long that takes at the coder's pace; None while it is not known."""
    next_start: int | None
    """Where the first words without a quote begin; None when there are none."""


@dataclass(frozen=True, slots=True)
class CodingProgress:
    """How far the coding of the project is."""

    sources: tuple[SourceProgress, ...]
    pace: float | None
    """Words the coder reads in a minute of work; None while it is not known."""

    @property
    def words_left(self) -> int:
        """About how many words are still to be read in all sources."""
        return sum(source.words_left for source in self.sources)

    @property
    def seconds_left(self) -> float | None:
        """How long all of that takes; None while it is not known."""
        return None if self.pace is None else self.words_left / self.pace * 60

    def next_source(self, after: str | None = None) -> SourceProgress | None:
        """Return the next source with words left behind another one; after the last comes the first."""
        ids = [source.source_id for source in self.sources]
        begun = ids.index(after) + 1 if after in ids else 0
        around = (*self.sources[begun:], *self.sources[:begun])
        return next((source for source in around if source.words_left), None)


@dataclass(frozen=True, slots=True)
class SessionProgress:
    """What was coded since the project was opened for coding."""

    quotes: int
    seconds: float
    """Time of work, without breaks."""
