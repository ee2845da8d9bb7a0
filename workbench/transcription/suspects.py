"""Signs that a recogniser invented text: subtitle credits, stock farewells, loops. Marked, never deleted."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.transcription.engine import Segment

# Nobody says these in an interview; Whisper learned them from subtitles and glues them to real sentences.
_CREDITS = re.compile(
    r"""
      dimatorzok | amara\.org
    | субтитр\w*\s+(?:сделал|создавал|создал|делал|подогнал|предоставил|добавил)\w*
    | редактор\s+субтитров | корректор\s+а\.\s*\w+
    | субтитры\s+и\s+перевод | перевод\s+и\s+субтитры
    | subtitles?\s+(?:by|made|created|provided) | (?:captions?|transcription)\s+by\s+\w+
    | transcribed\s+by\s+https? | www\.\w+\.(?:com|org|ru)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# People do say these, so they are suspected only when they are all that a segment holds.
_STOCK = {
    "продолжение следует", "спасибо за просмотр", "подписывайтесь на канал", "подписывайтесь на мой канал",
    "до новых встреч", "ставьте лайки", "всем пока", "спасибо за внимание", "с вами был игорь негода",
    "thanks for watching", "thank you for watching", "please subscribe", "subscribe to my channel",
    "like and subscribe", "see you next time", "see you in the next video", "to be continued",
    "музыка", "аплодисменты", "music", "applause",
}  # fmt: skip
_LOOPING = 2.4
_SILENT = 0.6
_UNSURE = -1.0


def mark_suspects(segments: list[Segment]) -> list[Segment]:
    """Return the segments with those marked that were probably never said."""
    return [replace(segment, suspected=is_suspected(segment)) for segment in segments]


def is_suspected(segment: Segment) -> bool:
    """Whether a segment was probably invented."""
    if segment.no_speech_prob > _SILENT and segment.avg_logprob < _UNSURE:
        return True
    return segment.compression_ratio > _LOOPING or suspicious_text(segment.text)


def suspicious_text(text: str) -> bool:
    """Whether a text holds a credit line, or nothing but a stock phrase."""
    if _CREDITS.search(text):
        return True
    bare = " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
    return bare in _STOCK
