"""The whole transcript as JSON: for scripts, and for bringing it into another project without loss.

The fields, in order: ``format`` ("workbench-transcript"), ``version`` (1), ``title``, ``kind``, ``language``,
``collected_on`` (a date or null), ``person`` (a pseudonym or null), ``duration_ms``, ``transcribed_by``,
``attributes`` (names and values), ``suspected_left_out`` (how many turns are missing on purpose),
``speakers`` (``label``, ``role``, ``person``) and ``turns``. A turn has ``number``, ``speaker``, ``start_ms``,
``end_ms``, ``suspected``, ``text`` and ``words``; a word has ``text``, ``start`` and ``end`` (codepoints of the
turn's text, the end not included), ``start_ms``, ``end_ms``, ``probability`` (0–1) and ``doubtful``. Times count
milliseconds from the beginning of the recording; what is not known is null.
"""

from __future__ import annotations

import json
from typing import Any

from workbench.i18n import N_
from workbench.interchange.exporter import (
    ExportedTranscript,
    ExportedTurn,
    ExportOptions,
)
from workbench.interchange.importers.transcript_json import FORMAT, VERSION


class TranscriptJson:
    """Writes .json."""

    name = "json"
    suffix = ".json"
    description = N_("JSON with everything: particulars, speakers, words, times, doubts")
    needs_times = False
    conventions: tuple[str, ...] = ()

    def render(self, transcript: ExportedTranscript, options: ExportOptions) -> bytes:
        """Return the transcript as one object."""
        del options
        data = {
            "format": FORMAT,
            "version": VERSION,
            "title": transcript.title,
            "kind": transcript.kind,
            "language": transcript.language,
            "collected_on": transcript.date.isoformat() if transcript.date else None,
            "person": transcript.person,
            "duration_ms": transcript.duration_ms,
            "transcribed_by": transcript.transcribed_by,
            "attributes": dict(transcript.attributes),
            "suspected_left_out": transcript.suspected_left_out,
            "speakers": [
                {"label": voice.label, "role": voice.role, "person": voice.person}
                for voice in transcript.speakers
            ],
            "turns": [_turn(number, turn) for number, turn in enumerate(transcript.turns, start=1)],
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _turn(number: int, turn: ExportedTurn) -> dict[str, Any]:
    return {
        "number": number,
        "speaker": turn.speaker,
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "suspected": turn.suspected,
        "text": turn.text,
        "words": [
            {
                "text": turn.text[word.start : word.end],
                "start": word.start,
                "end": word.end,
                "start_ms": word.start_ms,
                "end_ms": word.end_ms,
                "probability": word.probability,
                "doubtful": word.doubtful,
            }
            for word in turn.words
        ],
    }


EXPORTER = TranscriptJson()
