"""SubRip: subtitles that every player shows; a turn begins with its speaker's name."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.interchange.clock import stamp
from workbench.interchange.cues import LONGEST, cues_of, wrapped
from workbench.interchange.exporter import (
    SUSPECTED_MARK,
    ExportedTranscript,
    ExportOptions,
    timed,
)


class SubRip:
    """Writes .srt."""

    name = "srt"
    suffix = ".srt"
    description = N_("SubRip subtitles, with the speaker's name at the beginning of a turn")
    needs_times = True
    conventions: tuple[str, ...] = ()

    def render(self, transcript: ExportedTranscript, options: ExportOptions) -> bytes:
        """Return the cues."""
        mark = options.wording(transcript).gettext(SUSPECTED_MARK)
        blocks: list[str] = []
        for turn in timed(transcript):
            label = f"{' '.join(turn.speaker.split())}: " if turn.speaker else ""
            cues = cues_of(turn, room=max(LONGEST - len(label), 1))
            for place, cue in enumerate(cues):
                words = (label if place == 0 else "") + cue.text
                if turn.suspected and place == len(cues) - 1:
                    words += f" {mark}"
                times = f"{_time(cue.start_ms)} --> {_time(cue.end_ms)}"
                blocks.append(f"{len(blocks) + 1}\n{times}\n{wrapped(words)}")
        return ("\n\n".join(blocks) + "\n").encode()


def _time(ms: int) -> str:
    return stamp(ms, decimals=3, mark=",")


EXPORTER = SubRip()
