"""What a transcription found worth telling: computed from its windows, kept with its job, said in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from workbench.i18n import _, ngettext
from workbench.transcription.checking import without_words
from workbench.transcription.protocol import WindowDone


@dataclass(frozen=True)
class Report:
    """The facts of one transcription; times are those of the recording."""

    windows: int = 0
    again: int = 0
    """Windows that were recognised a second time."""
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Why (see ``transcription.checking``), and how many windows each."""
    suspected: int = 0
    """Segments that were probably never said."""
    doubtful: int = 0
    """Words the model was unsure of."""
    wordless: tuple[tuple[int, int], ...] = ()
    """``(start_ms, end_ms)`` of each stretch of speech that has no words."""
    engine: str = ""
    model: str = ""
    asked: str = ""
    """The language that was asked for."""
    heard: str = ""
    """The language that is really spoken, where it is surely another one."""
    seconds: float = 0.0
    """How long the last run took, loading included."""
    speed: float = 0.0
    """Seconds of the recording done a second of the run."""
    machine: str = ""
    """Where it ran, as a mark that tells machines apart and names none."""

    @property
    def wordless_ms(self) -> int:
        """How much speech has no words."""
        return sum(end - start for start, end in self.wordless)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, as a job keeps them."""
        return asdict(self) | {
            "reasons": dict(self.reasons),
            "wordless": [list(part) for part in self.wordless],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Read a stored report; what another version wrote besides is left out."""
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        parts = known.pop("wordless", ())
        return cls(**known, wordless=tuple((int(start), int(end)) for start, end in parts))

    def sentences(self) -> list[str]:
        """Say what a person should know, the gravest first; nothing when there is nothing to say."""
        if not self.windows:
            return [_("No speech was found in the recording.")]
        said = []
        if self.heard:
            sentence = _("The recording sounds like “{heard}”, but “{asked}” was asked for.")
            said.append(sentence.format(heard=self.heard, asked=self.asked))
        if self.wordless:
            sentence = ngettext(
                "{n} s of speech has no words, first at {time}.",
                "{n} s of speech have no words, first at {time}.",
                round(self.wordless_ms / 1000),
            )
            said.append(
                sentence.format(n=round(self.wordless_ms / 1000), time=_clock(self.wordless[0][0]))
            )
        if n := self.suspected:
            sentence = ngettext(
                "{n} place is suspected to be invented.",
                "{n} places are suspected to be invented.",
                n,
            )
            said.append(sentence.format(n=n))
        if n := self.doubtful:
            said.append(ngettext("{n} word is doubtful.", "{n} words are doubtful.", n).format(n=n))
        if n := self.again:
            sentence = ngettext(
                "{n} window was recognised again.", "{n} windows were recognised again.", n
            )
            said.append(sentence.format(n=n))
        return said


def report(windows: Sequence[WindowDone]) -> Report:
    """Compute what the windows of a whole recording tell."""
    segments = [segment for window in windows for segment in window.segments]
    words = [word for segment in segments for word in segment.words]
    return Report(
        windows=len(windows),
        again=sum(1 for window in windows if window.redone),
        reasons=dict(Counter(reason for window in windows for reason in set(window.redone))),
        suspected=sum(1 for segment in segments if segment.suspected),
        doubtful=sum(1 for word in words if word.doubtful),
        wordless=tuple(
            stretch
            for window in windows
            for stretch in without_words(window.speech, window.segments)
        ),
    )


def with_run(found: Report, **facts: Any) -> Report:
    """Add the facts of the run: engine, model, languages, seconds, speed, machine."""
    return replace(found, **facts)


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
