"""WebVTT: subtitles with voices; the identifier of a cue says which part of which turn it is."""

from __future__ import annotations

from workbench.i18n import N_
from workbench.interchange.clock import stamp
from workbench.interchange.cues import cues_of, wrapped
from workbench.interchange.exporter import (
    ExportedTranscript,
    ExportOptions,
    timed,
)


class WebVtt:
    """Writes .vtt for players, noScribe and other programs for transcripts."""

    name = "vtt"
    suffix = ".vtt"
    description = N_("WebVTT subtitles with voices")
    needs_times = True
    conventions: tuple[str, ...] = ()

    def render(self, transcript: ExportedTranscript, options: ExportOptions) -> bytes:
        """Return the cues; a turn that was perhaps invented has the class ``suspected``."""
        del options
        blocks = ["WEBVTT"]
        for number, turn in enumerate(timed(transcript), start=1):
            for part, cue in enumerate(cues_of(turn), start=1):
                words = _escaped(wrapped(cue.text))
                if turn.speaker:
                    mark = ".suspected" if turn.suspected else ""
                    words = f"<v{mark} {_escaped(' '.join(turn.speaker.split()))}>{words}</v>"
                elif turn.suspected:
                    words = f"<c.suspected>{words}</c>"
                times = f"{_time(cue.start_ms)} --> {_time(cue.end_ms)}"
                blocks.append(f"{number}-{part}\n{times}\n{words}")
        return ("\n\n".join(blocks) + "\n").encode()


def _time(ms: int) -> str:
    return stamp(ms, decimals=3)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


EXPORTER = WebVtt()
